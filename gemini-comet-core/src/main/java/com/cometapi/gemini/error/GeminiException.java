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
 * Root of what a call, a chat or a stream to a browser can throw. Each subclass is
 * something that a caller would handle in another way.
 */
public abstract class GeminiException extends RuntimeException implements GeminiFailure {

	private final GeminiError error;

	private final boolean isTransient;

	private final AtomicInteger attempts = new AtomicInteger(1);

	/**
	 * Create an exception for a failure of which no endpoint has said anything.
	 * @param message what failed
	 * @param isTransient whether the same may succeed later
	 * @param cause why it failed, or {@code null} if the message says it
	 */
	protected GeminiException(String message, boolean isTransient, @Nullable Throwable cause) {
		this(message, GeminiError.NONE, isTransient, cause);
	}

	protected GeminiException(String message, GeminiError error, boolean isTransient, @Nullable Throwable cause) {
		super(message, cause);
		this.error = error;
		this.isTransient = isTransient;
	}

	/**
	 * Return what the endpoint said of the failure.
	 * @return the error, {@link GeminiError#NONE} if there was no answer
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
	 * Return how often the call was tried. How the earlier attempts ended is among the
	 * {@link #getSuppressed() suppressed exceptions}.
	 * @return the number of attempts, 1 if the call was not tried again; a connection of
	 * the pool that the endpoint had closed does not count
	 */
	public int getAttempts() {
		return this.attempts.get();
	}

	/**
	 * Set how often the call was sent. Called by the client when the last attempt has
	 * failed.
	 * @param attempts the number of attempts, at least 1
	 */
	public void setAttempts(int attempts) {
		this.attempts.set(attempts);
	}

}
