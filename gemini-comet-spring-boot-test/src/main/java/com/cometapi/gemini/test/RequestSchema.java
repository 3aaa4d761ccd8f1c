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

package com.cometapi.gemini.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Schema of the request messages, their fields and enums, loaded from a resource.
 */
final class RequestSchema {

	static final RequestSchema INSTANCE = load();

	private final Map<String, Map<String, Field>> messages;

	private final Map<String, List<String>> enums;

	private RequestSchema(Map<String, Map<String, Field>> messages, Map<String, List<String>> enums) {
		this.messages = messages;
		this.enums = enums;
	}

	// By the name in camel case or in snake case.
	@Nullable Field field(String message, String name) {
		return Objects.requireNonNull(this.messages.get(message)).get(name);
	}

	List<String> values(String enumName) {
		return Objects.requireNonNull(this.enums.get(enumName));
	}

	static String snakeCase(String name) {
		return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
	}

	private static RequestSchema load() {
		try (InputStream stream = RequestSchema.class.getResourceAsStream("request-schema.json")) {
			JsonNode schema = Json.MAPPER.readTree(Objects.requireNonNull(stream));
			Map<String, Map<String, Field>> messages = new HashMap<>();
			schema.get("messages").properties().forEach((message) -> {
				Map<String, Field> fields = new LinkedHashMap<>();
				message.getValue().properties().forEach((entry) -> {
					Field field = Field.parse(entry.getKey(), entry.getValue().asString());
					fields.put(field.name(), field);
					fields.put(snakeCase(field.name()), field);
				});
				messages.put(message.getKey(), fields);
			});
			Map<String, List<String>> enums = new HashMap<>();
			schema.get("enums")
				.properties()
				.forEach((entry) -> enums.put(entry.getKey(),
						SimulatedRequest.list(entry.getValue()).stream().map(JsonNode::asString).toList()));
			return new RequestSchema(messages, enums);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A field of a message.
	 *
	 * @param name the name in camel case
	 * @param kind the kind of value: {@code message}, {@code enum}, {@code map} or a
	 * scalar
	 * @param type the message, the enum or the type of a map's values, empty for a scalar
	 * @param repeated whether the value is an array
	 */
	record Field(String name, String kind, String type, boolean repeated) {

		static Field parse(String name, String definition) {
			boolean repeated = definition.endsWith("[]");
			String single = (repeated) ? definition.substring(0, definition.length() - 2) : definition;
			int blank = single.indexOf(' ');
			return (blank < 0) ? new Field(name, single, "", repeated)
					: new Field(name, single.substring(0, blank), single.substring(blank + 1), repeated);
		}

		String path() {
			return snakeCase(this.name);
		}

	}

}
