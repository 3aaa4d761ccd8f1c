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

package com.cometapi.gemini;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.function.GeminiFunctionCallback;
import com.cometapi.gemini.prompt.PromptResult;
import com.cometapi.gemini.prompt.PromptSpec;
import com.cometapi.gemini.testsupport.GeminiServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that recorded contents of a model are sent back unchanged.
 */
class RecordedRoundsTests extends AbstractRoundsTests {

	@ParameterizedTest
	@ValueSource(strings = { "function-call.response.json", "function-call-empty-args.response.json",
			"function-call-mixed-with-text.response.json", "function-call-no-args.response.json",
			"function-call-null-and-nested-args.response.json", "function-call-signed.response.json",
			"function-call-with-id.response.json", "gemini3-function-call.response.json",
			"parallel-function-calls-signed.response.json", "parallel-function-calls.response.json",
			"thinking-function-call.response.json", "function-call.sse", "gemini3-function-call.sse",
			"thinking-function-call.sse", "vertex-parallel-function-calls-crlf.sse" })
	void contentOfTheModelIsSentBackUnchangedAndItsResultsFollowInOneContent(String recording) {
		ArrayNode received = recordedParts(recording);
		List<JsonNode> calls = new ArrayList<>();
		received.forEach((part) -> {
			if (part.has("functionCall")) {
				calls.add(part.get("functionCall"));
			}
		});
		assertThat(calls).isNotEmpty();

		PromptResult turn = ask(recording, calls);

		JsonNode first = this.server.takeJson();
		JsonNode second = this.server.takeJson();
		assertThat(second.get("contents")).hasSize(3);
		assertThat(second.at("/contents/0")).isEqualTo(first.at("/contents/0"));
		assertThat(second.at("/contents/1/role").asString()).isEqualTo("model");
		assertThat(second.at("/contents/1/parts")).isEqualTo(received);
		assertThat(second.at("/contents/2")).isEqualTo(expectedResults(calls));
		assertThat(second.get("tools")).isEqualTo(first.get("tools"));
		assertThat(turn.response().text()).isEqualTo("Done");
		JsonNode contents = GeminiServer.MAPPER.valueToTree(turn.contents());
		assertThat(contents).hasSize(4);
		assertThat(contents.at("/1/parts")).isEqualTo(second.at("/contents/1/parts"));
		assertThat(contents.get(2)).isEqualTo(second.at("/contents/2"));
		assertThat(contents.at("/3/parts/0/text").asString()).isEqualTo("Done");
	}

	private PromptResult ask(String recording, List<JsonNode> calls) {
		PromptSpec prompt = this.gemini.prompt("Go").functions(functionsFor(calls));
		this.server.answerFile(recording);
		if (!recording.endsWith(".sse")) {
			this.server.answerText("Done");
			return prompt.result();
		}
		this.server.answerTextEvents("Done");
		List<GenerateContentResponse> events = prompt.stream().collectList().block();
		return StreamedTurn.of(Content.user("Go"), events);
	}

	private static GeminiFunctionCallback[] functionsFor(List<JsonNode> calls) {
		return calls.stream()
			.map((call) -> call.get("name").asString())
			.distinct()
			.map((name) -> GeminiFunctionCallback.of(FunctionDeclaration.of(name, "A test"),
					(call) -> Map.of("seen", call.args())))
			.toArray(GeminiFunctionCallback[]::new);
	}

	private static JsonNode expectedResults(List<JsonNode> calls) {
		ObjectNode content = GeminiServer.MAPPER.createObjectNode().put("role", "user");
		ArrayNode parts = content.putArray("parts");
		for (JsonNode call : calls) {
			ObjectNode response = parts.addObject().putObject("functionResponse");
			if (call.has("id")) {
				response.set("id", call.get("id"));
			}
			response.set("name", call.get("name"));
			JsonNode args = (call.has("args")) ? call.get("args") : GeminiServer.MAPPER.createObjectNode();
			response.putObject("response").set("seen", args);
		}
		return content;
	}

	@Test
	void streamedArgumentsAreJoinedAndSentBackAsOneCall() {
		List<Map<String, Object>> seen = new ArrayList<>();
		this.server.answerFile("vertex-partial-function-call.sse").answerTextEvents("Done");
		GeminiFunctionCallback function = GeminiFunctionCallback
			.of(FunctionDeclaration.of("getCurrentWeather", "A test"), (call) -> {
				seen.add(call.args());
				return "sunny";
			});
		this.gemini.prompt("Go").functions(function).stream().blockLast();
		this.server.takeJson();
		JsonNode second = this.server.takeJson();
		assertThat(seen).containsExactly(Map.of("country", "USA", "location", "NewYorkCity", "purpose",
				"to know what to wear today", "unit", "C"));
		assertThat(second.at("/contents/1/parts")).isEqualTo(GeminiServer.tree("""
				[{"functionCall": {"name": "getCurrentWeather", "args": {"country": "USA", "location": "NewYorkCity",
				"purpose": "to know what to wear today", "unit": "C"}},
				"thoughtSignature": "CiQB4/H/XgNlLzYfN9UaONwi+PaPjdmVSjIwFb3S+J2cl4mjydoKYwHj8f9enGz6"}]"""));
		assertThat(second.at("/contents/2/parts/0")).isEqualTo(GeminiServer.tree("""
				{"functionResponse": {"name": "getCurrentWeather", "response": {"output": "sunny"}}}"""));
	}

