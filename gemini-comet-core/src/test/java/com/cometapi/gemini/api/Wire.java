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

package com.cometapi.gemini.api;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.cometapi.gemini.client.GeminiJsonMapper;
import com.cometapi.gemini.testsupport.GeminiServer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads recorded messages, and compares JSON by meaning.
 */
final class Wire {

	static final JsonMapper MAPPER = GeminiJsonMapper.builder().build();

	// Keeps every digit of every number.
	private static final JsonMapper TREES = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private Wire() {
	}

	static GenerateContentResponse response(String name) {
		return read(text(name + ".response.json"), GenerateContentResponse.class);
	}

	static List<GenerateContentResponse> events(String name) {
		return eventTexts(name + ".sse").stream().map((json) -> read(json, GenerateContentResponse.class)).toList();
	}

	static <T> T read(String json, Class<T> type) {
		return MAPPER.readValue(json.getBytes(StandardCharsets.UTF_8), type);
	}

	static String write(Object message) {
		return MAPPER.writeValueAsString(message);
	}

	static JsonNode tree(String json) {
		return TREES.readTree(json);
	}

	static Stream<String> names(String suffix) {
		URL folder = Objects.requireNonNull(Wire.class.getResource("/wire"));
		try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
			return new TreeSet<>(
					files.map((file) -> file.getFileName().toString()).filter((name) -> name.endsWith(suffix)).toList())
				.stream();
		}
		catch (IOException | URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static String text(String name) {
		return GeminiServer.recording(name);
	}

	/**
	 * Return the data of all events that are messages, without errors and malformed
	 * events.
	 */
	static List<String> eventTexts(String name) {
		List<String> events = new ArrayList<>();
		StringBuilder data = new StringBuilder();
		for (String line : (text(name) + "\n\n").lines().toList()) {
			if (line.startsWith("data:")) {
				data.append(line.substring("data:".length())).append('\n');
			}
			else if (line.isEmpty() && !data.isEmpty()) {
				events.add(data.toString());
				data.setLength(0);
			}
		}
		return events.stream().filter(Wire::isMessage).toList();
	}

	private static boolean isMessage(String data) {
		try {
			return !TREES.readTree(data).has("error");
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	/**
	 * Convert a tree into a form that {@code equals} compares by meaning: members in any
	 * order, numbers by value.
	 */
	static Object meaning(JsonNode node) {
		if (node instanceof ObjectNode object) {
			Map<String, Object> members = new TreeMap<>();
			object.forEachEntry((name, value) -> members.put(name, meaning(value)));
			return members;
		}
		if (node instanceof ArrayNode array) {
			return array.valueStream().map(Wire::meaning).toList();
		}
		return node.isNumber() ? node.decimalValue().stripTrailingZeros() : node;
	}

}
