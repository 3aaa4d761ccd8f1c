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
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.ResponseAccumulator;
import com.cometapi.gemini.error.GeminiProtocolException;
import com.cometapi.gemini.error.GeminiTimeLimit;
import com.cometapi.gemini.error.GeminiTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for comments and events that only keep the connection alive.
 */
class SignsOfLifeTests {

	private static final String HEL = """
			data: {"candidates":[{"content":{"role":"model","parts":[{"text":"Hel"}]}}]}

			""";

	private static final String LO = """
			data: {"candidates":[{"content":{"role":"model","parts":[{"text":"lo"}]},"finishReason":"STOP"}]}

			""";

	private static final String BUSY = """
			data: {"error":{"code":503,"message":"busy","status":"UNAVAILABLE"}}

			""";

	private static final Duration PAUSE = Duration.ofMillis(100);

	private static final Duration LIMIT = Duration.ofSeconds(2);

	// Together longer than the limit.
	private static final int MANY = 24;

	private final AtomicInteger requests = new AtomicInteger();

	private WireServer server;

	@AfterEach
	void close() throws IOException {
		this.server.close();
	}

	static Stream<String> signsOfLife() {
		return Stream.of(": ping\n", ": ping\n\n", ":\n\n", "\n", "event: keepalive\n\n",
				"event: keepalive\ndata: {}\n\n", "event: ping\ndata: 2026-11-26T10:00:00Z\n\n",
				"event: heartbeat\ndata: {\"time\n\n", "event: keep-alive\ndata: []\n\n", "data: {}\n\n", "data: \n\n",
				"data:\n\n", "data\n\n", "data:   \n\n", "data: null\n\n", "data: {\"candidates\":[]}\n\n",
				"data: {\"candidates\":null,\"usageMetadata\":null}\n\n",
				"data: {\"usageMetadata\":{},\"promptFeedback\":{}}\n\n", "data: {\"type\":\"ping\"}\n\n",
				"event: ping\ndata: {\"type\":\"ping\"}\r\n\r\n");
	}

	@ParameterizedTest
	@MethodSource("signsOfLife")
	void errorAfterSignsOfLifeIsRetried(String sign) {
		start((connection, request) -> connection.eventStream().chunk(sign).chunk((request < 3) ? BUSY : HEL + LO));

		assertThat(stream((settings) -> settings).take(2).map(GenerateContentResponse::text).collectList().block())
			.containsExactly("Hel", "lo");
		assertThat(this.requests).hasValue(3);
	}

	@ParameterizedTest
	@MethodSource("signsOfLife")
	void signsOfLifeAreNotEmitted(String sign) {
		start((connection, request) -> connection.eventStream()
			.chunk(sign + HEL + sign)
			.chunk(sign)
			.chunk(sign + LO + sign)
			.end());

		StepVerifier.create(stream((settings) -> settings).map(GenerateContentResponse::text))
			.expectNext("Hel", "lo")
			.verifyComplete();
	}

	@ParameterizedTest
	@MethodSource("signsOfLife")
	void signsOfLifeAloneAreNotAResponse(String sign) {
		start((connection, request) -> connection.eventStream().chunk(sign).end());

		StepVerifier.create(stream((settings) -> settings))
			.expectErrorSatisfies(
					(ex) -> assertThat(ex).isInstanceOf(GeminiProtocolException.class).hasMessageContaining("event"))
			.verify();
	}

	@ParameterizedTest
	@ValueSource(strings = { ": ping\n", "\n", "event: keepalive\ndata: {}\n\n" })
	void signsOfLifeCountForTheIdleLimit(String sign) {
		start((connection, request) -> {
			drip(connection.eventStream().chunk(HEL), sign, MANY);
			connection.chunk(LO).end();
		});

		StepVerifier.create(stream((settings) -> settings.idleTimeout(LIMIT)).map(GenerateContentResponse::text))
			.expectNext("Hel", "lo")
			.verifyComplete();
	}

	@Test
	void silenceAfterSignsOfLifeIsATimeout() {
		start((connection, request) -> connection.eventStream().chunk(HEL).chunk(": ping\n\n"));

		assertTimesOut(stream((settings) -> settings.idleTimeout(PAUSE)), GeminiTimeLimit.IDLE);
	}

	@Test
	void piecesOfAnEventAreNotSignsOfLife() {
		start((connection, request) -> {
			connection.eventStream().chunk(HEL + "data: ");
			dripUntilGone(connection, "[");
		});

		assertTimesOut(stream((settings) -> settings.idleTimeout(LIMIT)), GeminiTimeLimit.IDLE);
	}

