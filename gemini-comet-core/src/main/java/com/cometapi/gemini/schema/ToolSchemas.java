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

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.util.StringUtils;

/**
 * Converts a JSON Schema from elsewhere, such as that of a tool's arguments, to the
 * subset that the API supports. Values that fit the schema fit the converted one; those
 * that fit only the converted one are refused by the tool.
 */
public final class ToolSchemas {

	private static final int MAX_DEPTH = 32;

	// Nested "allOf" with references may multiply the number of schemas.
	private static final int MAX_SCHEMAS = 10_000;

	// References may form a circle.
	private static final int MAX_REFERENCES = 20;

	private static final List<String> COPIED = List.of("type", "format", "title", "description", "minItems", "maxItems",
			"minimum", "maximum");

	private static final Pattern DEFINITION = Pattern.compile("#/(?:\\$defs|definitions)/([^/~%]+)");

	private final Map<String, @Nullable Object> root;

	private final JsonNode tree;

	// Names of further definitions, by references to other places of the schema.
	private final Map<String, String> places = new HashMap<>();

	private final Deque<String> unconverted = new ArrayDeque<>();

	private final Set<String> names = new HashSet<>();

	private int conversions;

	private ToolSchemas(Map<String, @Nullable Object> root) {
		this.root = root;
		this.tree = SchemaTree.MAPPER.valueToTree(root);
		this.names.addAll(this.tree.path("$defs").propertyNames());
		this.names.addAll(this.tree.path("definitions").propertyNames());
	}

	/**
	 * Convert the schema of a tool's arguments.
	 * @param schema the schema of the arguments
	 * @return the schema for the API, or {@code null} if there are no arguments
	 * @throws IllegalArgumentException if the schema is nested too deeply or too large
	 */
	public static @Nullable Map<String, @Nullable Object> convert(Map<String, ? extends @Nullable Object> schema) {
		Map<String, @Nullable Object> converted = convertResponse(schema);
		if (converted.containsKey("$ref") || converted.containsKey("anyOf")) {
			return converted;
		}
		boolean members = converted.get("properties") instanceof Map<?, ?> properties && !properties.isEmpty();
		// An object without members is refused.
		if (!members && !(converted.get("additionalProperties") instanceof Map<?, ?>)) {
			return null;
		}
		converted.putIfAbsent("type", "object");
		return converted;
	}

	/**
	 * Convert the schema of a response, which need not be an object.
	 * @param schema the schema of the response
	 * @return the schema for the API
	 * @throws IllegalArgumentException if the schema is nested too deeply or too large
	 */
	public static Map<String, @Nullable Object> convertResponse(Map<String, ? extends @Nullable Object> schema) {
		return new ToolSchemas(members(schema)).convert();
	}

	private Map<String, @Nullable Object> convert() {
		Map<String, @Nullable Object> result = convert(this.root, 0);
		Map<String, @Nullable Object> definitions = (result.get("$defs") instanceof Map<?, ?> known) ? members(known)
				: new LinkedHashMap<>();
		// A place may refer to further ones.
		while (!this.unconverted.isEmpty()) {
			String ref = this.unconverted.remove();
			definitions.put(nameOf(ref), convert(find(ref), 0));
		}
		if (!definitions.isEmpty()) {
			result.put("$defs", definitions);
		}
		return result;
	}

	private Map<String, @Nullable Object> convert(Map<String, @Nullable Object> schema, int depth) {
		if (depth > MAX_DEPTH) {
			throw new IllegalArgumentException("its schema has more than %d levels".formatted(MAX_DEPTH));
		}
		if (++this.conversions > MAX_SCHEMAS) {
			throw new IllegalArgumentException("its schema consists of more than %d schemas".formatted(MAX_SCHEMAS));
		}
		Map<String, @Nullable Object> result = new LinkedHashMap<>();
		if (schema.get("$ref") instanceof String ref) {
			String local = localRef(ref);
			if (local != null) {
				result.put("$ref", local);
			}
			else {
				copy(schema, "description", result);
			}
		}
		else {
			convertMembers(schema, result, depth);
		}
		convertMap(schema, "$defs", "$defs", result, depth);
		convertMap(schema, "definitions", "$defs", result, depth);
		return result;
	}

	private void convertMembers(Map<String, @Nullable Object> schema, Map<String, @Nullable Object> result, int depth) {
		COPIED.forEach((name) -> copy(schema, name, result));
		if (schema.get("exclusiveMinimum") instanceof Number minimum) {
			result.putIfAbsent("minimum", minimum);
		}
		if (schema.get("exclusiveMaximum") instanceof Number maximum) {
			result.putIfAbsent("maximum", maximum);
		}
		convertEnum(schema, result);
		convertMap(schema, "properties", "properties", result, depth);
		if (schema.get("required") instanceof List<?> required && !required.isEmpty()) {
			result.put("required", required.stream().filter(String.class::isInstance).toList());
		}
		if (schema.get("items") instanceof List<?>) {
			convertList(schema, "items", "prefixItems", result, depth);
		}
		else if (schema.get("items") instanceof Map<?, ?> items) {
			result.put("items", convert(members(items), depth + 1));
		}
		convertList(schema, "prefixItems", "prefixItems", result, depth);
		// Members that match a pattern are not additional ones.
		boolean patterns = schema.get("patternProperties") instanceof Map<?, ?> byPattern && !byPattern.isEmpty();
		if (schema.get("additionalProperties") instanceof Boolean allowed) {
			result.put("additionalProperties", allowed || patterns);
		}
		else if (!patterns && schema.get("additionalProperties") instanceof Map<?, ?> values && !values.isEmpty()) {
			result.put("additionalProperties", convert(members(values), depth + 1));
		}
		convertList(schema, "oneOf", "anyOf", result, depth);
		convertList(schema, "anyOf", "anyOf", result, depth);
		if (schema.get("allOf") instanceof List<?> all) {
			all.forEach((part) -> merge(convert(resolve(part, depth), depth + 1), result));
		}
		describeDefault(schema, result);
	}

