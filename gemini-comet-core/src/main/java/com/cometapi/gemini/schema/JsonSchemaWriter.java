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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a merged schema as the subset of JSON Schema that the API supports. Unsupported
 * keywords of texts become part of the description.
 */
final class JsonSchemaWriter {

	private static final List<String> COPIED = List.of("format", "title", "minItems", "maxItems");

	private JsonSchemaWriter() {
	}

	static Map<String, Object> of(ObjectNode node) {
		Map<String, Object> schema = new LinkedHashMap<>();
		String description = SchemaTranslator.description(node, describeLength(node), describePattern(node));
		boolean nullable = SchemaTranslator.isNullable(node);
		if (nullable && (node.has("$ref") || node.has("enum"))) {
			schema.put("anyOf", List.of(of(withoutRemarks(node)), Map.of("type", "null")));
		}
		else if (node.has("$ref")) {
			// The API ignores keywords beside a reference.
			if (description == null) {
				schema.put("$ref", node.get("$ref").asString());
				return schema;
			}
			schema.put("anyOf", List.of(Map.of("$ref", node.get("$ref").asString())));
		}
		else {
			addKeywords(schema, node, nullable);
		}
		if (description != null) {
			schema.put("description", description);
		}
		return schema;
	}

	private static String describeLength(ObjectNode node) {
		long min = node.path("minLength").asLong(0);
		long max = node.path("maxLength").asLong(Long.MAX_VALUE);
		String unit = (min == 1 && max == 1 || min == 1 && max == Long.MAX_VALUE) ? " character" : " characters";
		if (max == Long.MAX_VALUE) {
			return (min > 0) ? "at least " + min + unit : "";
		}
		return ((min == max) ? "exactly " : (min > 0) ? min + " to " : "at most ") + max + unit;
	}

	private static String describePattern(ObjectNode node) {
		return node.path("pattern").isString() ? "matching the pattern " + node.path("pattern").asString() : "";
	}

	private static ObjectNode withoutRemarks(ObjectNode node) {
		ObjectNode copy = node.deepCopy();
		copy.remove(List.of("nullable", "description", "minLength", "maxLength", "pattern", SchemaTranslator.HINT,
				SchemaTranslator.RULE));
		copy.put("type", SchemaTranslator.typeName(node));
		return copy;
	}

	private static void addKeywords(Map<String, Object> schema, ObjectNode node, boolean nullable) {
		String type = SchemaTranslator.typeName(node);
		if (!type.isEmpty()) {
			schema.put("type", nullable ? List.of(type, "null") : type);
		}
		COPIED.stream().filter(node::hasNonNull).forEach((name) -> schema.put(name, value(node.get(name))));
		putIfPresent(schema, "minimum", NumberBounds.minimum(node));
		putIfPresent(schema, "maximum", NumberBounds.maximum(node));
		if (node.has("enum") && !type.equals("boolean")) {
			schema.put("enum", node.get("enum").valueStream().map(JsonSchemaWriter::value).toList());
		}
		if (node.get("items") instanceof ObjectNode items) {
			schema.put("items", of(items));
		}
		if (node.get("anyOf") instanceof ArrayNode choices) {
			List<Object> written = new ArrayList<>();
			choices.forEach((choice) -> written.add(of((ObjectNode) choice)));
			if (nullable) {
				written.add(Map.of("type", "null"));
			}
			schema.put("anyOf", written);
		}
		if (node.get("properties") instanceof ObjectNode properties) {
			addProperties(schema, properties, SchemaTranslator.strings(node.path("required")));
		}
		if (node.get("additionalProperties") instanceof ObjectNode values) {
			Map<String, Object> written = of(values);
			schema.put("additionalProperties", written.isEmpty() ? true : written);
		}
	}

	private static void addProperties(Map<String, Object> schema, ObjectNode properties, List<String> required) {
		Map<String, Object> schemas = new LinkedHashMap<>();
		properties.properties()
			.forEach((property) -> schemas.put(property.getKey(), of((ObjectNode) property.getValue())));
		schema.put("properties", schemas);
		if (!required.isEmpty()) {
			schema.put("required", required);
		}
		schema.put("propertyOrdering", List.copyOf(schemas.keySet()));
	}

	private static void putIfPresent(Map<String, Object> schema, String name, @Nullable Object value) {
		if (value != null) {
			schema.put(name, value);
		}
	}

	private static Object value(JsonNode node) {
		return node.isNumber() ? node.numberValue() : node.asString();
	}

}
