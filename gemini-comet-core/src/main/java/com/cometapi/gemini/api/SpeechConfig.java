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
 * Settings for generated speech: one voice or several.
 *
 * <p>
 * Wire: message {@code SpeechConfig} of {@code v1beta}.
 *
 * @param voiceConfig the voice
 * @param multiSpeakerVoiceConfig the voices of several speakers, instead of one voice
 * @param languageCode the language, a BCP 47 tag
 * @param additional members that this version does not know, by name
 */
public record SpeechConfig(@Nullable VoiceConfig voiceConfig, @Nullable MultiSpeakerVoiceConfig multiSpeakerVoiceConfig,
		@Nullable String languageCode, @JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the factory methods; components may be
	 * added.
	 */
	public SpeechConfig {
		additional = ImmutableCollections.additional(additional);
	}

	/**
	 * Return a copy that speaks a language.
	 * @param languageCode the language, a BCP 47 tag, or {@code null} to let the model
	 * choose
	 * @return a new configuration
	 */
	public SpeechConfig withLanguageCode(@Nullable String languageCode) {
		return new SpeechConfig(this.voiceConfig, this.multiSpeakerVoiceConfig, languageCode, this.additional);
	}

	/**
	 * Create a configuration with one voice.
	 * @param voiceName the name of a voice, such as {@code Kore}
	 * @return a new configuration
	 */
	public static SpeechConfig voice(String voiceName) {
		return new SpeechConfig(VoiceConfig.of(voiceName), null, null, Map.of());
	}

	/**
	 * Create a configuration with several speakers.
	 * @param speakers the speakers and their voices
	 * @return a new configuration
	 */
	public static SpeechConfig speakers(SpeakerVoiceConfig... speakers) {
		MultiSpeakerVoiceConfig voices = new MultiSpeakerVoiceConfig(
				Preconditions.notEmpty(List.of(speakers), "speakers"), Map.of());
		return new SpeechConfig(null, voices, null, Map.of());
	}

}
