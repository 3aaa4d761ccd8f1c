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

package com.cometapi.gemini.api;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import org.jspecify.annotations.Nullable;

/**
 * A date of which parts may be missing (Vertex AI only).
 *
 * <p>
 * Wire: message {@code google.type.Date} of Vertex AI {@code v1}.
 *
 * @param year the year
 * @param month the month, 1 to 12
 * @param day the day of the month, 1 to 31
 * @param additional members that this version does not know, by name
 */
public record PublicationDate(@Nullable Integer year, @Nullable Integer month, @Nullable Integer day,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the factory methods; components may be
	 * added.
	 */
	public PublicationDate {
		additional = ImmutableCollections.additional(additional);
	}

}
