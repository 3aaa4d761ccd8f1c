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

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.annotation.JsonPOJOBuilder;

/**
 * The types whose schemas are compared.
 */
final class SchemaTypes {

	private SchemaTypes() {
	}

	record Planet(String name, double distanceInAu, int moons, boolean rings) {

	}

	record Numbers(byte tiny, short small, int medium, long large, float rough, double fine, Integer boxed,
			BigInteger huge, BigDecimal exact, char letter, Boolean flag) {

	}

	record Times(LocalDate date, LocalTime time, LocalDateTime local, OffsetDateTime offset, ZonedDateTime zoned,
			Instant instant, Duration duration, Period period, Year year, YearMonth month, DayOfWeek day, ZoneId zone,
			Date old) {

	}

	record Texts(UUID id, URI link, Locale locale, Currency currency, byte[] bytes, CharSequence text) {

	}

	record Planets(List<Planet> planets) {

	}

	record Collections(List<String> list, Set<Integer> set, SortedSet<String> sorted, String[] array, int[] numbers,
			List<List<Double>> matrix, Iterable<Boolean> iterable) {

	}

	record Scores(Map<String, Integer> scores) {

	}

	record Shelves(Map<String, List<Planet>> shelves, String name) {

	}

	record Absent(String required, @Nullable String nullable, Optional<String> optional, OptionalInt number,
			@Nullable Integer boxed, @Nullable Planet planet, List<@Nullable String> holes) {

	}

	enum Color {

		RED, GREEN, BLUE

	}

	record Paint(Color color, List<Color> others, @Nullable Color maybe) {

	}

	enum NamedColor {

		@JsonProperty("dark-red")
		RED,

		@JsonProperty("light-green")
		GREEN

	}

	enum CodedColor {

		RED("r"), GREEN("g");

		private final String code;

		CodedColor(String code) {
			this.code = code;
		}

		@JsonValue
		String code() {
			return this.code;
		}

	}

	enum Level {

		LOW(1), HIGH(2);

		private final int level;

		Level(int level) {
			this.level = level;
		}

		@JsonValue
		int level() {
			return this.level;
		}

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
	@JsonSubTypes({ @JsonSubTypes.Type(value = Circle.class, name = "circle"),
			@JsonSubTypes.Type(value = Square.class, name = "square") })
	interface Shape {

	}

	record Circle(double radius) implements Shape {

	}

	record Square(double side) implements Shape {

	}

	record Drawing(String title, List<Shape> shapes, Shape first) {

	}

	sealed interface Payment permits Card, Cash, Transfer {

	}

	record Card(String number) implements Payment {

	}

	record Cash() implements Payment {

	}

	@JsonTypeName("wire")
	record Transfer(String iban) implements Payment {

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
	sealed interface Wrapped {

		@JsonTypeName("one")
		record One(int value) implements Wrapped {

		}

		@JsonTypeName("two")
		record Two(String value) implements Wrapped {

		}

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
	sealed interface Deduced {

		record Dog(String bark) implements Deduced {

		}

		record Cat(String meow) implements Deduced {

		}

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.EXISTING_PROPERTY, property = "type")
	@JsonSubTypes({ @JsonSubTypes.Type(value = Car.class, name = "car"),
			@JsonSubTypes.Type(value = Bike.class, name = "bike") })
	abstract static class Vehicle {

		public String type;

		public int wheels;

	}

	static class Car extends Vehicle {

		public int doors;

	}

	static class Bike extends Vehicle {

		public boolean bell;

	}

	record Box<T>(T content, List<T> more) {

	}

	record Boxes(Box<String> texts, Box<Integer> numbers) {

	}

	record Pair<A, B>(A first, B second) {

	}

	record Node(String name, List<Node> children) {

	}

	record Linked(int value, @Nullable Linked next) {

	}

	record Employee(String name, @Nullable @JsonPropertyDescription("Who to report to") Employee boss) {

	}

	record Department(String name, List<Worker> workers) {

	}

	record Worker(String name, Department department) {

	}

	record Company(String name, Department root, Node tree) {

	}

	record Tree(Map<String, Tree> branches) {

	}

	public static class PersonBean {

		private String firstName;

		private int age;

		private boolean active;

