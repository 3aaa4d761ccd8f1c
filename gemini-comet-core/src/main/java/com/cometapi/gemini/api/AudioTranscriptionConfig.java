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
 * Settings for the transcription of audio.
 *
 * <p>
 * Wire: message {@code AudioTranscriptionConfig} of {@code v1beta}.
 *
 * @param languageCodes the languages to expect, BCP 47 tags
 * @param diarization whether to distinguish the speakers
 * @param wordTimestamp whether to return the time of each word
 * @param customVocabulary words to expect
 * @param mode the transcription style: {@code VERBATIM} or {@code SMART}
 * @param adaptationPhrases phrases to expect, deprecated on the wire
 * @param languageHints languages to expect, deprecated on the wire
 * @param languageAuto the request to detect the language, deprecated on the wire
 * @param additional members that this version does not know, by name
 */
public record AudioTranscriptionConfig(@IncludeWhenPresent List<String> languageCodes, @Nullable Boolean diarization,
		@Nullable Boolean wordTimestamp, @IncludeWhenPresent List<String> customVocabulary, @Nullable String mode,
		@IncludeWhenPresent List<String> adaptationPhrases, @Nullable LanguageHints languageHints,
		@Nullable LanguageAuto languageAuto, @JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the builder; components may be added.
	 */
	public AudioTranscriptionConfig {
		languageCodes = ImmutableCollections.list(languageCodes);
		customVocabulary = ImmutableCollections.list(customVocabulary);
		adaptationPhrases = ImmutableCollections.list(adaptationPhrases);
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
	 * Builder for {@link AudioTranscriptionConfig}, not thread-safe.
	 */
	public static final class Builder {

		private List<String> languageCodes = ImmutableCollections.absent();

		private @Nullable Boolean diarization;

		private @Nullable Boolean wordTimestamp;

		private List<String> customVocabulary = ImmutableCollections.absent();

		private @Nullable String mode;

		private List<String> adaptationPhrases = ImmutableCollections.absent();

		private @Nullable LanguageHints languageHints;

		private @Nullable LanguageAuto languageAuto;

		private Map<String, @Nullable Object> additional = Map.of();

		private Builder() {
		}

		private Builder(AudioTranscriptionConfig message) {
			this.languageCodes = message.languageCodes;
			this.diarization = message.diarization;
			this.wordTimestamp = message.wordTimestamp;
			this.customVocabulary = message.customVocabulary;
			this.mode = message.mode;
			this.adaptationPhrases = message.adaptationPhrases;
			this.languageHints = message.languageHints;
			this.languageAuto = message.languageAuto;
			this.additional = message.additional;
		}

		/**
		 * Set the languages to expect, BCP 47 tags.
		 * @param languageCodes the values
		 * @return this builder
		 */
		public Builder languageCodes(List<String> languageCodes) {
			this.languageCodes = languageCodes;
			return this;
		}

		/**
		 * Set the languages to expect, BCP 47 tags.
		 * @param languageCodes the values
		 * @return this builder
		 */
		public Builder languageCodes(String... languageCodes) {
			return languageCodes(List.of(languageCodes));
		}

		/**
		 * Set whether to distinguish the speakers.
		 * @param diarization the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder diarization(@Nullable Boolean diarization) {
			this.diarization = diarization;
			return this;
		}

		/**
		 * Set whether to return the time of each word.
		 * @param wordTimestamp the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder wordTimestamp(@Nullable Boolean wordTimestamp) {
			this.wordTimestamp = wordTimestamp;
			return this;
		}

		/**
		 * Set words to expect.
		 * @param customVocabulary the values
		 * @return this builder
		 */
		public Builder customVocabulary(List<String> customVocabulary) {
			this.customVocabulary = customVocabulary;
			return this;
		}

		/**
		 * Set words to expect.
		 * @param customVocabulary the values
		 * @return this builder
		 */
		public Builder customVocabulary(String... customVocabulary) {
			return customVocabulary(List.of(customVocabulary));
		}

		/**
		 * Set the transcription style: {@code VERBATIM} or {@code SMART}.
		 * @param mode the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder mode(@Nullable String mode) {
			this.mode = mode;
			return this;
		}

		/**
		 * Set phrases to expect, deprecated on the wire.
		 * @param adaptationPhrases the values
		 * @return this builder
		 */
		public Builder adaptationPhrases(List<String> adaptationPhrases) {
			this.adaptationPhrases = adaptationPhrases;
			return this;
		}

		/**
		 * Set phrases to expect, deprecated on the wire.
		 * @param adaptationPhrases the values
		 * @return this builder
		 */
		public Builder adaptationPhrases(String... adaptationPhrases) {
			return adaptationPhrases(List.of(adaptationPhrases));
		}

		/**
		 * Set languages to expect, deprecated on the wire.
		 * @param languageHints the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder languageHints(@Nullable LanguageHints languageHints) {
			this.languageHints = languageHints;
			return this;
		}

		/**
		 * Set the request to detect the language, deprecated on the wire.
		 * @param languageAuto the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder languageAuto(@Nullable LanguageAuto languageAuto) {
			this.languageAuto = languageAuto;
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
		public AudioTranscriptionConfig build() {
			return new AudioTranscriptionConfig(this.languageCodes, this.diarization, this.wordTimestamp,
					this.customVocabulary, this.mode, this.adaptationPhrases, this.languageHints, this.languageAuto,
					this.additional);
		}

	}

	/**
	 * Languages to expect, deprecated on the wire.
	 *
	 * <p>
	 * Wire: message {@code LanguageHints} of {@code v1beta}.
	 *
	 * @param languageCodes the languages, BCP 47 tags
	 * @param additional members that this version does not know, by name
	 */
	public record LanguageHints(@IncludeWhenPresent List<String> languageCodes,
			@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

		/**
		 * Create a message. Called by Jackson and the factory methods; components may be
		 * added.
		 */
		public LanguageHints {
			languageCodes = ImmutableCollections.list(languageCodes);
			additional = ImmutableCollections.additional(additional);
		}

	}

	/**
	 * The request to detect the language, deprecated on the wire.
	 *
	 * <p>
	 * Wire: message {@code LanguageAuto} of {@code v1beta}.
	 *
	 * @param additional members that this version does not know, by name
	 */
	public record LanguageAuto(@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

		/**
		 * Create a message. Called by Jackson and the factory methods; components may be
		 * added.
		 */
		public LanguageAuto {
			additional = ImmutableCollections.additional(additional);
		}

	}

}
