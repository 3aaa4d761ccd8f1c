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

package com.cometapi.gemini.benchmarks;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

import com.cometapi.gemini.observation.GeminiMeterObservationHandler;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Configuration of each {@link WebClient}: the connector only, or also the metrics of
 * Spring Boot and a filter of the application.
 */
final class Surroundings {

	private static final String CORRELATION_HEADER = "X-Correlation-Id";

	private static final String HTTP_TIMER = "http.client.requests";

	private static final String MODEL_TIMER = "gen_ai.client.inference.duration";

	private final @Nullable MeterRegistry meters;

	private final ObservationRegistry observations;

	private final Set<String> timers = new HashSet<>();

	private Surroundings(@Nullable MeterRegistry meters, ObservationRegistry observations) {
		this.meters = meters;
		this.observations = observations;
	}

	WebClient.Builder webClient() {
		this.timers.add(HTTP_TIMER);
		WebClient.Builder builder = WebClient.builder()
			.clientConnector(new ReactorClientHttpConnector(ReactorConnector.httpClient()));
		return (this.meters != null)
				? builder.observationRegistry(this.observations).filter(Surroundings::addCorrelationId) : builder;
	}

	ObservationRegistry observations() {
		this.timers.add(MODEL_TIMER);
		return this.observations;
	}

	/**
	 * Check that the metrics include the calls.
	 * @param calls the minimum number of calls
	 */
	void check(double calls) {
		MeterRegistry meters = this.meters;
		if (meters != null) {
			this.timers.forEach((name) -> check(meters, name, calls));
		}
	}

	private static void check(MeterRegistry meters, String name, double calls) {
		long timed = meters.find(name).timers().stream().mapToLong(Timer::count).sum();
		if (timed < calls) {
			throw new IllegalStateException(
					"The timer '%s' has %d calls instead of %.0f".formatted(name, timed, calls));
		}
	}

	private static Mono<ClientResponse> addCorrelationId(ClientRequest request, ExchangeFunction next) {
		String id = Long.toHexString(ThreadLocalRandom.current().nextLong());
		return next.exchange(ClientRequest.from(request).header(CORRELATION_HEADER, id).build());
	}

	static Surroundings of(Work work) {
		if (!work.isObserved()) {
			return new Surroundings(null, ObservationRegistry.NOOP);
		}
		MeterRegistry meters = new SimpleMeterRegistry();
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig()
			.observationHandler(new DefaultMeterObservationHandler(meters))
			.observationHandler(new GeminiMeterObservationHandler(meters));
		return new Surroundings(meters, observations);
	}

}
