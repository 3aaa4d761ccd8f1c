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
 * The threshold of one safety filter.
 *
 * <p>
 * Wire: message {@code SafetySetting} of {@code v1beta}.
 *
 * @param category the kind of harm
 * @param threshold the probability of harm at and above which to block
 * @param method the measure to compare with the threshold, Vertex AI only
 * @param additional members that this version does not know, by name
 */
public record SafetySetting(@Nullable HarmCategory category, @Nullable HarmBlockThreshold threshold,
		@Nullable HarmBlockMethod method, @JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the factory methods; components may be
	 * added.
	 */
	public SafetySetting {
		additional = ImmutableCollections.additional(additional);
	}

	/**
	 * Create the threshold of one safety filter.
	 * @param category the kind of harm
	 * @param threshold the probability of harm at and above which to block
	 * @return a new setting
	 */
	public static SafetySetting of(HarmCategory category, HarmBlockThreshold threshold) {
		return new SafetySetting(Preconditions.notNull(category, "category"),
				Preconditions.notNull(threshold, "threshold"), null, Map.of());
	}

}
