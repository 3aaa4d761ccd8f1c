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

import org.jspecify.annotations.Nullable;

/**
 * Circuit breaker of one model of one connection. Thread-safe.
 */
public interface GeminiCircuitBreaker {

	/**
	 * Admit a call unless the circuit is open.
	 * @return the permission for one call, or {@code null} if it must not be made
	 */
	@Nullable Permission tryAcquire();

	/**
	 * Return the state.
	 * @return the state
	 */
	GeminiCircuit.State getState();

	/**
	 * Return the time until the circuit admits a call again.
	 * @return the time, zero if it is not open
	 */
	Duration getRetryAfter();

	/**
	 * Permission for one call. The caller invokes exactly one of its methods when the
	 * call ends.
	 */
	interface Permission {

		/**
		 * Record that the call succeeded.
		 * @param duration the time until its first event
		 */
		void recordSuccess(Duration duration);

		/**
		 * Record that the call failed.
		 * @param duration the time until it failed
		 * @param failure the failure
		 */
		void recordFailure(Duration duration, Throwable failure);

		/**
		 * Give the permission back after a call that says nothing about the endpoint,
		 * such as one that was cancelled.
		 */
		void release();

	}

	/**
	 * Creates circuit breakers.
	 */
	@FunctionalInterface
	interface Factory {

		/**
		 * Create the circuit breaker of a model. Called once for each model of a
		 * connection.
		 * @param connection the name of the connection
		 * @param model the id of the model
		 * @return the circuit breaker
		 */
		GeminiCircuitBreaker create(String connection, String model);

	}

}
