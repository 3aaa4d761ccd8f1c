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

package com.cometapi.gemini.test.readme;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.function.GeminiFunctionDecision;
import com.cometapi.gemini.mcp.GeminiMcpServer;
import com.cometapi.gemini.mcp.GeminiMcpServerSettings;
import com.cometapi.gemini.mcp.GeminiMcpWebClientCustomizer;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.function.client.ClientRequest;

/**
 * The code blocks of the page on MCP servers.
 */
final class McpRecipes {

	private McpRecipes() {
	}

	static String read(GeminiOperations gemini) {
		String answer = gemini.prompt("What do my documents say about holidays?")
			.mcp("files", "list_directory", "read_text_file")
			.text();
		return answer;
	}

	static String approve(GeminiOperations gemini) {
		String answer = gemini.prompt("Put my documents in order")
			.mcp("files")
			.functionApproval((call) -> (call.origin() != null && call.origin().readOnly())
					? GeminiFunctionDecision.allow() : ask("May I call " + call.origin().name() + "?"))
			.text();
		return answer;
	}

	private static GeminiFunctionDecision ask(String question) {
		return GeminiFunctionDecision.refuse("Nobody is here to answer: " + question);
	}

	static String withoutBoot(GeminiOperations gemini, String script, String folder) {
		GeminiMcpServerSettings settings = GeminiMcpServerSettings.stdio("files", "node", script, folder).build();
		try (GeminiMcpServer files = GeminiMcpServer.create(settings)) {
			return gemini.prompt("Which documents are there?").functionsFrom(files, "list_directory").text();
		}
	}

	interface Tokens {

		String get(String server);

	}

	@TestConfiguration(proxyBeanMethods = false)
	static class McpConfiguration {

		@Bean
		GeminiMcpWebClientCustomizer mcpAuthorization(Tokens tokens) {
			return (server,
					webClient) -> webClient.filter((request,
							next) -> next.exchange(ClientRequest.from(request)
								.headers((headers) -> headers.setBearerAuth(tokens.get(server)))
								.build()));
		}

	}

}
