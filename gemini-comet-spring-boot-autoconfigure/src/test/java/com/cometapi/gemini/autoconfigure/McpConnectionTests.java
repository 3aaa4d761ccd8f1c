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

import com.cometapi.gemini.autoconfigure.mcp.GeminiMcpAutoConfiguration;
import com.cometapi.gemini.error.GeminiFunctionSourceException;
import com.cometapi.gemini.mcp.GeminiMcpServer;
import com.cometapi.gemini.testsupport.GeminiServer;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for connections to MCP servers over TLS and through a proxy.
 */
class McpConnectionTests {

	private static final String SERVERS = "cometapi.gemini.mcp.servers.";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, WebClientAutoConfiguration.class,
				GeminiFunctionsAutoConfiguration.class, GeminiAutoConfiguration.class,
				GeminiMcpAutoConfiguration.class))
		.withPropertyValues("cometapi.gemini.api-key=sk-test");

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void serverIsReachedOverTlsWithItsBundle(boolean trusted) throws Exception {
		HeldCertificate certificate = new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
		try (GeminiServer server = new GeminiServer().tls(certificate).respond(McpConnectionTests::respond)) {
			this.contextRunner
				.withPropertyValues(SERVERS + "secure.url=https://localhost:" + server.url().getPort() + "/mcp",
						SERVERS + "secure.connect-timeout=30s", SERVERS + "secure.ssl.bundle=" + (trusted ? "mcp" : ""),
						"spring.ssl.bundle.pem.mcp.truststore.certificate=" + certificate.certificatePem())
				.run((context) -> {
					GeminiMcpServer mcpServer = context.getBean(GeminiMcpServer.class);
					if (trusted) {
						mcpServer.connect();
					}
					else {
						assertThatExceptionOfType(GeminiFunctionSourceException.class).isThrownBy(mcpServer::connect);
					}
				});
		}
	}

	@Test
	void serverIsReachedThroughItsProxy() throws Exception {
		try (GeminiServer server = new GeminiServer().respond(McpConnectionTests::respond);
				ProxyServer proxy = new ProxyServer("user", "secret", server.url().getPort())) {
			this.contextRunner
				.withPropertyValues(SERVERS + "far.url=http://mcp.example.com/mcp", SERVERS + "far.connect-timeout=30s",
						SERVERS + "far.proxy.host=localhost", SERVERS + "far.proxy.port=" + proxy.port(),
						SERVERS + "far.proxy.username=user", SERVERS + "far.proxy.password=secret")
				.run((context) -> context.getBean(GeminiMcpServer.class).connect());
			assertThat(proxy.targets()).isNotEmpty().containsOnly("mcp.example.com:80");
		}
	}

	@ParameterizedTest
	@CsvSource({ "ssl.bundle,missing", "proxy.host,http://proxy.example.com" })
	void whenPropertyOfTheConnectionIsInvalidThenStartupFailureNamesIt(String property, String value) {
		this.contextRunner
			.withPropertyValues(SERVERS + "far.url=http://mcp.example.com/mcp",
					SERVERS + "far." + property + "=" + value)
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("'" + SERVERS + "far." + property + "'"));
	}

	// Requests get a response; notifications are accepted without one
	private static MockResponse respond(RecordedRequest request) {
		if (!"POST".equals(request.getMethod())) {
			return new MockResponse.Builder().code(405).build();
		}
		JsonNode message = JsonMapper.shared().readTree(request.getBody().utf8());
		if (!message.has("id")) {
			return new MockResponse.Builder().code(202).build();
		}
		String result = message.path("method").asString().equals("initialize") ? """
				{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"s","version":"1"}}"""
				: "{\"tools\":[]}";
		return new MockResponse.Builder().addHeader("Content-Type", "application/json")
			.body("{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s}".formatted(message.get("id"), result))
			.build();
	}

}
