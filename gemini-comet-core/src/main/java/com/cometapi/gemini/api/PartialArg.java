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
 * A piece of an argument that is being streamed (Vertex AI only).
 *
 * <p>
 * Wire: message {@code PartialArg} of Vertex AI {@code v1}.
 *
 * @param jsonPath the place of the value in the arguments, such as {@code $.city}
 * @param stringValue the piece of text to append
 * @param numberValue the number
 * @param boolValue the truth value
 * @param nullValue {@code NULL_VALUE} if the value is null
 * @param willContinue whether more pieces follow for the same path
 * @param additional members that this version does not know, by name
 */
public record PartialArg(@Nullable String jsonPath, @Nullable String stringValue, @Nullable Double numberValue,
		@Nullable Boolean boolValue, @Nullable String nullValue, @Nullable Boolean willContinue,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the factory methods; components may be
	 * added.
	 */
	public PartialArg {
		additional = ImmutableCollections.additional(additional);
	}

}
