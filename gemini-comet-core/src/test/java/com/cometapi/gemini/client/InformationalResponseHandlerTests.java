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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.error.GeminiConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link InformationalResponseHandler}.
 */
class InformationalResponseHandlerTests {

	private static final String MODEL = "gemini-3.5-flash";

	private static final String RESPONSE = """
			{"candidates":[{"content":{"role":"model","parts":[{"text":"Hello"}]},"finishReason":"STOP"}]}""";

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final GenerateContentRequest REQUEST = GenerateContentRequest.builder()
		.contents(Content.user("Hi"))
		.build();

	@ParameterizedTest
	@ValueSource(strings = { "100 Continue", "102 Processing", "103 Early Hints", "104 Upload Resumption Supported",
			"199 Unknown" })
	void responseMayFollowInformationalOnes(String status) throws IOException {
		assertResponse(status, "application/json", RESPONSE,
				(client) -> client.generateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS));
		assertResponse(status, "text/event-stream", "data: " + RESPONSE + "\n\n",
				(client) -> client.streamGenerateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS));
	}

	@Test
	void connectionThatClosesAfterInformationalResponsesIsAFailure() throws IOException {
		ConnectionProvider pool = ConnectionProvider.create("informational", 1);
		try (WireServer server = WireServer.start((connection) -> connection.head("103 Early Hints").cut())) {
			assertThatExceptionOfType(GeminiConnectionException.class)
				.isThrownBy(() -> client(server, pool).generateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS)
					.block(PATIENCE));
		}
		finally {
			pool.dispose();
		}
	}

	private static void assertResponse(String status, String contentType, String body,
			Function<GeminiClient, Publisher<GenerateContentResponse>> call) throws IOException {
		ConnectionProvider pool = ConnectionProvider.create("informational", 1);
		try (WireServer server = WireServer
			.start((connection) -> connection.head(status, "Link: </style.css>; rel=preload")
				.head(status)
				.respond("200 OK", contentType, body.getBytes(StandardCharsets.UTF_8)))) {
			GeminiClient client = client(server, pool);
			for (int i = 0; i < 2; i++) {
				assertThat(Flux.from(call.apply(client)).blockLast(PATIENCE).text()).isEqualTo("Hello");
			}
			assertThat(server.connectionCount()).isEqualTo(1);
		}
		finally {
			pool.dispose();
		}
	}

	private static GeminiClient client(WireServer server, ConnectionProvider pool) {
		return GeminiClient.create(
				WebClient.builder().clientConnector(new ReactorClientHttpConnector(HttpClient.create(pool))),
				GeminiJsonMapper.builder().build(),
				GeminiClientSettings.builder("sk-test").baseUrl(server.url()).retry(GeminiRetrySettings.NONE).build());
	}

}
