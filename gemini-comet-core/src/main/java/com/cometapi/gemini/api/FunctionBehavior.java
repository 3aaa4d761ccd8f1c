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
 * Behavior of the model until the result of a function arrives (live API).
 *
 * <p>
 * An open set: a value that this version does not know keeps its text.
 * <p>
 * Wire: enum {@code FunctionBehavior} of {@code v1beta}.
 *
 * @param value the text on the wire
 */
public record FunctionBehavior(@JsonValue String value) {

	/**
	 * {@code UNSPECIFIED}.
	 */
	public static final FunctionBehavior UNSPECIFIED = new FunctionBehavior("UNSPECIFIED");

	/**
	 * {@code BLOCKING}.
	 */
	public static final FunctionBehavior BLOCKING = new FunctionBehavior("BLOCKING");

	/**
	 * {@code NON_BLOCKING}.
	 */
	public static final FunctionBehavior NON_BLOCKING = new FunctionBehavior("NON_BLOCKING");

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public FunctionBehavior {
	}

	/**
	 * Return the value for a name as people write it in a configuration.
	 * @param name the name in any case, with {@code -} or {@code _}
	 * @return the value
	 */
	public static FunctionBehavior of(String name) {
		return new FunctionBehavior(EnumNames.of(name));
	}

	@Override
	public String toString() {
		return this.value;
	}

}
