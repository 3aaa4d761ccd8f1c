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

import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the endpoint cannot be reached or the connection is lost.
 */
public final class GeminiConnectionException extends GeminiException {

	private final AtomicBoolean responseStarted = new AtomicBoolean();

	public GeminiConnectionException(String message, GeminiError error, boolean isTransient,
			@Nullable Throwable cause) {
		super(GeminiFailureCode.CONNECTION, message, error, isTransient, cause);
	}

	/**
	 * Return whether a part of the response had arrived, in which case the call is
	 * charged.
	 * @return {@code true} if the connection broke within the response
	 */
	public boolean isResponseStarted() {
		return this.responseStarted.get();
	}

	/**
	 * Record that a part of the response had arrived. Called by the client.
	 */
	public void markResponseStarted() {
		this.responseStarted.set(true);
	}

}
