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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.cometapi.gemini.api.SchemaType;
import com.cometapi.gemini.client.GeminiJsonMapper;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link GeminiSchemaGenerator}. The schemas of many types are compared with
 * {@code schema/schemas.json}, including the order of their members.
 */
class GeminiSchemaGeneratorTests {

	private static final JsonMapper wire = GeminiJsonMapper.builder().build();

	private static final JsonNode expected = read("/schema/schemas.json");

	private static final List<Class<?>> HOLDERS = List.of(ScalarTypes.class, ObjectTypes.class, ChoiceTypes.class,
			NestedTypes.class);

	private final GeminiSchemaGenerator generator = new GeminiSchemaGenerator(JsonMapper.builder().build());

	static Stream<String> names() {
		return types().keySet().stream();
	}

	private static Map<String, Type> types() {
		Map<String, Type> types = new LinkedHashMap<>();
		HOLDERS.stream()
			.flatMap((holder) -> Stream.of(holder.getDeclaredClasses()))
			.filter((type) -> type.getTypeParameters().length == 0)
			.forEach((type) -> types.put(type.getSimpleName(), type));
		types.put("String", String.class);
		types.put("int", int.class);
		types.put("Double", Double.class);
		types.put("boolean", boolean.class);
		types.put("String[]", String[].class);
		types.put("Instant", Instant.class);
		types.put("List<Planet>", new ParameterizedTypeReference<List<ObjectTypes.Planet>>() {
		}.getType());
		types.put("List<Shape>", new ParameterizedTypeReference<List<ChoiceTypes.Shape>>() {
		}.getType());
		types.put("Map<Color, Planet>", new ParameterizedTypeReference<Map<ScalarTypes.Color, ObjectTypes.Planet>>() {
		}.getType());
		types.put("Pair<Color, List<Box<LocalDate>>>",
				new ParameterizedTypeReference<NestedTypes.Pair<ScalarTypes.Color, List<NestedTypes.Box<LocalDate>>>>() {
				}.getType());
		types.put("Box<Node>", new ParameterizedTypeReference<NestedTypes.Box<NestedTypes.Node>>() {
		}.getType());
		return types;
	}

	@ParameterizedTest
	@MethodSource("names")
	void schemaEqualsTheExpectedOne(String name) {
		GeminiSchema schema = this.generator.generate(types().get(name));
		assertThat(toJson(schema)).isEqualTo(wire.writeValueAsString(expected.get(name)));
	}

	@Test
	void everyExpectedSchemaIsCompared() {
		assertThat(expected.propertyNames()).containsExactlyInAnyOrderElementsOf(names().toList());
	}

	private static String toJson(GeminiSchema schema) {
		return wire.writeValueAsString((schema.schema() != null) ? Map.of("schema", schema.schema())
				: Map.of("jsonSchema", schema.jsonSchema()));
	}

