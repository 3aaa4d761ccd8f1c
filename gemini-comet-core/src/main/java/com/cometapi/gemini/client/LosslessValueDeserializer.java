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

package com.cometapi.gemini.client;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * Reads untyped values, such as the arguments of a function call, so that they can be
 * sent back unchanged: a decimal number becomes a {@link Double} if that is exact,
 * otherwise a {@link BigDecimal}. Jackson's own deserializer supports only one or the
 * other.
 */
final class LosslessValueDeserializer extends StdDeserializer<Object> {

	LosslessValueDeserializer() {
		super(Object.class);
	}

	@Override
	public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) {
		return switch (parser.currentToken()) {
			case START_OBJECT, PROPERTY_NAME -> object(parser, context);
			case START_ARRAY -> array(parser, context);
			case VALUE_STRING -> parser.getString();
			case VALUE_NUMBER_INT -> parser.getNumberValue();
			case VALUE_NUMBER_FLOAT -> decimal(parser);
			case VALUE_TRUE -> Boolean.TRUE;
			case VALUE_FALSE -> Boolean.FALSE;
			case VALUE_NULL -> null;
			case VALUE_EMBEDDED_OBJECT -> parser.getEmbeddedObject();
			default -> context.handleUnexpectedToken(Object.class, parser);
		};
	}

	private Map<String, @Nullable Object> object(JsonParser parser, DeserializationContext context) {
		Map<String, @Nullable Object> members = new LinkedHashMap<>();
		String name = (parser.currentToken() == JsonToken.START_OBJECT) ? parser.nextName() : parser.currentName();
		while (name != null) {
			parser.nextToken();
			members.put(name, deserialize(parser, context));
			name = parser.nextName();
		}
		return Collections.unmodifiableMap(members);
	}

	private List<@Nullable Object> array(JsonParser parser, DeserializationContext context) {
		List<@Nullable Object> elements = new ArrayList<>();
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			elements.add(deserialize(parser, context));
		}
		return Collections.unmodifiableList(elements);
	}

	private static Number decimal(JsonParser parser) {
		if (parser.isNaN()) {
			return parser.getDoubleValue();
		}
		BigDecimal exact = parser.getDecimalValue();
		double value = exact.doubleValue();
		boolean held = Double.isFinite(value) && BigDecimal.valueOf(value).compareTo(exact) == 0;
		return held ? (Number) value : exact;
	}

}
