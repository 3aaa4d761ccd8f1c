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

package com.cometapi.gemini.entity;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.function.GeminiFunctionCallback;
import com.cometapi.gemini.function.GeminiFunctionRunner;
import com.cometapi.gemini.function.GeminiFunctions;
import com.cometapi.gemini.schema.GeminiSchema;
import com.cometapi.gemini.schema.GeminiSchemaGenerator;
import com.cometapi.gemini.schema.SchemaParameter;
import com.cometapi.gemini.testsupport.GeminiServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for many types, each as entity, as the object that a function takes and as a
 * parameter of a function: the schema has exactly the members that the mapper reads, and
 * each value that follows the schema is read.
 */
@Tag("slow")
class TypeCatalogueTests {

	private static final JsonMapper quoted = JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

	private static final JsonMapper application = JsonMapper.builder().build();

	private static final GeminiSchemaGenerator generator = new GeminiSchemaGenerator(application);

	private static final GeminiFunctions functions = GeminiFunctions.create(application);

	@AutoClose
	private static final GeminiServer server = new GeminiServer().reply((prompt) -> prompt);

	private static final GeminiTemplate gemini = server.template().withEntities(GeminiEntitySettings.of(application));

	static Stream<Arguments> objects() {
		return Stream
			.of(MemberSamples.class, IgnoredSamples.class, ObjectSamples.class, CreatorSamples.class,
					SubtypeSamples.class)
			.flatMap((holder) -> Arrays.stream(holder.getDeclaredClasses()))
			.filter((type) -> type.isAnnotationPresent(Sample.class))
			.map((type) -> Arguments.of(Named.of(type.getSimpleName(), type)));
	}

	@ParameterizedTest
	@MethodSource("objects")
	void schemaHasTheMembersThatAreRead(Class<?> type) {
		Sample sample = type.getAnnotation(Sample.class);
		List<String> names = new ArrayList<>(quoted.readTree(sample.value()).propertyNames());
		List<String> required = new ArrayList<>(names);
		required.removeAll(List.of(sample.optional()));
		for (JsonNode schema : List.of(entitySchema(type), parameterSchema(type))) {
			List<String> asked = new ArrayList<>(schema.path("properties").propertyNames());
			if (schema.has("additionalProperties")) {
				asked.add("other");
			}
			assertThat(asked).containsExactlyInAnyOrderElementsOf(names);
			assertThat(texts(schema.path("required"))).containsExactlyInAnyOrderElementsOf(required);
		}
	}

	@ParameterizedTest
	@MethodSource("objects")
	void responsesThatFollowTheSchemaAreRead(Class<?> type) {
		Sample sample = type.getAnnotation(Sample.class);
		ObjectNode whole = (ObjectNode) quoted.readTree(sample.value());
		ObjectNode least = whole.deepCopy();
		least.remove(List.of(sample.optional()));
		assertRead(type, whole);
		assertRead(type, least);
		Arrays.stream(sample.also()).map(quoted::readTree).forEach((also) -> assertRead(type, also));
	}

	@ParameterizedTest
	@MethodSource
	void simpleValuesThatFollowTheSchemaAreRead(Type type, List<String> values) {
		Type list = ResolvableType.forClassWithGenerics(List.class, ResolvableType.forType(type)).getType();
		Type map = ResolvableType
			.forClassWithGenerics(Map.class, ResolvableType.forClass(String.class), ResolvableType.forType(type))
			.getType();
		for (String value : values) {
			JsonNode json = quoted.readTree(value);
			assertRead(type, json);
			assertRead(list, JsonNodeFactory.instance.arrayNode().add(json));
			assertRead(map, JsonNodeFactory.instance.objectNode().set("key", json));
		}
	}

