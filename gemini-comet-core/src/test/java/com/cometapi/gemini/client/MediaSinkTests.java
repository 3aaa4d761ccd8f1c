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
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FinishReason;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.error.GeminiMediaSinkException;
import com.cometapi.gemini.error.GeminiProtocolException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link GeminiMediaSink}.
 */
class MediaSinkTests {

	private static final JsonMapper mapper = GeminiJsonMapper.builder().build();

	private static final CallContext context = Errors.context("generateContent", "m");

	private static final byte[] PICTURE = random(100_001);

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 7, 64, 5000, 1_000_000 })
	void mediaAreRemovedFromTheResponseWhereverItsBuffersEnd(int bufferSize) {
		String base64 = Base64.getEncoder().encodeToString(PICTURE);
		String json = """
				{"candidates":[{"index":0,"content":{"role":"model","parts":[
				{"text":"{\\"inlineData\\":{\\"data\\":\\"aGk=\\"}}"},
				{"thought":true,"inlineData":{"mimeType":"image\\/png","data":"%s"}},
				{"functionCall":{"name":"f","args":{"inlineData":{"mimeType":"text/plain","data":"aGk="}}}},
				{"inlineData":{"displayName":"a","data" : "%s","mimeType":"image/webp"}},
				{"inlineData":{"nested":{"data":"aGk="},"mimeType":"audio/pcm","data":""}},
				{"text":"Grüße"}]},"finishReason":"STOP"}],"modelVersion":"data"}""".formatted(
				base64.replace("/", "\\/").replace("=", "\\u003d"),
				base64.replace("=", "").replace('+', '-').replace('/', '_'));
		Sink sink = new Sink();

		GenerateContentResponse response = mapper.readValue(writeMedia(json, bufferSize, sink),
				GenerateContentResponse.class);

		assertThat(sink.mimeTypes).containsExactly("image/png", "null", "audio/pcm");
		assertThat(sink.media).satisfiesExactly((target) -> assertThat(target.toByteArray()).isEqualTo(PICTURE),
				(target) -> assertThat(target.toByteArray()).isEqualTo(PICTURE),
				(target) -> assertThat(target.toByteArray()).isEmpty());
		assertThat(sink.closed).hasValue(3);
		assertThat(response).isEqualTo(mapper.readValue(json.replaceAll("\"data\" ?: ?\"[^\"]{9,}\"", "\"data\":\"\""),
				GenerateContentResponse.class));
		assertThat(response.parts().get(1).isThought()).isTrue();
		assertThat(response.parts().get(2).functionCall().args().toString()).contains("aGk=");
	}

	@Test
	void mediumIsRemovedFromAnEventWithSeveralLines() {
		String event = """
				data: {"candidates":[{"content":{"parts":[{"inlineData":{
				data: "data":"aGk=",
				data: "mimeType":"image/png"}}]}}]}

				""";
		Sink sink = new Sink();

		assertThat(writeMedia(event, 10, sink)).isEqualTo(event.replace("aGk=", ""));
		assertThat(sink.media).singleElement().hasToString("hi");
	}

	@Test
	void mediaAreRemovedFromEvents() {
		String json = "{\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":{\"data\":\"%s\"}}]}}]}";
		String events = ": he said \"hi\r\n\r\ndata: " + json.formatted("aGk=") + "\r\n\r\nevent: x\r\ndata: "
				+ json.formatted("aG8=") + "\r\n\r\n";
		Sink sink = new Sink();

		assertThat(writeMedia(events, 10, sink)).isEqualTo(events.replace("aGk=", "").replace("aG8=", ""));

		assertThat(sink.media).extracting((medium) -> medium.toString(StandardCharsets.US_ASCII))
			.containsExactly("hi", "ho");
	}

	@Test
	void commentsWithBracesAreNotJson() {
		String events = ": {[\n\ndata: {\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":{\"data\":\"aGk=\"}}]}}]}\n\n";
		Sink sink = new Sink();

		assertThat(writeMedia(events, 10, sink)).isEqualTo(events.replace("aGk=", ""));

		assertThat(sink.media).hasSize(1);
	}

	@Test
	void mimeTypeWithEscapesIsReadAsWritten() {
		Sink sink = new Sink();

		writeMedia(responseWith(PICTURE).replace("image/png", "audio\\u002FL16;rate\\u003d24000"), 10, sink);

		assertThat(sink.mimeTypes).containsExactly("audio/L16;rate=24000");
	}

	@Test
	void sinkIsOpenedOnAThreadThatMayBlock() throws Exception {
		List<Boolean> nonBlocking = new CopyOnWriteArrayList<>();
		try (WireServer server = WireServer.start((connection) -> connection.respond("200 OK", "application/json",
				responseWith(PICTURE).getBytes(StandardCharsets.US_ASCII)))) {
			GenerateContentResponse response = call(server, (mimeType) -> {
				nonBlocking.add(Schedulers.isInNonBlockingThread());
				return OutputStream.nullOutputStream();
			}).blockLast();

			assertThat(nonBlocking).containsExactly(false);
			assertThat(response.inlineData().get(0).mimeType()).isEqualTo("image/png");
			assertThat(response.inlineData().get(0).data().length()).isZero();
		}
	}

	@Test
	void whenSinkFailsThenCallFailsAndConnectionIsClosed() throws Exception {
		try (WireServer server = WireServer.start((connection) -> writeEndlessPicture(connection, new AtomicLong()))) {
			assertThatExceptionOfType(GeminiMediaSinkException.class).isThrownBy(() -> call(server, (mimeType) -> {
				throw new IOException("disk full");
			}).blockLast())
				.withMessageContaining(
						"generateContent of model 'm': writing a medium of the response to the media sink failed")
				.withMessageContaining("disk full")
				.withCauseInstanceOf(IOException.class);
			assertThat(server.awaitClientGone(30_000)).isTrue();
			assertThat(server.connectionCount()).isOne();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "aGk=aGk=", "a", "a b=", "aGk\\n", "aGk\\u0141" })
	void whenMediumIsNotBase64ThenCallFailsAndTargetIsClosed(String data) {
		Sink sink = new Sink();
		assertThatExceptionOfType(GeminiProtocolException.class)
			.isThrownBy(() -> writeMedia(responseWith(PICTURE).replaceAll("\"data\":\".*?\"",
					"\"data\":\"" + data.replace("\\", "\\\\") + "\""), 100, sink))
			.withMessageContaining("a medium of the response is not valid base64");
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> sink.closed.get() == 1);
	}

	@Test
	void whenSinkIsSlowThenNoMoreIsFetchedAndCancelClosesTheConnectionAtOnce() throws Exception {
		AtomicLong written = new AtomicLong();
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch closed = new CountDownLatch(1);
		try (WireServer server = WireServer.start((connection) -> writeEndlessPicture(connection, written))) {
			Disposable call = call(server, (mimeType) -> new OutputStream() {

				@Override
				public void write(int b) throws IOException {
					try {
						release.await();
					}
					catch (InterruptedException ex) {
						throw new IOException(ex);
					}
				}

				@Override
				public void close() {
					closed.countDown();
				}

			}).subscribe();
			AtomicLong last = new AtomicLong(-1);
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.during(Duration.ofMillis(500))
				.until(() -> written.get() > 0 && last.getAndSet(written.get()) == last.get());
			assertThat(written.get()).isLessThan(16 << 20);

			call.dispose();

			assertThat(server.awaitClientGone(30_000)).isTrue();
			release.countDown();
			assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void sinkThatFailsAfterACancelIsNotAnError() throws Exception {
		List<Throwable> dropped = new CopyOnWriteArrayList<>();
		Hooks.onErrorDropped(dropped::add);
		CountDownLatch writing = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch closed = new CountDownLatch(1);
		try (WireServer server = WireServer.start((connection) -> writeEndlessPicture(connection, new AtomicLong()))) {
			Disposable call = call(server, (mimeType) -> new OutputStream() {

				@Override
				public void write(int b) throws IOException {
					writing.countDown();
					awaitUninterruptibly(release);
					throw new IOException("disk full");
				}

				@Override
				public void close() {
					closed.countDown();
				}

			}).subscribe();
			assertThat(writing.await(30, TimeUnit.SECONDS)).isTrue();

			call.dispose();
			release.countDown();

			assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
			Awaitility.await()
				.during(Duration.ofMillis(300))
				.atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(dropped).isEmpty());
		}
		finally {
			Hooks.resetOnErrorDropped();
		}
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		while (true) {
			try {
				latch.await();
				return;
			}
			catch (InterruptedException ex) {
				// The test decides when it ends.
			}
		}
	}

	private static void writeEndlessPicture(WireServer.Connection connection, AtomicLong written) {
		byte[] text = new byte[64 * 1024];
		Arrays.fill(text, (byte) 'A');
		connection.head("200 OK", "Content-Type: application/json", "Transfer-Encoding: chunked");
		connection.chunk(responseWith(new byte[0]).replaceAll("\"data\":\"\".*", "\"data\":\""));
		try {
			while (true) {
				connection.chunk(text);
				written.addAndGet(text.length);
			}
		}
		catch (UncheckedIOException ex) {
			// The client has hung up.
		}
	}

	private static Flux<GenerateContentResponse> call(WireServer server, GeminiMediaSink sink) {
		GeminiClientSettings settings = GeminiClientSettings.builder("sk-test").baseUrl(server.url()).build();
		return GeminiClient.create(WebClient.builder(), mapper, settings)
			.generateContent("m", GenerateContentRequest.builder().contents(List.of(Content.user("Draw"))).build(),
					GeminiCallOptions.builder().mediaSink(sink).build())
			.flux();
	}

	private static String writeMedia(String body, int bufferSize, GeminiMediaSink sink) {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		List<DataBuffer> buffers = new ArrayList<>();
		for (int i = 0; i < bytes.length; i += bufferSize) {
			buffers.add(DefaultDataBufferFactory.sharedInstance
				.wrap(Arrays.copyOfRange(bytes, i, Math.min(bytes.length, i + bufferSize))));
		}
		return DataBufferUtils.join(MediaSinkWriter.writeMedia(Flux.fromIterable(buffers), sink, context))
			.map((joined) -> joined.toString(StandardCharsets.UTF_8))
			.block();
	}

	private static String responseWith(byte[] picture) {
		GenerateContentResponse response = GenerateContentResponse.builder()
			.candidates(List.of(Candidate.builder()
				.content(Content.model(Part.inlineData("image/png", picture)))
				.finishReason(FinishReason.STOP)
				.build()))
			.build();
		return mapper.writeValueAsString(response);
	}

	private static byte[] random(int length) {
		byte[] bytes = new byte[length];
		new Random(42).nextBytes(bytes);
		return bytes;
	}

	private static final class Sink implements GeminiMediaSink {

		private final List<String> mimeTypes = new CopyOnWriteArrayList<>();

		private final List<ByteArrayOutputStream> media = new CopyOnWriteArrayList<>();

		private final AtomicLong closed = new AtomicLong();

		@Override
		public OutputStream open(String mimeType) {
			this.mimeTypes.add(String.valueOf(mimeType));
			ByteArrayOutputStream target = new ByteArrayOutputStream() {

				@Override
				public void close() {
					Sink.this.closed.incrementAndGet();
				}

			};
			this.media.add(target);
			return target;
		}

	}

}
