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

package com.cometapi.gemini.fallback;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.ResponseOrigin;
import com.cometapi.gemini.api.ThinkingLevel;
import com.cometapi.gemini.client.GeminiCallOptions;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiExchange;
import com.cometapi.gemini.client.GeminiExchangeFilter;
import com.cometapi.gemini.error.GeminiAuthenticationException;
import com.cometapi.gemini.error.GeminiCircuitOpenException;
import com.cometapi.gemini.error.GeminiConnectionException;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiInvalidRequestException;
import com.cometapi.gemini.error.GeminiLimitExceededException;
import com.cometapi.gemini.error.GeminiLimitType;
import com.cometapi.gemini.error.GeminiServerException;
import com.cometapi.gemini.error.GeminiTimeLimit;
import com.cometapi.gemini.error.GeminiTimeoutException;
import com.cometapi.gemini.fallback.GeminiFallbackSettings.FirstChoice;
import com.cometapi.gemini.function.GeminiFunctionCallback;
import com.cometapi.gemini.prompt.GeminiDefaults;
import com.cometapi.gemini.prompt.ModelAdapter;
import com.cometapi.gemini.prompt.ThinkingDefaults;
import com.cometapi.gemini.testsupport.GeminiServer;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.assertj.core.groups.Tuple;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link GeminiFallbackExchangeFilter} with two connections.
 */
class FallbackTests {

	private static final Duration TIMEOUT = Duration.ofMinutes(1);

	private static final String MODEL = "gemini-3.5-flash";

	private static final GenerateContentRequest REQUEST = GenerateContentRequest.builder()
		.contents(Content.user("Hi"))
		.build();

	private static final GeminiFallbackTarget OTHER = GeminiFallbackTarget.ofConnection("other");

	@AutoClose
	private final GeminiServer server = new GeminiServer();

	@AutoClose
	private final GeminiServer other = GeminiServer.echoing();

	private final List<GeminiFallbackEvent> events = Collections.synchronizedList(new ArrayList<>());

	private Duration firstEventTimeout = Duration.ofSeconds(30);

	@ParameterizedTest
	@EnumSource(Failure.class)
	void failureGoesToTheFallback(Failure failure) {
		adjustTimeout(failure);
		for (boolean streamed : new boolean[] { false, true }) {
			failure.answer.accept(this.server);
			GenerateContentResponse response = ask(settings(OTHER), streamed);
			assertThat(response.origin()).isEqualTo(ResponseOrigin.ofModel("other", MODEL).withFallback());
		}
		assertThat(this.other.requestCount()).isEqualTo(2);
		assertThat(this.events).allSatisfy((event) -> {
			assertThat(event.fromConnection()).isEqualTo("default");
			assertThat(event.toConnection()).isEqualTo("other");
			assertThat(event.reason()).isEqualTo(failure.reason);
			assertThat(event.failure()).isNotNull();
		}).hasSize(2);
	}

