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

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeId;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Future;
import jakarta.validation.constraints.FutureOrPresent;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Negative;
import jakarta.validation.constraints.NegativeOrZero;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Past;
import jakarta.validation.constraints.PastOrPresent;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;

/**
 * Enums, types with subtypes, and members with constraints.
 */
final class SubtypeSamples {

	private SubtypeSamples() {
	}

	enum Color {

		RED, GREEN

	}

	enum Fruit {

		@JsonProperty("apple")
		APPLE,

		@JsonAlias("pera")
		PEAR,

		@JsonEnumDefaultValue
		OTHER {
			@Override
			public String toString() {
				return "other";
			}
		}

	}

	enum Grade {

		A("a"), B("b");

		private final String code;

		Grade(String code) {
			this.code = code;
		}

		@JsonValue
		String code() {
			return this.code;
		}

	}

	enum Step {

		FIRST(1), SECOND(2);

		private final int number;

		Step(int number) {
			this.number = number;
		}

		@JsonValue
		int number() {
			return this.number;
		}

		@JsonCreator
		static Step of(int number) {
			return values()[number - 1];
		}

	}

	enum Spoken {

		YES, NO;

		@Override
		public String toString() {
			return name().toLowerCase();
		}

		@JsonCreator
		static Spoken of(String text) {
			return valueOf(text);
		}

	}

	@Sample(value = "{'color': 'RED', 'fruit': 'PEAR', 'grade': 'a', 'step': 1, 'spoken': 'YES'}",
			also = { "{'color': 'RED', 'fruit': 'pera', 'grade': 'a', 'step': 2, 'spoken': 'NO'}",
					"{'color': 'RED', 'fruit': 'other', 'grade': 'b', 'step': 2, 'spoken': 'NO'}" })
	record Enums(Color color, Fruit fruit, Grade grade, Step step, Spoken spoken) {

	}

	@Sample("{'byColor': {'RED': 1}, 'list': ['GREEN']}")
	record EnumContainers(Map<Color, Integer> byColor, List<Color> list) {

	}

	sealed interface Payment permits Card, Cash, Currency {

	}

	record Card(String number) implements Payment {

	}

	record Cash() implements Payment {

	}

	enum Currency implements Payment {

		EURO, DOLLAR

	}

	@Sample(value = "{'payment': {'Card': {'number': '1'}}}",
			also = { "{'payment': {'Cash': {}}}", "{'payment': {'Currency': 'EURO'}}" })
	record SealedWithEnum(Payment payment) {

	}

	@Sample(value = "{'payment': {'type': 'Card', 'number': '1'}}", also = "{'payment': {'type': 'Cash'}}")
	record SealedWithoutEnum(Plain payment) {

		sealed interface Plain {

			@JsonTypeName("Card")
			record PlainCard(String number) implements Plain {

			}

			@JsonTypeName("Cash")
			record PlainCash() implements Plain {

			}

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

	@Sample(value = "{'shape': {'kind': 'circle', 'radius': 1.5}, 'more': []}",
			also = "{'shape': {'kind': 'square', 'side': 1.5}, 'more': [{'kind': 'circle', 'radius': 1}]}")
	record Drawing(Shape shape, List<Shape> more) {

	}

	@Sample("{'circle': {'kind': 'circle', 'radius': 1}}")
	record OneSubtype(Circle circle) {

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

	@Sample(value = "{'wrapped': {'one': {'value': 1}}}", also = "{'wrapped': {'two': {'value': 'x'}}}")
	record Wrapping(Wrapped wrapped) {

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
	@JsonSubTypes({ @JsonSubTypes.Type(Dog.class), @JsonSubTypes.Type(Cat.class) })
	interface Pet {

	}

	record Dog(String bark) implements Pet {

	}

	record Cat(String meow) implements Pet {

	}

	@Sample(value = "{'pet': {'bark': 'x'}}", also = "{'pet': {'meow': 'y'}}")
	record Deduced(Pet pet) {

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.EXISTING_PROPERTY, property = "type",
			visible = true)
	@JsonSubTypes({ @JsonSubTypes.Type(value = Car.class, name = "car"),
			@JsonSubTypes.Type(value = Bike.class, name = "bike") })
	public abstract static class Vehicle {

		public String type;

	}

	public static class Car extends Vehicle {

		public int doors;

	}

	public static class Bike extends Vehicle {

		public boolean bell;

	}

	@Sample(value = "{'vehicle': {'type': 'car', 'doors': 3}}", also = "{'vehicle': {'type': 'bike', 'bell': true}}")
	record Existing(Vehicle vehicle) {

	}

	@Sample(value = "{'first': {'type': 'Left', 'left': 'x'}}", also = "{'first': {'type': 'Right', 'right': 1}}")
	record Generic(Either<String, Integer> first) {

		sealed interface Either<L, R> {

			@JsonTypeName("Left")
			record Left<L, R>(L left) implements Either<L, R> {

			}

			@JsonTypeName("Right")
			record Right<L, R>(R right) implements Either<L, R> {

			}

		}

	}

	@Sample("{'id': 'x', 'a': 'y'}")
	record WithTypeId(@JsonTypeId String id, String a) {

	}

	@Sample("{'a': 'ab', 'b': 'x', 'c': ['y'], 'd': 5, 'e': 1.5, 'f': 'ABC', 'g': 'a@example.com', 'h': 'z', 'i': 1}")
	record Constrained(@Size(min = 2, max = 5) String a, @NotBlank String b, @NotEmpty List<@Size(max = 3) String> c,
			@Min(1) @Max(10) int d, @DecimalMin("1.0") double e, @Pattern(regexp = "[A-Z]{3}") String f,
			@Email String g, @NotNull String h, @Digits(integer = 3, fraction = 0) int i) {

	}

	@Sample("{'a': 1, 'b': 0, 'c': -1, 'd': 0, 'e': true, 'f': {'a': 'x', 'b': 2}}")
	record Signed(@Positive int a, @PositiveOrZero int b, @Negative int c, @NegativeOrZero int d, @AssertTrue boolean e,
			@Valid ObjectSamples.Plain f) {

	}

	@Sample("{'a': '2999-01-01', 'b': '2999-01-01', 'c': '2001-01-01', 'd': '2001-01-01'}")
	record Dated(@Future LocalDate a, @FutureOrPresent LocalDate b, @Past LocalDate c, @PastOrPresent LocalDate d) {

	}

	@Schema(description = "A product")
	@Sample(value = "{'name': 'x', 'remark': 'y', 'tags': ['z'], 'renamed': 'r', 'level': 'low'}", optional = "remark")
	record Product(@Schema(description = "Name", minLength = 1) String name,
			@Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED) String remark,
			@ArraySchema(maxItems = 3) List<String> tags, @Schema(hidden = true) String internal, @Hidden String hidden,
			@Schema(accessMode = Schema.AccessMode.READ_ONLY) String computed, @Schema(name = "other") String renamed,
			@Schema(allowableValues = "low", requiredMode = Schema.RequiredMode.REQUIRED) String level) {

	}

	@Sample(value = "{'a': 'x', 'b': 'y'}", optional = "a", also = "{'a': null, 'b': 'y'}")
	record ProductNulls(@Schema(nullable = true) String a, @Schema(example = "y") String b) {

	}

}
