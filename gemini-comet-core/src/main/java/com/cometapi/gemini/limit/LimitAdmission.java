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

package com.cometapi.gemini.limit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import com.cometapi.gemini.error.GeminiLimitType;
import com.cometapi.gemini.limit.GeminiLimitSettings.StoreFailure;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Decides whether a call may be made: in this process, or with a shared store. A store
 * that fails is asked again after a second. Thread-safe.
 */
final class LimitAdmission {

	private static final Log logger = LogFactory.getLog(LimitAdmission.class);

	private static final Duration STORE_PAUSE = Duration.ofSeconds(1);

	private final LocalLimits local;

	private final @Nullable GeminiLimitStore store;

	private final GeminiLimitSettings settings;

	private volatile boolean storeAvailable = true;

	private volatile long storeFailed;

	// Whether the store has ever failed, which makes the time of the failure valid.
	private volatile boolean hasFailed;

	LimitAdmission(LocalLimits local, @Nullable GeminiLimitStore store, GeminiLimitSettings settings) {
		this.local = local;
		this.store = store;
		this.settings = settings;
	}

	/**
	 * Admit a call or refuse it.
	 * @param permit the permit of the call
	 * @return empty if the call is admitted, or the refusal
	 */
	Mono<GeminiLimitRefusal> acquire(GeminiLimitPermit permit) {
		if (this.store == null) {
			return Mono.justOrEmpty(this.local.acquire(permit, 1));
		}
		boolean counted = isSharing();
		if (counted) {
			GeminiLimitRefusal refusal = this.local.acquire(permit, this.settings.instances());
			if (refusal != null) {
				return Mono.just(refusal);
			}
		}
		if (isPausing()) {
			return acquireWithoutStore(permit, counted);
		}
		return Mono.defer(() -> this.store.acquire(permit))
			.timeout(this.settings.storeTimeout(), Schedulers.parallel())
			.doOnSuccess((refusal) -> handleDecision(permit, refusal, counted))
			.onErrorResume((ex) -> {
				handleFailure(ex);
				return acquireWithoutStore(permit, counted);
			});
	}

	private void handleDecision(GeminiLimitPermit permit, @Nullable GeminiLimitRefusal refusal, boolean counted) {
		if (!this.storeAvailable) {
			this.storeAvailable = true;
			logger.info("The store of the rate limits is available again");
		}
		if (refusal == null && !counted) {
			this.local.record(permit);
		}
		else if (refusal != null && counted) {
			this.local.withdraw(permit);
		}
	}

	private Mono<GeminiLimitRefusal> acquireWithoutStore(GeminiLimitPermit permit, boolean counted) {
		if (counted) {
			return Mono.empty();
		}
		switch (this.settings.onStoreFailure()) {
			case ALLOW -> {
				this.local.record(permit);
				return Mono.empty();
			}
			case LOCAL -> {
				return Mono.justOrEmpty(this.local.acquire(permit, this.settings.instances()));
			}
			default -> {
				return Mono.just(
						new GeminiLimitRefusal(permit.scopes().get(0), GeminiLimitType.STORE_UNAVAILABLE, STORE_PAUSE));
			}
		}
	}

	/**
	 * Count a request that is sent without asking.
	 * @param permit the permit of the request
	 */
	void count(GeminiLimitPermit permit) {
		this.local.count(permit);
		if (this.store != null) {
			send(this.store.count(permit)).subscribe();
		}
	}

	/**
	 * End a call.
	 * @param permit the permit of the call
	 * @param tokens the tokens that it used, or {@code null} to leave the estimate
	 * @return the end, after that of the store if it is available
	 */
	Mono<Void> release(GeminiLimitPermit permit, @Nullable Long tokens) {
		this.local.release(permit, tokens);
		return (this.store != null) ? send(this.store.release(permit, tokens)) : Mono.empty();
	}

	/**
	 * Remove a call that was admitted but not made.
	 * @param permit the permit of the call
	 * @return the end, after that of the store if it is available
	 */
	Mono<Void> withdraw(GeminiLimitPermit permit) {
		this.local.withdraw(permit);
		return (this.store != null) ? send(this.store.withdraw(permit)) : Mono.empty();
	}

	private Mono<Void> send(Mono<Void> command) {
		Mono<Void> sent = command.timeout(this.settings.storeTimeout(), Schedulers.parallel()).onErrorResume((ex) -> {
			handleFailure(ex);
			return Mono.empty();
		});
		if (isPausing()) {
			sent.subscribe();
			return Mono.empty();
		}
		return sent;
	}

	private void handleFailure(Throwable failure) {
		this.storeFailed = now();
		this.hasFailed = true;
		if (this.storeAvailable) {
			this.storeAvailable = false;
			logger
				.warn("The store of the rate limits is not available. Until it is, the reaction to a store failure is "
						+ this.settings.onStoreFailure(), failure);
		}
	}

	/**
	 * Return whether the store has responded to the last command.
	 * @return {@code true} if it has, or if there is none
	 */
	boolean isStoreAvailable() {
		return this.storeAvailable;
	}

	boolean hasStore() {
		return this.store != null;
	}

	private boolean isPausing() {
		return hasFailedWithin(STORE_PAUSE);
	}

	// For a minute after the last failure, calls count against the share of this instance
	// as well: a store that has lost its counts would admit the whole limit again.
	private boolean isSharing() {
		return this.settings.onStoreFailure() == StoreFailure.LOCAL && hasFailedWithin(LocalLimits.WINDOW);
	}

	private boolean hasFailedWithin(Duration time) {
		return this.hasFailed && now() - this.storeFailed < time.toNanos();
	}

	private static long now() {
		return Schedulers.parallel().now(TimeUnit.NANOSECONDS);
	}

}
