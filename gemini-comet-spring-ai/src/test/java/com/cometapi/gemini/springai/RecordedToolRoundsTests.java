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

package com.cometapi.gemini.springai;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.cometapi.gemini.chat.GeminiChatRetention;
import com.cometapi.gemini.chat.jdbc.JdbcGeminiChatRepository;
import com.cometapi.gemini.testsupport.GeminiServer;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.client.advisor.ToolCallingAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the parts of recorded responses are sent back unchanged, after Spring AI's
 * loop of tool calls and, in later turns, from its chat memory.
 */
class RecordedToolRoundsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final GeminiServer server = new GeminiServer();

	@AfterEach
	void stopServer() {
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "function-call.response.json", "function-call-empty-args.response.json",
			"function-call-mixed-with-text.response.json", "function-call-no-args.response.json",
			"function-call-null-and-nested-args.response.json", "function-call-signed.response.json",
			"function-call-with-id.response.json", "gemini3-function-call.response.json",
			"parallel-function-calls-signed.response.json", "parallel-function-calls.response.json",
			"thinking-function-call.response.json", "function-call.sse", "gemini3-function-call.sse",
			"thinking-function-call.sse", "vertex-parallel-function-calls-crlf.sse" })
	void contentOfTheModelIsSentBackUnchanged(String recording) {
		ArrayNode received = recordedParts(recording);
		List<JsonNode> calls = calls(received);
		assertThat(calls).isNotEmpty();
		this.server.answerFile(recording);

		assertThat(ask(client().build(), recording, calls, "Go", "none")).isEqualTo("Done");

		this.server.takeJson();
		JsonNode second = this.server.takeJson();
		assertThat(second.get("contents")).hasSize(3);
		assertThat(second.at("/contents/1/role").asString()).isEqualTo("model");
		assertThat(second.at("/contents/1/parts")).isEqualTo(received);
		assertThat(second.at("/contents/2/parts")).hasSameSizeAs(calls).zipSatisfy(calls, (part, call) -> {
			JsonNode response = part.get("functionResponse");
			assertThat(response.get("name")).isEqualTo(call.get("name"));
			assertThat(response.get("id")).isEqualTo(call.get("id"));
			assertThat(response.at("/response/seen").isMissingNode()).isFalse();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "gemini3-function-call.response.json", "parallel-function-calls-signed.response.json",
			"gemini3-function-call.sse", "thinking-function-call.sse" })
	void memoryKeepsTheRoundsOverTurnsAndRestarts(String recording) {
		JdbcDataSource database = new JdbcDataSource();
		database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
		new ResourceDatabasePopulator(new ClassPathResource("com/cometapi/gemini/chat/jdbc/schema-h2.sql"))
			.execute(database);
		ArrayNode received = recordedParts(recording);
		List<JsonNode> calls = calls(received);
		this.server.answerFile(recording);
		ask(clientWithMemory(database), recording, calls, "Go", "a");
		this.server.takeJson();
		JsonNode before = this.server.takeJson();

		ask(clientWithMemory(database), recording, calls, "And now?", "a");

		JsonNode after = this.server.takeJson();
		assertThat(after.get("contents")).hasSize(5);
		assertThat(after.at("/contents/1/parts")).isEqualTo(received);
		for (int i = 0; i < 3; i++) {
			assertThat(after.get("contents").get(i)).isEqualTo(before.get("contents").get(i));
		}
		assertThat(after.at("/contents/3/parts/0/text").asString()).isEqualTo("Done");
		assertThat(after.at("/contents/4/parts/0/text").asString()).isEqualTo("And now?");
	}

	// The memory is inside the loop, so that it stores each round.
	private ChatClient clientWithMemory(JdbcDataSource database) {
		ChatMemory memory = MessageWindowChatMemory.builder()
			.chatMemoryRepository(new GeminiCometChatMemoryRepository(
					new JdbcGeminiChatRepository(database, GeminiChatRetention.UNLIMITED)))
			.build();
		return client()
			.defaultAdvisors(
					MessageChatMemoryAdvisor.builder(memory).order(ToolCallingAdvisor.DEFAULT_ORDER + 1).build())
			.build();
	}

	private ChatClient.Builder client() {
		return ChatClient.builder(GeminiCometChatModel.create(this.server.template()));
	}

	private String ask(ChatClient client, String recording, List<JsonNode> calls, String text, String conversation) {
		Consumer<ChatClient.AdvisorSpec> memory = (advisors) -> advisors.param(ChatMemory.CONVERSATION_ID,
				conversation);
		ChatClient.ChatClientRequestSpec prompt = client.prompt(text).tools((Object[]) tools(calls)).advisors(memory);
		if (!recording.endsWith(".sse")) {
			this.server.answerText("Done");
			return Objects.requireNonNull(prompt.call().content());
		}
		this.server.answerTextEvents("Do", "ne");
		List<String> pieces = prompt.stream().content().collectList().block(PATIENCE);
		return String.join("", Objects.requireNonNull(pieces)).replaceFirst("(?s).*Done$", "Done");
	}

	private static ToolCallback[] tools(List<JsonNode> calls) {
		return calls.stream()
			.map((call) -> call.get("name").asString())
			.distinct()
			.map(RecordedToolRoundsTests::tool)
			.toArray(ToolCallback[]::new);
	}

	private static ToolCallback tool(String name) {
		ToolDefinition definition = ToolDefinition.builder().name(name).description("A test").inputSchema("{}").build();
		return new ToolCallback() {

			@Override
			public ToolDefinition getToolDefinition() {
				return definition;
			}

			@Override
			public String call(String input) {
				return JsonValues.write(Map.of("seen", JsonValues.readArguments(input)));
			}

		};
	}

	private static List<JsonNode> calls(ArrayNode parts) {
		List<JsonNode> calls = new ArrayList<>();
		parts.forEach((part) -> {
			if (part.has("functionCall")) {
				calls.add(part.get("functionCall"));
			}
		});
		return calls;
	}

	private static ArrayNode recordedParts(String recording) {
		String text = GeminiServer.recording(recording);
		ArrayNode parts = GeminiServer.MAPPER.createArrayNode();
		Stream<String> events = (recording.endsWith(".sse")) ? text.lines()
			.filter((line) -> line.startsWith("data:"))
			.map((line) -> line.substring("data:".length())) : Stream.of(text);
		events.map(GeminiServer::tree)
			.flatMap((event) -> event.at("/candidates/0/content/parts").valueStream())
			.forEach((part) -> append(parts, part));
		return parts;
	}

	// Thoughts in several events are one part when the events are merged.
	private static void append(ArrayNode parts, JsonNode part) {
		JsonNode last = (parts.isEmpty()) ? null : parts.get(parts.size() - 1);
		boolean isThought = part.path("thought").asBoolean();
		if (last != null && isThought && last.path("thought").asBoolean() && !part.has("thoughtSignature")) {
			((ObjectNode) last).put("text", last.path("text").asString() + part.path("text").asString());
		}
		else {
			parts.add(part.deepCopy());
		}
	}

}
