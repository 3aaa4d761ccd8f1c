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

import java.util.List;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * Types with subtypes.
 */
final class ChoiceTypes {

	private ChoiceTypes() {
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

}
