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
import java.util.stream.Stream;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.chat.GeminiChat;
import com.cometapi.gemini.chat.GeminiConversation;
import com.cometapi.gemini.function.GeminiFunctionCallback;
import com.cometapi.gemini.prompt.PromptResult;
import com.cometapi.gemini.prompt.PromptSpec;
import com.cometapi.gemini.testsupport.GeminiServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that unusual contents are sent back unchanged: after a call, after a stream, from
 * a conversation and from one that was exported.
 */
class OddRoundsTests extends AbstractRoundsTests {

	private static final JsonMapper mapper = JsonMapper.builder().build();

	static Stream<String> contents() {
		String lookup = "{\"functionCall\": {\"name\": \"lookup\", \"args\": {\"n\": %d}}}";
		return Stream.of(content(lookup.formatted(1) + ", {\"text\": \"I look.\", \"thoughtSignature\": \"dGV4dA==\"}"),
				content(lookup.formatted(1) + ", {\"text\": \"\", \"thoughtSignature\": \"ZW1wdHk=\"}"),
				content("{\"text\": \"\", \"thoughtSignature\": \"a\"}, {\"text\": \"\", \"thoughtSignature\": \"b\"}, "
						+ lookup.formatted(1)),
				content(lookup.formatted(1) + ", {\"text\": \"\"}"),
				content("{\"functionCall\": {\"name\": \"lookup\", \"args\": {\"n\": 1}, \"urgency\": {\"level\": [1, null]}},"
						+ " \"thoughtSignature\": \"c2ln\", \"origin\": null}"),
				content("{\"holoCall\": {\"name\": \"lookup\", \"args\": {\"deep\": [{\"er\": 1.50}]}}}, "
						+ lookup.formatted(1) + ", {\"holoResult\": []}, {}"),
				content(lookup.formatted(1) + ", " + lookup.formatted(1) + ", " + lookup.formatted(2)),
				content("{\"functionCall\": {\"id\": \"same\", \"name\": \"lookup\"}}, "
						+ "{\"functionCall\": {\"id\": \"same\", \"name\": \"other\", \"args\": {}}}"),
				content("""
						{"executableCode": {"language": "PYTHON", "code": "print(1)"}, "thoughtSignature": "Y29kZQ=="},
						{"codeExecutionResult": {"outcome": "OUTCOME_OK", "output": "1\\n"}}, """ + lookup.formatted(1)
						+ ", {\"executableCode\": {\"language\": \"RUST\", \"code\": \"\"}}"),
				content("{\"text\": \"Hm\", \"thought\": true}, " + lookup.formatted(1)
						+ ", {\"text\": \"Hm, hm\", \"thought\": true, \"thoughtSignature\": \"dGg=\"}, "
						+ lookup.formatted(2) + ", {\"text\": \"So\"}"),
				content("""
						{"functionCall": {"name": "lookup", "args": {"none": null, "list": [null, {}, []], "": "",
						"big": 123456789012345678901234567890, "exact": 1.10,
						"text": "\\u0000\\ud83d\\ude00\\u2028"}}}"""),
				content("{\"functionCall\": {\"name\": \"invented\", \"args\": {\"n\": 1}}}, " + lookup.formatted(1)),
				content("{\"functionCall\": {\"args\": {\"n\": 1}}}, " + lookup.formatted(1)),
				content("{\"functionCall\": {\"name\": \"mcp\"}}, {\"functionResponse\": {\"name\": \"mcp\","
						+ " \"response\": {\"r\": 1}, \"extra\": true}}, " + lookup.formatted(1)),
				content("{\"functionCall\": {\"id\": \"m1\", \"name\": \"mcp\"}}, "
						+ "{\"functionCall\": {\"id\": \"c1\", \"name\": \"lookup\"}}, "
						+ "{\"functionResponse\": {\"id\": \"m1\", \"name\": \"mcp\", \"response\": {}}}"),
				content("{\"inlineData\": {\"mimeType\": \"image/png\", \"data\": \"AQI=\", \"dpi\": 96},"
						+ " \"thoughtSignature\": \"aW1n\", \"mediaResolution\": {\"level\": \"X\"}}, "
						+ lookup.formatted(1)),
				"{\"role\": \"model\", \"turnId\": \"t-1\", \"seal\": {\"a\": null}, \"parts\": [" + lookup.formatted(1)
						+ "]}");
	}

	private static String content(String parts) {
		return "{\"role\": \"model\", \"parts\": [" + parts + "]}";
	}

	@ParameterizedTest
	@MethodSource("contents")
	void contentOfACallIsSentBackUnchanged(String content) {
		this.server.answer(candidate(content, "STOP")).answerText("Done");
		PromptResult turn = prompt().result();
		assertSentBackUnchanged(content, turn.contents());
	}

