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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiInvalidRequestException;
import com.cometapi.gemini.error.GeminiModelNotFoundException;
import com.cometapi.gemini.error.GeminiProtocolException;
import com.cometapi.gemini.error.GeminiServerException;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link GeminiClient} against a server that writes every byte itself.
 */
class GeminiClientTests extends AbstractGeminiClientTests {

	@Test
	void callSendsTheMessageAndReadsTheResponse() throws InterruptedException {
		start((connection) -> connection.respond("200 OK", "application/json", Wire.bytes("typical.response.json")));
		GenerateContentResponse response = client().generateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS).block();
		assertThat(response.text()).isEqualTo("Hello");
		assertThat(response.usageMetadata().thoughtsTokenCount()).isEqualTo(24);
		WireServer.Request request = this.server.takeRequest();
		assertThat(request.head()).startsWith("POST /v1beta/models/gemini-3.5-flash:generateContent HTTP/1.1\r\n");
		assertThat(request.head().toLowerCase()).contains("x-goog-api-key: " + KEY + "\r\n")
			.contains("content-type: application/json\r\n")
			.contains("content-length: ")
			.doesNotContain("authorization");
		assertThat(request.body()).isEqualTo("{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}]}");
	}

	@Test
	void streamAsksForEventsAndReadsThem() throws InterruptedException {
		start((connection) -> connection.eventStream().chunk(HEL).chunk(LO).end());
		StepVerifier.create(stream(client()).map(GenerateContentResponse::text))
			.expectNext("Hel", "lo")
			.verifyComplete();
		assertThat(this.server.takeRequest().head())
			.startsWith("POST /v1beta/models/gemini-3.5-flash:streamGenerateContent?alt=sse HTTP/1.1\r\n");
	}

	@Test
	void bearerKeyIsSentInsteadOfTheGoogleHeader() throws InterruptedException {
		start((connection) -> connection.eventStream().chunk(LO).end());
		stream(client((settings) -> settings.auth(GeminiAuth.BEARER))).blockLast();
		assertThat(this.server.takeRequest().head().toLowerCase()).contains("authorization: bearer " + KEY)
			.doesNotContain("x-goog-api-key");
	}

	@Test
	void callMayUseAnotherKeyAndMoreHeaders() throws InterruptedException {
		start((connection) -> connection.respond("200 OK", "application/json", Wire.bytes("typical.response.json")));
		GeminiCallOptions options = GeminiCallOptions.builder().apiKey("sk-tenant").header("X-Tenant", "blue").build();
		client().generateContent(MODEL, REQUEST, options).block();
		assertThat(this.server.takeRequest().head().toLowerCase()).contains("x-goog-api-key: sk-tenant\r\n")
			.contains("x-tenant: blue\r\n");
	}

	@Test
	void baseUrlMayHaveAPath() throws InterruptedException {
		start((connection) -> connection.respond("200 OK", "application/json", Wire.bytes("typical.response.json")));
		client((settings) -> settings.baseUrl(this.server.url().resolve("/gateway/")))
			.generateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS)
			.block();
		assertThat(this.server.takeRequest().head()).startsWith("POST /gateway/v1beta/models/");
	}

	@Test
	void compressedEventsAreEmittedAsTheyArrive() throws Exception {
		CountDownLatch firstEventRead = new CountDownLatch(1);
		start((connection) -> {
			connection.head("200 OK", "Content-Type: text/event-stream", "Content-Encoding: gzip",
					"Transfer-Encoding: chunked");
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			try (GZIPOutputStream gzip = new GZIPOutputStream(bytes, true)) {
				gzip.write(HEL.getBytes(StandardCharsets.UTF_8));
				gzip.flush();
				connection.chunk(bytes.toByteArray());
				assertThat(firstEventRead.await(30, TimeUnit.SECONDS)).isTrue();
				bytes.reset();
				gzip.write(LO.getBytes(StandardCharsets.UTF_8));
			}
			catch (IOException | InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			connection.chunk(bytes.toByteArray()).end();
		});
		StepVerifier.create(stream(client()).doOnNext((event) -> firstEventRead.countDown()))
			.expectNextCount(2)
			.verifyComplete();
	}

	@Test
	void everyRecordedResponseIsRead() throws Exception {
		List<String> names;
		try (var files = java.nio.file.Files.list(java.nio.file.Path.of(getClass().getResource("/wire").toURI()))) {
			names = files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.endsWith(".response.json") && !name.startsWith("cometapi-"))
				.sorted()
				.toList();
		}
		AtomicInteger next = new AtomicInteger();
		start((connection) -> connection.respond("200 OK", "application/json; charset=UTF-8",
				Wire.bytes(names.get(next.getAndIncrement()))));
		GeminiClient client = client();
		assertThat(names).hasSizeGreaterThan(40)
			.allSatisfy((name) -> assertThat(client.generateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS).block())
				.isNotNull());
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', nullValues = "-", textBlock = """
			-;                                                                     GeminiProtocolException
			<!DOCTYPE html><html>Sign in</html>;                                   GeminiProtocolException
			[{"candidates":[]}];                                                   GeminiProtocolException
			{"candidates":[{"content":;                                            GeminiProtocolException
			null;                                                                  GeminiProtocolException
			"text";                                                                GeminiProtocolException
			{"this":{"is":"something else"}};                                      GeminiProtocolException
			{"error":{"code":503,"message":"busy","status":"UNAVAILABLE"}};        GeminiServerException
			[{"error":{"code":429,"message":"x","status":"RESOURCE_EXHAUSTED"}}];  GeminiRateLimitException
			{"error":{"message":"x","type":"comet_api_error","code":"model_not_found"}}; GeminiModelNotFoundException
			""")
	void bodyThatIsNotAResponseIsAnException(String body, String exception) {
		start((connection) -> connection.respond("200 OK", "application/json",
				((body != null) ? body : "").getBytes(StandardCharsets.UTF_8)));
		assertThatExceptionOfType(GeminiException.class)
			.isThrownBy(() -> client().generateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS).block())
			.satisfies((ex) -> assertThat(ex.getClass().getSimpleName()).isEqualTo(exception));
	}

	@Test
	void errorStatusOfAStreamIsTranslated() {
		start((connection) -> connection.respond("404 Not Found", "text/event-stream",
				Wire.bytes("google-404-model-not-found-stream.error.json")));
		StepVerifier.create(stream(client())).expectError(GeminiModelNotFoundException.class).verify();
	}

	@Test
	void errorWithAnEndlessBodyIsStillAnError() throws InterruptedException {
		start((connection) -> {
			connection.head("502 Bad Gateway", "Content-Type: text/html", "Transfer-Encoding: chunked");
			try {
				while (true) {
					connection.chunk("<p>".repeat(4096));
				}
			}
			catch (UncheckedIOException ex) {
				// The client has hung up.
			}
		});
		StepVerifier.create(stream(client())).expectError(GeminiServerException.class).verify();
		assertThat(this.server.awaitClientGone(30_000)).isTrue();
	}

	@Test
	void errorWithABrokenBodyIsStillAnError() {
		start((connection) -> connection.head("503 Service Unavailable", "Content-Length: 1000").write("{\"err").cut());
		StepVerifier.create(client().generateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS))
			.expectError(GeminiServerException.class)
			.verify();
	}

	@Test
	void redirectIsNotFollowed() throws InterruptedException {
		start((connection) -> connection.head("307 Temporary Redirect", "Location: " + this.server.url() + "/elsewhere",
				"Content-Length: 0"));
		StepVerifier.create(stream(client())).expectError(GeminiProtocolException.class).verify();
		assertThat(this.server.takeRequest().head()).contains("/v1beta/models/");
		assertThat(this.server.hasRequest()).isFalse();
	}

	@Test
	void secretsInHeadersOfCustomizersDoNotShow() {
		start((connection) -> connection.respond("400 Bad Request", "application/json", """
				{"error":{"message":"refused: tok-gateway, tok-filter and tok-netty","code":"invalid_request"}}"""
			.getBytes(StandardCharsets.UTF_8)));
		WebClient.Builder builder = WebClient.builder()
			.defaultHeader("X-Gateway", "tok-gateway")
			.filter((request, next) -> next
				.exchange(ClientRequest.from(request).header("X-Filter", "tok-filter").build()))
			.clientConnector(new ReactorClientHttpConnector(
					HttpClient.create().headers((headers) -> headers.set("X-Netty", "tok-netty"))));
		GeminiClient client = GeminiClient.create(builder, GeminiJsonMapper.builder().build(),
				GeminiClientSettings.builder(KEY).baseUrl(this.server.url()).retry(GeminiRetrySettings.NONE).build());
		for (Flux<GenerateContentResponse> call : List.of(stream(client),
				client.generateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS).flux())) {
			assertThatExceptionOfType(GeminiInvalidRequestException.class).isThrownBy(call::blockLast)
				.withMessageContaining("refused: ***, *** and ***")
				.satisfies((ex) -> assertThat(ex.getError().toString()).doesNotContain("tok-"));
		}
	}

	@Test
	void requestThatCannotBeWrittenIsRefused() {
		start((connection) -> {
		});
		GenerateContentRequest request = REQUEST.toBuilder().additional(Map.of("x", new Broken())).build();
		StepVerifier.create(client().generateContent(MODEL, request, GeminiCallOptions.DEFAULTS))
			.expectError(GeminiInvalidRequestException.class)
			.verify();
	}

	static class Broken {

		@JsonProperty
		String value() {
			throw new IllegalStateException("no value");
		}

	}

}
