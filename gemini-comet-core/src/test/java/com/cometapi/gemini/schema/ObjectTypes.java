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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
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
 * Records, beans and collections, with annotations.
 */
final class ObjectTypes {

	private ObjectTypes() {
	}

	record Planet(String name, double distanceInAu, int moons, boolean rings) {

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
			@JsonAlias("writer") String author, ScalarTypes.Color cover) {

	}

	@Schema(description = "A product of the shop")
	record Product(@Schema(description = "Name of the product", minLength = 3) String name,
			@Schema(description = "Price in euros", minimum = "0", maximum = "1000") BigDecimal price,
			@Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED) String remark,
			@Schema(hidden = true) String internal) {

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

	record Choices(Optional<@Size(max = 5) String> code, Optional<List<@Positive Integer>> picks,
			List<Optional<@Pattern(regexp = "[a-z]+") String>> words) {

	}

	record Arguments(Map<String, @Min(1) Integer> counts, Optional<@Size(max = 5) String> code,
			Map<String, @Size(min = 1) List<@Size(max = 3) String>> tags, Map<String, @Nullable Integer> holes,
			Optional<List<@Positive Integer>> picks, List<Map<String, @Max(9) Integer>> table,
			@JsonPropertyDescription("Names by number") @NotEmpty Map<Integer, @Pattern(
					regexp = "[a-z]+") String> names,
			List<String>[] rows) {

	}

}
