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
 * Settings for responses that are read as Java objects.
 *
 * @param jsonMapper the application's mapper, which reads the responses and determines
 * the names and formats in the schemas
 * @param repairs the maximum number of requests to correct an invalid response, 0 for
 * none
 * @param validator the validator for the constraints of the objects, or {@code null} for
 * none
 */
public record GeminiEntitySettings(JsonMapper jsonMapper, int repairs, @Nullable GeminiEntityValidator validator) {

	/**
	 * Create settings.
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
