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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

import com.cometapi.gemini.error.GeminiConnectionException;
import com.cometapi.gemini.error.GeminiProtocolException;
import com.cometapi.gemini.error.GeminiResponseTooLargeException;
import com.cometapi.gemini.error.GeminiTimeLimit;
import com.cometapi.gemini.error.GeminiTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.test.StepVerifier;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the connections of a {@link GeminiClient} at the end of its calls.
 */
class GeminiClientConnectionTests extends AbstractGeminiClientTests {

	@Test
	void cancelBeforeTheResponseClosesTheConnection() throws InterruptedException {
		start((connection) -> {
		});
		Disposable call = client().generateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS).subscribe();
		this.server.takeRequest();
		call.dispose();
		assertThat(this.server.awaitClientGone(30_000)).isTrue();
	}

	@Test
	void cancelInTheMiddleOfAResponseClosesTheConnection() throws InterruptedException {
		CountDownLatch sent = new CountDownLatch(1);
		start((connection) -> {
			connection.head("200 OK", "Content-Type: application/json", "Content-Length: 1000")
				.write("{\"candidates\":");
			sent.countDown();
		});
		Disposable call = client().generateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS).subscribe();
		assertThat(sent.await(30, TimeUnit.SECONDS)).isTrue();
		call.dispose();
		assertThat(this.server.awaitClientGone(30_000)).isTrue();
	}

	@Test
	void cancelOfAStreamClosesTheConnection() throws InterruptedException {
		start((connection) -> connection.eventStream().chunk(HEL));
		StepVerifier.create(stream(client())).expectNextCount(1).thenCancel().verify();
		assertThat(this.server.awaitClientGone(30_000)).isTrue();
	}

	@Test
	void takingOneEventClosesTheConnection() throws InterruptedException {
		start((connection) -> connection.eventStream().chunk(HEL));
		assertThat(stream(client()).blockFirst().text()).isEqualTo("Hel");
		assertThat(this.server.awaitClientGone(30_000)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "cut", "reset" })
	void brokenConnectionIsAnErrorAfterTheEvents(String how) {
		start((connection) -> {
			connection.eventStream().chunk(HEL + LO.substring(0, 20));
			this.server.awaitEvents();
			if (how.equals("cut")) {
				connection.cut();
			}
			else {
				connection.reset();
			}
		});
		StepVerifier.create(stream(client()).doOnNext((event) -> this.server.eventSeen()))
			.expectNextCount(1)
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfAny(GeminiConnectionException.class,
					GeminiProtocolException.class))
			.verify();
	}

	@Test
	void responseBeyondTheLimitClosesTheConnection() throws InterruptedException {
		start((connection) -> {
			connection.head("200 OK", "Content-Type: application/json", "Transfer-Encoding: chunked");
			try {
				while (true) {
					connection.chunk(" ".repeat(8192));
				}
			}
			catch (UncheckedIOException ex) {
				// The client has hung up.
			}
		});
		GeminiClient client = client((settings) -> settings.maxResponseSize(DataSize.ofKilobytes(100)));
		StepVerifier.create(client.generateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(GeminiResponseTooLargeException.class)
				.hasMessageContaining("cometapi.gemini.max-response-size"))
			.verify();
		assertThat(this.server.awaitClientGone(30_000)).isTrue();
	}

	@Test
	void limitAppliesToTheDecompressedResponse() throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
			gzip.write(" ".repeat(5_000_000).getBytes(StandardCharsets.UTF_8));
		}
		start((connection) -> connection
			.head("200 OK", "Content-Type: application/json", "Content-Encoding: gzip",
					"Content-Length: " + bytes.size())
			.write(bytes.toByteArray()));
		GeminiClient client = client((settings) -> settings.maxResponseSize(DataSize.ofKilobytes(100)));
		StepVerifier.create(client.generateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS))
			.expectError(GeminiResponseTooLargeException.class)
			.verify();
	}

	@Test
	void stallBeforeTheFirstEventIsATimeout() throws InterruptedException {
		start((connection) -> connection.eventStream().chunk(": PING\n\n"));
		GeminiClient client = client((settings) -> settings.firstEventTimeout(Duration.ofSeconds(2)));
		StepVerifier.create(stream(client))
			.expectErrorSatisfies((ex) -> assertTimeout(ex, GeminiTimeLimit.FIRST_EVENT))
			.verify();
		assertThat(this.server.awaitClientGone(30_000)).isTrue();
	}

	@Test
	void stallBeforeTheResponseIsATimeout() throws InterruptedException {
		start((connection) -> {
		});
		GeminiCallOptions options = GeminiCallOptions.builder().firstEventTimeout(Duration.ofSeconds(2)).build();
		StepVerifier.create(client().generateContent(MODEL, REQUEST, options))
			.expectErrorSatisfies((ex) -> assertTimeout(ex, GeminiTimeLimit.FIRST_EVENT))
			.verify();
		assertThat(this.server.awaitClientGone(30_000)).isTrue();
	}

	@Test
	void stallBetweenEventsIsATimeout() throws InterruptedException {
		start((connection) -> connection.eventStream().chunk(HEL));
		GeminiClient client = client((settings) -> settings.idleTimeout(Duration.ofMillis(200)));
		StepVerifier.create(stream(client))
			.expectNextCount(1)
			.expectErrorSatisfies((ex) -> assertTimeout(ex, GeminiTimeLimit.IDLE))
			.verify();
		assertThat(this.server.awaitClientGone(30_000)).isTrue();
	}

	@Test
	void callThatNeverEndsIsATimeout() throws InterruptedException {
		start((connection) -> {
			try {
				connection.eventStream();
				while (true) {
					connection.chunk(HEL);
				}
			}
			catch (UncheckedIOException ex) {
				// The client has hung up.
			}
		});
		GeminiClient client = client(
				(settings) -> settings.totalTimeout(Duration.ofSeconds(2)).maxResponseSize(DataSize.ofGigabytes(100)));
		StepVerifier.create(stream(client).then())
			.expectErrorSatisfies((ex) -> assertTimeout(ex, GeminiTimeLimit.TOTAL))
			.verify();
		assertThat(this.server.awaitClientGone(30_000)).isTrue();
	}

	@Test
	void connectionIsUsedAgainAfterAWholeResponse() {
		start((connection) -> connection.eventStream().chunk(LO).end());
		GeminiClient client = client();
		for (int i = 0; i < 20; i++) {
			stream(client).blockLast();
		}
		// The next call may start before the last connection is back in the pool.
		assertThat(this.server.connectionCount()).isLessThan(10);
	}

	private void assertTimeout(Throwable ex, GeminiTimeLimit limit) {
		assertThat(ex).isInstanceOfSatisfying(GeminiTimeoutException.class, (timeout) -> {
			assertThat(timeout.getLimit()).isEqualTo(limit);
			assertThat(timeout).hasMessageContaining(limit.getProperty());
			assertThat(timeout.isTransient()).isTrue();
		});
	}

}
