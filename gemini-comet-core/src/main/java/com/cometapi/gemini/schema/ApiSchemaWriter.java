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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.cometapi.gemini.api.Schema;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a merged schema as a {@code Schema} of the API.
 */
final class ApiSchemaWriter {

	private ApiSchemaWriter() {
	}

	static Schema of(ObjectNode node) {
		Schema.Builder schema = Schema.builder()
			.type(SchemaTranslator.type(node))
			.format(text(node, "format"))
			.title(text(node, "title"))
			.description(SchemaTranslator.description(node))
			.nullable(SchemaTranslator.isNullable(node) ? true : null)
			.minItems(number(node, "minItems"))
			.maxItems(number(node, "maxItems"))
			.minProperties(number(node, "minProperties"))
			.maxProperties(number(node, "maxProperties"))
			.minLength(number(node, "minLength"))
			.maxLength(number(node, "maxLength"))
			.pattern(text(node, "pattern"))
			.minimum(NumberBounds.minimum(node))
			.maximum(NumberBounds.maximum(node));
		if (node.has("enum") && !SchemaTranslator.typeName(node).equals("boolean")) {
			schema.enumValues(SchemaTranslator.strings(node.get("enum")));
		}
		if (node.get("items") instanceof ObjectNode items) {
			schema.items(of(items));
		}
		if (node.get("anyOf") instanceof ArrayNode choices) {
			schema.anyOf(choices.valueStream().map((choice) -> of((ObjectNode) choice)).toList());
		}
		if (node.get("properties") instanceof ObjectNode properties) {
			addProperties(schema, properties, SchemaTranslator.strings(node.path("required")));
		}
		return schema.build();
	}

	private static void addProperties(Schema.Builder schema, ObjectNode properties, List<String> required) {
		Map<String, Schema> schemas = new LinkedHashMap<>();
		properties.properties()
			.forEach((property) -> schemas.put(property.getKey(), of((ObjectNode) property.getValue())));
		schema.properties(schemas).propertyOrdering(List.copyOf(schemas.keySet()));
		if (!required.isEmpty()) {
			schema.required(required);
		}
	}

	private static @Nullable String text(ObjectNode node, String name) {
		return node.path(name).isString() ? node.path(name).asString() : null;
	}

	private static @Nullable Long number(ObjectNode node, String name) {
		return node.path(name).isNumber() ? node.path(name).longValue() : null;
	}

}
