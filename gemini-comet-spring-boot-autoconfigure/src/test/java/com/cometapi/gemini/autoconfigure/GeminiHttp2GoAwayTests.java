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

package com.cometapi.gemini.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.autoconfigure.Http2Server.Stream;
import com.cometapi.gemini.client.GeminiRetryEvent;
import com.cometapi.gemini.client.GeminiRetryListener;
import com.cometapi.gemini.error.GeminiConnectionException;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for GOAWAY frames and informational responses on HTTP/2 connections.
 */
class GeminiHttp2GoAwayTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String PART = """
			{"candidates":[{"content":{"role":"model","parts":[{"text":"Hel"}]}}]}""";

	private static final String RESPONSE = """
			{"candidates":[{"content":{"role":"model","parts":[{"text":"Hello"}]},"finishReason":"STOP"}]}""";

	private final HeldCertificate certificate = new HeldCertificate.Builder().addSubjectAlternativeName("localhost")
		.build();

	private final List<GeminiRetryEvent> retries = new CopyOnWriteArrayList<>();

	private Http2Server server;

	@AfterEach
	void close() {
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void connectionThatWentAwayBetweenCallsIsReplacedWithoutAnError(boolean cut) {
		start((stream, number) -> {
			respond(stream).goAway(true);
			if (cut) {
				stream.cut();
			}
		}, (gemini) -> {
			for (int i = 0; i < 20; i++) {
				assertThat(gemini.prompt("Hi").textAsync().block(PATIENCE)).isEqualTo("Hello");
			}
		});
		assertThat(this.server.connectionCount()).isGreaterThanOrEqualTo(20);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void callThatTheEndpointRefusedBeforeGoingAwayIsRepeated(boolean cut) {
		start((stream, number) -> {
			if (number == 2) {
				stream.goAway(false);
				if (cut) {
					stream.cut();
				}
			}
			else {
				respond(stream);
			}
		}, (gemini) -> {
			assertThat(gemini.prompt("Hi").textAsync().block(PATIENCE)).isEqualTo("Hello");
			assertThat(gemini.prompt("Hi").textAsync().block(PATIENCE)).isEqualTo("Hello");
		});
		assertThat(this.server.connectionCount()).isEqualTo(2);
	}

	@Test
	void streamContinuesAfterGoAwayAndTheNextCallUsesANewConnection() {
		AtomicReference<Stream> open = new AtomicReference<>();
		start((stream, number) -> {
			if (number == 1) {
				open.set(event(stream.head("text/event-stream"), PART, false).goAway(true));
			}
			else {
				respond(stream);
			}
		}, (gemini) -> StepVerifier.create(gemini.prompt("Hi").stream().map(GenerateContentResponse::text))
			.expectNext("Hel")
			.then(() -> assertThat(gemini.prompt("Hi").textAsync().block(PATIENCE)).isEqualTo("Hello"))
			.then(() -> event(open.get(), RESPONSE, true))
			.expectNext("Hello")
			.expectComplete()
			.verify(PATIENCE));
		assertThat(this.server.connectionCount()).isEqualTo(2);
	}

	@RepeatedTest(3)
	void streamThatIsCutFailsAndTheNextCallSucceeds() {
		AtomicReference<Stream> open = new AtomicReference<>();
		start((stream, number) -> {
			if (number == 1) {
				open.set(event(stream.head("text/event-stream"), PART, false));
			}
			else {
				respond(stream);
			}
		}, (gemini) -> {
			StepVerifier.create(gemini.prompt("Hi").stream().map(GenerateContentResponse::text))
				.expectNext("Hel")
				.then(() -> open.get().goAway(true).cut())
				.expectError(GeminiConnectionException.class)
				.verify(PATIENCE);
			assertThat(gemini.prompt("Hi").textAsync().block(PATIENCE)).isEqualTo("Hello");
		});
		assertThat(this.server.connectionCount()).isEqualTo(2);
		assertThat(this.retries).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "100", "102", "103", "104" })
	void informationalResponsesAreIgnored(String status) {
		start((stream, number) -> respond(stream.informational(status).informational(status)), (gemini) -> {
			for (int i = 0; i < 3; i++) {
				assertThat(gemini.prompt("Hi").textAsync().block(PATIENCE)).isEqualTo("Hello");
			}
		});
		assertThat(this.server.connectionCount()).isEqualTo(1);
	}

	private void start(BiConsumer<Stream, Integer> script, Consumer<GeminiOperations> calls) {
		this.server = Http2Server.start(this.certificate, script);
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, HttpClientAutoConfiguration.class,
					ReactiveHttpClientAutoConfiguration.class, WebClientAutoConfiguration.class,
					GeminiAutoConfiguration.class))
			.withBean(GeminiRetryListener.class, () -> this.retries::add)
			.withPropertyValues("cometapi.gemini.api-key=sk-test",
					"cometapi.gemini.base-url=https://localhost:" + this.server.port(), "cometapi.gemini.http2=true",
					"cometapi.gemini.ssl.bundle=test", "cometapi.gemini.retry.max-attempts=1",
					"spring.ssl.bundle.pem.test.truststore.certificate=" + this.certificate.certificatePem())
			.run((context) -> calls.accept(context.getBean(GeminiOperations.class)));
	}

	private static Stream respond(Stream stream) {
		return stream.head("application/json").data(RESPONSE, true);
	}

	private static Stream event(Stream stream, String event, boolean last) {
		return stream.data("data: " + event + "\n\n", last);
	}

}
