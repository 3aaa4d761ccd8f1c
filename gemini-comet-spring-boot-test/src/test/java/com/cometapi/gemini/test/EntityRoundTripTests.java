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

import java.lang.reflect.Field;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.Year;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiClientSettings;
import com.cometapi.gemini.client.GeminiJsonMapper;
import com.cometapi.gemini.entity.GeminiEntitySettings;
import com.cometapi.gemini.prompt.GeminiDefaults;
import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.JsonView;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonPOJOBuilder;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that values which the simulator generates for the types of an application can be
 * read.
 */
class EntityRoundTripTests {

	private static final JsonMapper mapper = JsonMapper.builder().build();

	private static GeminiSimulator simulator;

	private static GeminiTemplate gemini;

	@BeforeAll
	static void startSimulator() {
		simulator = GeminiSimulator.builder().pace(Duration.ZERO).start();
		gemini = new GeminiTemplate(
				GeminiClient.create(WebClient.builder(), GeminiJsonMapper.builder().build(),
						GeminiClientSettings.builder(GeminiSimulator.API_KEY).baseUrl(simulator.getBaseUrl()).build()),
				GeminiDefaults.of("gemini-2.5-flash-lite"))
			.withEntities(GeminiEntitySettings.of(mapper));
	}

	@AfterAll
	static void closeSimulator() {
		simulator.close();
	}

	@ParameterizedTest
	@MethodSource("types")
	void generatedValueCanBeRead(Type type) {
		Object value = gemini.prompt("Show me").entity(ParameterizedTypeReference.forType(type));
		assertThat(value).isNotNull();
	}

	static Stream<Type> types() {
		return Stream.concat(Stream.of(Types.class.getDeclaredFields()).map(Field::getGenericType),
				Stream.of(int.class, String.class, Season.class));
	}

	/**
	 * The type of each field is requested.
	 */
	@SuppressWarnings("unused")
	private static final class Types {

		Page<Book> page;

		Page<Page<List<Book>>> pages;

		EnumSet<Season> seasons;

		ConcurrentMap<String, AtomicInteger> counters;

		Properties properties;

		int[][] matrix;

		String[][][] cube;

		List<String>[] rows;

		List<Map<String, Set<Double>>> nested;

		Collection<Book> collection;

		Queue<Integer> queue;

		Deque<String> deque;

		ArrayDeque<String> arrayDeque;

		LinkedList<Boolean> linkedList;

		LinkedHashSet<Season> linkedSet;

		Iterable<Book> iterable;

		Named named;

		Event event;

		GeneratedResponse answer;

		Animal animal;

		List<Animal> animals;

		Codes codes;

		Wrapped wrapped;

		Open open;

		Point point;

		Formats formats;

		Times times;

		Others others;

		Atomics atomics;

		Optionals optionals;

		Letters letters;

		Bean bean;

		Built built;

		Arguments arguments;

		Either<Book, List<Integer>> either;

		Category category;

		Section section;

		Viewed viewed;

		Ranked ranked;

		Optional<Book> optional;

	}

	enum Season {

		SPRING, SUMMER, AUTUMN, WINTER

	}

	record Page<T>(List<T> content, int number, @Nullable T first) {

	}

	record Book(String title, @JsonProperty("isbn_13") String isbn) {

	}

	interface Titled {

		String title();

		default String shout() {
			return title().toUpperCase(Locale.ROOT);
		}

	}

	record Named(String title, Season season) implements Titled, Comparable<Named> {

		static final String CONSTANT = "constant";

		@Override
		public int compareTo(Named other) {
			return this.title.compareTo(other.title);
		}

		boolean isLong() {
			return this.title.length() > 10;
		}

		@JsonIgnore
		String getUpper() {
			return shout();
		}

	}

	sealed interface Event permits Event.Opened, Event.Closed {

		Instant at();

		String by();

		record Opened(Instant at, String by, int door) implements Event {

		}

