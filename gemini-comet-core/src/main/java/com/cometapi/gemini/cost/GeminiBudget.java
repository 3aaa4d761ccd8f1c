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

package com.cometapi.gemini.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Amount that the calls of a day or a month may cost, in the currency of the prices.
 *
 * @param name the name of the budget
 * @param per the kind of the keys that have a budget each, such as {@code tenant}, or
 * {@code null} for one budget of all calls; calls without such a key share one budget
 * @param period the period after which the budget starts again
 * @param limit the amount for each key
 * @param limits the amounts for single keys, by key
 * @param onExceeded the reaction when the budget is used up
 */
public record GeminiBudget(String name, @Nullable String per, Period period, BigDecimal limit,
		Map<String, BigDecimal> limits, OnExceeded onExceeded) {

	private static final int DIGITS = 9;

	private static final BigDecimal MAX_LIMIT = BigDecimal.valueOf(1_000_000_000);

	/**
	 * Create a budget.
	 */
	public GeminiBudget {
		Assert.hasText(name, "'name' must not be empty");
		Assert.notNull(period, "'period' must not be null");
		Assert.notNull(onExceeded, "'onExceeded' must not be null");
		check("limit", limit);
		limits.forEach((key, value) -> check("limits." + key, value));
		limits = Map.copyOf(limits);
	}

	private static void check(String name, @Nullable BigDecimal limit) {
		Assert.isTrue(limit != null && limit.signum() > 0 && limit.compareTo(MAX_LIMIT) <= 0,
				() -> "'%s' must be more than 0 and at most %s".formatted(name, MAX_LIMIT));
	}

	/**
	 * Return the limit of a key.
	 * @param key the key
	 * @return the amount
	 */
	BigDecimal limitOf(String key) {
		return this.limits.getOrDefault(key, this.limit);
	}

	/**
	 * Convert an amount for the store.
	 * @param amount the amount
	 * @return the billionths, rounded up
	 */
	static long toBillionths(BigDecimal amount) {
		return amount.movePointRight(DIGITS).setScale(0, RoundingMode.CEILING).longValue();
	}

	/**
	 * Convert an amount from the store.
	 * @param billionths the billionths
	 * @return the amount
	 */
	static BigDecimal toAmount(long billionths) {
		BigDecimal amount = BigDecimal.valueOf(billionths, DIGITS).stripTrailingZeros();
		return (amount.scale() < 2) ? amount.setScale(2) : amount;
	}

	/**
	 * Calendar period of a budget.
	 */
	public enum Period {

		/**
		 * From midnight to midnight.
		 */
		DAY,

		/**
		 * From the first day of a month to that of the next one.
		 */
		MONTH;

		/**
		 * Return the first day of a period.
		 * @param now the current time
		 * @param zone the time zone
		 * @return the day
		 */
		LocalDate first(Instant now, ZoneId zone) {
			LocalDate today = LocalDate.ofInstant(now, zone);
			return (this == MONTH) ? today.withDayOfMonth(1) : today;
		}

		/**
		 * Return the end of a period.
		 * @param first the first day of the period
		 * @param zone the time zone
		 * @return the start of the next period
		 */
		Instant end(LocalDate first, ZoneId zone) {
			return ((this == MONTH) ? first.plusMonths(1) : first.plusDays(1)).atStartOfDay(zone).toInstant();
		}

	}

	/**
	 * Reaction to a budget that is used up.
	 */
	public enum OnExceeded {

		/**
		 * Refuse calls that may exceed the budget.
		 */
		REFUSE,

		/**
		 * Go on, and notify the listeners once in each period.
		 */
		NOTIFY

	}

}
