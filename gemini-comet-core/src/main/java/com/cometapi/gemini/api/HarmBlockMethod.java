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
 * Measure that a safety filter compares with its threshold (Vertex AI only).
 *
 * <p>
 * An open set: a value that this version does not know keeps its text.
 * <p>
 * Wire: enum {@code HarmBlockMethod} of Vertex AI {@code v1}.
 *
 * @param value the text on the wire
 */
public record HarmBlockMethod(@JsonValue String value) {

	/**
	 * {@code HARM_BLOCK_METHOD_UNSPECIFIED}.
	 */
	public static final HarmBlockMethod HARM_BLOCK_METHOD_UNSPECIFIED = new HarmBlockMethod(
			"HARM_BLOCK_METHOD_UNSPECIFIED");

	/**
	 * {@code SEVERITY}.
	 */
	public static final HarmBlockMethod SEVERITY = new HarmBlockMethod("SEVERITY");

	/**
	 * {@code PROBABILITY}.
	 */
	public static final HarmBlockMethod PROBABILITY = new HarmBlockMethod("PROBABILITY");

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public HarmBlockMethod {
	}

	/**
	 * Return the value for a name as people write it in a configuration.
	 * @param name the name in any case, with {@code -} or {@code _}
	 * @return the value
	 */
	public static HarmBlockMethod of(String name) {
		return new HarmBlockMethod(EnumNames.of(name));
	}

	@Override
	public String toString() {
		return this.value;
	}

}
