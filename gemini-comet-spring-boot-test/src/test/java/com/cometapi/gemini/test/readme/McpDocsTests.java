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

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.mcp.GeminiMcpWebClientCustomizer;
import com.cometapi.gemini.test.GeminiSimulator;
import com.cometapi.gemini.test.autoconfigure.AutoConfigureGeminiSimulator;
import com.cometapi.gemini.testsupport.NodePackages;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the examples of the page on MCP servers, with a real server for files.
 */
@SpringBootTest
@AutoConfigureGeminiSimulator
@Tag("slow")
class McpDocsTests {

	@TempDir
	static Path folder;

	@Autowired
	private GeminiTemplate gemini;

	@Autowired
	private GeminiSimulator simulator;

	@Autowired
	private GeminiMcpWebClientCustomizer authorization;

	@DynamicPropertySource
	static void server(DynamicPropertyRegistry registry) throws IOException {
		Files.writeString(folder.resolve("holidays.txt"), "No holidays this year");
		String script = script();
		registry.add("cometapi.gemini.mcp.servers.files.command", () -> "node");
		registry.add("cometapi.gemini.mcp.servers.files.args", () -> List.of(script, root()));
		registry.add("cometapi.gemini.mcp.servers.files.connect-timeout", () -> "60s");
	}

	private static String script() {
		return NodePackages.file("@modelcontextprotocol/server-filesystem", "2026.8.31", "dist/index.js").toString();
	}

	private static String root() {
		try {
			return folder.toRealPath().toString();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void call(String tool, String args) {
		this.simulator.next()
			.raw(200, "application/json", """
					{"candidates": [{"content": {"role": "model", "parts": [{"functionCall":
						{"name": "%s", "args": %s}, "thoughtSignature": "c2lnbmF0dXJl"}]}, "finishReason": "STOP"}]}"""
				.formatted(tool, args));
	}

	private String lastRequest() {
		List<String> bodies = this.simulator.requests().stream().map((request) -> request.body().toString()).toList();
		return bodies.get(bodies.size() - 1);
	}

	@Test
	void toolsAreCalled() {
		call("files_read_text_file", "{\"path\": \"%s/holidays.txt\"}".formatted(root()));
		this.simulator.next().text("There are none");

		assertThat(McpRecipes.read(this.gemini)).isEqualTo("There are none");
		assertThat(lastRequest()).contains("No holidays this year").doesNotContain("files_write_file");
	}

	@Test
	void callsAreApproved() {
		call("files_create_directory", "{\"path\": \"%s/new\"}".formatted(root()));
		this.simulator.next().text("I could not");

		assertThat(McpRecipes.approve(this.gemini)).isEqualTo("I could not");
		assertThat(folder.resolve("new")).doesNotExist();
		assertThat(lastRequest()).contains("Nobody is here to answer: May I call create_directory?");
	}

	@Test
	void withoutSpringBoot() {
		call("files_list_directory", "{\"path\": \"%s\"}".formatted(root()));
		this.simulator.next().text("One");

		assertThat(McpRecipes.withoutBoot(this.gemini, script(), root())).isEqualTo("One");
		assertThat(lastRequest()).contains("holidays.txt");
	}

	@Test
	void requestsAreAuthorized() throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
		server.createContext("/", (exchange) -> {
			byte[] token = exchange.getRequestHeaders().getFirst("Authorization").getBytes();
			exchange.sendResponseHeaders(200, token.length);
			exchange.getResponseBody().write(token);
			exchange.close();
		});
		server.start();
		try {
			WebClient.Builder webClient = WebClient.builder();
			this.authorization.customize("files", webClient);
			assertThat(webClient.build()
				.get()
				.uri("http://127.0.0.1:" + server.getAddress().getPort())
				.retrieve()
				.bodyToMono(String.class)
				.block()).isEqualTo("Bearer token-of-files");
		}
		finally {
			server.stop(0);
		}
	}

	@TestConfiguration(proxyBeanMethods = false)
	@Import(McpRecipes.McpConfiguration.class)
	static class TokenConfiguration {

		@Bean
		McpRecipes.Tokens tokens() {
			return (server) -> "token-of-" + server;
		}

	}

}
