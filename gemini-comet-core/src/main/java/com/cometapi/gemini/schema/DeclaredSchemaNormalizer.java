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

import java.util.List;

import com.cometapi.gemini.api.FunctionDeclaration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Normalizes a handwritten schema to the form of generated ones. Keywords that the API
 * does not know have no effect.
 */
final class DeclaredSchemaNormalizer {

	private static final List<String> SCHEMAS = List.of("properties", "$defs", "definitions");

	private DeclaredSchemaNormalizer() {
	}

	/**
	 * Return the schema of the arguments of a function.
	 * @param declaration the declaration of the function
	 * @return the schema, or {@code null} if there is none
	 */
	static @Nullable JsonNode of(FunctionDeclaration declaration) {
		Object parameters = (declaration.parameters() != null) ? declaration.parameters()
				: declaration.parametersJsonSchema();
		JsonNode schema = (parameters != null) ? SchemaTree.MAPPER.valueToTree(parameters) : null;
		return (schema instanceof ObjectNode object) ? normalize(object) : null;
	}

	private static ObjectNode normalize(ObjectNode given) {
		ObjectNode node = given.deepCopy();
		for (String name : SCHEMAS) {
			if (node.get(name) instanceof ObjectNode schemas) {
				schemas.properties().forEach((schema) -> schema.setValue(normalizeAny(schema.getValue())));
			}
		}
		for (String name : List.of("items", "additionalProperties")) {
			if (node.has(name)) {
				node.set(name, normalizeAny(node.get(name)));
			}
		}
		if (node.get("prefixItems") instanceof ArrayNode elements) {
			ArrayNode normalized = node.putArray("prefixItems");
			elements.forEach((element) -> normalized.add(normalizeAny(element)));
		}
		if (node.get("oneOf") instanceof ArrayNode choices && !node.has("anyOf")) {
			node.set("anyOf", choices);
		}
		if (node.get("anyOf") instanceof ArrayNode choices) {
			ArrayNode normalized = node.putArray("anyOf");
			choices.forEach((choice) -> normalized.add(normalizeAny(choice)));
		}
		if (node.has("const") && !node.has("enum")) {
			node.putArray("enum").add(node.get("const"));
		}
		normalizeEnum(node);
		normalizeType(node);
		return node;
	}

	private static JsonNode normalizeAny(JsonNode schema) {
		return (schema instanceof ObjectNode object) ? normalize(object) : schema;
	}

	private static void normalizeEnum(ObjectNode node) {
		if (!(node.get("enum") instanceof ArrayNode constants)) {
			node.remove("enum");
			return;
		}
		if (constants.valueStream().anyMatch(JsonNode::isNull)) {
			node.put("nullable", true);
		}
		// Objects in an enum are not compared.
		if (constants.valueStream().anyMatch(JsonNode::isContainer)) {
			node.remove("enum");
		}
	}

	private static void normalizeType(ObjectNode node) {
		if (node.get("type") instanceof ArrayNode types) {
			List<String> names = types.valueStream()
				.map(JsonNode::asString)
				.filter((name) -> !name.equals("null"))
				.distinct()
				.toList();
			if (names.size() < types.size()) {
				node.put("nullable", true);
			}
			setTypes(node, names);
		}
		else if (!node.has("type") && !node.has("anyOf") && !node.has("$ref")) {
			setTypes(node, inferTypes(node));
		}
	}

	private static List<String> inferTypes(ObjectNode node) {
		if (node.has("properties") || node.has("required") || node.has("additionalProperties")) {
			return List.of("object");
		}
		if (node.has("items") || node.has("prefixItems")) {
			return List.of("array");
		}
		return node.path("enum")
			.valueStream()
			.filter((constant) -> !constant.isNull())
			.map((constant) -> constant.isNumber() ? "number" : constant.isBoolean() ? "boolean" : "string")
			.distinct()
			.toList();
	}

	private static void setTypes(ObjectNode node, List<String> names) {
		node.remove("type");
		if (names.size() == 1) {
			node.put("type", names.get(0));
		}
		else if (names.size() > 1) {
			ObjectNode one = node.deepCopy();
			ArrayNode choices = JsonNodeFactory.instance.arrayNode();
			names.forEach((name) -> choices.add(one.deepCopy().put("type", name)));
			node.removeAll().set("anyOf", choices);
			if (one.has("nullable")) {
				node.set("nullable", one.get("nullable"));
			}
			if (one.has("$defs")) {
				node.set("$defs", one.get("$defs"));
			}
		}
	}

}
