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

package com.cometapi.gemini.fallback;

import java.time.Duration;

/**
 * State of the circuit of one model of one connection.
 *
 * @param connection the name of the connection
 * @param model the id of the model
 * @param state the state
 * @param retryAfter the time until the circuit admits a call again, zero if it is not
 * open
 */
public record GeminiCircuit(String connection, String model, State state, Duration retryAfter) {

	/**
	 * States of a circuit.
	 */
	public enum State {

		/**
		 * Calls are admitted.
		 */
		CLOSED,

		/**
		 * No call is admitted, since earlier ones failed.
		 */
		OPEN,

		/**
		 * Single calls are admitted to find out whether they succeed again.
		 */
		HALF_OPEN

	}

}