	@ParameterizedTest
	@ValueSource(strings = { ": ping\n\n", "event: keepalive\ndata: {}\n\n", "data: {\"responseId\":\"r-1\"}\n\n" })
	void signsOfLifeDoNotStartTheIdleLimit(String sign) {
		start((connection, request) -> {
			drip(connection.eventStream(), sign, 16);
			connection.end(HEL + LO);
		});

		assertThat(stream((settings) -> settings.idleTimeout(LIMIT.dividedBy(2))).collectList().block())
			.extracting(GenerateContentResponse::text)
			.contains("Hel", "lo");
	}

	@ParameterizedTest
	@ValueSource(strings = { ": ping\n\n", "event: keepalive\ndata: {}\n\n", "data: {\"responseId\":\"r-1\"}\n\n" })
	void signsOfLifeDoNotEndTheWaitForTheFirstEvent(String sign) {
		start((connection, request) -> {
			connection.eventStream();
			dripUntilGone(connection, sign);
		});

		assertTimesOut(stream((settings) -> settings.firstEventTimeout(LIMIT)), GeminiTimeLimit.FIRST_EVENT);
	}

	@Test
	void eventWithoutKnownMembersIsQuoted() {
		start((connection, request) -> connection.eventStream().chunk("data: {\"choices\":[{}]}\n\n".repeat(2)).end());

		assertThatExceptionOfType(GeminiProtocolException.class)
			.isThrownBy(() -> stream((settings) -> settings).blockLast())
			.withMessageContaining("event 1 is JSON, but not a response: {\"choices\":[{}]}");
	}

	@Test
	void usageIsEmittedWhereverItArrives() {
		String usage = "data: {\"usageMetadata\":{\"totalTokenCount\":%d}}\n\n";
		start((connection,
				request) -> connection.eventStream().chunk(usage.formatted(1) + HEL + LO + usage.formatted(7)).end());

		List<GenerateContentResponse> events = stream((settings) -> settings).collectList().block();
		assertThat(events).hasSize(4);
		assertThat(accumulate(events).usageMetadata().totalTokenCount()).isEqualTo(7);
	}

	@Test
	void metadataIsEmittedWithTheFirstEventAndAfterIt() {
		start((connection, request) -> connection.eventStream()
			.chunk("data: {\"responseId\":\"r-1\"}\n\n")
			.chunk(HEL + LO + "data: {\"modelVersion\":\"m-1\"}")
			.end());

		List<GenerateContentResponse> events = stream((settings) -> settings).collectList().block();
		assertThat(events).hasSize(4);
		assertThat(accumulate(events)).satisfies((response) -> {
			assertThat(response.text()).isEqualTo("Hello");
			assertThat(response.responseId()).isEqualTo("r-1");
			assertThat(response.modelVersion()).isEqualTo("m-1");
		});
	}

	@Test
	void errorAfterMetadataIsRetried() {
		start((connection, request) -> connection.eventStream()
			.chunk("data: {\"responseId\":\"r-%d\",\"modelVersion\":\"m\"}\n\n".formatted(request))
			.chunk((request == 1) ? BUSY : LO)
			.end());

		assertThat(accumulate(stream((settings) -> settings).collectList().block()).responseId()).isEqualTo("r-2");
	}

	private static GenerateContentResponse accumulate(List<GenerateContentResponse> events) {
		ResponseAccumulator accumulator = new ResponseAccumulator();
		events.forEach(accumulator::add);
		return accumulator.toResponse();
	}

	private static void assertTimesOut(Flux<GenerateContentResponse> stream, GeminiTimeLimit limit) {
		assertThatExceptionOfType(GeminiTimeoutException.class)
			.isThrownBy(() -> stream.blockLast(Duration.ofSeconds(30)))
			.satisfies((ex) -> assertThat(ex.getLimit()).isEqualTo(limit));
	}

	private static void dripUntilGone(WireServer.Connection connection, String piece) {
		try {
			drip(connection, piece, Integer.MAX_VALUE);
		}
		catch (UncheckedIOException ex) {
			// The client has given up.
		}
	}

	private static void drip(WireServer.Connection connection, String piece, int count) {
		Flux.interval(PAUSE).take(count).doOnNext((i) -> connection.chunk(piece)).blockLast();
	}

	private void start(Script script) {
		this.server = WireServer.start((connection) -> script.run(connection, this.requests.incrementAndGet()));
	}

	private Flux<GenerateContentResponse> stream(UnaryOperator<GeminiClientSettings.Builder> settings) {
		GeminiRetrySettings retry = GeminiRetrySettings.builder().initialDelay(Duration.ofMillis(10)).build();
		return GeminiClient
			.create(WebClient.builder(), GeminiJsonMapper.builder().build(), settings
				.apply(GeminiClientSettings.builder("sk-secret-0123456789").baseUrl(this.server.url()).retry(retry))
				.build())
			.streamGenerateContent("gemini-3.5-flash", ServedBody.REQUEST, GeminiCallOptions.DEFAULTS);
	}

	@FunctionalInterface
	interface Script {

		void run(WireServer.Connection connection, int request);

	}

}
