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

import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonBackReference;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonIgnoreType;
import com.fasterxml.jackson.annotation.JsonIncludeProperties;
import com.fasterxml.jackson.annotation.JsonManagedReference;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Types with members that are not read: ignored members and back-references.
 */
final class IgnoredSamples {

	private IgnoredSamples() {
	}

	@Sample("{'a': 'x'}")
	record IgnoredComponent(String a, @JsonIgnore String secret) {

	}

	@Sample("{'a': 'x', 'inner': [{'a': 'x'}]}")
	record IgnoredInList(String a, List<IgnoredComponent> inner) {

	}

	@Sample("{'a': 'x'}")
	record IgnoredAccessor(String a, String secret) {

		@Override
		@JsonIgnore
		public String secret() {
			return this.secret;
		}

	}

	@Sample("{'a': 'x'}")
	public static class IgnoredField {

		public String a;

		@JsonIgnore
		public String secret;

	}

	@Sample("{'a': 'x'}")
	public static class IgnoredGetter {

		private String a;

		private String secret;

		public String getA() {
			return this.a;
		}

		public void setA(String a) {
			this.a = a;
		}

		@JsonIgnore
		public String getSecret() {
			return this.secret;
		}

		public void setSecret(String secret) {
			this.secret = secret;
		}

	}

	@Sample("{'a': 'x'}")
	public static class IgnoredSetter {

		private String a;

		private String secret;

		public String getA() {
			return this.a;
		}

		public void setA(String a) {
			this.a = a;
		}

		public String getSecret() {
			return this.secret;
		}

		@JsonIgnore
		public void setSecret(String secret) {
			this.secret = secret;
		}

	}

	@JsonIgnoreProperties("secret")
	@Sample("{'a': 'x'}")
	record IgnoredByName(String a, String secret) {

	}

	@JsonIgnoreProperties(value = "secret", allowGetters = true)
	@Sample("{'a': 'x'}")
	record IgnoredForReading(String a, String secret) {

	}

	@JsonIgnoreProperties(value = "secret", allowSetters = true)
	@Sample("{'a': 'x', 'secret': 'y'}")
	record IgnoredForWriting(String a, String secret) {

	}

	@JsonIncludeProperties("a")
	@Sample("{'a': 'x'}")
	record IncludedByName(String a, String secret) {

	}

	@JsonIgnoreType
	record Internal(String text) {

	}

	@Sample("{'a': 'x'}")
	record IgnoredType(String a, Internal internal) {

	}

	@Sample("{'a': 'x'}")
	record ReadOnly(String a, @JsonProperty(access = JsonProperty.Access.READ_ONLY) String computed) {

	}

	@Sample("{'a': 'x'}")
	public static class ReadOnlyField {

		public String a;

		@JsonProperty(access = JsonProperty.Access.READ_ONLY)
		public String computed;

	}

	@Sample("{'a': 'x', 'password': 'y'}")
	record WriteOnly(String a, @JsonProperty(access = JsonProperty.Access.WRITE_ONLY) String password) {

	}

	@Sample("{'name': 'x', 'children': [{'name': 'y'}]}")
	public static class Parent {

		public String name;

		@JsonManagedReference
		public List<Child> children;

	}

	public static class Child {

		public String name;

		@JsonBackReference
		public Parent parent;

	}

	@Sample("{'name': 'x', 'lines': [{'item': 'y'}]}")
	public static class Order {

		private String name;

		@JsonManagedReference("order-lines")
		private List<Line> lines;

		public String getName() {
			return this.name;
		}

		public void setName(String name) {
			this.name = name;
		}

		public List<Line> getLines() {
			return this.lines;
		}

		public void setLines(List<Line> lines) {
			this.lines = lines;
		}

	}

	public static class Line {

		public String item;

		private Order order;

		@JsonBackReference("order-lines")
		public Order getOrder() {
			return this.order;
		}

		public void setOrder(Order order) {
			this.order = order;
		}

	}

	@Sample("{'name': 'x'}")
	public static class Orphan {

		public String name;

		@JsonBackReference
		public Parent parent;

	}

	@Sample("{'name': 'x', 'boss': {'name': 'y'}}")
	public static class Worker {

		public String name;

		@JsonIgnoreProperties("boss")
		public Worker boss;

	}

	@Sample("{'title': 'x', 'author': {'name': 'y'}}")
	public static class Novel {

		public String title;

		@JsonIgnoreProperties("novels")
		public Author author;

	}

	@Sample("{'name': 'x', 'novels': [{'title': 'y'}]}")
	public static class Author {

		public String name;

		@JsonIgnoreProperties("author")
		public List<Novel> novels;

	}

	@Sample(value = "{'name': 'x', 'byTitle': {'a': [{'title': 'y'}]}, 'best': {'title': 'z'}}", optional = "best")
	record Shelf(String name, @JsonIncludeProperties("title") Map<String, List<Novel>> byTitle,
			@JsonIncludeProperties("title") Optional<Novel> best) {

	}

	@Sample(value = "{'text': 'x', 'next': {'next': {}}}", optional = "next")
	public static class Chain {

		public String text;

		@Nullable
		@JsonIgnoreProperties("text")
		public Chain next;

	}

}
