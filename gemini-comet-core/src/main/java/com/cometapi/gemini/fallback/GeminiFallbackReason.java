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

import com.cometapi.gemini.error.GeminiConnectionException;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiLimitExceededException;
import com.cometapi.gemini.error.GeminiModelNotFoundException;
import com.cometapi.gemini.error.GeminiQuotaException;
import com.cometapi.gemini.error.GeminiRateLimitException;
import com.cometapi.gemini.error.GeminiServerException;
import com.cometapi.gemini.error.GeminiTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reasons for which a call goes to a fallback: failures that another model or connection
 * may not have.
 */
public enum GeminiFallbackReason {

	/**
	 * The endpoint failed.
	 */
	SERVER_ERROR("server-error"),

	/**
	 * The model is overloaded or not available for the moment.
	 */
	OVERLOADED("overloaded"),

	/**
	 * The endpoint refused the call because there were too many calls.
	 */
	RATE_LIMIT("rate-limit"),

	/**
	 * A limit of this application did not admit the call.
	 */
	LIMIT("limit"),

	/**
	 * The quota, for example the daily one, or the balance is used up.
	 */
	QUOTA("quota"),

	/**
	 * The model is not offered.
	 */
	MODEL_NOT_FOUND("model-not-found"),

	/**
	 * The endpoint could not be reached, or the connection broke.
	 */
	CONNECTION("connection"),

	/**
	 * There was no event within a time limit other than the total one.
	 */
	TIMEOUT("timeout"),

	/**
	 * The circuit breaker does not admit calls after earlier failures.
	 */
	CIRCUIT_OPEN("circuit-open");

	private final String value;

	GeminiFallbackReason(String value) {
		this.value = value;
	}

	/**
	 * Return the reason as text.
	 * @return the text, such as {@code rate-limit}
	 */
	public String value() {
		return this.value;
	}

	/**
	 * Return whether a failure for this reason is one of the endpoint, which a circuit
	 * breaker counts.
	 * @return {@code true} if it does
	 */
	boolean isFailureOfEndpoint() {
		return this != LIMIT && this != CIRCUIT_OPEN;
	}

	/**
	 * Return the reason for which a failed call goes to a fallback.
	 * @param failure the failure
	 * @return the reason, or {@code null} if another model or connection would not help
	 */
	static @Nullable GeminiFallbackReason of(GeminiException failure) {
		if (failure instanceof GeminiServerException) {
			Integer status = failure.getError().status();
			boolean overloaded = status != null && (status == 503 || status == 529);
			return (overloaded || "UNAVAILABLE".equals(failure.getError().googleStatus())) ? OVERLOADED : SERVER_ERROR;
		}
		if (failure instanceof GeminiRateLimitException) {
			return RATE_LIMIT;
		}
		if (failure instanceof GeminiLimitExceededException) {
			return LIMIT;
		}
		if (failure instanceof GeminiQuotaException) {
			return QUOTA;
		}
		if (failure instanceof GeminiModelNotFoundException) {
			return MODEL_NOT_FOUND;
		}
		if (failure instanceof GeminiConnectionException) {
			return CONNECTION;
		}
		if (failure instanceof GeminiTimeoutException timeout) {
			return switch (timeout.getLimit()) {
				case CONNECT -> CONNECTION;
				case FIRST_EVENT, IDLE -> TIMEOUT;
				case TOTAL -> null;
			};
		}
		return null;
	}

}
