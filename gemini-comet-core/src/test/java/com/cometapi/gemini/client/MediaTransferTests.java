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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import com.cometapi.gemini.api.Blob;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.MediaData;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.error.GeminiInvalidRequestException;
import com.cometapi.gemini.error.GeminiProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.NonBlocking;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for sending and receiving media.
 */
class MediaTransferTests {

	private static final String RESPONSE = "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":"
			+ "[{\"text\":\"ä\"},{\"inlineData\":{\"mimeType\":\"image/png\",\"data\": \"%s\"}}]},\"finishReason\":\"STOP\"}]}";

	private static final JsonMapper mapper = GeminiJsonMapper.builder().build();

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 32 * 1024, 32 * 1024 + 1, 100_000, 100_001, 100_002, 12 * 1024 * 9 })
	void mediaAreSentWithTheirLength(int length) throws Exception {
		byte[] bytes = random(length);
		MediaData file = MediaData.of(length, () -> new ByteArrayInputStream(bytes));
		GenerateContentRequest request = request(MediaData.of(bytes), file, MediaData.ofBase64("-_8"),
				MediaData.ofBase64("no \"base64\" ä"));

		try (WireServer server = WireServer.start(MediaTransferTests::hello)) {
			call(server, request).block();

			WireServer.Request sent = server.takeRequest();
			assertThat(sent.head().toLowerCase()).doesNotContain("transfer-encoding")
				.contains("content-length: " + sent.body().getBytes(StandardCharsets.UTF_8).length);
			JsonNode parts = mapper.readTree(sent.body()).at("/contents/0/parts");
			String base64 = Base64.getEncoder().encodeToString(bytes);
			assertThat(parts.at("/0/inlineData/data").asString()).isEqualTo(base64);
			assertThat(parts.at("/1/inlineData/data").asString()).isEqualTo(base64);
			assertThat(parts.at("/2/inlineData/data").asString()).isEqualTo("-_8");
			assertThat(parts.at("/3/inlineData/data").asString()).isEqualTo("no \"base64\" ä");
			assertThat(parts.at("/4/text").asString()).isEqualTo("What is this?");
			assertThat(sent.body()).isEqualTo(mapper.writeValueAsString(request));
		}
	}

	@Test
	void mediumIsSentAgainForEachSubscription(@TempDir Path folder) throws Exception {
		byte[] bytes = random(200_000);
		Path file = Files.write(folder.resolve("cat.png"), bytes);
		Mono<GenerateContentResponse> call;

		try (WireServer server = WireServer.start(MediaTransferTests::hello)) {
			call = call(server, request(MediaData.of(bytes.length, () -> Files.newInputStream(file))));
			call.block();
			call.block();

			String first = server.takeRequest().body();
			assertThat(first).contains(Base64.getEncoder().encodeToString(bytes));
			assertThat(server.takeRequest().body()).isEqualTo(first);
		}
	}

	@Test
	void whenFileIsMissingThenExceptionNamesIt(@TempDir Path folder) throws Exception {
		Path file = folder.resolve("cat.png");
		MediaData data = MediaData.of(200_000, () -> Files.newInputStream(file));

		try (WireServer server = WireServer.start(MediaTransferTests::hello)) {
			assertThatExceptionOfType(GeminiInvalidRequestException.class)
				.isThrownBy(() -> call(server, request(data)).block())
				.withMessageContaining("a medium of the request cannot be read")
				.withMessageContaining("cat.png")
				.satisfies((ex) -> assertThat(ex.isTransient()).isFalse());
			assertThat(server.awaitClientGone(30_000)).isTrue();
			assertThat(server.takeRequest().body()).hasSizeLessThan(200_000);
		}
	}

	@ParameterizedTest
	@CsvSource({ "150000, 200000, ended after 150000 bytes", "200001, 200000, has more than the 200000 bytes",
			"196609, 196608, has more than the 196608 bytes" })
	void whenSourceHasAnotherLengthThenRequestIsNeverCompleted(int length, long announced, String message)
			throws Exception {
		MediaData data = MediaData.of(announced, () -> new ByteArrayInputStream(new byte[length]));

		try (WireServer server = WireServer.start(MediaTransferTests::hello)) {
			assertThatExceptionOfType(GeminiInvalidRequestException.class)
				.isThrownBy(() -> call(server, request(data)).block())
				.withMessageContaining(message);
			assertThat(server.awaitClientGone(30_000)).isTrue();
			assertThat(server.takeRequest().body()).hasSizeLessThan((int) announced * 4 / 3);
		}
	}

	@Test
	void sourceIsNotReadOnAnEventLoopAndClosedOnCancel() throws Exception {
		CountDownLatch read = new CountDownLatch(1);
		CountDownLatch closed = new CountDownLatch(1);
		AtomicReference<Thread> reader = new AtomicReference<>();
		MediaData data = MediaData.of(1L << 40, () -> new InputStream() {

			@Override
			public int read() {
				return 0;
			}

			@Override
			public int read(byte[] target, int offset, int length) {
				reader.set(Thread.currentThread());
				read.countDown();
				return length;
			}

			@Override
			public void close() {
				closed.countDown();
			}

		});

		try (WireServer server = WireServer.start((connection) -> {
		})) {
			Disposable call = call(server, request(data)).subscribe((response) -> {
			}, (ex) -> {
			});
			assertThat(read.await(30, TimeUnit.SECONDS)).isTrue();
			call.dispose();
			assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
		}
		assertThat(reader.get()).isNotInstanceOf(NonBlocking.class);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 6 * 1024, 8 * 1024, 70_001, 500_000 })
	void receivedMediumIsHeldAsBytes(int length) throws IOException {
		byte[] bytes = random(length);
		String base64 = Base64.getEncoder().encodeToString(bytes);

		for (String text : new String[] { base64, base64.replace("/", "\\/").replace("=", "\\u003d"),
				base64.replace("+", "\\u002B") }) {
			MediaData data = receive(text);
			assertThat(data.isBase64()).isFalse();
			assertThat(data.asBytes()).isEqualTo(bytes);
			assertThat(data.asBase64()).isEqualTo(base64);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "AB==", "AAB=", "AA", "AAA", "AAAA=", "AA==AAAA", "AAAA AAAA", "-_8=", "=", "====", "A===",
			"AAAA\\nAAAA", "AAAA\\u0020", "ä", "\\u00e4AAA", "\\\\AAA", "\\u003dAAA" })
	void nonCanonicalBase64IsKeptUnchanged(String text) throws IOException {
		String expected = mapper.readValue('"' + text + '"', String.class);

		assertThat(receive(text).asBase64()).isEqualTo(expected);
		// After more characters than the reader copies at once.
		String longText = "AAAA".repeat(3000) + text;
		assertThat(receive(longText).asBase64()).isEqualTo("AAAA".repeat(3000) + expected);
		assertThat(receive("AAAA".repeat(30_000) + text).asBase64()).isEqualTo("AAAA".repeat(30_000) + expected);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 7, 1000, 1 << 20 })
	void largeEventsAreReadWhateverTheirChunksAre(int chunkSize) throws Exception {
		byte[] bytes = random((chunkSize < 1000) ? 50_000 : 600_000);
		String event = RESPONSE.formatted(Base64.getEncoder().encodeToString(bytes));
		String lines = event.replace(",\"finishReason\"", "\r\ndata: ,\"finishReason\"");
		byte[] body = ("data: " + event + "\n\ndata: " + event + "\r\n\r\ndata: " + lines + "\r\n\r\nevent: x\rdata:"
				+ event + "\r\r: comment\ndata: " + RESPONSE.formatted("AQID"))
			.getBytes(StandardCharsets.UTF_8);

		try (WireServer server = WireServer
			.start((connection) -> connection.eventStream().chunks(body, chunkSize).end())) {
			assertThat(client(server)
				.streamGenerateContent("gemini-3.1-flash-image", request(), GeminiCallOptions.DEFAULTS)
				.map((response) -> response.inlineData().get(0).asBytes())
				.collectList()
				.block()).containsExactly(bytes, bytes, bytes, bytes, new byte[] { 1, 2, 3 });
		}
	}

	@Test
	void whenLargeEventIsCutThenItIsTruncated() throws Exception {
		String event = RESPONSE.formatted("AAAA".repeat(100_000));

		try (WireServer server = WireServer.start((connection) -> connection.eventStream()
			.chunk("data: " + event.substring(0, event.length() - 10))
			.end())) {
			assertThatExceptionOfType(GeminiProtocolException.class).isThrownBy(() -> client(server)
				.streamGenerateContent("gemini-3.1-flash-image", request(), GeminiCallOptions.DEFAULTS)
				.blockLast());
		}
	}

	private static MediaData receive(String text) throws IOException {
		byte[] body = RESPONSE.formatted(text).getBytes(StandardCharsets.UTF_8);
		try (WireServer server = WireServer
			.start((connection) -> connection.respond("200 OK", "application/json", body))) {
			return call(server, request()).block().inlineData().get(0).data();
		}
	}

	private static Mono<GenerateContentResponse> call(WireServer server, GenerateContentRequest request) {
		return client(server).generateContent("gemini-3.1-flash-image", request, GeminiCallOptions.DEFAULTS)
			.timeout(Duration.ofMinutes(2));
	}

	private static GeminiClient client(WireServer server) {
		return GeminiClient.create(
				WebClient.builder().clientConnector(new ReactorClientHttpConnector(HttpClient.create())), mapper,
				GeminiClientSettings.builder("sk-media")
					.baseUrl(server.url())
					.maxResponseSize(DataSize.ofMegabytes(64))
					// A slow machine takes long for hundreds of thousands of chunks.
					.idleTimeout(Duration.ofMinutes(5))
					.build());
	}

	private static void hello(WireServer.Connection connection) {
		connection.respond("200 OK", "application/json", RESPONSE.formatted("AQID").getBytes(StandardCharsets.UTF_8));
	}

	private static GenerateContentRequest request(MediaData... media) {
		Part[] parts = new Part[media.length + 1];
		for (int i = 0; i < media.length; i++) {
			parts[i] = Part.inlineData(Blob.of("image/png", media[i]));
		}
		parts[media.length] = Part.text("What is this?");
		return GenerateContentRequest.builder().contents(Content.user(parts)).build();
	}

	private static byte[] random(int length) {
		byte[] bytes = new byte[length];
		new Random(length).nextBytes(bytes);
		return bytes;
	}

}
