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
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Matches one value against a schema and collects the mismatches.
 */
final class SchemaValidation {

	private static final int MAX_MISMATCHES = 20;

	private static final int MAX_NAMES = 50;

	private static final int MAX_TEXT = 80;

	private final SchemaTree tree;

	private final ScalarValidator scalars;

	private final boolean singleAsArray;

	private final boolean declared;

	private final List<String> mismatches = new ArrayList<>();

	SchemaValidation(SchemaTree tree, ScalarValidator scalars, boolean singleAsArray, boolean declared) {
		this.tree = tree;
		this.scalars = scalars;
		this.singleAsArray = singleAsArray;
		this.declared = declared;
	}

	SchemaMatch run(String path, JsonNode value) {
		JsonNode checked = check(this.tree.root(), value, path);
		return new SchemaMatch(checked, this.mismatches);
	}

	private JsonNode check(JsonNode place, JsonNode given, String path) {
		if (SchemaTree.isClosed(place)) {
			add(path, "is not declared");
			return given;
		}
		JsonNode node = this.tree.resolve(place);
		if (SchemaTree.isOpen(node)) {
			return plain(given);
		}
		if (given.isNull()) {
			return this.tree.isNullable(node) ? given : refuse(node, given, path);
		}
		JsonNode value = this.tree.rename(node, given);
		if (node.has("anyOf")) {
			// A handwritten schema may have a type common to all choices.
			JsonNode common = node.has("type") ? checkType(node, value, path) : value;
			return checkChoices(node, common, path);
		}
		return checkType(node, value, path);
	}

	private JsonNode checkType(JsonNode node, JsonNode value, String path) {
		return switch (SchemaTree.type(node)) {
			case "object" -> value.isObject() ? checkObject(node, value, path) : refuse(node, value, path);
			case "array" -> checkArray(node, value, path);
			default -> checkScalar(node, value, path);
		};
	}

	private JsonNode checkChoices(JsonNode node, JsonNode value, String path) {
		List<JsonNode> choices = this.tree.choicesOfType(node.get("anyOf"), value);
		if (choices.isEmpty()) {
			return refuse(node, value, path);
		}
		if (choices.size() == 1) {
			return check(choices.get(0), value, path);
		}
		List<JsonNode> sameId = choices.stream().filter((choice) -> SchemaTree.hasTypeId(choice, value)).toList();
		JsonNode choice = (sameId.size() == 1) ? sameId.get(0) : this.tree.choose(choices, value);
		if (choice != null) {
			return check(choice, value, path);
		}
		if (this.declared || !ChoiceSelector.isOfUnknownType(choices, value)) {
			JsonNode closest = new ChoiceSelector(this.tree, this.scalars).closest(choices, value);
			return (closest != null) ? check(closest, value, path) : value;
		}
		List<JsonNode> defaults = choices.stream().filter(SchemaTree::isDefault).toList();
		if (defaults.size() == 1) {
			return check(defaults.get(0), value, path);
		}
		// The type id that all of them require. Whether the id is known is left to
		// Jackson, unless it reads an unknown one as a type that was not declared and
		// cannot be checked.
		choices.get(0)
			.path("required")
			.valueStream()
			.map(JsonNode::asString)
			.filter((name) -> choices.stream().allMatch((each) -> isTypeId(each, name)))
			.forEach((name) -> {
				if (!value.has(name)) {
					add(join(path, name), "is missing");
				}
				else if (hasUnlistedDefault(node)) {
					add(join(path, name), "must be one of %s, but was %s".formatted(typeIds(choices, name),
							describe(value.get(name))));
				}
			});
		return value;
	}

	private static String typeIds(List<JsonNode> choices, String name) {
		return choices.stream()
			.map((choice) -> choice.path("properties").path(name).path("enum").path(0).asString(""))
			.collect(Collectors.joining(", "));
	}

	private static boolean hasUnlistedDefault(JsonNode node) {
		return node.path(SchemaTranslator.ALIASES).has(SchemaTranslator.ANY_NAME);
	}

	private static boolean isTypeId(JsonNode choice, String name) {
		return choice.path("properties").path(name).path("enum").size() == 1
				&& choice.path("required").valueStream().anyMatch((required) -> required.asString().equals(name));
	}

