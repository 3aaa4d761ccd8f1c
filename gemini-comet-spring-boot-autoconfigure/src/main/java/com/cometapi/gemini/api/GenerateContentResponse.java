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
 * An answer, or one event of a streamed answer.
 *
 * <p>
 * Wire: message {@code GenerateContentResponse} of {@code v1beta}.
 *
 * @param candidates the answers, empty if the prompt was blocked
 * @param promptFeedback why the prompt was blocked
 * @param usageMetadata the tokens used so far
 * @param modelVersion the model that answered
 * @param responseId the id of the answer, the same on every event of a stream
 * @param createTime when the request arrived, RFC 3339, Vertex AI only
 * @param modelStatus the stage of the model's life, Gemini API only
 * @param additional members that this version does not know, by name
 */
public record GenerateContentResponse(@PresentOnly List<Candidate> candidates, @Nullable PromptFeedback promptFeedback,
		@Nullable UsageMetadata usageMetadata, @Nullable String modelVersion, @Nullable String responseId,
		@Nullable String createTime, @Nullable ModelStatus modelStatus,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * For Jackson and the builder: the components may grow in number with the wire.
	 */
	public GenerateContentResponse {
		candidates = Copies.list(candidates);
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
	 * Builder for {@link GenerateContentResponse}, not thread-safe.
	 */
	public static final class Builder {

		private List<Candidate> candidates = Copies.absent();

		private @Nullable PromptFeedback promptFeedback;

		private @Nullable UsageMetadata usageMetadata;

		private @Nullable String modelVersion;

		private @Nullable String responseId;

		private @Nullable String createTime;

		private @Nullable ModelStatus modelStatus;

		private Map<String, @Nullable Object> additional = Map.of();

		private Builder() {
		}

		private Builder(GenerateContentResponse message) {
			this.candidates = message.candidates;
			this.promptFeedback = message.promptFeedback;
			this.usageMetadata = message.usageMetadata;
			this.modelVersion = message.modelVersion;
			this.responseId = message.responseId;
			this.createTime = message.createTime;
			this.modelStatus = message.modelStatus;
			this.additional = message.additional;
		}

		/**
		 * Set the answers, empty if the prompt was blocked.
		 * @param candidates the values
		 * @return this builder
		 */
		public Builder candidates(List<Candidate> candidates) {
			this.candidates = candidates;
			return this;
		}

		/**
		 * Set the answers, empty if the prompt was blocked.
		 * @param candidates the values
		 * @return this builder
		 */
		public Builder candidates(Candidate... candidates) {
			return candidates(List.of(candidates));
		}

		/**
		 * Set why the prompt was blocked.
		 * @param promptFeedback the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder promptFeedback(@Nullable PromptFeedback promptFeedback) {
			this.promptFeedback = promptFeedback;
			return this;
		}

		/**
		 * Set the tokens used so far.
		 * @param usageMetadata the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder usageMetadata(@Nullable UsageMetadata usageMetadata) {
			this.usageMetadata = usageMetadata;
			return this;
		}

		/**
		 * Set the model that answered.
		 * @param modelVersion the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder modelVersion(@Nullable String modelVersion) {
			this.modelVersion = modelVersion;
			return this;
		}

		/**
		 * Set the id of the answer, the same on every event of a stream.
		 * @param responseId the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder responseId(@Nullable String responseId) {
			this.responseId = responseId;
			return this;
		}

		/**
		 * Set when the request arrived, RFC 3339, Vertex AI only.
		 * @param createTime the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder createTime(@Nullable String createTime) {
			this.createTime = createTime;
			return this;
		}

		/**
		 * Set the stage of the model's life, Gemini API only.
		 * @param modelStatus the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder modelStatus(@Nullable ModelStatus modelStatus) {
			this.modelStatus = modelStatus;
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
		public GenerateContentResponse build() {
			return new GenerateContentResponse(this.candidates, this.promptFeedback, this.usageMetadata,
					this.modelVersion, this.responseId, this.createTime, this.modelStatus, this.additional);
		}

	}

}
