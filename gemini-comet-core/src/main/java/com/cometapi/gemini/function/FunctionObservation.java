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

package com.cometapi.gemini.function;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import com.cometapi.gemini.observation.GeminiFunctionObservationContext;
import com.cometapi.gemini.observation.GeminiObservations;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import reactor.core.publisher.Mono;

/**
 * Observes one execution of a function, if the turn that it belongs to is observed.
 * Whatever the function observes itself becomes a child.
 */
final class FunctionObservation {

	private final Observation observation;

	private final GeminiFunctionObservationContext observed;

	private final AtomicBoolean ended = new AtomicBoolean();

	private FunctionObservation(Observation observation, GeminiFunctionObservationContext observed) {
		this.observation = observation;
		this.observed = observed;
	}

	/**
	 * Observe an execution.
	 * @param call the function call
	 * @param execution runs the function
	 * @param <T> the type of the result
	 * @return the result
	 */
	static <T> Mono<T> observe(GeminiFunctionCall call, Function<FunctionObservation, Mono<T>> execution) {
		return Mono.deferContextual((context) -> {
			Observation parent = context.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
			GeminiFunctionObservationContext observed = new GeminiFunctionObservationContext(call.name(), call.id());
			if (call.origin() != null) {
				observed.setSource(call.origin().source());
			}
			FunctionObservation started = new FunctionObservation(GeminiObservations.startFunction(observed, parent),
					observed);
			Mono<T> result = execution.apply(started);
			return (started.observation.isNoop()) ? result : started.observe(result);
		});
	}

	private <T> Mono<T> observe(Mono<T> result) {
		return result.doOnError(this::fail)
			.doOnTerminate(() -> end(false))
			.doOnCancel(() -> end(true))
			.contextWrite((context) -> context.put(ObservationThreadLocalAccessor.KEY, this.observation));
	}

	/**
	 * Record a failure, unless there was one before.
	 * @param failure the failure
	 */
	void fail(Throwable failure) {
		if (this.observed.getError() == null) {
			this.observation.error(failure);
		}
	}

	void timeOut() {
		this.observed.markTimedOut();
	}

	private void end(boolean cancelled) {
		if (this.ended.compareAndSet(false, true)) {
			GeminiObservations.stop(this.observation, () -> {
				if (cancelled) {
					this.observed.markCancelled();
				}
			});
		}
	}

}