	static Stream<Arguments> simpleValuesThatFollowTheSchemaAreRead() {
		return Stream.of(row(String.class, "'x'", "''"), row(CharSequence.class, "'x'"), row(char[].class, "'xy'"),
				row(StringBuilder.class, "'x'"), row(Character.class, "'x'"), row(Boolean.class, "true", "false"),
				row(Byte.class, "-128", "127"), row(Short.class, "-32768", "32767"), row(Integer.class, "0", "-5"),
				row(Long.class, "9007199254740993"), row(Float.class, "1.5", "2"), row(Double.class, "1.5", "2"),
				row(BigInteger.class, "12345678901234567890"), row(BigDecimal.class, "1.50", "2"),
				row(Number.class, "1.5", "2"), row(AtomicInteger.class, "1"), row(AtomicLong.class, "1"),
				row(AtomicBoolean.class, "true"), row(byte[].class, "'AQID'"), row(ByteBuffer.class, "'AQID'"),
				row(Instant.class, "'2026-11-22T10:15:30Z'", "'2026-11-22T10:15:30.5+02:00'"),
				row(OffsetDateTime.class, "'2026-11-22T10:15:30Z'", "'2026-11-22T10:15:30.5+02:00'"),
				row(ZonedDateTime.class, "'2026-11-22T10:15:30Z'", "'2026-11-22T10:15:30.5+02:00'"),
				row(LocalDateTime.class, "'2026-11-22T10:15:30'", "'2026-11-22T10:15:30Z'",
						"'2026-11-22T10:15:30.5+02:00'", "'2026-11-22T10:15:30-08:00'"),
				row(LocalTime.class, "'10:15:30'", "'10:00:00Z'", "'10:15:30.5+02:00'"),
				row(OffsetTime.class, "'10:15:30Z'", "'10:15:30+02:00'"), row(LocalDate.class, "'2026-11-22'"),
				row(Date.class, "'2026-11-22T10:15:30Z'", "'2026-11-22T10:15:30.5+02:00'"),
				row(Calendar.class, "'2026-11-22T10:15:30Z'", "'2026-11-22T10:15:30.5+02:00'"),
				row(java.sql.Date.class, "'2026-11-22'"),
				row(java.sql.Timestamp.class, "'2026-11-22T10:15:30Z'", "'2026-11-22T10:15:30.5+02:00'"),
				row(Duration.class, "'PT1H30M'", "'P1DT2H'", "'P2W'", "'PT0.5S'"),
				row(Period.class, "'P1Y2M'", "'P2W'"), row(Year.class, "2026"), row(YearMonth.class, "'2026-11'"),
				row(MonthDay.class, "'--11-22'"), row(Month.class, "'MAY'"), row(DayOfWeek.class, "'MONDAY'"),
				row(ZoneId.class, "'Europe/Berlin'"), row(ZoneOffset.class, "'+01:00'"),
				row(TimeZone.class, "'Europe/Berlin'"), row(java.util.Currency.class, "'EUR'"),
				row(Locale.class, "'en'", "'de-CH'"), row(UUID.class, "'00000000-0000-0001-0000-000000000002'"),
				row(URI.class, "'https://example.com/a'"), row(URL.class, "'https://example.com/a'"),
				row(Charset.class, "'UTF-8'"), row(Path.class, "'/a/b'"), row(java.io.File.class, "'/a/b'"),
				row(java.util.regex.Pattern.class, "'a+'"), row(InetAddress.class, "'127.0.0.1'"),
				row(int[].class, "[1, 2]"), row(double[][].class, "[[1.5]]"), row(String[].class, "['x']"),
				row(JsonNode.class, "{'a': [1]}", "1"), row(Object.class, "{'a': [1]}", "'x'", "1"),
				row(SubtypeSamples.Color.class, "'RED'"), row(SubtypeSamples.Step.class, "1"),
				row(SubtypeSamples.Fruit.class, "'apple'", "'pera'"));
	}

