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

package com.cometapi.gemini.benchmarks.springai;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Endpoint for chat completions with prepared responses, whole or as a stream.
 */
final class OpenAiEndpoint {

	private final HttpServer server;

	private final Queue<Map<String, Object>> messages = new ConcurrentLinkedQueue<>();

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private OpenAiEndpoint(HttpServer server) {
		this.server = server;
	}

	static OpenAiEndpoint start() {
		try {
			OpenAiEndpoint endpoint = new OpenAiEndpoint(
					HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
			endpoint.server.createContext("/v1/chat/completions", endpoint::answer);
			endpoint.server.start();
			return endpoint;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String url() {
		return "http://localhost:%d/v1".formatted(this.server.getAddress().getPort());
	}

	void nextText(String text) {
		this.messages.add(Map.of("role", "assistant", "content", text));
	}

	void nextCall(String name, String args) {
		this.messages.add(Map.of("role", "assistant", "tool_calls", List.of(Map.of("index", 0, "id", "1", "type",
				"function", "function", Map.of("name", name, "arguments", args)))));
	}

	List<String> requests() {
		return this.requests;
	}

	void reset() {
		this.messages.clear();
		this.requests.clear();
	}

	void stop() {
		this.server.stop(0);
	}

	private void answer(HttpExchange exchange) throws IOException {
		String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		this.requests.add(request);
		boolean stream = JsonMapper.shared().readTree(request).path("stream").asBoolean(false);
		Map<String, Object> message = this.messages.remove();
		String finishReason = message.containsKey("tool_calls") ? "tool_calls" : "stop";
		String response = JsonMapper.shared()
			.writeValueAsString(Map.of("id", "1", "created", 1, "model", "gemini-3.5-flash", "object",
					stream ? "chat.completion.chunk" : "chat.completion", "choices",
					List.of(Map.of("index", 0, stream ? "delta" : "message", message, "finish_reason", finishReason))));
		exchange.getResponseHeaders().add("Content-Type", stream ? "text/event-stream" : "application/json");
		exchange.sendResponseHeaders(200, 0);
		try (OutputStream body = exchange.getResponseBody()) {
			body.write((stream ? "data: " + response + "\n\ndata: [DONE]\n\n" : response)
				.getBytes(StandardCharsets.UTF_8));
		}
	}

}
