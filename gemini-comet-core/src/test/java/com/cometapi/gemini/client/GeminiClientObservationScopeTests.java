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

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.observation.DefaultGeminiObservationConvention;
import com.cometapi.gemini.observation.GeminiObservationContext;
import com.cometapi.gemini.observation.GeminiObservationConvention;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the parents, conventions and handlers of the observations of a
 * {@link GeminiClient}.
 */
class GeminiClientObservationScopeTests extends AbstractGeminiClientObservationTests {

	@Test
	void observationOfTheContextIsTheParent() {
		respond("typical.response.json");
		Observation parent = Observation.start("parent", this.registry);
		client().generateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS)
			.contextWrite((context) -> context.put(ObservationThreadLocalAccessor.KEY, parent))
			.block();
		parent.stop();
		assertThat(single().getParentObservation()).isSameAs(parent);
	}

	@Test
	void observationOfTheThreadIsTheParent() {
		respond("typical.response.json");
		Observation parent = Observation.createNotStarted("parent", this.registry);
		parent.observe(() -> call(client()));
		assertThat(single().getParentObservation()).isSameAs(parent);
	}

	@Test
	void withAutomaticContextPropagationTheCallerKeepsItsObservation() {
		respond("typical.response.json");
		Observation parent = Observation.start("parent", this.registry);
		List<Observation> current = new CopyOnWriteArrayList<>();
		Hooks.enableAutomaticContextPropagation();
		try {
			client().generateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS)
				.doOnNext((response) -> current.add(this.registry.getCurrentObservation()))
				.contextWrite((context) -> context.put(ObservationThreadLocalAccessor.KEY, parent))
				.block();
		}
		finally {
			Hooks.disableAutomaticContextPropagation();
		}
		assertThat(current).containsExactly(parent);
		assertThat(single().getParentObservation()).isSameAs(parent);
	}

	@Test
	void eachSubscriptionIsAnObservation() {
		respond("typical.response.json");
		Mono<GenerateContentResponse> call = client().generateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS);
		assertThat(this.ended).isEmpty();
		call.block();
		call.block();
		TestObservationRegistryAssert.assertThat(this.registry).hasNumberOfObservationsWithNameEqualTo(NAME, 2);
	}

	@Test
	void conventionCanBeReplaced() {
		respond("typical.response.json");
		GeminiObservationConvention convention = new DefaultGeminiObservationConvention() {

			@Override
			public String getName() {
				return "mine";
			}

			@Override
			public KeyValues getLowCardinalityKeyValues(GeminiObservationContext context) {
				return super.getLowCardinalityKeyValues(context).and("tenant", "blue");
			}

		};
		call(create().withObservations(this.registry, convention));
		assertThat(single().getName()).isEqualTo("mine");
		assertThat(low(single())).contains("tenant=blue");
	}

	@Test
	void failingConventionOrHandlerDoesNotAffectTheResponse() {
		respond("typical.response.json");
		GeminiObservationConvention atTheEnd = new DefaultGeminiObservationConvention() {

			@Override
			public KeyValues getHighCardinalityKeyValues(GeminiObservationContext context) {
				if (context.getResponse() != null) {
					throw new IllegalStateException("faulty");
				}
				return super.getHighCardinalityKeyValues(context);
			}

		};
		assertThat(call(create().withObservations(this.registry, atTheEnd)).text()).isEqualTo("Hello");
		this.registry.observationConfig().observationHandler(new Recorder() {

			@Override
			public void onStart(Observation.Context context) {
				throw new IllegalStateException("faulty");
			}

		});
		assertThat(call(create(WebClient.builder()).withObservations(this.registry, null)).text()).isEqualTo("Hello");
	}

	@Test
	void whenNobodyObservesThenNothingIsAdded() {
		GeminiClient plain = create(WebClient.builder());
		Class<?> type = plain.streamGenerateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS).getClass();
		GeminiClient noop = plain.withObservations(ObservationRegistry.NOOP, null);
		GeminiClient withoutHandlers = plain.withObservations(ObservationRegistry.create(), null);
		GeminiClient observed = plain.withObservations(this.registry, null);
		assertThat(noop.streamGenerateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS)).isExactlyInstanceOf(type);
		assertThat(withoutHandlers.streamGenerateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS))
			.isExactlyInstanceOf(type);
		assertThat(observed.streamGenerateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS))
			.isNotExactlyInstanceOf(type);
	}

	@Test
	void whenObservationIsSwitchedOffThenExchangeKeepsItsParent() {
		respond("typical.response.json");
		this.registry.observationConfig().observationPredicate((name, context) -> !NAME.equals(name));
		Observation parent = Observation.start("parent", this.registry);
		client().generateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS)
			.contextWrite((context) -> context.put(ObservationThreadLocalAccessor.KEY, parent))
			.block();
		assertThat(this.ended).singleElement()
			.satisfies((context) -> assertThat(context.getParentObservation()).isSameAs(parent));
	}

}
