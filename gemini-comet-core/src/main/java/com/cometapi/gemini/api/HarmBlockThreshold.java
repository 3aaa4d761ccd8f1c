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

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Probability of harm from which a response is blocked.
 *
 * <p>
 * An open set: a value that this version does not know keeps its text.
 * <p>
 * Wire: enum {@code HarmBlockThreshold} of {@code v1beta}.
 *
 * @param value the text on the wire
 */
public record HarmBlockThreshold(@JsonValue String value) {

	/**
	 * {@code HARM_BLOCK_THRESHOLD_UNSPECIFIED}.
	 */
	public static final HarmBlockThreshold HARM_BLOCK_THRESHOLD_UNSPECIFIED = new HarmBlockThreshold(
			"HARM_BLOCK_THRESHOLD_UNSPECIFIED");

	/**
	 * {@code BLOCK_LOW_AND_ABOVE}.
	 */
	public static final HarmBlockThreshold BLOCK_LOW_AND_ABOVE = new HarmBlockThreshold("BLOCK_LOW_AND_ABOVE");

	/**
	 * {@code BLOCK_MEDIUM_AND_ABOVE}.
	 */
	public static final HarmBlockThreshold BLOCK_MEDIUM_AND_ABOVE = new HarmBlockThreshold("BLOCK_MEDIUM_AND_ABOVE");

	/**
	 * {@code BLOCK_ONLY_HIGH}.
	 */
	public static final HarmBlockThreshold BLOCK_ONLY_HIGH = new HarmBlockThreshold("BLOCK_ONLY_HIGH");

	/**
	 * {@code BLOCK_NONE}.
	 */
	public static final HarmBlockThreshold BLOCK_NONE = new HarmBlockThreshold("BLOCK_NONE");

	/**
	 * {@code OFF}.
	 */
	public static final HarmBlockThreshold OFF = new HarmBlockThreshold("OFF");

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public HarmBlockThreshold {
	}

	/**
	 * Return the value for a name as people write it in a configuration.
	 * @param name the name in any case, with {@code -} or {@code _}
	 * @return the value
	 */
	public static HarmBlockThreshold of(String name) {
		return new HarmBlockThreshold(EnumNames.of(name));
	}

	@Override
	public String toString() {
		return this.value;
	}

}