	private static void copy(Map<String, @Nullable Object> schema, String name, Map<String, @Nullable Object> result) {
		Object value = schema.get(name);
		if (value != null) {
			result.put(name, value);
		}
	}

	// Only texts and numbers are supported.
	private static void convertEnum(Map<String, @Nullable Object> schema, Map<String, @Nullable Object> result) {
		List<?> constants = (schema.get("enum") instanceof List<?> list) ? list
				: (schema.get("const") != null) ? List.of(schema.get("const")) : List.of();
		if (constants.stream()
			.allMatch((constant) -> constant == null || constant instanceof String || constant instanceof Number)) {
			List<?> supported = constants.stream().filter((constant) -> constant != null).toList();
			if (!supported.isEmpty()) {
				result.put("enum", supported);
				if (supported.size() < constants.size() && !schema.containsKey("type")) {
					result.put("type",
							Stream.concat(supported.stream().map(ToolSchemas::typeOf).distinct(), Stream.of("null"))
								.toList());
				}
			}
		}
	}

	private static void describeDefault(Map<String, @Nullable Object> schema, Map<String, @Nullable Object> result) {
		Object value = schema.get("default");
		if (value instanceof String || value instanceof Number || value instanceof Boolean) {
			String description = (result.get("description") instanceof String text) ? text + " (default: "
					: "(default: ";
			result.put("description", description + value + ")");
		}
	}

	private void convertMap(Map<String, @Nullable Object> schema, String from, String to,
			Map<String, @Nullable Object> result, int depth) {
		if (!(schema.get(from) instanceof Map<?, ?> schemas) || schemas.isEmpty()) {
			return;
		}
		Map<String, @Nullable Object> converted = (result.get(to) instanceof Map<?, ?> before) ? members(before)
				: new LinkedHashMap<>();
		// A boolean schema allows everything or nothing.
		schemas.forEach((name, value) -> converted.putIfAbsent(String.valueOf(name),
				(value instanceof Map<?, ?> map) ? convert(members(map), depth + 1) : Map.of()));
		result.put(to, converted);
	}

	private void convertList(Map<String, @Nullable Object> schema, String from, String to,
			Map<String, @Nullable Object> result, int depth) {
		if (schema.get(from) instanceof List<?> schemas && !schemas.isEmpty()) {
			result.put(to,
					schemas.stream()
						.map((value) -> (value instanceof Map<?, ?> map) ? convert(members(map), depth + 1)
								: Map.<String, @Nullable Object>of())
						.toList());
		}
	}

	private Map<String, @Nullable Object> resolve(@Nullable Object part, int depth) {
		Map<String, @Nullable Object> schema = (part instanceof Map<?, ?> map) ? members(map) : Map.of();
		for (int steps = 0; steps < MAX_REFERENCES; steps++) {
			if (!(schema.get("$ref") instanceof String ref) || !ref.startsWith("#") || depth > MAX_DEPTH) {
				return schema;
			}
			schema = find(ref);
		}
		return Map.of();
	}

	private Map<String, @Nullable Object> find(String ref) {
		return (at(ref) instanceof ObjectNode schema) ? members(SchemaTree.MAPPER.convertValue(schema, Map.class))
				: Map.of();
	}

	private JsonNode at(String ref) {
		return ref.startsWith("#/") ? this.tree.at(StringUtils.uriDecode(ref.substring(1), StandardCharsets.UTF_8))
				: MissingNode.getInstance();
	}

	private static String typeOf(Object constant) {
		return (constant instanceof Number) ? "number" : "string";
	}

	// The API knows references to definitions only, and refuses those to nothing.
	private @Nullable String localRef(String ref) {
		if (ref.equals("#")) {
			return ref;
		}
		if (!at(ref).isObject()) {
			return null;
		}
		Matcher definition = DEFINITION.matcher(ref);
		return "#/$defs/" + (definition.matches() ? definition.group(1) : nameOf(ref));
	}

	private String nameOf(String ref) {
		return this.places.computeIfAbsent(ref, (place) -> {
			this.unconverted.add(place);
			String name = place.substring("#/".length()).replaceAll("[^A-Za-z0-9]+", "_");
			return this.names.add(name) ? name : numbered(name);
		});
	}

	private String numbered(String name) {
		int number = this.places.size() + 1;
		while (!this.names.add(name + "_" + number)) {
			number++;
		}
		return name + "_" + number;
	}

	private static void merge(Map<String, @Nullable Object> part, Map<String, @Nullable Object> result) {
		part.forEach((name, value) -> {
			Object before = result.get(name);
			if (before instanceof Map<?, ?> known && value instanceof Map<?, ?> more) {
				Map<String, @Nullable Object> merged = members(known);
				members(more).forEach(merged::putIfAbsent);
				result.put(name, merged);
			}
			else if (name.equals("required") && before instanceof List<?> known && value instanceof List<?> more) {
				Set<Object> merged = new LinkedHashSet<>(known);
				merged.addAll(more);
				result.put(name, new ArrayList<>(merged));
			}
			else {
				result.putIfAbsent(name, value);
			}
		});
	}

	private static Map<String, @Nullable Object> members(Map<?, ?> map) {
		Map<String, @Nullable Object> members = new LinkedHashMap<>();
		map.forEach((name, value) -> members.put(String.valueOf(name), value));
		return members;
	}

}
