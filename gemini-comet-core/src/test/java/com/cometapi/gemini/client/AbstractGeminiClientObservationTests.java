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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.observation.GeminiObservationContext;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.tck.TestObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import reactor.core.publisher.Flux;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Base class for tests of the observations of a {@link GeminiClient}.
 */
abstract class AbstractGeminiClientObservationTests {

	static final String NAME = "gen_ai.client.inference.duration";

	static final String HTTP = "http.client.requests";

	static final String KEY = "sk-secret-0123456789";

	static final String MODEL = "gemini-3.5-flash";

	static final GenerateContentRequest REQUEST = GenerateContentRequest.builder()
		.contents(Content.user("Tell nobody"))
		.build();

	static final String EVENTS = """
			data: {"candidates":[{"content":{"role":"model","parts":[{"text":"Hidden"}]}}],"responseId":"r-1",\
			"modelVersion":"gemini-3.5-flash-001","usageMetadata":{"promptTokenCount":5,"thoughtsTokenCount":3}}

			data: {"candidates":[{"content":{"role":"model","parts":[{"text":" words"}]},"finishReason":"STOP"}],\
			"usageMetadata":{"promptTokenCount":5,"candidatesTokenCount":2,"thoughtsTokenCount":4}}

			""";

	static final String BUSY = """
			{"error":{"code":503,"message":"busy for %s","status":"UNAVAILABLE"}}""".formatted(KEY);

	final TestObservationRegistry registry = TestObservationRegistry.create();

	final List<Observation.Context> ended = new CopyOnWriteArrayList<>();

	final AtomicInteger requests = new AtomicInteger();

	WireServer server;

	@BeforeEach
	void recordEndedObservations() {
		this.registry.observationConfig().observationHandler(new Recorder());
	}

	@AfterEach
	void closeServer() throws IOException {
		if (this.server != null) {
			this.server.close();
		}
	}

	GeminiObservationContext single() {
		return (GeminiObservationContext) this.ended.stream()
			.filter(GeminiObservationContext.class::isInstance)
			.reduce((first, second) -> {
				throw new IllegalStateException("Two observations");
			})
			.orElseThrow();
	}

	static List<String> low(Observation.Context context) {
		return strings(context.getLowCardinalityKeyValues());
	}

	static List<String> high(Observation.Context context) {
		return strings(context.getHighCardinalityKeyValues());
	}

	static List<String> strings(KeyValues values) {
		return values.stream().map((value) -> value.getKey() + "=" + value.getValue()).toList();
	}

	void respond(String file) {
		start((connection, request) -> connection.respond("200 OK", "application/json", Wire.bytes(file)));
	}

	void start(BiConsumer<WireServer.Connection, Integer> script) {
		this.server = WireServer.start((connection) -> script.accept(connection, this.requests.incrementAndGet()));
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	GeminiClient client() {
		return create().withObservations(this.registry, null);
	}

	GeminiClient create() {
		return create(WebClient.builder().observationRegistry(this.registry));
	}

	GeminiClient create(WebClient.Builder builder) {
		GeminiClientSettings.Builder settings = GeminiClientSettings.builder(KEY)
			.retry(GeminiRetrySettings.builder().initialDelay(Duration.ofMillis(10)).build());
		if (this.server != null) {
			settings.baseUrl(this.server.url());
		}
		return GeminiClient.create(builder.clientConnector(new ReactorClientHttpConnector()),
				GeminiJsonMapper.builder().build(), settings.build());
	}

	static GenerateContentResponse call(GeminiClient client) {
		return client.generateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS).block();
	}

	static Flux<GenerateContentResponse> stream(GeminiClient client) {
		return client.streamGenerateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS);
	}

	class Recorder implements ObservationHandler<Observation.Context> {

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

		@Override
		public void onStop(Observation.Context context) {
			AbstractGeminiClientObservationTests.this.ended.add(context);
		}

	}

}
