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

package com.cometapi.gemini.autoconfigure;

import java.time.Duration;

import com.cometapi.gemini.client.GeminiJsonMapper;
import com.cometapi.gemini.web.GeminiServerSentEvents;
import com.cometapi.gemini.web.GeminiSseEmitters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GeminiWebAutoConfiguration} and {@link GeminiWebMvcAutoConfiguration}.
 */
class GeminiWebAutoConfigurationTests {

	private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(GeminiAutoConfiguration.class,
			GeminiWebAutoConfiguration.class, GeminiWebMvcAutoConfiguration.class);

	private static final String API_KEY = "cometapi.gemini.api-key=sk-test";

	private final WebApplicationContextRunner mvcRunner = new WebApplicationContextRunner()
		.withConfiguration(CONFIGURATIONS)
		.withPropertyValues(API_KEY);

	private final ReactiveWebApplicationContextRunner fluxRunner = new ReactiveWebApplicationContextRunner()
		.withConfiguration(CONFIGURATIONS)
		.withPropertyValues(API_KEY);

	@Test
	void mvcGetsEventsAndEmitters() {
		this.mvcRunner.run((context) -> assertThat(context).hasSingleBean(GeminiServerSentEvents.class)
			.hasSingleBean(GeminiSseEmitters.class));
	}

	@Test
	void fluxGetsEvents() {
		this.fluxRunner.run((context) -> assertThat(context).hasSingleBean(GeminiServerSentEvents.class)
			.doesNotHaveBean(GeminiSseEmitters.class));
	}

	@Test
	void applicationWithoutWebGetsNeither() {
		new ApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withPropertyValues(API_KEY)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(GeminiServerSentEvents.class)
				.doesNotHaveBean(GeminiSseEmitters.class));
	}

	@Test
	void whenWebMvcIsAbsentThenThereAreNoEmitters() {
		this.mvcRunner.withClassLoader(new FilteredClassLoader(SseEmitter.class))
			.run((context) -> assertThat(context).hasSingleBean(GeminiServerSentEvents.class)
				.doesNotHaveBean("geminiSseEmitters"));
	}

	@Test
	void whenEnabledIsFalseThenNothingIsConfigured() {
		this.mvcRunner.withPropertyValues("cometapi.gemini.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(GeminiServerSentEvents.class)
				.doesNotHaveBean(GeminiSseEmitters.class));
	}

	@Test
	void whenApplicationHasEventsThenAutoConfiguredOnesBackOff() {
		GeminiServerSentEvents events = new GeminiServerSentEvents(GeminiJsonMapper.builder().build(),
				Duration.ofSeconds(1));
		this.mvcRunner.withBean(GeminiServerSentEvents.class, () -> events)
			.run((context) -> assertThat(context.getBean(GeminiServerSentEvents.class)).isSameAs(events));
	}

	@Test
	void whenApplicationHasEmittersThenAutoConfiguredOnesBackOff() {
		GeminiSseEmitters emitters = new GeminiSseEmitters(
				new GeminiServerSentEvents(GeminiJsonMapper.builder().build(), Duration.ofSeconds(1)));
		this.mvcRunner.withBean(GeminiSseEmitters.class, () -> emitters)
			.run((context) -> assertThat(context.getBean(GeminiSseEmitters.class)).isSameAs(emitters));
	}

	@Test
	void entitiesAreWrittenAsTheApplicationWritesThem() {
		JsonMapper mapper = JsonMapper.builder()
			.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
			.enable(SerializationFeature.INDENT_OUTPUT)
			.build();
		this.fluxRunner.withBean(JsonMapper.class, () -> mapper)
			.run((context) -> assertThat(context.getBean(GeminiServerSentEvents.class)
				.entityEvents(Flux.just(new Planet(7)))
				.mapNotNull(ServerSentEvent::data)
				.collectList()
				.block()).containsExactly("{\"distance_km\":7}", "{}"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "cometapi.gemini.sse.heartbeat-interval", "cometapi.gemini.sse.timeout",
			"cometapi.gemini.sse.write-timeout", "cometapi.gemini.sse.shutdown-lead-time" })
	void whenTimeIsZeroThenStartupFails(String property) {
		this.mvcRunner.withPropertyValues(property + "=0s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidGeminiPropertyException.class)
				.hasMessageContaining(property));
	}

	record Planet(long distanceKm) {

	}

}
