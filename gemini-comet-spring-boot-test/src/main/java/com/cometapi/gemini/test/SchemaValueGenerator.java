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
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Generates values that conform to a schema, either in the API's own format or as JSON
 * Schema.
 */
final class SchemaValueGenerator {

	private static final JsonNodeFactory NODES = Json.MAPPER.getNodeFactory();

	// Deeper objects have only required members, so that recursive schemas come to an
	// end.
	private static final int DEPTH_OF_OPTIONAL_MEMBERS = 4;

	private static final int MAX_DEPTH = 24;

	private final JsonNode root;

	private final SchemaTextGenerator texts;

	private final PromptKeywords words;

	SchemaValueGenerator(JsonNode root, SchemaTextGenerator texts, PromptKeywords words) {
		this.root = root;
		this.texts = texts;
		this.words = words;
	}

	JsonNode value() {
		return value(this.root, "value", 0, 0);
	}

	private JsonNode value(JsonNode given, String name, int index, int depth) {
		JsonNode schema = choice(given);
		if (depth > MAX_DEPTH) {
			return NODES.nullNode();
		}
		if (schema.has("const")) {
			return schema.get("const");
		}
		if (!schema.path("enum").isEmpty()) {
			return enumValue(schema.get("enum"), index, type(schema));
		}
		return switch (type(schema)) {
			case "object" -> object(schema, index, depth);
			case "array" -> array(schema, name, depth);
			case "integer" -> NODES.numberNode((long) number(schema, index, true));
			case "number" -> NODES.numberNode(number(schema, index, false));
			case "boolean" -> NODES.booleanNode(!SchemaDescriptionParser.of(schema).isAlwaysFalse());
			case "null" -> NODES.nullNode();
			default -> NODES.stringNode(this.texts.value(schema, name, index));
		};
	}

	// Follow references and take the first alternative that is not null.
	private JsonNode choice(JsonNode given) {
		JsonNode schema = given;
		for (int i = 0; i < MAX_DEPTH; i++) {
			JsonNode next = null;
			if (schema.has("$ref")) {
				String pointer = schema.get("$ref").asString("#").substring(1);
				next = this.root.at(pointer);
			}
			else {
				for (String keyword : List.of("anyOf", "oneOf", "allOf")) {
					next = (next != null) ? next : firstOf(schema.path(keyword));
				}
			}
			if (next == null) {
				return schema;
			}
			schema = next;
		}
		return schema;
	}

	private @Nullable JsonNode firstOf(JsonNode alternatives) {
		for (JsonNode alternative : alternatives) {
			if (!"null".equals(type(alternative))) {
				return alternative;
			}
		}
		return null;
	}

	private static String type(JsonNode schema) {
		JsonNode type = schema.path("type");
		if (type.isArray()) {
			return SimulatedRequest.list(type)
				.stream()
				.map((value) -> value.asString("").toLowerCase(Locale.ROOT))
				.filter((value) -> !value.equals("null"))
				.findFirst()
				.orElse("null");
		}
		if (type.isString()) {
			return type.asString().toLowerCase(Locale.ROOT);
		}
		if (schema.has("properties") || schema.has("additionalProperties")) {
			return "object";
		}
		return (schema.has("items") || schema.has("prefixItems")) ? "array" : "string";
	}

	private JsonNode enumValue(JsonNode values, int index, String type) {
		List<JsonNode> list = SimulatedRequest.list(values);
		JsonNode value = list.stream()
			.filter((candidate) -> this.words.mentions(candidate.asString("")))
			.findFirst()
			.orElse(list.get(index % list.size()));
		// In the API's own format, enum values are strings even for numbers.
		boolean number = value.isString() && (type.equals("integer") || type.equals("number"));
		return (number) ? Json.MAPPER.readTree(value.asString()) : value;
	}

	// Values depend on the index of the array element. Those of arguments are taken one
	// after the other from the prompt.
	private ObjectNode object(JsonNode schema, int index, int depth) {
		ObjectNode object = NODES.objectNode();
		Map<String, Integer> taken = new HashMap<>();
		JsonNode properties = schema.path("properties");
		Set<String> required = strings(schema.path("required"));
		Set<String> names = strings(schema.path("propertyOrdering"));
		names.addAll(properties.propertyNames());
		for (String name : names) {
			boolean wanted = required.contains(name) || depth < DEPTH_OF_OPTIONAL_MEMBERS;
			if (wanted && properties.has(name)) {
				int next = taken.merge(kind(properties.get(name)), 1, Integer::sum) - 1;
				int position = (this.texts.areArguments()) ? next : index;
				object.set(name, value(properties.get(name), name, position, depth + 1));
			}
		}
		JsonNode more = schema.path("additionalProperties");
		if (names.isEmpty() && (more.isObject() || more.asBoolean(false))) {
			String name = SchemaDescriptionParser.of(schema).name();
			object.set((name != null) ? name : "key", value(more, "value", 0, depth + 1));
		}
		return object;
	}

	private String kind(JsonNode given) {
		JsonNode schema = choice(given);
		return (schema.has("enum")) ? "enum" : type(schema).replace("integer", "number");
	}

	private ArrayNode array(JsonNode schema, String name, int depth) {
		ArrayNode array = NODES.arrayNode();
		List<JsonNode> prefix = SimulatedRequest.list(schema.path("prefixItems"));
		for (int i = 0; i < prefix.size(); i++) {
			array.add(value(prefix.get(i), name, i, depth + 1));
		}
		if (schema.has("items") && depth < MAX_DEPTH / 2) {
			long min = schema.path("minItems").asLong(0);
			long max = schema.path("maxItems").asLong(Long.MAX_VALUE);
			long wanted = (depth <= 1) ? this.words.smallNumber(2) : 2;
			long count = Math.min(max, Math.max(min, (depth < DEPTH_OF_OPTIONAL_MEMBERS) ? wanted : 0));
			for (int i = array.size(); i < count; i++) {
				array.add(value(schema.get("items"), singular(name), i, depth + 1));
			}
		}
		return array;
	}

	private double number(JsonNode schema, int index, boolean whole) {
		SchemaDescriptionParser remarks = SchemaDescriptionParser.of(schema);
		return remarks.isTimed() ? remarks.timestamp() : remarks.within(plainNumber(schema, index, whole));
	}

	private double plainNumber(JsonNode schema, int index, boolean whole) {
		double step = schema.path("multipleOf").asDouble(1);
		double min = schema.path("minimum")
			.asDouble(schema.path("exclusiveMinimum").asDouble(Double.NEGATIVE_INFINITY) + step);
		double max = schema.path("maximum")
			.asDouble(schema.path("exclusiveMaximum").asDouble(Double.POSITIVE_INFINITY) - step);
		double number = this.words.number(index, index + 1);
		number = Math.max(min, Math.min(max, (whole) ? Math.rint(number) : number));
		if (whole && number != Math.rint(number)) {
			number = Math.ceil(number);
		}
		return (schema.has("multipleOf")) ? Math.ceil(number / step) * step : number;
	}

	private static String singular(String name) {
		return (name.endsWith("s") && name.length() > 2) ? name.substring(0, name.length() - 1) : name;
	}

	private static Set<String> strings(JsonNode array) {
		List<String> strings = new ArrayList<>();
		array.forEach((value) -> strings.add(value.asString("")));
		return new LinkedHashSet<>(strings);
	}

}
