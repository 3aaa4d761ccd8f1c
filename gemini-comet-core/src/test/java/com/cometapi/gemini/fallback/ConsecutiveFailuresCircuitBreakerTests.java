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

import com.cometapi.gemini.fallback.GeminiCircuit.State;
import com.cometapi.gemini.fallback.GeminiCircuitBreaker.Permission;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

class ConsecutiveFailuresCircuitBreakerTests {

	private static final Duration WAIT = Duration.ofSeconds(30);

	private final IllegalStateException failure = new IllegalStateException();

	private VirtualTimeScheduler time;

	private ConsecutiveFailuresCircuitBreaker breaker;

	@BeforeEach
	void stopTime() {
		this.time = VirtualTimeScheduler.getOrSet();
		this.breaker = new ConsecutiveFailuresCircuitBreaker("test", 3, WAIT);
	}

	@AfterEach
	void startTime() {
		VirtualTimeScheduler.reset();
	}

	@Test
	void opensAfterConsecutiveFailuresOnly() {
		fail(2);
		this.breaker.tryAcquire().recordSuccess(Duration.ZERO);
		fail(2);
		assertThat(this.breaker.getState()).isEqualTo(State.CLOSED);
		fail(1);
		assertThat(this.breaker.getState()).isEqualTo(State.OPEN);
		assertThat(this.breaker.getRetryAfter()).isEqualTo(WAIT);
		assertThat(this.breaker.tryAcquire()).isNull();
	}

	@Test
	void admitsSingleCallsAfterTheWait() {
		fail(3);
		this.time.advanceTimeBy(WAIT);
		assertThat(this.breaker.getState()).isEqualTo(State.HALF_OPEN);
		Permission first = this.breaker.tryAcquire();
		assertThat(first).isNotNull();
		assertThat(this.breaker.tryAcquire()).isNull();
		first.release();
		Permission second = this.breaker.tryAcquire();
		second.recordFailure(Duration.ZERO, this.failure);
		assertThat(this.breaker.getState()).isEqualTo(State.OPEN);
		assertThat(this.breaker.tryAcquire()).isNull();
		this.time.advanceTimeBy(WAIT);
		this.breaker.tryAcquire().recordSuccess(Duration.ZERO);
		assertThat(this.breaker.getState()).isEqualTo(State.CLOSED);
		assertThat(this.breaker.tryAcquire()).isNotNull();
	}

	@Test
	void earlierCallsDoNotChangeALaterState() {
		Permission slowSuccess = this.breaker.tryAcquire();
		Permission slowFailure = this.breaker.tryAcquire();
		Permission cancelled = this.breaker.tryAcquire();
		fail(3);
		slowSuccess.recordSuccess(Duration.ZERO);
		assertThat(this.breaker.getState()).isEqualTo(State.OPEN);
		this.time.advanceTimeBy(WAIT);
		Permission trying = this.breaker.tryAcquire();
		cancelled.release();
		slowFailure.recordFailure(Duration.ZERO, this.failure);
		assertThat(this.breaker.tryAcquire()).isNull();
		trying.recordSuccess(Duration.ZERO);
		assertThat(this.breaker.getState()).isEqualTo(State.CLOSED);
	}

	private void fail(int count) {
		for (int i = 0; i < count; i++) {
			this.breaker.tryAcquire().recordFailure(Duration.ZERO, this.failure);
		}
	}

}
