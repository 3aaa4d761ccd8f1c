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
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import org.jspecify.annotations.Nullable;

/**
 * The stage of a model's life (Gemini API only).
 *
 * <p>
 * Wire: message {@code ModelStatus} of {@code v1beta}.
 *
 * @param modelStage the stage, such as {@code STABLE} or {@code RETIRED}
 * @param message the description of the stage
 * @param retirementTime the time at which the model is switched off, RFC 3339
 * @param additional members that this version does not know, by name
 */
public record ModelStatus(@Nullable String modelStage, @Nullable String message, @Nullable String retirementTime,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	private static final Set<String> RETIRING_STAGES = Set.of("LEGACY", "DEPRECATED", "RETIRED");

	/**
	 * Create a message. Called by Jackson and the factory methods; components may be
	 * added.
	 */
	public ModelStatus {
		additional = ImmutableCollections.additional(additional);
	}

	/**
	 * Return whether the model is to be retired: a retirement time is set, or the stage
	 * is {@code LEGACY}, {@code DEPRECATED} or {@code RETIRED}.
	 * @return {@code true} if another model should be chosen
	 */
	public boolean announcesRetirement() {
		return this.retirementTime != null || (this.modelStage != null && RETIRING_STAGES.contains(this.modelStage));
	}

}
