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
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.function.GeminiFunctionSettings.OnError;
import com.cometapi.gemini.function.annotation.GeminiFunction;
import com.cometapi.gemini.function.annotation.GeminiFunctionParam;
import com.cometapi.gemini.schema.GeminiSchemaGenerator;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.validation.Valid;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.constraints.NotBlank;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for the arguments, defaults, contexts and settings of functions.
 */
class FunctionInputTests {

	private final GeminiFunctions functions = GeminiFunctions.create(JsonMapper.builder().build());

	@ParameterizedTest
	@MethodSource
	void otherTypesAreWrappedInAnObjectWithTheMemberInput(ParameterizedTypeReference<?> type, Object json,
			String expected) {
		GeminiFunctionRunner runner = runner(
				GeminiFunctionCallback.of("take", "A test", type, (input, context) -> describe(input)));
		FunctionDeclaration declaration = runner.declarations().get(0);
		if (declaration.parameters() != null) {
			assertThat(declaration.parameters().properties()).containsOnlyKeys("input");
			assertThat(declaration.parameters().required()).containsExactly("input");
		}
		else {
			assertThat(JsonMapper.builder()
				.build()
				.valueToTree(declaration.parametersJsonSchema())
				.at("/required/0")
				.asString()).isEqualTo("input");
		}
		assertThat(call(runner, Map.of("input", json))).isEqualTo(Map.of("output", expected));
		assertThat(call(runner, Map.of("other", 1)))
			.isEqualTo(Map.of("error", "Invalid arguments: 'input' is missing"));
	}

	static Stream<Arguments> otherTypesAreWrappedInAnObjectWithTheMemberInput() {
		return Stream.of(Arguments.of(new ParameterizedTypeReference<String>() {
		}, "x", "x"), Arguments.of(new ParameterizedTypeReference<Comfort>() {
		}, "FIRST", "FIRST"), Arguments.of(new ParameterizedTypeReference<int[]>() {
		}, List.of(1, 2), "[1, 2]"), Arguments.of(new ParameterizedTypeReference<List<Stop>>() {
		}, List.of(Map.of("zip", 1)), "[Stop[zip=1]]"),
				Arguments.of(new ParameterizedTypeReference<Map<String, Integer>>() {
				}, Map.of("a", 1), "{a=1}"), Arguments.of(new ParameterizedTypeReference<City>() {
				}, "Rome", "City[name=Rome]"), Arguments.of(new ParameterizedTypeReference<Optional<String>>() {
				}, "x", "Optional[x]"), Arguments.of(new ParameterizedTypeReference<Shape>() {
				}, Map.of("kind", "circle", "radius", 2), "Circle[radius=2]"));
	}

	private static String describe(Object input) {
		return (input instanceof int[] array) ? List.of(array[0], array[1]).toString() : input.toString();
	}

	@Test
	void mismatchInAListIsReportedWithItsPath() {
		GeminiFunctionRunner runner = runner(GeminiFunctionCallback.of("take", "A test", Trip.class, Trip::toString));
		assertThat(call(runner, Map.of("stops", List.of(Map.of("zip", 1), Map.of("zip", "x")))))
			.isEqualTo(Map.of("error", "Invalid arguments: 'stops[1].zip' must be an integer, but was \"x\""));
	}

	@Test
	void exceptionOfAConstructorIsReportedWithoutItsMessage() {
		GeminiFunctionRunner runner = runner(GeminiFunctionCallback.of("take", "A test", Stop.class, Stop::toString));
		assertThat(call(runner, Map.of("zip", -1)))
			.isEqualTo(Map.of("error", "Invalid arguments: they do not fit the declared schema"));
	}

	@Test
	void defaultsMayHaveAnyTypeAndAreNewForEachCall() {
		GeminiFunctionRunner runner = runner(this.functions.of(new Defaults()).toArray(GeminiFunctionCallback[]::new));
		for (int i = 0; i < 2; i++) {
			assertThat(call(runner, Map.of()))
				.isEqualTo(Map.of("output", "[1, 2, 3] Stop[zip=7] {x} [y] SECOND 2026-11-22 Optional[3] null null"));
		}
		Map<String, Object> nulls = new HashMap<>();
		List.of("list", "stop", "braces", "brackets", "comfort", "day", "maybe", "text", "none")
			.forEach((name) -> nulls.put(name, null));
		assertThat(call(runner, nulls))
			.isEqualTo(Map.of("output", "[1, 2, 3] Stop[zip=7] {x} [y] SECOND 2026-11-22 Optional[3] null null"));
		assertThat(runner.declarations().get(0).parameters().required()).isEmpty();
	}

