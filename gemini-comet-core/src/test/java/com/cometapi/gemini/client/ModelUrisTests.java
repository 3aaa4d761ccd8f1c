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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentRequest;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ModelUris} through a client that is observed.
 */
class ModelUrisTests {

	private static final GenerateContentRequest REQUEST = GenerateContentRequest.builder()
		.contents(Content.user("Hi"))
		.build();

	private final List<String> observedUris = new CopyOnWriteArrayList<>();

	private final List<String> filteredPaths = new CopyOnWriteArrayList<>();

	private WireServer server;

	@BeforeEach
	void startServer() {
		this.server = WireServer.start(
				(connection) -> connection.respond("200 OK", "application/json", Wire.bytes("typical.response.json")));
	}

	@AfterEach
	void closeServer() throws IOException {
		this.server.close();
	}

	@Test
	void eachModelHasAnAddressOfItsOwn() throws InterruptedException {
		GeminiClient client = client();
		for (String model : List.of("gemini-3.5-flash", "gemini-3.1-pro-preview", "gemini-3.5-flash", "of two words")) {
			client.generateContent(model, REQUEST, GeminiCallOptions.DEFAULTS).block();
		}
		assertThat(this.server.takeRequest().head()).startsWith("POST /v1beta/models/gemini-3.5-flash:generateContent");
		assertThat(this.server.takeRequest().head())
			.startsWith("POST /v1beta/models/gemini-3.1-pro-preview:generateContent");
		assertThat(this.server.takeRequest().head()).startsWith("POST /v1beta/models/gemini-3.5-flash:generateContent");
		assertThat(this.server.takeRequest().head()).startsWith("POST /v1beta/models/of%20two%20words:generateContent");
	}

	@Test
	void resourceNameKeepsItsSegments() throws InterruptedException {
		GeminiClient client = client();
		client.generateContent("tunedModels/my-model", REQUEST, GeminiCallOptions.DEFAULTS).block();
		client.generateContent("publishers/google/models/of two", REQUEST, GeminiCallOptions.DEFAULTS).block();
		assertThat(this.server.takeRequest().head()).startsWith("POST /v1beta/tunedModels/my-model:generateContent");
		assertThat(this.server.takeRequest().head())
			.startsWith("POST /v1beta/publishers/google/models/of%20two:generateContent");
		assertThat(this.observedUris).containsOnly("/{version}/models/{model}:generateContent");
	}

	@Test
	void observationsAndFiltersOfTheApplicationSeeEachCall() {
		GeminiClient client = client();
		client.generateContent("gemini-3.5-flash", REQUEST, GeminiCallOptions.DEFAULTS).block();
		client.generateContent("gemini-3.1-pro-preview", REQUEST, GeminiCallOptions.DEFAULTS).block();
		assertThat(this.observedUris).containsExactly("/{version}/models/{model}:generateContent",
				"/{version}/models/{model}:generateContent");
		assertThat(this.filteredPaths).containsExactly("/v1beta/models/gemini-3.5-flash:generateContent",
				"/v1beta/models/gemini-3.1-pro-preview:generateContent");
	}

	private GeminiClient client() {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new UriRecorder());
		WebClient.Builder builder = WebClient.builder()
			.clientConnector(new ReactorClientHttpConnector())
			.observationRegistry(registry)
			.filter((request, next) -> {
				this.filteredPaths.add(request.url().getPath());
				return next.exchange(request);
			});
		return GeminiClient.create(builder, GeminiJsonMapper.builder().build(),
				GeminiClientSettings.builder("sk-secret-0123456789").baseUrl(this.server.url()).build());
	}

	private final class UriRecorder implements ObservationHandler<Observation.Context> {

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

		@Override
		public void onStop(Observation.Context context) {
			ModelUrisTests.this.observedUris.add(context.getLowCardinalityKeyValue("uri").getValue());
		}

	}

}
