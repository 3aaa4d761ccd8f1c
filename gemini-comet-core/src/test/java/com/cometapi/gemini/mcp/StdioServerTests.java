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

package com.cometapi.gemini.mcp;

import java.util.Map;

import com.cometapi.gemini.testsupport.EverythingServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests with the reference server of the MCP project over its standard input and output.
 */
class StdioServerTests extends AbstractEverythingTests {

	private static GeminiMcpServer server;

	@BeforeAll
	static void create() {
		server = GeminiMcpServer
			.create(GeminiMcpServerSettings.stdio("every", "node", EverythingServer.script().toString(), "stdio")
				.env(Map.of("GREETING", "Hello"))
				.build());
	}

	@AfterAll
	static void close() {
		if (server != null) {
			server.close();
		}
	}

	@Override
	GeminiMcpServer server() {
		return server;
	}

	@Test
	void processInheritsOnlyTheNecessaryVariables() {
		String output = String.valueOf(call("every_get-env", "{}").response().get("output"));

		assertThat(output).contains("\"GREETING\": \"Hello\"", "\"PATH\"");
		System.getenv()
			.keySet()
			.stream()
			.filter((name) -> name.matches("(?i).*(JAVA|MAVEN|KEY|TOKEN).*"))
			.forEach((name) -> assertThat(output).doesNotContain('"' + name + '"'));
	}

}