	@Test
	void requiredArgumentMustNotBeNull() {
		GeminiFunctionRunner runner = runner(this.functions.of(new Required()).toArray(GeminiFunctionCallback[]::new));
		Map<String, Object> args = new HashMap<>();
		args.put("text", null);
		assertThat(call(runner, args)).isEqualTo(Map.of("error", "Invalid arguments: 'text' is missing"));
	}

	@Test
	void emptyOrMalformedDefaultIsRefused() {
		for (Object bean : List.of(new NoNumber(), new NoJson())) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.functions.of(bean))
				.withMessageContaining("does not fit its type");
		}
	}

	@Test
	void elementThatViolatesAConstraintIsReportedWithItsPath() {
		try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
			GeminiFunctions validating = GeminiFunctions.builder(JsonMapper.builder().build())
				.validator(factory.getValidator())
				.build();
			GeminiFunctionRunner runner = validating.runner(validating.of(new Elements()));
			assertThat(call(runner, Map.of("names", List.of("a", " "), "guests", List.of(Map.of("name", "")))))
				.isEqualTo(Map.of("error",
						"Invalid arguments: guests[0].name must not be blank; names[1] must not be blank"));
			assertThat(call(runner, Map.of("names", List.of("a"), "guests", List.of(Map.of("name", "b")))))
				.isEqualTo(Map.of("output", "[a][Guest[name=b]]"));
		}
	}

	@Test
	void functionIsDeclaredWithTheMapperOfTheRunner() {
		GeminiFunctionCallback function = GeminiFunctionCallback.of("take", "A test", Named.class, Named::firstName);
		JsonMapper snakeCase = JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
		GeminiFunctions snake = GeminiFunctions.builder(snakeCase)
			.schemaGenerator(new GeminiSchemaGenerator(snakeCase))
			.build();
		for (int i = 0; i < 2; i++) {
			assertThat(runner(function).declarations().get(0).parameters().properties()).containsOnlyKeys("firstName");
			GeminiFunctionRunner runner = snake.runner(List.of(function));
			assertThat(runner.declarations().get(0).parameters().properties()).containsOnlyKeys("first_name");
			assertThat(call(runner, Map.of("first_name", "Jo"))).isEqualTo(Map.of("output", "Jo"));
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { Stop.class, String.class, int[].class })
	void schemaOfAnInputIsGeneratedOnceForAllFunctions(Class<?> input) {
		List<FunctionDeclaration> declarations = runner(
				GeminiFunctionCallback.of("first", "A test", input, Object::toString),
				GeminiFunctionCallback.of("second", "A test", input, Object::toString))
			.declarations();
		assertThat(declarations.get(1).parameters()).isNotNull().isSameAs(declarations.get(0).parameters());
	}

	@Test
	void laterValueOfAContextReplacesTheEarlierOne() {
		GeminiFunctionContext context = GeminiFunctionContext.of("user", "jo")
			.with("tenant", 1)
			.with(GeminiFunctionContext.of(Map.of("user", "al")));
		assertThat(context.get("user", String.class)).isEqualTo("al");
		assertThat(context.get("tenant", Integer.class)).isOne();
		assertThat(context.getRequired("tenant", int.class)).isOne();
		assertThat(context.get("other", String.class)).isNull();
		assertThatIllegalStateException().isThrownBy(() -> context.getRequired("other", String.class))
			.withMessage("The function context has no value named 'other'");
		assertThatExceptionOfType(ClassCastException.class).isThrownBy(() -> context.get("user", Integer.class));
		assertThat(context).isEqualTo(GeminiFunctionContext.of(Map.of("user", "al", "tenant", 1)))
			.hasSameHashCodeAs(GeminiFunctionContext.of(Map.of("user", "al", "tenant", 1)))
			.isNotEqualTo(GeminiFunctionContext.of("user", "al"));
		assertThatIllegalArgumentException().isThrownBy(() -> context.with(" ", 1));
	}

	@Test
	void settingsApplyToRunnersAndMustBePositive() {
		GeminiFunctionSettings settings = GeminiFunctionSettings.DEFAULTS.toBuilder()
			.maxRounds(1)
			.maxConcurrency(2)
			.timeout(Duration.ofMillis(3))
			.maxResultSize(4)
			.onError(OnError.FAIL)
			.echoIds(false)
			.build();
		assertThat(settings).isEqualTo(new GeminiFunctionSettings(1, 2, Duration.ofMillis(3), 4, OnError.FAIL, false));
		GeminiFunctions functions = GeminiFunctions.builder(JsonMapper.builder().build()).settings(settings).build();
		assertThat(functions.settings()).isEqualTo(settings);
		assertThat(functions.runner(List.of()).settings()).isEqualTo(settings);
		assertRefused(() -> settings.toBuilder().maxRounds(0).build(), "maxRounds");
		assertRefused(() -> settings.toBuilder().maxConcurrency(0).build(), "maxConcurrency");
		assertRefused(() -> settings.toBuilder().timeout(Duration.ZERO).build(), "timeout");
		assertRefused(() -> settings.toBuilder().maxResultSize(0).build(), "maxResultSize");
	}

	private static void assertRefused(Runnable action, String name) {
		assertThatIllegalArgumentException().isThrownBy(action::run).withMessage("'" + name + "' must be positive");
	}

	private GeminiFunctionRunner runner(GeminiFunctionCallback... functions) {
		return this.functions.runner(List.of(functions));
	}

	private static Map<String, Object> call(GeminiFunctionRunner runner, Map<String, Object> args) {
		return runner.run(List.of(FunctionCall.of("take", args)))
			.block(Duration.ofSeconds(30))
			.get(0)
			.functionResponse()
			.response();
	}

	enum Comfort {

		FIRST, SECOND

	}

	record City(@JsonValue String name) {

		@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
		City {
		}

	}

	record Stop(int zip) {

		Stop {
			if (zip < 0) {
				throw new IllegalArgumentException("secret");
			}
		}

	}

	record Trip(List<Stop> stops) {

	}

	record Named(String firstName) {

	}

	record Guest(@NotBlank String name) {

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
	@JsonSubTypes(@JsonSubTypes.Type(value = Circle.class, name = "circle"))
	interface Shape {

	}

	record Circle(int radius) implements Shape {

	}

	static class Defaults {

		@GeminiFunction
		String take(@GeminiFunctionParam(defaultValue = "[1, 2]") List<Integer> list,
				@GeminiFunctionParam(defaultValue = "{\"zip\": 7}") Stop stop,
				@GeminiFunctionParam(defaultValue = "{x}") String braces,
				@GeminiFunctionParam(defaultValue = "[y]") CharSequence brackets,
				@GeminiFunctionParam(defaultValue = "SECOND") Comfort comfort,
				@GeminiFunctionParam(defaultValue = "2026-11-22") LocalDate day,
				@GeminiFunctionParam(defaultValue = "3") Optional<Integer> maybe,
				@GeminiFunctionParam(required = false) String text, @Nullable Integer none) {
			list.add(3);
			return "%s %s %s %s %s %s %s %s %s".formatted(list, stop, braces, brackets, comfort, day, maybe, text,
					none);
		}

	}

	static class Required {

		@GeminiFunction
		String take(String text) {
			return text;
		}

	}

	static class NoNumber {

		@GeminiFunction
		String take(@GeminiFunctionParam(defaultValue = "") Integer number) {
			return "";
		}

	}

	static class NoJson {

		@GeminiFunction
		String take(@GeminiFunctionParam(defaultValue = "{zip") Stop stop) {
			return "";
		}

	}

	static class Elements {

		@GeminiFunction
		String take(List<@NotBlank String> names, List<@Valid Guest> guests) {
			return names.toString() + guests;
		}

	}

}
