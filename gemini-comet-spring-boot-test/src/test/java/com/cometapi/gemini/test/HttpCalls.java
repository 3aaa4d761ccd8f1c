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

package com.cometapi.gemini.test;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import tools.jackson.databind.JsonNode;

/**
 * Sends plain HTTP requests to a simulator.
 */
final class HttpCalls {

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final GeminiSimulator simulator;

	HttpCalls(GeminiSimulator simulator) {
		this.simulator = simulator;
	}

	HttpResponse<String> generate(String model, String body) throws Exception {
		return post("/v1beta/models/" + model + ":generateContent", body);
	}

	HttpResponse<String> stream(String model, String body) throws Exception {
		return post("/v1beta/models/" + model + ":streamGenerateContent?alt=sse", body);
	}

	HttpResponse<String> post(String path, String body) throws Exception {
		return send(request(path).header("x-goog-api-key", this.simulator.getApiKey())
			.POST(HttpRequest.BodyPublishers.ofString(body)));
	}

	HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(this.simulator.getBaseUrl() + path))
			.timeout(Duration.ofSeconds(30))
			.header("Content-Type", "application/json");
	}

	HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return this.client.send(request.build(), BodyHandlers.ofString());
	}

	HttpClient client() {
		return this.client;
	}

	static JsonNode json(HttpResponse<String> response) {
		return Json.MAPPER.readTree(response.body());
	}

	static String prompt(String text) {
		return """
				{"contents":[{"role":"user","parts":[{"text":"%s"}]}]}""".formatted(text);
	}

}
