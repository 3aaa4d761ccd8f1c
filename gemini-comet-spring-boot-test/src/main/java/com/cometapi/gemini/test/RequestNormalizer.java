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

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import com.cometapi.gemini.test.ApiError.FieldViolation;
import com.cometapi.gemini.test.RequestSchema.Field;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks the names, types and enum values of a request like Google's JSON parser, and
 * converts all names to camel case.
 */
final class RequestNormalizer {

	private static final String TYPE_PREFIX = "type.googleapis.com/google.ai.generativelanguage.v1beta.";

	// Enums whose values are accepted in lower case, too.
	private static final Set<String> ANY_CASE = Set.of("SchemaType", "ThinkingLevel", "ServiceTier");

	private final RequestSchema schema = RequestSchema.INSTANCE;

	private final List<FieldViolation> violations = new ArrayList<>();

	private RequestNormalizer() {
	}

	// Return the request with its names in camel case.
	static ObjectNode check(JsonNode body) {
		RequestNormalizer shape = new RequestNormalizer();
		JsonNode request = shape.message("GenerateContentRequest", body, "");
		if (!shape.violations.isEmpty()) {
			throw new RequestRejectedException(ApiError.badFields(shape.violations));
		}
		return (ObjectNode) request;
	}

	private JsonNode message(String message, JsonNode value, String path) {
		if (!value.isObject()) {
			invalidValue(path, TYPE_PREFIX + message, value);
			return value;
		}
		ObjectNode result = Json.MAPPER.createObjectNode();
		value.properties().forEach((entry) -> {
			Field field = this.schema.field(message, entry.getKey());
			if (field == null) {
				unknownName(entry.getKey(), path);
			}
			else if (entry.getValue().isArray() && !field.repeated() && !"any".equals(field.kind())) {
				cannotStartList(entry.getKey(), path);
			}
			else if (!entry.getValue().isNull() || "any".equals(field.kind())) {
				String fieldPath = (path.isEmpty()) ? field.path() : path + "." + field.path();
				result.set(field.name(), value(field, entry.getValue(), fieldPath));
			}
		});
		return result;
	}

	private JsonNode value(Field field, JsonNode value, String path) {
		if (!field.repeated()) {
			return single(field, value, path);
		}
		ArrayNode result = Json.MAPPER.createArrayNode();
		if (!value.isArray()) {
			result.add(single(field, value, path));
			return result;
		}
		for (int i = 0; i < value.size(); i++) {
			result.add(single(field, value.get(i), path + "[" + i + "]"));
		}
		return result;
	}

	private JsonNode single(Field field, JsonNode value, String path) {
		switch (field.kind()) {
			case "message" -> {
				return message(field.type(), value, path);
			}
			case "map" -> {
				return map(field.type(), value, path);
			}
			case "enum" -> {
				return enumValue(field.type(), value, path);
			}
			default -> {
				String expected = mismatch(field.kind(), value);
				if (expected != null) {
					invalidValue(path, expected, value);
				}
				return value;
			}
		}
	}

	private JsonNode map(String type, JsonNode value, String path) {
		ObjectNode result = Json.MAPPER.createObjectNode();
		int index = 0;
		for (String name : value.propertyNames()) {
			JsonNode element = value.get(name);
			result.set(name, "string".equals(type) ? element : message(type, element, path + "[" + index + "].value"));
			index++;
		}
		return result;
	}

	private JsonNode enumValue(String type, JsonNode value, String path) {
		if (value.isNumber()) {
			return value;
		}
		String text = value.asString("");
		for (String known : this.schema.values(type)) {
			if (known.equals(text) || (ANY_CASE.contains(type) && known.equalsIgnoreCase(text))) {
				return Json.MAPPER.getNodeFactory().stringNode(known);
			}
		}
		invalidValue(path, TYPE_PREFIX + type, value);
		return value;
	}

	// Return the type that the value should have had, or null if it has it.
	private static @Nullable String mismatch(String kind, JsonNode value) {
		return switch (kind) {
			case "string", "bytes", "timestamp", "duration" ->
				(value.isString()) ? null : "TYPE_" + kind.toUpperCase(Locale.ROOT);
			case "bool" -> (value.isBoolean()) ? null : "TYPE_BOOL";
			case "number" -> (value.isNumber() || isNumber(value)) ? null : "TYPE_FLOAT";
			case "int32", "int64" -> (isWhole(value)) ? null : "TYPE_" + kind.toUpperCase(Locale.ROOT);
			case "struct" -> (value.isObject()) ? null : "type.googleapis.com/google.protobuf.Struct";
			default -> null;
		};
	}

	private static boolean isNumber(JsonNode value) {
		return value.isString() && value.asString().matches("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?|NaN|-?Infinity");
	}

	private static boolean isWhole(JsonNode value) {
		return (value.isNumber()) ? value.doubleValue() == Math.rint(value.doubleValue())
				: value.isString() && value.asString().matches("-?\\d+");
	}

	private void unknownName(String name, String path) {
		wrongName(name, path, "Cannot find field.");
	}

	private void cannotStartList(String name, String path) {
		wrongName(name, path, "Proto field is not repeating, cannot start list.");
	}

	private void wrongName(String name, String path, String reason) {
		String place = (path.isEmpty()) ? "" : " at '" + path + "'";
		this.violations.add(new FieldViolation(path,
				"Invalid JSON payload received. Unknown name \"" + name + "\"" + place + ": " + reason));
	}

	private void invalidValue(String path, String type, JsonNode value) {
		this.violations.add(new FieldViolation(path,
				"Invalid value at '" + path + "' (" + type + "), " + ResponseTexts.shorten(value.toString(), 80)));
	}

}
