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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.client.GeminiRetryEvent;
import com.cometapi.gemini.client.GeminiRetryListener;
import com.cometapi.gemini.error.GeminiConnectionException;
import com.cometapi.gemini.testsupport.GeminiServer;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.tls.HeldCertificate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.test.StepVerifier;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ClientHttpConnectorBuilderCustomizer;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the connections that {@link GeminiConnectorFactory} makes.
 */
class GeminiConnectionPoolFactoryTests {

	private static final String RESPONSE = GeminiServer.textResponse("Hello", "STOP");

	private final HeldCertificate certificate = new HeldCertificate.Builder().addSubjectAlternativeName("localhost")
		.build();

	@AutoClose
	private final GeminiServer server = new GeminiServer().respond(this::respond);

	private final AtomicInteger connections = new AtomicInteger();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, HttpClientAutoConfiguration.class,
				ReactiveHttpClientAutoConfiguration.class, WebClientAutoConfiguration.class,
				GeminiAutoConfiguration.class))
		.withPropertyValues("cometapi.gemini.api-key=sk-test", "cometapi.gemini.retry.max-attempts=1",
				"spring.ssl.bundle.pem.test.truststore.certificate=" + this.certificate.certificatePem());

	@ParameterizedTest
	@CsvSource({ "true, HTTP/2, 1", "false, HTTP/1.1, 30" })
	void http2SharesOneConnection(boolean http2, String version, int maxConnections) {
		this.server.tls(this.certificate);
		this.contextRunner
			.withPropertyValues("cometapi.gemini.base-url=https://localhost:" + this.server.url().getPort(),
					"cometapi.gemini.ssl.bundle=test", "cometapi.gemini.http2=" + http2)
			.run((context) -> {
				GeminiOperations gemini = context.getBean(GeminiOperations.class);
				assertThat(Flux.range(0, 30).flatMap((i) -> gemini.prompt("Hi").textAsync(), 30).collectList().block())
					.hasSize(30)
					.containsOnly("Hello");
				assertThat(this.server.takeRequest().getVersion()).isEqualTo(version);
				assertThat(this.connections.get()).isBetween(1, maxConnections);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "pending-acquire-timeout", "max-idle-time", "max-life-time", "evict-in-background" })
	void timesMayExceedTheRangeOfNanoseconds(String property) {
		this.contextRunner
			.withPropertyValues("cometapi.gemini.base-url=" + this.server.url(),
					"cometapi.gemini.pool.max-connections=1", "cometapi.gemini.pool.%s=999999d".formatted(property))
			.run((context) -> {
				GeminiOperations gemini = context.getBean(GeminiOperations.class);
				assertThat(Flux.range(0, 3).flatMap((i) -> gemini.prompt("Hi").textAsync()).collectList().block())
					.containsExactly("Hello", "Hello", "Hello");
			});
	}

	@Test
	void untrustedCertificateIsRefusedWithHttp2() {
		this.server.tls(this.certificate);
		this.contextRunner
			.withPropertyValues("cometapi.gemini.base-url=https://localhost:" + this.server.url().getPort(),
					"cometapi.gemini.http2=true")
			.run((context) -> assertThatExceptionOfType(GeminiConnectionException.class)
				.isThrownBy(() -> context.getBean(GeminiOperations.class).prompt("Hi").text())
				.withMessageContaining("the TLS handshake failed"));
	}

	@Test
	void certificateOfAnotherHostIsRefusedWithHttp2() {
		this.server.tls(this.certificate);
		this.contextRunner
			.withPropertyValues("cometapi.gemini.base-url=https://127.0.0.1:" + this.server.url().getPort(),
					"cometapi.gemini.ssl.bundle=test", "cometapi.gemini.http2=true")
			.run((context) -> assertThatExceptionOfType(GeminiConnectionException.class)
				.isThrownBy(() -> context.getBean(GeminiOperations.class).prompt("Hi").text())
				.withMessageContaining("the TLS handshake failed"));
	}

	@Test
	void slowReaderDoesNotDelayOtherCallsOnItsConnection() {
		this.server.tls(this.certificate);
		this.contextRunner
			.withPropertyValues("cometapi.gemini.base-url=https://localhost:" + this.server.url().getPort(),
					"cometapi.gemini.ssl.bundle=test", "cometapi.gemini.http2=true",
					"cometapi.gemini.first-event-timeout=5s")
			.run((context) -> {
				GeminiOperations gemini = context.getBean(GeminiOperations.class);
				StepVerifier.create(gemini.prompt("Hi").stream(), 1)
					.expectNextCount(1)
					.then(() -> assertThat(gemini.prompt("Hi").text()).isEqualTo("Hello"))
					.thenCancel()
					.verify();
				assertThat(this.connections).hasValue(1);
			});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void brokenStreamCountsAsAnAttempt(boolean connection) {
		this.server.tls(this.certificate);
		List<GeminiRetryEvent> retries = new CopyOnWriteArrayList<>();
		this.contextRunner.withBean(GeminiRetryListener.class, () -> retries::add)
			.withPropertyValues("cometapi.gemini.base-url=https://localhost:" + this.server.url().getPort(),
					"cometapi.gemini.ssl.bundle=test", "cometapi.gemini.http2=true",
					"cometapi.gemini.retry.max-attempts=3", "cometapi.gemini.retry.initial-delay=1ms")
			.run((context) -> {
				GeminiOperations gemini = context.getBean(GeminiOperations.class);
				assertThat(gemini.prompt("Hi").text()).isEqualTo("Hello");
				this.server.answer(new MockResponse.Builder()
					.onRequestStart(connection ? new SocketEffect.CloseSocket() : new SocketEffect.CloseStream(2))
					.build());
				assertThat(gemini.prompt("Hi").text()).isEqualTo("Hello");
				assertThat(retries).extracting(GeminiRetryEvent::attempt).containsExactly(2);
			});
	}

	@Test
	void withoutTlsHttp11IsUsedInstead() {
		this.contextRunner
			.withPropertyValues("cometapi.gemini.base-url=" + this.server.url(), "cometapi.gemini.http2=true")
			.run((context) -> {
				assertThat(context.getBean(GeminiOperations.class).prompt("Hi").text()).isEqualTo("Hello");
				assertThat(this.server.takeRequest().getVersion()).isEqualTo("HTTP/1.1");
			});
	}

	@Test
	void maxConnectionsLimitsThePool() {
		this.contextRunner
			.withPropertyValues("cometapi.gemini.base-url=" + this.server.url(),
					"cometapi.gemini.pool.max-connections=2")
			.run((context) -> {
				GeminiOperations gemini = context.getBean(GeminiOperations.class);
				assertThat(Flux.range(0, 20).flatMap((i) -> gemini.prompt("Hi").textAsync(), 20).collectList().block())
					.hasSize(20);
				assertThat(this.connections).hasValueLessThanOrEqualTo(2);
			});
	}

	@Test
	void connectionsAreClosedWithTheContext() {
		ConnectionProvider[] pool = new ConnectionProvider[1];
		this.contextRunner.withPropertyValues("cometapi.gemini.base-url=" + this.server.url())
			.withBean(ClientHttpConnectorBuilderCustomizer.class, () -> remember(pool))
			.run((context) -> {
				assertThat(context.getBean(GeminiOperations.class).prompt("Hi").text()).isEqualTo("Hello");
				assertThat(pool[0].name()).isEqualTo("gemini");
				assertThat(pool[0].isDisposed()).isFalse();
			});
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> pool[0].isDisposed());
	}

	@Test
	void applicationsEventLoopsAreUsed() {
		this.contextRunner.withUserConfiguration(OwnLoops.class)
			.withPropertyValues("cometapi.gemini.base-url=" + this.server.url())
			.run((context) -> assertThat(context.getBean(GeminiOperations.class)
				.prompt("Hi")
				.textAsync()
				.map((text) -> Thread.currentThread().getName())
				.block()).startsWith("own-loop"));
	}

	@Test
	void poolOfTheApplicationIsUsedAndNotClosed() {
		ConnectionProvider own = ConnectionProvider.create("own", 3);
		ConnectionProvider[] pool = new ConnectionProvider[1];
		this.contextRunner.withPropertyValues("cometapi.gemini.base-url=" + this.server.url())
			.withBean(ClientHttpConnectorBuilderCustomizer.class,
					() -> (ClientHttpConnectorBuilderCustomizer<ReactorClientHttpConnectorBuilder>) (
							builder) -> remember(pool)
								.customize(builder.withHttpClientFactory(() -> HttpClient.create(own))))
			.run((context) -> {
				assertThat(context.getBean(GeminiOperations.class).prompt("Hi").text()).isEqualTo("Hello");
				assertThat(pool[0]).isSameAs(own);
			});
		assertThat(own.isDisposed()).isFalse();
		own.dispose();
	}

	@Test
	void clientWorksWhileAnotherContextOfTheJvmCloses() {
		ApplicationContextRunner running = this.contextRunner
			.withPropertyValues("cometapi.gemini.base-url=http://localhost:" + this.server.url().getPort());
		running.run((context) -> {
			GeminiOperations gemini = context.getBean(GeminiOperations.class);
			assertThat(gemini.prompt("Hi").text()).isEqualTo("Hello");
			StepVerifier.create(gemini.prompt("Hi").stream(), 1).expectNextCount(1).then(() -> running.run((other) -> {
				assertThat(other.getBean(ReactorResourceFactory.class).isUseGlobalResources()).isTrue();
				assertThat(other.getBean(GeminiOperations.class).prompt("Hi").text()).isEqualTo("Hello");
			})).thenRequest(Long.MAX_VALUE).expectNextCount(9_999).expectComplete().verify(Duration.ofSeconds(30));
			assertThat(gemini.prompt("Hi").text()).isEqualTo("Hello");
		});
	}

	@Test
	void firstCallMayComeAfterAnotherContextHasClosed() {
		ApplicationContextRunner running = this.contextRunner
			.withPropertyValues("cometapi.gemini.base-url=http://localhost:" + this.server.url().getPort());
		running.run((context) -> {
			running.run((other) -> assertThat(other.getBean(GeminiOperations.class).prompt("Hi").text())
				.isEqualTo("Hello"));
			assertThat(context.getBean(GeminiOperations.class).prompt("Hi").text()).isEqualTo("Hello");
		});
	}

	@Test
	void eventLoopsEndWithTheContext() {
		AtomicReference<Thread> loop = new AtomicReference<>();
		this.contextRunner
			.withPropertyValues("cometapi.gemini.base-url=http://localhost:" + this.server.url().getPort())
			.run((context) -> context.getBean(GeminiOperations.class)
				.prompt("Hi")
				.textAsync()
				.doOnNext((text) -> loop.set(Thread.currentThread()))
				.block());
		assertThat(loop.get().getName()).startsWith("gemini-comet-");
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !loop.get().isAlive());
	}

	private static ClientHttpConnectorBuilderCustomizer<ReactorClientHttpConnectorBuilder> remember(
			ConnectionProvider[] pool) {
		return (builder) -> builder.withHttpClientCustomizer((httpClient) -> {
			pool[0] = httpClient.configuration().connectionProvider();
			return httpClient;
		});
	}

	private MockResponse respond(RecordedRequest request) {
		if (request.getExchangeIndex() == 0) {
			this.connections.incrementAndGet();
		}
		boolean stream = request.getTarget().contains(":stream");
		return new MockResponse.Builder().setHeader("Content-Type", stream ? "text/event-stream" : "application/json")
			.body(stream ? ("data: " + RESPONSE + "\n\n").repeat(10_000) : RESPONSE)
			.build();
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnLoops {

		@Bean
		ReactorResourceFactory reactorResourceFactory() {
			ReactorResourceFactory factory = new ReactorResourceFactory();
			factory.setUseGlobalResources(false);
			factory.setLoopResources(LoopResources.create("own-loop"));
			return factory;
		}

	}

}
