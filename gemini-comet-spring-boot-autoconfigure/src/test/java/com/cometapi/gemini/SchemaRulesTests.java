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

package com.cometapi.gemini;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.client.GeminiAnswerMismatchException;
import com.cometapi.gemini.tool.GeminiFunction;
import com.cometapi.gemini.tool.GeminiFunctionRunner;
import com.cometapi.gemini.tool.GeminiFunctions;
import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.validation.constraints.Max;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.test.StepVerifier;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what is held against the schema before Jackson reads it: answers, values that
 * grow, and arguments of functions.
 */
class SchemaRulesTests extends AbstractPromptEntityTests {

	private static final JsonMapper plain = JsonMapper.builder().build();

	@ParameterizedTest
	@MethodSource
	void valueThatFitsIsReadExactlyInEveryPlace(Class<?> type, String json, Object expected) {
		for (Place place : Place.values()) {
			Object value = read(place.of(type), place.write(json));
			assertThat(value).as(place.name()).isEqualTo(place.hold(type, expected));
			assertThat(call(place.of(type), place.write(json))).as(place.name())
				.containsExactly(place.hold(type, expected));
		}
		assertThat(grow(type, json)).isEqualTo(List.of(expected));
	}

	static Stream<Arguments> valueThatFitsIsReadExactlyInEveryPlace() {
		return Stream.of(Arguments.of(Integer.class, "3", 3), Arguments.of(Integer.class, "3.0", 3),
				Arguments.of(Integer.class, "-3.000e0", -3), Arguments.of(Integer.class, "1e3", 1000),
				Arguments.of(Integer.class, "0.0", 0), Arguments.of(Integer.class, "0e999999999", 0),
				Arguments.of(Short.class, "12e1", (short) 120), Arguments.of(Long.class, "5.0", 5L),
				Arguments.of(Long.class, "9007199254740993", 9007199254740993L),
				Arguments.of(Long.class, "9007199254740993.0", 9007199254740993L),
				Arguments.of(Long.class, "9.007199254740993e15", 9007199254740993L),
				Arguments.of(Long.class, "-9223372036854775808.0", Long.MIN_VALUE),
				Arguments.of(BigInteger.class, "1e30", BigInteger.TEN.pow(30)),
				Arguments.of(BigInteger.class, "123456789012345678901234567890.0",
						new BigInteger("123456789012345678901234567890")),
				Arguments.of(Double.class, "3", 3.0), Arguments.of(Double.class, "0.1", 0.1),
				Arguments.of(Float.class, "1.5e1", 15f),
				Arguments.of(BigDecimal.class, "0.123456789012345678901234567890",
						new BigDecimal("0.123456789012345678901234567890")),
				Arguments.of(Boolean.class, "false", false), Arguments.of(String.class, "\"\"", ""),
				Arguments.of(String.class, "\"5\"", "5"), Arguments.of(Mood.class, "\"SAD\"", Mood.SAD),
				Arguments.of(LocalDate.class, "\"2026-11-22\"", LocalDate.of(2026, 11, 22)),
				Arguments.of(Instant.class, "\"2026-11-22T10:15:30Z\"", Instant.parse("2026-11-22T10:15:30Z")),
				Arguments.of(Duration.class, "\"PT90S\"", Duration.ofSeconds(90)),
				Arguments.of(UUID.class, "\"00000000-0000-0001-0000-000000000002\"", new UUID(1, 2)));
	}