	@ParameterizedTest
	@MethodSource("contents")
	void contentWithoutAFinishReasonIsSentBackUnchanged(String content) {
		this.server.answer(candidate(content, null)).answerText("Done");
		assertSentBackUnchanged(content, prompt().result().contents());
	}

	@ParameterizedTest
	@MethodSource("contents")
	void contentOfAStreamIsSentBackUnchanged(String content) {
		this.server.answerEvents(events(content)).answerTextEvents("Done");
		PromptResult turn = StreamedTurn.of(Content.user("Go"), prompt().stream().collectList().block());
		assertSentBackUnchanged(content, turn.contents());
	}

	@ParameterizedTest
	@MethodSource("contents")
	void contentOfAConversationIsSentBackUnchanged(String content) {
		this.server.answerEvents(events(content)).answerTextEvents("Done").answerText("On");
		GeminiChat chat = GeminiChat.builder(this.gemini).prompts(OddRoundsTests::addFunctions).build();
		chat.prompt("Go").stream().blockLast();
		GeminiConversation exported = GeminiConversation.fromJson(chat.conversation().toJson());
		assertSentBackUnchanged(content, exported.contents());
		GeminiChat.builder(this.gemini).conversation(exported).build().prompt("On").call();
		JsonNode contents = body().get("contents");
		assertThat(contents).hasSize(5);
		assertThat(contents.get(1)).isEqualTo(withoutEmptyParts(content));
	}

	private PromptSpec prompt() {
		PromptSpec prompt = this.gemini.prompt("Go");
		addFunctions(prompt);
		return prompt;
	}

	private static void addFunctions(PromptSpec prompt) {
		for (String name : List.of("lookup", "other")) {
			prompt.functions(GeminiFunctionCallback.of(FunctionDeclaration.of(name, "A test"),
					(call) -> Map.of("seen", call.args())));
		}
	}

	private void assertSentBackUnchanged(String content, List<Content> turn) {
		JsonNode first = body();
		JsonNode second = body();
		assertThat(second.get("contents")).hasSize(3);
		assertThat(second.at("/contents/0")).isEqualTo(first.at("/contents/0"));
		assertThat(second.at("/contents/1")).isEqualTo(withoutEmptyParts(content));
		assertThat(second.at("/contents/2")).isEqualTo(results(content));
		JsonNode contents = mapper.readTree(GeminiServer.MAPPER.writeValueAsString(turn));
		contents.forEach((each) -> ((ArrayNode) each.get("parts")).removeIf(JsonNode::isEmpty));
		assertThat(contents).hasSize(4);
		for (int i = 0; i < 3; i++) {
			assertThat(contents.get(i)).isEqualTo(second.get("contents").get(i));
		}
	}

	private JsonNode body() {
		return mapper.readTree(this.server.takeBody());
	}

	private static String candidate(String content, String finishReason) {
		return "{\"candidates\": [{\"content\": " + content + ", \"oddity\": {\"a\": 1}"
				+ ((finishReason != null) ? ", \"finishReason\": \"" + finishReason + "\"" : "") + "}]}";
	}

	// One event per part; the first one also has the other members of the content.
	private static String[] events(String content) {
		ObjectNode whole = (ObjectNode) mapper.readTree(content);
		ArrayNode parts = (ArrayNode) whole.remove("parts");
		List<String> events = new ArrayList<>();
		for (JsonNode part : parts) {
			whole.putArray("parts").add(part);
			events.add(candidate(whole.toString(), null));
			whole = mapper.createObjectNode().put("role", "model");
		}
		events.add("{\"candidates\": [{\"content\": {\"role\": \"model\"}, \"finishReason\": \"STOP\"}]}");
		return events.toArray(String[]::new);
	}

	private static JsonNode withoutEmptyParts(String content) {
		JsonNode tree = mapper.readTree(content);
		((ArrayNode) tree.get("parts")).removeIf(JsonNode::isEmpty);
		return tree;
	}

	private static JsonNode results(String content) {
		ObjectNode results = mapper.createObjectNode().put("role", "user");
		ArrayNode parts = results.putArray("parts");
		for (JsonNode part : mapper.readTree(content).get("parts")) {
			JsonNode call = part.path("functionCall");
			String name = call.path("name").asString("");
			if (!part.has("functionCall") || name.equals("mcp")) {
				continue;
			}
			ObjectNode result = parts.addObject().putObject("functionResponse");
			List.of("id", "name").forEach((member) -> {
				if (call.has(member)) {
					result.set(member, call.get(member));
				}
			});
			ObjectNode response = result.putObject("response");
			if (name.equals("lookup") || name.equals("other")) {
				response.set("seen", (call.has("args")) ? call.get("args") : mapper.createObjectNode());
			}
			else {
				response.put("error",
						"There is no function with this name. The available functions are: lookup, other");
			}
		}
		return results;
	}

}
