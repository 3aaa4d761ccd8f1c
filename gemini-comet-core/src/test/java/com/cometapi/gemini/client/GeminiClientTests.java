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
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Model;
import com.cometapi.gemini.error.GeminiConnectionException;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiInvalidRequestException;
import com.cometapi.gemini.error.GeminiModelNotFoundException;
import com.cometapi.gemini.error.GeminiProtocolException;
import com.cometapi.gemini.error.GeminiResponseTooLargeException;
import com.cometapi.gemini.error.GeminiServerException;
import com.cometapi.gemini.error.GeminiTimeLimit;
import com.cometapi.gemini.error.GeminiTimeoutException;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link GeminiClient} against a server that writes every byte itself.
 */
class GeminiClientTests {

	private static final String KEY = "sk-secret-0123456789";

	private static final String MODEL = "gemini-3.5-flash";

	private static final GenerateContentRequest REQUEST = GenerateContentRequest.builder()
		.contents(Content.user("Hi"))
		.build();

	private static final String HEL = """
			data: {"candidates":[{"content":{"role":"model","parts":[{"text":"Hel"}]}}]}

			""";

	private static final String LO = """
			data: {"candidates":[{"content":{"role":"model","parts":[{"text":"lo"}]},"finishReason":"STOP"}]}

			""";

	private WireServer server;

	@AfterEach
	void closeServer() throws IOException {
		if (this.server != null) {
			this.server.close();
		}
	}

