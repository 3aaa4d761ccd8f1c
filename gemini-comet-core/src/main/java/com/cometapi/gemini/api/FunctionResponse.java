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
 * The result of a function that the model asked for.
 *
 * <p>
 * Wire: message {@code FunctionResponse} of {@code v1beta}.
 *
 * @param id the id of the call, if it had one
 * @param name the name of the function
 * @param response the result, an object; by convention {@code output} or {@code error}
 * holds a plain value
 * @param parts media that belong to the result, Gemini 3
 * @param willContinue whether more results follow, live API only
 * @param scheduling the time at which the model considers the result, live API only
 * @param additional members that this version does not know, by name
 */
public record FunctionResponse(@Nullable String id, @Nullable String name,
		@Nullable Map<String, @Nullable Object> response, @IncludeWhenPresent List<FunctionResponsePart> parts,
		@Nullable Boolean willContinue, @Nullable FunctionResponseScheduling scheduling,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the builder; components may be added.
	 */
	public FunctionResponse {
		response = ImmutableCollections.map(response);
		parts = ImmutableCollections.list(parts);
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
	 * Create the result of a call.
	 * @param id the id of the call, or {@code null} if the call had none
	 * @param name the name of the function
	 * @param response the result, by convention under {@code output} or {@code error}
	 * @return a new result
	 */
	public static FunctionResponse of(@Nullable String id, String name,
			Map<String, ? extends @Nullable Object> response) {
		return builder().id(id)
			.name(Preconditions.hasText(name, "name"))
			.response(new LinkedHashMap<>(Preconditions.notNull(response, "response")))
			.build();
	}

	/**
	 * Create the result of a call that the model asked for.
	 * @param call the call
	 * @param response the result, by convention under {@code output} or {@code error}
	 * @return a new result with the id and the name of the call
	 */
	public static FunctionResponse of(FunctionCall call, Map<String, ? extends @Nullable Object> response) {
		return of(call.id(), Preconditions.hasText(call.name(), "name"), response);
	}

	/**
	 * Builder for {@link FunctionResponse}, not thread-safe.
	 */
	public static final class Builder {

		private @Nullable String id;

		private @Nullable String name;

		private @Nullable Map<String, @Nullable Object> response;

		private List<FunctionResponsePart> parts = ImmutableCollections.absent();

		private @Nullable Boolean willContinue;

		private @Nullable FunctionResponseScheduling scheduling;

		private Map<String, @Nullable Object> additional = Map.of();

		private Builder() {
		}

		private Builder(FunctionResponse message) {
			this.id = message.id;
			this.name = message.name;
			this.response = message.response;
			this.parts = message.parts;
			this.willContinue = message.willContinue;
			this.scheduling = message.scheduling;
			this.additional = message.additional;
		}

		/**
		 * Set the id of the call, if it had one.
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
		 * Set the result, an object; by convention {@code output} or {@code error} holds
		 * a plain value.
		 * @param response the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder response(@Nullable Map<String, @Nullable Object> response) {
			this.response = response;
			return this;
		}

		/**
		 * Set media that belong to the result, Gemini 3.
		 * @param parts the values
		 * @return this builder
		 */
		public Builder parts(List<FunctionResponsePart> parts) {
			this.parts = parts;
			return this;
		}

		/**
		 * Set media that belong to the result, Gemini 3.
		 * @param parts the values
		 * @return this builder
		 */
		public Builder parts(FunctionResponsePart... parts) {
			return parts(List.of(parts));
		}

		/**
		 * Set whether more results follow, live API only.
		 * @param willContinue the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder willContinue(@Nullable Boolean willContinue) {
			this.willContinue = willContinue;
			return this;
		}

		/**
		 * Set the time at which the model considers the result, live API only.
		 * @param scheduling the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder scheduling(@Nullable FunctionResponseScheduling scheduling) {
			this.scheduling = scheduling;
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
		public FunctionResponse build() {
			return new FunctionResponse(this.id, this.name, this.response, this.parts, this.willContinue,
					this.scheduling, this.additional);
		}

	}

}
