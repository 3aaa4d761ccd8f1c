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

import java.time.Instant;

import reactor.core.publisher.Mono;

/**
 * Store of the spent amounts of budgets, in billionths of the currency of the prices.
 * Must be atomic: of several reservations at the same time, including those of other
 * instances of the application, each sees those before it. Must not block. The spent
 * amount of an unknown key is 0.
 */
public interface GeminiBudgetStore {

	/**
	 * Add an amount to the spent amount, unless the sum would exceed a limit.
	 * @param key the key of a budget and a period
	 * @param amount the amount, not negative
	 * @param limit the limit
	 * @param expiry the time from which the key is not needed any more
	 * @return whether the amount was added, and the spent amount
	 */
	Mono<Reservation> reserve(String key, long amount, long limit, Instant expiry);

	/**
	 * Add an amount to the spent amount.
	 * @param key the key of a budget and a period
	 * @param amount the amount, negative to give back a part of a reservation
	 * @param expiry the time from which the key is not needed any more
	 * @return the spent amount, this one included
	 */
	Mono<Long> add(String key, long amount, Instant expiry);

	/**
	 * Result of a reservation.
	 *
	 * @param granted whether the amount was added
	 * @param spent the spent amount, without this one if it was not added
	 */
	record Reservation(boolean granted, long spent) {

	}

}
