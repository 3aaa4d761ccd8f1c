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

package com.cometapi.gemini.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.cometapi.gemini.api.GenerateContentResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.TokenBuffer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@link ResponseDeserializer} reads the same messages as databind.
 */
class ResponseDeserializerTests {

	private static final JsonMapper HOT = GeminiJsonMapper.builder().build();

	private static final JsonMapper DATABIND = GeminiJsonMapper.databind().build();

	private static final List<String> ODD_VALUES = List.of("null", "1", "-7.5", "\"text\"", "\"3\"", "true", "false",
			"{}", "[]", "[null]", "[1]", "{\"unknown\":[1,{\"a\":null}]}", "99999999999");

	static Stream<String> messages() throws IOException, URISyntaxException {
		try (Stream<Path> files = Files.list(Path.of(ResponseDeserializerTests.class.getResource("/wire").toURI()))) {
			return files
				.filter((file) -> file.toString().endsWith(".response.json") || file.toString().endsWith(".sse"))
				.sorted()
				.flatMap(ResponseDeserializerTests::messagesOf)
				.toList()
				.stream();
		}
	}

	private static Stream<String> messagesOf(Path file) {
		try {
			String text = Files.readString(file);
			return file.toString().endsWith(".json") ? Stream.of(text)
					: text.lines().filter((line) -> line.startsWith("data: {\"")).map((line) -> line.substring(6));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@ParameterizedTest
	@MethodSource("messages")
	void everyRecordedMessageIsReadAsDatabindReadsIt(String message) {
		assertSame(message);
	}

	@Test
	void everyMemberOfAnotherKindIsReadAsDatabindReadsIt() throws Exception {
		for (String name : List.of("shape.response.json", "google-search-grounding.response.json",
				"thinking-function-call.response.json", "vertex-max-tokens-empty.response.json")) {
			JsonNode tree = DATABIND.readTree(Wire.bytes(name));
			for (List<Object> path : paths(tree)) {
				for (String odd : ODD_VALUES) {
					JsonNode copy = tree.deepCopy();
					replace(copy, path, DATABIND.readTree(odd));
					assertSame(copy.toString());
				}
			}
		}
	}

	@Test
	void repeatedAndUnknownMembersAreReadAsDatabindReadsThem() {
		assertSame("{\"candidates\":[],\"candidates\":[{\"index\":1,\"index\":2,\"x\":[2]}],\"y\":null}");
		assertSame("{\"usageMetadata\":{\"promptTokensDetails\":[{\"modality\":\"TEXT\",\"z\":{}},null,{}]}}");
	}

	@Test
	void namesThatAreEscapedOrAlikeAreReadAsDatabindReadsThem() {
		assertSame("{\"c\\u0061ndidates\":[{\"\\u0069ndex\":2,\"content\":{\"parts\":[{\"te\\u0078t\":\"a\"}]}}]}");
		assertSame(
				"{\"Candidates\":[],\"candidate\":1,\"candidatesX\":2,\"text\":\"a\",\"\":3,\"responseId\\u0000\":4}");
		assertSame(
				"{\"candidates\":[{\"content\":{\"parts\":[{\"t\":1,\"texts\":2,\"thoughts\":3,\"é\":4,\"UNKNOWN\":5}]}}]}");
	}

	@Test
	void tokensThatEndWithinAnObjectEndTheMessage() {
		TokenBuffer tokens = TokenBuffer.forGeneration();
		tokens.writeStartObject();
		tokens.writeStringProperty("responseId", "r1");
		JsonParser parser = tokens.asParser(ObjectReadContext.empty());
		assertThat(HOT.readValue(parser, GenerateContentResponse.class))
			.isEqualTo(GenerateContentResponse.builder().responseId("r1").build());
	}

	@Test
	void versionOfTheModelIsKeptForTheNextEventUnlessItIsLong() {
		String usual = modelVersion("v".repeat(100));
		assertThat(modelVersion(usual)).isSameAs(usual);
		String huge = modelVersion("v".repeat(101));
		assertThat(modelVersion(huge)).isEqualTo(huge).isNotSameAs(huge);
		assertThat(modelVersion(usual)).isSameAs(usual);
	}

	private static String modelVersion(String version) {
		return HOT.readValue("{\"modelVersion\":\"" + version + "\"}", GenerateContentResponse.class).modelVersion();
	}

	private static void assertSame(String json) {
		Object expected = read(() -> DATABIND.readValue(json, GenerateContentResponse.class));
		assertThat(read(() -> HOT.readValue(json, GenerateContentResponse.class))).as(json).isEqualTo(expected);
		// Names are matched by their bytes, if there are bytes.
		byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
		assertThat(read(() -> HOT.readValue(bytes, GenerateContentResponse.class))).as(json).isEqualTo(expected);
	}

	private static Object read(Supplier<GenerateContentResponse> reading) {
		try {
			return reading.get();
		}
		catch (JacksonException ex) {
			return "refused";
		}
	}

	private static List<List<Object>> paths(JsonNode node) {
		List<List<Object>> paths = new ArrayList<>();
		collect(node, List.of(), paths);
		return paths;
	}

	private static void collect(JsonNode node, List<Object> path, List<List<Object>> paths) {
		if (node instanceof ObjectNode object) {
			object.propertyNames().forEach((name) -> step(object.get(name), path, name, paths));
		}
		if (node instanceof ArrayNode array) {
			for (int i = 0; i < array.size(); i++) {
				step(array.get(i), path, i, paths);
			}
		}
	}

	private static void step(JsonNode child, List<Object> path, Object step, List<List<Object>> paths) {
		List<Object> longer = new ArrayList<>(path);
		longer.add(step);
		paths.add(longer);
		collect(child, longer, paths);
	}

	private static void replace(JsonNode tree, List<Object> path, JsonNode value) {
		JsonNode parent = tree;
		for (Object step : path.subList(0, path.size() - 1)) {
			parent = (step instanceof Integer index) ? parent.get(index) : parent.get((String) step);
		}
		Object last = path.get(path.size() - 1);
		if (parent instanceof ArrayNode array) {
			array.set((Integer) last, value);
		}
		else {
			((ObjectNode) parent).set((String) last, value);
		}
	}

}
