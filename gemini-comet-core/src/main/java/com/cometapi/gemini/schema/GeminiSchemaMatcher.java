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
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.util.Assert;

/**
 * Matches values against a schema before Jackson reads them, and completes partial values
 * so that they can be read. Thread-safe.
 *
 * <p>
 * A value must be of the type of its schema, at every depth: an integer may be written as
 * {@code 3.0} or {@code 1e3} but has no fraction, a number or a boolean is not a text, a
 * date or an enum constant is a text that is neither empty nor a number, and required
 * members are present. A number, or a map's key that is one, is in the range of its Java
 * type. Members that the schema does not know, names in any case and single values for
 * lists are left to the mapper that reads the value. Bounds, lengths and patterns are
 * constraints, which Jakarta Validation checks.
 */
public final class GeminiSchemaMatcher {

	private final SchemaTree tree;

	private final ScalarValidator scalars;

	private final boolean singleAsArray;

	private final boolean declared;

	/**
	 * Create a matcher.
	 * @param schema the schema
	 * @param jsonMapper the mapper that reads the values
	 */
	public GeminiSchemaMatcher(GeminiSchema schema, JsonMapper jsonMapper) {
		Assert.notNull(schema, "'schema' must not be null");
		Assert.notNull(jsonMapper, "'jsonMapper' must not be null");
		this.tree = new SchemaTree(schema, jsonMapper);
		this.scalars = new ScalarValidator(jsonMapper);
		this.singleAsArray = jsonMapper.isEnabled(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY);
		this.declared = false;
	}

	private GeminiSchemaMatcher(JsonNode declared) {
		this.tree = new SchemaTree(declared);
		this.scalars = new ScalarValidator();
		this.singleAsArray = false;
		this.declared = true;
	}

	/**
	 * Create a matcher for the arguments of a function with an explicit declaration.
	 * Keywords of JSON Schema that the API does not support have no effect.
	 * @param declaration the declaration
	 * @return the matcher, or {@code null} if no schema is declared
	 */
	public static @Nullable GeminiSchemaMatcher of(FunctionDeclaration declaration) {
		Assert.notNull(declaration, "'declaration' must not be null");
		JsonNode schema = DeclaredSchemaNormalizer.of(declaration);
		return (schema != null) ? new GeminiSchemaMatcher(schema) : null;
	}

	/**
	 * Return the JSON type that the schema asks for.
	 * @return the type in lower case, such as {@code object}, or empty if there are
	 * several
	 */
	public String type() {
		JsonNode root = this.tree.resolve(this.tree.root());
		List<String> types = root.path("anyOf")
			.valueStream()
			.map((choice) -> SchemaTree.type(this.tree.resolve(choice)))
			.distinct()
			.toList();
		return (types.size() == 1) ? types.get(0) : SchemaTree.type(root);
	}

	/**
	 * Match a complete value against the schema.
	 * @param path the path of the value, empty for the root of a document
	 * @param value the value
	 * @return the mismatches, and the value to read if there are none
	 */
	public SchemaMatch match(String path, JsonNode value) {
		return new SchemaValidation(this.tree, this.scalars, this.singleAsArray, this.declared).run(path, value);
	}

	/**
	 * Complete a partial value so that it can be read: missing lists and maps become
	 * empty, and parts that do not match or cannot be read before they are complete are
	 * left out.
	 * @param value the partial value, which is not modified
	 * @param unfinished the unfinished text node in the value, compared by identity, or
	 * {@code null} for none
	 * @return the readable value, or {@code null} if there is none yet
	 */
	public @Nullable JsonNode fill(JsonNode value, @Nullable JsonNode unfinished) {
		return fill(this.tree.root(), value, unfinished);
	}

	private @Nullable JsonNode fill(JsonNode place, JsonNode given, @Nullable JsonNode unfinished) {
		JsonNode node = this.tree.resolve(place);
		JsonNode value = this.tree.rename(node, given);
		if (value == unfinished) {
			return SchemaTree.isFreeText(node) ? value : null;
		}
		if (value.isNull()) {
			return value;
		}
		if (SchemaTree.isOpen(node)) {
			return fillContainer(node, value, unfinished);
		}
		if (node.has("anyOf")) {
			List<JsonNode> choices = this.tree.choicesOfType(node.get("anyOf"), value);
			JsonNode choice = (choices.size() == 1) ? choices.get(0) : this.tree.choose(choices, value);
			return (choice != null) ? fill(choice, value, unfinished) : null;
		}
		return switch (SchemaTree.type(node)) {
			case "object" -> value.isObject() ? fillContainer(node, value, unfinished) : null;
			case "array" -> value.isArray() ? fillContainer(node, value, unfinished) : null;
			default -> this.scalars.read(node, value);
		};
	}

	private JsonNode fillContainer(JsonNode node, JsonNode value, @Nullable JsonNode unfinished) {
		if (!value.isContainer()) {
			return ScalarValidator.plain(value);
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
			JsonNode readable = fill(this.tree.member(node, member.getKey()), member.getValue(), unfinished);
			if (readable != null && SchemaTree.rangeExceededBy(node, member.getKey()) == null) {
				filled.set(member.getKey(), readable);
			}
		});
		node.path("properties").properties().forEach((property) -> {
			JsonNode empty = filled.has(property.getKey()) ? null : emptyOf(this.tree.resolve(property.getValue()));
			if (empty != null) {
				filled.set(property.getKey(), empty);
			}
		});
		return filled;
	}

	private @Nullable JsonNode emptyOf(JsonNode node) {
		if (this.tree.isNullable(node)) {
			return null;
		}
		if (SchemaTree.type(node).equals("array")) {
			return JsonNodeFactory.instance.arrayNode();
		}
		return node.has("additionalProperties") ? JsonNodeFactory.instance.objectNode() : null;
	}

}
