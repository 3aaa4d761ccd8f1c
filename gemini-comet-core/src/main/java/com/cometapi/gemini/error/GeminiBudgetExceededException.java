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

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Thrown when a budget of the application does not allow a call. Nothing was sent.
 */
public final class GeminiBudgetExceededException extends GeminiException {

	private final String budget;

	private final String key;

	private final BigDecimal limit;

	private final BigDecimal spent;

	private final Instant resetAt;

	private final Duration retryAfter;

	/**
	 * Create an exception.
	 * @param message the message
	 * @param budget the name of the budget
	 * @param key the key, empty for calls without a key
	 * @param limit the limit of the key
	 * @param spent the amount that is spent or reserved
	 * @param resetAt the time at which the budget starts again
	 * @param retryAfter the time until then; also in {@link #getError()}, like that of an
	 * endpoint
	 */
	public GeminiBudgetExceededException(String message, String budget, String key, BigDecimal limit, BigDecimal spent,
			Instant resetAt, Duration retryAfter) {
		super(GeminiFailureCode.BUDGET, message,
				new GeminiError(null, null, null, null, List.of(), null, retryAfter, null), false, null);
		this.budget = budget;
		this.key = key;
		this.limit = limit;
		this.spent = spent;
		this.resetAt = resetAt;
		this.retryAfter = retryAfter;
	}

	/**
	 * Return the name of the budget.
	 * @return the name
	 */
	public String getBudget() {
		return this.budget;
	}

	/**
	 * Return the key whose budget is used up.
	 * @return the key, empty for calls without a key
	 */
	public String getKey() {
		return this.key;
	}

	/**
	 * Return the limit of the key.
	 * @return the amount
	 */
	public BigDecimal getLimit() {
		return this.limit;
	}

	/**
	 * Return the amount that is spent, or reserved for calls in flight.
	 * @return the amount
	 */
	public BigDecimal getSpent() {
		return this.spent;
	}

	/**
	 * Return the time at which the budget starts again.
	 * @return the time
	 */
	public Instant getResetAt() {
		return this.resetAt;
	}

	/**
	 * Return the time until the budget starts again.
	 * @return the time
	 */
	public Duration getRetryAfter() {
		return this.retryAfter;
	}

}
