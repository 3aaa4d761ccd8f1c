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
 * Settings for the generation of a response.
 *
 * <p>
 * Wire: message {@code GenerationConfig} of {@code v1beta}.
 *
 * @param temperature the randomness, 0.0 to 2.0
 * @param topP the probability mass to choose from, 0 to 1
 * @param topK the number of tokens to choose from
 * @param candidateCount the number of candidates, at least 1
 * @param maxOutputTokens the maximum number of tokens in the response, thoughts included
 * @param stopSequences texts that end the response, at most 5
 * @param seed the seed of the randomness
 * @param presencePenalty the penalty on tokens that occurred, -2.0 to 2.0
 * @param frequencyPenalty the penalty on tokens by their frequency so far, -2.0 to 2.0
 * @param responseMimeType the media type of the response: {@code text/plain},
 * {@code application/json} or {@code text/x.enum}
 * @param responseSchema the schema of the response, needs a matching
 * {@code responseMimeType}
 * @param responseJsonSchema the JSON Schema of the response, instead of
 * {@code responseSchema}
 * @param responseFormat the format of the response, newest form
 * @param responseLogprobs whether to return log probabilities
 * @param logprobs the number of alternatives for each token, 0 to 20, needs
 * {@code responseLogprobs}
 * @param enableEnhancedCivicAnswers whether to improve responses on civic topics, Gemini
 * API only
 * @param responseModalities the modalities of the response
 * @param speechConfig the settings for generated speech
 * @param thinkingConfig the settings for thinking
 * @param imageConfig the settings for generated images
 * @param mediaResolution the resolution at which media are processed
 * @param audioTranscriptionConfig the settings for transcriptions
 * @param translationConfig the settings for translations, Gemini API only
 * @param enableAffectiveDialog whether to adapt to the user's emotions
 * @param audioTimestamp whether to understand timestamps in audio, Vertex AI only
 * @param routingConfig the routing to a model, Vertex AI only
 * @param modelSelectionConfig the selection of a model, Vertex AI only
 * @param additional members that this version does not know, by name
 */
