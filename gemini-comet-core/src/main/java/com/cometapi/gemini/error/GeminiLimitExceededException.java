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

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a limit that the application sets for its own calls does not admit a call
 * within the maximum wait. Nothing was sent.
 */
public final class GeminiLimitExceededException extends GeminiException {

	private final GeminiLimitType type;

	private final Duration waited;

	/**
	 * Create an exception for a call that was not admitted.
	 * @param message the message
	 * @param type the type of the limit
	 * @param waited the time that the call has waited
	 * @param retryAfter the time after which the limit may admit the call, or
	 * {@code null} if it is not known, as with a limit of concurrent calls; also in
	 * {@link #getError()}, like that of an endpoint
	 */
	public GeminiLimitExceededException(String message, GeminiLimitType type, Duration waited,
			@Nullable Duration retryAfter) {
		super(GeminiFailureCode.RATE_LIMIT, message, (retryAfter != null)
				? new GeminiError(null, null, null, null, List.of(), null, retryAfter, null) : GeminiError.NONE, true,
				null);
		this.type = type;
		this.waited = waited;
	}

	/**
	 * Return the type of the limit.
	 * @return the type
	 */
	public GeminiLimitType getType() {
		return this.type;
	}

	/**
	 * Return the time that the call has waited.
	 * @return the time, zero if it was refused at once
	 */
	public Duration getWaited() {
		return this.waited;
	}

	/**
	 * Return the time after which the limit may admit the call.
	 * @return the time, or {@code null} if it is not known
	 */
	public @Nullable Duration getRetryAfter() {
		return getError().retryAfter();
	}

}
