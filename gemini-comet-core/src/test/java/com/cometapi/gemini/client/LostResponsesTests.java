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
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.error.GeminiConnectionException;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiProtocolException;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link LostResponses}.
 */
@ExtendWith(OutputCaptureExtension.class)
class LostResponsesTests {

	private static final GenerateContentRequest REQUEST = GenerateContentRequest.builder()
		.contents(Content.user("Hi"))
		.build();

	@Test
	void closedConnectionIsAnExceptionWithoutAWarning(CapturedOutput output) throws IOException {
		assertFailsWithoutWarning(WireServer.Connection::cut, GeminiConnectionException.class, output);
	}

	@Test
	void resetConnectionIsAnExceptionWithoutAWarning(CapturedOutput output) throws IOException {
		assertFailsWithoutWarning(WireServer.Connection::reset, GeminiConnectionException.class, output);
	}

	@Test
	void responseThatIsNotHttpIsAnExceptionWithoutAWarning(CapturedOutput output) throws IOException {
		assertFailsWithoutWarning((connection) -> connection.write("{\"candidates\":[]} and so on\r\n\r\n"),
				GeminiProtocolException.class, output);
	}

	@Test
	void connectionThatEndsWhileTheCallIsSubscribedToIsAnExceptionWithoutAWarning(CapturedOutput output)
			throws Exception {
		CountDownLatch ended = new CountDownLatch(1);
		ConnectionProvider pool = ConnectionProvider.create("lost", 1);
		ClientHttpConnector connector = connector(pool);
		ClientHttpConnector slow = (method, uri, callback) -> {
			Mono<ClientHttpResponse> exchange = connector.connect(method, uri, callback)
				.doFinally((signal) -> ended.countDown());
			return Mono.fromDirect((subscriber) -> {
				exchange.subscribe(subscriber);
				await(ended);
			});
		};
		try (WireServer server = WireServer.start(WireServer.Connection::cut)) {
			GeminiClient client = client(server, WebClient.builder().clientConnector(slow));

			assertThatExceptionOfType(GeminiConnectionException.class).isThrownBy(() -> call(client));
		}
		finally {
			pool.dispose();
		}
		assertThat(output).doesNotContain("WARN", "ERROR");
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static ClientHttpConnector connector(ConnectionProvider pool) {
		return new ReactorClientHttpConnector(HttpClient.create(pool));
	}

	private static GeminiClient client(WireServer server, WebClient.Builder builder) {
		return GeminiClient.create(builder, GeminiJsonMapper.builder().build(),
				GeminiClientSettings.builder("sk-test").baseUrl(server.url()).retry(GeminiRetrySettings.NONE).build());
	}

	private static void call(GeminiClient client) {
		client.generateContent("gemini-3.5-flash", REQUEST, GeminiCallOptions.NONE).block(Duration.ofSeconds(20));
	}

	private static void assertFailsWithoutWarning(Consumer<WireServer.Connection> end,
			Class<? extends GeminiException> expected, CapturedOutput output) throws IOException {
		TestObservationRegistry observations = TestObservationRegistry.create();
		ConnectionProvider pool = ConnectionProvider.create("lost", 2);
		try (WireServer server = WireServer.start(end::accept)) {
			GeminiClient client = client(server,
					WebClient.builder().observationRegistry(observations).clientConnector(connector(pool)));
			for (int i = 0; i < 3; i++) {
				assertThatExceptionOfType(expected).isThrownBy(() -> call(client));
				assertThatExceptionOfType(expected)
					.isThrownBy(() -> client.streamGenerateContent("gemini-3.5-flash", REQUEST, GeminiCallOptions.NONE)
						.blockLast(Duration.ofSeconds(10)));
			}
			assertThat(server.connectionCount()).isEqualTo(6);
		}
		finally {
			pool.dispose();
		}
		assertThat(output).doesNotContain("WARN", "ERROR");
		TestObservationRegistryAssert.assertThat(observations)
			.hasNumberOfObservationsWithNameEqualTo("http.client.requests", 6)
			.hasAnObservation((context) -> context.hasError().hasError());
	}

}
