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

package com.cometapi.gemini.test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import com.cometapi.gemini.api.BlockReason;
import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.FinishReason;
import com.cometapi.gemini.api.GenerateContentResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ScriptedResponse}, and for the requests that {@link GeminiSimulator}
 * records.
 */
class ScriptedResponseTests {

	private static final String FLASH = "gemini-2.5-flash-lite";

	private static final String STREAM = "/v1beta/models/" + FLASH + ":streamGenerateContent?alt=sse";

	private final GeminiSimulator simulator = GeminiSimulator.builder().pace(Duration.ZERO).start();

	private final HttpCalls calls = new HttpCalls(this.simulator);

	private Socket socket = new Socket();

	@AfterEach
	void close() throws IOException {
		this.socket.close();
		this.simulator.close();
	}

	@Test
	void textMayDependOnTheRequest() throws Exception {
		this.simulator.next().text((request) -> request.body().contains("Hi") ? "Hello, you two" : "What?");
		String streamed = this.calls.stream(FLASH, HttpCalls.prompt("Hi")).body();
		assertThat(streamed.split("\n\n")).hasSize(4);
		assertThat(streamed).contains("Hello", "usageMetadata").doesNotContain("What?");
	}

	@Test
	void whenTextIsScriptedThenItIsSentWholeOrStreamed() throws Exception {
		this.simulator.next().text("Hello, you two").times(2);

		String whole = this.calls.generate(FLASH, HttpCalls.prompt("Hi")).body();
		String streamed = this.calls.stream(FLASH, HttpCalls.prompt("Hi")).body();

		assertThat(whole).contains("\"text\":\"Hello, you two\"");
		assertThat(streamed.split("\n\n")).hasSize(4);
		assertThat(streamed).contains("\"text\":\"Hello, \"", "\"text\":\"you \"", "\"text\":\"two\"");
		assertThat(this.simulator.scripted()).isZero();
	}

	@Test
	void scriptedResponsesTakePrecedenceOverPreparedOnes() throws Exception {
		try (GeminiSimulator prepared = GeminiSimulator.builder()
			.pace(Duration.ZERO)
			.respondTo((request) -> request.body().contains("sky"), (response) -> response.text("Blue."))
			.respondTo((request) -> true, (response) -> response.text("Something else."))
			.start()) {
			HttpCalls toPrepared = new HttpCalls(prepared);
			prepared.reset();
			prepared.next().text("Scripted.");

			assertThat(toPrepared.generate(FLASH, HttpCalls.prompt("The sky?")).body()).contains("Scripted.");
			assertThat(toPrepared.generate(FLASH, HttpCalls.prompt("The sky?")).body()).contains("Blue.");
			assertThat(toPrepared.generate(FLASH, HttpCalls.prompt("The sea?")).body()).contains("Something else.");
			assertThat(toPrepared.generate(FLASH, HttpCalls.prompt("And the sky?")).body()).contains("Blue.");
		}
	}

	@Test
	void whenMessagesAreScriptedThenTheyAreSentAsTheyAre() throws Exception {
		GenerateContentResponse response = GenerateContentResponse.builder()
			.candidates(Candidate.builder().finishReason(FinishReason.SAFETY).build())
			.build();
		this.simulator.enqueue(response);
		this.simulator.enqueueStream(List.of(response, response));

		assertThat(this.calls.generate(FLASH, HttpCalls.prompt("Hi")).body())
			.isEqualTo("{\"candidates\":[{\"finishReason\":\"SAFETY\"}]}");
		assertThat(this.calls.stream(FLASH, HttpCalls.prompt("Hi")).body())
			.isEqualTo("data: {\"candidates\":[{\"finishReason\":\"SAFETY\"}]}\n\n".repeat(2));
	}

