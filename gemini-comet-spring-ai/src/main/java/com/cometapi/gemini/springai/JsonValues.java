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

package com.cometapi.gemini.springai;

import java.util.LinkedHashMap;
import java.util.Map;

import com.cometapi.gemini.client.GeminiJsonMapper;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;

/**
 * Reads and writes the JSON that Spring AI represents as text, with the mapper of
 * requests and responses.
 */
final class JsonValues {

	static final JsonMapper MAPPER = GeminiJsonMapper.builder().build();

	// Keeps trailing zeros: version 3.10 is not 3.1
	private static final JsonMapper RESULT_MAPPER = JsonMapper.builder(MAPPER.tokenStreamFactory())
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private static final String OUTPUT = "output";

	private JsonValues() {
	}

	static String write(@Nullable Object value) {
		return MAPPER.writeValueAsString(value);
	}

	static Map<String, @Nullable Object> readSchema(String schema) {
		try {
			Map<String, @Nullable Object> members = MAPPER.readValue(schema, new TypeReference<>() {
			});
			Assert.isTrue(members != null, "A schema must be a JSON object");
			return members;
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("A schema must be a JSON object: " + ex.getOriginalMessage(), ex);
		}
	}

	// An object is returned as it is, any other value or text as the member 'output'.
	static Map<String, @Nullable Object> readResult(String result) {
		Object value;
		try {
			value = RESULT_MAPPER.readValue(result, Object.class);
		}
		catch (JacksonException ex) {
			value = result;
		}
		Map<String, @Nullable Object> object = new LinkedHashMap<>();
		if (value instanceof Map<?, ?> members) {
			members.forEach((name, member) -> object.put(String.valueOf(name), member));
		}
		else {
			object.put(OUTPUT, value);
		}
		return object;
	}

	static Map<String, @Nullable Object> readArguments(String arguments) {
		if (arguments.isBlank()) {
			return Map.of();
		}
		Map<String, @Nullable Object> members = MAPPER.readValue(arguments, new TypeReference<>() {
		});
		return (members != null) ? members : Map.of();
	}

}
