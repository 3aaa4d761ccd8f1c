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

package com.cometapi.gemini.batch;

import java.math.BigDecimal;

import com.cometapi.gemini.api.UsageMetadata;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The result of an item: its output, or the reason why it has none.
 *
 * @param index the position of the item among those of its reader, from 0
 * @param item the item
 * @param output the output, or {@code null} if the item failed or has none
 * @param failure the failure, or {@code null} if the item did not fail
 * @param usage the usage of all calls for the item, repairs and functions included, or
 * {@code null} if it is not known
 * @param cost the cost of all calls for the item as far as it is known, or {@code null}
 * without prices
 * @param <I> the type of the items
 * @param <O> the type of the outputs
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GeminiItemResult<I, O>(long index, I item, @Nullable O output, @Nullable Failure failure,
		@Nullable UsageMetadata usage, @Nullable BigDecimal cost) {

	/**
	 * Return whether the item failed.
	 * @return {@code true} if it did
	 */
	public boolean hasFailed() {
		return this.failure != null;
	}

	/**
	 * Reason why an item has no output.
	 *
	 * @param code the failure code, such as {@code blocked}, see
	 * {@link com.cometapi.gemini.error.GeminiFailureCode#value()}
	 * @param message the message of the exception
	 */
	public record Failure(String code, String message) {

	}

}
