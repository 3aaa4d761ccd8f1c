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
 * The language of code that the model wrote.
 *
 * <p>
 * An open set: a value that this version does not know keeps its text.
 * <p>
 * Wire: enum {@code CodeLanguage} of {@code v1beta}.
 *
 * @param value the text on the wire
 */
public record CodeLanguage(@JsonValue String value) {

	/**
	 * {@code LANGUAGE_UNSPECIFIED}.
	 */
	public static final CodeLanguage LANGUAGE_UNSPECIFIED = new CodeLanguage("LANGUAGE_UNSPECIFIED");

	/**
	 * {@code PYTHON}.
	 */
	public static final CodeLanguage PYTHON = new CodeLanguage("PYTHON");

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public CodeLanguage {
	}

	/**
	 * Return the value for a name as people write it in a configuration.
	 * @param name the name in any case, with {@code -} or {@code _}
	 * @return the value
	 */
	public static CodeLanguage of(String name) {
		return new CodeLanguage(EnumNames.of(name));
	}

	@Override
	public String toString() {
		return this.value;
	}

}
