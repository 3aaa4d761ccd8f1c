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

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.error.GeminiConnectionException;
import com.cometapi.gemini.testsupport.GeminiServer;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
 * Tests for calls through a proxy that asks for credentials, to an endpoint whose name
 * only the proxy knows.
 */
class ProxyTests {

	private final HeldCertificate certificate = new HeldCertificate.Builder()
		.addSubjectAlternativeName("gemini.invalid")
		.build();

	@AutoClose
	private final GeminiServer server = new GeminiServer().tls(this.certificate).reply((text) -> "Hello");

	private ProxyServer proxy;

	private ApplicationContextRunner contextRunner;

	@BeforeEach
	void start() throws IOException {
		this.proxy = new ProxyServer("ada", "pass-Q7v", this.server.url().getPort());
		this.contextRunner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, WebClientAutoConfiguration.class,
					GeminiAutoConfiguration.class))
			.withPropertyValues("cometapi.gemini.api-key=sk-test-0123456789",
					"cometapi.gemini.retry.initial-delay=10ms", "cometapi.gemini.base-url=https://gemini.invalid",
					"cometapi.gemini.ssl.bundle=gateway", "test.proxy.port=" + this.proxy.port(),
					"spring.ssl.bundle.pem.gateway.truststore.certificate=" + this.certificate.certificatePem());
	}

	@AfterEach
	void stop() throws IOException {
		this.proxy.close();
	}

	@Test
	void callsAndStreamsGoThroughATunnelOfAnHttpProxy() {
		withHttpProxy("pass-Q7v").run((context) -> verifyCalls(context.getBean(GeminiOperations.class)));
	}

	@Test
	void whenHttpProxyRefusesTheCredentialsThenExceptionDoesNotShowThem() {
		withHttpProxy("pass-other").run((context) -> assertThatExceptionOfType(GeminiConnectionException.class)
			.isThrownBy(() -> context.getBean(GeminiOperations.class).prompt("Hi").text())
			.withStackTraceContaining("407")
			.satisfies((ex) -> assertThat(ex).hasMessageNotContaining("pass-other")));
		assertThat(this.server.requestCount()).isZero();
	}

	@Test
	void callsAndStreamsGoThroughASocksProxy() {
		this.contextRunner.withUserConfiguration(SocksConfiguration.class)
			.run((context) -> verifyCalls(context.getBean(GeminiOperations.class)));
	}

	private ApplicationContextRunner withHttpProxy(String password) {
		return this.contextRunner.withPropertyValues("cometapi.gemini.proxy.host=localhost",
				"cometapi.gemini.proxy.port=" + this.proxy.port(), "cometapi.gemini.proxy.username=ada",
				"cometapi.gemini.proxy.password=" + password);
	}

	private void verifyCalls(GeminiOperations gemini) {
		assertThat(gemini.prompt("Hi").text()).isEqualTo("Hello");
		StepVerifier.create(gemini.prompt("Hi").streamText()).expectNext("Hell", "o").verifyComplete();
		assertThat(this.proxy.targets()).containsOnly("gemini.invalid:443");
		assertThat(this.server.requestCount()).isEqualTo(2);
	}

	@Configuration(proxyBeanMethods = false)
	static class SocksConfiguration {

		@Bean
		ClientHttpConnectorBuilderCustomizer<ReactorClientHttpConnectorBuilder> socksProxy(
				@Value("${test.proxy.port}") int port) {
			return (builder) -> builder.withHttpClientCustomizer(
					(httpClient) -> httpClient.proxy((proxy) -> proxy.type(ProxyProvider.Proxy.SOCKS5)
						.host("localhost")
						.port(port)
						.username("ada")
						.password((username) -> "pass-Q7v")));
		}

	}

}
