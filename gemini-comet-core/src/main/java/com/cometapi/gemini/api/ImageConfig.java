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
 * Settings for generated images.
 *
 * <p>
 * Wire: message {@code ImageConfig} of {@code v1beta}.
 *
 * @param aspectRatio the ratio of width to height, such as {@code 16:9}
 * @param imageSize the size of the image: {@code 512}, {@code 1K}, {@code 2K} or
 * {@code 4K}
 * @param personGeneration the policy for generating persons, Vertex AI only
 * @param prominentPeople whether to draw prominent people, Vertex AI only
 * @param imageOutputOptions the format of the image, Vertex AI only
 * @param additional members that this version does not know, by name
 */
public record ImageConfig(@Nullable String aspectRatio, @Nullable String imageSize, @Nullable String personGeneration,
		@Nullable String prominentPeople, @Nullable ImageOutputOptions imageOutputOptions,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the builder; components may be added.
	 */
	public ImageConfig {
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
	 * Builder for {@link ImageConfig}, not thread-safe.
	 */
	public static final class Builder {

		private @Nullable String aspectRatio;

		private @Nullable String imageSize;

		private @Nullable String personGeneration;

		private @Nullable String prominentPeople;

		private @Nullable ImageOutputOptions imageOutputOptions;

		private Map<String, @Nullable Object> additional = Map.of();

		private Builder() {
		}

		private Builder(ImageConfig message) {
			this.aspectRatio = message.aspectRatio;
			this.imageSize = message.imageSize;
			this.personGeneration = message.personGeneration;
			this.prominentPeople = message.prominentPeople;
			this.imageOutputOptions = message.imageOutputOptions;
			this.additional = message.additional;
		}

		/**
		 * Set the ratio of width to height, such as {@code 16:9}.
		 * @param aspectRatio the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder aspectRatio(@Nullable String aspectRatio) {
			this.aspectRatio = aspectRatio;
			return this;
		}

		/**
		 * Set the size of the image: {@code 512}, {@code 1K}, {@code 2K} or {@code 4K}.
		 * @param imageSize the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder imageSize(@Nullable String imageSize) {
			this.imageSize = imageSize;
			return this;
		}

		/**
		 * Set the policy for generating persons, Vertex AI only.
		 * @param personGeneration the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder personGeneration(@Nullable String personGeneration) {
			this.personGeneration = personGeneration;
			return this;
		}

		/**
		 * Set whether to draw prominent people, Vertex AI only.
		 * @param prominentPeople the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder prominentPeople(@Nullable String prominentPeople) {
			this.prominentPeople = prominentPeople;
			return this;
		}

		/**
		 * Set the format of the image, Vertex AI only.
		 * @param imageOutputOptions the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder imageOutputOptions(@Nullable ImageOutputOptions imageOutputOptions) {
			this.imageOutputOptions = imageOutputOptions;
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
		public ImageConfig build() {
			return new ImageConfig(this.aspectRatio, this.imageSize, this.personGeneration, this.prominentPeople,
					this.imageOutputOptions, this.additional);
		}

	}

}
