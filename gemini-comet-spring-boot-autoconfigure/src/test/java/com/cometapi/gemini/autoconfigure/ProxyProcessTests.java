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

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.error.GeminiConnectionException;
import com.cometapi.gemini.error.GeminiException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.netty.transport.ProxyProvider;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ClientHttpConnectorBuilderCustomizer;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of calls through real proxies, which have to be installed.
 */
class ProxyProcessTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	@AutoClose
	private final SecureEndpoint endpoint = new SecureEndpoint();

	@TempDir
	private Path folder;

	private ApplicationContextRunner contextRunner;

	ProxyProcessTests() throws IOException {
	}

	@BeforeEach
	void configure() {
		this.contextRunner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, WebClientAutoConfiguration.class,
					GeminiAutoConfiguration.class))
			.withPropertyValues("cometapi.gemini.api-key=sk-test-0123456789",
					"cometapi.gemini.retry.initial-delay=10ms",
					"cometapi.gemini.base-url=https://localhost:" + this.endpoint.port(),
					"cometapi.gemini.ssl.bundle=gateway",
					"spring.ssl.bundle.pem.gateway.truststore.certificate=" + this.endpoint.certificate());
	}

	@Test
	void callsAndStreamsGoThroughTinyproxy() throws IOException {
		try (ProxyProcess proxy = ProxyProcess.tinyproxy(this.folder)) {
			withHttpProxy(proxy, ProxyProcess.PASSWORD)
				.run((context) -> verifyCalls(context.getBean(GeminiOperations.class)));
			assertThat(proxy.log()).contains("CONNECT localhost:" + this.endpoint.port());
		}
	}

	@Test
	void whenTinyproxyRefusesTheCredentialsThenExceptionDoesNotShowThem() throws IOException {
		try (ProxyProcess proxy = ProxyProcess.tinyproxy(this.folder)) {
			withHttpProxy(proxy, "pass-other").run((context) -> verifyRefused(context.getBean(GeminiOperations.class)));
		}
	}

	@Test
	void nonProxyHostsAreReachedDirectly() throws IOException {
		try (ProxyProcess proxy = ProxyProcess.tinyproxy(this.folder)) {
			withHttpProxy(proxy, ProxyProcess.PASSWORD)
				.withPropertyValues("cometapi.gemini.proxy.non-proxy-hosts=*.example.com,local*")
				.run((context) -> verifyCalls(context.getBean(GeminiOperations.class)));
			assertThat(proxy.log()).doesNotContain("CONNECT localhost");
		}
	}

	@Test
	void whenTinyproxyDiesThenStreamFailsAndLaterCallsSucceed() throws IOException {
		try (ProxyProcess proxy = ProxyProcess.tinyproxy(this.folder)) {
			withHttpProxy(proxy, ProxyProcess.PASSWORD)
				.run((context) -> verifyFailureAndRecovery(context.getBean(GeminiOperations.class), proxy));
		}
	}

	@Test
	void callsAndStreamsGoThroughMicrosocks() throws IOException {
		try (ProxyProcess proxy = ProxyProcess.microsocks(this.folder)) {
			withSocksProxy(proxy, ProxyProcess.PASSWORD)
				.run((context) -> verifyCalls(context.getBean(GeminiOperations.class)));
			assertThat(proxy.log()).contains("connected to 127.0.0.1:" + this.endpoint.port());
		}
	}

	@Test
	void whenMicrosocksRefusesTheCredentialsThenExceptionDoesNotShowThem() throws IOException {
		try (ProxyProcess proxy = ProxyProcess.microsocks(this.folder)) {
			withSocksProxy(proxy, "pass-other")
				.run((context) -> verifyRefused(context.getBean(GeminiOperations.class)));
		}
	}

	@Test
	void whenMicrosocksDiesThenStreamFailsAndLaterCallsSucceed() throws IOException {
		try (ProxyProcess proxy = ProxyProcess.microsocks(this.folder)) {
			withSocksProxy(proxy, ProxyProcess.PASSWORD)
				.run((context) -> verifyFailureAndRecovery(context.getBean(GeminiOperations.class), proxy));
		}
	}

	private ApplicationContextRunner withHttpProxy(ProxyProcess proxy, String password) {
		return this.contextRunner.withPropertyValues("cometapi.gemini.proxy.host=127.0.0.1",
				"cometapi.gemini.proxy.port=" + proxy.port(), "cometapi.gemini.proxy.username=" + ProxyProcess.USERNAME,
				"cometapi.gemini.proxy.password=" + password);
	}

	// MicroSocks connects to the first address of a name only.
	private ApplicationContextRunner withSocksProxy(ProxyProcess proxy, String password) {
		return this.contextRunner.withUserConfiguration(SocksConfiguration.class)
			.withPropertyValues("cometapi.gemini.base-url=https://127.0.0.1:" + this.endpoint.port(),
					"test.proxy.port=" + proxy.port(), "test.proxy.password=" + password);
	}

	private void verifyCalls(GeminiOperations gemini) {
		this.endpoint.release();
		assertThat(gemini.prompt("Hi").text()).isEqualTo("Hello");
		StepVerifier.create(gemini.prompt("Hi").streamText()).expectNext("Hel", "lo").expectComplete().verify(LIMIT);
		assertThat(this.endpoint.requests()).isEqualTo(2);
	}

	private void verifyRefused(GeminiOperations gemini) {
		assertThatExceptionOfType(GeminiConnectionException.class).isThrownBy(() -> gemini.prompt("Hi").text())
			.satisfies((ex) -> assertThat(ex).hasStackTraceContaining("proxy")
				.extracting(ProxyProcessTests::printed)
				.asString()
				.doesNotContain("pass-other"));
		assertThat(this.endpoint.requests()).isZero();
	}

	private void verifyFailureAndRecovery(GeminiOperations gemini, ProxyProcess proxy) throws IOException {
		StepVerifier.create(gemini.prompt("Hi").streamText())
			.expectNext("Hel")
			.then(proxy::kill)
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(GeminiException.class))
			.verify(LIMIT);
		assertThatExceptionOfType(GeminiConnectionException.class).isThrownBy(() -> gemini.prompt("Hi").text());
		assertThat(this.endpoint.requests()).isEqualTo(1);
		proxy.restart();
		assertThat(gemini.prompt("Hi").text()).isEqualTo("Hello");
	}

	private static String printed(Throwable ex) {
		StringWriter printed = new StringWriter();
		ex.printStackTrace(new PrintWriter(printed));
		return printed.toString();
	}

	@Configuration(proxyBeanMethods = false)
	static class SocksConfiguration {

		@Bean
		ClientHttpConnectorBuilderCustomizer<ReactorClientHttpConnectorBuilder> socksProxy(
				@Value("${test.proxy.port}") int port, @Value("${test.proxy.password}") String password) {
			return (builder) -> builder.withHttpClientCustomizer(
					(httpClient) -> httpClient.proxy((proxy) -> proxy.type(ProxyProvider.Proxy.SOCKS5)
						.host("127.0.0.1")
						.port(port)
						.username(ProxyProcess.USERNAME)
						.password((username) -> password)));
		}

	}

}
