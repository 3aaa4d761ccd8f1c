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

package com.cometapi.gemini.function;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.api.Schema;
import com.cometapi.gemini.api.SchemaType;
import com.cometapi.gemini.client.GeminiJsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the arguments of functions that are declared by hand are checked against the
 * declaration.
 */
class DeclaredFunctionCallbackTests {

	private static final JsonMapper mapper = GeminiJsonMapper.builder()
		.enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
		.build();

	private static final Schema ORDER = Schema.builder()
		.type(SchemaType.OBJECT)
		.properties(Map.of("amount", Schema.builder().type(SchemaType.INTEGER).format("int32").build(), "items",
				Schema.builder()
					.type(SchemaType.ARRAY)
					.items(Schema.builder()
						.type(SchemaType.OBJECT)
						.properties(Map.of("size",
								Schema.builder().type(SchemaType.STRING).enumValues(List.of("S", "L")).build(), "step",
								Schema.builder().type(SchemaType.NUMBER).enumValues(List.of("1", "2.5")).build()))
						.required(List.of("size"))
						.build())
					.build(),
				"note", Schema.builder().type(SchemaType.STRING).nullable(true).build()))
		.required(List.of("amount", "note"))
		.build();

	@ParameterizedTest
	@MethodSource
	void invalidArgumentsAreRefused(String args, String reason) {
		assertThat(call(FunctionDeclaration.builder().name("take").parameters(ORDER).build(), args))
			.containsExactly("Invalid arguments: " + reason);
	}

	static Stream<Arguments> invalidArgumentsAreRefused() {
		return Stream.of(Arguments.of("{'note': 'x'}", "'amount' is missing"),
				Arguments.of("{'amount': 1}", "'note' is missing"),
				Arguments.of("{'amount': 5.99, 'note': null}", "'amount' must be an integer, but was 5.99"),
				Arguments.of("{'amount': 3000000000, 'note': null}",
						"'amount' must be an integer from -2147483648 to 2147483647, but was 3000000000"),
				Arguments.of("{'amount': 1, 'note': 2}", "'note' must be a text, but was 2"),
				Arguments.of("{'amount': 1, 'note': 'x', 'items': [{'size': 'S'}, {}]}", "'items[1].size' is missing"),
				Arguments.of("{'amount': 1, 'note': 'x', 'items': [{'size': 'XL'}]}",
						"'items[0].size' must be one of S, L, but was \"XL\""),
				Arguments.of("{'amount': 1, 'note': 'x', 'items': [{'size': 'L', 'step': 2}]}",
						"'items[0].step' must be one of 1, 2.5, but was 2"),
				Arguments.of("{'amount': 1, 'note': 'x', 'items': {}}", "'items' must be a list, but was an object"));
	}

	@Test
	void validArgumentsArePassedToTheFunction() {
		FunctionDeclaration declaration = FunctionDeclaration.builder().name("take").parameters(ORDER).build();
		assertThat(call(declaration,
				"{'amount': 3.0, 'note': null, 'items': [{'size': 'S', 'step': 1.0}, {'size': 'L', 'step': 2.50}]}"))
			.singleElement()
			.asString()
			.startsWith("{amount=3, note=null, items=[{size=S, step=1.0}, {size=L, step=2.5");
		String more = "{'amount': 3, 'note': 'x', 'more': {'a': [1, null]}, 'items': null}";
		assertThat(call(declaration, more)).containsExactly(args(more));
	}

	@ParameterizedTest
	@MethodSource
	void argumentsAreCheckedAgainstAnyJsonSchema(String schema, String good, String bad, String reason) {
		FunctionDeclaration declaration = FunctionDeclaration.builder()
			.name("take")
			.parametersJsonSchema(args("{'type': 'object', 'properties': {'a': " + schema
					+ "}, '$defs': {'Node': {'type': 'object', 'properties': {'v': {'type': 'integer'}, "
					+ "'next': {'$ref': '#/$defs/Node'}}, 'required': ['v']}, "
					+ "'Loop': {'$ref': '#/$defs/Loop'}}, 'definitions': {'Old': {'type': 'boolean'}}}"))
			.build();
		String fits = "{'a': " + good + "}";
		assertThat(call(declaration, fits)).containsExactly(args(fits));
		if (bad != null) {
			assertThat(call(declaration, "{'a': " + bad + "}")).containsExactly("Invalid arguments: " + reason);
		}
	}

