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

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import org.jspecify.annotations.Nullable;

/**
 * A function of the application that the model may ask to call.
 *
 * <p>
 * Wire: message {@code FunctionDeclaration} of {@code v1beta}.
 *
 * @param name the name: letters, digits, {@code _} and {@code -}, at most 64, starting
 * with a letter or {@code _}
 * @param description the description of the function for the model: its purpose and when
 * to call it
 * @param parameters the parameters, an object schema; left out if there are none
 * @param parametersJsonSchema the parameters as a JSON Schema, instead of
 * {@code parameters}
 * @param response the result
 * @param responseJsonSchema the result as a JSON Schema, instead of {@code response}
 * @param behavior whether the model waits for the result, live API only
 * @param additional members that this version does not know, by name
 */
public record FunctionDeclaration(@Nullable String name, @Nullable String description, @Nullable Schema parameters,
		@Nullable Object parametersJsonSchema, @Nullable Schema response, @Nullable Object responseJsonSchema,
		@Nullable FunctionBehavior behavior, @JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the builder; components may be added.
	 */
	public FunctionDeclaration {
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
	 * Create the declaration of a function without parameters.
	 * @param name the name: letters, digits, {@code _} and {@code -}
	 * @param description the description of the function for the model
	 * @return a new declaration
	 */
	public static FunctionDeclaration of(String name, String description) {
		return builder().name(Preconditions.hasText(name, "name")).description(description).build();
	}

	/**
	 * Create the declaration of a function.
	 * @param name the name: letters, digits, {@code _} and {@code -}
	 * @param description the description of the function for the model
	 * @param parameters the parameters, an object with at least one property
	 * @return a new declaration
	 */
	public static FunctionDeclaration of(String name, String description, Schema parameters) {
		return builder().name(Preconditions.hasText(name, "name"))
			.description(description)
			.parameters(Preconditions.notNull(parameters, "parameters"))
			.build();
	}

	/**
	 * Builder for {@link FunctionDeclaration}, not thread-safe.
	 */
	public static final class Builder {

		private @Nullable String name;

		private @Nullable String description;

		private @Nullable Schema parameters;

		private @Nullable Object parametersJsonSchema;

		private @Nullable Schema response;

		private @Nullable Object responseJsonSchema;

		private @Nullable FunctionBehavior behavior;

		private Map<String, @Nullable Object> additional = Map.of();

		private Builder() {
		}

		private Builder(FunctionDeclaration message) {
			this.name = message.name;
			this.description = message.description;
			this.parameters = message.parameters;
			this.parametersJsonSchema = message.parametersJsonSchema;
			this.response = message.response;
			this.responseJsonSchema = message.responseJsonSchema;
			this.behavior = message.behavior;
			this.additional = message.additional;
		}

		/**
		 * Set the name: letters, digits, {@code _} and {@code -}, at most 64, starting
		 * with a letter or {@code _}.
		 * @param name the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder name(@Nullable String name) {
			this.name = name;
			return this;
		}

		/**
		 * Set the description for the model: the purpose of the function and when to call
		 * it.
		 * @param description the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder description(@Nullable String description) {
			this.description = description;
			return this;
		}

		/**
		 * Set the parameters, an object schema; left out if there are none.
		 * @param parameters the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder parameters(@Nullable Schema parameters) {
			this.parameters = parameters;
			return this;
		}

		/**
		 * Set the parameters as a JSON Schema, instead of {@code parameters}.
		 * @param parametersJsonSchema the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder parametersJsonSchema(@Nullable Object parametersJsonSchema) {
			this.parametersJsonSchema = parametersJsonSchema;
			return this;
		}

		/**
		 * Set the result.
		 * @param response the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder response(@Nullable Schema response) {
			this.response = response;
			return this;
		}

		/**
		 * Set the result as a JSON Schema, instead of {@code response}.
		 * @param responseJsonSchema the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder responseJsonSchema(@Nullable Object responseJsonSchema) {
			this.responseJsonSchema = responseJsonSchema;
			return this;
		}

		/**
		 * Set whether the model waits for the result, live API only.
		 * @param behavior the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder behavior(@Nullable FunctionBehavior behavior) {
			this.behavior = behavior;
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
		public FunctionDeclaration build() {
			return new FunctionDeclaration(this.name, this.description, this.parameters, this.parametersJsonSchema,
					this.response, this.responseJsonSchema, this.behavior, this.additional);
		}

	}

}
