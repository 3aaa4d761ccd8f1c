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

package com.cometapi.gemini.error;

import java.time.Duration;
import java.util.List;

/**
 * Thrown when no call was made, since the circuit breakers of the model and of all its
 * fallbacks are open after earlier failures.
 */
public final class GeminiCircuitOpenException extends GeminiException {

	private final Duration retryAfter;

	/**
	 * Create an exception for a call that was not made.
	 * @param message the message
	 * @param retryAfter the time until a circuit breaker admits a call again; also in
	 * {@link #getError()}, like that of an endpoint
	 */
	public GeminiCircuitOpenException(String message, Duration retryAfter) {
		super(GeminiFailureCode.SERVER, message,
				new GeminiError(null, null, null, null, List.of(), null, retryAfter, null), true, null);
		this.retryAfter = retryAfter;
	}

	/**
	 * Return the time until a circuit breaker admits a call again.
	 * @return the time, zero if another call is trying it already
	 */
	public Duration getRetryAfter() {
		return this.retryAfter;
	}

}