	static Stream<Arguments> argumentsAreCheckedAgainstAnyJsonSchema() {
		return Stream.of(
				Arguments.of("{'type': ['string', 'integer']}", "5", "true",
						"'a' must be a text or an integer, but was true"),
				Arguments.of("{'type': ['null', 'string']}", "null", "5", "'a' must be a text, but was 5"),
				Arguments.of("{'type': ['integer', 'number']}", "1.5", "'1'",
						"'a' must be an integer or a number, but was \"1\""),
				Arguments.of("{'enum': ['x', 'y', null]}", "null", "'z'", "'a' must be one of x, y, but was \"z\""),
				Arguments.of("{'enum': [1, 'x', true]}", "1", "2", "'a' must be one of 1, x, true, but was 2"),
				Arguments.of("{'const': 'x'}", "'x'", "'y'", "'a' must be one of x, but was \"y\""),
				Arguments.of("{'type': 'number', 'enum': [1.5, 2]}", "2.0", "3",
						"'a' must be one of 1.5, 2, but was 3"),
				Arguments.of("{'type': 'object', 'enum': [{'x': 1}]}", "{'x': 1}", "[]",
						"'a' must be an object, but was a list"),
				Arguments.of("{'properties': {'b': {'type': 'string'}}}", "{'b': 'x'}", "{'b': 1}",
						"'a.b' must be a text, but was 1"),
				Arguments.of("{'$ref': '#/$defs/Node'}", "{'v': 1, 'next': {'v': 2}}",
						"{'v': 1, 'next': {'next': {'v': 3}}}", "'a.next.v' is missing"),
				Arguments.of("{'$ref': '#/definitions/Old'}", "true", "1", "'a' must be true or false, but was 1"),
				Arguments.of("{'$ref': '#'}", "{'a': {}}", "{'a': 5}", "'a.a' must be an object, but was 5"),
				Arguments.of("{'$ref': '#/$defs/Loop'}", "5", null, null),
				Arguments.of("{'$ref': 'https://example.com/other.json'}", "5", null, null),
				Arguments.of("{'$ref': '#anchor'}", "{'x': 1}", null, null),
				Arguments.of("{'allOf': [{'type': 'string'}]}", "5", null, null), Arguments.of("true", "5", null, null),
				Arguments.of("{}", "[1]", null, null),
				Arguments.of("{'type': 'array'}", "[1, 'x']", "1", "'a' must be a list, but was 1"),
				Arguments.of("{'type': 'array', 'items': true}", "[1, 'x']", "{}",
						"'a' must be a list, but was an object"),
				Arguments.of("{'type': 'object', 'additionalProperties': {'type': 'integer'}}", "{'x': 1}",
						"{'x': 1.5}", "'a.x' must be an integer, but was 1.5"),
				Arguments.of("{'type': 'object', 'additionalProperties': false, 'properties': {}}", "{}", "5",
						"'a' must be an object, but was 5"),
				Arguments.of(
						"{'type': 'object', 'additionalProperties': false, 'properties': {'x': {'type': 'string'}}}",
						"{'x': 'y'}", "{'x': 'y', 'z': 1}", "'a.z' is not declared"),
				Arguments.of("{'additionalProperties': false}", "{}", "{'z': null}", "'a.z' is not declared"),
				Arguments.of("{'anyOf': [{'type': 'object', 'properties': {'x': {}}, 'additionalProperties': false}, "
						+ "{'type': 'object', 'properties': {'y': {'type': 'integer'}}, 'additionalProperties': false}]}",
						"{'x': 'z'}", "{'y': 1.5}", "'a.y' must be an integer, but was 1.5"),
				Arguments.of("{'type': 'array', 'prefixItems': [{'type': ['string', 'null']}, {'const': 2}]}",
						"[null, 2, 'more']", "['x', 3]", "'a[1]' must be one of 2, but was 3"),
				Arguments.of("{'prefixItems': [{'type': 'string'}], 'items': {'type': 'integer'}}", "['x', 1, 2]",
						"['x', 1, 'y']", "'a[2]' must be an integer, but was \"y\""),
				Arguments.of("{'type': 'array', 'prefixItems': [{'type': 'string'}], 'items': false}", "['x']",
						"['x', 1]", "'a[1]' is not declared"),
				Arguments.of("{'items': {'type': 'integer'}}", "[1]", "5", "'a' must be a list, but was 5"),
				Arguments.of("{'anyOf': [{'type': 'array', 'prefixItems': [{'type': 'string'}, {'type': 'string'}]}, "
						+ "{'type': 'array', 'prefixItems': [{'type': 'boolean'}, {'type': 'integer'}, {'type': 'integer'}]}]}",
						"[true, 1, 2]", "[true, 1, 'x']", "'a[2]' must be an integer, but was \"x\""),
				Arguments.of("{'oneOf': [{'type': 'string', 'enum': ['all']}, {'type': 'integer'}]}", "'all'", "'none'",
						"'a' must be one of all, but was \"none\""),
				Arguments.of("{'anyOf': [{'type': 'string', 'enum': ['all']}, {'type': 'string', 'format': 'date'}]}",
						"'2026-11-22'", "5", "'a' must be one of all or a text of the format date, but was 5"),
				Arguments.of(
						"{'anyOf': [{'type': 'array', 'items': {'type': 'string'}}, {'type': 'array', 'items': "
								+ "{'type': 'integer'}}]}",
						"[1, 2]", "[1, true]", "'a[1]' must be an integer, but was true"),
				Arguments
					.of("{'oneOf': [{'type': 'object', 'properties': {'x': {'type': 'string'}}, 'required': ['x']}, "
							+ "{'type': 'object', 'properties': {'y': {'type': 'object', 'properties': {'z': {'type': 'integer'}}}}, "
							+ "'required': ['y']}]}", "{'y': {'z': 1}, 'more': 1}", "{'y': {'z': 'x'}, 'more': 1}",
							"'a.y.z' must be an integer, but was \"x\""),
				Arguments.of(
						"{'type': 'object', 'properties': {'x': {'type': 'integer'}, 'y': {'type': 'string'}}, "
								+ "'anyOf': [{'required': ['x']}, {'required': ['y']}]}",
						"{'x': 1}", "{'x': 1.5}", "'a.x' must be an integer, but was 1.5"));
	}

	@Test
	void declarationWithoutASchemaTakesAnything() {
		assertThat(call(FunctionDeclaration.of("take", "A test"), "{'a': 1}")).containsExactly(Map.of("a", 1));
	}

	private static Map<String, Object> args(String json) {
		return mapper.readValue(json, new TypeReference<>() {
		});
	}

	// Return the arguments of the function, or the error that is sent to the model.
	private static List<Object> call(FunctionDeclaration declaration, String args) {
		List<Object> taken = new ArrayList<>();
		GeminiFunctionRunner runner = GeminiFunctions.create(JsonMapper.builder().build())
			.runner(List.of(GeminiFunctionCallback.of(declaration, (call) -> {
				taken.add(call.args());
				return "";
			})));
		Map<String, Object> response = runner.run(List.of(FunctionCall.of("take", args(args))))
			.block(Duration.ofSeconds(30))
			.get(0)
			.functionResponse()
			.response();
		return response.containsKey("error") ? List.of(response.get("error")) : taken;
	}

}
