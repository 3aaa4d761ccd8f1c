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
 * Rating of a text by a safety filter.
 *
 * <p>
 * Wire: message {@code SafetyRating} of {@code v1beta}.
 *
 * @param category the kind of harm
 * @param probability the probability of harm
 * @param blocked whether the text was blocked for it
 * @param probabilityScore the probability of harm, 0 to 1, Vertex AI only
 * @param severity the severity of the harm, Vertex AI only
 * @param severityScore the severity of the harm, 0 to 1, Vertex AI only
 * @param overwrittenThreshold the threshold that was used instead of the one asked for,
 * Vertex AI only
 * @param additional members that this version does not know, by name
 */
public record SafetyRating(@Nullable HarmCategory category, @Nullable HarmProbability probability,
		@Nullable Boolean blocked, @Nullable Double probabilityScore, @Nullable HarmSeverity severity,
		@Nullable Double severityScore, @Nullable HarmBlockThreshold overwrittenThreshold,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the factory methods; components may be
	 * added.
	 */
	public SafetyRating {
		additional = ImmutableCollections.additional(additional);
	}

	/**
	 * Create a rating that blocks nothing.
	 * @param category the kind of harm
	 * @param probability the probability of harm
	 * @return a new rating
	 */
	public static SafetyRating of(HarmCategory category, HarmProbability probability) {
		return new SafetyRating(category, probability, null, null, null, null, null, Map.of());
	}

}