		public String getFirstName() {
			return this.firstName;
		}

		public void setFirstName(String firstName) {
			this.firstName = firstName;
		}

		public int getAge() {
			return this.age;
		}

		public void setAge(int age) {
			this.age = age;
		}

		public boolean isActive() {
			return this.active;
		}

		public void setActive(boolean active) {
			this.active = active;
		}

		public String getGreeting() {
			return "Hello " + this.firstName;
		}

	}

	static class BaseBean {

		public long id;

		protected String hidden;

	}

	public static class DerivedBean extends BaseBean {

		public String title;

		@JsonIgnore
		public String secret;

		public static String constant = "constant";

		public transient String passing;

		public void setNote(@Nullable String note) {
			this.hidden = note;
		}

	}

	static class Immutable {

		private final String name;

		private final int size;

		@JsonCreator
		Immutable(@JsonProperty("label") @NotBlank String name,
				@JsonProperty(value = "size", defaultValue = "1") int size, @JacksonInject("tenant") String tenant) {
			this.name = name;
			this.size = size;
		}

		@Override
		public String toString() {
			return this.name + this.size;
		}

	}

	@JsonDeserialize(builder = Built.Builder.class)
	static final class Built {

		final String name;

		private Built(String name) {
			this.name = name;
		}

		@JsonPOJOBuilder
		static final class Builder {

			private String name;

			private int count;

			Builder withName(String name) {
				this.name = name;
				return this;
			}

			Builder withCount(int count) {
				this.count = count;
				return this;
			}

			Built build() {
				return new Built(this.name + this.count);
			}

		}

	}

	record Constraints(@Size(min = 2, max = 5) String code, @NotBlank String title,
			@Pattern(regexp = "[A-Z]{3}") String currency, @Min(1) @Max(10) int rating, @Positive int count,
			@DecimalMax("99.5") double percent, @Email String email, @NotEmpty List<@Size(max = 3) String> tags,
			@Size(min = 1, max = 4) List<Integer> picks, @NotNull String note) {

	}

	@JsonClassDescription("A book in a library")
	record Book(@JsonPropertyDescription("The title as printed") String title,
			@JsonProperty(required = true, value = "isbn-13") String isbn,
			@JsonProperty(isRequired = com.fasterxml.jackson.annotation.OptBoolean.FALSE) String subtitle,
			@JsonAlias("writer") String author, Color cover) {

	}

	@Schema(description = "A product of the shop")
	record Product(@Schema(description = "Name of the product", minLength = 3) String name,
			@Schema(description = "Price in euros", minimum = "0", maximum = "1000") BigDecimal price,
			@Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED) String remark,
			@Schema(hidden = true) String internal) {

	}

	record Formatted(@JsonFormat(pattern = "dd.MM.yyyy") LocalDate date,
			@JsonFormat(shape = JsonFormat.Shape.NUMBER) Instant instant,
			@JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal amount,
			@JsonFormat(shape = JsonFormat.Shape.NUMBER) Color color) {

	}

	record Address(String street, String city) {

	}

	record Customer(String name, @JsonUnwrapped Address address, @JsonUnwrapped(prefix = "billing_") Address billing) {

	}

	@JsonNaming(PropertyNamingStrategies.KebabCaseStrategy.class)
	record Kebab(String firstName, String lastName) {

	}

	@JsonPropertyOrder({ "last", "first" })
	@JsonIgnoreProperties("ignored")
	record Ordered(String first, String middle, String last, String ignored) {

	}

	record Isin(@JsonValue String value) {

		@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
		Isin {
		}

	}

	record Position(Isin isin, @JsonPropertyDescription("Number of shares") int shares) {

	}

	record Empty() {

	}

	record Anything(String name, Object value) {

	}

	@SuppressWarnings("rawtypes")
	record Raw(List list) {

	}

	record Loose(Map<String, Object> values) {

	}

	record Wild(Box<?> box) {

	}

	interface Open {

		String name();

	}

	record Holder(Open open) {

	}

	record Forest(List<Forest> trees) {

		@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
		Forest {
		}

	}

	static class Nested extends ArrayList<Nested> {

	}

	static class Scopes extends HashMap<String, Scopes> {

	}

}
