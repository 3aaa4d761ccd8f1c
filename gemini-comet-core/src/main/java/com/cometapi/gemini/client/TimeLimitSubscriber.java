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

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import com.cometapi.gemini.error.GeminiTimeLimit;
import com.cometapi.gemini.error.GeminiTimeoutException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Ends a stream that reaches one of its time limits. Unlike Reactor's timeout operator,
 * it does not count time without demand from the subscriber, and schedules one task for
 * all streams instead of one for each event.
 *
 * @param <T> the type of the events
 */
final class TimeLimitSubscriber<T> extends ForwardingSubscriber<T, T> {

	private static final TimeLimitScheduler SCHEDULER = new TimeLimitScheduler();

	private final HttpAttempt attempt;

	private final CallContext context;

	private final Scheduler scheduler = Schedulers.parallel();

	// More than 0 while a signal is delivered: only a signal that finds 0 may be
	// delivered.
	private final AtomicInteger signals = new AtomicInteger();

	private final AtomicLong requested = new AtomicLong();

	private final long started = now();

	private volatile long waitingSince = this.started;

	private volatile boolean hasEvents;

	private volatile boolean done;

	private volatile @Nullable GeminiTimeoutException timeout;

	private TimeLimitSubscriber(CoreSubscriber<? super T> actual, HttpAttempt attempt) {
		super(actual);
		this.attempt = attempt;
		this.context = attempt.context();
	}

	/**
	 * Apply the time limits of the call to an attempt, which is cancelled by the first
	 * limit that it reaches.
	 * @param events the events of the attempt
	 * @param attempt the attempt
	 * @param <T> the type of the events
	 * @return the same events; fails with a {@link GeminiTimeoutException} at the first
	 * limit
	 */
	static <T> Flux<T> limit(Publisher<T> events, HttpAttempt attempt) {
		return Flux.from((subscriber) -> events
			.subscribe(new TimeLimitSubscriber<>(Operators.toCoreSubscriber(subscriber), attempt)));
	}

	@Override
	void begin() {
		SCHEDULER.add(this, untilNextLimit());
	}

	@Override
	public void onNext(T event) {
		if (!this.signals.compareAndSet(0, 1)) {
			Operators.onNextDropped(event, currentContext());
			return;
		}
		boolean first = !this.hasEvents;
		if (first) {
			this.hasEvents = true;
			this.attempt.markHandedOver();
		}
		if (this.requested.get() != Long.MAX_VALUE) {
			this.requested.decrementAndGet();
		}
		actual().onNext(event);
		this.waitingSince = now();
		if (this.signals.decrementAndGet() != 0) {
			endWithTimeout();
		}
		else if (first && !this.done) {
			// The idle timeout applies from here on.
			SCHEDULER.scheduleCheck(untilNextLimit());
		}
	}

	@Override
	public void onError(Throwable failure) {
		stopTimer();
		// A failure at the moment of a cancel has no subscriber.
		if (this.attempt.isCancelled()) {
			return;
		}
		if (this.signals.getAndIncrement() == 0) {
			actual().onError(failure);
		}
		else if (this.timeout == null) {
			Operators.onErrorDropped(failure, currentContext());
		}
	}

	@Override
	public void onComplete() {
		stopTimer();
		if (this.signals.getAndIncrement() == 0) {
			actual().onComplete();
		}
	}

	@Override
	public void request(long count) {
		if (Operators.validate(count)) {
			// Set before the demand: a check in between would count the time without
			// demand.
			if (this.requested.get() == 0) {
				this.waitingSince = now();
			}
			this.requested.getAndUpdate((requested) -> Operators.addCap(requested, count));
			super.request(count);
		}
	}

	@Override
	public void cancel() {
		stopTimer();
		cancelUpstream();
	}

	/**
	 * End the stream if it has reached a limit.
	 */
	void check() {
		if (this.done) {
			return;
		}
		GeminiTimeoutException timeout = reachedLimit();
		if (timeout == null) {
			SCHEDULER.scheduleCheck(untilNextLimit());
			return;
		}
		stopTimer();
		this.timeout = timeout;
		// Before the connection is closed, which must not be handled as a transient
		// failure.
		boolean idle = this.signals.getAndIncrement() == 0;
		cancelUpstream();
		if (idle) {
			endWithTimeout();
		}
	}

	private @Nullable GeminiTimeoutException reachedLimit() {
		Duration total = this.context.totalTimeout();
		if (total != null && untilTotalLimit() <= 0) {
			return timeoutException(GeminiTimeLimit.TOTAL, total, this.context.started());
		}
		if (untilEventLimit() > 0) {
			return null;
		}
		return (this.hasEvents) ? timeoutException(GeminiTimeLimit.IDLE, this.context.idleTimeout(), this.started)
				: timeoutException(GeminiTimeLimit.FIRST_EVENT, this.context.firstEventTimeout(), this.started);
	}

	private GeminiTimeoutException timeoutException(GeminiTimeLimit limit, Duration timeout, long started) {
		String failure = switch (limit) {
			case FIRST_EVENT -> "no response arrived";
			case IDLE -> "no further event arrived";
			default -> "the call did not end";
		};
		String message = "%s: %s within %s s ('%s'); the connection was closed after %s s.".formatted(
				this.context.subject(), failure, seconds(timeout), limit.getProperty(),
				seconds(Duration.ofNanos(now() - started)));
		return new GeminiTimeoutException(message, limit, timeout, null);
	}

	private static double seconds(Duration duration) {
		return duration.toMillis() / 1000.0;
	}

	/**
	 * Return the time until the next {@link #check()} is due.
	 * @return the time in nanoseconds, 0 if it is now
	 */
	long untilNextLimit() {
		return Math.max(Math.min(untilEventLimit(), untilTotalLimit()), 0);
	}

	// Positive while no event is awaited.
	private long untilEventLimit() {
		boolean hasEvents = this.hasEvents;
		// Unlike toNanos(), does not overflow if the duration is very long.
		long limit = TimeUnit.NANOSECONDS
			.convert((hasEvents) ? this.context.idleTimeout() : this.context.firstEventTimeout());
		if (this.requested.get() == 0 || this.signals.get() > 0) {
			return Math.max(limit, 1);
		}
		long now = now();
		// An event may have arrived since.
		long silence = Math.max(0, now - this.waitingSince);
		return limit - ((hasEvents) ? Math.min(silence, now - this.attempt.lastSignOfLife()) : silence);
	}

	private long untilTotalLimit() {
		Duration total = this.context.totalTimeout();
		return (total != null) ? TimeUnit.NANOSECONDS.convert(total) - (now() - this.context.started())
				: Long.MAX_VALUE;
	}

	private void stopTimer() {
		this.done = true;
		SCHEDULER.remove(this);
	}

	private void endWithTimeout() {
		GeminiTimeoutException timeout = this.timeout;
		if (timeout != null) {
			actual().onError(timeout);
		}
	}

	private void cancelUpstream() {
		this.attempt.markCancelled();
		upstream().cancel();
		this.attempt.closeConnection();
	}

	private long now() {
		return this.scheduler.now(TimeUnit.NANOSECONDS);
	}

}
