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

package com.cometapi.gemini.entity;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;

/**
 * How typed answers are asked for and read.
 *
 * @param jsonMapper the application's mapper, which reads the answers and whose names and
 * forms of values the schemas follow
 * @param repairs how often a model is told what was wrong with its answer, 0 for never
 * @param validator checks the constraints of answers, or {@code null} for not at all
 */
public record GeminiEntitySettings(JsonMapper jsonMapper, int repairs, @Nullable GeminiEntityValidator validator) {

	/**
	 * Check the settings.
	 */
	public GeminiEntitySettings {
		Assert.notNull(jsonMapper, "'jsonMapper' must not be null");
		Assert.isTrue(repairs >= 0, "'repairs' must not be negative");
	}

	/**
	 * Return settings without repairs and without a validator.
	 * @param jsonMapper the application's mapper
	 * @return the settings
	 */
	public static GeminiEntitySettings of(JsonMapper jsonMapper) {
		return new GeminiEntitySettings(jsonMapper, 0, null);
	}

}
