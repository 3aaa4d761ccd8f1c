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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Circuit breakers of the models that were called, one for each model of a connection.
 */
final class CircuitBreakers {

	// Bounds the memory, since an application may let its users name models.
	private static final int MAX_BREAKERS = 200;

	private final Map<ConnectionModel, GeminiCircuitBreaker> breakers = new ConcurrentHashMap<>();

	private final GeminiCircuitBreaker.@Nullable Factory factory;

	CircuitBreakers(GeminiCircuitBreaker.@Nullable Factory factory) {
		this.factory = factory;
	}

	/**
	 * Return the circuit breaker of a model.
	 * @param model the model of a connection
	 * @return the circuit breaker, or {@code null} if circuit breakers are disabled or
	 * there are too many of them
	 */
	@Nullable GeminiCircuitBreaker get(ConnectionModel model) {
		GeminiCircuitBreaker.Factory factory = this.factory;
		GeminiCircuitBreaker breaker = this.breakers.get(model);
		if (factory == null || breaker != null || this.breakers.size() >= MAX_BREAKERS) {
			return breaker;
		}
		return this.breakers.computeIfAbsent(model, (absent) -> factory.create(absent.connection(), absent.model()));
	}

	List<GeminiCircuit> circuits() {
		return this.breakers.entrySet()
			.stream()
			.map((entry) -> toCircuit(entry.getKey(), entry.getValue()))
			.sorted((first, second) -> first.toString().compareTo(second.toString()))
			.toList();
	}

	private static GeminiCircuit toCircuit(ConnectionModel model, GeminiCircuitBreaker breaker) {
		GeminiCircuit.State state = breaker.getState();
		Duration wait = (state == GeminiCircuit.State.OPEN) ? breaker.getRetryAfter() : Duration.ZERO;
		return new GeminiCircuit(model.connection(), model.model(), state, wait);
	}

}
