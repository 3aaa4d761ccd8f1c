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
 * Environment that {@link ComputerUse} operates.
 *
 * <p>
 * An open set: a value that this version does not know keeps its text.
 * <p>
 * Wire: enum {@code ComputerUseEnvironment} of {@code v1beta}.
 *
 * @param value the text on the wire
 */
public record ComputerUseEnvironment(@JsonValue String value) {

	/**
	 * {@code ENVIRONMENT_UNSPECIFIED}.
	 */
	public static final ComputerUseEnvironment ENVIRONMENT_UNSPECIFIED = new ComputerUseEnvironment(
			"ENVIRONMENT_UNSPECIFIED");

	/**
	 * {@code ENVIRONMENT_BROWSER}.
	 */
	public static final ComputerUseEnvironment ENVIRONMENT_BROWSER = new ComputerUseEnvironment("ENVIRONMENT_BROWSER");

	/**
	 * {@code ENVIRONMENT_MOBILE}.
	 */
	public static final ComputerUseEnvironment ENVIRONMENT_MOBILE = new ComputerUseEnvironment("ENVIRONMENT_MOBILE");

	/**
	 * {@code ENVIRONMENT_DESKTOP}.
	 */
	public static final ComputerUseEnvironment ENVIRONMENT_DESKTOP = new ComputerUseEnvironment("ENVIRONMENT_DESKTOP");

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public ComputerUseEnvironment {
	}

	/**
	 * Return the value for a name as people write it in a configuration.
	 * @param name the name in any case, with {@code -} or {@code _}, such as
	 * {@code browser}; the prefix {@code ENVIRONMENT_} may be left out
	 * @return the value
	 */
	public static ComputerUseEnvironment of(String name) {
		return new ComputerUseEnvironment(EnumNames.of(name, "ENVIRONMENT_"));
	}

	@Override
	public String toString() {
		return this.value;
	}

}
