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

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.ResponseOrigin;
import com.cometapi.gemini.error.GeminiInvalidRequestException;
import com.cometapi.gemini.error.GeminiServerException;
import com.cometapi.gemini.error.GeminiTimeoutException;
import com.cometapi.gemini.testsupport.GeminiServer;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the {@link GeminiExchangeFilter}s of a {@link GeminiClient}.
 */
class GeminiExchangeFilterTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final String MODEL = "gemini-3.5-flash";

	private static final GenerateContentRequest REQUEST = GenerateContentRequest.builder()
		.contents(Content.user("Hi"))
		.build();

	private static final String RESPONSE = """
			{"candidates":[{"content":{"role":"model","parts":[{"text":"From %s"}]},"finishReason":"STOP"}]}""";

	@AutoClose
	private final GeminiServer server = new GeminiServer();

	@AutoClose
	private final GeminiServer otherServer = new GeminiServer();

	private final List<String> calls = new CopyOnWriteArrayList<>();

	private GeminiClient client;

	@BeforeEach
	void createClient() {
		respond(this.server, "the first");
		respond(this.otherServer, "the second");
		this.client = client("default", this.server);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void filterChangesTheRequestItsModelAndItsOptions(boolean streamed) throws InterruptedException {
		GeminiExchangeFilter change = (exchange,
				next) -> next.exchange(exchange.withModel("gemini-3.1-pro-preview")
					.withRequest(exchange.request().toBuilder().contents(Content.user("Changed")).build())
					.withOptions(GeminiCallOptions.builder().header("x-tenant", "a").build()));
		assertThat(ask(this.client.withFilters(change), streamed)).isEqualTo("From the first");
		RecordedRequest sent = this.server.takeRequest();
		assertThat(sent.getTarget()).contains("models/gemini-3.1-pro-preview:");
		assertThat(sent.getHeaders().get("x-tenant")).isEqualTo("a");
		assertThat(sent.getBody().utf8()).contains("Changed").doesNotContain("Hi");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void firstFilterIsTheOutermost(boolean streamed) {
		GeminiClient client = this.client.withFilters(logging("first"), logging("second"));
		ask(client, streamed);
		String last = (streamed) ? " streamed" : "";
		assertThat(this.calls).containsExactly("first" + last, "second" + last, "second: From the first",
				"first: From the first");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void filterRespondsByItself(boolean streamed) {
		GeminiExchangeFilter cached = (exchange, next) -> Flux.just(text("Cached"));
		assertThat(ask(this.client.withFilters(cached), streamed)).isEqualTo("Cached");
		assertThat(this.server.requestCount()).isZero();
	}

	@Test
	void eventsThatAFilterReturnsForACallThatIsNotStreamedAreMerged() {
		GeminiExchangeFilter cached = (exchange, next) -> Flux.just(text("A"), text("B"));
		assertThat(this.client.withFilters(cached)
			.generateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS)
			.block()
			.text()).isEqualTo("AB");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void filterAsksAnotherModelAfterAFailure(boolean streamed) {
		GeminiExchangeFilter fallback = (exchange, next) -> next.exchange(exchange)
			.onErrorResume(GeminiServerException.class, (ex) -> next.exchange(exchange.withModel(MODEL)));
		TestObservationRegistry registry = TestObservationRegistry.create();
		GeminiClient client = this.client.withFilters(fallback).withObservations(registry, null);
		assertThat(client.exchange(exchange("busy-model", streamed)).map(GenerateContentResponse::text).blockLast())
			.isEqualTo("From the first");
		// Each call has retries of its own and is observed by itself.
		assertThat(this.server.requestCount()).isEqualTo(3);
		TestObservationRegistryAssert.assertThat(registry)
			.hasNumberOfObservationsWithNameEqualTo("gen_ai.client.inference.duration", 2);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void filterSendsACallOverAnotherConnection(boolean streamed) {
		GeminiClient other = client("other", this.otherServer).withFilters((exchange, next) -> {
			throw new IllegalStateException("Filtered twice");
		});
		GeminiClient client = this.client.withConnections(Map.of("other", other)::get)
			.withFilters((exchange, next) -> next.exchange(exchange.withConnection("other").withModel("gemini-other")));
		GenerateContentResponse response = client.exchange(exchange(MODEL, streamed)).blockLast(TIMEOUT);
		assertThat(response.text()).isEqualTo("From the second");
		assertThat(response.origin()).isEqualTo(ResponseOrigin.ofModel("other", "gemini-other"));
		assertThat(this.server.requestCount()).isZero();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void responseNamesTheConnectionAndTheModelThatWereAsked(boolean streamed) {
		assertThat(this.client.exchange(exchange(MODEL, streamed)).blockLast(TIMEOUT).origin())
			.isEqualTo(ResponseOrigin.ofModel("default", MODEL));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void failureOfAnotherConnectionNamesIt(boolean streamed) {
		GeminiClient client = this.client.withConnections(Map.of("other", client("other", this.otherServer))::get)
			.withFilters((exchange, next) -> next.exchange(exchange.withConnection("other")));
		assertThatExceptionOfType(GeminiServerException.class)
			.isThrownBy(() -> client.exchange(exchange("busy-model", streamed)).blockLast(TIMEOUT))
			.withMessageContaining("of model 'busy-model' over connection 'other'");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void connectionThatDoesNotExistIsAnError(boolean streamed) {
		GeminiClient client = this.client
			.withFilters((exchange, next) -> next.exchange(exchange.withConnection("missing")));
		assertThatExceptionOfType(GeminiInvalidRequestException.class).isThrownBy(() -> ask(client, streamed))
			.withMessage("The connection 'missing' does not exist: configure 'cometapi.gemini.connections.missing'");
		assertThat(this.server.requestCount()).isZero();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void filterRefusesACall(boolean streamed) {
		GeminiClient client = this.client.withFilters((exchange, next) -> {
			throw new IllegalStateException("No more money");
		});
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> ask(client, streamed))
			.withMessage("No more money");
		assertThat(this.server.requestCount()).isZero();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void filterWithoutAResponseIsAnError(boolean streamed) {
		GeminiClient client = this.client.withFilters((exchange, next) -> Flux.empty());
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> ask(client, streamed))
			.withMessage("A GeminiExchangeFilter returned no response for the model 'gemini-3.5-flash'");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void totalTimeoutCoversTheFilters(boolean streamed) {
		GeminiClient client = this.client.withFilters((exchange, next) -> Flux.never());
		GeminiExchange exchange = new GeminiExchange("default", MODEL, REQUEST,
				GeminiCallOptions.builder().totalTimeout(Duration.ofSeconds(5)).build(), streamed);
		StepVerifier.withVirtualTime(() -> client.exchange(exchange))
			.thenAwait(Duration.ofSeconds(5))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(GeminiTimeoutException.class)
				.hasMessageContaining((streamed) ? "streamGenerateContent" : "generateContent"))
			.verify(Duration.ofSeconds(30));
	}

	@Test
	void filtersAreAddedInsideTheExistingOnes() {
		ask(this.client.withFilters(logging("first")).withFilters(logging("second")), false);
		assertThat(this.calls).startsWith("first", "second");
	}

	private GeminiExchangeFilter logging(String name) {
		return (exchange, next) -> {
			this.calls.add(name + ((exchange.streamed()) ? " streamed" : ""));
			return next.exchange(exchange).doOnNext((event) -> this.calls.add(name + ": " + event.text()));
		};
	}

	private static GenerateContentResponse text(String text) {
		return GenerateContentResponse.builder()
			.candidates(Candidate.builder().content(Content.model(text)).build())
			.build();
	}

	private String ask(GeminiClient client, boolean streamed) {
		return client.exchange(exchange(MODEL, streamed)).map(GenerateContentResponse::text).blockLast(TIMEOUT);
	}

	private static GeminiExchange exchange(String model, boolean streamed) {
		return new GeminiExchange(GeminiExchange.DEFAULT_CONNECTION, model, REQUEST, GeminiCallOptions.DEFAULTS,
				streamed);
	}

	private static GeminiClient client(String connectionName, GeminiServer server) {
		return GeminiClient.create(WebClient.builder(), GeminiJsonMapper.builder().build(),
				GeminiClientSettings.builder("sk-filters")
					.connectionName(connectionName)
					.baseUrl(server.url())
					.retry(GeminiRetrySettings.builder().maxAttempts(2).initialDelay(Duration.ofMillis(1)).build())
					.build());
	}

	private static void respond(GeminiServer server, String name) {
		server.respond((request) -> {
			if (request.getTarget().contains("busy-model")) {
				return new MockResponse.Builder().code(503).build();
			}
			boolean streamed = request.getTarget().contains("streamGenerateContent");
			String json = RESPONSE.formatted(name);
			return new MockResponse.Builder()
				.setHeader("Content-Type", (streamed) ? "text/event-stream" : "application/json")
				.body((streamed) ? "data: " + json + "\n\n" : json)
				.build();
		});
	}

}
