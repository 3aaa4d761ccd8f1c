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

package com.cometapi.gemini.springai;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.testsupport.GeminiServer;
import com.cometapi.gemini.testsupport.HandledServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for the subscription to a stream and its cancellation.
 */
class StreamingTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final CountDownLatch closed = new CountDownLatch(1);

	private final Sinks.Many<String> events = Sinks.many().unicast().onBackpressureBuffer();

	private final HandledServer server = HandledServer.start((request, response) -> {
		request.withConnection((connection) -> connection.onDispose(this.closed::countDown));
		return response.sse().sendString(this.events.asFlux(), StandardCharsets.UTF_8);
	});

	private final GeminiCometChatModel model = GeminiCometChatModel
		.create(GeminiTemplate.builder("sk-test").settings((settings) -> settings.baseUrl(this.server.url())).build());

	@AfterEach
	void stopServer() {
		this.events.tryEmitComplete();
		this.server.close();
	}

	@Test
	void subscribingDoesNotBlockAndEachEventIsDeliveredWhenItArrives() throws InterruptedException {
		BlockingQueue<String> texts = new LinkedBlockingQueue<>();
		Disposable subscription = this.model.stream(new Prompt("Hi"))
			.subscribe((response) -> texts.add(String.valueOf(response.getResult().getOutput().getText())));
		// Subscribing has returned although the server has not sent anything yet.
		emit("One");
		assertThat(texts.poll(30, TimeUnit.SECONDS)).isEqualTo("One");
		emit("Two");
		assertThat(texts.poll(30, TimeUnit.SECONDS)).isEqualTo("Two");
		subscription.dispose();
	}

	@Test
	void cancelClosesTheConnection() throws InterruptedException {
		emit("One");
		assertThat(this.model.stream(new Prompt("Hi")).blockFirst(PATIENCE)).isNotNull();

		assertThat(this.closed.await(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void cancelOfAChatClientClosesTheConnection() throws InterruptedException {
		emit("One");
		assertThat(ChatClient.create(this.model).prompt("Hi").stream().content().blockFirst(PATIENCE)).isEqualTo("One");

		assertThat(this.closed.await(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void streamCanBeSubscribedToOnANonBlockingThreadAndCallIsRefusedThere() {
		emit("One");
		Flux<ChatResponse> stream = this.model.stream(new Prompt("Hi"));
		assertThat(Mono.defer(stream::next).subscribeOn(Schedulers.parallel()).block(PATIENCE)).isNotNull();

		assertThatIllegalStateException()
			.isThrownBy(() -> Mono.fromCallable(() -> this.model.call(new Prompt("Hi")))
				.subscribeOn(Schedulers.parallel())
				.block(PATIENCE))
			.withMessageContaining("blocks, which the thread 'parallel-");
	}

	private void emit(String text) {
		this.events.tryEmitNext("data: " + GeminiServer.textResponse(text, null) + "\n\n");
	}

}
