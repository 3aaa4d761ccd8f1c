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

import java.net.URI;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.observation.GeminiObservationContext;
import com.cometapi.gemini.observation.GeminiObservationConvention;
import com.cometapi.gemini.observation.GeminiObservations;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * Observes calls to a model, each from its subscription to its end and over all of its
 * attempts.
 */
final class CallObservations {

	private final ObservationRegistry registry;

	private final @Nullable GeminiObservationConvention convention;

	private final boolean contentUsed;

	CallObservations(ObservationRegistry registry, @Nullable GeminiObservationConvention convention) {
		this.registry = registry;
		this.convention = convention;
		this.contentUsed = convention != null && convention.isContentUsed();
	}

	/**
	 * Observe a call. The observation starts on subscription.
	 * @param events the events of the call
	 * @param exchange the call
	 * @param baseUrl the address of the endpoint
	 * @return the observed call
	 */
	Flux<GenerateContentResponse> observe(Flux<GenerateContentResponse> events, GeminiExchange exchange, URI baseUrl) {
		return Flux.from((subscriber) -> {
			CoreSubscriber<? super GenerateContentResponse> actual = Operators.toCoreSubscriber(subscriber);
			GeminiObservationContext observed = toContext(exchange, baseUrl);
			observed.setFallbackReason(
					actual.currentContext().getOrDefault(GeminiObservationContext.FALLBACK_REASON, null));
			Observation parent = actual.currentContext().getOrDefault(ObservationThreadLocalAccessor.KEY, null);
			Observation observation = GeminiObservations.startCall(observed, this.convention, this.registry, parent);
			events.subscribe((observation.isNoop()) ? actual
					: new ObservedSubscriber(actual, observation, observed, this.contentUsed));
		});
	}

	private static GeminiObservationContext toContext(GeminiExchange exchange, URI baseUrl) {
		return (exchange.streamed())
				? GeminiObservationContext.ofStream(exchange.connection(), exchange.model(), exchange.request(),
						baseUrl)
				: GeminiObservationContext.ofCall(exchange.connection(), exchange.model(), exchange.request(), baseUrl);
	}

	ObservationRegistry registry() {
		return this.registry;
	}

}
