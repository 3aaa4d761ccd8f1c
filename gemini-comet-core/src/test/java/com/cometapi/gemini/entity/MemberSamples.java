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

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonGetter;
import com.fasterxml.jackson.annotation.JsonIdentityInfo;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonMerge;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonRootName;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonView;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.ObjectIdGenerators;
import com.fasterxml.jackson.annotation.OptBoolean;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.util.StdConverter;

/**
 * Types whose members are named, optional and read in many ways.
 */
final class MemberSamples {

	private MemberSamples() {
	}

	@Sample(value = "{'author': 'x'}", also = "{'writer': 'x'}")
	record Aliased(@JsonAlias("writer") String author) {

	}

	@Sample(value = "{'list': [{'author': 'x'}]}", also = "{'list': [{'author': 'x'}, {'writer': 'y'}]}")
	record AliasedInList(List<Aliased> list) {

	}

	@Sample(value = "{'author': 'x', 'next': null}", optional = "next",
			also = "{'author': 'x', 'next': {'writer': 'y'}}")
	public static class AliasedInCycle {

		@JsonAlias("writer")
		public String author;

		@Nullable public AliasedInCycle next;

	}

	@Sample(value = "{'map': {'k': {'author': 'x'}}}", also = "{'map': {'k': {'writer': 'x'}}}")
	record AliasedInMap(Map<String, Aliased> map) {

	}

	@Sample("{'first-name': 'x'}")
	record Renamed(@JsonProperty("first-name") String name) {

	}

	@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
	@Sample("{'first_name': 'x'}")
	record Snake(String firstName) {

	}

	@Sample(value = "{'a': 'x', 'b': 'y'}", optional = "b")
	record NotRequired(@JsonProperty(required = true) String a, @JsonProperty(isRequired = OptBoolean.FALSE) String b) {

	}

	@Sample(value = "{'a': 'x', 'b': 7, 'c': 8}", optional = "c")
	record WithDefault(String a, @JsonProperty(defaultValue = "7") int b, @JsonProperty(defaultValue = "8") Integer c) {

	}

	@Sample("{'a': 'x'}")
	record Described(@JsonPropertyDescription("A letter") String a) {

	}

	@Sample("{'a': 'x'}")
	record Injected(String a, @JacksonInject(value = "b", optional = OptBoolean.TRUE) String b) {

	}

	@Sample("{'a': 'x', 'b': 'y'}")
	record Included(@JsonInclude(JsonInclude.Include.NON_NULL) String a, @JsonRawValue String b) {

	}

	@Sample("{'a': 'x', 'b': 'y'}")
	record Viewed(@JsonView(Object.class) String a, String b) {

	}

	@JsonRootName("root")
	@Sample("{'a': 'x'}")
	record Rooted(String a) {

	}

	@Sample(value = "{'name': 'x', 'other': 'y'}", optional = "other")
	public static class AnyMap {

		public String name;

		@JsonAnySetter
		@JsonAnyGetter
		private Map<String, String> more = new LinkedHashMap<>();

	}

	@Sample(value = "{'name': 'x', 'other': 'y'}", optional = "other")
	public static class AnyMethod {

		public String name;

		private final Map<String, Object> more = new LinkedHashMap<>();

		@JsonAnySetter
		public void add(String name, Object value) {
			this.more.put(name, value);
		}

	}

	@Sample(value = "{'name': 'x', 'other': 1}", optional = "other")
	record AnyComponent(String name, @JsonAnySetter Map<String, Integer> more) {

	}

	@Sample(value = "{'other': 1}", optional = "other")
	public static class OnlyAny {

		@JsonAnySetter
		public Map<String, Integer> more = new LinkedHashMap<>();

	}

	@Sample("{'name': 'x', 'street': 'y', 'home_street': 'z'}")
	record Unwrapped(String name, @JsonUnwrapped Street street, @JsonUnwrapped(prefix = "home_") Street home) {

	}

	record Street(String street) {

	}

	@JsonIdentityInfo(generator = ObjectIdGenerators.IntSequenceGenerator.class, property = "@id")
	@Sample("{'name': 'x'}")
	public static class Identified {

		public String name;

	}

	@JsonIdentityInfo(generator = ObjectIdGenerators.PropertyGenerator.class, property = "id")
	@Sample("{'id': 1, 'name': 'x'}")
	public static class IdentifiedByProperty {

		public int id;

		public String name;

	}

	@Sample(value = "{'tags': ['x'], 'name': 'y'}", optional = "tags")
	public static class Setters {

