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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.error.GeminiConnectionException;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiProtocolException;
import com.cometapi.gemini.error.GeminiResponseTooLargeException;
import com.cometapi.gemini.error.GeminiServerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EventStream} with everything below it, byte by byte.
 */
class EventStreamTests {

	private static final String HEL = """
			{"candidates":[{"content":{"role":"model","parts":[{"text":"Hel"}]}}]}""";

	private static final String LO = """
			{"candidates":[{"content":{"role":"model","parts":[{"text":"lo"}]},"finishReason":"STOP"}]}""";

	private static final String GOOGLE_ERROR = """
			{
			  "error": {
			    "code": 503,
			    "message": "The model is overloaded.",
			    "status": "UNAVAILABLE"
			  }
			}""";

	private final JsonMapper mapper = GeminiJsonMapper.builder().build();

	private GeminiClientSettings settings = GeminiClientSettings.builder("sk-test-key").build();

	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = """
			blocked-prompt.sse,                     1,  -
			citations.sse,                          -1, -
			code-execution.sse,                     6,  -
			empty-text-part.sse,                    2,  -
			error-instead-of-stream.sse,            0,  GeminiInvalidRequestException
			error-mid-stream.sse,                   2,  GeminiServerException
			finish-message.sse,                     2,  -
			finish-safety.sse,                      1,  -
			function-call.sse,                      1,  -
			gateway-error-event.sse,                1,  GeminiServerException
			gateway-noise.sse,                      2,  -
			gemini3-function-call.sse,              2,  -
			gemini3-text-signature.sse,             -1, -
			image-output.sse,                       3,  -
			invalid-json.sse,                       0,  GeminiProtocolException
			last-chunk-without-parts.sse,           5,  -
			multi-line-data.sse,                    1,  -
			no-final-blank-line.sse,                2,  -
			no-space-after-colon.sse,               2,  -
			quotes-escaped.sse,                     4,  GeminiProtocolException
			recitation.sse,                         3,  -
			text.sse,                               -1, -
			thinking-function-call.sse,             -1, -
			thinking.sse,                           -1, -
			truncated.sse,                          1,  GeminiProtocolException
			url-context.sse,                        -1, -
			utf8.sse,                               -1, -
			vertex-parallel-function-calls-crlf.sse, 3, -
			vertex-partial-function-call.sse,       10, -
			vertex-text-crlf.sse,                   -1, -
			vertex-text.sse,                        -1, -
			vertex-thinking-crlf.sse,               -1, -
			""")
	void recordedStreamHasTheSameOutcomeHoweverItIsSplit(String name, int eventCount, String exception) {
		byte[] bytes = Wire.bytes(name);
		Outcome whole = read(bytes);
		if (eventCount >= 0) {
			assertThat(whole.events()).hasSize(eventCount);
		}
		assertThat(whole.failureName()).isEqualTo(exception);
		assertThat(read(singleBytes(bytes))).isEqualTo(whole);
		// Every offset, those within a multi-byte character too; the one long recording
		// in prime steps.
		int step = (bytes.length <= 4096) ? 1 : 13;
		for (int cut = 0; cut <= bytes.length; cut += step) {
			Outcome outcome = read(Arrays.copyOfRange(bytes, 0, cut), Arrays.copyOfRange(bytes, cut, bytes.length));
			assertThat(outcome).as("cut at byte %s", cut).isEqualTo(whole);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r\n", "\r" })
	void everyLineEndIsUnderstood(String eol) {
		String stream = ": a comment|event: message|id: 1|data: %s||retry: 10|data:%s|id: 2|unknown: field||"
			.formatted(HEL, LO)
			.replace("|", eol);
		assertText(read(stream), "Hello");
		assertText(read(singleBytes(stream.getBytes(StandardCharsets.UTF_8))), "Hello");
	}

	@Test
	void streamThatWaitsForItsNextEventHoldsNoBuffer() {
		EventStreamFramer framer = new EventStreamFramer();
		byte[] event = ("data: %s\n\n".formatted(HEL)).getBytes(StandardCharsets.UTF_8);
		for (int i = 0; i < 3; i++) {
			framer.append(buffer(event));
			assertThat(framer.next()).isEqualTo(EventFrame.EVENT);
			assertThat(framer.data()).asString(StandardCharsets.UTF_8).isEqualTo(HEL);
			assertThat(framer.next()).isEqualTo(EventFrame.NONE);
			assertThat(framer.bytes()).isEmpty();
		}
	}

	@Test
	void dataMaySpanSeveralLines() {
		assertText(read("data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\r\ndata: \"Hello\"}]},\r\n"
				+ "event: message\r\ndata:\r\ndata:\"finishReason\":\"STOP\"}]}\r\n\r\n"), "Hello");
	}

	@Test
	void byteOrderMarkDoneMarkAndMissingBlankLineAreNotErrors() {
		String stream = "\uFEFFdata: " + HEL + "\n\ndata: " + LO + "\n\ndata: [DONE]";
		assertText(read(stream), "Hello");
		assertText(read(singleBytes(stream.getBytes(StandardCharsets.UTF_8))), "Hello");
	}

	@ParameterizedTest
	@ValueSource(strings = { "|data: [DONE]||", "|data:[DONE]", "|data: [DONE] |", "|event: message|data: [DONE]||" })
	void doneMarkWithoutABlankLineBeforeItIsNotAnError(String end) {
		for (String eol : new String[] { "\n", "\r\n", "\r" }) {
			String stream = ("data: " + HEL + "||data: " + LO + end).replace("|", eol);
			assertText(read(stream), "Hello");
			assertText(read(singleBytes(stream.getBytes(StandardCharsets.UTF_8))), "Hello");
		}
	}

	@Test
	void doneMarkInTheMiddleOfAnEventIsMalformed() {
		assertThat(read("data: " + HEL + "\ndata: [DONE]\ndata: " + LO + "\n\n").failureName())
			.isEqualTo("GeminiProtocolException");
	}

	@Test
	void bodyEndsASecondAfterTheMarkUnlessAnEventFollows() {
		TestPublisher<DataBuffer> body = TestPublisher.create();
		StepVerifier.withVirtualTime(() -> stream(body.flux()))
			.then(() -> next(body, "data: " + HEL + "\n\ndata: [DONE]\n\n"))
			.expectNextCount(1)
			.expectNoEvent(Duration.ofMillis(900))
			.then(() -> next(body, "data: " + LO + "\n\n"))
			.expectNextCount(1)
			.expectNoEvent(Duration.ofSeconds(10))
			.then(() -> next(body, "data: [DONE]\n\n"))
			.expectNoEvent(Duration.ofMillis(600))
			.then(() -> next(body, ": late\n\n"))
			.expectNoEvent(Duration.ofMillis(300))
			.thenAwait(Duration.ofMillis(101))
			.expectComplete()
			.verify(Duration.ofSeconds(30));
		body.assertCancelled();
	}

	@Test
	void eventBeforeTheMarkWithoutABlankLineIsEmittedWhenTheBodyEnds() {
		TestPublisher<DataBuffer> body = TestPublisher.create();
		StepVerifier.withVirtualTime(() -> stream(body.flux()), 0)
			.thenRequest(1)
			.then(() -> next(body, "data: " + LO + "\ndata: [DONE]\n"))
			.expectNoEvent(Duration.ofMillis(900))
			.thenAwait(Duration.ofMillis(101))
			.expectNextCount(1)
			.expectComplete()
			.verify(Duration.ofSeconds(30));
		body.assertCancelled();
	}

	@Test
	void emptyDataIsNotAnEvent() {
		assertText(read("data:\n\ndata\n\nevent: ping\n\ndata: " + HEL + "\n\n\n\ndata: " + LO + "\n\n"), "Hello");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\n\n", "\r\n\r\n", "\r\r" })
	void eventIsEmittedWithItsLastByte(String end) {
		byte[] event = ("data: " + HEL + end).getBytes(StandardCharsets.UTF_8);
		// A CR ends the blank line; the LF that may follow is not waited for.
		int last = end.equals("\r\n\r\n") ? event.length - 2 : event.length - 1;
		TestPublisher<DataBuffer> body = TestPublisher.create();
		StepVerifier.create(stream(body.flux()))
			.then(() -> body.next(buffer(Arrays.copyOfRange(event, 0, last))))
			.expectNoEvent(Duration.ofMillis(20))
			.then(() -> body.next(buffer(Arrays.copyOfRange(event, last, event.length))))
			.expectNextCount(1)
			.then(() -> body.next(buffer(("data: " + LO + "\n\n").getBytes(StandardCharsets.UTF_8))))
			.expectNextCount(1)
			.then(body::complete)
			.verifyComplete();
	}

	@Test
	void eventOfEightMegabytesIsRead() {
		String picture = "A".repeat(8 * 1024 * 1024);
		byte[] bytes = ("data: {\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\""
				+ picture + "\"}}]},\"finishReason\":\"STOP\"}]}\n\n")
			.getBytes(StandardCharsets.UTF_8);
		Outcome outcome = read(chunks(bytes, 16 * 1024));
		assertThat(outcome.failure()).isNull();
		assertThat(outcome.events().get(0).inlineData().get(0).data().asBase64()).hasSize(picture.length());
	}

	@Test
	void eventBeyondTheLimitIsRefusedBeforeItIsWhole() {
		this.settings = GeminiClientSettings.builder("sk-test-key").maxEventSize(DataSize.ofKilobytes(64)).build();
		TestPublisher<DataBuffer> body = TestPublisher.create();
		StepVerifier.create(stream(body.flux()))
			.then(() -> body.next(buffer(("data: " + HEL + "\n\ndata: {\"x\":\"").getBytes(StandardCharsets.UTF_8))))
			.expectNextCount(1)
			.then(() -> body.next(buffer(new byte[40 * 1024])))
			.then(() -> body.next(buffer(new byte[40 * 1024])))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(GeminiResponseTooLargeException.class)
				.hasMessageContaining("max-event-size"))
			.verify();
		body.assertCancelled();
	}

	@Test
	void responseBeyondTheLimitIsRefused() {
		this.settings = GeminiClientSettings.builder("sk-test-key").maxResponseSize(DataSize.ofKilobytes(1)).build();
		byte[] event = ("data: " + HEL + "\n\n").getBytes(StandardCharsets.UTF_8);
		Outcome outcome = read(IntStream.range(0, 20).mapToObj((i) -> event).toArray(byte[][]::new));
		assertThat(outcome.failureName()).isEqualTo("GeminiResponseTooLargeException");
		assertThat(outcome.events()).hasSize(1024 / event.length);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', textBlock = """
			{"error":{"code":503,"message":"busy","status":"UNAVAILABLE"}};               GeminiServerException
			{"error":{"message":"busy","type":"comet_api_error","code":"bad_response"}};  GeminiServerException
			{"error":{"code":429,"message":"slow down","status":"RESOURCE_EXHAUSTED"}};   GeminiRateLimitException
			[{"error":{"code":400,"message":"no","status":"INVALID_ARGUMENT"}}];          GeminiInvalidRequestException
			""")
	void errorEventComesAfterTheEventsBeforeIt(String error, String exception) {
		Outcome outcome = read("data: " + HEL + "\n\ndata: " + error + "\n\ndata: " + LO + "\n\n");
		assertText(outcome.events(), "Hel");
		assertThat(outcome.failureName()).isEqualTo(exception);
	}

	@Test
	void eventOfTypeErrorIsAnErrorWhateverItHolds() {
		Outcome outcome = read("data: " + HEL + "\n\nevent: error\ndata: {\"code\":500,\"reason\":\"?\"}\n\n");
		assertText(outcome.events(), "Hel");
		assertThat(outcome.failure()).isInstanceOf(GeminiException.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "data: HEL\n\n", "data: HEL\n", "data: HEL\r\n\r\n" })
	void bareErrorIsFoundBeforeBetweenAndAfterEvents(String before) {
		String events = before.replace("HEL", HEL);
		for (String after : List.of("", "\n", "\n\n", "\ndata: " + LO + "\n\n")) {
			byte[] bytes = (events + GOOGLE_ERROR + after).getBytes(StandardCharsets.UTF_8);
			for (Outcome outcome : List.of(read(bytes), read(singleBytes(bytes)))) {
				assertText(outcome.events(), events.isEmpty() ? "" : "Hel");
				assertThat(outcome.failureName()).isEqualTo("GeminiServerException");
			}
		}
	}

	@Test
	void bareErrorIsReportedWhileTheConnectionStaysOpen() {
		TestPublisher<DataBuffer> body = TestPublisher.create();
		StepVerifier.create(stream(body.flux()))
			.then(() -> body.next(buffer(("data: " + HEL + "\n\n" + GOOGLE_ERROR).getBytes(StandardCharsets.UTF_8))))
			.expectNextCount(1)
			.expectError(GeminiServerException.class)
			.verify();
		body.assertCancelled();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\n", ": PING\n\n", "data: [DONE]\n\n", "<!DOCTYPE html><html>Sign in</html>", "{}",
			"{\"choices\":[]}", "{\"responseId\":\"r-1\"}",
			"[{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hi\"}]},\"finishReason\":\"STOP\"}]}]", "null",
			"OK", "data: null\n\n", "data: 42\n\n", "data: pong\n\n", "data: <html>\n\n", "[", "{" })
	void bodyThatIsNotAnEventStreamIsAProtocolError(String body) {
		Outcome outcome = read(body);
		assertThat(outcome.events()).isEmpty();
		assertThat(outcome.failureName()).isEqualTo("GeminiProtocolException");
	}

	@Test
	void streamThatIsCutAnywhereIsAProtocolErrorAfterItsEvents() {
		byte[] bytes = ("data: " + HEL + "\n\ndata: " + LO + "\n\n").getBytes(StandardCharsets.UTF_8);
		int firstEvent = ("data: " + HEL).length();
		int lastEvent = bytes.length - 2;
		for (int cut = 0; cut < lastEvent; cut++) {
			Outcome outcome = read(Arrays.copyOf(bytes, cut));
			assertThat(outcome.failureName()).as("cut at byte %s", cut).isEqualTo("GeminiProtocolException");
			assertThat(outcome.events()).as("cut at byte %s", cut).hasSize((cut < firstEvent) ? 0 : 1);
		}
	}

	@Test
	void cutAfterTheFinishReasonIsStillACut() {
		Outcome outcome = read("data: " + LO + "\n\ndata: {\"usageMeta");
		assertText(outcome.events(), "lo");
		assertThat(outcome.failureName()).isEqualTo("GeminiProtocolException");
		assertThat(((GeminiProtocolException) outcome.failure()).getEventCount()).isOne();
		assertThat(read("data: " + LO + "\n\nda").failureName()).isEqualTo("GeminiProtocolException");
	}

	@Test
	void everyCandidateNeedsItsFinishReason() {
		String second = "data: {\"candidates\":[{\"index\":1,\"content\":{\"parts\":[{\"text\":\"Hey\"}]}}]}\n\n";
		assertThat(read(second + "data: " + LO + "\n\n").failureName()).isEqualTo("GeminiProtocolException");
		assertThat(read(second + "data: " + LO + "\n\n"
				+ "data: {\"candidates\":[{\"index\":1,\"finishReason\":\"STOP\"}]}\n\n")
			.failure()).isNull();
	}

	@Test
	void missingFinishReasonIsAcceptedIfNotRequired() {
		this.settings = GeminiClientSettings.builder("sk-test-key").requireFinishReason(false).build();
		assertText(read("data: " + HEL + "\n\n"), "Hel");
		assertThat(read("").failureName()).isEqualTo("GeminiProtocolException");
		assertThat(read("data: " + HEL + "\n\ndata: {\"cand").failureName()).isEqualTo("GeminiProtocolException");
	}

	@Test
	void subscriberGetsWhatItAsksForAndNoMoreIsReadThanNeeded() {
		TestPublisher<DataBuffer> body = TestPublisher.create();
		byte[] three = ("data: " + HEL + "\n\n").repeat(3).getBytes(StandardCharsets.UTF_8);
		StepVerifier.create(stream(body.flux()), 0)
			.thenRequest(1)
			.then(() -> body.assertMaxRequested(1))
			.then(() -> body.next(buffer(three)))
			.expectNextCount(1)
			.thenRequest(2)
			.expectNextCount(2)
			.then(() -> body.assertMaxRequested(1))
			.thenCancel()
			.verify();
		body.assertCancelled();
	}

	@Test
	void connectionErrorFollowsTheEventsThatHadArrived() {
		byte[] three = ("data: " + HEL + "\n\n").repeat(3).getBytes(StandardCharsets.UTF_8);
		TestPublisher<DataBuffer> body = TestPublisher.create();
		StepVerifier.create(stream(body.flux()), 1)
			.then(() -> body.next(buffer(three)).error(new java.io.IOException("Connection reset")))
			.expectNextCount(1)
			.thenRequest(5)
			.expectNextCount(2)
			.expectError(GeminiConnectionException.class)
			.verify();
	}

	@Test
	void completionNeedsNoDemand() {
		StepVerifier.create(stream(Flux.just(buffer(("data: " + LO + "\n\n").getBytes(StandardCharsets.UTF_8)))), 1)
			.expectNextCount(1)
			.verifyComplete();
	}

	private Outcome read(String text) {
		return read(text.getBytes(StandardCharsets.UTF_8));
	}

	private Outcome read(byte[]... chunks) {
		List<GenerateContentResponse> events = new ArrayList<>();
		Throwable[] failure = new Throwable[1];
		stream(Flux.fromArray(chunks).map(EventStreamTests::buffer)).subscribe(events::add, (ex) -> failure[0] = ex);
		return new Outcome(events, failure[0]);
	}

	private Flux<GenerateContentResponse> stream(Flux<DataBuffer> body) {
		ErrorTranslator errors = new ErrorTranslator(this.mapper);
		CallContext context = Errors.context("streamGenerateContent", "gemini-3.5-flash");
		ResponseErrors exchange = new ResponseErrors(200, new HttpHeaders(), errors, context);
		EventStreamReader reader = new EventStreamReader(new ResponseReader(this.mapper, this.settings.maxEventSize()),
				exchange, this.settings);
		return EventStream.of(body, reader, new HttpAttempt(context), (ex) -> errors.fromFailure(ex, context));
	}

	private static void next(TestPublisher<DataBuffer> body, String text) {
		body.next(buffer(text.getBytes(StandardCharsets.UTF_8)));
	}

	private static byte[][] singleBytes(byte[] bytes) {
		return chunks(bytes, 1);
	}

	private static byte[][] chunks(byte[] bytes, int size) {
		return IntStream.range(0, (bytes.length + size - 1) / size)
			.mapToObj((i) -> Arrays.copyOfRange(bytes, i * size, Math.min(bytes.length, (i + 1) * size)))
			.toArray(byte[][]::new);
	}

	private static DataBuffer buffer(byte[] bytes) {
		return DefaultDataBufferFactory.sharedInstance.wrap(bytes);
	}

	private static void assertText(Outcome outcome, String text) {
		assertThat(outcome.failure()).isNull();
		assertText(outcome.events(), text);
	}

	private static void assertText(List<GenerateContentResponse> events, String text) {
		assertThat(events.stream().map(GenerateContentResponse::text).collect(Collectors.joining())).isEqualTo(text);
	}

	private record Outcome(List<GenerateContentResponse> events, Throwable failure) {

		String failureName() {
			return (this.failure != null) ? this.failure.getClass().getSimpleName() : null;
		}

		@Override
		public boolean equals(Object other) {
			return other instanceof Outcome outcome && this.events.equals(outcome.events)
					&& String.valueOf(this.failureName()).equals(String.valueOf(outcome.failureName()));
		}

		@Override
		public int hashCode() {
			return this.events.hashCode();
		}

	}

}
