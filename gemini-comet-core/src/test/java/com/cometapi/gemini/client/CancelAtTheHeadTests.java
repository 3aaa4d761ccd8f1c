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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.LoopResources;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a cancel that comes just when the head of the response has arrived.
 */
class CancelAtTheHeadTests {

	private static final GenerateContentRequest REQUEST = GenerateContentRequest.builder()
		.contents(Content.user("Hi"))
		.build();

	private final List<Throwable> dropped = new CopyOnWriteArrayList<>();

	private final CompletableFuture<Disposable> call = new CompletableFuture<>();

	@BeforeEach
	void collectDroppedErrors() {
		Hooks.onErrorDropped(this.dropped::add);
	}

	@AfterEach
	void resetHooks() {
		Hooks.resetOnErrorDropped();
	}

	@Test
	void callIsClosedWithoutAnError() throws Exception {
		cancelAtTheHead("200 OK", (client, options) -> client.generateContent("gemini-3.5-flash", REQUEST, options));
	}

	@Test
	void streamIsClosedWithoutAnError() throws Exception {
		cancelAtTheHead("200 OK",
				(client, options) -> client.streamGenerateContent("gemini-3.5-flash", REQUEST, options));
	}

	@Test
	void refusedCallIsClosedWithoutAnError() throws Exception {
		cancelAtTheHead("400 Bad Request",
				(client, options) -> client.generateContent("gemini-3.5-flash", REQUEST, options));
	}

	private void cancelAtTheHead(String status,
			BiFunction<GeminiClient, GeminiCallOptions, Publisher<GenerateContentResponse>> exchange) throws Exception {
		LoopResources loops = LoopResources.create("cancel", 1, true);
		try (WireServer server = WireServer
			.start((connection) -> connection.head(status, "Content-Type: application/json", "Content-Length: 1000")
				.write("{"))) {
			WebClient.Builder builder = WebClient.builder()
				.clientConnector(new ReactorClientHttpConnector(HttpClient.newConnection().runOn(loops)))
				.filter((request, next) -> next.exchange(request).doOnNext((response) -> this.call.join().dispose()));
			GeminiClient client = GeminiClient.create(builder, GeminiJsonMapper.builder().build(),
					GeminiClientSettings.builder("sk-test").baseUrl(server.url()).build());
			this.call.complete(Flux.from(exchange.apply(client, GeminiCallOptions.DEFAULTS)).subscribe());
			assertThat(server.awaitClientGone(30_000)).isTrue();
		}
		finally {
			// Waits until the event loop has handled the cancel.
			loops.disposeLater(Duration.ZERO, Duration.ofSeconds(5)).block();
		}
		assertThat(this.dropped).isEmpty();
	}

}
