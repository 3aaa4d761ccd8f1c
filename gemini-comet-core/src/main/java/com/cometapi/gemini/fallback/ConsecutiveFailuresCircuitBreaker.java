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

package com.cometapi.gemini.fallback;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

import org.springframework.util.Assert;

/**
 * Circuit breaker that opens after a number of failures in a row. After a wait it admits
 * one call at a time: one that succeeds closes it, one that fails opens it again.
 */
public final class ConsecutiveFailuresCircuitBreaker implements GeminiCircuitBreaker {

	private static final Log logger = LogFactory.getLog(ConsecutiveFailuresCircuitBreaker.class);

	private final String name;

	private final int threshold;

	private final Duration wait;

	private int failures;

	// Counts how often the circuit was opened or closed.
	private int phase;

	// Whether the circuit is open, or half-open after the wait.
	private boolean open;

	// Whether the single call of the half-open circuit is running.
	private boolean trying;

	private long openedAt;

	/**
	 * Create a closed circuit breaker.
	 * @param name the name, for the log
	 * @param threshold the number of failures in a row that open it
	 * @param wait the time for which it stays open
	 */
	public ConsecutiveFailuresCircuitBreaker(String name, int threshold, Duration wait) {
		Assert.isTrue(threshold > 0, "'threshold' must be 1 or more");
		Assert.isTrue(!wait.isNegative(), "'wait' must not be negative");
		this.name = name;
		this.threshold = threshold;
		this.wait = wait;
	}

	@Override
	public synchronized @Nullable Permission tryAcquire() {
		if (this.open) {
			if (this.trying || !getRetryAfter().isZero()) {
				return null;
			}
			this.trying = true;
		}
		return new Call(this.phase);
	}

	@Override
	public synchronized GeminiCircuit.State getState() {
		if (!this.open) {
			return GeminiCircuit.State.CLOSED;
		}
		return (this.trying || getRetryAfter().isZero()) ? GeminiCircuit.State.HALF_OPEN : GeminiCircuit.State.OPEN;
	}

	@Override
	public synchronized Duration getRetryAfter() {
		Duration left = this.wait.minusNanos(now() - this.openedAt);
		return (this.open && !left.isNegative()) ? left : Duration.ZERO;
	}

	private synchronized void end(int phase, boolean failed) {
		// A call of an earlier phase says nothing about the present state of the
		// endpoint.
		if (phase != this.phase) {
			return;
		}
		this.failures = (failed) ? this.failures + 1 : 0;
		if (!failed && this.open) {
			logger.info("The circuit of %s is closed: calls are made again".formatted(this.name));
			change(false);
		}
		else if (failed && this.open) {
			logger.debug("The circuit of %s stays open: the call after the wait failed".formatted(this.name));
			change(true);
		}
		else if (this.failures >= this.threshold) {
			logger.warn("The circuit of %s is open: no calls for %s s (consecutive failures: %d)".formatted(this.name,
					this.wait.toMillis() / 1000.0, this.failures));
			change(true);
		}
	}

	private void change(boolean open) {
		this.phase++;
		this.open = open;
		this.trying = false;
		this.failures = 0;
		this.openedAt = now();
	}

	private synchronized void release(int phase) {
		if (phase == this.phase) {
			this.trying = false;
		}
	}

	private static long now() {
		return Schedulers.parallel().now(TimeUnit.NANOSECONDS);
	}

	/**
	 * Call that was admitted.
	 */
	private final class Call implements Permission {

		private final int phase;

		Call(int phase) {
			this.phase = phase;
		}

		@Override
		public void recordSuccess(Duration duration) {
			end(this.phase, false);
		}

		@Override
		public void recordFailure(Duration duration, Throwable failure) {
			end(this.phase, true);
		}

		@Override
		public void release() {
			ConsecutiveFailuresCircuitBreaker.this.release(this.phase);
		}

	}

}
