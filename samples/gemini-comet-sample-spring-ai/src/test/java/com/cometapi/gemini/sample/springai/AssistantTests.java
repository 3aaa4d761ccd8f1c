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

package com.cometapi.gemini.sample.springai;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.cometapi.gemini.chat.GeminiChatRepository;
import com.cometapi.gemini.chat.jdbc.JdbcGeminiChatRepository;
import com.cometapi.gemini.springai.GeminiCometChatMemoryRepository;
import com.cometapi.gemini.test.GeminiSimulator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.ai.chat.memory.ChatMemoryRepository;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the assistant over HTTP, in demo mode, with the MCP server in its process.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "COMETAPI_KEY=", "spring.datasource.url=jdbc:h2:mem:${random.uuid};DB_CLOSE_DELAY=-1" })
class AssistantTests {

	private final HttpClient client = HttpClient.newHttpClient();

	private final String chat = "/api/chats/" + UUID.randomUUID();

	@LocalServerPort
	private int port;

	@Autowired
	private GeminiSimulator simulator;

	@BeforeEach
	void reset() {
		this.simulator.reset();
	}

	@Test
	void answerCitesThePassageThatWasFound() throws Exception {
		String events = ask("What does an adult pay?").body();
		assertThat(events).contains("event:passages", "\"name\":\"tickets\"", "event:done", "\"total\":");
		assertThat(text(events)).isEqualTo(
				"This is a simulated answer. The documents say: “An adult pays 12 euro, a child under 14 pays 5 euro.” [tickets]");
	}

	@Test
	void passagesAreSentToTheModelAndNotRemembered() throws Exception {
		ask("What does an adult pay?");
		ask("Which comet was discovered here?");
		assertThat(this.simulator.requests()).hasSize(2);
		assertThat(this.simulator.requests().get(0).body()).contains("[tickets] Tickets\\nAn adult pays 12 euro");
		assertThat(this.simulator.requests().get(1).body())
			.contains("What does an adult pay?", "The comet Hollis was discovered")
			.doesNotContain("Children under 6");
	}

	@Test
	void skyIsAskedForAtTheMcpServer() throws Exception {
		String events = ask("Will the sky be clear tonight?").body();
		assertThat(events).contains("event:tool", "\"name\":\"sky_forecast\"", "tonight");
		assertThat(text(events)).contains("The tool says that the sky of 20");
		assertThat(this.simulator.requests()).hasSize(2);
		assertThat(this.simulator.requests().get(1).body()).contains("functionResponse", "thoughtSignature");
	}

	@Test
	void conversationIsShownAgainUntilItIsForgotten() throws Exception {
		ask("What does an adult pay?");
		ask("Will the sky be clear tonight?");
		assertThat(get(this.chat).body()).startsWith("[{\"role\":\"user\",\"text\":\"What does an adult pay?\"}")
			.contains("\"role\":\"assistant\"", "The tool says")
			.doesNotContain("Passages of the documents");
		assertThat(send(request(this.chat).DELETE()).statusCode()).isEqualTo(204);
		assertThat(get(this.chat).body()).isEqualTo("[]");
	}

	@Test
	void memoryIsInTheDatabase(@Autowired ChatMemoryRepository repository,
			@Autowired GeminiChatRepository conversations) {
		assertThat(repository).isInstanceOf(GeminiCometChatMemoryRepository.class);
		assertThat(conversations).isInstanceOf(JdbcGeminiChatRepository.class);
	}

	@Test
	void failureIsAnEventWithoutDetails() throws Exception {
		this.simulator.next().error(400, "secret detail");
		assertThat(ask("What does an adult pay?").body()).contains("event:error")
			.doesNotContain("secret detail", "event:done");
	}

	@ParameterizedTest
	@CsvSource({ "localhost, 200", "127.0.0.1, 200", "evil.example, 421" })
	void serverAnswersUnderItsOwnNamesOnly(String host, int status) throws IOException {
		try (Socket socket = new Socket("localhost", this.port)) {
			socket.setSoTimeout(30_000);
			socket.getOutputStream()
				.write("GET %s HTTP/1.1\r\nHost: %s:%d\r\nConnection: close\r\n\r\n"
					.formatted(this.chat, host, this.port)
					.getBytes(StandardCharsets.US_ASCII));
			assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
				.isEqualTo("HTTP/1.1 " + status);
		}
	}

	@Test
	void otherSitesAreRefused() throws Exception {
		assertThat(send(question("Hello").header("Sec-Fetch-Site", "cross-site")).statusCode()).isEqualTo(403);
		assertThat(send(question("Hello").header("Origin", "https://elsewhere.example")).statusCode()).isEqualTo(403);
		assertThat(get("/").headers().firstValue("Content-Security-Policy")).hasValueSatisfying(
				(policy) -> assertThat(policy).startsWith("default-src 'self'").doesNotContain("unsafe-inline"));
		assertThat(ask("").statusCode()).isEqualTo(400);
		assertThat(this.simulator.requests()).isEmpty();
	}

	private HttpResponse<String> ask(String text) throws IOException, InterruptedException {
		return send(question(text));
	}

	private HttpRequest.Builder question(String text) {
		return request(this.chat).header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString("{\"text\": " + JsonMapper.shared().writeValueAsString(text) + "}"));
	}

	private HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return send(request(path));
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path));
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.client.send(request.build(), BodyHandlers.ofString());
	}

	private static String text(String events) {
		List<String> lines = events.lines().toList();
		return Stream.iterate(0, (i) -> i < lines.size() - 1, (i) -> i + 1)
			.filter((i) -> lines.get(i).equals("event:text"))
			.map((i) -> JsonMapper.shared()
				.readTree(lines.get(i + 1).substring("data:".length()))
				.path("text")
				.asString())
			.collect(Collectors.joining());
	}

}
