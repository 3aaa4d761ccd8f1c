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

package com.cometapi.gemini.client;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.cometapi.gemini.api.GenerateContentResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that no buffer of a response is discarded. Spring WebFlux subscribes to the
 * return value of a handler with a hook that releases discarded buffers: a second release
 * would free memory that is in use again by then.
 */
class DiscardedBuffersTests {

	private static final String RESPONSE = "{\"candidates\":[{\"finishReason\":\"STOP\"}]}";

	private final List<DataBuffer> discarded = new CopyOnWriteArrayList<>();

	@ParameterizedTest
	@CsvSource({ "200 OK,1", "429 Too Many Requests,0", "404 Not Found,0" })
	void callDiscardsNothing(String status, int responses) throws Exception {
		try (WireServer server = WireServer.start((connection) -> connection.respond(status, "application/json",
				RESPONSE.getBytes(StandardCharsets.UTF_8)))) {
			verify(client(server).generateContent("gemini-3.5-flash", ServedBody.REQUEST, GeminiCallOptions.DEFAULTS)
				.flux(), responses);
		}
	}

	@Test
	void streamDiscardsNothing() throws Exception {
		try (WireServer server = WireServer.start((connection) -> connection.respond("200 OK", "text/event-stream",
				("data: " + RESPONSE + "\n\n").getBytes(StandardCharsets.UTF_8)))) {
			verify(client(server).streamGenerateContent("gemini-3.5-flash", ServedBody.REQUEST,
					GeminiCallOptions.DEFAULTS), 1);
		}
	}

	private void verify(Flux<GenerateContentResponse> responses, int count) {
		StepVerifier.create(responses.onErrorComplete().doOnDiscard(DataBuffer.class, this.discarded::add))
			.expectNextCount(count)
			.verifyComplete();
		assertThat(this.discarded).isEmpty();
	}

	private static GeminiClient client(WireServer server) {
		return GeminiClient.create(WebClient.builder(), GeminiJsonMapper.builder().build(),
				GeminiClientSettings.builder("sk-test").baseUrl(server.url()).retry(GeminiRetrySettings.NONE).build());
	}

}
