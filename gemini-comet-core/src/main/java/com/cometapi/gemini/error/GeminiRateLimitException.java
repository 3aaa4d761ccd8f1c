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
 * Thrown for too many requests or an overloaded endpoint. The same request may succeed
 * later.
 */
public final class GeminiRateLimitException extends GeminiException {

	public GeminiRateLimitException(String message, GeminiError error, @Nullable Throwable cause) {
		super(GeminiFailureCode.RATE_LIMIT, message, error, true, cause);
	}

	/**
	 * Return the wait that the server asks for.
	 * @return the wait, or {@code null} for none
	 */
	public @Nullable Duration getRetryAfter() {
		return getError().retryAfter();
	}

}
