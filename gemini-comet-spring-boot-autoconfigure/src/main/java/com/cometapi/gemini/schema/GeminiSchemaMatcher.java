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

import com.cometapi.gemini.client.GeminiJsonMapper;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.util.Assert;

/**
 * Holds values against a schema: finds out what a whole one lacks, and makes an
 * unfinished one readable. Thread-safe.
 */
public final class GeminiSchemaMatcher {

	private static final JsonMapper mapper = GeminiJsonMapper.builder().build();

	private static final int MAX_FINDINGS = 20;

	private static final String ALIASES = SchemaTranslator.ALIASES;

	private final JsonNode schema;

	/**
	 * Create a matcher.
	 * @param schema the schema
	 */
	public GeminiSchemaMatcher(GeminiSchema schema) {
		Assert.notNull(schema, "'schema' must not be null");
		this.schema = mapper.valueToTree((schema.schema() != null) ? schema.schema() : schema.jsonSchema());
		schema.aliases()
			.forEach((place, names) -> ((ObjectNode) this.schema.at(place)).set(ALIASES, mapper.valueToTree(names)));
	}

	/**
	 * Find the members that the schema requires and a value does not have.
	 * @param value the value
	 * @return the paths of the members, such as {@code planets[2].name}, not more than a
	 * few
	 */
	public List<String> findMissing(JsonNode value) {
		List<String> missing = new ArrayList<>();
		collectMissing(this.schema, value, "", missing);
		return missing;
	}

	private void collectMissing(JsonNode place, JsonNode given, String path, List<String> missing) {
		JsonNode node = resolve(place);
		JsonNode value = withoutAliases(node, given);
		if (node.has("anyOf")) {
			JsonNode choice = choose(node.get("anyOf"), value);
			if (choice != null) {
				collectMissing(choice, value, path, missing);
			}
			return;
		}
		if (value.isArray()) {
			for (int i = 0; i < value.size(); i++) {
				collectMissing(node.path("items"), value.get(i), path + "[" + i + "]", missing);
			}
		}
		if (value.isObject()) {
			node.path("required").forEach((name) -> {
				JsonNode member = value.get(name.asString());
				boolean absent = member == null
						|| (member.isNull() && !isNullable(node.path("properties").path(name.asString())));
				if (absent && missing.size() < MAX_FINDINGS) {
					missing.add(join(path, name.asString()));
				}
			});
			value.properties()
				.forEach((member) -> collectMissing(member(node, member.getKey()), member.getValue(),
						join(path, member.getKey()), missing));
		}
	}

	private static String join(String path, String name) {
		return path.isEmpty() ? name : path + "." + name;
	}

	/**
	 * Make an unfinished value readable: lists and maps that have not begun are empty
	 * ones, and what cannot be read before it is whole is left out.
	 * @param value the value as far as it goes, which is not changed
	 * @param unfinished the text in the value that goes on, found by its identity, or
	 * {@code null} for none
	 * @return the readable value, or {@code null} if there is none yet
	 */
	public @Nullable JsonNode fill(JsonNode value, @Nullable JsonNode unfinished) {
		return fill(this.schema, value, unfinished);
	}

	private @Nullable JsonNode fill(JsonNode place, JsonNode given, @Nullable JsonNode unfinished) {
		JsonNode node = resolve(place);
		JsonNode value = withoutAliases(node, given);
		if (value == unfinished) {
			return isFreeText(node) ? value : null;
		}
		if (!value.isContainer()) {
			return value;
		}
		if (node.has("anyOf")) {
			JsonNode choice = choose(node.get("anyOf"), value);
			return (choice != null) ? fill(choice, value, unfinished) : null;
		}
		return value.isArray() ? fillArray(node, value, unfinished) : fillObject(node, value, unfinished);
	}

	private JsonNode fillArray(JsonNode node, JsonNode value, @Nullable JsonNode unfinished) {
		ArrayNode filled = JsonNodeFactory.instance.arrayNode(value.size());
		for (JsonNode element : value) {
			JsonNode readable = fill(node.path("items"), element, unfinished);
			if (readable != null) {
				filled.add(readable);
			}
		}
		return filled;
	}

	private JsonNode fillObject(JsonNode node, JsonNode value, @Nullable JsonNode unfinished) {
		ObjectNode filled = JsonNodeFactory.instance.objectNode();
		value.properties().forEach((member) -> {
			JsonNode readable = fill(member(node, member.getKey()), member.getValue(), unfinished);
			if (readable != null) {
				filled.set(member.getKey(), readable);
			}
		});
		node.path("properties").properties().forEach((property) -> {
			JsonNode empty = filled.has(property.getKey()) ? null : emptyOf(resolve(property.getValue()));
			if (empty != null) {
				filled.set(property.getKey(), empty);
			}
		});
		return filled;
	}

	private static @Nullable JsonNode emptyOf(JsonNode node) {
		if (isNullable(node)) {
			return null;
		}
		if (type(node).equals("array")) {
			return JsonNodeFactory.instance.arrayNode();
		}
		return node.has("additionalProperties") ? JsonNodeFactory.instance.objectNode() : null;
	}

	private JsonNode member(JsonNode node, String name) {
		JsonNode properties = node.path("properties");
		return properties.has(name) ? properties.get(name) : node.path("additionalProperties");
	}

	private JsonNode resolve(JsonNode node) {
		JsonNode reference = node.get("$ref");
		if (reference == null) {
			return node;
		}
		return this.schema.path("$defs").path(reference.asString().substring("#/$defs/".length()));
	}

	// The one choice whose members are those of the value and whose type id it bears.
	private @Nullable JsonNode choose(JsonNode choices, JsonNode value) {
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

	// Gives the members of an object the names that the schema has for them.
	private static JsonNode withoutAliases(JsonNode node, JsonNode value) {
		JsonNode aliases = node.path(ALIASES);
		if (aliases.isMissingNode() || !value.isObject() || value.propertyNames().stream().noneMatch(aliases::has)) {
			return value;
		}
		ObjectNode named = JsonNodeFactory.instance.objectNode();
		value.properties()
			.forEach((member) -> named.set(aliases.path(member.getKey()).asString(member.getKey()), member.getValue()));
		return named;
	}

	private boolean fits(JsonNode node, JsonNode given) {
		JsonNode value = withoutAliases(node, given);
		if (!value.isObject() || node.has("additionalProperties")) {
			return value.isArray() ? type(node).equals("array") : value.isObject() && node.has("additionalProperties");
		}
		JsonNode properties = node.path("properties");
		for (var property : properties.properties()) {
			JsonNode only = property.getValue().path("enum");
			if (only.size() == 1 && !only.get(0).equals(value.get(property.getKey()))) {
				return false;
			}
		}
		return value.propertyStream().allMatch((member) -> properties.has(member.getKey()))
				&& (node.has("anyOf") || !value.isEmpty());
	}

	private static boolean isFreeText(JsonNode node) {
		return type(node).equals("string") && !node.has("format") && !node.has("enum");
	}

	private static boolean isNullable(JsonNode node) {
		return isOpen(node) || node.path("nullable").asBoolean(false)
				|| node.path("type").valueStream().anyMatch((name) -> name.asString().equals("null"))
				|| node.path("anyOf").valueStream().anyMatch((choice) -> type(choice).equals("null"));
	}

	private static boolean isOpen(JsonNode node) {
		return node.isObject() && !node.has("type") && !node.has("anyOf") && !node.has("$ref");
	}

	private static String type(JsonNode node) {
		JsonNode type = node.path("type");
		return (type.isArray() ? type.path(0) : type).asString("").toLowerCase(Locale.ROOT);
	}

}