		record Closed(Instant at, String by, @Nullable String reason) implements Event {

		}

	}

	record GeneratedResponse(Event event, List<Event> more, Map<String, Event> byName) {

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
	@JsonSubTypes({ @JsonSubTypes.Type(value = Dog.class, name = "dog"),
			@JsonSubTypes.Type(value = Fish.class, name = "fish") })
	interface Animal {

		String name();

	}

	record Dog(String name, boolean barks) implements Animal {

	}

	record Fish(String name, double depth) implements Animal {

	}

	enum Code {

		@JsonProperty("first-one")
		FIRST,

		@JsonProperty("second-one")
		SECOND

	}

	enum Grade {

		A(1), B(2);

		private final int number;

		Grade(int number) {
			this.number = number;
		}

		@JsonValue
		int number() {
			return this.number;
		}

		@JsonCreator
		static Grade of(int number) {
			return values()[number - 1];
		}

	}

	record Codes(Code code, Set<Code> codes, Grade grade, Map<String, Grade> grades, DayOfWeek day) {

	}

	record Wrapped(String name, @JsonUnwrapped(suffix = "_home") Place home, @JsonUnwrapped Place work) {

	}

	record Place(String street, @Nullable Integer number) {

	}

	public static class Open {

		public String name;

		private final Map<String, String> more = new TreeMap<>();

		@JsonAnyGetter
		public Map<String, String> more() {
			return this.more;
		}

		@JsonAnySetter
		void add(String name, String value) {
			this.more.put(name, value);
		}

	}

	public static final class Point {

		private final int x;

		private final int y;

		private Point(int x, int y) {
			this.x = x;
			this.y = y;
		}

		public int getX() {
			return this.x;
		}

		public int getY() {
			return this.y;
		}

		@JsonCreator
		static Point of(@JsonProperty("x") int x, @JsonProperty("y") int y) {
			return new Point(x, y);
		}

	}

	record Formats(@JsonFormat(shape = JsonFormat.Shape.NUMBER_INT) Season season,
			@JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> list) {

	}

	record Times(Instant instant, Duration duration, Year year, LocalDate date, Month name, DayOfWeek day) {

	}

	record Others(URI uri, UUID uuid, byte[] bytes, BigDecimal decimal, Locale locale, Pattern pattern,
			StringBuilder builder, Number number, java.io.File file) {

	}

	record Atomics(AtomicInteger integer, AtomicLong number, AtomicBoolean flag, AtomicReference<Book> book) {

	}

	record Optionals(Optional<Book> book, OptionalInt integer, OptionalLong number, OptionalDouble decimal,
			Optional<List<Optional<String>>> list, Map<String, Optional<Season>> seasons) {

	}

	record Letters(char letter, Character boxed, char[] text, List<Character> list, short tiny, byte octet) {

	}

	@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
	static class Bean {

		private String name;

		private List<Bean> children;

		@Nullable Bean parent;

	}

	@JsonDeserialize(builder = Built.Builder.class)
	record Built(String name) {

		@JsonPOJOBuilder(withPrefix = "")
		static final class Builder {

			private String name;

			Builder name(String name) {
				this.name = name;
				return this;
			}

			Built build() {
				return new Built(this.name);
			}

		}

	}

	record Arguments(Map<String, @Min(100) @Max(110) Integer> counts, Optional<@Size(min = 20, max = 25) String> code) {

	}

	sealed interface Either<L, R> {

		record Left<L, R>(L left) implements Either<L, R> {

		}

		record Right<L, R>(R right) implements Either<L, R> {

		}

	}

	record Category(String name, Map<String, Category> children) {

	}

	record Section(String title, @Nullable Section next, List<Section> parts) {

	}

	record Viewed(@JsonView(Object.class) String shown, String other) {

	}

	record Ranked(List<Entry<String, Integer>> entries) {

		record Entry<K, V>(K key, V value) {

		}

	}

}
