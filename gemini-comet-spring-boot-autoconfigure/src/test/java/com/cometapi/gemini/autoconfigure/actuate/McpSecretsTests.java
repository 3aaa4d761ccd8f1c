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

package com.cometapi.gemini.autoconfigure.actuate;

import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the actuator hides the headers, variables and arguments of MCP servers.
 */
class McpSecretsTests {

	private final GeminiSecrets secrets = GeminiSecrets
		.of(new MockEnvironment().withProperty("cometapi.gemini.mcp.servers.web.url", "https://example.com/mcp")
			.withProperty("cometapi.gemini.mcp.servers.web.headers.Authorization", "Bearer sesame-open")
			.withProperty("cometapi.gemini.mcp.servers.web.headers.Accept-Language", "english")
			.withProperty("cometapi.gemini.mcp.servers.web.proxy.password", "sesame-proxy")
			.withProperty("cometapi.gemini.mcp.servers.maps.url", "https://example.com/mcp?key=sesame-query")
			.withProperty("cometapi.gemini.mcp.servers.files.env.API_KEY", "sesame-too"));

	@Test
	void headersVariablesAndArgumentsAreHidden() {
		assertThat(isHidden("cometapi.gemini.mcp.servers.web.headers.Authorization", "Bearer sesame-open")).isTrue();
		assertThat(isHidden("cometapi.gemini.mcp.servers.files.env.API_KEY", "sesame-too")).isTrue();
		assertThat(isHidden("cometapi.gemini.mcp.servers.files.args[1]", "--token=1")).isTrue();
		assertThat(isHidden("COMETAPI_GEMINI_MCP_SERVERS_FILES_ENV_APIKEY", "sesame-too")).isTrue();
	}

	@Test
	void passwordsOfProxiesAreHidden() {
		assertThat(isHidden("cometapi.gemini.mcp.servers.web.proxy.password", "sesame-proxy")).isTrue();
		assertThat(isHidden("COMETAPI_GEMINI_MCP_SERVERS_WEB_PROXY_PASSWORD", "sesame-proxy")).isTrue();
		assertThat(isHidden("sun.java.command", "app.jar --proxy=sesame-proxy")).isTrue();
		assertThat(isHidden("cometapi.gemini.mcp.servers.web.proxy.host", "proxy.example.com")).isFalse();
	}

	@Test
	void secretsAreHiddenInOtherValues() {
		assertThat(isHidden("sun.java.command", "app.jar --token=sesame-too")).isTrue();
		assertThat(isHidden("my.language", "english")).isFalse();
	}

	@Test
	void queriesOfAddressesAreHidden() {
		assertThat(isHidden("cometapi.gemini.mcp.servers.maps.url", "https://example.com/mcp?key=sesame-query"))
			.isTrue();
		assertThat(isHidden("MAPS_URL", "https://example.com/mcp?key=sesame-query")).isTrue();
	}

	@Test
	void addressesAreShown() {
		assertThat(isHidden("cometapi.gemini.mcp.servers.web.url", "https://example.com/mcp")).isFalse();
	}

	private boolean isHidden(String name, String value) {
		return this.secrets.occurIn(new SanitizableData(null, name, value));
	}

}
