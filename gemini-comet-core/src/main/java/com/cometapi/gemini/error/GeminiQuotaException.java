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
 * Thrown when the balance or the quota of the account is used up. A retry soon after does
 * not help.
 */
public final class GeminiQuotaException extends GeminiException {

	public GeminiQuotaException(String message, GeminiError error, @Nullable Throwable cause) {
		super(GeminiFailureCode.QUOTA, message, error, false, cause);
	}

	/**
	 * Return the time until the quota is renewed, such as a quota per day.
	 * @return the wait that the server asks for, or {@code null} for none
	 */
	public @Nullable Duration getRetryAfter() {
		return getError().retryAfter();
	}

}
