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
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import io.netty.channel.ChannelOption;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.netty.http.client.HttpClient;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a slow subscriber slows the server down.
 */
class BackPressureTests {

	private static final int SOCKET_BUFFER = 64 * 1024;

	// Both sockets, and what Netty reads before it looks at the demand.
	private static final long MAX_READ_AHEAD = 2 * 1024 * 1024;

	private static final String EVENT = "data: {\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\""
			+ "word ".repeat(200) + "\"}]}}]}\n\n";

	private final AtomicLong sent = new AtomicLong();

	private final AtomicLong seen = new AtomicLong();

	private final AtomicLong events = new AtomicLong();

	private final BaseSubscriber<GenerateContentResponse> subscriber = new BaseSubscriber<>() {

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			subscription.request(1);
		}

		@Override
		protected void hookOnNext(GenerateContentResponse event) {
			BackPressureTests.this.events.incrementAndGet();
		}

	};

	private WireServer server;

	@AfterEach
	void closeServer() throws IOException {
		this.subscriber.cancel();
		this.server.close();
	}

	@Test
	void serverCanSendLittleMoreThanTheSubscriberAsksFor() {
		this.server = WireServer.start(this::sendForever);
		client().streamGenerateContent("gemini-3.5-flash", request(), GeminiCallOptions.DEFAULTS)
			.subscribe(this.subscriber);
		awaitStandstill(1);
		for (int i = 2; i <= 20; i++) {
			this.subscriber.request(1);
			awaitEvents(i);
		}
		awaitStandstill(20);
		this.subscriber.request(5000);
		awaitEvents(5020);
		awaitStandstill(5020);
	}

	private void awaitEvents(long count) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> this.events.get() == count);
	}

	private void awaitStandstill(long events) {
		awaitEvents(events);
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.during(Duration.ofMillis(300))
			.until(() -> this.seen.getAndSet(this.sent.get()) == this.sent.get());
		assertThat(this.events).hasValue(events);
		assertThat(this.sent.get()).isBetween(events * EVENT.length(), events * EVENT.length() + MAX_READ_AHEAD);
	}

	private void sendForever(WireServer.Connection connection) {
		try {
			connection.socket().setSendBufferSize(SOCKET_BUFFER);
			connection.eventStream();
			while (!connection.socket().isClosed()) {
				connection.chunk(EVENT);
				this.sent.addAndGet(EVENT.length());
			}
		}
		catch (SocketException | UncheckedIOException ex) {
			// The test is over.
		}
	}

	private GeminiClient client() {
		HttpClient httpClient = HttpClient.create().option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER);
		WebClient.Builder builder = WebClient.builder().clientConnector(new ReactorClientHttpConnector(httpClient));
		return GeminiClient.create(builder, GeminiJsonMapper.builder().build(),
				GeminiClientSettings.builder("sk-secret-0123456789").baseUrl(this.server.url()).build());
	}

	private static GenerateContentRequest request() {
		return GenerateContentRequest.builder().contents(Content.user("Hi")).build();
	}

}
