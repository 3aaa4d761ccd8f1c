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
import java.util.Map;

import tools.jackson.core.JsonPointer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Collects metadata that is not sent with a schema, by JSON pointers into it: aliases of
 * members and constants, and ranges of numbers.
 */
final class SchemaMetadata {

	private final Map<String, Map<String, String>> aliases = new LinkedHashMap<>();

	private final Map<String, String> numbers = new LinkedHashMap<>();

	private final boolean jsonSchema;

	private SchemaMetadata(boolean jsonSchema) {
		this.jsonSchema = jsonSchema;
	}

	static SchemaMetadata of(ObjectNode root, Map<String, ObjectNode> definitions, boolean jsonSchema) {
		SchemaMetadata found = new SchemaMetadata(jsonSchema);
		found.collect(root, JsonPointer.empty());
		definitions.forEach((name, definition) -> found.collect(definition,
				JsonPointer.empty().appendProperty("$defs").appendProperty(name)));
		return found;
	}

	Map<String, Map<String, String>> aliases() {
		return this.aliases;
	}

	Map<String, String> numbers() {
		return this.numbers;
	}

	private void collect(ObjectNode node, JsonPointer place) {
		if (node.get(SchemaTranslator.ALIASES) instanceof ObjectNode names) {
			Map<String, String> byAlias = new LinkedHashMap<>();
			names.properties().forEach((name) -> byAlias.put(name.getKey(), name.getValue().asString()));
			this.aliases.put(isWrapped(node) ? place + "/anyOf/0" : place.toString(), byAlias);
		}
		if (node.get(SchemaTranslator.NUMBER) != null) {
			this.numbers.put(place.toString(), node.get(SchemaTranslator.NUMBER).asString());
		}
		if (node.get("properties") instanceof ObjectNode properties) {
			JsonPointer parent = place.appendProperty("properties");
			properties.properties()
				.forEach((property) -> collect((ObjectNode) property.getValue(),
						parent.appendProperty(property.getKey())));
		}
		for (String keyword : new String[] { "items", "additionalProperties" }) {
			if (node.get(keyword) instanceof ObjectNode child) {
				collect(child, place.appendProperty(keyword));
			}
		}
		if (node.get("anyOf") instanceof ArrayNode choices) {
			for (int i = 0; i < choices.size(); i++) {
				collect((ObjectNode) choices.get(i), place.appendProperty("anyOf").appendIndex(i));
			}
		}
	}

	// A JSON Schema wraps a nullable enum in anyOf.
	private boolean isWrapped(ObjectNode node) {
		return this.jsonSchema && node.has("enum") && SchemaTranslator.isNullable(node);
	}

}
