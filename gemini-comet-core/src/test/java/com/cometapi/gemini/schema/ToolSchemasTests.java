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

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.client.GeminiJsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ToolSchemas}.
 */
class ToolSchemasTests {

	@SuppressWarnings("unchecked")
	private static Map<String, Object> read(String json) {
		return GeminiJsonMapper.builder().build().readValue(json.replace('\'', '"'), Map.class);
	}

	private static Map<String, Object> property(String schema) {
		Map<String, Object> converted = ToolSchemas
			.convert(read("{'type': 'object', 'properties': {'a': %s}, 'definitions': {'B': {'type': 'string'}}}"
				.formatted(schema)));
		return read(GeminiJsonMapper.builder().build().writeValueAsString(converted.get("properties")));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{'type': 'string', 'pattern': 'x', 'minLength': 1}      | {'type': 'string'}
					{'type': 'string', 'description': 'A', 'default': 'b'}  | {'type': 'string', 'description': 'A (default: b)'}
					{'type': 'boolean', 'default': false}                   | {'type': 'boolean', 'description': '(default: false)'}
					{'const': 'x', 'type': 'string'}                        | {'type': 'string', 'enum': ['x']}
					{'enum': ['x', 1, null]}                                | {'enum': ['x', 1], 'type': ['string', 'number', 'null']}
					{'type': 'object', 'patternProperties': {'^x': {}}, 'additionalProperties': false} | {'type': 'object', 'additionalProperties': true}
					{'enum': [true, false], 'type': 'boolean'}              | {'type': 'boolean'}
					{'type': ['string', 'null']}                            | {'type': ['string', 'null']}
					{'type': 'integer', 'exclusiveMinimum': 0}              | {'type': 'integer', 'minimum': 0}
					{'oneOf': [{'type': 'string'}, {'const': 2}]}           | {'anyOf': [{'type': 'string'}, {'enum': [2]}]}
					{'$ref': '#/definitions/B', 'description': 'x'}         | {'$ref': '#/$defs/B'}
					{'$ref': 'http://other/schema', 'description': 'x'}     | {'description': 'x'}
					{'$ref': '#/$defs/Missing', 'description': 'x'}         | {'description': 'x'}
					{'type': 'array', 'items': [{'type': 'string'}]}        | {'type': 'array', 'prefixItems': [{'type': 'string'}]}
					{'type': 'array', 'items': {'type': 'object', 'additionalProperties': {}}} | {'type': 'array', 'items': {'type': 'object'}}
					{'allOf': [{'required': ['x']}, {'properties': {'x': {'type': 'string'}}, 'required': ['y']}]} | {'required': ['x', 'y'], 'properties': {'x': {'type': 'string'}}}
					{'type': 'object', 'if': {}, 'then': {}, 'not': {}, 'additionalProperties': false} | {'type': 'object', 'additionalProperties': false}
					true                                                    | {}
					""")
	void unsupportedKeywordsAreConverted(String schema, String expected) {
		assertThat(property(schema)).isEqualTo(Map.of("a", read(expected)));
	}

	@Test
	void definitionsAreKeptAndMerged() {
		assertThat(ToolSchemas.convert(read("""
				{'$schema': 'http://json-schema.org/draft-07/schema#', 'type': 'object',
					'properties': {'a': {'allOf': [{'$ref': '#/definitions/A'}], 'title': 'T'}},
					'definitions': {'A': {'type': 'string', 'examples': ['x']}}}"""))).isEqualTo(
				read("""
						{'type': 'object', 'properties': {'a': {'type': 'string', 'title': 'T'}}, '$defs': {'A': {'type': 'string'}}}"""));
	}

	@Test
	void referenceToAReferenceIsMerged() {
		Map<String, Object> converted = ToolSchemas.convert(read("""
				{'type': 'object', 'properties': {'a': {'allOf': [{'$ref': '#/$defs/A'}, {'properties': {'b': {}}}]}},
					'$defs': {'A': {'$ref': '#/$defs/B'}, 'B': {'type': 'object'}}}"""));
		assertThat(converted).extractingByKey("properties")
			.isEqualTo(read("{'a': {'type': 'object', 'properties': {'b': {}}}}"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'enum': ['x', null]}", "{'oneOf': [{'const': null}, {'type': 'integer'}]}",
			"{'anyOf': [{'$ref': '#/$defs/A'}, {'$ref': '#/$defs/N'}]}",
			"{'anyOf': [{'type': 'string'}, {'type': ['integer', 'null']}]}",
			"{'anyOf': [{'anyOf': [{'type': 'string'}, {'type': 'null'}]}, {'type': 'integer'}]}" })
	void nullIsAcceptedIfTheSchemaAllowsIt(String member) {
		Map<String, Object> converted = ToolSchemas.convert(read("""
				{'type': 'object', 'required': ['a'], 'properties': {'a': %s},
					'$defs': {'A': {'type': 'string'}, 'N': {'type': 'null'}}}""".formatted(member)));
		GeminiSchemaMatcher matcher = GeminiSchemaMatcher
			.of(FunctionDeclaration.builder().name("f").parametersJsonSchema(converted).build());
		assertThat(matcher.match("", GeminiJsonMapper.builder().build().readTree("{\"a\": null}")).mismatches())
			.isEmpty();
	}

	@Test
	void referenceToAnyPlaceBecomesAReferenceToADefinition() {
		Map<String, Object> converted = ToolSchemas.convert(
				read("""
						{'type': 'object', 'properties': {
							'from': {'type': 'object', 'properties': {'at': {'type': 'string'}, 'next': {'$ref': '#/properties/from'}}},
							'to': {'$ref': '#/properties/from'},
							'all': {'type': 'array', 'items': {'$ref': '#/definitions/A%3CB%3E/anyOf/1'}},
							'merged': {'allOf': [{'$ref': '#/properties/from/properties/at'}, {'title': 'T'}]}},
							'definitions': {'A<B>': {'anyOf': [{}, {'type': 'integer'}]}, 'at': {'type': 'boolean'}}}"""));
		assertThat(converted).extractingByKey("properties")
			.isEqualTo(
					read("""
							{'from': {'type': 'object', 'properties': {'at': {'type': 'string'}, 'next': {'$ref': '#/$defs/properties_from'}}},
								'to': {'$ref': '#/$defs/properties_from'},
								'all': {'type': 'array', 'items': {'$ref': '#/$defs/definitions_A_3CB_3E_anyOf_1'}},
								'merged': {'type': 'string', 'title': 'T'}}"""));
		assertThat(converted).extractingByKey("$defs")
			.isEqualTo(
					read("""
							{'A<B>': {'anyOf': [{}, {'type': 'integer'}]}, 'at': {'type': 'boolean'},
								'properties_from': {'type': 'object', 'properties': {'at': {'type': 'string'}, 'next': {'$ref': '#/$defs/properties_from'}}},
								'definitions_A_3CB_3E_anyOf_1': {'type': 'integer'}}"""));
	}

	@Test
	void objectWithoutMembersHasNoSchema() {
		assertThat(ToolSchemas.convert(read("{'type': 'object', 'properties': {}}"))).isNull();
		assertThat(ToolSchemas.convert(read("{}"))).isNull();
	}

	@Test
	void argumentsMayHaveAnyName() {
		String map = "{'type': 'object', 'additionalProperties': {'type': 'string'}}";
		assertThat(ToolSchemas.convert(read(map))).isEqualTo(read(map));
	}

	@Test
	void depthIsLimited() {
		String deep = "{'type': 'object', 'properties': {'a': ".repeat(40) + "{}" + "}}".repeat(40);
		assertThatIllegalArgumentException().isThrownBy(() -> ToolSchemas.convert(read(deep)))
			.withMessageContaining("32 levels");
	}

	@Test
	void schemaThatGrowsWithEachReferenceIsLimited() {
		String doubled = IntStream.range(0, 28)
			.mapToObj(
					(i) -> "'A%d': {'allOf': [{'$ref': '#/$defs/A%d'}, {'$ref': '#/$defs/A%<d'}]}".formatted(i, i + 1))
			.collect(Collectors.joining(", "));
		String schema = "{'properties': {'a': {'$ref': '#/$defs/A0'}}, '$defs': {%s, 'A28': {}}}".formatted(doubled);
		assertThatIllegalArgumentException().isThrownBy(() -> ToolSchemas.convert(read(schema)))
			.withMessageContaining("10000 schemas");
	}

	@Test
	void schemaOfAResponseNeedNotBeAnObject() {
		assertThat(ToolSchemas.convertResponse(read("{'$schema': 'x', 'type': 'array', 'items': {'const': 'a'}}")))
			.isEqualTo(read("{'type': 'array', 'items': {'enum': ['a']}}"));
	}

}
