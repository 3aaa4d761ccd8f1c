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

package com.cometapi.gemini.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import com.cometapi.gemini.api.Schema;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The schema of a Java type, in the one of the API's two forms that can express it.
 *
 * @param schema the schema for {@code responseSchema} and {@code parameters}, or
 * {@code null} if the type refers to itself or has members of any name
 * @param jsonSchema the schema for {@code responseJsonSchema} and
 * {@code parametersJsonSchema}, in the order of its members, or {@code null} if there is
 * the other one
 */
public record GeminiSchema(@Nullable Schema schema, @Nullable Map<String, Object> jsonSchema) {

	/**
	 * Check that there is exactly one of the two.
	 */
	public GeminiSchema {
		Assert.isTrue((schema != null) != (jsonSchema != null),
				"Exactly one of 'schema' and 'jsonSchema' must be present");
		jsonSchema = (jsonSchema != null) ? Collections.unmodifiableMap(new LinkedHashMap<>(jsonSchema)) : null;
	}

}
