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
import java.util.concurrent.atomic.AtomicInteger;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.error.GeminiProtocolException;
import com.cometapi.gemini.error.GeminiServerException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for endpoints that stream the response of a call, or send a single response
 * instead of a stream.
 */
class ResponseFormTests {

	private static final String HEL = """
			{"candidates":[{"content":{"role":"model","parts":[{"text":"Hel"}]}}]}""";

	private static final String LO = """
			{"candidates":[{"content":{"role":"model","parts":[{"text":"lo"}]},"finishReason":"STOP"}],\
			"usageMetadata":{"totalTokenCount":7}}""";

	private static final String BUSY = """
			{"error":{"code":503,"message":"busy","status":"UNAVAILABLE"}}""";

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final AtomicInteger requests = new AtomicInteger();

	private WireServer server;

	@AfterEach
	void close() throws IOException {
		this.server.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			text/event-stream; charset=utf-8 | ''
			text/event-stream                | ': PING\n\n'
			application/json                 | ''
			text/plain                       | 'event: message\r\n'
			application/octet-stream         | '\n\nid: 1\n'
			text/event-stream                | '\uFEFFdata: {\"responseId\":\"r-1\"}\n\n'
			""")
	void streamIsReadByACall(String contentType, String before) {
		respond(contentType,
				before.translateEscapes() + "data: " + HEL + "\n\n: PING\n\ndata: " + LO + "\n\ndata: [DONE]");

		GenerateContentResponse response = call().block(LIMIT);
		assertThat(response.text()).isEqualTo("Hello");
		assertThat(response.finishReason().value()).isEqualTo("STOP");
		assertThat(response.usageMetadata().totalTokenCount()).isEqualTo(7);
	}

	@Test
	void largeEventIsReadByACall() {
		String picture = "QUJD".repeat(500_000);
		respond("text/event-stream", "data: " + pictureEvent(picture) + "\n\ndata: " + LO + "\n\n");

		GenerateContentResponse response = call().block(LIMIT);
		assertThat(response.inlineData().get(0).data().asBase64()).isEqualTo(picture);
		assertThat(response.text()).isEqualTo("lo");
	}

	@Test
	void singleEventIsTheResponseOfACall() {
		respond("text/event-stream", "data: {\"responseId\":\"r-1\"}\n\ndata: " + LO);

		assertThat(call().block(LIMIT)).satisfies((response) -> {
			assertThat(response.text()).isEqualTo("lo");
			assertThat(response.responseId()).isEqualTo("r-1");
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			'data: HEL\n\n'                             | without a finish reason
			'data: HEL\n\ndata: {\"candid'              | cut in the middle of event 2
			'data: HEL\n\nda'                           | cut in the middle of event 2
			': PING\n\n'                                | without any event
			'data: [DONE]\n\n'                          | without any event
			'data: {}\n\n'                              | without any event
			'data: [HEL,LO]\n\n'                        | is a JSON array
			'data: <html></html>\n\n'                   | is a page
			'data: HEL\n\n<html></html>'                | is a page
			'event: error\ndata: HEL\n\n'               | event 1
			""")
	void incompleteStreamIsAnExceptionOfACall(String body, String message) {
		respond("text/event-stream", body.translateEscapes().replace("HEL", HEL).replace("LO", LO));

		assertThatExceptionOfType(GeminiProtocolException.class).isThrownBy(() -> call().block(LIMIT))
			.withMessageContaining(message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "data: [DONE]\n\n", "data:[DO|NE]\r\n\r\n: late\n\n", "data: [DONE]\n|\n|: late\n\n",
			"data: [DONE]\n", "data:  [DONE] \n\n", "data:\t[DONE]\n\n", "data: [DONE]",
			"event: message\nid: 7\ndata: [DONE]\n\n" })
	void bodyThatIsHeldOpenAfterTheEndMarkIsComplete(String end) throws Exception {
		this.server = WireServer.start((connection) -> {
			connection.eventStream().chunk("data: " + HEL + "\n\ndata: " + LO + "\n\n");
			for (String chunk : end.split("\\|")) {
				connection.chunk(chunk);
			}
		});

		assertThat(call().block(LIMIT).text()).isEqualTo("Hello");
		assertThat(this.server.awaitClientGone(30_000)).isTrue();
		assertThat(stream().map(GenerateContentResponse::text).collectList().block(LIMIT)).containsExactly("Hel", "lo");
		assertThat(this.server.awaitClientGone(30_000)).isTrue();
	}

