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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import com.cometapi.gemini.limit.GeminiLimitSettings.StoreFailure;
import com.cometapi.gemini.limit.LocalLimits.Reported;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Reports the calls of this instance to the shared store every second, so that their
 * places stay taken, and determines whether the store is available. After a failure, the
 * store is available again when it has all calls of this instance and the other instances
 * have had the time to report theirs. Thread-safe.
 */
final class LimitStoreMonitor implements AutoCloseable {

	static final Duration INTERVAL = Duration.ofSeconds(1);

	// The other instances notice within an interval that their calls are missing...
	private static final Duration SETTLE_TIME = INTERVAL.multipliedBy(2);

	// ...once they are connected, which clients try at intervals that grow with the
	// outage.
	private static final Duration MAXIMUM_RECONNECT_DELAY = Duration.ofSeconds(30);

	private static final Log logger = LogFactory.getLog(LimitStoreMonitor.class);

	private final GeminiLimitStore store;

	private final LocalLimits local;

	private final GeminiLimitSettings settings;

	private final AtomicBoolean active = new AtomicBoolean();

	private final Disposable.Swap timer = Disposables.swap();

	// Ends of calls that have not reached the store, the oldest first.
	private final Queue<LostEnd> lostEnds = new ArrayDeque<>();

	private volatile boolean closed;

	private volatile State state = State.AVAILABLE;

	private volatile long failedAt = now();

	// Whether the store has lost its counts, not only failed.
	private volatile boolean reset;

	private volatile long availableAt = now();

	private volatile long renewedAt = now();

	LimitStoreMonitor(GeminiLimitStore store, LocalLimits local, GeminiLimitSettings settings) {
		this.store = store;
		this.local = local;
		this.settings = settings;
	}

	/**
	 * Return whether the store may decide about calls.
	 * @return {@code true} if it has all calls
	 */
	boolean isAvailable() {
		return this.state == State.AVAILABLE;
	}

	/**
	 * Return the time after which the store may be available.
	 * @return the time
	 */
	Duration retryAfter() {
		return (this.state == State.FAILED) ? INTERVAL : Duration.ofNanos(Math.max(this.availableAt - now(), 0));
	}

	/**
	 * Start to report the calls of this instance, unless they are being reported.
	 */
	void start() {
		if (this.active.compareAndSet(false, true)) {
			this.renewedAt = now();
			schedule(INTERVAL);
		}
	}

	private void schedule(Duration delay) {
		if (!this.closed) {
			this.timer.update(Schedulers.parallel().schedule(this::report, delay.toNanos(), TimeUnit.NANOSECONDS));
		}
	}

	/**
	 * Handle a failed operation of the store.
	 * @param failure the failure
	 */
	void handleFailure(Throwable failure) {
		State before = this.state;
		this.state = State.FAILED;
		if (before == State.AVAILABLE) {
			this.failedAt = now();
			if (this.closed) {
				// The application closes its connections.
				return;
			}
			logger.warn("The shared store of the limits failed; until it is available again, "
					+ switch (this.settings.onStoreFailure()) {
						case ALLOW -> "all calls are admitted";
						case REFUSE -> "all calls are refused";
						case LOCAL -> "this instance uses its share of the limits";
					}, failure);
		}
		start();
	}

	/**
	 * Handle the response to a report.
	 * @param lost whether the store has lost its counts
	 */
	void handleLoss(boolean lost) {
		if (lost) {
			this.reset = true;
			handleFailure(new IllegalStateException("The store has lost its counts"));
		}
	}

	/**
	 * Send the end of calls to the store. If that fails, it is sent once more when the
	 * store responds again. Otherwise, the store would count the calls until their leases
	 * run out.
	 * @param end the operation of the store
	 * @param permits the permits of the calls
	 * @return completion, even if the store fails
	 */
	Mono<Void> send(Supplier<Mono<Void>> end, List<GeminiLimitPermit> permits) {
		return send(end).onErrorResume((ex) -> {
			remember(permits);
			handleFailure(ex);
			return Mono.empty();
		});
	}

	private Mono<Void> send(Supplier<Mono<Void>> end) {
		return Mono.defer(end).timeout(this.settings.storeTimeout(), Schedulers.parallel());
	}

