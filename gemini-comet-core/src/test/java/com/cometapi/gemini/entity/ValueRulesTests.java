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
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
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
import com.cometapi.gemini.error.GeminiResponseMismatchException;
import com.cometapi.gemini.function.GeminiFunctionCallback;
import com.cometapi.gemini.function.GeminiFunctionRunner;
import com.cometapi.gemini.function.GeminiFunctions;
import com.cometapi.gemini.testsupport.GeminiServer;
import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.validation.constraints.Max;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

import org.springframework.core.ResolvableType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the check of values against the schema, in every place that a type may have:
 * valid values are read exactly, others are refused.
 */
class ValueRulesTests extends AbstractSchemaRulesTests {

	@ParameterizedTest
	@MethodSource
	void validValueIsReadExactlyInEveryPlace(Class<?> type, String json, Object expected) {
		for (Place place : Place.values()) {
			Object value = read(place.of(type), place.write(json));
			assertThat(value).as(place.name()).isEqualTo(place.hold(type, expected));
			assertThat(call(place.of(type), place.write(json))).as(place.name())
				.containsExactly(place.hold(type, expected));
		}
		assertThat(readPartial(type, json)).isEqualTo(List.of(expected));
	}

	static Stream<Arguments> validValueIsReadExactlyInEveryPlace() {
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
				Arguments.of(Year.class, "999999999", Year.of(Year.MAX_VALUE)),
				Arguments.of(Year.class, "2026.0", Year.of(2026)), Arguments.of(Double.class, "3", 3.0),
				Arguments.of(Double.class, "0.1", 0.1), Arguments.of(Float.class, "1.5e1", 15f),
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
	void mismatchIsReportedWithItsPath(Class<?> type, String json, String reason) {
		for (Place place : Place.values()) {
			String finding = "'%s' must be %s, but was %s".formatted(place.path, reason,
					json.equals("{}") ? "an object" : json.equals("[]") ? "a list" : json);
			assertThatExceptionOfType(GeminiResponseMismatchException.class).as(place.name())
				.isThrownBy(() -> read(place.of(type), place.write(json)))
				.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(finding));
			assertThat(call(place.of(type), place.write(json))).as(place.name())
				.containsExactly("Invalid arguments: " + finding.replaceFirst("'", place.isObject() ? "'" : "'input")
					.replace("'inputa'", "'input.a'"));
		}
		assertThat(readPartial(type, json)).isEqualTo(List.of());
	}

	static Stream<Arguments> mismatchIsReportedWithItsPath() {
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
	void emptyTextIsRefusedForTypesWithoutAFormat() {
		for (Type type : List.of(YearMonth.class, java.util.Currency.class, Character.class)) {
			assertThatExceptionOfType(GeminiResponseMismatchException.class).as(type.getTypeName())
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
			assertThatExceptionOfType(GeminiResponseMismatchException.class).as(place.name())
				.isThrownBy(() -> read(place.of(type), place.write(value)))
				.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo("'" + place.path + finding));
			assertThat(call(place.of(type), place.write(value))).as(place.name())
				.singleElement(InstanceOfAssertFactories.STRING)
				.startsWith("Invalid arguments: '")
				.endsWith(finding);
		}
		assertThat(readPartial(type, value)).isEqualTo(List.of());
	}

	static Stream<Arguments> numberBeyondItsTypeIsRefusedWithTheRange() {
		String floats = "from -3.4028235E38 to 3.4028235E38";
		return Stream.of(Arguments.of(Byte.class, "200", "from -128 to 127"),
				Arguments.of(Byte.class, "-129", "from -128 to 127"),
				Arguments.of(Short.class, "70000", "from -32768 to 32767"),
				Arguments.of(Integer.class, "3000000000", "from -2147483648 to 2147483647"),
				Arguments.of(Long.class, "9223372036854775808", "from -9223372036854775808 to 9223372036854775807"),
				Arguments.of(Year.class, "1000000000", "from -999999999 to 999999999"),
				Arguments.of(Year.class, "-1000000000", "from -999999999 to 999999999"),
				Arguments.of(Float.class, "4" + "0".repeat(38), floats),
				Arguments.of(Float.class, "-4" + "0".repeat(38), floats),
				Arguments.of(Double.class, "1E+400", "from -1.7976931348623157E308 to 1.7976931348623157E308"));
	}

