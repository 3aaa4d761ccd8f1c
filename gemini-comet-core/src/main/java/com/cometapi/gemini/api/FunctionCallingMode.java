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
 * Mode that determines whether a model calls functions.
 *
 * <p>
 * An open set: a value that this version does not know keeps its text.
 * <p>
 * Wire: enum {@code FunctionCallingMode} of {@code v1beta}.
 *
 * @param value the text on the wire
 */
public record FunctionCallingMode(@JsonValue String value) {

	/**
	 * {@code MODE_UNSPECIFIED}.
	 */
	public static final FunctionCallingMode MODE_UNSPECIFIED = new FunctionCallingMode("MODE_UNSPECIFIED");

	/**
	 * {@code AUTO}.
	 */
	public static final FunctionCallingMode AUTO = new FunctionCallingMode("AUTO");

	/**
	 * {@code ANY}.
	 */
	public static final FunctionCallingMode ANY = new FunctionCallingMode("ANY");

	/**
	 * {@code NONE}.
	 */
	public static final FunctionCallingMode NONE = new FunctionCallingMode("NONE");

	/**
	 * {@code VALIDATED}.
	 */
	public static final FunctionCallingMode VALIDATED = new FunctionCallingMode("VALIDATED");

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public FunctionCallingMode {
	}

	/**
	 * Return the value for a name as people write it in a configuration.
	 * @param name the name in any case, with {@code -} or {@code _}
	 * @return the value
	 */
	public static FunctionCallingMode of(String name) {
		return new FunctionCallingMode(EnumNames.of(name));
	}

	@Override
	public String toString() {
		return this.value;
	}

}
