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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.cometapi.gemini.api.SchemaType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Translates a JSON schema to a form that the API accepts: to a {@code Schema} if
 * possible, otherwise to the subset of JSON Schema that the API supports.
 */
final class SchemaTranslator {

	/**
	 * The keyword of a remark on the form of a value, which ends up in its description.
	 */
	static final String HINT = "x-hint";

	/**
	 * The keyword of a constraint that a schema cannot express, which ends up in the
	 * description as well.
	 */
	static final String RULE = "x-rule";

	/**
	 * The keyword of the further names of an object's members or an enum's constants,
	 * which are not sent.
	 */
	static final String ALIASES = "x-aliases";

	/**
	 * The alias for all other names.
	 */
	static final String ANY_NAME = "*";

	/**
	 * The keyword of the {@link NumberRange} of a number, which is not sent.
	 */
	static final String NUMBER = "x-number";

	/**
	 * The keyword of a schema for values of any kind.
	 */
	static final String OPEN = "x-open";

	static final String REFERENCE = "#/$defs/";

	private final JsonNode definitions;

	private final Map<String, Set<String>> references = new LinkedHashMap<>();

	private SchemaTranslator(JsonNode definitions) {
		this.definitions = definitions;
		definitions.propertyNames().forEach((name) -> {
			Set<String> found = new LinkedHashSet<>();
			collectReferences(definitions.get(name), found);
			this.references.put(name, found);
		});
	}

	/**
	 * Translate a schema.
	 * @param document the schema
	 * @param further definitions that it refers to besides its own
	 * @return the schema for the API
	 */
	static GeminiSchema translate(ObjectNode document, Map<String, ObjectNode> further) {
		ObjectNode root = document.deepCopy();
		ObjectNode definitions = JsonNodeFactory.instance.objectNode();
		if (root.remove("$defs") instanceof ObjectNode own) {
			definitions.setAll(own);
		}
		definitions.setAll(further);
		SchemaTranslator translator = new SchemaTranslator(definitions);
		ObjectNode merged = translator.merge(root, null);
		if (!needsJsonSchema(merged)) {
			SchemaMetadata unsent = SchemaMetadata.of(merged, Map.of(), false);
			return new GeminiSchema(ApiSchemaWriter.of(merged), null, unsent.aliases(), unsent.numbers());
		}
		Map<String, Object> schema = JsonSchemaWriter.of(merged);
		Map<String, ObjectNode> used = translator.usedDefinitions(merged);
		if (!used.isEmpty()) {
			Map<String, Object> written = new LinkedHashMap<>();
			used.forEach((name, definition) -> written.put(name, JsonSchemaWriter.of(definition)));
			schema.put("$defs", written);
		}
		SchemaMetadata unsent = SchemaMetadata.of(merged, used, true);
		return new GeminiSchema(null, schema, unsent.aliases(), unsent.numbers());
	}

	private Map<String, ObjectNode> usedDefinitions(ObjectNode root) {
		Map<String, ObjectNode> used = new LinkedHashMap<>();
		Set<String> open = new LinkedHashSet<>();
		collectReferences(root, open);
		while (!open.isEmpty()) {
			String name = open.iterator().next();
			open.remove(name);
			ObjectNode definition = merge((ObjectNode) this.definitions.get(name), name);
			used.put(name, definition);
			Set<String> found = new LinkedHashSet<>();
			collectReferences(definition, found);
			found.stream().filter((reference) -> !used.containsKey(reference)).forEach(open::add);
		}
		return used;
	}

	// Merges the keywords of references and "allOf".
	private ObjectNode merge(ObjectNode node, @Nullable String inside) {
		ObjectNode result = JsonNodeFactory.instance.objectNode();
		node.properties().forEach((member) -> {
			switch (member.getKey()) {
				case "$ref", "allOf" -> {
				}
				case "properties" -> result.set("properties", mergeEach((ObjectNode) member.getValue(), inside));
				case "items", "additionalProperties" -> {
					if (member.getValue() instanceof ObjectNode child) {
						result.set(member.getKey(), merge(child, inside));
					}
				}
				case "anyOf" -> mergeChoices(result, (ArrayNode) member.getValue(), inside);
				default -> result.set(member.getKey(), member.getValue());
			}
		});
		if (node.get("allOf") instanceof ArrayNode all) {
			all.forEach((part) -> addMissing(result, merge((ObjectNode) part, inside)));
		}
		JsonNode reference = node.get("$ref");
		if (reference != null) {
			String name = nameOf(reference);
			if (isRecursive(name)) {
				result.set("$ref", reference);
			}
			else {
				addMissing(result, merge((ObjectNode) this.definitions.get(name), inside));
			}
		}
		if (result.has("properties") && inside != null) {
			leaveOutCycles(result, inside);
		}
		return result;
	}

