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

package com.cometapi.gemini.api;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The type of a value, in the subset of OpenAPI 3.0 that the API takes.
 *
 * <p>
 * Wire: message {@code Schema} of {@code v1beta}.
 *
 * @param type the kind of value
 * @param format the format of the value, such as {@code enum} or {@code date-time}
 * @param title the title
 * @param description the meaning of the value
 * @param nullable whether the value may be null
 * @param enumValues the values to choose from
 * @param items the type of the elements of an array
 * @param minItems the smallest number of elements
 * @param maxItems the largest number of elements
 * @param properties the members of an object
 * @param required the members that must be present
 * @param propertyOrdering the order of the members
 * @param minProperties the smallest number of members
 * @param maxProperties the largest number of members
 * @param minimum the smallest number
 * @param maximum the largest number
 * @param minLength the smallest length of a text
 * @param maxLength the largest length of a text
 * @param pattern a regular expression that a text matches
 * @param anyOf the types of which one must fit
 * @param defaultValue the value if none is given
 * @param example an example of the value
 * @param additional members that this version does not know, by name
 */
public record Schema(@Nullable SchemaType type, @Nullable String format, @Nullable String title,
		@Nullable String description, @Nullable Boolean nullable,
		@JsonProperty("enum") @IncludeWhenPresent List<String> enumValues, @Nullable Schema items,
		@JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Long minItems,
		@JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Long maxItems, @Nullable Map<String, Schema> properties,
		@IncludeWhenPresent List<String> required, @IncludeWhenPresent List<String> propertyOrdering,
		@JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Long minProperties,
		@JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Long maxProperties, @Nullable Double minimum,
		@Nullable Double maximum, @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Long minLength,
		@JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Long maxLength, @Nullable String pattern,
		@IncludeWhenPresent List<Schema> anyOf, @JsonProperty("default") @Nullable Object defaultValue,
		@Nullable Object example, @JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the builder; components may be added.
	 */
	public Schema {
		enumValues = ImmutableCollections.list(enumValues);
		properties = ImmutableCollections.map(properties);
		required = ImmutableCollections.list(required);
		propertyOrdering = ImmutableCollections.list(propertyOrdering);
		anyOf = ImmutableCollections.list(anyOf);
		additional = ImmutableCollections.additional(additional);
	}

	/**
	 * Return a builder with this message's values.
	 * @return a new builder
	 */
	public Builder toBuilder() {
		return new Builder(this);
	}

	/**
	 * Return a builder without values.
	 * @return a new builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Builder for {@link Schema}, not thread-safe.
	 */
	public static final class Builder {

		private @Nullable SchemaType type;

		private @Nullable String format;

		private @Nullable String title;

		private @Nullable String description;

		private @Nullable Boolean nullable;

		private List<String> enumValues = ImmutableCollections.absent();

		private @Nullable Schema items;

		private @Nullable Long minItems;

		private @Nullable Long maxItems;

		private @Nullable Map<String, Schema> properties;

		private List<String> required = ImmutableCollections.absent();

		private List<String> propertyOrdering = ImmutableCollections.absent();

		private @Nullable Long minProperties;

		private @Nullable Long maxProperties;

		private @Nullable Double minimum;

		private @Nullable Double maximum;

		private @Nullable Long minLength;

		private @Nullable Long maxLength;

		private @Nullable String pattern;

		private List<Schema> anyOf = ImmutableCollections.absent();

		private @Nullable Object defaultValue;

		private @Nullable Object example;

		private Map<String, @Nullable Object> additional = Map.of();

		private Builder() {
		}

		private Builder(Schema message) {
			this.type = message.type;
			this.format = message.format;
			this.title = message.title;
			this.description = message.description;
			this.nullable = message.nullable;
			this.enumValues = message.enumValues;
			this.items = message.items;
			this.minItems = message.minItems;
			this.maxItems = message.maxItems;
			this.properties = message.properties;
			this.required = message.required;
			this.propertyOrdering = message.propertyOrdering;
			this.minProperties = message.minProperties;
			this.maxProperties = message.maxProperties;
			this.minimum = message.minimum;
			this.maximum = message.maximum;
			this.minLength = message.minLength;
			this.maxLength = message.maxLength;
			this.pattern = message.pattern;
			this.anyOf = message.anyOf;
			this.defaultValue = message.defaultValue;
			this.example = message.example;
			this.additional = message.additional;
		}

		/**
		 * Set the kind of value.
		 * @param type the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder type(@Nullable SchemaType type) {
			this.type = type;
			return this;
		}

		/**
		 * Set the format of the value, such as {@code enum} or {@code date-time}.
		 * @param format the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder format(@Nullable String format) {
			this.format = format;
			return this;
		}

		/**
		 * Set the title.
		 * @param title the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder title(@Nullable String title) {
			this.title = title;
			return this;
		}

		/**
		 * Set the meaning of the value.
		 * @param description the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder description(@Nullable String description) {
			this.description = description;
			return this;
		}

		/**
		 * Set whether the value may be null.
		 * @param nullable the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder nullable(@Nullable Boolean nullable) {
			this.nullable = nullable;
			return this;
		}

		/**
		 * Set the values to choose from.
		 * @param enumValues the values
		 * @return this builder
		 */
		public Builder enumValues(List<String> enumValues) {
			this.enumValues = enumValues;
			return this;
		}

		/**
		 * Set the values to choose from.
		 * @param enumValues the values
		 * @return this builder
		 */
		public Builder enumValues(String... enumValues) {
			return enumValues(List.of(enumValues));
		}

		/**
		 * Set the type of the elements of an array.
		 * @param items the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder items(@Nullable Schema items) {
			this.items = items;
			return this;
		}

		/**
		 * Set the smallest number of elements.
		 * @param minItems the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder minItems(@Nullable Long minItems) {
			this.minItems = minItems;
			return this;
		}

		/**
		 * Set the largest number of elements.
		 * @param maxItems the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder maxItems(@Nullable Long maxItems) {
			this.maxItems = maxItems;
			return this;
		}

		/**
		 * Set the members of an object.
		 * @param properties the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder properties(@Nullable Map<String, Schema> properties) {
			this.properties = properties;
			return this;
		}

		/**
		 * Set the members that must be present.
		 * @param required the values
		 * @return this builder
		 */
		public Builder required(List<String> required) {
			this.required = required;
			return this;
		}

		/**
		 * Set the members that must be present.
		 * @param required the values
		 * @return this builder
		 */
		public Builder required(String... required) {
			return required(List.of(required));
		}

		/**
		 * Set the order of the members.
		 * @param propertyOrdering the values
		 * @return this builder
		 */
		public Builder propertyOrdering(List<String> propertyOrdering) {
			this.propertyOrdering = propertyOrdering;
			return this;
		}

		/**
		 * Set the order of the members.
		 * @param propertyOrdering the values
		 * @return this builder
		 */
		public Builder propertyOrdering(String... propertyOrdering) {
			return propertyOrdering(List.of(propertyOrdering));
		}

		/**
		 * Set the smallest number of members.
		 * @param minProperties the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder minProperties(@Nullable Long minProperties) {
			this.minProperties = minProperties;
			return this;
		}

		/**
		 * Set the largest number of members.
		 * @param maxProperties the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder maxProperties(@Nullable Long maxProperties) {
			this.maxProperties = maxProperties;
			return this;
		}

		/**
		 * Set the smallest number.
		 * @param minimum the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder minimum(@Nullable Double minimum) {
			this.minimum = minimum;
			return this;
		}

		/**
		 * Set the largest number.
		 * @param maximum the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder maximum(@Nullable Double maximum) {
			this.maximum = maximum;
			return this;
		}

		/**
		 * Set the smallest length of a text.
		 * @param minLength the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder minLength(@Nullable Long minLength) {
			this.minLength = minLength;
			return this;
		}

		/**
		 * Set the largest length of a text.
		 * @param maxLength the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder maxLength(@Nullable Long maxLength) {
			this.maxLength = maxLength;
			return this;
		}

		/**
		 * Set a regular expression that a text matches.
		 * @param pattern the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder pattern(@Nullable String pattern) {
			this.pattern = pattern;
			return this;
		}

		/**
		 * Set the types of which one must fit.
		 * @param anyOf the values
		 * @return this builder
		 */
		public Builder anyOf(List<Schema> anyOf) {
			this.anyOf = anyOf;
			return this;
		}

		/**
		 * Set the types of which one must fit.
		 * @param anyOf the values
		 * @return this builder
		 */
		public Builder anyOf(Schema... anyOf) {
			return anyOf(List.of(anyOf));
		}

		/**
		 * Set the value if none is given.
		 * @param defaultValue the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder defaultValue(@Nullable Object defaultValue) {
			this.defaultValue = defaultValue;
			return this;
		}

		/**
		 * Set an example of the value.
		 * @param example the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder example(@Nullable Object example) {
			this.example = example;
			return this;
		}

		/**
		 * Set members that this version does not know, sent as they are.
		 * @param additional the members by name
		 * @return this builder
		 */
		public Builder additional(Map<String, @Nullable Object> additional) {
			this.additional = additional;
			return this;
		}

		/**
		 * Build the message.
		 * @return a new, immutable message
		 */
		public Schema build() {
			return new Schema(this.type, this.format, this.title, this.description, this.nullable, this.enumValues,
					this.items, this.minItems, this.maxItems, this.properties, this.required, this.propertyOrdering,
					this.minProperties, this.maxProperties, this.minimum, this.maximum, this.minLength, this.maxLength,
					this.pattern, this.anyOf, this.defaultValue, this.example, this.additional);
		}

	}

}