	@Test
	void eventsAfterTheEndMarkAreRead() {
		this.server = WireServer.start((connection) -> {
			connection.eventStream().chunk("data: " + HEL + "\n\ndata: [DONE]\n\n");
			connection.chunk("data: " + LO + "\n\ndata: [DONE]\n\n");
		});

		assertThat(stream().map(GenerateContentResponse::text).collectList().block(LIMIT)).containsExactly("Hel", "lo");
		assertThat(call().block(LIMIT).text()).isEqualTo("Hello");
	}

	@Test
	void errorAfterTheEndMarkIsAnError() {
		this.server = WireServer.start((connection) -> {
			connection.eventStream().chunk("data: " + LO + "\n\ndata: [DONE]\n\n");
			connection.chunk("data: " + BUSY + "\n\n").end();
		});

		assertThatExceptionOfType(GeminiServerException.class).isThrownBy(() -> stream().blockLast(LIMIT));
		assertThatExceptionOfType(GeminiServerException.class).isThrownBy(() -> call().block(LIMIT));
	}

	@Test
	void connectionThatBreaksAfterTheEndMarkCompletesTheResponse() {
		this.server = WireServer
			.start((connection) -> connection.eventStream().chunk("data: " + LO + "\n\ndata: [DONE]\n\n").cut());

		assertText("lo");
		assertThat(call().block(LIMIT).text()).isEqualTo("lo");
	}

	@Test
	void textThatLooksLikeTheEndMarkDoesNotEndTheBody() throws Exception {
		this.server = WireServer.start((connection) -> {
			connection.eventStream().chunk("data: " + HEL.replace("Hel", "data: [DONE]") + "\n\n");
			connection.chunk("data: " + LO + "\n\n").end();
		});

		assertThat(call().block(LIMIT).text()).isEqualTo("data: [DONE]lo");
	}

