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
 * The tokens that a call used.
 *
 * <p>
 * Wire: message {@code UsageMetadata} of {@code v1beta}.
 *
 * @param promptTokenCount the tokens of the prompt, cached ones included
 * @param candidatesTokenCount the tokens of the response, thoughts excluded
 * @param thoughtsTokenCount the tokens of the thoughts
 * @param toolUsePromptTokenCount the tokens that built-in tools fed back
 * @param cachedContentTokenCount the tokens of the prompt that came from a cache
 * @param totalTokenCount the total that the server counts
 * @param responseTokenCount the tokens of the response, live models only
 * @param promptTokensDetails the tokens of the prompt by modality
 * @param candidatesTokensDetails the tokens of the response by modality
 * @param cacheTokensDetails the cached tokens by modality
 * @param toolUsePromptTokensDetails the tokens of built-in tools by modality
 * @param responseTokensDetails the tokens of the response by modality, live models only
 * @param trafficType the billing type of the call, Vertex AI only
 * @param serviceTier the service tier, Gemini API only
 * @param additional members that this version does not know, by name
 */
public record UsageMetadata(@Nullable Integer promptTokenCount, @Nullable Integer candidatesTokenCount,
		@Nullable Integer thoughtsTokenCount, @Nullable Integer toolUsePromptTokenCount,
		@Nullable Integer cachedContentTokenCount, @Nullable Integer totalTokenCount,
		@Nullable Integer responseTokenCount, @IncludeWhenPresent List<ModalityTokenCount> promptTokensDetails,
		@IncludeWhenPresent List<ModalityTokenCount> candidatesTokensDetails,
		@IncludeWhenPresent List<ModalityTokenCount> cacheTokensDetails,
		@IncludeWhenPresent List<ModalityTokenCount> toolUsePromptTokensDetails,
		@IncludeWhenPresent List<ModalityTokenCount> responseTokensDetails, @Nullable TrafficType trafficType,
		@Nullable ServiceTier serviceTier, @JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the builder; components may be added.
	 */
	public UsageMetadata {
		promptTokensDetails = ImmutableCollections.list(promptTokensDetails);
		candidatesTokensDetails = ImmutableCollections.list(candidatesTokensDetails);
		cacheTokensDetails = ImmutableCollections.list(cacheTokensDetails);
		toolUsePromptTokensDetails = ImmutableCollections.list(toolUsePromptTokensDetails);
		responseTokensDetails = ImmutableCollections.list(responseTokensDetails);
		additional = ImmutableCollections.additional(additional);
	}

	/**
	 * Merge this usage with that of a later event: each member has its last value.
	 * @param other the usage of the later event, or {@code null} if it has none
	 * @return the usage over both events
	 */
	public UsageMetadata merge(@Nullable UsageMetadata other) {
		if (other == null) {
			return this;
		}
		UsageMetadata merged = new UsageMetadata(EventMerger.last(this.promptTokenCount, other.promptTokenCount),
				EventMerger.last(this.candidatesTokenCount, other.candidatesTokenCount),
				EventMerger.last(this.thoughtsTokenCount, other.thoughtsTokenCount),
				EventMerger.last(this.toolUsePromptTokenCount, other.toolUsePromptTokenCount),
				EventMerger.last(this.cachedContentTokenCount, other.cachedContentTokenCount),
				EventMerger.last(this.totalTokenCount, other.totalTokenCount),
				EventMerger.last(this.responseTokenCount, other.responseTokenCount),
				EventMerger.lastList(this.promptTokensDetails, other.promptTokensDetails),
				EventMerger.lastList(this.candidatesTokensDetails, other.candidatesTokensDetails),
				EventMerger.lastList(this.cacheTokensDetails, other.cacheTokensDetails),
				EventMerger.lastList(this.toolUsePromptTokensDetails, other.toolUsePromptTokensDetails),
				EventMerger.lastList(this.responseTokensDetails, other.responseTokensDetails),
				EventMerger.last(this.trafficType, other.trafficType),
				EventMerger.last(this.serviceTier, other.serviceTier),
				EventMerger.members(this.additional, other.additional));
		return (merged.additional.isEmpty()) ? merged : EventMerger.message(merged.additional,
				(additional) -> merged.toBuilder().additional(additional).build());
	}

	/**
	 * Return the usage of two calls together, such as two rounds of a prompt with
	 * functions: the sums of their counts, and other members from the later one.
	 * @param later the usage of the later call
	 * @return the usage of both calls
	 */
	public UsageMetadata plus(UsageMetadata later) {
		return merge(later).toBuilder()
			.promptTokenCount(EventMerger.sum(this.promptTokenCount, later.promptTokenCount))
			.candidatesTokenCount(EventMerger.sum(this.candidatesTokenCount, later.candidatesTokenCount))
			.thoughtsTokenCount(EventMerger.sum(this.thoughtsTokenCount, later.thoughtsTokenCount))
			.toolUsePromptTokenCount(EventMerger.sum(this.toolUsePromptTokenCount, later.toolUsePromptTokenCount))
			.cachedContentTokenCount(EventMerger.sum(this.cachedContentTokenCount, later.cachedContentTokenCount))
			.totalTokenCount(EventMerger.sum(this.totalTokenCount, later.totalTokenCount))
			.responseTokenCount(EventMerger.sum(this.responseTokenCount, later.responseTokenCount))
			.promptTokensDetails(ModalityTokenCount.sum(this.promptTokensDetails, later.promptTokensDetails))
			.candidatesTokensDetails(
					ModalityTokenCount.sum(this.candidatesTokensDetails, later.candidatesTokensDetails))
			.cacheTokensDetails(ModalityTokenCount.sum(this.cacheTokensDetails, later.cacheTokensDetails))
			.toolUsePromptTokensDetails(
					ModalityTokenCount.sum(this.toolUsePromptTokensDetails, later.toolUsePromptTokensDetails))
			.responseTokensDetails(ModalityTokenCount.sum(this.responseTokensDetails, later.responseTokensDetails))
			.build();
	}

	/**
	 * Return the usage of two calls together, as {@link #plus} does.
	 * @param earlier the usage of the earlier call, or {@code null} if it is not known
	 * @param later the usage of the later call, or {@code null} if it is not known
	 * @return the usage of both calls, or {@code null} if neither is known
	 */
	public static @Nullable UsageMetadata sum(@Nullable UsageMetadata earlier, @Nullable UsageMetadata later) {
		if (earlier == null || later == null) {
			return (earlier != null) ? earlier : later;
		}
		return earlier.plus(later);
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
	 * Builder for {@link UsageMetadata}, not thread-safe.
	 */
	public static final class Builder {

		private @Nullable Integer promptTokenCount;

		private @Nullable Integer candidatesTokenCount;

		private @Nullable Integer thoughtsTokenCount;

		private @Nullable Integer toolUsePromptTokenCount;

		private @Nullable Integer cachedContentTokenCount;

		private @Nullable Integer totalTokenCount;

		private @Nullable Integer responseTokenCount;

		private List<ModalityTokenCount> promptTokensDetails = ImmutableCollections.absent();

		private List<ModalityTokenCount> candidatesTokensDetails = ImmutableCollections.absent();

		private List<ModalityTokenCount> cacheTokensDetails = ImmutableCollections.absent();

		private List<ModalityTokenCount> toolUsePromptTokensDetails = ImmutableCollections.absent();

		private List<ModalityTokenCount> responseTokensDetails = ImmutableCollections.absent();

		private @Nullable TrafficType trafficType;

		private @Nullable ServiceTier serviceTier;

		private Map<String, @Nullable Object> additional = Map.of();

		private Builder() {
		}

		private Builder(UsageMetadata message) {
			this.promptTokenCount = message.promptTokenCount;
			this.candidatesTokenCount = message.candidatesTokenCount;
			this.thoughtsTokenCount = message.thoughtsTokenCount;
			this.toolUsePromptTokenCount = message.toolUsePromptTokenCount;
			this.cachedContentTokenCount = message.cachedContentTokenCount;
			this.totalTokenCount = message.totalTokenCount;
			this.responseTokenCount = message.responseTokenCount;
			this.promptTokensDetails = message.promptTokensDetails;
			this.candidatesTokensDetails = message.candidatesTokensDetails;
			this.cacheTokensDetails = message.cacheTokensDetails;
			this.toolUsePromptTokensDetails = message.toolUsePromptTokensDetails;
			this.responseTokensDetails = message.responseTokensDetails;
			this.trafficType = message.trafficType;
			this.serviceTier = message.serviceTier;
			this.additional = message.additional;
		}

		/**
		 * Set the tokens of the prompt, cached ones included.
		 * @param promptTokenCount the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder promptTokenCount(@Nullable Integer promptTokenCount) {
			this.promptTokenCount = promptTokenCount;
			return this;
		}

		/**
		 * Set the tokens of the response, thoughts excluded.
		 * @param candidatesTokenCount the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder candidatesTokenCount(@Nullable Integer candidatesTokenCount) {
			this.candidatesTokenCount = candidatesTokenCount;
			return this;
		}

		/**
		 * Set the tokens of the thoughts.
		 * @param thoughtsTokenCount the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder thoughtsTokenCount(@Nullable Integer thoughtsTokenCount) {
			this.thoughtsTokenCount = thoughtsTokenCount;
			return this;
		}

		/**
		 * Set the tokens that built-in tools fed back.
		 * @param toolUsePromptTokenCount the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder toolUsePromptTokenCount(@Nullable Integer toolUsePromptTokenCount) {
			this.toolUsePromptTokenCount = toolUsePromptTokenCount;
			return this;
		}

		/**
		 * Set the tokens of the prompt that came from a cache.
		 * @param cachedContentTokenCount the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder cachedContentTokenCount(@Nullable Integer cachedContentTokenCount) {
			this.cachedContentTokenCount = cachedContentTokenCount;
			return this;
		}

		/**
		 * Set the total that the server counts.
		 * @param totalTokenCount the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder totalTokenCount(@Nullable Integer totalTokenCount) {
			this.totalTokenCount = totalTokenCount;
			return this;
		}

		/**
		 * Set the tokens of the response, live models only.
		 * @param responseTokenCount the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder responseTokenCount(@Nullable Integer responseTokenCount) {
			this.responseTokenCount = responseTokenCount;
			return this;
		}

		/**
		 * Set the tokens of the prompt by modality.
		 * @param promptTokensDetails the values
		 * @return this builder
		 */
		public Builder promptTokensDetails(List<ModalityTokenCount> promptTokensDetails) {
			this.promptTokensDetails = promptTokensDetails;
			return this;
		}

		/**
		 * Set the tokens of the prompt by modality.
		 * @param promptTokensDetails the values
		 * @return this builder
		 */
		public Builder promptTokensDetails(ModalityTokenCount... promptTokensDetails) {
			return promptTokensDetails(List.of(promptTokensDetails));
		}

		/**
		 * Set the tokens of the response by modality.
		 * @param candidatesTokensDetails the values
		 * @return this builder
		 */
		public Builder candidatesTokensDetails(List<ModalityTokenCount> candidatesTokensDetails) {
			this.candidatesTokensDetails = candidatesTokensDetails;
			return this;
		}

		/**
		 * Set the tokens of the response by modality.
		 * @param candidatesTokensDetails the values
		 * @return this builder
		 */
		public Builder candidatesTokensDetails(ModalityTokenCount... candidatesTokensDetails) {
			return candidatesTokensDetails(List.of(candidatesTokensDetails));
		}

		/**
		 * Set the cached tokens by modality.
		 * @param cacheTokensDetails the values
		 * @return this builder
		 */
		public Builder cacheTokensDetails(List<ModalityTokenCount> cacheTokensDetails) {
			this.cacheTokensDetails = cacheTokensDetails;
			return this;
		}

		/**
		 * Set the cached tokens by modality.
		 * @param cacheTokensDetails the values
		 * @return this builder
		 */
		public Builder cacheTokensDetails(ModalityTokenCount... cacheTokensDetails) {
			return cacheTokensDetails(List.of(cacheTokensDetails));
		}

		/**
		 * Set the tokens of built-in tools by modality.
		 * @param toolUsePromptTokensDetails the values
		 * @return this builder
		 */
		public Builder toolUsePromptTokensDetails(List<ModalityTokenCount> toolUsePromptTokensDetails) {
			this.toolUsePromptTokensDetails = toolUsePromptTokensDetails;
			return this;
		}

		/**
		 * Set the tokens of built-in tools by modality.
		 * @param toolUsePromptTokensDetails the values
		 * @return this builder
		 */
		public Builder toolUsePromptTokensDetails(ModalityTokenCount... toolUsePromptTokensDetails) {
			return toolUsePromptTokensDetails(List.of(toolUsePromptTokensDetails));
		}

		/**
		 * Set the tokens of the response by modality, live models only.
		 * @param responseTokensDetails the values
		 * @return this builder
		 */
		public Builder responseTokensDetails(List<ModalityTokenCount> responseTokensDetails) {
			this.responseTokensDetails = responseTokensDetails;
			return this;
		}

		/**
		 * Set the tokens of the response by modality, live models only.
		 * @param responseTokensDetails the values
		 * @return this builder
		 */
		public Builder responseTokensDetails(ModalityTokenCount... responseTokensDetails) {
			return responseTokensDetails(List.of(responseTokensDetails));
		}

		/**
		 * Set the billing type of the call, Vertex AI only.
		 * @param trafficType the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder trafficType(@Nullable TrafficType trafficType) {
			this.trafficType = trafficType;
			return this;
		}

		/**
		 * Set the service tier, Gemini API only.
		 * @param serviceTier the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder serviceTier(@Nullable ServiceTier serviceTier) {
			this.serviceTier = serviceTier;
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
		public UsageMetadata build() {
			return new UsageMetadata(this.promptTokenCount, this.candidatesTokenCount, this.thoughtsTokenCount,
					this.toolUsePromptTokenCount, this.cachedContentTokenCount, this.totalTokenCount,
					this.responseTokenCount, this.promptTokensDetails, this.candidatesTokensDetails,
					this.cacheTokensDetails, this.toolUsePromptTokensDetails, this.responseTokensDetails,
					this.trafficType, this.serviceTier, this.additional);
		}

	}

}
