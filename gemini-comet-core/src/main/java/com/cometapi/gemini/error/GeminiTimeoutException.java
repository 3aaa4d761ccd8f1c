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

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a time limit of the client was reached. The connection was closed; the
 * endpoint may still have processed and charged the request.
 */
public final class GeminiTimeoutException extends GeminiException {

	private final GeminiTimeLimit limit;

	private final Duration timeout;

	/**
	 * Create an exception for a time limit that was reached.
	 * @param message the message
	 * @param limit the limit that was reached
	 * @param timeout the length of the limit
	 * @param cause the cause, or {@code null} for none
	 */
	public GeminiTimeoutException(String message, GeminiTimeLimit limit, Duration timeout, @Nullable Throwable cause) {
		super(GeminiFailureCode.TIMEOUT, message, GeminiError.NONE, true, cause);
		this.limit = limit;
		this.timeout = timeout;
	}

	/**
	 * Return the limit that was reached.
	 * @return the limit
	 */
	public GeminiTimeLimit getLimit() {
		return this.limit;
	}

	/**
	 * Return the length of the limit.
	 * @return the time
	 */
	public Duration getTimeout() {
		return this.timeout;
	}

}
