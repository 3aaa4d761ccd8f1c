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
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.error.GeminiConnectionException;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiQuotaException;
import com.cometapi.gemini.error.GeminiRateLimitException;
import com.cometapi.gemini.error.GeminiServerException;
import com.cometapi.gemini.error.GeminiTimeLimit;
import com.cometapi.gemini.error.GeminiTimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the retries of {@link GeminiClient} against a server that counts requests.
 */
class GeminiClientRetryTests {

	private static final String KEY = "sk-secret-0123456789";

	private static final String MODEL = "gemini-3.5-flash";

	private static final GenerateContentRequest REQUEST = GenerateContentRequest.builder()
		.contents(Content.user("Hi"))
		.build();

	private static final String EVENT = """
			data: {"candidates":[{"content":{"role":"model","parts":[{"text":"lo"}]},"finishReason":"STOP"}]}

			""";

	private static final String BUSY = """
			{"error":{"code":503,"message":"busy for %s","status":"UNAVAILABLE"}}""".formatted(KEY);

	private static final GeminiRetrySettings FAST = GeminiRetrySettings.builder()
		.initialDelay(Duration.ofMillis(10))
		.maxAttempts(4)
		.build();

	// With one connection, the next call waits until the last one has returned it.
	private final ConnectionProvider pool = ConnectionProvider.create("one", 1);

	private final AtomicInteger requests = new AtomicInteger();

	private final List<GeminiRetryEvent> retries = new CopyOnWriteArrayList<>();

	private final Map<Socket, AtomicInteger> requestsOfConnection = new ConcurrentHashMap<>();

	private WireServer server;

	@AfterEach
	void close() throws IOException {
		this.pool.dispose();
		this.server.close();
	}

