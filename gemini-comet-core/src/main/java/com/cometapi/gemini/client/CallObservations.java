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
import com.cometapi.gemini.observation.DefaultGeminiObservationConvention;
import com.cometapi.gemini.observation.GeminiObservationContext;
import com.cometapi.gemini.observation.GeminiObservationConvention;
import com.cometapi.gemini.observation.GeminiObservationDocumentation;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.ContextView;

/**
 * Observes calls to a model, each from its subscription to its end and over all of its
 * attempts.
 */
final class CallObservations {

	private static final Log logger = LogFactory.getLog(GeminiClient.class);

	private static final GeminiObservationConvention DEFAULT_CONVENTION = new DefaultGeminiObservationConvention();

	private final ObservationRegistry registry;

	private final @Nullable GeminiObservationConvention convention;

	CallObservations(ObservationRegistry registry, @Nullable GeminiObservationConvention convention) {
		this.registry = registry;
		this.convention = convention;
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
			GeminiObservationContext observed = (exchange.streamed())
					? GeminiObservationContext.ofStream(exchange.model(), exchange.request(), baseUrl)
					: GeminiObservationContext.ofCall(exchange.model(), exchange.request(), baseUrl);
			Observation observation = start(observed, actual.currentContext());
			events.subscribe(
					(observation != null) ? new ObservedSubscriber(actual, observation, observed, logger) : actual);
		});
	}

	// A convention or a handler that fails must not fail the call.
	private @Nullable Observation start(GeminiObservationContext observed, ContextView subscriber) {
		try {
			Observation observation = GeminiObservationDocumentation.GENERATE_CONTENT.observation(this.convention,
					DEFAULT_CONVENTION, () -> observed, this.registry);
			if (observation.isNoop()) {
				return null;
			}
			Observation parent = subscriber.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
			if (parent != null) {
				observation.parentObservation(parent);
			}
			return observation.start();
		}
		catch (RuntimeException ex) {
			logger.warn("Failed to start the observation of a call", ex);
			return null;
		}
	}

}