	@Test
	void whenFunctionIsScriptedThenItSeesTheRequest() throws Exception {
		this.simulator.next()
			.response((request) -> GenerateContentResponse.builder()
				.modelVersion(request.model())
				.responseId(request.json().at("/contents/0/parts/0/text").asString())
				.build());

		assertThat(this.calls.generate(FLASH, HttpCalls.prompt("Hi")).body())
			.isEqualTo("{\"modelVersion\":\"gemini-2.5-flash-lite\",\"responseId\":\"Hi\"}");
	}

	@Test
	void whenScriptedFunctionFailsThenResponseHasTheMessage() throws Exception {
		this.simulator.next().response((request) -> {
			throw new IllegalStateException("wrong test");
		});

		HttpResponse<String> response = this.calls.generate(FLASH, HttpCalls.prompt("Hi"));

		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(response.body()).contains("wrong test");
	}

	@Test
	void whenPromptIsBlockedThenStatusIs200() throws Exception {
		this.simulator.next().block(BlockReason.SAFETY);

		HttpResponse<String> response = this.calls.generate(FLASH, HttpCalls.prompt("Hi"));

		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).contains("\"promptFeedback\":{\"blockReason\":\"SAFETY\"}")
			.doesNotContain("candidates");
	}

	@Test
	void whenRateLimitIsScriptedThenBothErrorStylesHaveTheDelay() throws Exception {
		this.simulator.next().error(429).retryAfter(Duration.ofMillis(1500));
		this.simulator.next().error(429, "Slow down").retryAfter(Duration.ofSeconds(2)).errorStyle(ErrorStyle.GOOGLE);
		this.simulator.next().error(403).errorCode("insufficient_user_quota").header("X-Test", "1");

		HttpResponse<String> comet = this.calls.generate(FLASH, HttpCalls.prompt("Hi"));
		HttpResponse<String> google = this.calls.generate(FLASH, HttpCalls.prompt("Hi"));
		HttpResponse<String> quota = this.calls.generate(FLASH, HttpCalls.prompt("Hi"));

		assertThat(comet.statusCode()).isEqualTo(429);
		assertThat(comet.headers().firstValue("Retry-After")).hasValue("2");
		assertThat(comet.body()).contains("comet_api_error");
		assertThat(google.body()).contains("\"retryDelay\":\"2s\"", "RESOURCE_EXHAUSTED", "Slow down");
		assertThat(quota.body()).contains("\"code\":\"insufficient_user_quota\"");
		assertThat(quota.headers().firstValue("x-test")).hasValue("1");
	}

	@Test
	void whenBytesAreScriptedThenTheyAreSentAsTheyAre() throws Exception {
		this.simulator.enqueueRaw(200, "text/event-stream", "data: {}\r\n\r\n: ping\n\n");
		this.simulator.next().html(502);

		assertThat(this.calls.stream(FLASH, HttpCalls.prompt("Hi")).body()).isEqualTo("data: {}\r\n\r\n: ping\n\n");
		HttpResponse<String> html = this.calls.generate(FLASH, HttpCalls.prompt("Hi"));
		assertThat(html.statusCode()).isEqualTo(502);
		assertThat(html.body()).startsWith("<!DOCTYPE html>");
	}

	@Test
	void whenStreamIsCutThenConnectionClosesInsideAnEvent() throws Exception {
		this.simulator.next().cutAfterEvents(2);

		String text = openStream().lines().collect(Collectors.joining("\n"));

		assertThat(text).contains("\"text\":\"## \"", "\"text\":\"A \"")
			.contains("\"text\":\"simulated \"")
			.doesNotEndWith("}");
	}

	@Test
	void whenWholeResponseIsCutThenBodyEndsEarly() {
		this.simulator.next().cutAfterEvents(0);

		assertThatIOException().isThrownBy(() -> this.calls.generate(FLASH, HttpCalls.prompt("Hi")));
	}

	@Test
	void whenConnectionIsResetThenClientSeesIt() throws Exception {
		this.simulator.next().resetAfterEvents(0);
		this.simulator.next().resetAfterEvents(1);

		BufferedReader first = openStream();
		assertThatExceptionOfType(SocketException.class).isThrownBy(first::readLine).withMessage("Connection reset");
		this.socket.close();
		BufferedReader second = openStream();
		assertThat(readLineThatStartsWith(second, "data: ")).contains("##");
		assertThatExceptionOfType(SocketException.class).isThrownBy(() -> readLineThatStartsWith(second, "never"));
	}

	@Test
	void whenStreamEndsEarlyThenThereIsNoFinishReason() throws Exception {
		this.simulator.next().endAfterEvents(3);

		String body = this.calls.stream(FLASH, HttpCalls.prompt("Hi")).body();

		assertThat(body.split("\n\n")).hasSize(3);
		assertThat(body).doesNotContain("finishReason");
	}

	@Test
	void whenErrorFollowsAnEventThenItHasTheFormOfTheStyle() throws Exception {
		this.simulator.next().errorAfterEvents(1, 503);
		this.simulator.next().errorAfterEvents(1, 503).errorStyle(ErrorStyle.GOOGLE);

		assertThat(this.calls.stream(FLASH, HttpCalls.prompt("Hi")).body().split("\n\n")[1])
			.startsWith("data: {\"error\":");
		assertThat(this.calls.stream(FLASH, HttpCalls.prompt("Hi")).body().split("\n\n")[1]).startsWith("{")
			.contains("\n", "UNAVAILABLE");
	}

	@Test
	void whenNothingIsSentThenClientTimesOutAndTheCancelIsSeen() {
		this.simulator.next().stallBeforeHeaders();
		HttpRequest.Builder request = this.calls.request("/v1beta/models/" + FLASH + ":generateContent")
			.header("x-goog-api-key", GeminiSimulator.API_KEY)
			.timeout(Duration.ofMillis(200))
			.POST(HttpRequest.BodyPublishers.ofString(HttpCalls.prompt("Hi")));

		assertThatExceptionOfType(HttpTimeoutException.class).isThrownBy(() -> this.calls.send(request));

		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(this.simulator.cancelledCalls()).isOne());
		assertThat(this.simulator.cancelledStreams()).isZero();
		assertThat(this.simulator.openCalls()).isZero();
	}

	@Test
	void whenClientLeavesAStalledStreamThenTheCancelIsSeen() throws Exception {
		this.simulator.next().stallAfterEvents(2);
		BufferedReader reader = openStream();
		assertThat(readLineThatStartsWith(reader, "data: ")).contains("##");
		assertThat(readLineThatStartsWith(reader, "data: ")).contains("A ");
		assertThat(this.simulator.openStreams()).isOne();

		this.socket.close();

		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(this.simulator.cancelledStreams()).isOne());
		assertThat(this.simulator.openStreams()).isZero();
	}

	@Test
	void whenClientLeavesInTheMiddleOfAPacedStreamThenTheCancelIsSeen() throws Exception {
		this.simulator.next().pace(Duration.ofMillis(20));
		assertThat(readLineThatStartsWith(openStream(), "data: ")).contains("##");

		this.socket.close();

		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(this.simulator.cancelledStreams()).isOne());
	}

	@Test
	void whenStreamIsReadToItsEndThenNothingIsCancelled() throws Exception {
		this.calls.stream(FLASH, HttpCalls.prompt("Hi"));

		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(this.simulator.openStreams()).isZero());
		assertThat(this.simulator.cancelledStreams()).isZero();
		assertThat(this.simulator.cancelledCalls()).isZero();
	}

	@Test
	void whenDelaysAreScriptedThenTheyAreObserved() throws Exception {
		this.simulator.next()
			.text("One two three")
			.delay(Duration.ofMillis(50))
			.firstEventDelay(Duration.ofMillis(50))
			.pace(Duration.ofMillis(50));
		long start = System.nanoTime();

		this.calls.stream(FLASH, HttpCalls.prompt("Hi"));

		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(240));
	}

	@Test
	void whenRequestIsRefusedThenScriptedResponseIsKept() throws Exception {
		this.simulator.next().text("Hello");

		assertThat(this.calls.generate(FLASH, "{}").statusCode()).isEqualTo(400);
		assertThat(this.calls.generate(FLASH, HttpCalls.prompt("Hi")).body()).contains("Hello");
	}

	@Test
	void whenSimulatorIsLenientThenAnyRequestIsAccepted() throws Exception {
		try (GeminiSimulator lenient = GeminiSimulator.builder().lenient().apiKey("sk-other").start()) {
			lenient.next().text("Hello");

			assertThat(new HttpCalls(lenient).generate("any-model", "{\"anything\":1}").body()).contains("Hello");
		}
	}

	@Test
	void requestsAreRecordedAndTheirTextHidesTheKey() throws Exception {
		this.calls.generate(FLASH, HttpCalls.prompt("Hi"));

		RecordedRequest request = this.simulator.takeRequest(Duration.ofSeconds(5));

		assertThat(this.simulator.requests()).containsExactly(request);
		assertThat(request.method()).isEqualTo("POST");
		assertThat(request.path()).isEqualTo("/v1beta/models/gemini-2.5-flash-lite:generateContent");
		assertThat(request.model()).isEqualTo(FLASH);
		assertThat(request.headers().getFirst("x-goog-api-key")).isEqualTo(GeminiSimulator.API_KEY);
		assertThat(request.json().at("/contents/0/parts/0/text").asString()).isEqualTo("Hi");
		assertThat(request.request().contents()).hasSize(1);
		assertThat(request.toString()).contains("POST /v1beta", "x-goog-api-key: ***", "Hi")
			.doesNotContain(GeminiSimulator.API_KEY);
		assertThatIllegalStateException().isThrownBy(() -> this.simulator.takeRequest(Duration.ofMillis(1)));
	}

	@Test
	void whenSimulatorIsClosedThenItsConnectionsAreGone() throws Exception {
		this.simulator.next().stallAfterEvents(1);
		BufferedReader reader = openStream();
		assertThat(readLineThatStartsWith(reader, "data: ")).contains("##");

		this.simulator.close();

		assertThat(readLineThatStartsWith(reader, "never")).isEqualTo("null");
		assertThatIOException().isThrownBy(() -> this.calls.generate(FLASH, HttpCalls.prompt("Hi")));
	}

	@Test
	void whenSimulatorIsClosedThenItsThreadsAreGone() throws Exception {
		// Cached contexts of other tests have simulators of their own.
		Set<Thread> before = simulatorThreads();
		try (GeminiSimulator simulator = GeminiSimulator.start()) {
			new HttpCalls(simulator).generate(FLASH, HttpCalls.prompt("Hi"));
			assertThat(simulatorThreads()).hasSizeGreaterThan(before.size());
		}
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(simulatorThreads()).isSubsetOf(before));
	}

	private static Set<Thread> simulatorThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().contains("simulator"))
			.collect(Collectors.toSet());
	}

	// Returns the status line, the headers and the chunked body.
	private BufferedReader openStream() throws IOException {
		this.socket = new Socket("127.0.0.1", this.simulator.getBaseUrl().getPort());
		String body = HttpCalls.prompt("Hi");
		String request = "POST " + STREAM + " HTTP/1.1\r\nHost: localhost\r\nx-goog-api-key: " + GeminiSimulator.API_KEY
				+ "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
		this.socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
		return new BufferedReader(new InputStreamReader(this.socket.getInputStream(), StandardCharsets.UTF_8));
	}

	private static String readLineThatStartsWith(BufferedReader reader, String start) throws IOException {
		String line = reader.readLine();
		while (line != null && !line.startsWith(start)) {
			line = reader.readLine();
		}
		return String.valueOf(line);
	}

}
