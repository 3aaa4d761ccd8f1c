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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import com.cometapi.gemini.error.GeminiLimitType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Admits calls with a store that several instances share. Without the store, the settings
 * determine what happens to calls. Also counts all calls in this process, to report them
 * to a store that has lost them. Thread-safe.
 */
final class SharedLimitAdmission implements LimitAdmission {

	private final LocalLimits local;

	private final GeminiLimitStore store;

	private final LimitStoreMonitor monitor;

	private final GeminiLimitSettings settings;

	SharedLimitAdmission(LocalLimits local, GeminiLimitStore store, GeminiLimitSettings settings) {
		this.local = local;
		this.store = store;
		this.monitor = new LimitStoreMonitor(store, local, settings);
		this.settings = settings;
	}

	@Override
	public Mono<Map<String, GeminiLimitRefusal>> acquire(List<GeminiLimitPermit> permits) {
		if (!this.monitor.isAvailable()) {
			return Mono.just(acquireWithoutStore(permits));
		}
		return Mono.defer(() -> this.store.acquire(permits))
			.single()
			.timeout(this.settings.storeTimeout(), Schedulers.parallel())
			.doOnNext((refusals) -> record(permits, refusals))
			.onErrorResume((ex) -> {
				this.monitor.handleFailure(ex);
				Map<String, GeminiLimitRefusal> refusals = acquireWithoutStore(permits);
				// The store may still admit them after the timeout.
				List<GeminiLimitPermit> refused = permits.stream()
					.filter((permit) -> refusals.containsKey(permit.id()))
					.toList();
				if (!refused.isEmpty()) {
					send(() -> this.store.withdraw(refused), refused).subscribe();
				}
				return Mono.just(refusals);
			});
	}

	private void record(List<GeminiLimitPermit> permits, Map<String, GeminiLimitRefusal> refusals) {
		permits.stream()
			.filter((permit) -> !refusals.containsKey(permit.id()))
			.forEach((permit) -> this.local.record(permit, true));
		this.monitor.start();
	}

	private Map<String, GeminiLimitRefusal> acquireWithoutStore(List<GeminiLimitPermit> permits) {
		this.monitor.start();
		switch (this.settings.onStoreFailure()) {
			case ALLOW -> {
				permits.forEach((permit) -> this.local.record(permit, false));
				return Map.of();
			}
			case LOCAL -> {
				return this.local.acquire(permits, this.settings.instances());
			}
			default -> {
				Map<String, GeminiLimitRefusal> refusals = new HashMap<>();
				permits.forEach((permit) -> refusals.put(permit.id(), new GeminiLimitRefusal(permit.scopes().get(0),
						GeminiLimitType.STORE_UNAVAILABLE, this.monitor.retryAfter())));
				return refusals;
			}
		}
	}

	@Override
	public void count(GeminiLimitPermit permit) {
		GeminiLimitReport report = this.local.count(permit);
		this.monitor.start();
		Mono.defer(() -> this.store.report(List.of(report)))
			.timeout(this.settings.storeTimeout(), Schedulers.parallel())
			.subscribe(this.monitor::handleLoss, this.monitor::handleFailure);
	}

	@Override
	public Mono<Void> release(GeminiLimitPermit permit, @Nullable Long tokens) {
		this.local.release(permit, tokens);
		return send(() -> this.store.release(permit, tokens), List.of(permit));
	}

	@Override
	public Mono<Void> withdraw(GeminiLimitPermit permit) {
		this.local.withdraw(permit);
		return send(() -> this.store.withdraw(List.of(permit)), List.of(permit));
	}

	// Sends the end of calls even to a store that is not available, since it may only be
	// slow.
	private Mono<Void> send(Supplier<Mono<Void>> end, List<GeminiLimitPermit> permits) {
		Mono<Void> sent = this.monitor.send(end, permits);
		if (this.monitor.isAvailable()) {
			return sent;
		}
		sent.subscribe();
		return Mono.empty();
	}

	@Override
	public boolean isStoreAvailable() {
		return this.monitor.isAvailable();
	}

	@Override
	public boolean isShared() {
		return true;
	}

	@Override
	public void open() {
		this.monitor.open();
	}

	@Override
	public void close() {
		this.monitor.close();
	}

}