	@ParameterizedTest
	@MethodSource
	void typeThatCannotBeReadBackIsRefusedBeforeAnythingIsSent(Class<?> type, String reason) {
		int requests = server.requestCount();
		assertThatIllegalArgumentException().isThrownBy(() -> gemini.prompt("Hi").entity(type))
			.withMessageContaining(reason);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> functions
				.runner(List.of(GeminiFunctionCallback.of("take", "A test", type, (input) -> "read")))
				.declarations())
			.withMessageContaining(reason);
		assertThat(server.requestCount()).isEqualTo(requests);
	}

	static Stream<Arguments> typeThatCannotBeReadBackIsRefusedBeforeAnythingIsSent() {
		return Stream.of(Arguments.of(RefusedSamples.IgnoredPrimitive.class, "the ignored member 'secret'"),
				Arguments.of(RefusedSamples.TypedMember.class,
						"'TypedMember.value': it is annotated with @JsonTypeInfo"),
				Arguments.of(RefusedSamples.ReadByOwnWay.class, "'ReadByOwnWay.date': it is read by"),
				Arguments.of(RefusedSamples.ObjectReadByOwnWay.class, "'ObjectReadByOwnWay.plain': it is read by"),
				Arguments.of(RefusedSamples.ElementsReadByOwnWay.class, "'ElementsReadByOwnWay.list': it is read by"),
				Arguments.of(RefusedSamples.UnreadableEnum.class, "UnreadableEnum"),
				Arguments.of(RefusedSamples.Colored.class, "has a subtype that is not an object"),
				Arguments.of(RefusedSamples.BackReference.class, "back-reference"),
				Arguments.of(RefusedSamples.UnwrappedMap.class, "is not read as an object that has members"),
				Arguments.of(RefusedSamples.CyclicSelection.class, "'CyclicSelection.boss': it leaves out members"),
				Arguments.of(RefusedSamples.Open.class, "is abstract"),
				Arguments.of(RefusedSamples.Generic.class, "whose type arguments are missing"));
	}

	@Test
	void plainValuesAreReadWithoutTypesAndRootNamesWhateverTheMapperDoes() {
		JsonMapper typing = JsonMapper.builder()
			.activateDefaultTyping(BasicPolymorphicTypeValidator.builder().allowIfSubType(Object.class).build())
			.enable(DeserializationFeature.UNWRAP_ROOT_VALUE)
			.enable(SerializationFeature.WRAP_ROOT_VALUE)
			.build();
		JsonMapper reading = new GeminiSchemaGenerator(typing).jsonMapper();
		String json = "{\"name\": \"x\", \"value\": {\"@class\": \"y\"}, \"list\": [[\"java.net.URL\", \"z\"]]}";
		assertThat(reading.readValue(json, ObjectSamples.Anything.class))
			.isEqualTo(new ObjectSamples.Anything("x", Map.of("@class", "y"), List.of(List.of("java.net.URL", "z"))));
	}

	@Test
	void strictCreatorRequiresAllMembers() {
		JsonMapper strict = JsonMapper.builder()
			.enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
			.build();
		JsonNode schema = tree(new GeminiSchemaGenerator(strict).generate(MemberSamples.NotRequired.class));
		assertThat(texts(schema.path("required"))).containsExactly("a", "b");
	}

	private static Arguments row(Type type, String... values) {
		return Arguments.of(Named.of(type.getTypeName(), type), List.of(values));
	}

	private static void assertRead(Type type, JsonNode json) {
		assertThat((Object) gemini.prompt(json.toString()).entity(ParameterizedTypeReference.forType(type)))
			.as("entity of %s", json)
			.isNotNull();
		assertThat(call(type, json)).as("function called with %s", json).isEqualTo(Map.of("output", "read"));
	}

	private static Map<String, Object> call(Type type, JsonNode json) {
		GeminiFunctionRunner runner = functions.runner(List.of(GeminiFunctionCallback.of("take", "A test",
				ParameterizedTypeReference.forType(type), (input, context) -> (input != null) ? "read" : "nothing")));
		FunctionDeclaration declaration = runner.declarations().get(0);
		JsonNode schema = GeminiServer.MAPPER.valueToTree(
				(declaration.parameters() != null) ? declaration.parameters() : declaration.parametersJsonSchema());
		boolean wrapped = texts(schema.path("propertyOrdering")).equals(List.of("input"));
		JsonNode arguments = wrapped ? JsonNodeFactory.instance.objectNode().set("input", json) : json;
		Map<String, Object> args = GeminiServer.MAPPER.convertValue(arguments, new TypeReference<>() {
		});
		return runner.run(List.of(FunctionCall.of("take", args)))
			.block(Duration.ofSeconds(30))
			.get(0)
			.functionResponse()
			.response();
	}

	private static JsonNode entitySchema(Type type) {
		return object(tree(generator.generate(type)));
	}

	private static JsonNode parameterSchema(Type type) {
		JsonNode schema = tree(generator.generate(List.of(new SchemaParameter("value", type, null, true, null))));
		JsonNode value = schema.at("/properties/value");
		return value.has("$ref") ? schema.at(value.get("$ref").asString().substring(1)) : value;
	}

	private static JsonNode tree(GeminiSchema schema) {
		return GeminiServer.MAPPER.valueToTree((schema.schema() != null) ? schema.schema() : schema.jsonSchema());
	}

	private static JsonNode object(JsonNode schema) {
		return schema.has("$ref") ? schema.at(schema.get("$ref").asString().substring(1)) : schema;
	}

	private static List<String> texts(JsonNode list) {
		return list.valueStream().map(JsonNode::asString).toList();
	}

}
