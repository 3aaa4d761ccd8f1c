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

package com.cometapi.gemini.web;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.error.GeminiError;
import com.cometapi.gemini.error.GeminiRateLimitException;
import com.fasterxml.jackson.annotation.JsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.util.RawValue;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link GeminiServerSentEvents} as a stream; {@link ResponseEventMapperTests}
 * tests the contents of the events.
 */
@ExtendWith(OutputCaptureExtension.class)
class GeminiServerSentEventsTests {

	private static final Duration INTERVAL = Duration.ofSeconds(15);

	private static final Duration PROBE = Duration.ofMillis(100);

	private static final Duration MOMENT = Duration.ofMillis(1);

	private final GeminiServerSentEvents events = new GeminiServerSentEvents(Responses.MAPPER, INTERVAL);

	@Test
	void responseHasHeadersAgainstBuffering() {
		ResponseEntity<Flux<ServerSentEvent<String>>> response = this.events.response(Flux.empty());

		assertThat(response.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE))
			.isEqualTo("text/event-stream;charset=UTF-8");
		assertThat(response.getHeaders().getCacheControl()).isEqualTo("no-cache, no-store, no-transform");
		assertThat(response.getHeaders().getFirst("X-Accel-Buffering")).isEqualTo("no");
	}

	@Test
	void commentsComeAtOnceAndAfterEachSilence() {
		StepVerifier.withVirtualTime(() -> this.events.events(Flux.never()).map(GeminiServerSentEventsTests::name))
			.expectSubscription()
			.expectNext(":")
			.expectNoEvent(INTERVAL.minus(MOMENT))
			.thenAwait(MOMENT)
			.expectNext(":")
			.expectNoEvent(PROBE.minus(MOMENT))
			.thenAwait(MOMENT)
			.expectNext(":")
			.expectNoEvent(INTERVAL.minus(MOMENT))
			.thenAwait(MOMENT)
			.expectNext(":")
			.thenCancel()
			.verify(Duration.ofSeconds(30));
	}

	@Test
	void eventPostponesTheNextComment() {
		StepVerifier.withVirtualTime(() -> {
			Flux<GenerateContentResponse> responses = Mono.delay(Duration.ofSeconds(10))
				.map((tick) -> Responses.text("one"))
				.concatWith(Mono.never());
			return this.events.events(responses).map(GeminiServerSentEventsTests::name);
		})
			.expectSubscription()
			.expectNext(":")
			.thenAwait(Duration.ofSeconds(10))
			.expectNext("text")
			.expectNoEvent(INTERVAL.minus(MOMENT))
			.thenAwait(MOMENT)
			.expectNext(":")
			.thenCancel()
			.verify(Duration.ofSeconds(30));
	}

	@Test
	void streamThatIsNeverSilentHasNoComments() {
		StepVerifier
			.withVirtualTime(() -> this.events
				.events(Flux.interval(Duration.ofSeconds(1)).take(60).map((tick) -> Responses.text("x")))
				.map(GeminiServerSentEventsTests::name))
			.expectSubscription()
			.expectNext(":")
			.thenAwait(Duration.ofMinutes(2))
			.expectNextSequence(Collections.nCopies(60, "text"))
			.expectNext("done")
			.expectComplete()
			.verify(Duration.ofSeconds(30));
	}

	@Test
	void whenBrowserDoesNotReadThenOneCommentWaits() {
		StepVerifier.withVirtualTime(() -> this.events.events(Flux.never()).map(GeminiServerSentEventsTests::name), 1)
			.expectSubscription()
			.expectNext(":")
			.thenAwait(INTERVAL.multipliedBy(20))
			.thenRequest(1)
			.expectNext(":")
			.thenRequest(100)
			.expectNoEvent(PROBE.minus(MOMENT))
			.thenCancel()
			.verify(Duration.ofSeconds(30));
	}

	@Test
	void whenBrowserDoesNotReadThenResponsesAreNotRequested() {
		AtomicLong requested = new AtomicLong();
		Flux<GenerateContentResponse> responses = Flux.range(0, 1000)
			.map((number) -> Responses.text("number " + number))
			.doOnRequest(requested::addAndGet);

		StepVerifier.create(this.events.events(responses), 0)
			.expectSubscription()
			.thenRequest(1)
			.expectNextMatches((event) -> event.event() == null)
			.then(() -> assertThat(requested).hasValueLessThanOrEqualTo(3))
			.thenRequest(10)
			.expectNextCount(10)
			.then(() -> assertThat(requested).hasValueLessThanOrEqualTo(13))
			.thenCancel()
			.verify(Duration.ofSeconds(30));
	}

	@Test
	void whenBrowserDoesNotReadThenErrorWaitsBehindTheResponses() {
		TestPublisher<GenerateContentResponse> responses = TestPublisher.createCold();
		responses.next(Responses.text("one"), Responses.text("two")).error(new IllegalStateException("Broken"));

		StepVerifier.create(this.events.events(responses).map(GeminiServerSentEventsTests::name), 0)
			.expectSubscription()
			.thenRequest(1)
			.expectNext(":")
			.thenRequest(1)
			.expectNext("text")
			.thenRequest(1)
			.expectNext("text")
			.thenRequest(1)
			.expectNext("error")
			.expectComplete()
			.verify(Duration.ofSeconds(30));
	}

	@Test
	void cancelReachesTheResponses() {
		TestPublisher<GenerateContentResponse> responses = TestPublisher.create();
		StepVerifier.create(this.events.events(responses))
			.expectNextCount(1)
			.then(() -> responses.next(Responses.text("one")))
			.expectNextCount(1)
			.thenCancel()
			.verify(Duration.ofSeconds(30));
		responses.assertCancelled();
	}

	@Test
	void successfulStreamIsNotCancelled() {
		TestPublisher<GenerateContentResponse> responses = TestPublisher.create();
		StepVerifier.create(this.events.events(responses))
			.expectNextCount(1)
			.then(responses::complete)
			.expectNextCount(1)
			.expectComplete()
			.verify(Duration.ofSeconds(30));
		responses.assertNotCancelled();
	}

	@Test
	void eachSubscriberHasItsOwnStream() {
		Flux<String> ids = this.events.events(Flux.just(Responses.text("one"))).mapNotNull(ServerSentEvent::id);
		assertThat(ids.collectList().block()).containsExactly("1", "2");
		assertThat(ids.collectList().block()).containsExactly("1", "2");
	}

	@Test
	void whenAResponseCannotBeWrittenThenBrowserGetsAnErrorAndResponsesAreCancelled(CapturedOutput output) {
		TestPublisher<GenerateContentResponse> responses = TestPublisher.create();
		FunctionCall call = FunctionCall.of("call", Map.of("argument", new Unwritable()));

		StepVerifier.create(this.events.events(responses).map(GeminiServerSentEventsTests::name))
			.expectNext(":")
			.then(() -> responses.next(Responses.text("one")))
			.expectNext("text")
			.then(() -> responses.next(response(Part.functionCall(call))))
			.expectNext("error")
			.expectComplete()
			.verify(Duration.ofSeconds(30));

		responses.assertCancelled();
		assertThat(output).contains("Sending error event to the client").contains("Not for JSON");
	}

	@Test
	void waitThatTheEndpointAskedForIsSentInFullSeconds() {
		GeminiError error = new GeminiError(429, null, null, null, List.of(), null, Duration.ofMillis(1500), null);
		assertThat(last(this.events.events(Flux.error(new GeminiRateLimitException("Slow down", error, null)))))
			.endsWith("\"transient\":true,\"retryAfter\":2}");
	}

	@Test
	void applicationChoosesTheMessage() {
		GeminiServerSentEvents events = new GeminiServerSentEvents(Responses.MAPPER, INTERVAL,
				(failure) -> new GeminiErrorEvent("kaputt", "Leider \"nein\"", true));
		assertThat(last(events.events(Flux.error(new IllegalStateException("Broken"))))).isEqualTo("""
				{"code":"kaputt","message":"Leider \\"nein\\"","transient":true}""");
	}

	@Test
	void whenTheMapperOfTheApplicationFailsThenTheDefaultIsUsed(CapturedOutput output) {
		GeminiServerSentEvents events = new GeminiServerSentEvents(Responses.MAPPER, INTERVAL, (failure) -> {
			throw new IllegalArgumentException("No words for it");
		});
		assertThat(last(events.events(Flux.error(new IllegalStateException("Broken"))))).startsWith("""
				{"code":"internal",""");
		assertThat(output).contains("No words for it");
	}

	@Test
	void dataIsOneLineEvenIfTheMapperIndents() {
		GeminiServerSentEvents events = new GeminiServerSentEvents(
				Responses.MAPPER.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build(), INTERVAL);
		assertThat(last(events.events(Flux.error(new IllegalStateException("Broken"))))).doesNotContain("\n");
	}

	@Test
	void dataIsOneLineEvenIfTheApplicationHasRawJsonOnSeveralLines() {
		RawValue stored = new RawValue("{\r\n\"name\": \"a\\nb\"\n}");
		GeminiServerSentEvents events = new GeminiServerSentEvents(Responses.MAPPER, INTERVAL);
		assertThat(events.entityEvents(Flux.just(stored)).mapNotNull(ServerSentEvent::data).blockFirst())
			.isEqualTo("{  \"name\": \"a\\nb\" }");
		UiMessageStreamOptions options = UiMessageStreamOptions.DEFAULTS
			.withData(Flux.just(UiDataPart.of("row", stored)));
		assertThat(events.uiMessageEvents(Flux.empty(), options).collectList().block()).map(ServerSentEvent::data)
			.contains("{\"type\":\"data-row\",\"data\":{  \"name\": \"a\\nb\" }}");
	}

	@Test
	void intervalMustBePositive() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new GeminiServerSentEvents(Responses.MAPPER, Duration.ZERO))
			.withMessage("'heartbeatInterval' must be at least a millisecond");
	}

	private static GenerateContentResponse response(Part part) {
		return GenerateContentResponse.builder()
			.candidates(List.of(Candidate.builder().content(Content.model(part)).build()))
			.build();
	}

	private static String last(Flux<ServerSentEvent<String>> events) {
		ServerSentEvent<String> last = events.blockLast(Duration.ofSeconds(30));
		assertThat(last).isNotNull();
		return last.data();
	}

	private static String name(ServerSentEvent<String> event) {
		return (event.event() != null) ? event.event() : ":";
	}

	static class Unwritable {

		@JsonValue
		String value() {
			throw new IllegalStateException("Not for JSON");
		}

	}

}
