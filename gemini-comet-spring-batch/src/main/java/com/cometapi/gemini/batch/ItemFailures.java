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

package com.cometapi.gemini.batch;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

import com.cometapi.gemini.error.GeminiBudgetUnavailableException;
import com.cometapi.gemini.error.GeminiCircuitOpenException;
import com.cometapi.gemini.error.GeminiFailure;
import com.cometapi.gemini.error.GeminiFailureCode;
import com.cometapi.gemini.error.GeminiLimitExceededException;
import com.cometapi.gemini.error.GeminiRateLimitException;
import com.cometapi.gemini.error.GeminiThreadsExhaustedException;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes failures of an item from those that the following items would have as
 * well.
 */
final class ItemFailures {

	private static final Duration DEFAULT_WAIT = Duration.ofSeconds(1);

	private static final Duration MIN_WAIT = Duration.ofMillis(100);

	private static final Set<GeminiFailureCode> FATAL = EnumSet.of(GeminiFailureCode.AUTHENTICATION,
			GeminiFailureCode.PERMISSION, GeminiFailureCode.QUOTA, GeminiFailureCode.BUDGET,
			GeminiFailureCode.MODEL_NOT_FOUND, GeminiFailureCode.SHUTDOWN);

	private ItemFailures() {
	}

	/**
	 * Return whether a failure ends the step.
	 * @param ex the failure
	 * @return {@code true} if the following items would fail as well
	 */
	static boolean isFatal(Throwable ex) {
		return ex instanceof GeminiStepFailedException || ex instanceof Error || FATAL.contains(code(ex));
	}

	/**
	 * Return the time after which a call that was not admitted may be sent again.
	 * @param ex the failure of the call
	 * @return the time, or {@code null} if the call was admitted
	 */
	static @Nullable Duration findWait(Throwable ex) {
		Duration wait;
		if (ex instanceof GeminiRateLimitException refusal) {
			wait = refusal.getRetryAfter();
		}
		else if (ex instanceof GeminiLimitExceededException refusal) {
			wait = refusal.getRetryAfter();
		}
		else if (ex instanceof GeminiCircuitOpenException refusal) {
			wait = refusal.getRetryAfter();
		}
		else if (ex instanceof GeminiThreadsExhaustedException || ex instanceof GeminiBudgetUnavailableException) {
			wait = null;
		}
		else {
			return null;
		}
		if (wait == null) {
			return DEFAULT_WAIT;
		}
		return (wait.compareTo(MIN_WAIT) < 0) ? MIN_WAIT : wait;
	}

	static GeminiItemResult.Failure describe(Throwable ex) {
		return new GeminiItemResult.Failure(code(ex).value(),
				(ex.getMessage() != null) ? ex.getMessage() : ex.getClass().getName());
	}

	private static GeminiFailureCode code(Throwable ex) {
		return (ex instanceof GeminiFailure failure) ? failure.getFailureCode() : GeminiFailureCode.INTERNAL;
	}

}
