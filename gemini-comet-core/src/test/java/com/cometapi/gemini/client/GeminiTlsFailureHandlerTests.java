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
import java.net.URI;
import java.time.Duration;
import java.util.function.UnaryOperator;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.error.GeminiConnectionException;
import com.cometapi.gemini.testsupport.GeminiServer;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.transport.ProxyProvider;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * Tests for {@link GeminiTlsFailureHandler}.
 */
@ExtendWith(OutputCaptureExtension.class)
class GeminiTlsFailureHandlerTests {

	private static final HeldCertificate CERTIFICATE = new HeldCertificate.Builder()
		.addSubjectAlternativeName("localhost")
		.build();

	@Test
	void untrustedCertificateIsAnExceptionWithoutAWarning(CapturedOutput output) {
		try (GeminiServer server = new GeminiServer().tls(CERTIFICATE)) {
			assertFails(server.url(), UnaryOperator.identity(), output);
			assertFails(server.url(), (httpClient) -> httpClient.protocol(HttpProtocol.H2, HttpProtocol.HTTP11),
					output);
		}
	}

	@Test
	void missingClientCertificateIsAnExceptionWithoutAWarning(CapturedOutput output) {
		try (GeminiServer server = new GeminiServer().tls(CERTIFICATE).requireClientCertificate()) {
			assertFails(server.url(), GeminiTlsFailureHandlerTests::trusting, output);
		}
	}

	@Test
	void endpointWithoutTlsIsAnExceptionWithoutAWarning(CapturedOutput output) throws IOException {
		try (WireServer server = WireServer
			.startRaw((connection) -> connection.head("400 Bad Request", "Content-Length: 0"))) {
			assertFails(https(server), UnaryOperator.identity(), output);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void connectionThatEndsInTheHandshakeIsAnExceptionWithoutAWarning(boolean reset, CapturedOutput output)
			throws IOException {
		try (WireServer server = WireServer
			.startRaw((reset) ? (connection) -> connection.read(10).reset() : WireServer.Connection::cut)) {
			assertFails(https(server), UnaryOperator.identity(), output);
		}
	}

	@Test
	void handshakeThatTakesTooLongIsAnExceptionWithoutAWarning(CapturedOutput output) throws IOException {
		try (WireServer server = WireServer.startRaw((connection) -> {
		})) {
			assertFails(https(server),
					(httpClient) -> httpClient.secure((spec) -> spec.sslContext(Http11SslContextSpec.forClient())
						.handshakeTimeout(Duration.ofMillis(50))),
					output);
		}
	}

	@Test
	void refusedConnectionIsAnExceptionWithoutAWarning(CapturedOutput output) throws IOException {
		URI url;
		try (WireServer server = WireServer.start((connection) -> {
		})) {
			url = server.url();
		}
		assertFails(url, UnaryOperator.identity(), output);
		assertFails(https(url), UnaryOperator.identity(), output);
	}

	@Test
	void refusalOfAProxyIsAnExceptionWithoutAWarning(CapturedOutput output) throws IOException {
		try (WireServer proxy = WireServer
			.startRaw((connection) -> connection.head("403 Forbidden", "Content-Length: 0"))) {
			UnaryOperator<HttpClient> proxied = (httpClient) -> httpClient
				.proxy((spec) -> spec.type(ProxyProvider.Proxy.HTTP).host("127.0.0.1").port(proxy.url().getPort()));
			assertFails(URI.create("https://192.0.2.1"), proxied, output);
			assertFails(URI.create("http://192.0.2.1"), proxied, output);
		}
	}

	private static HttpClient trusting(HttpClient httpClient) {
		return httpClient.secure((spec) -> spec.sslContext(Http11SslContextSpec.forClient()
			.configure((builder) -> builder.trustManager(CERTIFICATE.certificate()))));
	}

	private static URI https(WireServer server) {
		return https(server.url());
	}

	private static URI https(URI url) {
		return URI.create(url.toString().replace("http:", "https:"));
	}

	private static void assertFails(URI url, UnaryOperator<HttpClient> httpClient, CapturedOutput output) {
		GenerateContentRequest request = GenerateContentRequest.builder().contents(Content.user("Hi")).build();
		QuietFailures.assertFailsQuietly(url, request,
				(client) -> GeminiTlsFailureHandler.reportToCalls(httpClient.apply(client)), UnaryOperator.identity(),
				GeminiConnectionException.class, output);
	}

}