	@Test
	void callSendsTheMessageAndReadsTheAnswer() throws InterruptedException {
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
	void bearerKeyReplacesTheOtherHeader() throws InterruptedException {
		start((connection) -> connection.eventStream().chunk(LO).end());
		stream(client((settings) -> settings.auth(GeminiAuth.BEARER))).blockLast();
		assertThat(this.server.takeRequest().head().toLowerCase()).contains("authorization: bearer " + KEY)
			.doesNotContain("x-goog-api-key");
	}

	@Test
	void oneCallMayUseAnotherKeyAndMoreHeaders() throws InterruptedException {
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
	void compressedEventsAreHandedOverAsTheyArrive() throws Exception {
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
	void everyRecordedAnswerIsRead() throws Exception {
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
	void whatIsNoAnswerIsAnException(String body, String exception) {
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
	void cancelBeforeTheAnswerClosesTheConnection() throws InterruptedException {
		start((connection) -> {
		});
		Disposable call = client().generateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS).subscribe();
		this.server.takeRequest();
		call.dispose();
		assertThat(this.server.awaitClientGone(30_000)).isTrue();
	}

	@Test
	void cancelInTheMiddleOfAnAnswerClosesTheConnection() throws InterruptedException {
		CountDownLatch sent = new CountDownLatch(1);
		start((connection) -> {
			connection.head("200 OK", "Content-Type: application/json", "Content-Length: 1000")
				.write("{\"candidates\":");
			sent.countDown();
		});
		Disposable call = client().generateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS).subscribe();
		assertThat(sent.await(30, TimeUnit.SECONDS)).isTrue();
		call.dispose();
		assertThat(this.server.awaitClientGone(30_000)).isTrue();
	}

	@Test
	void cancelOfAStreamClosesTheConnection() throws InterruptedException {
		start((connection) -> connection.eventStream().chunk(HEL));
		StepVerifier.create(stream(client())).expectNextCount(1).thenCancel().verify();
		assertThat(this.server.awaitClientGone(30_000)).isTrue();
	}

	@Test
	void takingOneEventClosesTheConnection() throws InterruptedException {
		start((connection) -> connection.eventStream().chunk(HEL));
		assertThat(stream(client()).blockFirst().text()).isEqualTo("Hel");
		assertThat(this.server.awaitClientGone(30_000)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "cut", "reset" })
	void brokenConnectionIsAnErrorAfterTheEvents(String how) {
		start((connection) -> {
			connection.eventStream().chunk(HEL + LO.substring(0, 20));
			this.server.awaitEvents();
			if (how.equals("cut")) {
				connection.cut();
			}
			else {
				connection.reset();
			}
		});
		StepVerifier.create(stream(client()).doOnNext((event) -> this.server.eventSeen()))
			.expectNextCount(1)
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfAny(GeminiConnectionException.class,
					GeminiProtocolException.class))
			.verify();
	}

	@Test
	void answerBeyondTheLimitClosesTheConnection() throws InterruptedException {
		start((connection) -> {
			connection.head("200 OK", "Content-Type: application/json", "Transfer-Encoding: chunked");
			try {
				while (true) {
					connection.chunk(" ".repeat(8192));
				}
			}
			catch (UncheckedIOException ex) {
				// The client has hung up.
			}
		});
		GeminiClient client = client((settings) -> settings.maxResponseSize(DataSize.ofKilobytes(100)));
		StepVerifier.create(client.generateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(GeminiResponseTooLargeException.class)
				.hasMessageContaining("cometapi.gemini.max-response-size"))
			.verify();
		assertThat(this.server.awaitClientGone(30_000)).isTrue();
	}

	@Test
	void limitCountsWhatACompressedAnswerGrowsTo() throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
			gzip.write(" ".repeat(5_000_000).getBytes(StandardCharsets.UTF_8));
		}
		start((connection) -> connection
			.head("200 OK", "Content-Type: application/json", "Content-Encoding: gzip",
					"Content-Length: " + bytes.size())
			.write(bytes.toByteArray()));
		GeminiClient client = client((settings) -> settings.maxResponseSize(DataSize.ofKilobytes(100)));
		StepVerifier.create(client.generateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS))
			.expectError(GeminiResponseTooLargeException.class)
			.verify();
	}

	@Test
	void stallBeforeTheFirstEventIsATimeout() throws InterruptedException {
		start((connection) -> connection.eventStream().chunk(": PING\n\n"));
		GeminiClient client = client((settings) -> settings.firstEventTimeout(Duration.ofSeconds(2)));
		StepVerifier.create(stream(client))
			.expectErrorSatisfies((ex) -> assertTimeout(ex, GeminiTimeLimit.FIRST_EVENT))
			.verify();
		assertThat(this.server.awaitClientGone(30_000)).isTrue();
	}

	@Test
	void stallBeforeTheAnswerIsATimeout() throws InterruptedException {
		start((connection) -> {
		});
		GeminiCallOptions options = GeminiCallOptions.builder().firstEventTimeout(Duration.ofSeconds(2)).build();
		StepVerifier.create(client().generateContent(MODEL, REQUEST, options))
			.expectErrorSatisfies((ex) -> assertTimeout(ex, GeminiTimeLimit.FIRST_EVENT))
			.verify();
		assertThat(this.server.awaitClientGone(30_000)).isTrue();
	}

	@Test
	void stallBetweenEventsIsATimeout() throws InterruptedException {
		start((connection) -> connection.eventStream().chunk(HEL));
		GeminiClient client = client((settings) -> settings.idleTimeout(Duration.ofMillis(200)));
		StepVerifier.create(stream(client))
			.expectNextCount(1)
			.expectErrorSatisfies((ex) -> assertTimeout(ex, GeminiTimeLimit.IDLE))
			.verify();
		assertThat(this.server.awaitClientGone(30_000)).isTrue();
	}

	@Test
	void callThatNeverEndsIsATimeout() throws InterruptedException {
		start((connection) -> {
			try {
				connection.eventStream();
				while (true) {
					connection.chunk(HEL);
				}
			}
			catch (UncheckedIOException ex) {
				// The client has hung up.
			}
		});
		GeminiClient client = client(
				(settings) -> settings.totalTimeout(Duration.ofSeconds(2)).maxResponseSize(DataSize.ofGigabytes(100)));
		StepVerifier.create(stream(client).then())
			.expectErrorSatisfies((ex) -> assertTimeout(ex, GeminiTimeLimit.TOTAL))
			.verify();
		assertThat(this.server.awaitClientGone(30_000)).isTrue();
	}

	@Test
	void connectionIsUsedAgainAfterAWholeAnswer() {
		start((connection) -> connection.eventStream().chunk(LO).end());
		GeminiClient client = client();
		for (int i = 0; i < 20; i++) {
			stream(client).blockLast();
		}
		// The next call may start before the last connection is back in the pool.
		assertThat(this.server.connectionCount()).isLessThan(10);
	}

	@Test
	void modelsAreListedWithABearerKey() throws InterruptedException {
		start((connection) -> connection.respond("200 OK", "application/json",
				Wire.bytes("cometapi-models.response.json")));
		assertThat(client().models(GeminiCallOptions.DEFAULTS).block()).extracting(Model::name)
			.containsExactly("gemini-2.5-flash");
		assertThat(this.server.takeRequest().head()).startsWith("GET /v1/models HTTP/1.1")
			.containsIgnoringCase("authorization: Bearer " + KEY);
	}

	@Test
	void listOfModelsInGooglesFormIsReadToo() throws InterruptedException {
		start((connection) -> connection.respond("200 OK", "application/json",
				"{\"models\":[{\"name\":\"models/gemini-3.5-flash\",\"inputTokenLimit\":1048576}]}"
					.getBytes(StandardCharsets.UTF_8)));
		GeminiClient client = client((settings) -> settings.modelsPath("/v1beta/models"));
		assertThat(client.models(GeminiCallOptions.DEFAULTS).block()).singleElement()
			.satisfies((model) -> assertThat(model.inputTokenLimit()).isEqualTo(1048576));
		assertThat(this.server.takeRequest().head()).containsIgnoringCase("x-goog-api-key: " + KEY);
	}

	@Test
	void allPagesOfTheListOfModelsAreRead() throws InterruptedException {
		AtomicInteger requests = new AtomicInteger();
		start((connection) -> connection.respond("200 OK", "application/json",
				((requests.incrementAndGet() == 2) ? "{\"models\":[{\"name\":\"models/second\"}]}"
						: "{\"models\":[{\"name\":\"models/first\"}],\"nextPageToken\":\"a/b\"}")
					.getBytes(StandardCharsets.UTF_8)));
		GeminiClient client = client((settings) -> settings.modelsPath("/v1beta/models"));
		assertThat(client.models(GeminiCallOptions.DEFAULTS).block()).extracting(Model::name)
			.containsExactly("models/first", "models/second");
		assertThat(this.server.takeRequest().head()).startsWith("GET /v1beta/models HTTP/1.1");
		assertThat(this.server.takeRequest().head()).startsWith("GET /v1beta/models?pageToken=a%2Fb HTTP/1.1");
	}

	@Test
	void listOfModelsThatNeverEndsIsAnError() {
		start((connection) -> connection.respond("200 OK", "application/json",
				"{\"models\":[{\"name\":\"x\"}],\"nextPageToken\":\"again\"}".getBytes(StandardCharsets.UTF_8)));
		assertThatExceptionOfType(GeminiProtocolException.class)
			.isThrownBy(() -> client().models(GeminiCallOptions.DEFAULTS).block())
			.withMessageContaining("does not end");
	}

	@Test
	void pagesOfModelsThatAreTooLargeTogetherAreAnError() {
		AtomicInteger requests = new AtomicInteger();
		start((connection) -> connection.respond("200 OK", "application/json",
				"{\"models\":[%s{}],\"nextPageToken\":\"%d\"}"
					.formatted("{\"name\":\"m\"},".repeat(1_000), requests.incrementAndGet())
					.getBytes(StandardCharsets.UTF_8)));
		GeminiClient client = client((settings) -> settings.maxResponseSize(DataSize.ofKilobytes(64)));
		assertThatExceptionOfType(GeminiResponseTooLargeException.class)
			.isThrownBy(() -> client.models(GeminiCallOptions.DEFAULTS).block())
			.withMessageContaining("cometapi.gemini.max-response-size");
		assertThat(requests.get()).isLessThan(5);
	}

	@ParameterizedTest
	@CsvSource({ "/v1/models, , authorization: Bearer", "/v1/models, X_GOOG_API_KEY, x-goog-api-key:",
			"/v1/models/all, , x-goog-api-key:", "/v1beta/models, BEARER, authorization: Bearer" })
	void keyOfTheListOfModelsIsSentAsConfigured(String path, GeminiAuth auth, String header)
			throws InterruptedException {
		start((connection) -> connection.respond("200 OK", "application/json",
				Wire.bytes("cometapi-models.response.json")));
		client((settings) -> settings.modelsPath(path).modelsAuth(auth)).models(GeminiCallOptions.DEFAULTS).block();
		assertThat(this.server.takeRequest().head()).containsIgnoringCase(header);
	}

	@Test
	void listOfModelsWithAnErrorInsideIsAnError() {
		start((connection) -> connection.respond("200 OK", "application/json",
				Wire.bytes("cometapi-models-with-goog-key.error.json")));
		StepVerifier.create(client().models(GeminiCallOptions.DEFAULTS)).expectError(GeminiException.class).verify();
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
	void requestThatIsNoJsonIsRefused() {
		start((connection) -> {
		});
		GenerateContentRequest request = REQUEST.toBuilder().additional(Map.of("x", new Broken())).build();
		StepVerifier.create(client().generateContent(MODEL, request, GeminiCallOptions.DEFAULTS))
			.expectError(GeminiInvalidRequestException.class)
			.verify();
	}

	private void assertTimeout(Throwable ex, GeminiTimeLimit limit) {
		assertThat(ex).isInstanceOfSatisfying(GeminiTimeoutException.class, (timeout) -> {
			assertThat(timeout.getLimit()).isEqualTo(limit);
			assertThat(timeout).hasMessageContaining(limit.getProperty());
			assertThat(timeout.isTransient()).isTrue();
		});
	}

	private void start(WireServer.Script script) {
		this.server = WireServer.start(script);
	}

	private Flux<GenerateContentResponse> stream(GeminiClient client) {
		return client.streamGenerateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS);
	}

	private GeminiClient client() {
		return client(UnaryOperator.identity());
	}

	private GeminiClient client(UnaryOperator<GeminiClientSettings.Builder> settings) {
		URI url = this.server.url();
		WebClient.Builder builder = WebClient.builder()
			.clientConnector(new ReactorClientHttpConnector(HttpClient.create().compress(true)));
		return GeminiClient.create(builder, GeminiJsonMapper.builder().build(),
				settings.apply(GeminiClientSettings.builder(KEY).baseUrl(url).retry(GeminiRetrySettings.NONE)).build());
	}

	static class Broken {

		@JsonProperty
		String value() {
			throw new IllegalStateException("no value");
		}

	}

}
