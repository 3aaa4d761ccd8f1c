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
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * A response of the model, or one event of a streamed response.
 *
 * <p>
 * Wire: message {@code GenerateContentResponse} of {@code v1beta}.
 *
 * @param candidates the candidates, empty if the prompt was blocked
 * @param promptFeedback the feedback on a blocked prompt
 * @param usageMetadata the tokens used so far
 * @param modelVersion the model version that created the response
 * @param responseId the id of the response, the same on every event of a stream
 * @param createTime the time at which the request arrived, RFC 3339, Vertex AI only
 * @param modelStatus the stage of the model's life, Gemini API only
 * @param origin the origin of the response, never on the wire, or {@code null} if it does
 * not come from a call
 * @param additional members that this version does not know, by name
 */
@JsonAutoDetect(isGetterVisibility = JsonAutoDetect.Visibility.NONE)
public record GenerateContentResponse(@IncludeWhenPresent List<Candidate> candidates,
		@Nullable PromptFeedback promptFeedback, @Nullable UsageMetadata usageMetadata, @Nullable String modelVersion,
		@Nullable String responseId, @Nullable String createTime, @Nullable ModelStatus modelStatus,
		@JsonIgnore @Nullable ResponseOrigin origin,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the builder; components may be added.
	 */
	public GenerateContentResponse {
		candidates = ImmutableCollections.list(candidates);
		additional = ImmutableCollections.additional(additional);
	}

	/**
	 * Return the first candidate, which all convenience methods of this message read.
	 * @return the candidate with the index 0 or without an index, or {@code null} if
	 * there is none, as in an event of another candidate
	 */
	public @Nullable Candidate candidate() {
		for (Candidate candidate : this.candidates) {
			if (candidate.index() == null || candidate.index() == 0) {
				return candidate;
			}
		}
		return null;
	}

	/**
	 * Return the content of the first candidate, to be sent back in the next turn:
	 * unchanged except for its role, which is always {@code model}, even if the endpoint
	 * names another one. Only {@linkplain #isFunctionResponses() function responses} have
	 * the role {@code user}.
	 * @return the content, or {@code null} if there is none
	 */
	public @Nullable Content content() {
		Candidate candidate = candidate();
		Content content = (candidate != null) ? candidate.content() : null;
		return (content == null || isFunctionResponses()) ? content : content.ofModel();
	}

	/**
	 * Create the event that a prompt adds to a stream between two rounds, with the
	 * responses of the functions that it ran. The events after it belong to the next
	 * response of the model.
	 * @param content the function responses, in a content of the user
	 * @return the event
	 * @see #isFunctionResponses()
	 */
	public static GenerateContentResponse functionResponses(Content content) {
		return builder().candidates(Candidate.builder().content(content).build())
			.origin(ResponseOrigin.FUNCTIONS)
			.build();
	}

	/**
	 * Return whether this event was created by {@link #functionResponses(Content)}: its
	 * {@linkplain #origin() origin} says so.
	 * @return {@code true} if the events after this one belong to the next response
	 */
	public boolean isFunctionResponses() {
		return this.origin != null && this.origin.kind() == ResponseOrigin.Kind.FUNCTIONS;
	}

	/**
	 * Return the parts of the first candidate, in order, thoughts included.
	 * @return the parts, empty if there are none
	 */
	public List<Part> parts() {
		Candidate candidate = candidate();
		return (candidate != null) ? candidate.parts() : List.of();
	}

	/**
	 * Return the text of the first candidate, without the thoughts.
	 * @return the text, empty if there is none
	 */
	public String text() {
		Candidate candidate = candidate();
		return (candidate != null) ? candidate.text() : "";
	}

	/**
	 * Return the summaries of the model's thoughts for the first candidate.
	 * @return the text, empty if there is none
	 */
	public String thoughts() {
		Candidate candidate = candidate();
		return (candidate != null) ? candidate.thoughts() : "";
	}

	/**
	 * Return the function calls that the first candidate asks for, in order.
	 * @return the calls, empty if there are none
	 */
	public List<FunctionCall> functionCalls() {
		Candidate candidate = candidate();
		return (candidate != null) ? candidate.functionCalls() : List.of();
	}

	/**
	 * Return the media of the first candidate, without drafts in the thoughts.
	 * @return the media, empty if there are none
	 */
	public List<Blob> inlineData() {
		Candidate candidate = candidate();
		return (candidate != null) ? candidate.inlineData() : List.of();
	}

	/**
	 * Return the code that the model wrote and ran on the server for the first candidate.
	 * @return the code, empty if there is none
	 */
	public List<ExecutableCode> executableCode() {
		Content content = content();
		return (content != null) ? content.executableCode() : List.of();
	}

	/**
	 * Return the results of the code that ran on the server for the first candidate.
	 * @return the results, empty if there are none
	 */
	public List<CodeExecutionResult> codeExecutionResults() {
		Content content = content();
		return (content != null) ? content.codeExecutionResults() : List.of();
	}

	/**
	 * Return the sources of the first candidate: those it is grounded in, then the pages
	 * that were read for it, each once.
	 * @return the sources, empty if there are none
	 * @see Candidate#citationMetadata()
	 */
	public List<Source> sources() {
		Candidate candidate = candidate();
		return (candidate != null) ? candidate.sources() : List.of();
	}

	/**
	 * Return the grounding metadata of the first candidate.
	 * @return the sources and the searches, or {@code null} if there are none
	 */
	public @Nullable GroundingMetadata groundingMetadata() {
		Candidate candidate = candidate();
		return (candidate != null) ? candidate.groundingMetadata() : null;
	}

	/**
	 * Return the reason why the model ended the first candidate.
	 * @return the reason, or {@code null} before the end of a stream and for a blocked
	 * prompt
	 */
	public @Nullable FinishReason finishReason() {
		Candidate candidate = candidate();
		return (candidate != null) ? candidate.finishReason() : null;
	}

	/**
	 * Return the description of the finish reason of the first candidate.
	 * @return the text, or {@code null} if there is none
	 */
	public @Nullable String finishMessage() {
		Candidate candidate = candidate();
		return (candidate != null) ? candidate.finishMessage() : null;
	}

	/**
	 * Return the reason why the prompt was blocked.
	 * @return the reason, unspecified if there is only a message, or {@code null} if the
	 * prompt was not blocked
	 * @see PromptFeedback#blockReasonMessage()
	 */
	public @Nullable BlockReason blockReason() {
		if (this.promptFeedback == null || !this.promptFeedback.isBlocked()) {
			return null;
		}
		BlockReason reason = this.promptFeedback.blockReason();
		return (reason != null) ? reason : BlockReason.BLOCK_REASON_UNSPECIFIED;
	}

	/**
	 * Return whether the prompt was blocked, so that there is no response.
	 * @return {@code true} if there is a block reason
	 */
	public boolean isPromptBlocked() {
		return this.promptFeedback != null && this.promptFeedback.isBlocked();
	}

	/**
	 * Return whether a filter blocked the prompt or ended the first candidate.
	 * @return {@code true} for a blocked prompt and for the reasons of
	 * {@link FinishReason#isFiltered()}
	 */
	public boolean isBlocked() {
		FinishReason finishReason = finishReason();
		return isPromptBlocked() || (finishReason != null && finishReason.isFiltered());
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

		private List<Candidate> candidates = ImmutableCollections.absent();

		private @Nullable PromptFeedback promptFeedback;

		private @Nullable UsageMetadata usageMetadata;

		private @Nullable String modelVersion;

		private @Nullable String responseId;

		private @Nullable String createTime;

		private @Nullable ModelStatus modelStatus;

		private Map<String, @Nullable Object> additional = Map.of();

		private @Nullable ResponseOrigin origin;

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
			this.origin = message.origin;
		}

		/**
		 * Set the candidates, empty if the prompt was blocked.
		 * @param candidates the values
		 * @return this builder
		 */
		public Builder candidates(List<Candidate> candidates) {
			this.candidates = candidates;
			return this;
		}

		/**
		 * Set the candidates, empty if the prompt was blocked.
		 * @param candidates the values
		 * @return this builder
		 */
		public Builder candidates(Candidate... candidates) {
			return candidates(List.of(candidates));
		}

		/**
		 * Set the feedback on a blocked prompt.
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
		 * Set the model version that created the response.
		 * @param modelVersion the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder modelVersion(@Nullable String modelVersion) {
			this.modelVersion = modelVersion;
			return this;
		}

		/**
		 * Set the id of the response, the same on every event of a stream.
		 * @param responseId the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder responseId(@Nullable String responseId) {
			this.responseId = responseId;
			return this;
		}

		/**
		 * Set the time at which the request arrived, RFC 3339, Vertex AI only.
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
		 * Set the origin of the response, which is never sent.
		 * @param origin the origin, or {@code null} for none
		 * @return this builder
		 */
		public Builder origin(@Nullable ResponseOrigin origin) {
			this.origin = origin;
			return this;
		}

		/**
		 * Build the message.
		 * @return a new, immutable message
		 */
		public GenerateContentResponse build() {
			return new GenerateContentResponse(this.candidates, this.promptFeedback, this.usageMetadata,
					this.modelVersion, this.responseId, this.createTime, this.modelStatus, this.origin,
					this.additional);
		}

	}

}
