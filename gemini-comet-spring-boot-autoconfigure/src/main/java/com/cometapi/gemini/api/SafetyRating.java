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
 * What a safety filter says of a text.
 *
 * <p>
 * Wire: message {@code SafetyRating} of {@code v1beta}.
 *
 * @param category the kind of harm
 * @param probability the probability of harm
 * @param blocked whether the text was blocked for it
 * @param probabilityScore the probability of harm, 0 to 1, Vertex AI only
 * @param severity the severity of the harm, Vertex AI only
 * @param severityScore the severity of the harm, 0 to 1, Vertex AI only
 * @param overwrittenThreshold the threshold that was used instead of the one asked for,
 * Vertex AI only
 * @param additional members that this version does not know, by name
 */
public record SafetyRating(@Nullable HarmCategory category, @Nullable HarmProbability probability,
		@Nullable Boolean blocked, @Nullable Double probabilityScore, @Nullable HarmSeverity severity,
		@Nullable Double severityScore, @Nullable HarmBlockThreshold overwrittenThreshold,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * For Jackson and the builder: the components may grow in number with the wire.
	 */
	public SafetyRating {
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
	 * Builder for {@link SafetyRating}, not thread-safe.
	 */
	public static final class Builder {

		private @Nullable HarmCategory category;

		private @Nullable HarmProbability probability;

		private @Nullable Boolean blocked;

		private @Nullable Double probabilityScore;

		private @Nullable HarmSeverity severity;

		private @Nullable Double severityScore;

		private @Nullable HarmBlockThreshold overwrittenThreshold;

		private Map<String, @Nullable Object> additional = Map.of();

		private Builder() {
		}

		private Builder(SafetyRating message) {
			this.category = message.category;
			this.probability = message.probability;
			this.blocked = message.blocked;
			this.probabilityScore = message.probabilityScore;
			this.severity = message.severity;
			this.severityScore = message.severityScore;
			this.overwrittenThreshold = message.overwrittenThreshold;
			this.additional = message.additional;
		}

		/**
		 * Set the kind of harm.
		 * @param category the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder category(@Nullable HarmCategory category) {
			this.category = category;
			return this;
		}

		/**
		 * Set the probability of harm.
		 * @param probability the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder probability(@Nullable HarmProbability probability) {
			this.probability = probability;
			return this;
		}

		/**
		 * Set whether the text was blocked for it.
		 * @param blocked the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder blocked(@Nullable Boolean blocked) {
			this.blocked = blocked;
			return this;
		}

		/**
		 * Set the probability of harm, 0 to 1, Vertex AI only.
		 * @param probabilityScore the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder probabilityScore(@Nullable Double probabilityScore) {
			this.probabilityScore = probabilityScore;
			return this;
		}

		/**
		 * Set the severity of the harm, Vertex AI only.
		 * @param severity the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder severity(@Nullable HarmSeverity severity) {
			this.severity = severity;
			return this;
		}

		/**
		 * Set the severity of the harm, 0 to 1, Vertex AI only.
		 * @param severityScore the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder severityScore(@Nullable Double severityScore) {
			this.severityScore = severityScore;
			return this;
		}

		/**
		 * Set the threshold that was used instead of the one asked for, Vertex AI only.
		 * @param overwrittenThreshold the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder overwrittenThreshold(@Nullable HarmBlockThreshold overwrittenThreshold) {
			this.overwrittenThreshold = overwrittenThreshold;
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
		public SafetyRating build() {
			return new SafetyRating(this.category, this.probability, this.blocked, this.probabilityScore, this.severity,
					this.severityScore, this.overwrittenThreshold, this.additional);
		}

	}

}