	private void remember(List<GeminiLimitPermit> permits) {
		long now = now();
		long counted = this.store.leaseTime().plus(LocalLimits.WINDOW).toNanos();
		synchronized (this.lostEnds) {
			permits.forEach((permit) -> this.lostEnds.add(new LostEnd(permit, now)));
			while (now - this.lostEnds.element().time() > counted) {
				this.lostEnds.remove();
			}
		}
	}

	private void report() {
		boolean failed = this.state == State.FAILED;
		boolean renewal = now() - this.renewedAt >= this.store.leaseTime().dividedBy(3).toNanos();
		Reported which = failed ? Reported.ALL : (renewal ? Reported.RUNNING : Reported.MISSING);
		Mono.defer(() -> {
			List<GeminiLimitReport> calls = this.local.reports(which);
			return this.store.report(calls)
				.single()
				.timeout(this.settings.storeTimeout(), Schedulers.parallel())
				.map((lost) -> handleReport(calls, which, lost));
		}).onErrorResume((ex) -> {
			handleFailure(ex);
			return Mono.just(INTERVAL);
		}).subscribe(this::scheduleNext);
	}

	// Returns the time until the next report.
	private Duration handleReport(List<GeminiLimitReport> calls, Reported which, boolean lost) {
		this.local.markStored(calls);
		endCalls(calls);
		if (which != Reported.MISSING) {
			this.renewedAt = now();
		}
		if (which == Reported.ALL) {
			this.availableAt = now() + settleTime(lost || this.reset).toNanos();
			this.reset = false;
			this.state = State.SETTLING;
		}
		else if (lost) {
			handleLoss(true);
			return Duration.ZERO;
		}
		if (this.state != State.SETTLING) {
			return INTERVAL;
		}
		Duration remaining = Duration.ofNanos(this.availableAt - now());
		if (remaining.compareTo(Duration.ZERO) > 0) {
			return (remaining.compareTo(INTERVAL) < 0) ? remaining : INTERVAL;
		}
		this.state = State.AVAILABLE;
		logger.info("The shared store of the limits is available again");
		// Report the calls that were admitted since the last report.
		return Duration.ZERO;
	}

	private Duration settleTime(boolean lost) {
		if (!lost && this.settings.onStoreFailure() == StoreFailure.REFUSE) {
			// No instance can have made a call that does not count.
			return Duration.ZERO;
		}
		Duration outage = Duration.ofNanos(now() - this.failedAt);
		return SETTLE_TIME.plus((outage.compareTo(MAXIMUM_RECONNECT_DELAY) < 0) ? outage : MAXIMUM_RECONNECT_DELAY);
	}

	private void endCalls(List<GeminiLimitReport> reported) {
		List<GeminiLimitPermit> permits = new ArrayList<>();
		synchronized (this.lostEnds) {
			this.lostEnds.forEach((lost) -> permits.add(lost.permit()));
			this.lostEnds.clear();
		}
		// A report that arrived after the end of its call makes the store count the call
		// again.
		reported.stream().filter(GeminiLimitReport::running).map(GeminiLimitReport::permit).forEach(permits::add);
		permits.removeIf(this.local::isRunning);
		for (GeminiLimitPermit permit : permits) {
			// Without tokens, the call was not made, or was requested more than a minute
			// ago.
			Long tokens = this.local.tokens(permit);
			send(() -> (tokens != null) ? this.store.release(permit, tokens) : this.store.withdraw(List.of(permit)))
				.subscribe(null, this::handleFailure);
		}
	}

	private void scheduleNext(Duration delay) {
		if (this.state != State.AVAILABLE || !this.local.isIdle()) {
			schedule(delay);
			return;
		}
		this.active.set(false);
		if (!this.local.isIdle()) {
			start();
		}
	}

	/**
	 * Resume the reports after {@link #close()}.
	 */
	void open() {
		if (this.closed) {
			this.closed = false;
			this.active.set(true);
			schedule(INTERVAL);
		}
	}

	@Override
	public void close() {
		this.closed = true;
		this.timer.update(Disposables.disposed());
	}

	private static long now() {
		return Schedulers.parallel().now(TimeUnit.NANOSECONDS);
	}

	private record LostEnd(GeminiLimitPermit permit, long time) {

	}

	/**
	 * States of the store.
	 */
	private enum State {

		/**
		 * Decides about calls.
		 */
		AVAILABLE,

		/**
		 * Did not respond, or has lost its counts.
		 */
		FAILED,

		/**
		 * Has the calls of this instance, and waits for those of others.
		 */
		SETTLING

	}

}
