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

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import org.jspecify.annotations.Nullable;

/**
 * Settings of function calling.
 *
 * <p>
 * Wire: message {@code FunctionCallingConfig} of {@code v1beta}.
 *
 * @param mode whether to call functions
 * @param allowedFunctionNames the functions to choose from, only with {@code ANY} and
 * {@code VALIDATED}
 * @param streamFunctionCallArguments whether to stream arguments in pieces, Vertex AI
 * only
 * @param additional members that this version does not know, by name
 */
public record FunctionCallingConfig(@Nullable FunctionCallingMode mode,
		@IncludeWhenPresent List<String> allowedFunctionNames, @Nullable Boolean streamFunctionCallArguments,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the factory methods; components may be
	 * added.
	 */
	public FunctionCallingConfig {
		allowedFunctionNames = ImmutableCollections.list(allowedFunctionNames);
		additional = ImmutableCollections.additional(additional);
	}

	/**
	 * Create a configuration.
	 * @param mode whether to call functions
	 * @param allowedFunctionNames the functions to choose from, none for all; only with
	 * {@code ANY} and {@code VALIDATED}
	 * @return a new configuration
	 */
	public static FunctionCallingConfig of(FunctionCallingMode mode, String... allowedFunctionNames) {
		return new FunctionCallingConfig(Preconditions.notNull(mode, "mode"),
				(allowedFunctionNames.length > 0) ? List.of(allowedFunctionNames) : ImmutableCollections.absent(), null,
				Map.of());
	}

}
