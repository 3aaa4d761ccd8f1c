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

package com.cometapi.gemini;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.chat.GeminiChat;
import com.cometapi.gemini.chat.GeminiConversation;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiClientSettings;
import com.cometapi.gemini.client.GeminiRetrySettings;
import com.cometapi.gemini.error.GeminiTimeLimit;
import com.cometapi.gemini.error.GeminiTimeoutException;
import com.cometapi.gemini.function.GeminiFunctionCallback;
import com.cometapi.gemini.function.GeminiFunctionDecision;
import com.cometapi.gemini.prompt.GeminiDefaults;
import com.cometapi.gemini.prompt.PromptSpec;
import com.cometapi.gemini.testsupport.GeminiServer;
import com.cometapi.gemini.testsupport.HandledServer;
import io.netty.buffer.Unpooled;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for cancellation and time limits after the first request of a prompt.
 */
class LaterRoundTests {

	private static final String CALL = GeminiServer
		.response("{\"functionCall\": {\"name\": \"weather\", \"args\": {\"city\": \"Paris\"}}}", "STOP");

	private final AtomicInteger requests = new AtomicInteger();

	private final CountDownLatch closed = new CountDownLatch(1);

	private volatile boolean overloaded;

	@AutoClose
	private final HandledServer server = HandledServer.start(this::answer);

	@Test
	void cancelOfAStreamClosesTheConnectionOfTheSecondRound() throws InterruptedException {
		CountDownLatch seen = new CountDownLatch(1);
		Disposable stream = prompt(template(GeminiRetrySettings.NONE)).streamText()
			.subscribe((text) -> seen.countDown());
		assertThat(seen.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(this.requests).hasValue(2);
		stream.dispose();
		assertThat(this.closed.await(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void cancelOfACallClosesTheConnectionOfTheSecondRound() throws InterruptedException {
		Disposable call = prompt(template(GeminiRetrySettings.NONE)).callAsync().subscribe();
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAtomic(this.requests, (count) -> assertThat(count).isEqualTo(2));
		call.dispose();
		assertThat(this.closed.await(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void cancelOfAChatTurnClosesTheConnectionOfTheSecondRoundAndLetsTheNextTurnRun() throws InterruptedException {
		GeminiChat chat = GeminiChat.builder(template(GeminiRetrySettings.NONE))
			.prompts((prompt) -> prompt.functions(weather()))
			.build();
		CountDownLatch seen = new CountDownLatch(1);
		Disposable stream = chat.prompt("Go").streamText().subscribe((text) -> seen.countDown());
		assertThat(seen.await(30, TimeUnit.SECONDS)).isTrue();
		Mono<String> next = chat.prompt("Next").streamText().next();
		stream.dispose();
		assertThat(this.closed.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(next.block(Duration.ofSeconds(30))).isEqualTo("It is");
		assertThat(chat.conversation()).isEqualTo(GeminiConversation.EMPTY);
	}

	@Test
	void cancelReachesAPendingApproval() {
		AtomicBoolean asked = new AtomicBoolean();
		AtomicBoolean cancelled = new AtomicBoolean();
		Disposable stream = prompt(template(GeminiRetrySettings.NONE))
			.functionApprovalAsync((call) -> Mono.<GeminiFunctionDecision>never()
				.doOnSubscribe((subscription) -> asked.set(true))
				.doOnCancel(() -> cancelled.set(true)))
			.stream()
			.subscribe();
		Awaitility.await().atMost(Duration.ofSeconds(30)).untilTrue(asked);
		stream.dispose();
		Awaitility.await().atMost(Duration.ofSeconds(30)).untilTrue(cancelled);
		assertThat(this.requests).hasValue(1);
	}

	@Test
	void totalTimeoutCoversTheRetriesOfALaterRound() {
		this.overloaded = true;
		GeminiRetrySettings patient = GeminiRetrySettings.builder()
			.initialDelay(Duration.ofSeconds(3))
			.jitter(0)
			.build();
		Mono<GenerateContentResponse> answer = template(patient).prompt("Go")
			.functions(GeminiFunctionCallback.of(FunctionDeclaration.of("weather", "A test"),
					(call) -> Mono.just("sunny").delayElement(Duration.ofSeconds(2))))
			.totalTimeout(Duration.ofSeconds(4))
			.callAsync();
		assertThatExceptionOfType(GeminiTimeoutException.class).isThrownBy(() -> answer.block(Duration.ofSeconds(30)))
			.satisfies((ex) -> assertThat(ex.getLimit()).isEqualTo(GeminiTimeLimit.TOTAL));
		assertThat(this.requests).hasValue(2);
	}

	private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		boolean stream = request.uri().contains("stream");
		response.header("Content-Type", (stream) ? "text/event-stream" : "application/json");
		if (this.requests.incrementAndGet() == 1) {
			return response.sendString(Mono.just((stream) ? "data: " + CALL + "\n\n" : CALL));
		}
		if (this.overloaded) {
			return response.status(503).send();
		}
		request.withConnection(
				(connection) -> connection.channel().closeFuture().addListener((future) -> this.closed.countDown()));
		String event = GeminiServer.textResponse("It is", null);
		String body = (stream) ? "data: " + event + "\n\n" : " ";
		return response.send(Flux.just(Unpooled.copiedBuffer(body, StandardCharsets.UTF_8)).concatWith(Flux.never()),
				(written) -> true);
	}

	private PromptSpec prompt(GeminiTemplate template) {
		return template.prompt("Go").functions(weather());
	}

	private static GeminiFunctionCallback weather() {
		return GeminiFunctionCallback.of(FunctionDeclaration.of("weather", "A test"),
				(call) -> Map.of("is", List.of("sunny")));
	}

	private GeminiTemplate template(GeminiRetrySettings retry) {
		GeminiClientSettings settings = GeminiClientSettings.builder("sk-rounds")
			.baseUrl(this.server.url())
			.retry(retry)
			.build();
		return new GeminiTemplate(GeminiClient.create(WebClient.builder(), GeminiServer.MAPPER, settings),
				GeminiDefaults.of("gemini-3.5-flash"));
	}

}
