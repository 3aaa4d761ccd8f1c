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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Decides for one call whether and when a failed attempt is followed by another one.
 */
final class CallRetry extends Retry {

	private static final Log logger = LogFactory.getLog(GeminiClient.class);

	// A pool may hold several connections that were closed together.
	private static final int MAX_STALE = 2;

	private static final int MAX_UNCERTAIN = 1;

	private final GeminiRetrySettings settings;

	private final List<GeminiRetryListener> listeners;

	private final CallContext context;

	private final @Nullable Duration totalTimeout;

	private final Scheduler scheduler = Schedulers.parallel();

	private final long started = now();

	private final List<GeminiException> earlier = new ArrayList<>();

	private Attempt attempt = new Attempt();

	private int attempts = 1;

	private int stale;

	private int uncertain;

	CallRetry(GeminiRetrySettings settings, List<GeminiRetryListener> listeners, CallContext context,
			@Nullable Duration totalTimeout) {
		this.settings = settings;
		this.listeners = listeners;
		this.context = context;
		this.totalTimeout = totalTimeout;
	}

	/**
	 * Return when the call began.
	 * @return the time in nanoseconds of the scheduler's clock
	 */
	long started() {
		return this.started;
	}

	/**
	 * Begin an attempt.
	 * @return the attempt
	 */
	Attempt newAttempt() {
		this.attempt = new Attempt();
		return this.attempt;
	}

	@Override
	public Publisher<?> generateCompanion(Flux<RetrySignal> signals) {
		return signals.concatMap((signal) -> after(signal.failure())).onErrorStop();
	}

	private Mono<Long> after(Throwable failure) {
		if (!(failure instanceof GeminiException exception)) {
			return Mono.error(failure);
		}
		Duration delay = nextDelay(exception);
		if (delay == null) {
			exception.endOf(this.attempts, this.earlier);
			return Mono.error(exception);
		}
		this.earlier.add(exception);
		announce(new GeminiRetryEvent(this.context.operation(), this.context.model(), this.attempts, delay, exception));
		// Even without a wait: an event loop is no place to write the request again.
		return Mono.delay(delay, this.scheduler);
	}

	// Returns null if there is no next attempt.
	private @Nullable Duration nextDelay(GeminiException failure) {
		if (!this.attempt.isRepeatable(failure)) {
			return null;
		}
		if (this.attempt.isStale(failure) && this.stale < MAX_STALE) {
			this.stale++;
			return Duration.ZERO;
		}
		if (this.attempts >= this.settings.maxAttempts()) {
			return null;
		}
		if (this.attempt.mayHaveRun(failure) && this.uncertain++ >= MAX_UNCERTAIN) {
			return null;
		}
		Duration asked = failure.getError().retryAfter();
		Duration delay = (asked != null) ? asked : backoff();
		if (!isInTime(delay)) {
			return null;
		}
		this.attempts++;
		return delay;
	}

	private Duration backoff() {
		double factor = Math.pow(this.settings.multiplier(), this.attempts - 1);
		double random = 1 + this.settings.jitter() * ThreadLocalRandom.current().nextDouble(-1, 1);
		double nanos = this.settings.initialDelay().toNanos() * factor * random;
		return Duration.ofNanos((long) Math.min(nanos, this.settings.maxDelay().toNanos()));
	}

	private boolean isInTime(Duration delay) {
		Duration begin = Duration.ofNanos(now() - this.started).plus(delay);
		return begin.compareTo(this.settings.budget()) <= 0
				&& (this.totalTimeout == null || begin.compareTo(this.totalTimeout) < 0);
	}

	private void announce(GeminiRetryEvent event) {
		if (logger.isDebugEnabled()) {
			logger.debug("Attempt %d of %d in %s s, since %s".formatted(event.attempt(), this.settings.maxAttempts(),
					event.delay().toMillis() / 1000.0, event.failure().getMessage()));
		}
		for (GeminiRetryListener listener : this.listeners) {
			try {
				listener.onRetry(event);
			}
			catch (RuntimeException ex) {
				logger.warn("A retry listener failed", ex);
			}
		}
	}

	private long now() {
		return this.scheduler.now(TimeUnit.NANOSECONDS);
	}

}
