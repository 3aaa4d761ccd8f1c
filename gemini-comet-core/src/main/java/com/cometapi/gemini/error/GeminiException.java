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

import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * Root of the exceptions that end a call, a prompt or a turn. Each subclass is a failure
 * that a caller would handle differently.
 */
public abstract class GeminiException extends RuntimeException implements GeminiFailure {

	private final GeminiFailureCode failureCode;

	private final GeminiError error;

	private final boolean isTransient;

	private final AtomicInteger attempts = new AtomicInteger(1);

	/**
	 * Create an exception for a failure without an error response.
	 * @param failureCode the failure code
	 * @param message the message
	 * @param isTransient whether a retry may succeed
	 * @param cause the cause, or {@code null} for none
	 */
	protected GeminiException(GeminiFailureCode failureCode, String message, boolean isTransient,
			@Nullable Throwable cause) {
		this(failureCode, message, GeminiError.NONE, isTransient, cause);
	}

	/**
	 * Create an exception for a failure that the endpoint reported.
	 * @param failureCode the failure code
	 * @param message the message
	 * @param error the error, {@link GeminiError#NONE} if there was no response
	 * @param isTransient whether a retry may succeed
	 * @param cause the cause, or {@code null} for none
	 */
	protected GeminiException(GeminiFailureCode failureCode, String message, GeminiError error, boolean isTransient,
			@Nullable Throwable cause) {
		super(message, cause);
		this.failureCode = failureCode;
		this.error = error;
		this.isTransient = isTransient;
	}

	@Override
	public GeminiFailureCode getFailureCode() {
		return this.failureCode;
	}

	/**
	 * Return the error that the endpoint reported.
	 * @return the error, {@link GeminiError#NONE} if there was no response
	 */
	public GeminiError getError() {
		return this.error;
	}

	/**
	 * Return whether the same request may succeed when it is sent again later.
	 * @return {@code true} for failures that are known to pass
	 */
	public boolean isTransient() {
		return this.isTransient;
	}

	/**
	 * Return the number of attempts. The failures of earlier attempts are
	 * {@link #getSuppressed() suppressed exceptions}.
	 * @return the number of attempts, 1 if the call was not retried; a stale pooled
	 * connection does not count
	 */
	public int getAttempts() {
		return this.attempts.get();
	}

	/**
	 * Set the number of attempts. Called by the client after the last attempt.
	 * @param attempts the number of attempts, at least 1
	 */
	public void setAttempts(int attempts) {
		this.attempts.set(attempts);
	}

}
