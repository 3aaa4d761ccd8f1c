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

package com.cometapi.gemini.client;

import com.cometapi.gemini.error.GeminiConnectionException;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiFailureCode;
import com.cometapi.gemini.error.GeminiTimeLimit;
import com.cometapi.gemini.error.GeminiTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an attempt that failed may have been billed.
 */
final class ChargeableFailures {

	private ChargeableFailures() {
	}

	/**
	 * Return whether the endpoint may have run an attempt whose request was sent.
	 * @param failure the failure of the attempt
	 * @return {@code false} if it certainly has not
	 */
	static boolean mayHaveRun(GeminiException failure) {
		if (failure instanceof GeminiTimeoutException timeout) {
			return timeout.getLimit() != GeminiTimeLimit.CONNECT;
		}
		if (failure instanceof GeminiConnectionException) {
			return !isUnsent(failure.getCause());
		}
		return !isRefusal(failure);
	}

	private static boolean isRefusal(GeminiException failure) {
		GeminiFailureCode code = failure.getFailureCode();
		return switch (code) {
			case AUTHENTICATION, PERMISSION, QUOTA, BUDGET, MODEL_NOT_FOUND, RATE_LIMIT, INVALID_REQUEST, BUSY -> true;
			case SERVER -> !isGatewayTimeout(failure);
			default -> false;
		};
	}

	/**
	 * Return whether a gateway gave up waiting for a model that may still be running.
	 * @param failure the failure of the attempt
	 * @return {@code true} for the statuses 504 and 524
	 */
	static boolean isGatewayTimeout(GeminiException failure) {
		Integer status = failure.getError().status();
		return status != null && (status == 504 || status == 524);
	}

	private static boolean isUnsent(@Nullable Throwable cause) {
		for (Throwable next = cause; next != null; next = next.getCause()) {
			if (UnsentRequests.isUnsent(next)) {
				return true;
			}
		}
		return false;
	}

}
