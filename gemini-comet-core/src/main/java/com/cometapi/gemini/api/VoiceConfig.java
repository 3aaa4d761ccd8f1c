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
 * A voice.
 *
 * <p>
 * Wire: message {@code VoiceConfig} of {@code v1beta}.
 *
 * @param prebuiltVoiceConfig a voice by name
 * @param replicatedVoiceConfig a voice by example, Vertex AI only
 * @param additional members that this version does not know, by name
 */
public record VoiceConfig(@Nullable PrebuiltVoiceConfig prebuiltVoiceConfig,
		@Nullable ReplicatedVoiceConfig replicatedVoiceConfig,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the factory methods; components may be
	 * added.
	 */
	public VoiceConfig {
		additional = ImmutableCollections.additional(additional);
	}

	/**
	 * Create a voice by name.
	 * @param voiceName the name of a voice, such as {@code Kore}
	 * @return a new configuration
	 */
	public static VoiceConfig of(String voiceName) {
		return new VoiceConfig(new PrebuiltVoiceConfig(Preconditions.hasText(voiceName, "voiceName"), Map.of()), null,
				Map.of());
	}

}