	private JsonNode checkObject(JsonNode node, JsonNode value, String path) {
		node.path("required").forEach((name) -> {
			JsonNode member = value.get(name.asString());
			if (member == null
					|| (member.isNull() && !this.tree.isNullable(node.path("properties").path(name.asString())))) {
				add(join(path, name.asString()), "is missing");
			}
		});
		ObjectNode checked = JsonNodeFactory.instance.objectNode();
		value.properties().forEach((member) -> {
			String name = member.getKey();
			NumberRange names = SchemaTree.rangeExceededBy(node, name);
			if (names != null) {
				add(join(path, name), "must be named by a number " + names.describe());
			}
			// A member that is not required may be null.
			boolean absent = member.getValue().isNull() && node.path("properties").has(name);
			checked.set(name, absent ? member.getValue()
					: check(this.tree.member(node, name), member.getValue(), join(path, name)));
		});
		return checked;
	}

	private JsonNode checkArray(JsonNode node, JsonNode value, String path) {
		if (!value.isArray() && !this.singleAsArray) {
			return refuse(node, value, path);
		}
		ArrayNode checked = JsonNodeFactory.instance.arrayNode();
		if (!value.isArray()) {
			return checked.add(check(this.tree.element(node, 0), value, path));
		}
		for (int i = 0; i < value.size(); i++) {
			checked.add(check(this.tree.element(node, i), value.get(i), path + "[" + i + "]"));
		}
		return checked;
	}

	private JsonNode checkScalar(JsonNode node, JsonNode value, String path) {
		JsonNode read = this.scalars.read(node, value);
		return (read != null) ? read : refuse(node, value, path);
	}

	private JsonNode refuse(JsonNode node, JsonNode value, String path) {
		NumberRange range = this.scalars.rangeExceededBy(node, value);
		String expected = (range != null) ? expected(node) + " " + range.describe() : expected(node);
		add(path, "must be %s, but was %s".formatted(expected, describe(value)));
		return value;
	}

	private void add(String path, String mismatch) {
		if (this.mismatches.size() < MAX_MISMATCHES) {
			this.mismatches.add((path.isEmpty() ? "the value" : "'" + path + "'") + " " + mismatch);
		}
	}

	private String expected(JsonNode place) {
		JsonNode node = this.tree.resolve(place);
		if (node.has("enum")) {
			return "one of " + names(node.get("enum"));
		}
		return switch (SchemaTree.type(node)) {
			case "object" -> "an object";
			case "array" -> "a list";
			case "integer" -> "an integer";
			case "number" -> "a number";
			case "boolean" -> "true or false";
			case "string" -> "a text" + (node.has("format") ? " of the format " + node.get("format").asString() : "");
			case "null" -> "null";
			default -> StreamSupport.stream(node.path("anyOf").spliterator(), false)
				.map(this::expected)
				.distinct()
				.collect(Collectors.joining(" or "));
		};
	}

	private static String names(JsonNode constants) {
		String more = (constants.size() > MAX_NAMES) ? ", ..." : "";
		return constants.valueStream()
			.filter((constant) -> !constant.isNull())
			.limit(MAX_NAMES)
			.map((constant) -> constant.asString(""))
			.collect(Collectors.joining(", ", "", more));
	}

	private static String describe(JsonNode value) {
		if (value.isContainer()) {
			return value.isArray() ? "a list" : "an object";
		}
		return shorten(value.toString());
	}

	private static String join(String path, String name) {
		return path.isEmpty() ? shorten(name) : path + "." + shorten(name);
	}

	private static String shorten(String text) {
		return (text.length() > MAX_TEXT) ? text.substring(0, MAX_TEXT) + "..." : text;
	}

	private static JsonNode plain(JsonNode value) {
		if (value.isArray()) {
			ArrayNode elements = JsonNodeFactory.instance.arrayNode();
			value.forEach((element) -> elements.add(plain(element)));
			return elements;
		}
		if (value.isObject()) {
			ObjectNode members = JsonNodeFactory.instance.objectNode();
			value.properties().forEach((member) -> members.set(member.getKey(), plain(member.getValue())));
			return members;
		}
		return ScalarValidator.plain(value);
	}

}
