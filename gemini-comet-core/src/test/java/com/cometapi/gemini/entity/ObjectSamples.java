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
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Types whose members have values before anything is read, or can hold anything.
 */
final class ObjectSamples {

	private ObjectSamples() {
	}

	@Sample("{'a': 'x', 'b': 1}")
	record Plain(String a, int b) {

	}

	@Sample("{'value': 'x', 'values': ['y']}")
	record TextBox(String value, List<String> values) {

	}

	@Sample(value = "{'title': 'x', 'tags': ['y'], 'limit': 5, 'count': 1, 'open': true}",
			optional = { "title", "tags", "limit", "open" })
	public static class InitialValues {

		private String title = "none";

		private List<String> tags = new ArrayList<>();

		private int limit = 10;

		private boolean open = true;

		private int count;

		public String getTitle() {
			return this.title;
		}

		public void setTitle(String title) {
			this.title = title;
		}

		public List<String> getTags() {
			return this.tags;
		}

		public void setTags(List<String> tags) {
			this.tags = tags;
		}

		public int getLimit() {
			return this.limit;
		}

		public void setLimit(int limit) {
			this.limit = limit;
		}

		public void setOpen(boolean open) {
			this.open = open;
		}

		public void setCount(int count) {
			this.count = count;
		}

	}

	@Sample(value = "{'id': 1, 'name': 'x', 'unit': 'y'}", optional = "unit")
	public static class Derived extends Base {

		public String name;

	}

	public static class Base {

		public long id;

		public String unit = "m";

	}

	/**
	 * As Kotlin compiles {@code data class Trip(val city: String, val days: Int = 3)},
	 * read without Jackson's module for Kotlin.
	 */
	@Sample("{'city': 'x', 'days': 1}")
	public static final class DataClass {

		private final String city;

		private final int days;

		@JsonCreator
		DataClass(@JsonProperty("city") String city, @JsonProperty("days") int days) {
			this.city = city;
			this.days = days;
		}

		@SuppressWarnings("unused")
		DataClass(String city, int days, int mask, Object marker) {
			this(city, ((mask & 2) != 0) ? 3 : days);
		}

		public String getCity() {
			return this.city;
		}

		public int getDays() {
			return this.days;
		}

		public String component1() {
			return this.city;
		}

		public int component2() {
			return this.days;
		}

	}

	@Sample("{'name': 'x', 'value': {'any': [1, null, {'thing': true}]}, 'list': [1, 'y', {}]}")
	record Anything(String name, Object value, List<Object> list) {

	}

	@Sample(value = "{'node': {'a': [1]}, 'object': {'b': 1}, 'array': [1, 'x']}",
			also = "{'node': 1, 'object': {}, 'array': []}")
	record Nodes(JsonNode node, ObjectNode object, ArrayNode array) {

	}

	@Sample("{'values': {'a': 1, 'b': {'c': [true]}}, 'rows': [{'d': 'x'}]}")
	record Loose(Map<String, Object> values, List<Map<String, Object>> rows) {

	}

	@Sample("{'name': 'x', 'nodes': {'a': {'b': 1}}, 'any': [1]}")
	record LooseNodes(String name, Map<String, JsonNode> nodes, Object[] any) {

	}

	@SuppressWarnings("rawtypes")
	@Sample("{'list': [1, 'x'], 'map': {'a': 1}}")
	record Raw(List list, Map map) {

	}

	@Sample(value = "{'value': 1}", optional = "value", also = "{'value': null}")
	record MaybeAnything(@Nullable Object value) {

	}

	@Sample(value = "{'name': 'x', 'children': [{'name': 'y', 'children': []}]}", optional = "children")
	record Recursive(String name, List<Recursive> children) {

	}

	@JsonDeserialize(as = NamedRecord.class)
	interface NamedInterface {

		String name();

	}

	record NamedRecord(String name, int size) implements NamedInterface {

	}

	@JsonDeserialize(as = ReadAs.Target.class)
	@Sample("{'name': 'x', 'other': {'name': 'y', 'size': 1}}")
	interface ReadAs {

		record Target(String name, NamedInterface other) implements ReadAs {

		}

	}

	@Sample("{'a': 'x'}")
	record Computed(String a) {

		@JsonIgnore
		String getUpper() {
			return this.a.toUpperCase();
		}

		boolean isLong() {
			return this.a.length() > 5;
		}

	}

}