	@ParameterizedTest
	@MethodSource
	void keyOfAMapBeyondItsTypeIsRefusedWithTheRange(Class<?> type, String fits, Object key, String beyond,
			String range) {
		Type map = ResolvableType.forClassWithGenerics(Map.class, type, Integer.class).getType();
		for (Type holder : List.of(map,
				ResolvableType.forClassWithGenerics(Holder.class, ResolvableType.forType(map)).getType(),
				ResolvableType.forClassWithGenerics(List.class, ResolvableType.forType(map)).getType())) {
			String json = (holder == map) ? "{\"%s\": 1}"
					: holder.getTypeName().contains("Holder") ? "{\"value\": {\"%s\": 1}}" : "[{\"%s\": 1}]";
			assertThat(read(holder, json.formatted(fits))).asString().contains(key + "=1");
			String finding = beyond + "' must be named by a number " + range;
			assertThatExceptionOfType(GeminiResponseMismatchException.class)
				.isThrownBy(() -> read(holder, json.formatted(beyond)))
				.satisfies((ex) -> assertThat(ex.getReason()).endsWith(finding));
			assertThat(call(holder, json.formatted(beyond))).singleElement(InstanceOfAssertFactories.STRING)
				.endsWith(finding);
		}
		PartialJsonParser partial = new EntityReaderFactory(GeminiEntitySettings.of(plain)).forType(map).partial();
		partial.feed("{\"%s\": 1, \"%s\": 2, ".formatted(fits, beyond));
		assertThat(new EntityReaderFactory(GeminiEntitySettings.of(plain)).forType(map).readPartial(partial)).asString()
			.isEqualTo("{" + key + "=1}");
	}

	static Stream<Arguments> keyOfAMapBeyondItsTypeIsRefusedWithTheRange() {
		String doubles = "from -1.7976931348623157E308 to 1.7976931348623157E308";
		return Stream.of(Arguments.of(Byte.class, "127", 127, "200", "from -128 to 127"),
				Arguments.of(Byte.class, "-128", -128, "255", "from -128 to 127"),
				Arguments.of(Short.class, "-32768", -32768, "40000", "from -32768 to 32767"),
				Arguments.of(Integer.class, "7", 7, "3000000000", "from -2147483648 to 2147483647"),
				Arguments.of(Long.class, "7", 7, "9223372036854775808",
						"from -9223372036854775808 to 9223372036854775807"),
				Arguments.of(Float.class, "1.5", 1.5, "1e39", "from -3.4028235E38 to 3.4028235E38"),
				Arguments.of(Double.class, "1e3", 1000.0, "1e400", doubles),
				Arguments.of(Double.class, "-2", -2.0, "NaN", doubles),
				Arguments.of(Double.class, "-2", -2.0, "Infinity", doubles));
	}

	@Test
	void keysWithADeserializerAreLeftToTheMapper() {
		SimpleModule module = new SimpleModule().addKeyDeserializer(Byte.class, new KeyDeserializer() {

			@Override
			public Object deserializeKey(String key, DeserializationContext context) {
				return (byte) Integer.parseInt(key, 16);
			}

		});
		JsonMapper hex = JsonMapper.builder().addModule(module).build();
		assertThat(read(hex, ResolvableType.forClassWithGenerics(Map.class, Byte.class, Integer.class).getType(),
				"{\"7f\": 1}"))
			.isEqualTo(Map.of((byte) 127, 1));
	}

	@Test
	void rangeIsCheckedInEveryKindOfContainer() {
		String json = "{\"a\": [128], \"b\": [[32768]], \"c\": [1e39], \"d\": 2147483648, \"e\": 9223372036854775808, "
				+ "\"f\": 2147483648, \"g\": [{\"k\": 9223372036854775808}], \"h\": 300, \"i\": 2147483648}";
		assertThat(call(Numbers.class, json)).singleElement(InstanceOfAssertFactories.STRING)
			.contains("'a[0]' must be", "'b[0][0]' must be", "'c[0]' must be", "'d' must be", "'e' must be",
					"'f' must be", "'g[0].k' must be", "'h' must be", "'i' must be");
		assertThatExceptionOfType(GeminiResponseMismatchException.class).isThrownBy(() -> read(Numbers.class, json))
			.satisfies((ex) -> assertThat(ex.getReason()).startsWith("'a[0]' must be").contains("'f' must be"));
	}

	@Test
	void digitsOfResultsAreKept() {
		BigDecimal exact = new BigDecimal("12345678901234567890.123456789");
		GeminiFunctionRunner runner = GeminiFunctions.builder(plain)
			.build()
			.runner(List.of(GeminiFunctionCallback.of("take", "A test", () -> new Holder<>(List.of(exact)))));
		assertThat(runner.run(List.of(FunctionCall.of("take", Map.of()))).block(Duration.ofSeconds(30))).singleElement()
			.satisfies((part) -> assertThat(GeminiServer.MAPPER.writeValueAsString(part.functionResponse()))
				.contains("[12345678901234567890.123456789]"));
	}

	private static @Nullable Object readPartial(Class<?> element, String json) {
		EntityReader<Object> reader = new EntityReaderFactory(GeminiEntitySettings.of(plain))
			.forType(ResolvableType.forClassWithGenerics(List.class, element).getType());
		PartialJsonParser partial = reader.partial();
		partial.feed("[" + json + " , ");
		return reader.readPartial(partial);
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

	record Numbers(List<Byte> a, short[][] b, float[] c, OptionalInt d, AtomicLong e, AtomicInteger f,
			List<Map<String, Long>> g, @Max(1000) byte h, Id i) {

	}

	record Id(@JsonValue int value) {

	}

}
