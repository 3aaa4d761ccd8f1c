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
 * The schema of a Java type, in one of the two forms that the API accepts.
 *
 * @param schema the schema for {@code responseSchema} and {@code parameters}, or
 * {@code null} if the type refers to itself or has members of any name
 * @param jsonSchema the schema for {@code responseJsonSchema} and
 * {@code parametersJsonSchema}, in the order of its members, or {@code null} if
 * {@code schema} is present
 * @param aliases the further names under which members and constants are read, by the
 * JSON pointer to the object or the enum in the schema; they are not sent
 * @param numbers the ranges of the numbers that Java's types hold, such as {@code BYTE},
 * by the JSON pointer to the number, or to the map with such keys, in the schema; they
 * are not sent
 */
public record GeminiSchema(@Nullable Schema schema, @Nullable Map<String, Object> jsonSchema,
		Map<String, Map<String, String>> aliases, Map<String, String> numbers) {

	/**
	 * Check that there is exactly one of the two.
	 */
	public GeminiSchema {
		Assert.isTrue((schema != null) != (jsonSchema != null),
				"Exactly one of 'schema' and 'jsonSchema' must be present");
		jsonSchema = (jsonSchema != null) ? Collections.unmodifiableMap(new LinkedHashMap<>(jsonSchema)) : null;
		aliases = Map.copyOf(aliases);
		numbers = Map.copyOf(numbers);
	}

	/**
	 * Return whether the JSON schema is that of an object with known members.
	 * @return {@code true} if it is
	 */
	public boolean isJsonObject() {
		Map<?, ?> root = this.jsonSchema;
		if (root != null && root.get("$ref") instanceof String reference
				&& root.get("$defs") instanceof Map<?, ?> all) {
			root = (Map<?, ?>) all.get(reference.substring(SchemaTranslator.REFERENCE.length()));
		}
		return root != null && root.containsKey("properties");
	}

	/**
	 * Create a schema without aliases and without ranges of numbers.
	 * @param schema the schema, or {@code null}
	 * @param jsonSchema the JSON schema, or {@code null}
	 */
	public GeminiSchema(@Nullable Schema schema, @Nullable Map<String, Object> jsonSchema) {
		this(schema, jsonSchema, Map.of(), Map.of());
	}

}
