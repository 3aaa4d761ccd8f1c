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
 * Thinking effort of a Gemini 3 model.
 *
 * <p>
 * An open set: a value that this version does not know keeps its text.
 * <p>
 * Wire: enum {@code ThinkingLevel} of {@code v1beta}.
 *
 * @param value the text on the wire
 */
public record ThinkingLevel(@JsonValue String value) {

	/**
	 * {@code THINKING_LEVEL_UNSPECIFIED}.
	 */
	public static final ThinkingLevel THINKING_LEVEL_UNSPECIFIED = new ThinkingLevel("THINKING_LEVEL_UNSPECIFIED");

	/**
	 * {@code MINIMAL}.
	 */
	public static final ThinkingLevel MINIMAL = new ThinkingLevel("MINIMAL");

	/**
	 * {@code LOW}.
	 */
	public static final ThinkingLevel LOW = new ThinkingLevel("LOW");

	/**
	 * {@code MEDIUM}.
	 */
	public static final ThinkingLevel MEDIUM = new ThinkingLevel("MEDIUM");

	/**
	 * {@code HIGH}.
	 */
	public static final ThinkingLevel HIGH = new ThinkingLevel("HIGH");

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public ThinkingLevel {
	}

	/**
	 * Return the value for a name as people write it in a configuration.
	 * @param name the name in any case, with {@code -} or {@code _}
	 * @return the value
	 */
	public static ThinkingLevel of(String name) {
		return new ThinkingLevel(EnumNames.of(name));
	}

	@Override
	public String toString() {
		return this.value;
	}

}
