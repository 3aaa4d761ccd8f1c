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
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Creates circuit breakers in a Resilience4j registry. Each is named after its connection
 * and its model, such as {@code gemini:default:gemini-3.5-flash}, and has the
 * configuration {@value #CONFIGURATION} of the registry if there is one, the default one
 * otherwise. Only failures that are a reason for a fallback are reported to them.
 */
public final class Resilience4jCircuitBreakerFactory implements GeminiCircuitBreaker.Factory {

	/**
	 * Name of the configuration of the circuit breakers.
	 */
	public static final String CONFIGURATION = "gemini";

	private final CircuitBreakerRegistry registry;

	/**
	 * Create a factory.
	 * @param registry the registry of the application
	 */
	public Resilience4jCircuitBreakerFactory(CircuitBreakerRegistry registry) {
		Assert.notNull(registry, "'registry' must not be null");
		this.registry = registry;
	}

	@Override
	public GeminiCircuitBreaker create(String connection, String model) {
		String name = "gemini:%s:%s".formatted(connection, model);
		return new Breaker((this.registry.getConfiguration(CONFIGURATION).isPresent())
				? this.registry.circuitBreaker(name, CONFIGURATION) : this.registry.circuitBreaker(name));
	}

	/**
	 * Circuit breaker of the registry.
	 */
	private static final class Breaker implements GeminiCircuitBreaker {

		private final CircuitBreaker breaker;

		private volatile @Nullable Instant openUntil;

		Breaker(CircuitBreaker breaker) {
			this.breaker = breaker;
			breaker.getEventPublisher()
				.onStateTransition((event) -> this.openUntil = event.getCreationTime()
					.toInstant()
					.plusMillis(breaker.getCircuitBreakerConfig().getWaitIntervalFunctionInOpenState().apply(1)));
		}

		@Override
		public @Nullable Permission tryAcquire() {
			return this.breaker.tryAcquirePermission() ? new Call(this.breaker) : null;
		}

		@Override
		public GeminiCircuit.State getState() {
			return switch (this.breaker.getState()) {
				case OPEN, FORCED_OPEN -> GeminiCircuit.State.OPEN;
				case HALF_OPEN -> GeminiCircuit.State.HALF_OPEN;
				case CLOSED, DISABLED, METRICS_ONLY -> GeminiCircuit.State.CLOSED;
			};
		}

		@Override
		public Duration getRetryAfter() {
			Instant until = this.openUntil;
			if (until == null || getState() != GeminiCircuit.State.OPEN) {
				return Duration.ZERO;
			}
			Duration left = Duration.between(Instant.now(), until);
			return left.isNegative() ? Duration.ZERO : left;
		}

	}

	/**
	 * Call that was admitted.
	 *
	 * @param breaker the circuit breaker
	 */
	private record Call(CircuitBreaker breaker) implements GeminiCircuitBreaker.Permission {

		@Override
		public void recordSuccess(Duration duration) {
			this.breaker.onSuccess(duration.toNanos(), TimeUnit.NANOSECONDS);
		}

		@Override
		public void recordFailure(Duration duration, Throwable failure) {
			this.breaker.onError(duration.toNanos(), TimeUnit.NANOSECONDS, failure);
		}

		@Override
		public void release() {
			this.breaker.releasePermission();
		}

	}

}
