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
 * One of the alternative responses of the model, or a piece of it in a stream.
 *
 * <p>
 * Wire: message {@code Candidate} of {@code v1beta}.
 *
 * @param index the index of the candidate, absent for the first
 * @param content the parts of the response
 * @param finishReason the reason why the model stopped, on the last event of a stream
 * @param finishMessage the description of the finish reason
 * @param safetyRatings the ratings of the response
 * @param citationMetadata the sources that the response quotes
 * @param tokenCount the tokens of the response, rarely sent
 * @param groundingMetadata the sources that the response is grounded in
 * @param urlContextMetadata the pages that were read
 * @param groundingAttributions the passages that the response is grounded in, other API
 * methods only
 * @param avgLogprobs the average log probability of the tokens
 * @param logprobsResult the log probabilities of the tokens
 * @param additional members that this version does not know, by name
 */
public record Candidate(@Nullable Integer index, @Nullable Content content, @Nullable FinishReason finishReason,
		@Nullable String finishMessage, @IncludeWhenPresent List<SafetyRating> safetyRatings,
		@Nullable CitationMetadata citationMetadata, @Nullable Integer tokenCount,
		@Nullable GroundingMetadata groundingMetadata, @Nullable UrlContextMetadata urlContextMetadata,
		@IncludeWhenPresent List<GroundingAttribution> groundingAttributions, @Nullable Double avgLogprobs,
		@Nullable LogprobsResult logprobsResult,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the builder; components may be added.
	 */
	public Candidate {
		safetyRatings = ImmutableCollections.list(safetyRatings);
		groundingAttributions = ImmutableCollections.list(groundingAttributions);
		additional = ImmutableCollections.additional(additional);
	}

	/**
	 * Return the parts of the response, in order, thoughts included.
	 * @return the parts, empty if there are none
	 */
	public List<Part> parts() {
		return (this.content != null) ? this.content.parts() : List.of();
	}

	/**
	 * Return the text of the response, without the thoughts.
	 * @return the text, empty if there is none
	 */
	public String text() {
		return (this.content != null) ? this.content.text() : "";
	}

	/**
	 * Return the summaries of the model's thoughts.
	 * @return the text, empty if there is none
	 */
	public String thoughts() {
		return (this.content != null) ? this.content.thoughts() : "";
	}

	/**
	 * Return the function calls that the model asks for, in order.
	 * @return the calls, empty if there are none
	 */
	public List<FunctionCall> functionCalls() {
		return (this.content != null) ? this.content.functionCalls() : List.of();
	}

	/**
	 * Return the media of the response, without drafts in the thoughts.
	 * @return the media, empty if there are none
	 */
	public List<Blob> inlineData() {
		return (this.content != null) ? this.content.inlineData() : List.of();
	}

	/**
	 * Return the sources of the response: those it is grounded in, then the pages that
	 * were read for it, each once. Quotations are in {@link #citationMetadata()}.
	 * @return the sources, empty if there are none
	 */
	public List<Source> sources() {
		SourceCollector sources = new SourceCollector();
		if (this.groundingMetadata != null) {
			sources.addAll(this.groundingMetadata.sources());
		}
		if (this.urlContextMetadata != null) {
			sources.addAll(this.urlContextMetadata.sources());
		}
		return sources.toList();
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
	 * Builder for {@link Candidate}, not thread-safe.
	 */
	public static final class Builder {

		private @Nullable Integer index;

		private @Nullable Content content;

		private @Nullable FinishReason finishReason;

		private @Nullable String finishMessage;

		private List<SafetyRating> safetyRatings = ImmutableCollections.absent();

		private @Nullable CitationMetadata citationMetadata;

		private @Nullable Integer tokenCount;

		private @Nullable GroundingMetadata groundingMetadata;

		private @Nullable UrlContextMetadata urlContextMetadata;

		private List<GroundingAttribution> groundingAttributions = ImmutableCollections.absent();

		private @Nullable Double avgLogprobs;

		private @Nullable LogprobsResult logprobsResult;

		private Map<String, @Nullable Object> additional = Map.of();

		private Builder() {
		}

		private Builder(Candidate message) {
			this.index = message.index;
			this.content = message.content;
			this.finishReason = message.finishReason;
			this.finishMessage = message.finishMessage;
			this.safetyRatings = message.safetyRatings;
			this.citationMetadata = message.citationMetadata;
			this.tokenCount = message.tokenCount;
			this.groundingMetadata = message.groundingMetadata;
			this.urlContextMetadata = message.urlContextMetadata;
			this.groundingAttributions = message.groundingAttributions;
			this.avgLogprobs = message.avgLogprobs;
			this.logprobsResult = message.logprobsResult;
			this.additional = message.additional;
		}

		/**
		 * Set the index of the candidate, absent for the first.
		 * @param index the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder index(@Nullable Integer index) {
			this.index = index;
			return this;
		}

		/**
		 * Set the parts of the response.
		 * @param content the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder content(@Nullable Content content) {
			this.content = content;
			return this;
		}

		/**
		 * Set the reason why the model stopped, on the last event of a stream.
		 * @param finishReason the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder finishReason(@Nullable FinishReason finishReason) {
			this.finishReason = finishReason;
			return this;
		}

		/**
		 * Set the description of the finish reason.
		 * @param finishMessage the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder finishMessage(@Nullable String finishMessage) {
			this.finishMessage = finishMessage;
			return this;
		}

		/**
		 * Set the ratings of the response.
		 * @param safetyRatings the values
		 * @return this builder
		 */
		public Builder safetyRatings(List<SafetyRating> safetyRatings) {
			this.safetyRatings = safetyRatings;
			return this;
		}

		/**
		 * Set the ratings of the response.
		 * @param safetyRatings the values
		 * @return this builder
		 */
		public Builder safetyRatings(SafetyRating... safetyRatings) {
			return safetyRatings(List.of(safetyRatings));
		}

		/**
		 * Set the sources that the response quotes.
		 * @param citationMetadata the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder citationMetadata(@Nullable CitationMetadata citationMetadata) {
			this.citationMetadata = citationMetadata;
			return this;
		}

		/**
		 * Set the tokens of the response, rarely sent.
		 * @param tokenCount the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder tokenCount(@Nullable Integer tokenCount) {
			this.tokenCount = tokenCount;
			return this;
		}

		/**
		 * Set the sources that the response is grounded in.
		 * @param groundingMetadata the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder groundingMetadata(@Nullable GroundingMetadata groundingMetadata) {
			this.groundingMetadata = groundingMetadata;
			return this;
		}

		/**
		 * Set the pages that were read.
		 * @param urlContextMetadata the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder urlContextMetadata(@Nullable UrlContextMetadata urlContextMetadata) {
			this.urlContextMetadata = urlContextMetadata;
			return this;
		}

		/**
		 * Set the passages that the response is grounded in, other API methods only.
		 * @param groundingAttributions the values
		 * @return this builder
		 */
		public Builder groundingAttributions(List<GroundingAttribution> groundingAttributions) {
			this.groundingAttributions = groundingAttributions;
			return this;
		}

		/**
		 * Set the passages that the response is grounded in, other API methods only.
		 * @param groundingAttributions the values
		 * @return this builder
		 */
		public Builder groundingAttributions(GroundingAttribution... groundingAttributions) {
			return groundingAttributions(List.of(groundingAttributions));
		}

		/**
		 * Set the average log probability of the tokens.
		 * @param avgLogprobs the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder avgLogprobs(@Nullable Double avgLogprobs) {
			this.avgLogprobs = avgLogprobs;
			return this;
		}

		/**
		 * Set the log probabilities of the tokens.
		 * @param logprobsResult the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder logprobsResult(@Nullable LogprobsResult logprobsResult) {
			this.logprobsResult = logprobsResult;
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
		public Candidate build() {
			return new Candidate(this.index, this.content, this.finishReason, this.finishMessage, this.safetyRatings,
					this.citationMetadata, this.tokenCount, this.groundingMetadata, this.urlContextMetadata,
					this.groundingAttributions, this.avgLogprobs, this.logprobsResult, this.additional);
		}

	}

}
