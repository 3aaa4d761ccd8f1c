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
 * Settings for the thinking of the model.
 *
 * <p>
 * Wire: message {@code ThinkingConfig} of {@code v1beta}.
 *
 * @param includeThoughts whether to return summaries of the thoughts
 * @param thinkingBudget the tokens to think with, -1 for dynamic, 0 for off; Gemini 2.5
 * @param thinkingLevel the thinking level; Gemini 3
 * @param additional members that this version does not know, by name
 */
public record ThinkingConfig(@Nullable Boolean includeThoughts, @Nullable Integer thinkingBudget,
		@Nullable ThinkingLevel thinkingLevel, @JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the factory methods; components may be
	 * added.
	 */
	public ThinkingConfig {
		additional = ImmutableCollections.additional(additional);
	}

	/**
	 * Return a copy that asks for summaries of the thoughts.
	 * @return a new configuration
	 */
	public ThinkingConfig withThoughts() {
		return new ThinkingConfig(true, this.thinkingBudget, this.thinkingLevel, this.additional);
	}

	/**
	 * Create a configuration with a level, for Gemini 3.
	 * @param level the thinking level
	 * @return a new configuration
	 */
	public static ThinkingConfig level(ThinkingLevel level) {
		return new ThinkingConfig(null, null, Preconditions.notNull(level, "level"), Map.of());
	}

	/**
	 * Create a configuration with a budget, for Gemini 2.5.
	 * @param tokens the tokens to think with, -1 for dynamic, 0 for off
	 * @return a new configuration
	 */
	public static ThinkingConfig budget(int tokens) {
		return new ThinkingConfig(null, tokens, null, Map.of());
	}

	/**
	 * Create a configuration that only asks for summaries of the thoughts.
	 * @return a new configuration
	 */
	public static ThinkingConfig thoughts() {
		return new ThinkingConfig(true, null, null, Map.of());
	}

}
