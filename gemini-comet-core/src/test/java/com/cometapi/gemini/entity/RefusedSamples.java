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

import com.fasterxml.jackson.annotation.JsonBackReference;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * Types that have no schema or whose values cannot be read.
 */
final class RefusedSamples {

	private RefusedSamples() {
	}

	record IgnoredPrimitive(String a, @JsonIgnore int secret) {

	}

	record TypedMember(@JsonTypeInfo(use = JsonTypeInfo.Id.NAME) Colored value) {

	}

	record ReadByOwnWay(@JsonDeserialize(using = DayNumber.class) LocalDate date) {

	}

	public static class DayNumber extends StdDeserializer<LocalDate> {

		DayNumber() {
			super(LocalDate.class);
		}

		@Override
		public LocalDate deserialize(JsonParser parser, DeserializationContext context) {
			return LocalDate.ofEpochDay(parser.getLongValue());
		}

	}

	record ObjectReadByOwnWay(@JsonDeserialize(using = PlainReader.class) ObjectSamples.Plain plain) {

	}

	public static class PlainReader extends StdDeserializer<ObjectSamples.Plain> {

		PlainReader() {
			super(ObjectSamples.Plain.class);
		}

		@Override
		public ObjectSamples.Plain deserialize(JsonParser parser, DeserializationContext context) {
			return new ObjectSamples.Plain(parser.getString(), 0);
		}

	}

	enum UnreadableEnum {

		FIRST;

		@JsonCreator
		static UnreadableEnum of(String text) {
			throw new IllegalArgumentException("No " + text);
		}

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
	@JsonSubTypes({ @JsonSubTypes.Type(value = Named.class, name = "named"),
			@JsonSubTypes.Type(value = Basic.class, name = "basic") })
	interface Colored {

	}

	record Named(String name) implements Colored {

	}

	enum Basic implements Colored {

		RED

	}

	record BackReference(String a, @JsonBackReference ObjectSamples.Plain plain) {

	}

	record UnwrappedMap(String a, @JsonUnwrapped Map<String, String> map) {

	}

	record CyclicSelection(String name, @JsonIgnoreProperties("boss") CyclicSelection boss) {

	}

	interface Open {

		String name();

	}

	record Generic<T>(T value) {

	}

	record ElementsReadByOwnWay(@JsonDeserialize(contentUsing = PlainReader.class) List<ObjectSamples.Plain> list) {

	}

}