	@Test
	void streamedErrorOfACallIsRetriedBeforeTheFirstEventOnly() {
		start((connection, request) -> respond(connection, "text/event-stream",
				((request == 1) ? "" : "data: " + HEL + "\n\n") + "data: " + BUSY + "\n\n"));

		assertThatExceptionOfType(GeminiServerException.class).isThrownBy(() -> call().block(LIMIT));
		assertThat(this.requests).hasValue(2);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			application/json                | ''             | ''
			application/json; charset=UTF-8 | '\n  '         | '\n'
			text/event-stream               | ''             | '\r\n\r\n'
			text/event-stream               | ': PING\n\n'   | ' '
			text/event-stream               | 'data: {}\n\n' | ''
			text/plain                      | '\uFEFF'       | '\n\n'
			""")
	void singleResponseIsTheEventOfAStream(String contentType, String before, String after) {
		respond(contentType, before.translateEscapes() + LO + after.translateEscapes());

		assertText("lo");
	}

	@Test
	void prettyPrintedResponseIsTheEventOfAStream() {
		respond("application/json", Wire.text("typical.response.json"));

		assertThat(stream().collectList().block(LIMIT)).singleElement()
			.satisfies((event) -> assertThat(event).isEqualTo(call().block(LIMIT)));
	}

	@Test
	void largeResponseIsTheEventOfAStream() {
		String picture = "QUJD".repeat(500_000);
		respond("application/json", pictureEvent(picture).replace("]}}]", "]},\"finishReason\":\"STOP\"}]"));

		assertThat(stream().blockLast(LIMIT).inlineData().get(0).data().asBase64()).isEqualTo(picture);
	}

	@Test
	void singleResponseIsEmittedWithItsLastByte() {
		start((connection, request) -> connection.eventStream().chunk(LO.substring(0, 40)).chunk(LO.substring(40)));

		assertThat(stream().blockFirst(LIMIT).text()).isEqualTo("lo");
	}

	@Test
	void blockedPromptIsTheEventOfAStream() {
		respond("application/json", Wire.text("blocked-prompt.response.json"));

		assertThat(stream().collectList().block(LIMIT)).singleElement()
			.satisfies((event) -> assertThat(event.isPromptBlocked()).isTrue());
	}

	@ParameterizedTest
	@ValueSource(strings = { "HEL\nLO", "HEL\nLO\n", "HELLO", "[HEL,LO]", "[LO]", "{}", "{\"choices\":[]}" })
	void bodyThatIsNotASingleResponseIsAnExceptionOfAStream(String body) {
		respond("application/json", body.replace("HEL", HEL).replace("LO", LO));

		assertThatExceptionOfType(GeminiProtocolException.class).isThrownBy(() -> stream().blockLast(LIMIT))
			.withMessageContaining("event 1 is ");
	}

	@Test
	void singleResponseWithoutFinishReasonIsAnExceptionAfterIt() {
		respond("application/json", HEL);

		StepVerifier.create(stream().map(GenerateContentResponse::text))
			.expectNext("Hel")
			.expectError(GeminiProtocolException.class)
			.verify(LIMIT);
	}

	@Test
	void cutResponseIsAnExceptionOfAStream() {
		respond("text/event-stream", LO.substring(0, LO.length() - 1));

		assertThatExceptionOfType(GeminiProtocolException.class).isThrownBy(() -> stream().blockLast(LIMIT))
			.withMessageContaining("cut in the middle of event 1");
	}

	@Test
	void singleErrorOfAStreamIsRetried() {
		start((connection, request) -> respond(connection, "application/json", (request == 1) ? BUSY : LO));

		assertText("lo");
		assertThat(this.requests).hasValue(2);
	}

	private static String pictureEvent(String base64) {
		return """
				{"candidates":[{"content":{"role":"model","parts":[{"inlineData":{"mimeType":"image/png","data":"%s"}}]}}]}"""
			.formatted(base64);
	}

	private void assertText(String text) {
		assertThat(stream().map(GenerateContentResponse::text).collectList().block(LIMIT)).containsExactly(text);
	}

	private void respond(String contentType, String body) {
		start((connection, request) -> respond(connection, contentType, body));
	}

	private static void respond(WireServer.Connection connection, String contentType, String body) {
		connection.respond("200 OK", contentType, body.getBytes(StandardCharsets.UTF_8));
	}

	private void start(Script script) {
		this.server = WireServer.start((connection) -> script.run(connection, this.requests.incrementAndGet()));
	}

	private Mono<GenerateContentResponse> call() {
		return client().generateContent("gemini-3.5-flash", ServedBody.REQUEST, GeminiCallOptions.DEFAULTS);
	}

	private Flux<GenerateContentResponse> stream() {
		return client().streamGenerateContent("gemini-3.5-flash", ServedBody.REQUEST, GeminiCallOptions.DEFAULTS);
	}

	private GeminiClient client() {
		GeminiRetrySettings retry = GeminiRetrySettings.builder().initialDelay(Duration.ofMillis(10)).build();
		return GeminiClient.create(WebClient.builder(), GeminiJsonMapper.builder().build(),
				GeminiClientSettings.builder("sk-secret-0123456789").baseUrl(this.server.url()).retry(retry).build());
	}

	@FunctionalInterface
	interface Script {

		void run(WireServer.Connection connection, int request);

	}

}
