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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import org.jspecify.annotations.Nullable;

/**
 * A call of a function that the model asks for.
 *
 * <p>
 * Wire: message {@code FunctionCall} of {@code v1beta}.
 *
 * @param id the id to be repeated in the result, absent on older models
 * @param name the name of the function
 * @param args the arguments by name, {@code null} if the model sent none
 * @param partialArgs pieces of arguments that are still being streamed, Vertex AI only
 * @param willContinue whether more pieces of this call follow, Vertex AI only
 * @param additional members that this version does not know, by name
 */
public record FunctionCall(@Nullable String id, @Nullable String name, @Nullable Map<String, @Nullable Object> args,
		@IncludeWhenPresent List<PartialArg> partialArgs, @Nullable Boolean willContinue,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the builder; components may be added.
	 */
	public FunctionCall {
		args = ImmutableCollections.map(args);
		partialArgs = ImmutableCollections.list(partialArgs);
		additional = ImmutableCollections.additional(additional);
	}

	/**
	 * Return the call reduced to its id, name and arguments. A call with the same
	 * identity as an earlier one in the same response is a repetition and must not be run
	 * again.
	 * @return the call reduced to its identity, or {@code null} if it has no id or its
	 * arguments are not complete
	 */
	public @Nullable FunctionCall identity() {
		if (this.id == null || Boolean.TRUE.equals(this.willContinue) || !this.partialArgs.isEmpty()) {
			return null;
		}
		return builder().id(this.id).name(this.name).args((this.args != null) ? this.args : Map.of()).build();
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
	 * Create a call.
	 * @param name the name of the function
	 * @param args the arguments by name
	 * @return a new call
	 */
	public static FunctionCall of(String name, Map<String, ? extends @Nullable Object> args) {
		return builder().name(Preconditions.hasText(name, "name"))
			.args(new LinkedHashMap<>(Preconditions.notNull(args, "args")))
			.build();
	}

	/**
	 * Builder for {@link FunctionCall}, not thread-safe.
	 */
	public static final class Builder {

		private @Nullable String id;

		private @Nullable String name;

		private @Nullable Map<String, @Nullable Object> args;

		private List<PartialArg> partialArgs = ImmutableCollections.absent();

		private @Nullable Boolean willContinue;

		private Map<String, @Nullable Object> additional = Map.of();

		private Builder() {
		}

		private Builder(FunctionCall message) {
			this.id = message.id;
			this.name = message.name;
			this.args = message.args;
			this.partialArgs = message.partialArgs;
			this.willContinue = message.willContinue;
			this.additional = message.additional;
		}

		/**
		 * Set the id to be repeated in the result, absent on older models.
		 * @param id the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder id(@Nullable String id) {
			this.id = id;
			return this;
		}

		/**
		 * Set the name of the function.
		 * @param name the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder name(@Nullable String name) {
			this.name = name;
			return this;
		}

		/**
		 * Set the arguments by name, {@code null} if the model sent none.
		 * @param args the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder args(@Nullable Map<String, @Nullable Object> args) {
			this.args = args;
			return this;
		}

		/**
		 * Set pieces of arguments that are still being streamed, Vertex AI only.
		 * @param partialArgs the values
		 * @return this builder
		 */
		public Builder partialArgs(List<PartialArg> partialArgs) {
			this.partialArgs = partialArgs;
			return this;
		}

		/**
		 * Set pieces of arguments that are still being streamed, Vertex AI only.
		 * @param partialArgs the values
		 * @return this builder
		 */
		public Builder partialArgs(PartialArg... partialArgs) {
			return partialArgs(List.of(partialArgs));
		}

		/**
		 * Set whether more pieces of this call follow, Vertex AI only.
		 * @param willContinue the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder willContinue(@Nullable Boolean willContinue) {
			this.willContinue = willContinue;
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
		public FunctionCall build() {
			return new FunctionCall(this.id, this.name, this.args, this.partialArgs, this.willContinue,
					this.additional);
		}

	}

}
