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
import java.util.concurrent.atomic.AtomicReference;

import com.cometapi.gemini.client.GeminiCallPriority;
import com.cometapi.gemini.client.GeminiExchange;
import com.cometapi.gemini.error.GeminiLimitExceededException;
import com.cometapi.gemini.error.GeminiLimitType;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;

import org.springframework.util.Assert;

/**
 * State of a limited call from its arrival to its end. Thread-safe.
 */
final class LimitedCall {

	private final GeminiExchange exchange;

	private final GeminiLimitPermit permit;

	private final long number;

	private final Duration maxWait;

	private final long started = now();

	private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

	private final Disposable.Swap timeout = Disposables.swap();

	// Set before other threads see the call.
	private @Nullable MonoSink<Void> sink;

	// The subscribing thread, or null once it has subscribed.
	private volatile @Nullable Thread subscriber = Thread.currentThread();

	private volatile @Nullable GeminiLimitRefusal refusal;

	private volatile long retryAt;

	private @Nullable GeminiLimitExceededException rejection;

	// Only used by the subscribing thread.
	private boolean decidedAtOnce;

	/**
	 * Create a call.
	 * @param exchange the call to the model
	 * @param permit the permit of the call
	 * @param number the number of the call in the order of arrival
	 * @param maxWait the maximum wait
	 */
	LimitedCall(GeminiExchange exchange, GeminiLimitPermit permit, long number, Duration maxWait) {
		this.exchange = exchange;
		this.permit = permit;
		this.number = number;
		this.maxWait = maxWait;
	}

	GeminiExchange exchange() {
		return this.exchange;
	}

	GeminiLimitPermit permit() {
		return this.permit;
	}

	GeminiCallPriority priority() {
		return this.exchange.options().priority();
	}

	long number() {
		return this.number;
	}

	void setSink(MonoSink<Void> sink) {
		this.sink = sink;
	}

	boolean isWaiting() {
		return this.state.get() == State.WAITING;
	}

	/**
	 * Admit the call.
	 * @return {@code false} if it no longer waits
	 */
	boolean admit() {
		return this.state.compareAndSet(State.WAITING, State.ADMITTED);
	}

	/**
	 * Record why the call still waits.
	 * @param refusal the refusal
	 */
	void refuse(GeminiLimitRefusal refusal) {
		Duration retryAfter = refusal.retryAfter();
		this.retryAt = now() + ((retryAfter != null) ? retryAfter.toNanos() : 0);
		this.refusal = refusal;
	}

	/**
	 * Return whether the call was refused at least once.
	 * @return {@code true} if it was
	 */
	boolean isRefused() {
		return this.refusal != null;
	}

	/**
	 * Reject the call because of its last refusal.
	 * @return the rejection, or {@code null} if the call no longer waits
	 */
	@Nullable GeminiLimitExceededException reject() {
		if (!this.state.compareAndSet(State.WAITING, State.ENDED)) {
			return null;
		}
		GeminiLimitExceededException rejection = rejection(refusal());
		this.rejection = rejection;
		return rejection;
	}

	/**
	 * Return the last refusal.
	 * @return the refusal; if there was none, one because the store is not available
	 */
	GeminiLimitRefusal refusal() {
		GeminiLimitRefusal refusal = this.refusal;
		return (refusal != null) ? refusal
				: new GeminiLimitRefusal(this.permit.scopes().get(0), GeminiLimitType.STORE_UNAVAILABLE, null);
	}

	private GeminiLimitExceededException rejection(GeminiLimitRefusal refusal) {
		Duration waited = waited();
		Duration retryAfter = (refusal.retryAfter() != null) ? Duration.ofNanos(Math.max(this.retryAt - now(), 0))
				: null;
		String limit = switch (refusal.type()) {
			case STORE_UNAVAILABLE -> "the shared store of the limits is not available";
			case CONCURRENT_CALLS ->
				"%s allows %s concurrent calls".formatted(refusal.scope(), refusal.scope().limit().concurrentCalls());
			case REQUESTS_PER_MINUTE -> "%s allows %s requests per minute".formatted(refusal.scope(),
					refusal.scope().limit().requestsPerMinute());
			case TOKENS_PER_MINUTE -> "%s allows %s tokens per minute, and the call needs about %s"
				.formatted(refusal.scope(), refusal.scope().limit().tokensPerMinute(), this.permit.tokens());
		};
		String message = "The call to the model '%s' was not made: %s. It waited %s s of at most %s s ('cometapi.gemini.limits.max-wait')%s."
			.formatted(this.exchange.model(), limit, seconds(waited), seconds(this.maxWait),
					(retryAfter != null) ? "; try again in %s s".formatted(seconds(retryAfter)) : "");
		return new GeminiLimitExceededException(message, refusal.type(), waited, retryAfter);
	}

	private static double seconds(Duration duration) {
		return duration.toMillis() / 1000.0;
	}

	/**
	 * End the call.
	 * @return the state before
	 */
	State end() {
		this.timeout.dispose();
		return this.state.getAndSet(State.ENDED);
	}

	Duration waited() {
		return Duration.ofNanos(now() - this.started);
	}

	Duration remainingWait() {
		return this.maxWait.minus(waited());
	}

	/**
	 * Tell the subscriber that the call was admitted or rejected: on another thread
	 * unless this is the one that subscribes, since the request must neither be written
	 * on the event loop of another call nor keep other calls waiting. Called once.
	 */
	void signal() {
		if (this.subscriber == Thread.currentThread()) {
			this.decidedAtOnce = true;
		}
		else {
			this.timeout.dispose();
			Schedulers.parallel().schedule(this::signalNow);
		}
	}

	/**
	 * Continue after the first attempt, on the thread that subscribes.
	 * @param onTimeout called when the maximum wait is over
	 */
	void subscribed(Runnable onTimeout) {
		this.subscriber = null;
		if (this.decidedAtOnce) {
			signalNow();
		}
		else {
			this.timeout.update(Schedulers.parallel()
				.schedule(onTimeout, Math.max(TimeUnit.NANOSECONDS.convert(remainingWait()), 0), TimeUnit.NANOSECONDS));
		}
	}

	private void signalNow() {
		MonoSink<Void> sink = this.sink;
		Assert.state(sink != null, "The call has no subscriber");
		if (this.rejection != null) {
			sink.error(this.rejection);
		}
		else {
			sink.success();
		}
	}

	private static long now() {
		return Schedulers.parallel().now(TimeUnit.NANOSECONDS);
	}

	/**
	 * States of a call.
	 */
	enum State {

		/**
		 * Waits for its limits.
		 */
		WAITING,

		/**
		 * Holds its permit.
		 */
		ADMITTED,

		/**
		 * Was rejected, has ended or was cancelled.
		 */
		ENDED

	}

}