	private static JsonNode read(String resource) {
		try (InputStream input = GeminiSchemaGeneratorTests.class.getResourceAsStream(resource)) {
			return wire.readTree(input.readAllBytes());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void namesFollowTheMapper() {
		JsonMapper snakeCase = JsonMapper.builder()
			.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
			.enumNamingStrategy(EnumNamingStrategies.KEBAB_CASE)
			.build();
		GeminiSchemaGenerator generator = new GeminiSchemaGenerator(snakeCase);
		assertThat(generator.generate(ObjectTypes.Planet.class).schema().propertyOrdering()).containsExactly("name",
				"distance_in_au", "moons", "rings");
		assertThat(generator.generate(ScalarTypes.Color.class).schema().enumValues()).containsExactly("red", "green",
				"blue");
		assertThat(generator.generate(ObjectTypes.Kebab.class).schema().required()).containsExactly("first-name",
				"last-name");
	}

	@Test
	void formatsOfValuesFollowTheMapper() {
		GeminiSchemaGenerator generator = new GeminiSchemaGenerator(
				JsonMapper.builder().enable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS).build());
		assertThat(generator.generate(Instant.class).schema()).satisfies((schema) -> {
			assertThat(schema.type()).isEqualTo(SchemaType.NUMBER);
			assertThat(schema.format()).isNull();
			assertThat(schema.description()).isEqualTo("such as 1795342530.000000000 for 2026-11-22T10:15:30Z");
		});
	}

	@Test
	void mixInsAreFollowed() {
		JsonMapper mapper = JsonMapper.builder().addMixIn(ObjectTypes.Address.class, ObjectTypes.Kebab.class).build();
		assertThat(new GeminiSchemaGenerator(mapper).generate(ObjectTypes.Address.class).schema().propertyOrdering())
			.containsExactly("street", "city");
	}

	@Test
	void subtypesOfASealedTypeAreReadAndWrittenWithoutTypeInfo() {
		ChoiceTypes.Payment payment = this.generator.jsonMapper()
			.readValue("{\"type\": \"wire\", \"iban\": \"DE02\"}", ChoiceTypes.Payment.class);
		assertThat(payment).isEqualTo(new ChoiceTypes.Transfer("DE02"));
		assertThat(this.generator.jsonMapper().writeValueAsString(new ChoiceTypes.Cash()))
			.isEqualTo("{\"type\":\"Cash\"}");
	}

	@Test
	void parametersBecomeTheMembersOfAnObject() throws Exception {
		Method method = getClass().getDeclaredMethod("find", String.class, int.class, List.class);
		List<SchemaParameter> parameters = Arrays.stream(method.getParameters()).map(this::parameter).toList();
		assertThat(toJson(this.generator.generate(parameters))).isEqualTo(wire.writeValueAsString(wire.readTree("""
				{"schema": {"type": "OBJECT", "properties": {
					"text": {"type": "STRING", "description": "What text", "nullable": true, "minLength": "3"},
					"limit": {"type": "INTEGER", "description": "What limit", "maximum": 100.0},
					"colors": {"type": "ARRAY", "description": "What colors",
						"items": {"type": "STRING", "enum": ["RED", "GREEN", "BLUE"]}}},
				"required": ["limit", "colors"], "propertyOrdering": ["text", "limit", "colors"]}}""")));
	}

	private SchemaParameter parameter(Parameter parameter) {
		return new SchemaParameter(parameter.getName(), parameter.getParameterizedType(), "What " + parameter.getName(),
				!parameter.getName().equals("text"), parameter);
	}

	@SuppressWarnings("unused")
	private static void find(@Size(min = 3) @Nullable String text, @Max(100) int limit,
			List<ScalarTypes.Color> colors) {
	}

	@Test
	void recursiveParametersBecomeAJsonSchema() {
		GeminiSchema schema = this.generator
			.generate(List.of(new SchemaParameter("root", NestedTypes.Node.class, null, true, null)));
		assertThat(toJson(schema)).isEqualTo(wire.writeValueAsString(wire.readTree("""
				{"jsonSchema": {"type": "object", "properties": {"root": {"$ref": "#/$defs/Node"}},
				"required": ["root"], "propertyOrdering": ["root"],
				"$defs": {"Node": {"type": "object", "properties": {"name": {"type": "string"},
					"children": {"type": "array", "items": {"$ref": "#/$defs/Node"}}},
					"required": ["name"], "propertyOrdering": ["name", "children"]}}}}""")));
	}

	@Test
	void constraintsOfTheElementsOfAParameterAreKept() throws Exception {
		Method method = getClass().getDeclaredMethod("tag", List.class, String[].class);
		List<SchemaParameter> parameters = Arrays.stream(method.getParameters()).map(this::parameter).toList();
		assertThat(toJson(this.generator.generate(parameters))).isEqualTo(wire.writeValueAsString(wire.readTree("""
				{"schema": {"type": "OBJECT", "properties": {
					"tags": {"type": "ARRAY", "description": "What tags", "items": {"type": "ARRAY",
						"items": {"type": "STRING", "maxLength": "9"}, "maxItems": "2"}, "minItems": "1"},
					"names": {"type": "ARRAY", "description": "What names", "items": {"type": "STRING"}}},
				"required": ["tags", "names"], "propertyOrdering": ["tags", "names"]}}""")));
	}

	@SuppressWarnings("unused")
	private static void tag(@Size(min = 1) List<@Size(max = 2) List<@Size(max = 9) String>> tags, String[] names) {
	}

	@Test
	void sameTypeIsGeneratedOnce() {
		GeminiSchema schema = this.generator.generate(ObjectTypes.Planet.class);
		assertThat(this.generator.generate(ObjectTypes.Planet.class)).isSameAs(schema);
	}

	@ParameterizedTest
	@MethodSource
	void typeWithoutASchemaIsRefused(Type type, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.generator.generate(type))
			.withMessageContaining("There is no schema for the type")
			.withMessageContaining(message);
	}

