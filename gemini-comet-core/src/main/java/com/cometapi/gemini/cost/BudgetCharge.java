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
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;

import com.cometapi.gemini.cost.GeminiBudget.OnExceeded;
import com.cometapi.gemini.cost.GeminiBudgetFilter.OnStoreFailure;
import com.cometapi.gemini.cost.GeminiBudgetStore.Reservation;
import com.cometapi.gemini.error.GeminiBudgetExceededException;
import com.cometapi.gemini.error.GeminiBudgetUnavailableException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;

/**
 * Charge of one call to one budget: reserved at most once, and settled at most once, even
 * if the store responds after the call has ended.
 */
final class BudgetCharge {

	private static final Log logger = LogFactory.getLog(GeminiBudgetFilter.class);

	// A call that began before the end of the period may be corrected after it.
	private static final Duration KEPT_AFTER_PERIOD = Duration.ofDays(1);

	private final BudgetSettings settings;

	private final GeminiBudget budget;

	private final String key;

	private final Instant resetAt;

	private final String storeKey;

	private long reserved;

	private boolean settled;

	BudgetCharge(BudgetSettings settings, GeminiBudget budget, Map<String, String> keys) {
		this.settings = settings;
		this.budget = budget;
		this.key = (budget.per() != null) ? keys.getOrDefault(budget.per(), "") : "";
		ZoneId zone = settings.zone();
		LocalDate first = budget.period().first(settings.clock().instant(), zone);
		this.resetAt = budget.period().end(first, zone);
		this.storeKey = "%s:%s:%s".formatted(budget.name(), first, this.key);
	}

	boolean isRefusing() {
		return this.budget.onExceeded() == OnExceeded.REFUSE;
	}

	String budgetName() {
		return this.budget.name();
	}

	/**
	 * Reserve an amount. Called only for budgets that refuse calls.
	 * @param amount the amount in billionths
	 * @return completion, or the exception of a refused call
	 */
	Mono<Void> reserve(long amount) {
		long limit = limit();
		Mono<Reservation> reservation = this.settings.store()
			.reserve(this.storeKey, amount, limit, expiry())
			.doOnNext((result) -> {
				if (result.granted()) {
					keep(amount);
				}
			});
		return withoutCancel(reservation).onErrorResume(this::handleFailure)
			.flatMap((result) -> (result.granted()) ? Mono.empty() : Mono.error(() -> refuse(amount, result.spent())));
	}

	// A store that responds too late has still reserved the amount.
	private synchronized void keep(long amount) {
		if (this.settled) {
			withoutCancel(add(-amount)).subscribe((spent) -> {
			}, this::warnNotCharged);
		}
		else {
			this.reserved = amount;
		}
	}

	private Mono<Reservation> handleFailure(Throwable failure) {
		if (this.settings.onStoreFailure() == OnStoreFailure.REFUSE) {
			return Mono.error(new GeminiBudgetUnavailableException(
					"The budget '%s' cannot be checked, and the call was refused: the budget store failed"
						.formatted(this.budget.name()),
					this.budget.name(), failure));
		}
		logger.warn("The budget '%s' cannot be checked, and a call was let through: the budget store failed with %s"
			.formatted(this.budget.name(), failure));
		return Mono.just(new Reservation(true, 0));
	}

	private GeminiBudgetExceededException refuse(long amount, long spent) {
		BigDecimal limit = this.budget.limitOf(this.key);
		BigDecimal before = GeminiBudget.toAmount(spent);
		String message = ("The budget '%s'%s does not allow this call: %s of %s are spent or reserved, and the call "
				+ "may cost %s. It starts again at %s")
			.formatted(this.budget.name(), subject(), before.toPlainString(), limit.toPlainString(),
					GeminiBudget.toAmount(amount).toPlainString(), this.resetAt);
		publish(before, true);
		// The period may have ended while the store decided.
		Duration wait = Duration.between(this.settings.clock().instant(), this.resetAt);
		return new GeminiBudgetExceededException(message, this.budget.name(), this.key, limit, before, this.resetAt,
				wait.isNegative() ? Duration.ZERO : wait);
	}

	/**
	 * Replace the reservation by the amount to charge. Does nothing the second time.
	 * @param amount the amount in billionths
	 * @return completion, even if the store fails
	 */
	Mono<Void> settle(long amount) {
		return Mono.defer(() -> {
			long correction;
			synchronized (this) {
				if (this.settled) {
					return Mono.empty();
				}
				this.settled = true;
				correction = amount - this.reserved;
			}
			return (correction != 0) ? correct(correction) : Mono.empty();
		});
	}

	private Mono<Void> correct(long correction) {
		return withoutCancel(add(correction)).doOnNext((spent) -> notifyOnce(correction, spent))
			.doOnError(this::warnNotCharged)
			.onErrorComplete()
			.then();
	}

	// The store is atomic: exactly one call sees its amount reach the limit.
	private void notifyOnce(long added, long spent) {
		long limit = limit();
		if (!isRefusing() && spent - added < limit && spent >= limit) {
			BigDecimal amount = GeminiBudget.toAmount(spent);
			logger.warn("The budget '%s'%s is used up: %s of %s are spent. It starts again at %s".formatted(
					this.budget.name(), subject(), amount.toPlainString(),
					this.budget.limitOf(this.key).toPlainString(), this.resetAt));
			publish(amount, false);
		}
	}

	private void publish(BigDecimal spent, boolean refused) {
		this.settings.publish(new GeminiBudgetEvent(this.budget, this.key, this.budget.limitOf(this.key), spent,
				this.resetAt, refused));
	}

	private Mono<Long> add(long amount) {
		return this.settings.store().add(this.storeKey, amount, expiry());
	}

	// Not cancelled with the caller: the store may have applied the amount already.
	private <T> Mono<T> withoutCancel(Mono<T> call) {
		return Mono
			.<T>create((sink) -> call.contextWrite(sink.contextView()).doOnSuccess(sink::success).subscribe((value) -> {
			}, sink::error))
			.timeout(this.settings.storeTimeout());
	}

	private void warnNotCharged(Throwable failure) {
		logger.warn("The charge of a call to the budget '%s' cannot be corrected: the budget store failed with %s"
			.formatted(this.budget.name(), failure));
	}

	private long limit() {
		return GeminiBudget.toBillionths(this.budget.limitOf(this.key));
	}

	private Instant expiry() {
		return this.resetAt.plus(KEPT_AFTER_PERIOD);
	}

	private String subject() {
		return (this.key.isEmpty()) ? "" : " of '%s'".formatted(this.key);
	}

}
