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

import com.cometapi.gemini.testsupport.EverythingServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * Tests with the reference server of the MCP project over streamable HTTP.
 */
class HttpServerTests extends AbstractEverythingTests {

	private static EverythingServer everything;

	private static GeminiMcpServer server;

	@BeforeAll
	static void create() {
		everything = new EverythingServer();
		server = GeminiMcpServer.create(GeminiMcpServerSettings.http("every", everything.url()).build());
	}

	@AfterAll
	static void close() {
		if (server != null) {
			server.close();
			everything.close();
		}
	}

	@Override
	GeminiMcpServer server() {
		return server;
	}

}
