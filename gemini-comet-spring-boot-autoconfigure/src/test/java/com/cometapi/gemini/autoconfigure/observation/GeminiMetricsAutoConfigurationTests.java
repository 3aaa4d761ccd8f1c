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

package com.cometapi.gemini.autoconfigure.observation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.autoconfigure.GeminiAutoConfiguration;
import com.cometapi.gemini.autoconfigure.GeminiConnections;
import com.cometapi.gemini.fallback.GeminiFallbackEvent;
import com.cometapi.gemini.fallback.GeminiFallbackListener;
import com.cometapi.gemini.fallback.GeminiFallbackReason;
import com.cometapi.gemini.observation.DefaultGeminiObservationConvention;
import com.cometapi.gemini.observation.GeminiMeterObservationHandler;
import com.cometapi.gemini.observation.GeminiObservationContext;
import com.cometapi.gemini.observation.GeminiObservationConvention;
import com.cometapi.gemini.testsupport.GeminiServer;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.boot.webclient.autoconfigure.WebClientObservationAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GeminiMetricsAutoConfiguration} and for the observations of
 * {@link GeminiAutoConfiguration}.
 */
class GeminiMetricsAutoConfigurationTests {

	private static final String NAME = "gen_ai.client.inference.duration";

	@AutoClose
	private final GeminiServer server = new GeminiServer();

	private final ApplicationContextRunner plainRunner = new ApplicationContextRunner().withInitializer(this::useServer)
		.withConfiguration(AutoConfigurations.of(HttpClientAutoConfiguration.class,
				ReactiveHttpClientAutoConfiguration.class, WebClientAutoConfiguration.class,
				GeminiAutoConfiguration.class, GeminiMetricsAutoConfiguration.class))
		.withPropertyValues("cometapi.gemini.api-key=sk-test");

