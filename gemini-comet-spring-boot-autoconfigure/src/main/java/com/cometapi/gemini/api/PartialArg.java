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
 * A piece of an argument that is being streamed (Vertex AI only).
 *
 * <p>
 * Wire: message {@code PartialArg} of {@code v1beta}.
 *
 * @param jsonPath the place of the value in the arguments, such as {@code $.city}
 * @param stringValue the piece of text to append
 * @param numberValue the number
 * @param boolValue the truth value
 * @param nullValue {@code NULL_VALUE} if the value is null
 * @param willContinue whether more pieces follow for the same path
 * @param additional members that this version does not know, by name
 */
public record PartialArg(@Nullable String jsonPath, @Nullable String stringValue, @Nullable Double numberValue,
		@Nullable Boolean boolValue, @Nullable String nullValue, @Nullable Boolean willContinue,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * For Jackson and the builder: the components may grow in number with the wire.
	 */
	public PartialArg {
		additional = Copies.additional(additional);
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
	 * Builder for {@link PartialArg}, not thread-safe.
	 */
	public static final class Builder {

		private @Nullable String jsonPath;

		private @Nullable String stringValue;

		private @Nullable Double numberValue;

		private @Nullable Boolean boolValue;

		private @Nullable String nullValue;

		private @Nullable Boolean willContinue;

		private Map<String, @Nullable Object> additional = Map.of();

		private Builder() {
		}

		private Builder(PartialArg message) {
			this.jsonPath = message.jsonPath;
			this.stringValue = message.stringValue;
			this.numberValue = message.numberValue;
			this.boolValue = message.boolValue;
			this.nullValue = message.nullValue;
			this.willContinue = message.willContinue;
			this.additional = message.additional;
		}

		/**
		 * Set the place of the value in the arguments, such as {@code $.city}.
		 * @param jsonPath the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder jsonPath(@Nullable String jsonPath) {
			this.jsonPath = jsonPath;
			return this;
		}

		/**
		 * Set the piece of text to append.
		 * @param stringValue the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder stringValue(@Nullable String stringValue) {
			this.stringValue = stringValue;
			return this;
		}

		/**
		 * Set the number.
		 * @param numberValue the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder numberValue(@Nullable Double numberValue) {
			this.numberValue = numberValue;
			return this;
		}

		/**
		 * Set the truth value.
		 * @param boolValue the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder boolValue(@Nullable Boolean boolValue) {
			this.boolValue = boolValue;
			return this;
		}

		/**
		 * Set {@code NULL_VALUE} if the value is null.
		 * @param nullValue the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder nullValue(@Nullable String nullValue) {
			this.nullValue = nullValue;
			return this;
		}

		/**
		 * Set whether more pieces follow for the same path.
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
		public PartialArg build() {
			return new PartialArg(this.jsonPath, this.stringValue, this.numberValue, this.boolValue, this.nullValue,
					this.willContinue, this.additional);
		}

	}

}