	@ParameterizedTest
	@MethodSource
	void valueThatDoesNotFitIsToldWithItsPlace(Class<?> type, String json, String reason) {
		for (Place place : Place.values()) {
			String finding = "'%s' must be %s, but was %s".formatted(place.path, reason,
					json.equals("{}") ? "an object" : json.equals("[]") ? "a list" : json);
			assertThatExceptionOfType(GeminiAnswerMismatchException.class).as(place.name())
				.isThrownBy(() -> read(place.of(type), place.write(json)))
				.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(finding));
			assertThat(call(place.of(type), place.write(json))).as(place.name())
				.containsExactly("Invalid arguments: " + finding.replaceFirst("'", place.isObject() ? "'" : "'input")
					.replace("'inputa'", "'input.a'"));
		}
		assertThat(grow(type, json)).isEqualTo(List.of());
	}

	static Stream<Arguments> valueThatDoesNotFitIsToldWithItsPlace() {
		List<Arguments> rows = new ArrayList<>();
		refuse(rows, Integer.class, "an integer", "5.99", "0.001", "1E+2000", "1E+999999999", "\"5\"", "\"\"", "true",
				"{}", "[]");
		refuse(rows, Long.class, "an integer", "9007199254740993.5", "0.1");
		refuse(rows, BigInteger.class, "an integer", "1.5");
		refuse(rows, Double.class, "a number", "\"1.5\"", "\"\"", "\"NaN\"", "false");
		refuse(rows, BigDecimal.class, "a number", "\"1.5\"", "\" \"");
		refuse(rows, Boolean.class, "true or false", "\"true\"", "\"\"", "1", "0");
		refuse(rows, String.class, "a text", "5", "1.5", "true");
		refuse(rows, Mood.class, "one of HAPPY, SAD", "0", "1", "\"1\"", "\" 1\"", "\"\"", "\"sad\"", "true");
		refuse(rows, LocalDate.class, "a text of the format date", "20000", "\"20000\"", "\"\"",
				"\"2026-11-22T23:00:00Z\"");
		refuse(rows, Instant.class, "a text of the format date-time", "1764158400", "\"1764158400.5\"", "\"\"");
		refuse(rows, Duration.class, "a text of the format duration", "90", "\"90\"", "\"\"");
		refuse(rows, UUID.class, "a text of the format uuid", "\"\"", "1");
		return rows.stream();
	}

	private static void refuse(List<Arguments> rows, Class<?> type, String reason, String... values) {
		for (String value : values) {
			rows.add(Arguments.of(type, value, reason));
		}
	}

	@Test
	void emptyTextIsNoValueOfTypesWithoutAFormatEither() {
		for (Type type : List.of(YearMonth.class, java.util.Currency.class, Character.class)) {
			assertThatExceptionOfType(GeminiAnswerMismatchException.class).as(type.getTypeName())
				.isThrownBy(() -> read(type, "\"\""));
			assertThat(call(type, "\"\""))
				.containsExactly("Invalid arguments: 'input' does not fit the declared schema");
		}
	}

	@ParameterizedTest
	@MethodSource
	void numberBeyondItsTypeIsRefusedWithTheRange(Class<?> type, String value, String range) {
		String integer = (type == Float.class || type == Double.class) ? "a number " : "an integer ";
		for (Place place : Place.values()) {
			String finding = "' must be " + integer + range + ", but was " + value;
			assertThatExceptionOfType(GeminiAnswerMismatchException.class).as(place.name())
				.isThrownBy(() -> read(place.of(type), place.write(value)))
				.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo("'" + place.path + finding));
			assertThat(call(place.of(type), place.write(value))).as(place.name())
				.singleElement(InstanceOfAssertFactories.STRING)
				.startsWith("Invalid arguments: '")
				.endsWith(finding);
		}
		assertThat(grow(type, value)).isEqualTo(List.of());
	}

	static Stream<Arguments> numberBeyondItsTypeIsRefusedWithTheRange() {
		String floats = "from -3.4028235E38 to 3.4028235E38";
		return Stream.of(Arguments.of(Byte.class, "200", "from -128 to 127"),
				Arguments.of(Byte.class, "-129", "from -128 to 127"),
				Arguments.of(Short.class, "70000", "from -32768 to 32767"),
				Arguments.of(Integer.class, "3000000000", "from -2147483648 to 2147483647"),
				Arguments.of(Long.class, "9223372036854775808", "from -9223372036854775808 to 9223372036854775807"),
				Arguments.of(Float.class, "4" + "0".repeat(38), floats),
				Arguments.of(Float.class, "-4" + "0".repeat(38), floats),
				Arguments.of(Double.class, "1E+400", "from -1.7976931348623157E308 to 1.7976931348623157E308"));
	}

	@Test
	void numbersOfEveryKindOfHolderAreInRange() {
		String json = "{\"a\": [128], \"b\": [[32768]], \"c\": [1e39], \"d\": 2147483648, \"e\": 9223372036854775808, "
				+ "\"f\": 2147483648, \"g\": [{\"k\": 9223372036854775808}], \"h\": 300, \"i\": 2147483648}";
		assertThat(call(Numbers.class, json)).singleElement(InstanceOfAssertFactories.STRING)
			.contains("'a[0]' must be", "'b[0][0]' must be", "'c[0]' must be", "'d' must be", "'e' must be",
					"'f' must be", "'g[0].k' must be", "'h' must be", "'i' must be");
		assertThatExceptionOfType(GeminiAnswerMismatchException.class).isThrownBy(() -> read(Numbers.class, json))
			.satisfies((ex) -> assertThat(ex.getReason()).startsWith("'a[0]' must be").contains("'f' must be"));
	}

	@Test
	void digitsOfResultsAreKept() {
		BigDecimal exact = new BigDecimal("12345678901234567890.123456789");
		GeminiFunctionRunner runner = GeminiFunctions.builder(plain)
			.build()
			.runner(List.of(GeminiFunction.of("take", "A test", () -> new Holder<>(List.of(exact)))));
		assertThat(runner.run(List.of(FunctionCall.of("take", Map.of()))).block(Duration.ofSeconds(10))).singleElement()
			.satisfies((part) -> assertThat(mapper.writeValueAsString(part.functionResponse()))
				.contains("[12345678901234567890.123456789]"));
	}

	@Test
	void whatIsRequiredIsRequiredAtEveryDepth() {
		String json = "{\"value\": {\"items\": [{\"amount\": 1}, {\"name\": \"x\"}], \"byName\": {\"k\": {}}}}";
		Type type = ResolvableType.forClassWithGenerics(Holder.class, Order.class).getType();
		String reason = "'value.items[0].name' is missing; 'value.items[1].amount' is missing;"
				+ " 'value.byName.k.name' is missing; 'value.byName.k.amount' is missing";
		assertThatExceptionOfType(GeminiAnswerMismatchException.class).isThrownBy(() -> read(type, json))
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(reason));
		assertThat(call(type, json)).containsExactly("Invalid arguments: " + reason);
		assertThat(call(Item.class, "{\"amount\": 2}")).containsExactly("Invalid arguments: 'name' is missing");
		assertThat(call(Item.class, "{\"name\": null, \"amount\": 2}"))
			.containsExactly("Invalid arguments: 'name' is missing");
	}

	@Test
	void elementsAndValuesOfMapsAreNotNull() {
		assertThat(call(Order.class, "{\"items\": [null], \"byName\": {\"k\": null}}"))
			.containsExactly("Invalid arguments: 'items[0]' must be an object, but was null;"
					+ " 'byName.k' must be an object, but was null");
	}

	@Test
	void choicesAreCheckedByTheirTypeId() {
		ParameterizedTypeReference<List<Shape>> type = new ParameterizedTypeReference<>() {
		};
		String json = "[{\"type\": \"box\", \"side\": \"2\", \"new\": 1}, {\"type\": \"Circle\"}, {\"radius\": 1}, 5]";
		assertThatExceptionOfType(GeminiAnswerMismatchException.class).isThrownBy(() -> read(type.getType(), json))
			.satisfies((ex) -> assertThat(ex.getReason())
				.isEqualTo("'[0].side' must be a number, but was \"2\"; '[1].radius' is missing;"
						+ " '[2].type' is missing; '[3]' must be an object, but was 5"));
	}

	@Test
	void choicesAreCheckedUnderEachOfTheirNames() {
		for (String name : List.of("card", "credit", "debit")) {
			String json = "[{\"kind\": \"%s\", \"limit\": %s}]";
			Type type = ResolvableType.forClassWithGenerics(List.class, Payment.class).getType();
			assertThat(read(type, json.formatted(name, "3.0"))).isEqualTo(List.of(new Card(3)));
			assertThat(call(type, json.formatted(name, "3.5")))
				.containsExactly("Invalid arguments: 'input[0].limit' must be an integer, but was 3.5");
			assertThatExceptionOfType(GeminiAnswerMismatchException.class)
				.isThrownBy(() -> read(type, json.formatted(name, "\"3\"")))
				.withMessageContaining("'[0].limit' must be an integer, but was \"3\"");
			String wrapped = "[{\"%s\": {\"limit\": %s}}]";
			Type wrapper = ResolvableType.forClassWithGenerics(List.class, Wrapped.class).getType();
			assertThat(read(wrapper, wrapped.formatted(name, "3.0"))).isEqualTo(List.of(new Plastic(3)));
			assertThat(call(wrapper, wrapped.formatted(name, "3.5"))).singleElement(InstanceOfAssertFactories.STRING)
				.endsWith(".limit' must be an integer, but was 3.5");
		}
	}

	@Test
	void choiceForUnknownNamesIsChecked() {
		assertThat(read(Fallback.class, "{\"kind\": \"new\", \"limit\": 3.0}")).isEqualTo(new Known(3));
		assertThat(read(Fallback.class, "{\"kind\": \"other\", \"size\": 3}")).isEqualTo(new Other(3));
		assertThatExceptionOfType(GeminiAnswerMismatchException.class)
			.isThrownBy(() -> read(Fallback.class, "{\"kind\": \"new\", \"limit\": \"3\"}"))
			.withMessageContaining("'limit' must be an integer, but was \"3\"");
	}

	@Test
	void furtherNamesAndUnknownMembersAreLeftToTheMapper() {
		assertThat(read(Aliased.class, "{\"nr\": 3.0, \"mood\": \"glad\", \"more\": {\"a\": [1.5]}}"))
			.isEqualTo(new Aliased(3, Feeling.HAPPY));
		assertThatExceptionOfType(GeminiAnswerMismatchException.class)
			.isThrownBy(() -> read(Aliased.class, "{\"nr\": 3.5, \"mood\": \"glad\"}"))
			.withMessageContaining("'number' must be an integer, but was 3.5");
		JsonMapper strict = plain.rebuild().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
		assertThatExceptionOfType(GeminiAnswerMismatchException.class)
			.isThrownBy(() -> read(strict, Item.class, "{\"name\": \"x\", \"amount\": 1, \"more\": 1}"))
			.withMessageContaining("more");
		JsonMapper lenient = JsonMapper.builder()
			.enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS, MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
			.enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
			.enable(EnumFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
			.build();
		assertThat(read(lenient, Aliased.class, "{\"NUMBER\": 3, \"Mood\": \"happy\"}"))
			.isEqualTo(new Aliased(3, Feeling.HAPPY));
		assertThat(read(lenient, Aliased.class, "{\"number\": 3, \"mood\": \"odd\"}")).isEqualTo(new Aliased(3, null));
		assertThat(read(lenient, ResolvableType.forClassWithGenerics(List.class, Integer.class).getType(), "3.0"))
			.isEqualTo(List.of(3));
	}

	@Test
	void valuesOfAnyTypeAreThoseThatJacksonReads() {
		Type type = ResolvableType
			.forClassWithGenerics(Holder.class,
					ResolvableType.forClassWithGenerics(Map.class, String.class, Object.class))
			.getType();
		Object value = read(type,
				"{\"value\": {\"a\": 1.50, \"b\": [3.0, 1], \"c\": {\"d\": 0.12345678901234567890}, \"e\": null}}");
		Map<?, ?> open = (Map<?, ?>) ((Holder<?>) value).value();
		assertThat(open.get("a")).isEqualTo(1.5);
		assertThat(open.get("b")).isEqualTo(List.of(3.0, 1));
		assertThat(open.get("c")).isEqualTo(Map.of("d", new BigDecimal("0.12345678901234567890")));
	}

	@Test
	void modelIsToldWhatIsWrongAndRepairsIt() {
		answer("{\"items\": [{\"name\": \"a\", \"amount\": 5.99}, {\"amount\": \"\"}], \"byName\": {}}");
		answer("{\"items\": [{\"name\": \"a\", \"amount\": 6.0}], \"byName\": {}}");
		Order order = this.gemini.prompt("Order").repairs(1).entity(Order.class);
		assertThat(order.items()).containsExactly(new Item("a", 6));
		takeRequest();
		assertThat(body().at("/contents/2/parts/0/text").asString())
			.contains("asked for: 'items[0].amount' must be an integer, but was 5.99; 'items[1].name' is missing;"
					+ " 'items[1].amount' must be an integer, but was \"\"\n");
	}

	@Test
	void streamedValueIsCheckedAsItGrowsAndAtItsEnd() {
		stream("{\"items\": [{\"name\": \"a\", \"amount\": 5.99", "}], \"byName\": {}}");
		StepVerifier.create(this.gemini.prompt("Order").streamEntity(Order.class))
			.expectNext(new Order(List.of(new Item("a", 0)), Map.of()))
			.expectNext(new Order(List.of(new Item("a", 0)), Map.of()))
			.verifyErrorMatches((ex) -> ex.getMessage().endsWith("'items[0].amount' must be an integer, but was 5.99"));
		stream("[1][2] {\"name\": \"a\", ", "\"amount\": 1e1}", "\nSources: [1]");
		StepVerifier.create(this.gemini.prompt("Order").streamEntity(Item.class))
			.expectNext(new Item("a", 0), new Item("a", 10), new Item("a", 10), new Item("a", 10))
			.verifyComplete();
	}

	@Test
	void bareNamesAndSentencesAreRead() {
		assertThat(read(Mood.class, "SAD")).isEqualTo(Mood.SAD);
		assertThat(read(LocalDate.class, "2026-11-22")).isEqualTo(LocalDate.of(2026, 11, 22));
		assertThat(read(String.class, "It is warm in Rome.")).isEqualTo("It is warm in Rome.");
		assertThat(read(String.class, "42")).isEqualTo("42");
		for (Type type : List.of(Mood.class, LocalDate.class)) {
			assertThatExceptionOfType(GeminiAnswerMismatchException.class)
				.isThrownBy(() -> read(type, "I cannot tell: SAD?"));
		}
		assertThatExceptionOfType(GeminiAnswerMismatchException.class).isThrownBy(() -> read(Mood.class, "1"));
	}

	@Test
	void longValuesAndManyMistakesAreShortened() {
		String json = "{\"items\": [" + "{\"name\": 1}, ".repeat(1000) + "{\"name\": {}}], \"byName\": {\""
				+ "k".repeat(9000) + "\": \"" + "v".repeat(9000) + "\"}}";
		assertThat(call(Order.class, json).get(0).toString()).hasSizeLessThan(2000);
	}

	private static Object read(Type type, String json) {
		return read(plain, type, json);
	}

	private static Object read(JsonMapper jsonMapper, Type type, String json) {
		EntityReader<Object> reader = new EntityCalls(GeminiEntitySettings.of(jsonMapper)).reader(type);
		return reader.read(mapper.readValue(event(json, "STOP"), GenerateContentResponse.class));
	}

	private static @Nullable Object grow(Class<?> element, String json) {
		EntityReader<Object> reader = new EntityCalls(GeminiEntitySettings.of(plain))
			.reader(ResolvableType.forClassWithGenerics(List.class, element).getType());
		PartialJson partial = reader.partial();
		partial.feed("[" + json + " , ");
		return reader.readPartial(partial);
	}

	// What the function was called with, or what the model was told.
	private static List<Object> call(Type type, String json) {
		List<Object> taken = new ArrayList<>();
		GeminiFunctions functions = GeminiFunctions.builder(plain).build();
		GeminiFunctionRunner runner = functions.runner(List
			.of(GeminiFunction.of("take", "A test", ParameterizedTypeReference.forType(type), (input, context) -> {
				taken.add(input);
				return "";
			})));
		String args = ResolvableType.forType(type).toClass().isRecord() ? json : "{\"input\": " + json + "}";
		FunctionCall call = mapper.readValue("{\"name\": \"take\", \"args\": " + args + "}", FunctionCall.class);
		Map<String, Object> response = runner.run(List.of(call))
			.block(Duration.ofSeconds(10))
			.get(0)
			.functionResponse()
			.response();
		return response.containsKey("error") ? List.of(response.get("error")) : taken;
	}

	private enum Place {

		MEMBER("value", "{\"value\": %s}"), NESTED("value.value", "{\"value\": {\"value\": %s}}"),
		OPTIONAL("value", "{\"value\": %s}"), LIST("[0]", "[%s]"), LISTS("[0][0]", "[[%s]]"), MAP("a", "{\"a\": %s}");

		private final String path;

		private final String json;

		Place(String path, String json) {
			this.path = path;
			this.json = json;
		}

		boolean isObject() {
			return this.path.startsWith("value");
		}

		String write(String value) {
			return this.json.formatted(value);
		}

		Type of(Class<?> type) {
			return switch (this) {
				case MEMBER -> ResolvableType.forClassWithGenerics(Holder.class, type).getType();
				case NESTED -> ResolvableType
					.forClassWithGenerics(Holder.class, ResolvableType.forClassWithGenerics(Holder.class, type))
					.getType();
				case OPTIONAL -> ResolvableType
					.forClassWithGenerics(Holder.class, ResolvableType.forClassWithGenerics(Optional.class, type))
					.getType();
				case LIST -> ResolvableType.forClassWithGenerics(List.class, type).getType();
				case LISTS -> ResolvableType
					.forClassWithGenerics(List.class, ResolvableType.forClassWithGenerics(List.class, type))
					.getType();
				case MAP -> ResolvableType.forClassWithGenerics(Map.class, String.class, type).getType();
			};
		}

		Object hold(Class<?> type, Object value) {
			return switch (this) {
				case MEMBER -> new Holder<>(value);
				case NESTED -> new Holder<>(new Holder<>(value));
				case OPTIONAL -> new Holder<>(Optional.of(value));
				case LIST -> List.of(value);
				case LISTS -> List.of(List.of(value));
				case MAP -> Map.of("a", value);
			};
		}

	}

	record Holder<T>(T value) {

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
	@JsonSubTypes({ @JsonSubTypes.Type(value = Card.class, names = { "card", "credit", "debit" }),
			@JsonSubTypes.Type(value = Cash.class, name = "cash") })
	interface Payment {

	}

	record Card(int limit) implements Payment {

	}

	record Cash(int coins) implements Payment {

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
	@JsonSubTypes({ @JsonSubTypes.Type(value = Plastic.class, names = { "card", "credit", "debit" }),
			@JsonSubTypes.Type(value = Coins.class, name = "coins") })
	interface Wrapped {

	}

	record Plastic(int limit) implements Wrapped {

	}

	record Coins(int number) implements Wrapped {

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind", defaultImpl = Known.class)
	@JsonSubTypes({ @JsonSubTypes.Type(value = Known.class, name = "known"),
			@JsonSubTypes.Type(value = Other.class, name = "other") })
	interface Fallback {

	}

	record Known(int limit) implements Fallback {

	}

	record Other(int size) implements Fallback {

	}

	record Numbers(List<Byte> a, short[][] b, float[] c, OptionalInt d, AtomicLong e, AtomicInteger f,
			List<Map<String, Long>> g, @Max(1000) byte h, Id i) {

	}

	record Id(@JsonValue int value) {

	}

	record Item(String name, int amount) {

	}

	record Order(List<Item> items, Map<String, Item> byName) {

	}

	record Aliased(@JsonAlias("nr") int number, Feeling mood) {

	}

	enum Feeling {

		@JsonAlias("glad")
		HAPPY, SAD

	}

}
