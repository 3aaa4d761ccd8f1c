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
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * {@link GeminiBudgetStore} in memory, for an application with one instance. Budgets
 * start again when the application is restarted. Holds an entry of about 200 bytes for
 * each key of a budget until its period is over. Thread-safe.
 */
public final class InMemoryGeminiBudgetStore implements GeminiBudgetStore {

	private final Map<String, Spending> spendings = new ConcurrentHashMap<>();

	private final InstantSource clock;

	// The time at which the first of the present keys expires.
	private final AtomicReference<Instant> nextExpiry = new AtomicReference<>(Instant.MAX);

	/**
	 * Create a store.
	 */
	public InMemoryGeminiBudgetStore() {
		this(InstantSource.system());
	}

	/**
	 * Create a store with a clock.
	 * @param clock the clock
	 */
	public InMemoryGeminiBudgetStore(InstantSource clock) {
		Assert.notNull(clock, "'clock' must not be null");
		this.clock = clock;
	}

	@Override
	public Mono<Reservation> reserve(String key, long amount, long limit, Instant expiry) {
		return Mono.fromSupplier(() -> {
			removeExpired();
			Spending before = this.spendings.getOrDefault(key, Spending.NONE);
			while (true) {
				if (amount < 0 && before == Spending.NONE) {
					// The period is over.
					return new Reservation(true, 0);
				}
				if (before.amount() + amount > limit) {
					return new Reservation(false, before.amount());
				}
				Spending after = new Spending(before.amount() + amount,
						(before != Spending.NONE) ? before.expiry() : expiry);
				if (replace(key, before, after)) {
					return new Reservation(true, after.amount());
				}
				before = this.spendings.getOrDefault(key, Spending.NONE);
			}
		});
	}

	private boolean replace(String key, Spending before, Spending after) {
		if (before != Spending.NONE) {
			return this.spendings.replace(key, before, after);
		}
		this.nextExpiry.accumulateAndGet(after.expiry(), (first, second) -> first.isBefore(second) ? first : second);
		return this.spendings.putIfAbsent(key, after) == null;
	}

	@Override
	public Mono<Long> add(String key, long amount, Instant expiry) {
		return reserve(key, amount, Long.MAX_VALUE, expiry).map(Reservation::spent);
	}

	private void removeExpired() {
		Instant now = this.clock.instant();
		Instant expiry = this.nextExpiry.get();
		if (now.isBefore(expiry) || !this.nextExpiry.compareAndSet(expiry, Instant.MAX)) {
			return;
		}
		this.spendings.values().removeIf((spending) -> !now.isBefore(spending.expiry()));
		this.spendings.values()
			.stream()
			.map(Spending::expiry)
			.min(Instant::compareTo)
			.ifPresent((next) -> this.nextExpiry.accumulateAndGet(next,
					(first, second) -> first.isBefore(second) ? first : second));
	}

	private record Spending(long amount, Instant expiry) {

		static final Spending NONE = new Spending(0, Instant.MAX);

	}

}
