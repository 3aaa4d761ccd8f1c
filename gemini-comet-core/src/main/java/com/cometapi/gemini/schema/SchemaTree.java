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
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A schema in either form as a tree: follows references, and finds the schema of a member
 * and the choice for a value.
 */
final class SchemaTree {

	/**
	 * Writes messages of the API as trees, without unset members.
	 */
	static final JsonMapper MAPPER = JsonMapper.builder()
		.disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
		.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
		.build();

	private static final String ALIASES = SchemaTranslator.ALIASES;

	// References may be chained, and handwritten ones may form a circle.
	private static final int MAX_REFERENCES = 20;

	private static final int MAX_NESTED_CHOICES = 4;

	private final JsonNode root;

	private final boolean anyCase;

	SchemaTree(JsonNode root) {
		this.root = root;
		this.anyCase = false;
	}

	SchemaTree(GeminiSchema schema, JsonMapper reader) {
		this.root = MAPPER.valueToTree((schema.schema() != null) ? schema.schema() : schema.jsonSchema());
		this.anyCase = reader.deserializationConfig().isEnabled(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES);
		schema.aliases()
			.forEach((place, names) -> ((ObjectNode) this.root.at(place)).set(ALIASES, MAPPER.valueToTree(names)));
		schema.numbers()
			.forEach((place, range) -> ((ObjectNode) this.root.at(place)).put(SchemaTranslator.NUMBER, range));
	}

	JsonNode root() {
		return this.root;
	}

	JsonNode resolve(JsonNode place) {
		JsonNode node = place;
		for (int i = 0; i < MAX_REFERENCES && node.has("$ref"); i++) {
			String reference = node.get("$ref").asString();
			node = reference.startsWith(SchemaTranslator.REFERENCE)
					? this.root.path("$defs").path(reference.substring(SchemaTranslator.REFERENCE.length()))
					: find(reference);
		}
		return node.has("$ref") ? MissingNode.getInstance() : node;
	}

	// A handwritten schema may refer to any place, and to other documents.
	private JsonNode find(String reference) {
		if (reference.equals("#")) {
			return this.root;
		}
		return reference.startsWith("#/") ? this.root.at(reference.substring(1)) : MissingNode.getInstance();
	}

	/**
	 * Return the range that the name of a member exceeds, in a map whose keys are
	 * numbers.
	 * @param node the schema of the map
	 * @param name the name
	 * @return the range, or {@code null} if the name fits
	 */
	static @Nullable NumberRange rangeExceededBy(JsonNode node, String name) {
		NumberRange range = (node.path("properties").has(name)) ? null : NumberRange.of(node);
		return (range != null && !range.containsName(name)) ? range : null;
	}

	JsonNode element(JsonNode node, int index) {
		JsonNode first = node.path("prefixItems");
		return (index < first.size()) ? first.get(index) : node.path("items");
	}

	/**
	 * Return whether a handwritten schema allows no value in a place.
	 * @param place the schema of the place
	 * @return {@code true} if it is {@code false}
	 */
	static boolean isClosed(JsonNode place) {
		return place.isBoolean() && !place.booleanValue();
	}

	private static boolean isMap(JsonNode node) {
		return node.has("additionalProperties") && !isClosed(node.get("additionalProperties"));
	}

	JsonNode member(JsonNode node, String name) {
		JsonNode properties = node.path("properties");
		return properties.has(name) ? properties.get(name) : node.path("additionalProperties");
	}

	/**
	 * Replace aliases of members by the names in the schema.
	 * @param node the schema
	 * @param value the value
	 * @return the value itself if there is no alias
	 */
	JsonNode rename(JsonNode node, JsonNode value) {
		if (!value.isObject() || value.propertyNames().stream().allMatch((name) -> nameOf(node, name).equals(name))) {
			return value;
		}
		ObjectNode named = JsonNodeFactory.instance.objectNode();
		value.properties().forEach((member) -> named.set(nameOf(node, member.getKey()), member.getValue()));
		return named;
	}

