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
import org.jspecify.annotations.Nullable;

/**
 * Grounding with Google Search.
 *
 * <p>
 * Wire: message {@code GoogleSearch} of {@code v1beta}.
 *
 * @param searchTypes the kinds of search, web search if absent
 * @param timeRangeFilter the period that results may come from, Gemini API only
 * @param excludeDomains domains to leave out, Vertex AI only
 * @param blockingConfidence the minimum confidence at which phishing sites are left out,
 * Vertex AI only
 * @param additional members that this version does not know, by name
 */
public record GoogleSearch(@Nullable SearchTypes searchTypes, @Nullable Interval timeRangeFilter,
		@IncludeWhenPresent List<String> excludeDomains, @Nullable String blockingConfidence,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the builder; components may be added.
	 */
	public GoogleSearch {
		excludeDomains = ImmutableCollections.list(excludeDomains);
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
	 * Builder for {@link GoogleSearch}, not thread-safe.
	 */
	public static final class Builder {

		private @Nullable SearchTypes searchTypes;

		private @Nullable Interval timeRangeFilter;

		private List<String> excludeDomains = ImmutableCollections.absent();

		private @Nullable String blockingConfidence;

		private Map<String, @Nullable Object> additional = Map.of();

		private Builder() {
		}

		private Builder(GoogleSearch message) {
			this.searchTypes = message.searchTypes;
			this.timeRangeFilter = message.timeRangeFilter;
			this.excludeDomains = message.excludeDomains;
			this.blockingConfidence = message.blockingConfidence;
			this.additional = message.additional;
		}

		/**
		 * Set the kinds of search, web search if absent.
		 * @param searchTypes the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder searchTypes(@Nullable SearchTypes searchTypes) {
			this.searchTypes = searchTypes;
			return this;
		}

		/**
		 * Set the period that results may come from, Gemini API only.
		 * @param timeRangeFilter the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder timeRangeFilter(@Nullable Interval timeRangeFilter) {
			this.timeRangeFilter = timeRangeFilter;
			return this;
		}

		/**
		 * Set domains to leave out, Vertex AI only.
		 * @param excludeDomains the values
		 * @return this builder
		 */
		public Builder excludeDomains(List<String> excludeDomains) {
			this.excludeDomains = excludeDomains;
			return this;
		}

		/**
		 * Set domains to leave out, Vertex AI only.
		 * @param excludeDomains the values
		 * @return this builder
		 */
		public Builder excludeDomains(String... excludeDomains) {
			return excludeDomains(List.of(excludeDomains));
		}

		/**
		 * Set the minimum confidence at which phishing sites are left out, Vertex AI
		 * only.
		 * @param blockingConfidence the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder blockingConfidence(@Nullable String blockingConfidence) {
			this.blockingConfidence = blockingConfidence;
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
		public GoogleSearch build() {
			return new GoogleSearch(this.searchTypes, this.timeRangeFilter, this.excludeDomains,
					this.blockingConfidence, this.additional);
		}

	}

}
