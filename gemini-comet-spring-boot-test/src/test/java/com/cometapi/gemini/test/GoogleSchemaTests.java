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
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import com.cometapi.gemini.schema.GeminiSchema;
import com.cometapi.gemini.schema.GeminiSchemaGenerator;
import com.cometapi.gemini.schema.SchemaParameter;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that compare the schemas of {@link GeminiSchemaGenerator} with those of Google's
 * Java SDK.
 */
class GoogleSchemaTests {

	private static final Path SCHEMAS = Path.of("../gemini-comet-core/src/test/resources/schema/schemas.json");

	@Test
	void parametersThatGoogleKnowsHaveTheSameSchema() throws Exception {
		Method method = Stream.of(getClass().getDeclaredMethods())
			.filter((candidate) -> candidate.getName().equals("everything"))
			.findFirst()
			.orElseThrow();
		String[] names = Arrays.stream(method.getParameters()).map(Parameter::getName).toArray(String[]::new);
		GeminiSchema ours = new GeminiSchemaGenerator(JsonMapper.builder().build())
			.generate(Arrays.stream(method.getParameters()).map(GoogleSchemaTests::toParameter).toList());

		Schema google = FunctionDeclaration.fromMethod(method, names).parameters().orElseThrow();

		JsonNode expected = Json.MAPPER.readTree(google.toJson());
		// Google repeats the names there, and its map of properties has no order
		expected.findParents("title").forEach((parent) -> ((ObjectNode) parent).remove("title"));
		ObjectNode actual = (ObjectNode) Json.MAPPER.readTree(Json.MAPPER.writeValueAsString(ours.schema()));
		assertThat(actual.remove("propertyOrdering").valueStream().map(JsonNode::asString)).containsExactly(names);
		assertThat(normalize(actual)).isEqualTo(normalize(expected));
	}

	private static SchemaParameter toParameter(Parameter parameter) {
		return new SchemaParameter(parameter.getName(), parameter.getParameterizedType(), null, true, parameter);
	}

	@SuppressWarnings("unused")
	private static void everything(String text, boolean flag, Boolean boxedFlag, int count, Integer boxedCount,
			Long boxedLong, double size, Double boxedSize, float ratio, Float boxedRatio, List<String> names,
			List<Integer> counts, List<List<Double>> table) {
	}

	@ParameterizedTest
	@MethodSource("names")
	void googleReadsTheSchemaAndLosesNothing(String name) {
		JsonNode schema = schemas().get(name).get("schema");
		assertThat(normalize(Json.MAPPER.readTree(Schema.fromJson(schema.toString()).toJson())))
			.isEqualTo(normalize(schema));
	}

	static Stream<String> names() {
		JsonNode schemas = schemas();
		return schemas.propertyNames().stream().filter((name) -> schemas.get(name).has("schema"));
	}

	private static JsonNode schemas() {
		try {
			return Json.MAPPER.readTree(Files.readString(SCHEMAS));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// A 64-bit number may be a text, and a double may have no fraction.
	private static JsonNode normalize(JsonNode node) {
		if (node.isObject()) {
			ObjectNode object = JsonNodeFactory.instance.objectNode();
			node.properties().forEach((member) -> object.set(member.getKey(), normalize(member.getValue())));
			return object;
		}
		if (node.isArray()) {
			ArrayNode array = JsonNodeFactory.instance.arrayNode();
			node.forEach((element) -> array.add(normalize(element)));
			return array;
		}
		String text = node.asString();
		return JsonNodeFactory.instance.stringNode(
				text.matches("-?[0-9.]+(E-?[0-9]+)?") ? new BigDecimal(text).stripTrailingZeros().toString() : text);
	}

}