	private String nameOf(JsonNode node, String name) {
		JsonNode properties = node.path("properties");
		String known = node.path(ALIASES).path(name).asString(name);
		if (!this.anyCase || properties.has(known)) {
			return known;
		}
		return properties.propertyNames().stream().filter(known::equalsIgnoreCase).findFirst().orElse(known);
	}

	/**
	 * Return the choices whose JSON type is that of a value.
	 * @param choices the choices
	 * @param value the value
	 * @return the resolved choices
	 */
	List<JsonNode> choicesOfType(JsonNode choices, JsonNode value) {
		List<JsonNode> found = new ArrayList<>();
		for (JsonNode choice : choices) {
			JsonNode node = resolve(choice);
			if (isOfType(node, value)) {
				found.add(node);
			}
		}
		return found;
	}

	static boolean isOfType(JsonNode node, JsonNode value) {
		return switch (type(node)) {
			case "object" -> value.isObject();
			case "array" -> value.isArray();
			case "integer", "number" -> value.isNumber();
			case "boolean" -> value.isBoolean();
			case "string" -> value.isString();
			case "null" -> false;
			default -> true;
		};
	}

	/**
	 * Find the only choice that has all members of a value and its type id.
	 * @param choices the choices
	 * @param value the value
	 * @return the resolved choice, or {@code null} if none or more than one fits
	 */
	@Nullable JsonNode choose(Iterable<JsonNode> choices, JsonNode value) {
		JsonNode found = null;
		for (JsonNode choice : choices) {
			JsonNode node = resolve(choice);
			if (fits(node, value)) {
				if (found != null) {
					return null;
				}
				found = node;
			}
		}
		return found;
	}

	private boolean fits(JsonNode node, JsonNode given) {
		JsonNode value = rename(node, given);
		if (!value.isObject() || isMap(node)) {
			return value.isArray() ? type(node).equals("array") : value.isObject() && isMap(node);
		}
		JsonNode properties = node.path("properties");
		return hasTypeId(node, value) && value.propertyStream().allMatch((member) -> properties.has(member.getKey()))
				&& (node.has("anyOf") || !value.isEmpty());
	}

	static boolean hasTypeId(JsonNode node, JsonNode value) {
		return node.path("properties").propertyStream().allMatch((property) -> {
			JsonNode only = property.getValue().path("enum");
			JsonNode id = value.path(property.getKey());
			return only.size() != 1 || only.get(0).equals(id)
					|| (id.isString() && property.getValue().path(ALIASES).has(id.asString()));
		});
	}

	/**
	 * Return whether a choice is the default for values whose type id is that of no
	 * choice.
	 * @param node the choice
	 * @return {@code true} if it is
	 */
	static boolean isDefault(JsonNode node) {
		return node.path("properties")
			.propertyStream()
			.anyMatch((property) -> property.getValue().path(ALIASES).has(SchemaTranslator.ANY_NAME));
	}

	static boolean isFreeText(JsonNode node) {
		return type(node).equals("string") && !node.has("format") && !node.has("enum");
	}

	boolean isNullable(JsonNode place) {
		return isNullable(place, 0);
	}

	private boolean isNullable(JsonNode place, int depth) {
		JsonNode node = resolve(place);
		return isOpen(node) || place.path("nullable").asBoolean(false) || node.path("nullable").asBoolean(false)
				|| node.path("type").asString("").equals("null")
				|| node.path("type").valueStream().anyMatch((name) -> name.asString().equals("null"))
				|| (depth < MAX_NESTED_CHOICES
						&& node.path("anyOf").valueStream().anyMatch((choice) -> isNullable(choice, depth + 1)));
	}

	static boolean isOpen(JsonNode node) {
		return !node.isObject() || (!node.has("type") && !node.has("anyOf") && !node.has("$ref"));
	}

	static String type(JsonNode node) {
		JsonNode type = node.path("type");
		return (type.isArray() ? type.path(0) : type).asString("").toLowerCase(Locale.ROOT);
	}

}
