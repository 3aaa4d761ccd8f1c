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
 * The severity of harm (Vertex AI only).
 *
 * <p>
 * An open set: a value that this version does not know keeps its text.
 * <p>
 * Wire: enum {@code HarmSeverity} of Vertex AI {@code v1}.
 *
 * @param value the text on the wire
 */
public record HarmSeverity(@JsonValue String value) {

	/**
	 * {@code HARM_SEVERITY_UNSPECIFIED}.
	 */
	public static final HarmSeverity HARM_SEVERITY_UNSPECIFIED = new HarmSeverity("HARM_SEVERITY_UNSPECIFIED");

	/**
	 * {@code HARM_SEVERITY_NEGLIGIBLE}.
	 */
	public static final HarmSeverity HARM_SEVERITY_NEGLIGIBLE = new HarmSeverity("HARM_SEVERITY_NEGLIGIBLE");

	/**
	 * {@code HARM_SEVERITY_LOW}.
	 */
	public static final HarmSeverity HARM_SEVERITY_LOW = new HarmSeverity("HARM_SEVERITY_LOW");

	/**
	 * {@code HARM_SEVERITY_MEDIUM}.
	 */
	public static final HarmSeverity HARM_SEVERITY_MEDIUM = new HarmSeverity("HARM_SEVERITY_MEDIUM");

	/**
	 * {@code HARM_SEVERITY_HIGH}.
	 */
	public static final HarmSeverity HARM_SEVERITY_HIGH = new HarmSeverity("HARM_SEVERITY_HIGH");

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public HarmSeverity {
	}

	/**
	 * Return the value for a name as people write it in a configuration.
	 * @param name the name in any case, with {@code -} or {@code _}, such as {@code low};
	 * the prefix {@code HARM_SEVERITY_} may be left out
	 * @return the value
	 */
	public static HarmSeverity of(String name) {
		return new HarmSeverity(EnumNames.of(name, "HARM_SEVERITY_"));
	}

	@Override
	public String toString() {
		return this.value;
	}

}