	@ParameterizedTest
	@EnumSource(Failure.class)
	void disabledKindOfFailureHasNoFallback(Failure failure) {
		adjustTimeout(failure);
		Set<GeminiFallbackReason> reasons = EnumSet.complementOf(EnumSet.of(failure.reason));
		failure.answer.accept(this.server);
		assertThatExceptionOfType(GeminiException.class)
			.isThrownBy(() -> ask(new GeminiFallbackSettings(List.of(OTHER), List.of(), MODEL, reasons), true));
		assertThat(this.other.requestCount()).isZero();
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 403 })
	void failureOfTheRequestHasNoFallback(int status) {
		this.server.answerStatus(status);
		assertThatExceptionOfType(GeminiException.class).isThrownBy(() -> ask(settings(OTHER), false));
		assertThat(this.other.requestCount()).isZero();
	}

	@Test
	void streamThatBreaksAfterAnEventHasNoFallback() {
		this.server.answer(brokenStream());
		Flux<GenerateContentResponse> stream = client(settings(OTHER)).exchange(exchange(true));
		List<String> texts = new ArrayList<>();
		assertThatExceptionOfType(GeminiConnectionException.class)
			.isThrownBy(() -> stream.doOnNext((event) -> texts.add(event.text())).blockLast(TIMEOUT));
		assertThat(texts).isNotEmpty();
		assertThat(this.other.requestCount()).isZero();
	}

	@Test
	void responseThatBreaksOffHasNoFallback() {
		this.server.answer(brokenResponse());
		assertThatExceptionOfType(GeminiConnectionException.class).isThrownBy(() -> ask(settings(OTHER), false))
			.satisfies((ex) -> assertThat(ex.isResponseStarted()).isTrue());
		assertThat(this.other.requestCount()).isZero();
	}

	@Test
	void callHasNoFallbackAfterAMediumWasWritten() {
		String event = "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"inlineData\":"
				+ "{\"mimeType\":\"image/png\",\"data\":\"" + "AAAA".repeat(50_000) + "\"}}]}}]}";
		this.server.answer(cut("text/event-stream", "data: " + event));
		this.firstEventTimeout = Duration.ofSeconds(5);
		ByteArrayOutputStream written = new ByteArrayOutputStream();
		GeminiCallOptions options = GeminiCallOptions.builder().mediaSink((mimeType) -> written).build();
		assertThatExceptionOfType(GeminiException.class).isThrownBy(
				() -> client(settings(OTHER)).exchange(new GeminiExchange("default", MODEL, REQUEST, options, true))
					.blockLast(TIMEOUT));
		assertThat(written.size()).isPositive();
		assertThat(this.other.requestCount()).isZero();
	}

	@Test
	void fallbacksAreTriedInTheirOrder() {
		this.server.answerStatus(503).answerStatus(429);
		GenerateContentResponse response = ask(settings(GeminiFallbackTarget.ofModel("gemini-3.1-flash-lite"), OTHER),
				false);
		assertThat(response.origin()).isEqualTo(ResponseOrigin.ofModel("other", MODEL).withFallback());
		assertThat(this.server.takeRequest().getTarget()).contains(MODEL);
		assertThat(this.server.takeRequest().getTarget()).contains("gemini-3.1-flash-lite");
		assertThat(this.events).extracting((event) -> event.fromModel() + " " + event.reason().value())
			.containsExactly(MODEL + " overloaded", "gemini-3.1-flash-lite rate-limit");
	}

	@Test
	void whenAllFailThenTheFirstFailureIsThrownWithTheOthersSuppressed() {
		this.server.answerStatus(503);
		this.other.answerStatus(401);
		assertThatExceptionOfType(GeminiServerException.class).isThrownBy(() -> ask(settings(OTHER), false))
			.satisfies((ex) -> assertThat(ex.getSuppressed())
				.hasAtLeastOneElementOfType(GeminiAuthenticationException.class));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void observationOfAFallbackHasTheReason(boolean streamed) {
		TestObservationRegistry registry = TestObservationRegistry.create();
		this.server.answerStatus(503).reply((text) -> "Lite");
		client(settings(GeminiFallbackTarget.ofModel("gemini-3.1-flash-lite"))).withObservations(registry, null)
			.exchange(exchange(streamed))
			.blockLast(TIMEOUT);
		TestObservationRegistryAssert.assertThat(registry)
			.hasNumberOfObservationsWithNameEqualTo("gen_ai.client.inference.duration", 2)
			.hasAnObservation((observation) -> observation.hasLowCardinalityKeyValue("gen_ai.request.model", MODEL)
				.hasError()
				.doesNotHaveHighCardinalityKeyValueWithKey("cometapi.gemini.fallback_reason"))
			.hasAnObservation((observation) -> observation
				.hasLowCardinalityKeyValue("gen_ai.request.model", "gemini-3.1-flash-lite")
				.hasHighCardinalityKeyValue("cometapi.gemini.fallback_reason", "overloaded"));
	}

	@Test
	void totalTimeoutCoversAllTargets() {
		this.server.hold();
		this.other.hold();
		GeminiCallOptions options = GeminiCallOptions.builder()
			.firstEventTimeout(Duration.ofSeconds(1))
			.totalTimeout(Duration.ofMillis(1900))
			.build();
		assertThatExceptionOfType(GeminiTimeoutException.class)
			.isThrownBy(
					() -> client(settings(OTHER)).exchange(new GeminiExchange("default", MODEL, REQUEST, options, true))
						.blockLast(TIMEOUT))
			.satisfies((ex) -> assertThat(ex.getLimit()).isEqualTo(GeminiTimeLimit.TOTAL));
		assertThat(this.other.requestCount()).isEqualTo(1);
	}

	@Test
	void callThatALimitRefusesGoesToTheFallbackAndLeavesTheCircuitClosed() {
		GeminiFallbackExchangeFilter fallback = filter(settings(OTHER), breakers(1, Duration.ofMinutes(1)));
		GeminiExchangeFilter limit = (exchange, next) -> exchange.connection().equals("default")
				? Flux.error(
						new GeminiLimitExceededException("Full", GeminiLimitType.CONCURRENT_CALLS, Duration.ZERO, null))
				: next.exchange(exchange);
		GenerateContentResponse response = client("default").withFilters(fallback, limit)
			.exchange(exchange(false))
			.blockLast(TIMEOUT);
		assertThat(response.origin().connection()).isEqualTo("other");
		assertThat(fallback.getCircuits()).extracting(GeminiCircuit::state).containsOnly(GeminiCircuit.State.CLOSED);
	}

	@Test
	void callWithItsOwnKeyStaysOnItsConnection() {
		this.server.answerStatus(503).answerText("Lite");
		GeminiCallOptions options = GeminiCallOptions.builder().apiKey("sk-tenant").build();
		GenerateContentResponse response = client(
				settings(OTHER, GeminiFallbackTarget.ofModel("gemini-3.1-flash-lite")))
			.exchange(new GeminiExchange("default", MODEL, REQUEST, options, false))
			.blockLast(TIMEOUT);
		assertThat(response.text()).isEqualTo("Lite");
		assertThat(this.other.requestCount()).isZero();
	}

	@Test
	void headersOfACallAreNotSentToAnotherConnection() {
		this.server.answerStatus(503);
		GeminiCallOptions options = GeminiCallOptions.builder().header("x-tenant", "secret").build();
		client(settings(OTHER)).exchange(new GeminiExchange("default", MODEL, REQUEST, options, false))
			.blockLast(TIMEOUT);
		assertThat(this.server.takeRequest().getHeaders().get("x-tenant")).isEqualTo("secret");
		assertThat(this.other.takeRequest().getHeaders().get("x-tenant")).isNull();
	}

	@Test
	void callOnANamedConnectionFallsBackToOtherModelsOfThatConnectionOnly() {
		this.other.answerStatus(503).answerText("Lite");
		GeminiFallbackSettings settings = settings(GeminiFallbackTarget.ofConnection("default"),
				GeminiFallbackTarget.ofModel("gemini-3.1-flash-lite"));
		GenerateContentResponse response = client(settings)
			.exchange(new GeminiExchange("other", MODEL, REQUEST, GeminiCallOptions.DEFAULTS, false))
			.blockLast(TIMEOUT);
		assertThat(response.origin())
			.isEqualTo(ResponseOrigin.ofModel("other", "gemini-3.1-flash-lite").withFallback());
		assertThat(this.server.requestCount()).isZero();
	}

	@Test
	void requestWithCachedContentHasNoFallback() {
		this.server.answerStatus(503);
		GenerateContentRequest request = REQUEST.toBuilder().cachedContent("cachedContents/1").build();
		assertThatExceptionOfType(GeminiServerException.class).isThrownBy(() -> client(settings(OTHER))
			.exchange(new GeminiExchange("default", MODEL, request, GeminiCallOptions.DEFAULTS, false))
			.blockLast(TIMEOUT));
		assertThat(this.other.requestCount()).isZero();
	}

	@Test
	void firstChoicesShareTheCallsByTheirWeights() {
		this.server.reply((text) -> "first");
		GeminiClient client = client(
				sharing(new FirstChoice(GeminiFallbackTarget.ofConnection("default"), 3), new FirstChoice(OTHER, 1)));
		long first = IntStream.range(0, 200)
			.mapToObj((i) -> client.exchange(exchange(false)).blockLast(TIMEOUT))
			.peek((response) -> assertThat(response.origin().fallback()).isFalse())
			.filter((response) -> response.text().equals("first"))
			.count();
		// With equal weights, one of 400 runs would have 120 or more.
		assertThat(first).isBetween(120L, 180L);
	}

	@Test
	void firstChoicesAreFallbacksForEachOther() {
		GeminiClient client = client(sharing(new FirstChoice(GeminiFallbackTarget.ofConnection("default"), 1_000_000),
				new FirstChoice(OTHER, 1)));
		this.server.answerStatus(503);
		assertThat(client.exchange(exchange(false)).blockLast(TIMEOUT).origin().connection()).isEqualTo("other");
	}

	@Test
	void callToANamedModelIsNotSharedAmongModels() {
		this.server.reply((text) -> "first");
		GeminiClient client = client(sharing(new FirstChoice(new GeminiFallbackTarget("other", "gemini-2.5-pro"), 1)));
		assertThat(client
			.exchange(
					new GeminiExchange("default", "gemini-3.1-pro-preview", REQUEST, GeminiCallOptions.DEFAULTS, false))
			.blockLast(TIMEOUT)
			.text()).isEqualTo("first");
		assertThat(client.exchange(exchange(false)).blockLast(TIMEOUT).origin())
			.isEqualTo(ResponseOrigin.ofModel("other", "gemini-2.5-pro"));
	}

	@Test
	void thinkingIsAdaptedToTheModelThatIsAsked() {
		this.server.answerStatus(503);
		GeminiTemplate gemini = new GeminiTemplate(
				client(settings(new GeminiFallbackTarget("other", "gemini-2.5-pro"))), GeminiDefaults.of(MODEL));
		gemini.prompt("Hi").thinkingLevel(ThinkingLevel.MINIMAL).text();
		assertThat(this.server.takeBody()).contains("\"thinkingLevel\":\"MINIMAL\"");
		assertThat(this.other.takeBody()).contains("\"thinkingBudget\":128").doesNotContain("thinkingLevel");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void functionCallOfAnotherModelFamilyCanBeSentToTheFirstChoice(boolean streamed) {
		String call = """
				{"functionCall": {"name": "now", "args": {}}, "thoughtSignature": "b2xk"}""";
		this.server.answerStatus(503);
		if (streamed) {
			this.other.answerEvents(GeminiServer.response(call, null), GeminiServer.response(call, "STOP"));
			this.server.answerTextEvents("Noon");
		}
		else {
			this.other.answerParts(call + "," + call);
			this.server.answerText("Noon");
		}
		GeminiTemplate gemini = new GeminiTemplate(
				client(settings(new GeminiFallbackTarget("other", "gemini-2.5-flash"))), GeminiDefaults.of(MODEL));
		GeminiFunctionCallback function = GeminiFunctionCallback.of("now", "The time", () -> "12:00");
		String text = (streamed) ? gemini.prompt("When?").functions(function).streamText().blockLast(TIMEOUT)
				: gemini.prompt("When?").functions(function).text();
		assertThat(text).isEqualTo("Noon");
		// The API defines this signature for calls of another model, on the first of
		// them.
		assertThat(this.server.requests().get(1).contents().get(1).parts())
			.extracting((part) -> part.thoughtSignature())
			.containsExactly("skip_thought_signature_validator", null);
	}

	@Test
	void openCircuitSkipsTheFirstChoiceUntilASingleCallSucceeds() {
		this.server.answerStatus(503).answerStatus(503);
		GeminiFallbackExchangeFilter filter = filter(settings(OTHER), breakers(2, Duration.ofSeconds(3)));
		GeminiClient client = client("default").withFilters(filter);
		IntStream.range(0, 6).forEach((i) -> client.exchange(exchange(true)).blockLast(TIMEOUT));
		assertThat(this.server.requestCount()).isEqualTo(2);
		assertThat(filter.getCircuits()).extracting(GeminiCircuit::connection, GeminiCircuit::state)
			.contains(Tuple.tuple("default", GeminiCircuit.State.OPEN));
		assertThat(this.events.get(5).reason()).isEqualTo(GeminiFallbackReason.CIRCUIT_OPEN);
		this.server.reply((text) -> "back");
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(client.exchange(exchange(true)).blockLast(TIMEOUT).origin().connection())
				.isEqualTo("default"));
		assertThat(filter.getCircuits()).extracting(GeminiCircuit::state).containsOnly(GeminiCircuit.State.CLOSED);
	}

	@Test
	void whenAllCircuitsAreOpenThenTheExceptionHasTheWait() {
		this.server.answerStatus(503);
		this.other.answerStatus(503);
		GeminiClient client = client("default")
			.withFilters(filter(settings(OTHER), breakers(1, Duration.ofMinutes(1))));
		assertThatExceptionOfType(GeminiServerException.class)
			.isThrownBy(() -> client.exchange(exchange(false)).blockLast(TIMEOUT));
		assertThatExceptionOfType(GeminiCircuitOpenException.class)
			.isThrownBy(() -> client.exchange(exchange(false)).blockLast(TIMEOUT))
			.satisfies((ex) -> assertThat(ex.getRetryAfter()).isBetween(Duration.ofSeconds(30), Duration.ofMinutes(1)))
			.withMessageContaining("'gemini-3.5-flash' over the connection 'default'");
		assertThat(this.server.requestCount()).isEqualTo(1);
	}

	@Test
	void failuresOfTheRequestLeaveTheCircuitClosed() {
		GeminiFallbackExchangeFilter filter = filter(settings(OTHER), breakers(1, Duration.ofMinutes(1)));
		this.server.answerStatus(400);
		assertThatExceptionOfType(GeminiInvalidRequestException.class)
			.isThrownBy(() -> client("default").withFilters(filter).exchange(exchange(false)).blockLast(TIMEOUT));
		assertThat(filter.getCircuits()).extracting(GeminiCircuit::state).containsExactly(GeminiCircuit.State.CLOSED);
	}

	private static MockResponse brokenStream() {
		return cut("text/event-stream", "data: " + GeminiServer.textResponse("One", null) + "\n\n");
	}

	private static MockResponse brokenResponse() {
		return cut("application/json", GeminiServer.textResponse("One", "STOP"));
	}

	// Sends a part of the body, then closes the connection.
	private static MockResponse cut(String contentType, String part) {
		return new MockResponse.Builder().setHeader("Content-Type", contentType)
			.body(part)
			.setHeader("Content-Length", 1_000_000)
			.onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE)
			.build();
	}

	private static GeminiFallbackSettings settings(GeminiFallbackTarget... fallbacks) {
		return GeminiFallbackSettings.of(MODEL, fallbacks);
	}

	private static GeminiFallbackSettings sharing(FirstChoice... firstChoices) {
		return new GeminiFallbackSettings(List.of(), Arrays.asList(firstChoices), MODEL,
				EnumSet.allOf(GeminiFallbackReason.class));
	}

	private static GeminiCircuitBreaker.Factory breakers(int threshold, Duration wait) {
		return (connection, model) -> new ConsecutiveFailuresCircuitBreaker(connection + "/" + model, threshold, wait);
	}

	private GenerateContentResponse ask(GeminiFallbackSettings settings, boolean streamed) {
		return client(settings).exchange(exchange(streamed)).blockLast(TIMEOUT);
	}

	private GeminiFallbackExchangeFilter filter(GeminiFallbackSettings settings,
			GeminiCircuitBreaker.Factory breakers) {
		return new GeminiFallbackExchangeFilter(settings, new ModelAdapter(ThinkingDefaults.NONE), breakers,
				List.of(this.events::add));
	}

	private GeminiClient client(GeminiFallbackSettings settings) {
		return client("default").withFilters(filter(settings, null));
	}

	private void adjustTimeout(Failure failure) {
		if (failure == Failure.TIMEOUT) {
			this.firstEventTimeout = Duration.ofSeconds(1);
		}
	}

	private GeminiClient client(String name) {
		GeminiServer server = (name.equals("other")) ? this.other : this.server;
		GeminiClient client = GeminiClient.create(WebClient.builder(), GeminiServer.MAPPER,
				server.settings().connectionName(name).firstEventTimeout(this.firstEventTimeout).build());
		return (name.equals("other")) ? client : client.withConnections(Map.of("other", client("other"))::get);
	}

	private static GeminiExchange exchange(boolean streamed) {
		return new GeminiExchange("default", MODEL, REQUEST, GeminiCallOptions.DEFAULTS, streamed);
	}

	private enum Failure {

		SERVER_ERROR(GeminiFallbackReason.SERVER_ERROR, (server) -> server.answerStatus(500)),

		OVERLOADED(GeminiFallbackReason.OVERLOADED, (server) -> server.answerStatus(503)),

		RATE_LIMIT(GeminiFallbackReason.RATE_LIMIT, (server) -> server.answerStatus(429)),

		QUOTA(GeminiFallbackReason.QUOTA, (server) -> server.answerStatus(402)),

		MODEL_NOT_FOUND(GeminiFallbackReason.MODEL_NOT_FOUND,
				(server) -> server.answer(new MockResponse.Builder().code(503)
					.body(GeminiServer.recording("cometapi-503-model-not-found.error.json"))
					.build())),

		CONNECTION(GeminiFallbackReason.CONNECTION,
				(server) -> server
					.answer(new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build())),

		TIMEOUT(GeminiFallbackReason.TIMEOUT, (server) -> server
			.answer(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build()));

		private final GeminiFallbackReason reason;

		private final Consumer<GeminiServer> answer;

		Failure(GeminiFallbackReason reason, Consumer<GeminiServer> answer) {
			this.reason = reason;
			this.answer = answer;
		}

	}

}
