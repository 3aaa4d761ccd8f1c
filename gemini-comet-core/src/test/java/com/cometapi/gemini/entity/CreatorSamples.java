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

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonPOJOBuilder;

/**
 * Types that are built by constructors, factory methods and builders.
 */
final class CreatorSamples {

	private CreatorSamples() {
	}

	@Sample("{'a': 'x', 'b': 1}")
	public static class Created {

		private final String text;

		@JsonCreator
		Created(@JsonProperty("a") String a, @JsonProperty("b") int b) {
			this.text = a + b;
		}

	}

	@Sample(value = "{'a': 'x', 'note': 'y'}", optional = "note")
	public static class CreatedAndSet {

		public String note = "none";

		private final String text;

		@JsonCreator
		CreatedAndSet(@JsonProperty("a") String a) {
			this.text = a;
		}

	}

	@Sample("{'a': 'x', 'b': 1}")
	public static final class Factory {

		private final String text;

		private Factory(String text) {
			this.text = text;
		}

		@JsonCreator
		static Factory of(@JsonProperty("a") String a, @JsonProperty("b") int b) {
			return new Factory(a + b);
		}

	}

	@Sample("{'code': {'value': 'x'}}")
	record Ordering(Delegating code) {

	}

	public static class Delegating {

		private final Map<String, String> values;

		@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
		Delegating(Map<String, String> values) {
			this.values = values;
		}

	}

	@Sample("{'code': 'x', 'number': 5}")
	record Codes(Code code, Size number) {

	}

	record Code(@JsonValue String value) {

		@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
		Code {
		}

	}

	public static final class Size {

		private final int value;

		private Size(int value) {
			this.value = value;
		}

		@JsonValue
		int value() {
			return this.value;
		}

		@JsonCreator
		static Size valueOf(int value) {
			return new Size(value);
		}

	}

	@JsonDeserialize(builder = Built.Builder.class)
	@Sample(value = "{'name': 'x', 'count': 1, 'unit': 'y'}", optional = "unit")
	public static final class Built {

		private final String text;

		private Built(Builder builder) {
			this.text = builder.name + builder.count + builder.unit;
		}

		public static final class Builder {

			private String name;

			private int count;

			private String unit = "m";

			Builder withName(String name) {
				this.name = name;
				return this;
			}

			Builder withCount(int count) {
				this.count = count;
				return this;
			}

			Builder withUnit(String unit) {
				this.unit = unit;
				return this;
			}

			Built build() {
				return new Built(this);
			}

		}

	}

	/**
	 * As the Lombok annotations {@code Value}, {@code Builder}, {@code Jacksonized},
	 * {@code Singular} and {@code Builder.Default} make it.
	 */
	@JsonDeserialize(builder = Lombok.LombokBuilder.class)
	@Sample(value = "{'name': 'x', 'tags': ['y'], 'limits': {'z': 1}, 'level': 3}", optional = "level")
	public static final class Lombok {

		private final String name;

		private final List<String> tags;

		private final Map<String, Integer> limits;

		private final int level;

		Lombok(String name, List<String> tags, Map<String, Integer> limits, int level) {
			this.name = name;
			this.tags = tags;
			this.limits = limits;
			this.level = level;
		}

		public String getName() {
			return this.name;
		}

		public List<String> getTags() {
			return this.tags;
		}

		public Map<String, Integer> getLimits() {
			return this.limits;
		}

		public int getLevel() {
			return this.level;
		}

		@JsonPOJOBuilder(withPrefix = "", buildMethodName = "build")
		public static class LombokBuilder {

			private String name;

			private ArrayList<String> tags;

			private ArrayList<String> limits$key;

			private ArrayList<Integer> limits$value;

			private boolean level$set;

			private int level$value;

			public LombokBuilder name(String name) {
				this.name = name;
				return this;
			}

			public LombokBuilder tag(String tag) {
				if (this.tags == null) {
					this.tags = new ArrayList<>();
				}
				this.tags.add(tag);
				return this;
			}

			public LombokBuilder tags(Collection<? extends String> tags) {
				tags.forEach(this::tag);
				return this;
			}

			public LombokBuilder clearTags() {
				this.tags = null;
				return this;
			}

			public LombokBuilder limit(String key, Integer value) {
				if (this.limits$key == null) {
					this.limits$key = new ArrayList<>();
					this.limits$value = new ArrayList<>();
				}
				this.limits$key.add(key);
				this.limits$value.add(value);
				return this;
			}

			public LombokBuilder limits(Map<? extends String, ? extends Integer> limits) {
				limits.forEach(this::limit);
				return this;
			}

			public LombokBuilder level(int level) {
				this.level$value = level;
				this.level$set = true;
				return this;
			}

			public Lombok build() {
				return new Lombok(this.name, this.tags, Map.of(), this.level$set ? this.level$value : 7);
			}

		}

	}

}
