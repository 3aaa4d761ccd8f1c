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
import java.util.function.Function;

import com.cometapi.gemini.error.GeminiConnectionException;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.thread.CallerThreadLocals;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Retries one call according to its {@link GeminiRetrySettings}. Does not use Reactor's
 * {@code retryWhen}, which creates a sink and a stream of failures for each call, even if
 * it succeeds.
 */
final class CallRetry {

	private static final Log logger = LogFactory.getLog(GeminiClient.class);

	// A pool may hold several connections that were closed together.
	private static final int MAX_UNSENT = 2;

	// Retries after failures for which the endpoint may still have charged.
	private static final int MAX_UNCERTAIN = 1;

	// A server that asks for less would get the next request at once.
	private static final Duration MIN_ASKED_DELAY = Duration.ofSeconds(1);

	private final CallContext context;

	private final ErrorTranslator errors;

	private final Scheduler scheduler = Schedulers.parallel();

	private final List<GeminiException> earlier = new ArrayList<>(0);

	private int attempts = 1;

	private int unsent;

	private int uncertain;

	/**
	 * Create the retries of a call.
	 * @param context the context of the call
	 * @param errors translates the failures of attempts
	 */
	CallRetry(CallContext context, ErrorTranslator errors) {
		this.context = context;
		this.errors = errors;
	}

	/**
	 * Run attempts, each within the time limits, until one succeeds or no further one is
	 * allowed.
	 * @param exchange sends the request and receives the response
	 * @param <T> the type of the elements
	 * @return the result of the last attempt
	 */
	<T> Flux<T> run(Function<HttpAttempt, Publisher<T>> exchange) {
		HttpAttempt attempt = new HttpAttempt(this.context);
		return TimeLimitSubscriber.limit(exchange.apply(attempt), attempt)
			.onErrorResume((failure) -> handleFailure(attempt, this.errors.fromFailure(failure, this.context))
				.thenMany(Flux.defer(() -> run(exchange))));
	}

	private Mono<Long> handleFailure(HttpAttempt attempt, GeminiException failure) {
		attempt.markFailed(failure);
		Duration delay = nextDelay(attempt, failure);
		if (delay == null) {
			failure.setAttempts(this.attempts);
			if (attempt.isResponseStarted() && failure instanceof GeminiConnectionException connection) {
				connection.markResponseStarted();
			}
			this.earlier.stream().filter((earlier) -> earlier != failure).forEach(failure::addSuppressed);
			return Mono.error(failure);
		}
		this.earlier.add(failure);
		GeminiRetryEvent event = new GeminiRetryEvent(this.context.operation(), this.context.connection(),
				this.context.model(), this.attempts, delay, failure);
		// Even if the delay is zero: the request must not be written again on an event
		// loop.
		return CallerThreadLocals.call(() -> {
			announce(event);
			return event;
		}).then(Mono.delay(delay, this.scheduler));
	}

	// Returns null if the call must not be retried.
	private @Nullable Duration nextDelay(HttpAttempt attempt, GeminiException failure) {
		if (!attempt.isRepeatable(failure)) {
			return null;
		}
		boolean stale = attempt.isStale(failure);
		if (stale && attempt.isUnsent() && this.unsent < MAX_UNSENT) {
			this.unsent++;
			return Duration.ZERO;
		}
		if (this.attempts >= this.context.retry().maxAttempts()) {
			return null;
		}
		if (stale) {
			this.attempts++;
			return Duration.ZERO;
		}
		if (attempt.mayHaveRun(failure) && this.uncertain++ >= MAX_UNCERTAIN) {
			return null;
		}
		Duration asked = failure.getError().retryAfter();
		Duration delay = (asked != null) ? atLeastMinimum(asked) : backoff();
		Duration left = timeLeft().minus(delay);
		if (left.isNegative()) {
			return null;
		}
		this.attempts++;
		return (asked != null) ? delay.plus(spread(delay, left)) : delay;
	}

	private Duration atLeastMinimum(Duration asked) {
		if (asked.compareTo(MIN_ASKED_DELAY) >= 0) {
			return asked;
		}
		Duration backoff = backoff();
		Duration minimum = (backoff.compareTo(MIN_ASKED_DELAY) < 0) ? backoff : MIN_ASKED_DELAY;
		return (asked.compareTo(minimum) < 0) ? minimum : asked;
	}

	// The server asks many callers for the same wait, and they would all come back at
	// once.
	private Duration spread(Duration delay, Duration left) {
		GeminiRetrySettings settings = this.context.retry();
		Duration longest = (delay.compareTo(settings.maxDelay()) < 0) ? delay : settings.maxDelay();
		double nanos = Math.min(nanos(longest) * settings.jitter(), nanos(left));
		return Duration.ofNanos((long) (nanos * ThreadLocalRandom.current().nextDouble()));
	}

	private Duration backoff() {
		GeminiRetrySettings settings = this.context.retry();
		double factor = Math.pow(settings.multiplier(), this.attempts - 1);
		double random = 1 + settings.jitter() * ThreadLocalRandom.current().nextDouble(-1, 1);
		double nanos = nanos(settings.initialDelay()) * factor * random;
		return Duration.ofNanos((long) Math.min(nanos, nanos(settings.maxDelay())));
	}

	// Unlike toNanos(), does not overflow if the duration is very long.
	private static long nanos(Duration duration) {
		return TimeUnit.NANOSECONDS.convert(duration);
	}

	private Duration timeLeft() {
		Duration time = this.context.retry().budget();
		Duration totalTimeout = this.context.totalTimeout();
		if (totalTimeout != null && totalTimeout.compareTo(time) <= 0) {
			// An attempt that begins when the total timeout ends has no time left.
			time = totalTimeout.minusNanos(1);
		}
		return time.minusNanos(this.scheduler.now(TimeUnit.NANOSECONDS) - this.context.started());
	}

	private void announce(GeminiRetryEvent event) {
		if (logger.isDebugEnabled()) {
			logger.debug("Retry with attempt %d of %d in %s s after a failure: %s".formatted(event.attempt(),
					this.context.retry().maxAttempts(), event.delay().toMillis() / 1000.0,
					event.failure().getMessage()));
		}
		for (GeminiRetryListener listener : this.context.retryListeners()) {
			try {
				listener.onRetry(event);
			}
			catch (RuntimeException ex) {
				logger.warn("A retry listener failed", ex);
			}
		}
	}

}
