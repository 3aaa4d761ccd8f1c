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
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RequestHeaders} through a client whose builder has the same headers.
 */
class RequestHeadersTests extends AbstractGeminiClientTests {

	@ParameterizedTest
	@EnumSource
	void headersOfAStreamReplaceThoseOfTheApplication(GeminiAuth auth) throws InterruptedException {
		start((connection) -> connection.eventStream().chunk(LO).end());
		stream(clientWithHeaders(auth)).blockLast();
		assertHeaders(auth, "text/event-stream");
	}

	@ParameterizedTest
	@EnumSource
	void headersOfACallReplaceThoseOfTheApplication(GeminiAuth auth) throws InterruptedException {
		start((connection) -> connection.respond("200 OK", "application/json", Wire.bytes("typical.response.json")));
		clientWithHeaders(auth).generateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS).block();
		assertHeaders(auth, "application/json");
	}

	@ParameterizedTest
	@EnumSource
	void headersOfEachPageOfModelsReplaceThoseOfTheApplication(GeminiAuth auth) throws InterruptedException {
		AtomicInteger pages = new AtomicInteger();
		start((connection) -> connection.respond("200 OK", "application/json",
				((pages.incrementAndGet() == 1) ? "{\"models\":[],\"nextPageToken\":\"two\"}" : "{\"models\":[]}")
					.getBytes(StandardCharsets.UTF_8)));
		clientWithHeaders(auth).models(GeminiCallOptions.DEFAULTS).block();
		assertHeaders(auth, "application/json");
		assertHeaders(auth, "application/json");
	}

	@ParameterizedTest
	@EnumSource
	void headersOfTheCallReplaceTheKey(GeminiAuth auth) throws InterruptedException {
		start((connection) -> connection.eventStream().chunk(LO).end());
		GeminiCallOptions options = GeminiCallOptions.builder()
			.apiKey("sk-of-the-tenant")
			.header("Accept", "*/*")
			.build();
		clientWithHeaders(auth).streamGenerateContent(MODEL, REQUEST, options).blockLast();
		assertThat(this.server.takeRequest().head()).containsIgnoringCase(keyHeader(auth, "sk-of-the-tenant"))
			.containsIgnoringCase("accept: */*\r\n")
			.doesNotContain(KEY, "text/event-stream");
	}

	private GeminiClient clientWithHeaders(GeminiAuth auth) {
		String name = (auth == GeminiAuth.BEARER) ? "Authorization" : "X-Goog-Api-Key";
		WebClient.Builder builder = WebClient.builder()
			.defaultHeader(name, "by-default")
			.defaultHeader("Accept", "text/by-default")
			.defaultRequest((request) -> request.header(name, "by-request").header("Accept", "text/by-request"))
			.clientConnector(new ReactorClientHttpConnector());
		return GeminiClient.create(builder, GeminiJsonMapper.builder().build(),
				GeminiClientSettings.builder(KEY).baseUrl(this.server.url()).auth(auth).modelsAuth(auth).build());
	}

	private void assertHeaders(GeminiAuth auth, String accept) throws InterruptedException {
		assertThat(this.server.takeRequest().head()).containsIgnoringCase(keyHeader(auth, KEY))
			.containsIgnoringCase("accept: " + accept + "\r\n")
			.doesNotContain("by-default", "by-request");
	}

	private static String keyHeader(GeminiAuth auth, String key) {
		return ((auth == GeminiAuth.BEARER) ? "authorization: Bearer " : "x-goog-api-key: ") + key + "\r\n";
	}

}