	private static <E> Type listOfUnknown() {
		return new ParameterizedTypeReference<List<E>>() {
		}.getType();
	}

	static Stream<Object[]> typeWithoutASchemaIsRefused() {
		return Stream.of(new Object[] { void.class, "it has no value" }, new Object[] { Void.class, "it has no value" },
				new Object[] { List.class, "whose type arguments are missing. Specify them" },
				new Object[] { GeminiSchemaGeneratorTests.<String>listOfUnknown(),
						"java.util.List<E>, whose type argument E is not known" },
				new Object[] { RefusedTypes.Empty.class, "it has no members that Jackson reads" },
				new Object[] { NestedTypes.Box.class, "new ParameterizedTypeReference<Page<Book>>() {}" },
				new Object[] { RefusedTypes.Open.class, "it is abstract: make it sealed" },
				new Object[] { RefusedTypes.Holder.class, "of 'Holder.open': it is abstract" },
				new Object[] { RefusedTypes.Nested.class, "it holds itself: use a record" },
				new Object[] { RefusedTypes.Scopes.class, "it holds itself: use a record" },
				new Object[] { RefusedTypes.Ping.class, "RefusedTypes$Ping: it holds itself: use a record" },
				new Object[] { RefusedTypes.Game.class, "RefusedTypes$Ping of 'Game.ping': it holds itself" },
				new Object[] { RefusedTypes.Index.class, "RefusedTypes$Index: it holds itself" },
				new Object[] { RefusedTypes.Growing.class, "" },
				new Object[] { RefusedTypes.Garden.class, "RefusedTypes$Growing" },
				new Object[] { new ParameterizedTypeReference<RefusedTypes.Growing<String>>() {
				}.getType(), "RefusedTypes$Growing: it holds itself with larger parameters each time" },
				new Object[] { new ParameterizedTypeReference<RefusedTypes.Chain<String>>() {
				}.getType(), "RefusedTypes$Chain" },
				new Object[] { new ParameterizedTypeReference<RefusedTypes.Heap<String>>() {
				}.getType(), "RefusedTypes$Heap" }, new Object[] { RefusedTypes.Row.class, "it is read from an array" },
				new Object[] { RefusedTypes.Rows.class, "of 'Rows.address': it is read from an array" },
				new Object[] { Thread.class, "" });
	}

	@ParameterizedTest
	@ValueSource(classes = { ObjectTypes.Planet.class, NestedTypes.Node.class })
	void schemaHasExactlyOneOfTheTwoForms(Class<?> type) {
		GeminiSchema schema = this.generator.generate(type);
		assertThat(schema.schema() != null).isNotEqualTo(schema.jsonSchema() != null);
	}

	@Test
	void emptyParametersAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.generator.generate(List.of()))
			.withMessageContaining("'parameters' must not be empty");
	}

}