	private ObjectNode mergeEach(ObjectNode properties, @Nullable String inside) {
		ObjectNode result = JsonNodeFactory.instance.objectNode();
		properties.properties()
			.forEach((property) -> result.set(property.getKey(), merge((ObjectNode) property.getValue(), inside)));
		return result;
	}

	private void mergeChoices(ObjectNode result, ArrayNode choices, @Nullable String inside) {
		List<ObjectNode> merged = new ArrayList<>();
		for (JsonNode choice : choices) {
			if (choice.path("type").asString("").equals("null")) {
				result.put("nullable", true);
			}
			else {
				merged.add(merge((ObjectNode) choice, inside));
			}
		}
		if (merged.size() == 1) {
			addMissing(result, merged.get(0));
		}
		else {
			result.putArray("anyOf").addAll(merged);
		}
	}

	private static void addMissing(ObjectNode target, ObjectNode source) {
		source.properties().forEach((member) -> {
			if (!target.has(member.getKey())) {
				target.set(member.getKey(), member.getValue());
			}
		});
	}

	// The API expands recursive types. That ends only if the recursive member is
	// optional.
	private void leaveOutCycles(ObjectNode object, String inside) {
		if (object.get("required") instanceof ArrayNode required) {
			required.removeIf((name) -> {
				Set<String> found = new LinkedHashSet<>();
				JsonNode property = object.get("properties").get(name.asString());
				collectReferences((property != null) ? property : JsonNodeFactory.instance.objectNode(), found);
				return found.stream()
					.anyMatch((reference) -> reference.equals(inside) || reach(reference).contains(inside));
			});
		}
	}

	private boolean isRecursive(String name) {
		return reach(name).contains(name);
	}

	private Set<String> reach(String name) {
		Set<String> reached = new LinkedHashSet<>();
		List<String> open = new ArrayList<>(this.references.getOrDefault(name, Set.of()));
		while (!open.isEmpty()) {
			String next = open.remove(open.size() - 1);
			if (reached.add(next)) {
				open.addAll(this.references.getOrDefault(next, Set.of()));
			}
		}
		return reached;
	}

	private static void collectReferences(JsonNode node, Set<String> found) {
		if (node.isObject() && node.get("$ref") instanceof StringNode reference) {
			found.add(nameOf(reference));
		}
		node.forEach((child) -> collectReferences(child, found));
	}

	private static String nameOf(JsonNode reference) {
		return reference.asString().substring(REFERENCE.length());
	}

	// Keywords that the API's Schema does not have.
	private static boolean needsJsonSchema(JsonNode node) {
		if (node.isObject() && (node.has("$ref") || node.has("additionalProperties") || node.has(OPEN))) {
			return true;
		}
		for (JsonNode child : node) {
			if (needsJsonSchema(child)) {
				return true;
			}
		}
		return false;
	}

	static @Nullable String description(ObjectNode node, String... rules) {
		String description = node.path("description").asString("");
		Stream<String> own = Stream.of(node.path(HINT).asString(""), node.path(RULE).asString(""),
				NumberBounds.describeExclusive(node));
		String remark = Stream.concat(own, Stream.of(rules))
			.filter((text) -> !text.isEmpty())
			.collect(Collectors.joining("; "));
		if (remark.isEmpty()) {
			return description.isEmpty() ? null : description;
		}
		return description.isEmpty() ? remark : description + " (" + remark + ")";
	}

	static @Nullable SchemaType type(ObjectNode node) {
		return typeName(node).isEmpty() ? null : new SchemaType(typeName(node).toUpperCase(Locale.ROOT));
	}

	static String typeName(ObjectNode node) {
		JsonNode type = node.path("type");
		if (type.isArray()) {
			return type.valueStream()
				.map(JsonNode::asString)
				.filter((name) -> !name.equals("null"))
				.findFirst()
				.orElse("");
		}
		return type.asString("");
	}

	static boolean isNullable(ObjectNode node) {
		JsonNode type = node.path("type");
		return node.path("nullable").asBoolean(false)
				|| (type.isArray() && type.valueStream().anyMatch((name) -> name.asString().equals("null")));
	}

	static List<String> strings(JsonNode list) {
		return list.valueStream().map(JsonNode::asString).toList();
	}

}
