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

import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.netty.http.HttpResources;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link GeminiSimulator}.
 */
class GeminiSimulatorTests {

	private final GeminiSimulator simulator = GeminiSimulator.builder().pace(Duration.ZERO).start();

	private final HttpCalls calls = new HttpCalls(this.simulator);

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void whenKeyIsAcceptedThenResponseSaysThatItIsSimulated() throws Exception {
		HttpResponse<String> response = this.calls.generate("gemini-3.5-flash", HttpCalls.prompt("What is 2+2?"));

		JsonNode body = HttpCalls.json(response);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(body.at("/candidates/0/content/parts/0/text").asString()).contains("simulated", "What is 2+2?");
		assertThat(body.at("/candidates/0/finishReason").asString()).isEqualTo("STOP");
		assertThat(body.at("/candidates/0").has("index")).isFalse();
		assertThat(body.at("/usageMetadata/trafficType").asString()).isEqualTo("ON_DEMAND");
		assertThat(body.at("/usageMetadata/thoughtsTokenCount").asInt()).isPositive();
		assertThat(body.path("createTime").asString()).endsWith("Z");
	}

	@Test
	void whenStreamIsRequestedThenTheLastEventHasTheCounts() throws Exception {
		HttpResponse<String> response = this.calls.stream("gemini-3.5-flash", HttpCalls.prompt("Hello"));

		assertThat(response.headers().firstValue("content-type")).hasValue("text/event-stream");
		String[] events = response.body().split("\n\n");
		assertThat(events).hasSizeGreaterThan(10).allMatch((event) -> event.startsWith("data: {"));
		assertThat(events[0]).contains("\"usageMetadata\":{\"trafficType\":\"ON_DEMAND\"}")
			.doesNotContain("finishReason");
		assertThat(events[events.length - 1]).contains("\"finishReason\":\"STOP\"", "\"totalTokenCount\"");
	}

	@Test
	void whenPictureIsLargeThenItIsRead() throws Exception {
		String data = "AAAA".repeat(7 * 1024 * 1024);

		HttpResponse<String> response = this.calls.generate("gemini-3.5-flash", """
				{"contents":[{"role":"user","parts":[{"inlineData":{"mimeType":"image/png","data":"%s"}}]}]}"""
			.formatted(data));

		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).contains("`image/png`, 22020096 bytes");
	}

	@Test
	void whenModelsAreListedThenTheFormFollowsTheRouteAndTheKey() throws Exception {
		HttpResponse<String> bearer = this.calls
			.send(this.calls.request("/v1/models").header("Authorization", "Bearer " + GeminiSimulator.API_KEY));
		HttpResponse<String> googleKey = this.calls
			.send(this.calls.request("/v1/models").header("x-goog-api-key", GeminiSimulator.API_KEY));
		HttpResponse<String> nativeList = this.calls
			.send(this.calls.request("/v1beta/models").header("x-goog-api-key", GeminiSimulator.API_KEY));
		HttpResponse<String> noKey = this.calls.send(this.calls.request("/v1/models"));

		assertThat(HttpCalls.json(bearer).at("/data/0/id").asString()).startsWith("gemini-");
		assertThat(googleKey.statusCode()).isEqualTo(200);
		assertThat(googleKey.body()).contains("The model '' does not exist");
		assertThat(HttpCalls.json(nativeList).at("/models/0/name").asString()).startsWith("gemini-");
		assertThat(noKey.statusCode()).isEqualTo(401);
	}

	@Test
	void responsesOfTheGatewayHaveARequestId() throws Exception {
		HttpResponse<String> response = this.calls.generate("gemini-3.5-flash", HttpCalls.prompt("Hello"));
		HttpResponse<String> stream = this.calls.stream("gemini-3.5-flash", HttpCalls.prompt("Hello"));

		assertThat(response.headers().firstValue("x-oneapi-request-id")).isPresent();
		assertThat(stream.headers().firstValue("x-oneapi-request-id")).isPresent();
	}

	@Test
	void simulatorDoesNotDependOnTheSharedEventLoops() throws Exception {
		this.simulator.next().text("Hello").stallAfterEvents(1);
		HttpResponse<InputStream> stream = this.calls.client()
			.send(this.calls.request("/v1beta/models/gemini-3.5-flash:streamGenerateContent?alt=sse")
				.header("x-goog-api-key", this.simulator.getApiKey())
				.POST(HttpRequest.BodyPublishers.ofString(HttpCalls.prompt("Hi")))
				.build(), BodyHandlers.ofInputStream());
		assertThat(stream.body().read()).isEqualTo('d');

		HttpResources.disposeLoopsAndConnectionsLater(Duration.ZERO, Duration.ofSeconds(30)).block();

		assertThat(this.calls.generate("gemini-3.5-flash", HttpCalls.prompt("Hi")).statusCode()).isEqualTo(200);
		assertThat(this.simulator.openStreams()).isEqualTo(1);
		this.simulator.close();
		assertThatIOException().isThrownBy(() -> stream.body().readAllBytes());
	}

}
