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

package com.cometapi.gemini.function;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON as maps, lists and scalars, the form that messages of the API contain.
 */
final class JsonValues {

	// Quotes, a colon or brackets, and a comma.
	private static final int FRAME = 4;

	private JsonValues() {
	}

	static Map<String, @Nullable Object> copy(Map<String, ? extends @Nullable Object> map) {
		return Collections.unmodifiableMap(new LinkedHashMap<>(map));
	}

	/**
	 * Convert a value to the JSON that a mapper writes.
	 * @param value the value
	 * @param mapper the mapper
	 * @return maps, lists and scalars
	 */
	static @Nullable Object of(@Nullable Object value, JsonMapper mapper) {
		return of(mapper.<JsonNode>valueToTree(value), mapper);
	}

	private static @Nullable Object of(JsonNode node, JsonMapper mapper) {
		return switch (node.getNodeType()) {
			case OBJECT -> object(node, mapper);
			case ARRAY -> array(node, mapper);
			case NUMBER -> node.numberValue();
			case BOOLEAN -> node.booleanValue();
			case NULL, MISSING -> null;
			case STRING -> node.stringValue();
			case BINARY, POJO -> of(written(node, mapper), mapper);
		};
	}

	// A tree holds bytes and raw JSON as objects; only writing converts them to JSON.
	private static JsonNode written(JsonNode node, JsonMapper mapper) {
		return mapper.readerFor(JsonNode.class)
			.with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
			.readValue(mapper.writeValueAsString(node));
	}

	static Map<String, @Nullable Object> object(JsonNode node, JsonMapper mapper) {
		Map<String, @Nullable Object> members = new LinkedHashMap<>();
		node.properties().forEach((member) -> members.put(member.getKey(), of(member.getValue(), mapper)));
		return members;
	}

	private static List<@Nullable Object> array(JsonNode node, JsonMapper mapper) {
		List<@Nullable Object> elements = new ArrayList<>(node.size());
		node.forEach((element) -> elements.add(of(element, mapper)));
		return elements;
	}

	/**
	 * Return the approximate size of a value as JSON.
	 * @param value maps, lists and scalars
	 * @return the approximate number of characters
	 */
	static long size(@Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			return FRAME
					+ map.entrySet().stream().mapToLong((entry) -> size(entry.getKey()) + size(entry.getValue())).sum();
		}
		if (value instanceof List<?> list) {
			return FRAME + list.stream().mapToLong(JsonValues::size).sum();
		}
		return FRAME + ((value instanceof String text) ? text.length() : FRAME);
	}

}