	@Test
	void partsOfServerSideToolsAreSentBackUnchangedAndNotRun() {
		String parts = """
				{"toolCall": {"id": "t1", "toolType": "GOOGLE_SEARCH_WEB", "args": {"q": "x"}}, "thoughtSignature": "c2ln"},
				{"toolResponse": {"id": "t1", "toolType": "GOOGLE_SEARCH_WEB", "response": {"hits": [1, 2.50]}}},
				{"executableCode": {"id": "c1", "language": "PYTHON", "code": "print(1)"}},
				{"codeExecutionResult": {"id": "c1", "outcome": "OUTCOME_OK", "output": "1\\n"}},
				{"holoCall": {"depth": 3}, "shade": null},
				{"text": "Let me look.", "thoughtSignature": "dGV4dA=="},
				{"functionCall": {"name": "mcp_lookup", "args": {"a": 1}}},
				{"functionResponse": {"name": "mcp_lookup", "response": {"result": "server"}}},
				{"functionCall": {"id": "f1", "name": "lookup", "args": {"a": 2}}, "thoughtSignature": "Y2FsbA=="},
				{}""";
		this.server.answerParts(parts).answerText("Done");
		List<Object> seen = new ArrayList<>();
		GeminiFunctionCallback function = GeminiFunctionCallback.of(FunctionDeclaration.of("lookup", "A test"),
				(call) -> {
					seen.add(call.args().get("a"));
					return 3;
				});
		assertThat(this.gemini.prompt("Go").functions(function).text()).isEqualTo("Done");
		this.server.takeJson();
		JsonNode second = this.server.takeJson();
		ArrayNode expected = (ArrayNode) GeminiServer.tree("[" + parts + "]");
		expected.remove(expected.size() - 1);
		assertThat(second.at("/contents/1/parts")).isEqualTo(expected);
		assertThat(seen).containsExactly(2);
		assertThat(second.at("/contents/2/parts")).isEqualTo(GeminiServer.tree("""
				[{"functionResponse": {"id": "f1", "name": "lookup", "response": {"output": 3}}}]"""));
	}

	@Test
	void laterRoundsKeepTheContentsOfEarlierOnes() {
		this.server.answerParts("""
				{"functionCall": {"name": "next", "args": {"n": 1}}, "thoughtSignature": "b25l"}""").answerParts("""
				{"functionCall": {"name": "next", "args": {"n": 2}}, "thoughtSignature": "dHdv"}""").answerText("Done");
		GeminiFunctionCallback function = GeminiFunctionCallback.of(FunctionDeclaration.of("next", "A test"),
				(call) -> call.args().get("n"));
		PromptResult turn = this.gemini.prompt("Go").functions(function).result();
		this.server.takeJson();
		JsonNode second = this.server.takeJson();
		JsonNode third = this.server.takeJson();
		assertThat(third.get("contents")).hasSize(5);
		for (int i = 0; i < 3; i++) {
			assertThat(third.at("/contents/" + i)).isEqualTo(second.at("/contents/" + i));
		}
		assertThat(third.at("/contents/3/parts/0/thoughtSignature").asString()).isEqualTo("dHdv");
		assertThat(third.at("/contents/4/parts/0/functionResponse/response/output").asInt()).isEqualTo(2);
		assertThat(turn.contents()).hasSize(6);
	}

	/**
	 * Return the parts of a recorded response, with consecutive texts joined.
	 */
	private static ArrayNode recordedParts(String name) {
		List<JsonNode> events = new ArrayList<>();
		if (name.endsWith(".sse")) {
			GeminiServer.recording(name)
				.lines()
				.filter((line) -> line.startsWith("data:"))
				.forEach((line) -> events.add(GeminiServer.tree(line.substring(5))));
		}
		else {
			events.add(GeminiServer.tree(GeminiServer.recording(name)));
		}
		ArrayNode parts = GeminiServer.MAPPER.createArrayNode();
		for (JsonNode event : events) {
			event.at("/candidates/0/content/parts").forEach((part) -> append(parts, part));
		}
		return parts;
	}

	private static void append(ArrayNode parts, JsonNode part) {
		JsonNode last = (parts.isEmpty()) ? null : parts.get(parts.size() - 1);
		if (last != null && isPlainText(last) && isPlainText(part)
				&& last.path("thought").equals(part.path("thought"))) {
			((ObjectNode) last).put("text", last.path("text").asString() + part.path("text").asString());
		}
		else {
			parts.add(part.deepCopy());
		}
	}

	private static boolean isPlainText(JsonNode part) {
		return part.has("text") && part.propertyStream()
			.allMatch((member) -> member.getKey().equals("text") || member.getKey().equals("thought"));
	}

}