	@Test
	void retryAfterOneSecondTakesTwoRequests() {
		start((connection, request) -> {
			if (request == 1) {
				connection.head("429 Too Many Requests", "Retry-After: 1", "Content-Length: 0");
			}
			else {
				respond(connection);
			}
		});
		// No settings: these are the defaults.
		GenerateContentResponse response = generate(client(UnaryOperator.identity()), GeminiCallOptions.DEFAULTS)
			.block();
		assertThat(response.text()).isEqualTo("Hello");
		assertThat(this.requests).hasValue(2);
		assertThat(this.retries).singleElement().satisfies((event) -> {
			assertThat(event.attempt()).isEqualTo(2);
			assertThat(event.delay()).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1500));
		});
	}

	@Test
	void streamIsRepeatedBeforeItsFirstEvent() {
		start((connection, request) -> {
			if (request == 1) {
				connection.eventStream().chunk("data: " + BUSY + "\n\n").end();
			}
			else {
				connection.eventStream().chunk(EVENT).end();
			}
		});
		StepVerifier.create(stream(client((settings) -> settings.retry(FAST))).map(GenerateContentResponse::text))
			.expectNext("lo")
			.verifyComplete();
		assertThat(this.requests).hasValue(2);
	}

	@Test
	void streamIsNotRepeatedAfterItsFirstEvent() {
		start((connection, request) -> connection.eventStream()
			.chunk(EVENT.replace(",\"finishReason\":\"STOP\"", ""))
			.chunk("data: " + BUSY + "\n\n")
			.end());
		StepVerifier.create(stream(client((settings) -> settings.retry(FAST))))
			.expectNextCount(1)
			.expectErrorSatisfies((ex) -> assertThat(((GeminiException) ex).getAttempts()).isEqualTo(1))
			.verify();
		assertThat(this.requests).hasValue(1);
	}

	@ParameterizedTest
	@CsvSource({ "503 Service Unavailable, cometapi-503-model-not-found.error.json, GeminiModelNotFoundException",
			"500 Internal Server Error, cometapi-500-invalid-request.error.json, GeminiInvalidRequestException" })
	void finalCodeIsNotRepeated(String status, String body, String exception) {
		start((connection, request) -> connection.respond(status, "application/json", Wire.bytes(body)));
		StepVerifier.create(generate(client((settings) -> settings.retry(FAST)), GeminiCallOptions.DEFAULTS))
			.expectErrorSatisfies((ex) -> assertThat(ex.getClass().getSimpleName()).isEqualTo(exception))
			.verify();
		assertThat(this.requests).hasValue(1);
	}

	@Test
	void failuresAndLogShowNoKey() {
		start((connection, request) -> respondBusy(connection));
		Logger logger = (Logger) LoggerFactory.getLogger(GeminiClient.class);
		ListAppender<ILoggingEvent> lines = new ListAppender<>();
		lines.start();
		logger.addAppender(lines);
		logger.setLevel(Level.DEBUG);
		try {
			StepVerifier.create(generate(client((settings) -> settings.retry(FAST)), GeminiCallOptions.DEFAULTS))
				.expectErrorSatisfies((ex) -> {
					assertThat(((GeminiException) ex).getAttempts()).isEqualTo(4);
					assertThat(ex.getSuppressed()).hasSize(3);
					assertThat(Errors.print((GeminiException) ex)).contains("busy for").doesNotContain(KEY);
				})
				.verify();
		}
		finally {
			logger.setLevel(null);
			logger.detachAppender(lines);
		}
		assertThat(lines.list).extracting(ILoggingEvent::getFormattedMessage)
			.hasSize(3)
			.allSatisfy((line) -> assertThat(line).contains(" of 4 in ")
				.contains("generateContent of model 'gemini-3.5-flash' failed with HTTP 503")
				.doesNotContain(KEY));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void connectionThatWasClosedInThePoolIsReplacedWithoutAnError(boolean reset) {
		start((connection, request) -> {
			if (isFirstOfConnection(connection)) {
				respond(connection);
			}
			else {
				close(connection, reset);
			}
		});
		GeminiClient client = client((settings) -> settings.retry(FAST));
		generate(client, GeminiCallOptions.DEFAULTS).block();
		assertThat(this.requests).hasValue(1);
		assertThat(generate(client, GeminiCallOptions.DEFAULTS).block().text()).isEqualTo("Hello");
		assertThat(this.requests).hasValue(3);
		assertThat(this.retries).singleElement().satisfies((event) -> {
			assertThat(event.attempt()).isEqualTo(2);
			assertThat(event.delay()).isZero();
			assertThat(event.failure()).isInstanceOf(GeminiConnectionException.class);
		});
	}

	@ParameterizedTest
	@CsvSource({ "1, false", "2, false", "3, false", "1, true", "2, true", "3, true" })
	void completelySentRequestIsNeverSentMoreOftenThanConfigured(int maxAttempts, boolean reset) {
		start((connection, request) -> {
			if (request == 1) {
				respond(connection);
			}
			else {
				close(connection, reset);
			}
		});
		GeminiClient client = client((settings) -> settings.retry(FAST.toBuilder().maxAttempts(maxAttempts).build()));
		generate(client, GeminiCallOptions.DEFAULTS).block();
		StepVerifier.create(generate(client, GeminiCallOptions.DEFAULTS)).expectErrorSatisfies((ex) -> {
			assertThat(ex).isInstanceOf(GeminiConnectionException.class);
			assertThat(((GeminiException) ex).getAttempts()).isEqualTo(maxAttempts);
		}).verify();
		assertThat(this.requests).hasValue(1 + maxAttempts);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void newConnectionThatBreaksIsRepeatedOnce(boolean reset) {
		start((connection, request) -> close(connection, reset));
		StepVerifier.create(generate(client((settings) -> settings.retry(FAST)), GeminiCallOptions.DEFAULTS))
			.expectErrorSatisfies((ex) -> {
				assertThat(ex).isInstanceOf(GeminiConnectionException.class);
				assertThat(((GeminiException) ex).getAttempts()).isEqualTo(2);
			})
			.verify();
		assertThat(this.requests).hasValue(2);
	}

	@Test
	void responseThatHasStartedIsBilledAndNotRepeated() {
		start((connection, request) -> connection
			.head("200 OK", "Content-Type: application/json", "Content-Length: 1000")
			.write("{\"candidates\":")
			.cut());
		StepVerifier.create(generate(client((settings) -> settings.retry(FAST)), GeminiCallOptions.DEFAULTS))
			.expectError(GeminiException.class)
			.verify();
		assertThat(this.requests).hasValue(1);
	}

	@Test
	void stalledResponseIsNotRepeated() {
		start((connection, request) -> {
		});
		GeminiClient client = client((settings) -> settings.retry(FAST).firstEventTimeout(Duration.ofSeconds(2)));
		StepVerifier.create(generate(client, GeminiCallOptions.DEFAULTS))
			.expectError(GeminiTimeoutException.class)
			.verify();
		assertThat(this.requests).hasValue(1);
	}

	@Test
	void totalTimeoutCoversAllAttempts() {
		start((connection, request) -> {
			if (request == 1) {
				connection.head("429 Too Many Requests", "Retry-After: 1", "Content-Length: 0");
			}
		});
		GeminiClient client = client((settings) -> settings.totalTimeout(Duration.ofSeconds(5))
			.retry(GeminiRetrySettings.builder().jitter(0).build()));
		StepVerifier.create(generate(client, GeminiCallOptions.DEFAULTS)).expectErrorSatisfies((ex) -> {
			assertThat(ex).isInstanceOfSatisfying(GeminiTimeoutException.class, (timeout) -> {
				assertThat(timeout.getLimit()).isEqualTo(GeminiTimeLimit.TOTAL);
				assertThat(timeout.getTimeout()).isEqualTo(Duration.ofSeconds(5));
				assertThat(timeout.getAttempts()).isEqualTo(2);
			});
			assertThat(ex.getSuppressed()).singleElement().isInstanceOf(GeminiRateLimitException.class);
		}).verify();
		assertThat(this.requests).hasValue(2);
	}

	@Test
	void callMayDisableRetries() {
		start((connection, request) -> respondBusy(connection));
		GeminiCallOptions once = GeminiCallOptions.builder().retry(GeminiRetrySettings.NONE).build();
		StepVerifier.create(generate(client((settings) -> settings.retry(FAST)), once))
			.expectError(GeminiServerException.class)
			.verify();
		assertThat(this.requests).hasValue(1);
	}

	@Test
	void callMayEnableRetries() {
		start((connection, request) -> respondBusy(connection));
		GeminiCallOptions often = GeminiCallOptions.builder().retry(FAST).build();
		StepVerifier.create(generate(client((settings) -> settings.retry(GeminiRetrySettings.NONE)), often))
			.expectError(GeminiServerException.class)
			.verify();
		assertThat(this.requests).hasValue(4);
	}

	@Test
	void dailyQuotaIsFinalAndTellsItsWait() {
		start((connection, request) -> connection.respond("429 Too Many Requests", "application/json",
				Wire.text("google-429-retry-info-short.error.json")
					.replace("PerMinute", "PerDay")
					.getBytes(StandardCharsets.UTF_8)));
		StepVerifier.create(generate(client((settings) -> settings.retry(FAST)), GeminiCallOptions.DEFAULTS))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(GeminiQuotaException.class, (quota) -> {
				assertThat(quota.isTransient()).isFalse();
				assertThat(quota.getRetryAfter()).isEqualTo(Duration.ofMillis(34_400));
				assertThat(quota).hasMessageContaining("34.4 s");
			}))
			.verify();
		assertThat(this.requests).hasValue(1);
	}

	@Test
	void cancelDuringTheWaitSendsNothingMore() {
		start((connection, request) -> connection.head("503 Service Unavailable", "Content-Length: 0"));
		VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
		try {
			Disposable call = generate(client((settings) -> settings.retry(FAST)), GeminiCallOptions.DEFAULTS)
				.subscribe();
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !this.retries.isEmpty());
			call.dispose();
			time.advanceTimeBy(Duration.ofHours(1));
			StepVerifier
				.create(generate(client((settings) -> settings.retry(GeminiRetrySettings.NONE)),
						GeminiCallOptions.DEFAULTS))
				.expectError(GeminiServerException.class)
				.verify(Duration.ofSeconds(30));
		}
		finally {
			VirtualTimeScheduler.reset();
		}
		assertThat(this.requests).hasValue(2);
	}

	@Test
	void listenersAreCalledInOrderAndCannotBreakTheCall() {
		start((connection, request) -> {
			if (request == 1) {
				respondBusy(connection);
			}
			else {
				respond(connection);
			}
		});
		List<String> calls = new ArrayList<>();
		GeminiClient client = client((settings) -> settings.retry(FAST).retryListeners(List.of((event) -> {
			calls.add("first");
			throw new IllegalStateException("listener");
		}, (event) -> calls.add("second"))));
		assertThat(generate(client, GeminiCallOptions.DEFAULTS).block()).isNotNull();
		assertThat(calls).containsExactly("first", "second");
	}

	@Test
	void listOfModelsIsRepeatedToo() {
		start((connection, request) -> {
			if (request == 1) {
				respondBusy(connection);
			}
			else {
				connection.respond("200 OK", "application/json", Wire.bytes("cometapi-models.response.json"));
			}
		});
		assertThat(client((settings) -> settings.retry(FAST)).models(GeminiCallOptions.DEFAULTS).block()).hasSize(1);
	}

	private boolean isFirstOfConnection(WireServer.Connection connection) {
		return this.requestsOfConnection.computeIfAbsent(connection.socket(), (socket) -> new AtomicInteger())
			.incrementAndGet() == 1;
	}

	private static void respond(WireServer.Connection connection) {
		connection.respond("200 OK", "application/json", Wire.bytes("typical.response.json"));
	}

	private static void respondBusy(WireServer.Connection connection) {
		connection.respond("503 Service Unavailable", "application/json", BUSY.getBytes(StandardCharsets.UTF_8));
	}

	private static void close(WireServer.Connection connection, boolean reset) {
		if (reset) {
			connection.reset();
		}
		else {
			connection.cut();
		}
	}

	private void start(Script script) {
		this.server = WireServer.start((connection) -> script.run(connection, this.requests.incrementAndGet()));
	}

	private Flux<GenerateContentResponse> stream(GeminiClient client) {
		return client.streamGenerateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS);
	}

	private Mono<GenerateContentResponse> generate(GeminiClient client, GeminiCallOptions options) {
		return client.generateContent(MODEL, REQUEST, options);
	}

	private GeminiClient client(UnaryOperator<GeminiClientSettings.Builder> settings) {
		WebClient.Builder builder = WebClient.builder()
			.clientConnector(new ReactorClientHttpConnector(HttpClient.create(this.pool).compress(true)));
		return GeminiClient.create(builder, GeminiJsonMapper.builder().build(), settings.apply(
				GeminiClientSettings.builder(KEY).baseUrl(this.server.url()).retryListeners(List.of(this.retries::add)))
			.build());
	}

	@FunctionalInterface
	interface Script {

		void run(WireServer.Connection connection, int request);

	}

}