		private final List<String> tags = new ArrayList<>();

		private String hidden;

		@JsonSetter("name")
		public void rename(String name) {
			this.hidden = name;
		}

		@JsonGetter("name")
		public String readName() {
			return this.hidden;
		}

		public void setTags(List<String> tags) {
			this.tags.addAll(tags);
		}

	}

	@Sample("{'a': 'x', 'b': ['y']}")
	record Nulled(@JsonSetter(nulls = Nulls.FAIL) String a,
			@JsonSetter(nulls = Nulls.AS_EMPTY, contentNulls = Nulls.SKIP) List<String> b) {

	}

	@Sample(value = "{'tags': ['x']}", optional = "tags")
	public static class Merged {

		@JsonMerge
		public List<String> tags = new ArrayList<>(List.of("first"));

	}

	@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
	@Sample("{'a': 'x', 'b': 1}")
	public static class Fields {

		private String a;

		private int b;

	}

	@Sample("{'number': 5, 'list': [1]}")
	record As(@JsonDeserialize(as = Integer.class) Number number,
			@JsonDeserialize(contentAs = Integer.class) List<? extends Number> list) {

	}

	@Sample("{'amount': '1.5'}")
	record Converted(@JsonDeserialize(converter = TextToDecimal.class) BigDecimal amount) {

	}

	public static class TextToDecimal extends StdConverter<String, BigDecimal> {

		@Override
		public BigDecimal convert(String value) {
			return new BigDecimal(value);
		}

	}

	@Sample("{'date': '2026-11-22'}")
	record LenientlyRead(@JsonDeserialize(using = LenientDate.class) LocalDate date) {

	}

	public static class LenientDate extends StdDeserializer<LocalDate> {

		LenientDate() {
			super(LocalDate.class);
		}

		@Override
		public LocalDate deserialize(JsonParser parser, DeserializationContext context) {
			return LocalDate.parse(parser.getString().trim());
		}

	}

	@Sample("{'date': '22.11.2026', 'color': 1, 'text': '1.5'}")
	record Formatted(@JsonFormat(pattern = "dd.MM.yyyy") LocalDate date,
			@JsonFormat(shape = JsonFormat.Shape.NUMBER) SubtypeSamples.Color color,
			@JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal text) {

	}

	@Sample(value = "{'a': 'x', 'b': 1, 'c': 2, 'd': 1.5, 'e': ['y'], 'f': 'z', 'g': 'n', 'h': ['k']}",
			optional = { "a", "b", "c", "d", "e", "f", "g" },
			also = "{'a': null, 'b': null, 'c': null, 'd': null, 'e': null, 'f': null, 'g': null, 'h': [null]}")
	record Absent(Optional<String> a, OptionalInt b, OptionalLong c, OptionalDouble d, Optional<List<String>> e,
			AtomicReference<String> f, @Nullable String g, List<@Nullable String> h) {

	}

	@Sample(value = "{'a': 'x', 'b': 'y', 'c': 'z'}", optional = { "a", "b", "c" },
			also = "{'a': null, 'b': null, 'c': null}")
	public static class NullableBean {

		@Nullable public String a;

		private String b;

		private String c;

		@Nullable public String getB() {
			return this.b;
		}

		public void setB(String b) {
			this.b = b;
		}

		public String getC() {
			return this.c;
		}

		public void setC(@Nullable String c) {
			this.c = c;
		}

	}

	@Sample("{'numbers': [1], 'amounts': ['1.5'], 'byName': {'k': '1.5'}, 'number': 1, 'names': {'1': 'x'}}")
	record Narrowed(@JsonDeserialize(contentAs = Integer.class) List<Number> numbers,
			@JsonDeserialize(contentConverter = TextToDecimal.class) List<BigDecimal> amounts,
			@JsonDeserialize(contentConverter = TextToDecimal.class) Map<String, BigDecimal> byName,
			@JsonDeserialize(as = Integer.class) Number number,
			@JsonDeserialize(keyAs = Integer.class) Map<Object, String> names) {

	}

	@Sample("{'dates': ['2026-11-22']}")
	record LenientElements(@JsonDeserialize(contentUsing = LenientDate.class) List<LocalDate> dates) {

	}

	@Sample(value = "{'names': [null, 'x'], 'rows': [[null]], 'lists': [['x', null]], 'may': [1]}", optional = "may")
	record NullableElements(@Nullable String[] names, @Nullable Integer[][] rows, List<@Nullable String>[] lists,
			Integer @Nullable [] may) {

	}

}
