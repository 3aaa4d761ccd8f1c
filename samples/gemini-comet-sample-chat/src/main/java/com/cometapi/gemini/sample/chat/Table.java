/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package com.cometapi.gemini.sample.chat;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/**
 * A response that is a table.
 *
 * @param title the title
 * @param rows the rows
 */
record Table(String title, List<Row> rows) {

	/**
	 * One row.
	 *
	 * @param name the name of the subject of the row
	 * @param value the number that was asked for, or {@code null} if there is none
	 * @param unit the unit of the number
	 * @param remark a remark in a few words
	 */
	record Row(String name,
			@JsonPropertyDescription("The number that was asked for, if there is one") @Nullable Double value,
			@JsonPropertyDescription("Unit of the number, the same in all rows") @Nullable String unit,
			@JsonPropertyDescription("What else is worth knowing, in a few words") String remark) {

	}

}
