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

package com.cometapi.gemini.test;

import com.cometapi.gemini.client.GeminiJsonMapper;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON utilities of the simulator.
 */
final class Json {

	static final JsonMapper MAPPER = GeminiJsonMapper.builder().build();

	private Json() {
	}

	static byte[] bytes(Object value) {
		return MAPPER.writeValueAsBytes(value);
	}

	static String pretty(Object value) {
		return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
	}

	static JsonNode tree(Object value) {
		return MAPPER.valueToTree(value);
	}

	// An object of names and values in turn; members whose value is null are left out.
	static ObjectNode object(@Nullable Object... namesAndValues) {
		ObjectNode object = MAPPER.createObjectNode();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			Object value = namesAndValues[i + 1];
			if (value != null) {
				object.set(String.valueOf(namesAndValues[i]), tree(value));
			}
		}
		return object;
	}

	static ArrayNode array(Iterable<?> values) {
		ArrayNode array = MAPPER.createArrayNode();
		values.forEach((value) -> array.add(tree(value)));
		return array;
	}

	static ObjectNode textPart(String text) {
		return object("text", text);
	}

}
