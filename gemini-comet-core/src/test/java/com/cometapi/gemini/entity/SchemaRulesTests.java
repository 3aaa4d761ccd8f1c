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
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import com.cometapi.gemini.error.GeminiResponseMismatchException;
import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
 * Tests for the check against the schema before Jackson reads a value: of responses,
 * streamed values and arguments of functions.
 */
class SchemaRulesTests extends AbstractSchemaRulesTests {

	@Test
	void membersAreRequiredAtEveryDepth() {
		String json = "{\"value\": {\"items\": [{\"amount\": 1}, {\"name\": \"x\"}], \"byName\": {\"k\": {}}}}";
		Type type = ResolvableType.forClassWithGenerics(Holder.class, Order.class).getType();
		String reason = "'value.items[0].name' is missing; 'value.items[1].amount' is missing;"
				+ " 'value.byName.k.name' is missing; 'value.byName.k.amount' is missing";
		assertThatExceptionOfType(GeminiResponseMismatchException.class).isThrownBy(() -> read(type, json))
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(reason));
		assertThat(call(type, json)).containsExactly("Invalid arguments: " + reason);
		assertThat(call(Item.class, "{\"amount\": 2}")).containsExactly("Invalid arguments: 'name' is missing");
		assertThat(call(Item.class, "{\"name\": null, \"amount\": 2}"))
			.containsExactly("Invalid arguments: 'name' is missing");
	}

	@Test
	void elementsAndValuesOfMapsMustNotBeNull() {
		assertThat(call(Order.class, "{\"items\": [null], \"byName\": {\"k\": null}}"))
			.containsExactly("Invalid arguments: 'items[0]' must be an object, but was null;"
					+ " 'byName.k' must be an object, but was null");
	}

	@Test
	void subtypesAreCheckedByTheirTypeId() {
		ParameterizedTypeReference<List<Shape>> type = new ParameterizedTypeReference<>() {
		};
		String json = "[{\"type\": \"box\", \"side\": \"2\", \"new\": 1}, {\"type\": \"Circle\"}, {\"radius\": 1}, 5]";
		assertThatExceptionOfType(GeminiResponseMismatchException.class).isThrownBy(() -> read(type.getType(), json))
			.satisfies((ex) -> assertThat(ex.getReason())
				.isEqualTo("'[0].side' must be a number, but was \"2\"; '[1].radius' is missing;"
						+ " '[2].type' is missing; '[3]' must be an object, but was 5"));
	}

	@Test
	void subtypesAreCheckedUnderEachOfTheirNames() {
		for (String name : List.of("card", "credit", "debit")) {
			String json = "[{\"kind\": \"%s\", \"limit\": %s}]";
			Type type = ResolvableType.forClassWithGenerics(List.class, Payment.class).getType();
			assertThat(read(type, json.formatted(name, "3.0"))).isEqualTo(List.of(new Card(3)));
			assertThat(call(type, json.formatted(name, "3.5")))
				.containsExactly("Invalid arguments: 'input[0].limit' must be an integer, but was 3.5");
			assertThatExceptionOfType(GeminiResponseMismatchException.class)
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
	void defaultSubtypeIsChecked() {
		assertThat(read(Fallback.class, "{\"kind\": \"new\", \"limit\": 3.0}")).isEqualTo(new Known(3));
		assertThat(read(Fallback.class, "{\"kind\": \"other\", \"size\": 3}")).isEqualTo(new Other(3));
		assertThatExceptionOfType(GeminiResponseMismatchException.class)
			.isThrownBy(() -> read(Fallback.class, "{\"kind\": \"new\", \"limit\": \"3\"}"))
			.withMessageContaining("'limit' must be an integer, but was \"3\"");
	}

	@Test
	void aliasesAndUnknownMembersAreLeftToTheMapper() {
		assertThat(read(Aliased.class, "{\"nr\": 3.0, \"mood\": \"glad\", \"more\": {\"a\": [1.5]}}"))
			.isEqualTo(new Aliased(3, Feeling.HAPPY));
		assertThatExceptionOfType(GeminiResponseMismatchException.class)
			.isThrownBy(() -> read(Aliased.class, "{\"nr\": 3.5, \"mood\": \"glad\"}"))
			.withMessageContaining("'number' must be an integer, but was 3.5");
		JsonMapper strict = plain.rebuild().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
		assertThatExceptionOfType(GeminiResponseMismatchException.class)
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
	void valuesOfAnyTypeAreReadByJackson() {
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
	void repairListsAllMismatches() {
		this.server
			.answerText("{\"items\": [{\"name\": \"a\", \"amount\": 5.99}, {\"amount\": \"\"}], \"byName\": {}}");
		this.server.answerText("{\"items\": [{\"name\": \"a\", \"amount\": 6.0}], \"byName\": {}}");
		Order order = this.gemini.prompt("Order").repairs(1).entity(Order.class);
		assertThat(order.items()).containsExactly(new Item("a", 6));
		this.server.takeRequest();
		assertThat(this.server.takeJson().at("/contents/2/parts/0/text").asString())
			.contains("asked for: 'items[0].amount' must be an integer, but was 5.99; 'items[1].name' is missing;"
					+ " 'items[1].amount' must be an integer, but was \"\"\n");
	}

	@Test
	void streamedValueIsCheckedAsItGrowsAndAtItsEnd() {
		this.server.answerTextEvents("{\"items\": [{\"name\": \"a\", \"amount\": 5.99", "}], \"byName\": {}}");
		StepVerifier.create(this.gemini.prompt("Order").streamEntity(Order.class))
			.expectNext(new Order(List.of(new Item("a", 0)), Map.of()))
			.expectNext(new Order(List.of(new Item("a", 0)), Map.of()))
			.verifyErrorMatches((ex) -> ex.getMessage().endsWith("'items[0].amount' must be an integer, but was 5.99"));
		this.server.answerTextEvents("[1][2] {\"name\": \"a\", ", "\"amount\": 1e1}", "\nSources: [1]");
		StepVerifier.create(this.gemini.prompt("Order").streamEntity(Item.class))
			.expectNext(new Item("a", 0), new Item("a", 10), new Item("a", 10), new Item("a", 10))
			.verifyComplete();
	}

	@Test
	void enumsAndTextsWithoutQuotesAreRead() {
		assertThat(read(Mood.class, "SAD")).isEqualTo(Mood.SAD);
		assertThat(read(LocalDate.class, "2026-11-22")).isEqualTo(LocalDate.of(2026, 11, 22));
		assertThat(read(String.class, "It is warm in Rome.")).isEqualTo("It is warm in Rome.");
		assertThat(read(String.class, "42")).isEqualTo("42");
		for (Type type : List.of(Mood.class, LocalDate.class)) {
			assertThatExceptionOfType(GeminiResponseMismatchException.class)
				.isThrownBy(() -> read(type, "I cannot tell: SAD?"));
		}
		assertThatExceptionOfType(GeminiResponseMismatchException.class).isThrownBy(() -> read(Mood.class, "1"));
	}

	@Test
	void longValuesAndManyMismatchesAreShortened() {
		String json = "{\"items\": [" + "{\"name\": 1}, ".repeat(1000) + "{\"name\": {}}], \"byName\": {\""
				+ "k".repeat(9000) + "\": \"" + "v".repeat(9000) + "\"}}";
		assertThat(call(Order.class, json).get(0).toString()).hasSizeLessThan(2000);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "1.0", "\"1\"", "1.5" })
	void unlistedDefaultSubtypeIsRefused(String size) {
		String json = "{\"kind\": \"hexagon\", \"size\": %s}".formatted(size);
		assertThatExceptionOfType(GeminiResponseMismatchException.class).isThrownBy(() -> read(Figure.class, json))
			.satisfies((ex) -> assertThat(ex.getReason())
				.contains("'kind' must be one of round, square, but was \"hexagon\""));
		assertThat(call(Figure.class, json)).singleElement()
			.asString()
			.contains("'input.kind' must be one of round, square, but was \"hexagon\"");
		assertThat(read(Figure.class, "{\"kind\": \"square\", \"side\": 1.0}")).isEqualTo(new Tile(1));
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

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind", defaultImpl = Rest.class)
	@JsonSubTypes({ @JsonSubTypes.Type(value = Disc.class, name = "round"),
			@JsonSubTypes.Type(value = Tile.class, name = "square") })
	interface Figure {

	}

	record Disc(int radius) implements Figure {

	}

	record Tile(int side) implements Figure {

	}

	record Rest(int size) implements Figure {

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