	private final ApplicationContextRunner contextRunner = this.plainRunner
		.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class, MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class,
				WebClientObservationAutoConfiguration.class));

	@Test
	void callIsTimedAndItsTokensAreMetered() {
		this.contextRunner.run((context) -> {
			call(context);
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			Timer timer = meters.get(NAME)
				.tags("gen_ai.request.model", "gemini-3.5-flash", "error.type", "none", "cometapi.gemini.blocked",
						"none")
				.timer();
			assertThat(timer.count()).isEqualTo(1);
			assertThat(meters.get("http.client.requests").timer().count()).isEqualTo(1);
			assertThat(meters.get("gen_ai.client.inference.usage.output_tokens").counter().count()).isEqualTo(3);
		});
	}

	@Test
	void callsAndRetriesNameTheirConnection() {
		this.contextRunner
			.withPropertyValues("cometapi.gemini.connections.second.base-url=" + this.server.url(),
					"cometapi.gemini.connections.second.api-key=sk-second", "cometapi.gemini.retry.initial-delay=1ms")
			.run((context) -> {
				this.server.answer(new MockResponse.Builder().code(503).build());
				this.server.answer(response());
				context.getBean(GeminiConnections.class).get("second").prompt("Hi").call();
				MeterRegistry meters = context.getBean(MeterRegistry.class);
				assertThat(meters.get(NAME).tag("cometapi.gemini.connection", "second").timer().count()).isEqualTo(1);
				assertThat(meters.get("cometapi.gemini.retries")
					.tag("cometapi.gemini.connection", "second")
					.counter()
					.count()).isEqualTo(1);
			});
	}

	@Test
	void retriesAreCounted() {
		this.contextRunner.withPropertyValues("cometapi.gemini.retry.initial-delay=1ms").run((context) -> {
			this.server.answer(new MockResponse.Builder().code(503).build());
			call(context);
			assertThat(context.getBean(MeterRegistry.class)
				.get("cometapi.gemini.retries")
				.tags("cometapi.gemini.connection", "default", "gen_ai.request.model", "gemini-3.5-flash", "error.type",
						"GeminiServerException")
				.counter()
				.count()).isEqualTo(1);
		});
	}

	@Test
	void fallbacksAreCounted() {
		this.contextRunner.run((context) -> {
			context.getBean(GeminiFallbackListener.class)
				.onFallback(
						new GeminiFallbackEvent("default", "a", "other", "b", GeminiFallbackReason.OVERLOADED, null));
			assertThat(context.getBean(MeterRegistry.class)
				.get("cometapi.gemini.fallbacks")
				.tags("cometapi.gemini.connection", "default", "gen_ai.request.model", "a",
						"cometapi.gemini.fallback_reason", "overloaded")
				.counter()
				.count()).isEqualTo(1);
		});
	}

	@Test
	void modelsBeyondTheLimitAreMeteredTogether() {
		this.contextRunner.withPropertyValues("cometapi.gemini.observation.max-models=2").run((context) -> {
			for (String model : List.of("a", "b", "c", "a", "d", "e")) {
				this.server.answer(response());
				context.getBean(GeminiOperations.class).prompt("Hi").model(model).call();
			}
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(meters.get(NAME).timers()).extracting((timer) -> timer.getId().getTag("gen_ai.request.model"))
				.containsExactlyInAnyOrder("a", "b", "other");
			assertThat(meters.get(NAME).tag("gen_ai.request.model", "other").timer().count()).isEqualTo(3);
		});
	}

	@Test
	void histogramsAreRecordedIfConfigured() {
		this.contextRunner.run((context) -> {
			call(context);
			assertThat(buckets(context)).isEmpty();
		});
		this.contextRunner.withPropertyValues("cometapi.gemini.observation.histograms=true").run((context) -> {
			call(context);
			assertThat(buckets(context)).hasSize(14)
				.extracting((bucket) -> bucket.bucket(TimeUnit.SECONDS))
				.contains(0.01, 81.92);
		});
		this.contextRunner
			.withPropertyValues("cometapi.gemini.observation.histograms=true",
					"management.metrics.distribution.slo.gen_ai.client=1s,2s")
			.run((context) -> {
				call(context);
				assertThat(buckets(context)).hasSize(2);
			});
	}

	private static CountAtBucket[] buckets(ApplicationContext context) {
		return context.getBean(MeterRegistry.class).get(NAME).timer().takeSnapshot().histogramCounts();
	}

	@Test
	void contentIsRecordedIfConfigured() {
		List<KeyValues> keys = new ArrayList<>();
		ObservationHandler<GeminiObservationContext> recorder = new ObservationHandler<>() {

			@Override
			public void onStop(GeminiObservationContext context) {
				keys.add(context.getHighCardinalityKeyValues());
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return context instanceof GeminiObservationContext;
			}

		};
		ApplicationContextRunner recorded = this.contextRunner.withBean(ObservationHandler.class, () -> recorder);
		recorded.run(this::call);
		recorded.withPropertyValues("cometapi.gemini.observation.include-content=true").run(this::call);
		assertThat(keys).hasSize(2);
		assertThat(keys.get(0).stream()).noneMatch((key) -> key.getKey().endsWith(".messages"));
		assertThat(keys.get(1).stream()).extracting(KeyValue::getKey)
			.contains("gen_ai.input.messages", "gen_ai.output.messages");
	}

	@Test
	void observationCanBeSwitchedOff() {
		this.contextRunner.withPropertyValues("management.observations.enable.gen_ai.client.inference=false")
			.run((context) -> {
				call(context);
				MeterRegistry meters = context.getBean(MeterRegistry.class);
				assertThat(meters.find(NAME).meters()).isEmpty();
				assertThat(meters.find("gen_ai.client.inference.usage.output_tokens").meters()).isEmpty();
				assertThat(meters.get("http.client.requests").timer().count()).isEqualTo(1);
			});
	}

	@Test
	void whenApplicationHasConventionThenItIsUsed() {
		GeminiObservationConvention convention = new DefaultGeminiObservationConvention() {

			@Override
			public String getName() {
				return "mine";
			}

		};
		this.contextRunner.withBean(GeminiObservationConvention.class, () -> convention).run((context) -> {
			call(context);
			assertThat(context.getBean(MeterRegistry.class).get("mine").timer().count()).isEqualTo(1);
		});
	}

	@Test
	void whenApplicationHasHandlerThenAutoConfiguredOneBacksOff() {
		GeminiMeterObservationHandler handler = new GeminiMeterObservationHandler(new SimpleMeterRegistry());
		this.contextRunner.withBean(GeminiMeterObservationHandler.class, () -> handler)
			.run((context) -> assertThat(context.getBean(GeminiMeterObservationHandler.class)).isSameAs(handler));
	}

	@Test
	void whenThereAreNoMetersThenThereIsNoHandler() {
		this.plainRunner.run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(GeminiMeterObservationHandler.class);
			call(context);
		});
	}

	@Test
	void whenThereIsNoClientThenThereIsNoHandler() {
		this.contextRunner.withPropertyValues("cometapi.gemini.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(GeminiMeterObservationHandler.class));
	}

	@Test
	void whenMicrometerCoreIsAbsentThenTemplateIsConfigured() {
		this.plainRunner.withClassLoader(new FilteredClassLoader("io.micrometer.core"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(GeminiTemplate.class)
				.doesNotHaveBean(GeminiMetricsAutoConfiguration.class));
	}

	private void useServer(ConfigurableApplicationContext context) {
		TestPropertyValues.of("cometapi.gemini.base-url=" + this.server.url()).applyTo(context);
	}

	private void call(ApplicationContext context) {
		this.server.answer(response());
		assertThat(context.getBean(GeminiOperations.class).prompt("Hi").text()).isEqualTo("Hello");
	}

	private static MockResponse response() {
		return new MockResponse.Builder().setHeader("Content-Type", "application/json").body("""
				{"candidates":[{"content":{"role":"model","parts":[{"text":"Hello"}]},"finishReason":"STOP"}],
				"usageMetadata":{"promptTokenCount":2,"candidatesTokenCount":3,"totalTokenCount":5}}""").build();
	}

}
