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
 * Outcome of running code on the server.
 *
 * <p>
 * An open set: a value that this version does not know keeps its text.
 * <p>
 * Wire: enum {@code CodeExecutionOutcome} of {@code v1beta}.
 *
 * @param value the text on the wire
 */
public record CodeExecutionOutcome(@JsonValue String value) {

	/**
	 * {@code OUTCOME_UNSPECIFIED}.
	 */
	public static final CodeExecutionOutcome OUTCOME_UNSPECIFIED = new CodeExecutionOutcome("OUTCOME_UNSPECIFIED");

	/**
	 * {@code OUTCOME_OK}.
	 */
	public static final CodeExecutionOutcome OUTCOME_OK = new CodeExecutionOutcome("OUTCOME_OK");

	/**
	 * {@code OUTCOME_FAILED}.
	 */
	public static final CodeExecutionOutcome OUTCOME_FAILED = new CodeExecutionOutcome("OUTCOME_FAILED");

	/**
	 * {@code OUTCOME_DEADLINE_EXCEEDED}.
	 */
	public static final CodeExecutionOutcome OUTCOME_DEADLINE_EXCEEDED = new CodeExecutionOutcome(
			"OUTCOME_DEADLINE_EXCEEDED");

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public CodeExecutionOutcome {
	}

	/**
	 * Return the value for a name as people write it in a configuration.
	 * @param name the name in any case, with {@code -} or {@code _}, such as {@code ok};
	 * the prefix {@code OUTCOME_} may be left out
	 * @return the value
	 */
	public static CodeExecutionOutcome of(String name) {
		return new CodeExecutionOutcome(EnumNames.of(name, "OUTCOME_"));
	}

	@Override
	public String toString() {
		return this.value;
	}

}