public record GenerationConfig(@Nullable Double temperature, @Nullable Double topP, @Nullable Integer topK,
		@Nullable Integer candidateCount, @Nullable Integer maxOutputTokens,
		@IncludeWhenPresent List<String> stopSequences, @Nullable Integer seed, @Nullable Double presencePenalty,
		@Nullable Double frequencyPenalty, @Nullable String responseMimeType, @Nullable Schema responseSchema,
		@Nullable Object responseJsonSchema, @Nullable ResponseFormatConfig responseFormat,
		@Nullable Boolean responseLogprobs, @Nullable Integer logprobs, @Nullable Boolean enableEnhancedCivicAnswers,
		@IncludeWhenPresent List<Modality> responseModalities, @Nullable SpeechConfig speechConfig,
		@Nullable ThinkingConfig thinkingConfig, @Nullable ImageConfig imageConfig,
		@Nullable MediaResolution mediaResolution, @Nullable AudioTranscriptionConfig audioTranscriptionConfig,
		@Nullable TranslationConfig translationConfig, @Nullable Boolean enableAffectiveDialog,
		@Nullable Boolean audioTimestamp, @Nullable Object routingConfig, @Nullable Object modelSelectionConfig,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the builder; components may be added.
	 */
	public GenerationConfig {
		stopSequences = ImmutableCollections.list(stopSequences);
		responseModalities = ImmutableCollections.list(responseModalities);
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
	 * Builder for {@link GenerationConfig}, not thread-safe.
	 */
	public static final class Builder {

		private @Nullable Double temperature;

		private @Nullable Double topP;

		private @Nullable Integer topK;

		private @Nullable Integer candidateCount;

		private @Nullable Integer maxOutputTokens;

		private List<String> stopSequences = ImmutableCollections.absent();

		private @Nullable Integer seed;

		private @Nullable Double presencePenalty;

		private @Nullable Double frequencyPenalty;

		private @Nullable String responseMimeType;

		private @Nullable Schema responseSchema;

		private @Nullable Object responseJsonSchema;

		private @Nullable ResponseFormatConfig responseFormat;

		private @Nullable Boolean responseLogprobs;

		private @Nullable Integer logprobs;

		private @Nullable Boolean enableEnhancedCivicAnswers;

		private List<Modality> responseModalities = ImmutableCollections.absent();

		private @Nullable SpeechConfig speechConfig;

		private @Nullable ThinkingConfig thinkingConfig;

		private @Nullable ImageConfig imageConfig;

		private @Nullable MediaResolution mediaResolution;

		private @Nullable AudioTranscriptionConfig audioTranscriptionConfig;

		private @Nullable TranslationConfig translationConfig;

		private @Nullable Boolean enableAffectiveDialog;

		private @Nullable Boolean audioTimestamp;

		private @Nullable Object routingConfig;

		private @Nullable Object modelSelectionConfig;

		private Map<String, @Nullable Object> additional = Map.of();

		private Builder() {
		}

		private Builder(GenerationConfig message) {
			this.temperature = message.temperature;
			this.topP = message.topP;
			this.topK = message.topK;
			this.candidateCount = message.candidateCount;
			this.maxOutputTokens = message.maxOutputTokens;
			this.stopSequences = message.stopSequences;
			this.seed = message.seed;
			this.presencePenalty = message.presencePenalty;
			this.frequencyPenalty = message.frequencyPenalty;
			this.responseMimeType = message.responseMimeType;
			this.responseSchema = message.responseSchema;
			this.responseJsonSchema = message.responseJsonSchema;
			this.responseFormat = message.responseFormat;
			this.responseLogprobs = message.responseLogprobs;
			this.logprobs = message.logprobs;
			this.enableEnhancedCivicAnswers = message.enableEnhancedCivicAnswers;
			this.responseModalities = message.responseModalities;
			this.speechConfig = message.speechConfig;
			this.thinkingConfig = message.thinkingConfig;
			this.imageConfig = message.imageConfig;
			this.mediaResolution = message.mediaResolution;
			this.audioTranscriptionConfig = message.audioTranscriptionConfig;
			this.translationConfig = message.translationConfig;
			this.enableAffectiveDialog = message.enableAffectiveDialog;
			this.audioTimestamp = message.audioTimestamp;
			this.routingConfig = message.routingConfig;
			this.modelSelectionConfig = message.modelSelectionConfig;
			this.additional = message.additional;
		}

		/**
		 * Set the randomness, 0.0 to 2.0.
		 * @param temperature the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder temperature(@Nullable Double temperature) {
			this.temperature = temperature;
			return this;
		}

		/**
		 * Set the probability mass to choose from, 0 to 1.
		 * @param topP the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder topP(@Nullable Double topP) {
			this.topP = topP;
			return this;
		}

		/**
		 * Set the number of tokens to choose from.
		 * @param topK the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder topK(@Nullable Integer topK) {
			this.topK = topK;
			return this;
		}

		/**
		 * Set the number of candidates, at least 1.
		 * @param candidateCount the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder candidateCount(@Nullable Integer candidateCount) {
			this.candidateCount = candidateCount;
			return this;
		}

		/**
		 * Set the maximum number of tokens in the response, thoughts included.
		 * @param maxOutputTokens the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder maxOutputTokens(@Nullable Integer maxOutputTokens) {
			this.maxOutputTokens = maxOutputTokens;
			return this;
		}

		/**
		 * Set texts that end the response, at most 5.
		 * @param stopSequences the values
		 * @return this builder
		 */
		public Builder stopSequences(List<String> stopSequences) {
			this.stopSequences = stopSequences;
			return this;
		}

		/**
		 * Set texts that end the response, at most 5.
		 * @param stopSequences the values
		 * @return this builder
		 */
		public Builder stopSequences(String... stopSequences) {
			return stopSequences(List.of(stopSequences));
		}

		/**
		 * Set the seed of the randomness.
		 * @param seed the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder seed(@Nullable Integer seed) {
			this.seed = seed;
			return this;
		}

		/**
		 * Set the penalty on tokens that occurred, -2.0 to 2.0.
		 * @param presencePenalty the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder presencePenalty(@Nullable Double presencePenalty) {
			this.presencePenalty = presencePenalty;
			return this;
		}

		/**
		 * Set the penalty on tokens by their frequency so far, -2.0 to 2.0.
		 * @param frequencyPenalty the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder frequencyPenalty(@Nullable Double frequencyPenalty) {
			this.frequencyPenalty = frequencyPenalty;
			return this;
		}

		/**
		 * Set the media type of the response: {@code text/plain},
		 * {@code application/json} or {@code text/x.enum}.
		 * @param responseMimeType the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder responseMimeType(@Nullable String responseMimeType) {
			this.responseMimeType = responseMimeType;
			return this;
		}

		/**
		 * Set the schema of the response, needs a matching {@code responseMimeType}.
		 * @param responseSchema the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder responseSchema(@Nullable Schema responseSchema) {
			this.responseSchema = responseSchema;
			return this;
		}

		/**
		 * Set the JSON Schema of the response, instead of {@code responseSchema}.
		 * @param responseJsonSchema the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder responseJsonSchema(@Nullable Object responseJsonSchema) {
			this.responseJsonSchema = responseJsonSchema;
			return this;
		}

		/**
		 * Set the format of the response, newest form.
		 * @param responseFormat the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder responseFormat(@Nullable ResponseFormatConfig responseFormat) {
			this.responseFormat = responseFormat;
			return this;
		}

		/**
		 * Set whether to return log probabilities.
		 * @param responseLogprobs the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder responseLogprobs(@Nullable Boolean responseLogprobs) {
			this.responseLogprobs = responseLogprobs;
			return this;
		}

		/**
		 * Set the number of alternatives for each token, 0 to 20, needs
		 * {@code responseLogprobs}.
		 * @param logprobs the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder logprobs(@Nullable Integer logprobs) {
			this.logprobs = logprobs;
			return this;
		}

		/**
		 * Set whether to improve responses on civic topics, Gemini API only.
		 * @param enableEnhancedCivicAnswers the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder enableEnhancedCivicAnswers(@Nullable Boolean enableEnhancedCivicAnswers) {
			this.enableEnhancedCivicAnswers = enableEnhancedCivicAnswers;
			return this;
		}

		/**
		 * Set the modalities of the response.
		 * @param responseModalities the values
		 * @return this builder
		 */
		public Builder responseModalities(List<Modality> responseModalities) {
			this.responseModalities = responseModalities;
			return this;
		}

		/**
		 * Set the modalities of the response.
		 * @param responseModalities the values
		 * @return this builder
		 */
		public Builder responseModalities(Modality... responseModalities) {
			return responseModalities(List.of(responseModalities));
		}

		/**
		 * Set the settings for generated speech.
		 * @param speechConfig the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder speechConfig(@Nullable SpeechConfig speechConfig) {
			this.speechConfig = speechConfig;
			return this;
		}

		/**
		 * Set the settings for thinking.
		 * @param thinkingConfig the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder thinkingConfig(@Nullable ThinkingConfig thinkingConfig) {
			this.thinkingConfig = thinkingConfig;
			return this;
		}

		/**
		 * Set the settings for generated images.
		 * @param imageConfig the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder imageConfig(@Nullable ImageConfig imageConfig) {
			this.imageConfig = imageConfig;
			return this;
		}

		/**
		 * Set the resolution at which media are processed.
		 * @param mediaResolution the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder mediaResolution(@Nullable MediaResolution mediaResolution) {
			this.mediaResolution = mediaResolution;
			return this;
		}

		/**
		 * Set the settings for transcriptions.
		 * @param audioTranscriptionConfig the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder audioTranscriptionConfig(@Nullable AudioTranscriptionConfig audioTranscriptionConfig) {
			this.audioTranscriptionConfig = audioTranscriptionConfig;
			return this;
		}

		/**
		 * Set the settings for translations, Gemini API only.
		 * @param translationConfig the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder translationConfig(@Nullable TranslationConfig translationConfig) {
			this.translationConfig = translationConfig;
			return this;
		}

		/**
		 * Set whether to adapt to the user's emotions.
		 * @param enableAffectiveDialog the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder enableAffectiveDialog(@Nullable Boolean enableAffectiveDialog) {
			this.enableAffectiveDialog = enableAffectiveDialog;
			return this;
		}

		/**
		 * Set whether to understand timestamps in audio, Vertex AI only.
		 * @param audioTimestamp the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder audioTimestamp(@Nullable Boolean audioTimestamp) {
			this.audioTimestamp = audioTimestamp;
			return this;
		}

		/**
		 * Set the routing to a model, Vertex AI only.
		 * @param routingConfig the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder routingConfig(@Nullable Object routingConfig) {
			this.routingConfig = routingConfig;
			return this;
		}

		/**
		 * Set the selection of a model, Vertex AI only.
		 * @param modelSelectionConfig the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder modelSelectionConfig(@Nullable Object modelSelectionConfig) {
			this.modelSelectionConfig = modelSelectionConfig;
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
		public GenerationConfig build() {
			return new GenerationConfig(this.temperature, this.topP, this.topK, this.candidateCount,
					this.maxOutputTokens, this.stopSequences, this.seed, this.presencePenalty, this.frequencyPenalty,
					this.responseMimeType, this.responseSchema, this.responseJsonSchema, this.responseFormat,
					this.responseLogprobs, this.logprobs, this.enableEnhancedCivicAnswers, this.responseModalities,
					this.speechConfig, this.thinkingConfig, this.imageConfig, this.mediaResolution,
					this.audioTranscriptionConfig, this.translationConfig, this.enableAffectiveDialog,
					this.audioTimestamp, this.routingConfig, this.modelSelectionConfig, this.additional);
		}

	}

}
