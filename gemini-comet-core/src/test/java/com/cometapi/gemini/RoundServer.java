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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiClientSettings;
import com.cometapi.gemini.client.GeminiJsonMapper;
import com.cometapi.gemini.client.GeminiRetrySettings;
import com.cometapi.gemini.prompt.GeminiDefaults;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * A real server that answers the rounds of a prompt one after the other, and what was
 * sent to it.
 */
public final class RoundServer {

	public static final JsonMapper mapper = GeminiJsonMapper.builder().build();

	private final MockWebServer server;

	public RoundServer(MockWebServer server) {
		this.server = server;
	}

	public GeminiTemplate template() {
		return template(GeminiClientSettings.builder("sk-rounds"));
	}

	public GeminiTemplate template(GeminiClientSettings.Builder settings) {
		return new GeminiTemplate(
				GeminiClient.create(WebClient.builder(), mapper,
						settings.retry(GeminiRetrySettings.NONE).baseUrl(this.server.url("/").uri()).build()),
				GeminiDefaults.of("gemini-3.5-flash"));
	}

	public RoundServer answerFile(String name) {
		return answer(read(name), name.endsWith(".sse"));
	}

	public RoundServer answerJson(String json) {
		return answer(json, false);
	}

	public RoundServer answerEvents(String... events) {
		return answer("data: " + String.join("\n\ndata: ", events) + "\n\n", true);
	}

	public RoundServer answerParts(String parts) {
		return answerJson(response(parts, "STOP"));
	}

	public RoundServer answerText(String text) {
		return answerParts("{\"text\": \"" + text + "\"}");
	}

	public static String response(String parts, String finishReason) {
		return "{\"candidates\": [{\"content\": {\"role\": \"model\", \"parts\": [" + parts + "]}"
				+ ((finishReason != null) ? ", \"finishReason\": \"" + finishReason + "\"" : "") + "}]}";
	}

	private RoundServer answer(String body, boolean stream) {
		this.server.enqueue(new MockResponse.Builder()
			.setHeader("Content-Type", (stream) ? "text/event-stream" : "application/json")
			.body(body)
			.build());
		return this;
	}

	int requestCount() {
		return this.server.getRequestCount();
	}

	public JsonNode takeBody() {
		return mapper.readTree(takeText());
	}

	public String takeText() {
		try {
			RecordedRequest request = this.server.takeRequest(5, TimeUnit.SECONDS);
			return request.getBody().utf8();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public static String read(String name) {
		try (InputStream in = RoundServer.class.getResourceAsStream("/wire/" + name)) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public static JsonNode tree(String json) {
		return mapper.readTree(json);
	}

	/**
	 * The parts of a recorded answer, with the pieces of a text put together.
	 */
	public static ArrayNode recordedParts(String name) {
		List<JsonNode> events = new ArrayList<>();
		if (name.endsWith(".sse")) {
			read(name).lines()
				.filter((line) -> line.startsWith("data:"))
				.forEach((line) -> events.add(tree(line.substring(5))));
		}
		else {
			events.add(tree(read(name)));
		}
		ArrayNode parts = mapper.createArrayNode();
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
