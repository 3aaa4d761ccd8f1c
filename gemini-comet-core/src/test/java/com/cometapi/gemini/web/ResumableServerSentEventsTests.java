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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.thread.GeminiThreads;
import com.cometapi.gemini.web.resume.GeminiStreamEvent;
import com.cometapi.gemini.web.resume.GeminiStreamExpiredException;
import com.cometapi.gemini.web.resume.GeminiStreamRetention;
import com.cometapi.gemini.web.resume.GeminiStreams;
import com.cometapi.gemini.web.resume.InMemoryGeminiStreamStore;
import org.assertj.core.groups.Tuple;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ResumableServerSentEvents}.
 */
class ResumableServerSentEventsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final Sinks.Empty<Void> shutdown = Sinks.empty();

	private final GeminiStreams streams = streams(Duration.ofMinutes(1));

	private final ResumableServerSentEvents resumable = events(this.streams).resumable();

	private final Sinks.Many<GenerateContentResponse> source = Sinks.many().unicast().onBackpressureBuffer();

	private final AtomicInteger subscriptions = new AtomicInteger();

	private final AtomicBoolean cancelled = new AtomicBoolean();

	private final Flux<GenerateContentResponse> responses = this.source.asFlux()
		.doOnSubscribe((subscription) -> this.subscriptions.incrementAndGet())
		.doOnCancel(() -> this.cancelled.set(true));

	@AfterEach
	void close() {
		this.streams.close();
	}

	private static GeminiStreams streams(Duration unwatchedTimeout) {
		return new GeminiStreams(
				new InMemoryGeminiStreamStore(100, DataSize.ofMegabytes(10),
						new GeminiStreamRetention(DataSize.ofMegabytes(1), Duration.ofMinutes(1))),
				unwatchedTimeout, GeminiThreads.shared());
	}

	private GeminiServerSentEvents events(GeminiStreams streams) {
		return new GeminiServerSentEvents(Responses.MAPPER, Duration.ofMinutes(1)).withStreams(streams)
			.withShutdown(this.shutdown.asMono());
	}

	@Test
	void browserThatComesBackGetsWhatItMissedAtEveryOffset() {
		Flux<ServerSentEvent<String>> first = body(this.resumable.response(this.responses)).cache();
		first.subscribe();
		IntStream.range(0, 20).forEach((number) -> emit("Grüße\n" + number));
		List<ServerSentEvent<String>> half = first.take(20).collectList().block(PATIENCE);
		List<Mono<List<ServerSentEvent<String>>>> others = half.stream().map((event) -> {
			Mono<List<ServerSentEvent<String>>> rest = body(
					this.resumable.lastEventId(event.id()).response(this.responses))
				.collectList()
				.cache();
			rest.subscribe();
			return rest;
		}).toList();

		IntStream.range(20, 40).forEach((number) -> emit("Grüße\n" + number));
		this.source.tryEmitComplete().orThrow();

		List<ServerSentEvent<String>> all = first.collectList().block(PATIENCE);
		assertThat(all).hasSize(41);
		for (int i = 0; i < others.size(); i++) {
			assertThat(format(others.get(i).block(PATIENCE))).isEqualTo(format(all.subList(i + 1, all.size())));
		}
		for (int i = 0; i < all.size() - 1; i++) {
			assertThat(format(resume(all.get(i).id()))).isEqualTo(format(all.subList(i + 1, all.size())));
		}
		assertThat(this.subscriptions).hasValue(1);
	}

	@Test
	void eventsAreThoseOfAnOrdinaryStreamExceptTheirIds() {
		Flux<GenerateContentResponse> responses = Flux.just(Responses.text("one"), Responses.json("""
				{"candidates":[{"content":{"parts":[{"text":"half"}]},"finishReason":"STOP"}],
				"usageMetadata":{"totalTokenCount":7}}"""));
		List<ServerSentEvent<String>> events = body(this.resumable.response(responses)).collectList().block(PATIENCE);
		List<ServerSentEvent<String>> expected = events(this.streams).events(responses)
			.filter((event) -> event.comment() == null)
			.collectList()
			.block(PATIENCE);
		assertThat(events).extracting(ServerSentEvent::event, ServerSentEvent::data)
			.isEqualTo(expected.stream().map((event) -> Tuple.tuple(event.event(), event.data())).toList());
		assertThat(events).extracting(ServerSentEvent::id)
			.map((id) -> id.substring(id.indexOf(':')))
			.containsExactly(":1", ":2", ":3", ":4:end");
	}

	@Test
	void browserThatLosesItsConnectionBeforeTheFirstEventResumesTheStream() {
		ServerSentEvent<String> start = this.resumable.response(this.responses)
			.flatMapMany(ResponseEntity::getBody)
			.filter((event) -> event.comment() == null)
			.blockFirst(PATIENCE);
		assertThat(start.id()).endsWith(":0");
		assertThat(start.data()).isNull();
		assertThat(start.event()).isNull();
		emit("one");
		this.source.tryEmitComplete().orThrow();
		assertThat(resume(start.id())).extracting(ServerSentEvent::event).containsExactly("text", "done");
		assertThat(this.subscriptions).hasValue(1);
	}

	@Test
	void noEventIsLostOrRepeatedWhereBrowsersJoinARunningStream() {
		int count = 2000;
		Flux<GenerateContentResponse> responses = Flux.range(0, count)
			.map((number) -> Responses.text(number + " "))
			.publishOn(Schedulers.parallel());
		Flux<ServerSentEvent<String>> first = body(this.resumable.response(responses));
		String id = first.blockFirst(PATIENCE).id();
		String streamId = id.substring(0, id.indexOf(':'));
		List<List<ServerSentEvent<String>>> all = Flux.range(1, 100)
			.flatMap((browser) -> body(this.resumable.lastEventId(streamId + ":0").resume()).take(browser * 20)
				.collectList()
				.flatMap((events) -> body(this.resumable.lastEventId(events.get(events.size() - 1).id()).resume())
					.collectList()
					.map((rest) -> Stream.concat(events.stream(), rest.stream()).toList()))
				.subscribeOn(Schedulers.parallel()), 100)
			.collectList()
			.block(PATIENCE);

		assertThat(resume(streamId + ":0")).hasSize(count + 1);
		String expected = format(resume(streamId + ":0"));
		assertThat(all).hasSize(100).allSatisfy((events) -> assertThat(format(events)).isEqualTo(expected));
	}

	@Test
	void browserThatLeavesDoesNotCancelTheResponses() {
		List<String> ids = new ArrayList<>();
		StepVerifier.create(body(this.resumable.response(this.responses)).map(ServerSentEvent::id))
			.then(() -> emit("one"))
			.consumeNextWith(ids::add)
			.thenCancel()
			.verify(PATIENCE);
		emit("two");
		this.source.tryEmitComplete().orThrow();
		assertThat(resume(ids.get(0))).extracting(ServerSentEvent::data).containsExactly("{\"text\":\"two\"}", "{}");
		assertThat(this.cancelled).isFalse();
	}

	@Test
	void whenBrowserHasTheLastEventThenThereIsNoContent() {
		this.source.tryEmitComplete().orThrow();
		ServerSentEvent<String> last = body(this.resumable.response(this.responses)).blockLast(PATIENCE);
		assertThat(this.resumable.lastEventId(last.id()).response(this.responses).block(PATIENCE).getStatusCode())
			.isEqualTo(HttpStatus.NO_CONTENT);
	}

	@Test
	void whenStreamIsNotKnownThenBrowserGetsAnErrorAndNoModelIsCalled() {
		for (String id : List.of("5", "unknown:5", "unknown", "a b:1", "unknown:99999999999999999999")) {
			assertThat(body(this.resumable.lastEventId(id).response(this.responses)).collectList().block(PATIENCE))
				.singleElement()
				.satisfies((event) -> {
					assertThat(event.id()).isNull();
					assertThat(event.event()).isEqualTo("error");
					assertThat(event.data()).startsWith("{\"code\":\"stream-expired\"");
				});
		}
		assertThat(this.subscriptions).hasValue(0);
	}

	@Test
	void whenLastEventIdIsBlankThenStreamIsStarted() {
		this.source.tryEmitComplete().orThrow();
		assertThat(body(this.resumable.lastEventId(" ").response(this.responses)).blockLast(PATIENCE).event())
			.isEqualTo("done");
	}

	@Test
	void pageThatKnowsTheKeyOnlyGetsTheRunningStreamFromItsStart() {
		assertThat(this.resumable.key("user/1").resume().block(PATIENCE).getStatusCode())
			.isEqualTo(HttpStatus.NO_CONTENT);
		Flux<ServerSentEvent<String>> first = body(this.resumable.key("user/1").response(this.responses)).cache();
		first.subscribe();
		emit("one");
		first.blockFirst(PATIENCE);
		Flux<ServerSentEvent<String>> second = body(this.resumable.key("user/1").resume()).cache();
		second.subscribe();
		assertThat(this.resumable.key("user/2").resume().block(PATIENCE).getStatusCode())
			.isEqualTo(HttpStatus.NO_CONTENT);
		this.source.tryEmitComplete().orThrow();

		assertThat(format(second.collectList().block(PATIENCE))).isEqualTo(format(first.collectList().block(PATIENCE)));
		assertThat(this.resumable.key("user/1").resume().block(PATIENCE).getStatusCode())
			.isEqualTo(HttpStatus.NO_CONTENT);
	}

	@Test
	void whenKeyIsUsedAgainThenItRefersToTheNewestStreamAndTheOtherGoesOn() {
		Flux<ServerSentEvent<String>> older = body(this.resumable.key("key").response(this.responses)).cache();
		older.subscribe();
		body(this.resumable.key("key").response(Flux.just(Responses.text("newer")).concatWith(Flux.never())))
			.blockFirst(PATIENCE);
		assertThat(body(this.resumable.key("key").resume()).blockFirst(PATIENCE).data()).contains("newer");
		emit("older");
		this.source.tryEmitComplete().orThrow();
		assertThat(older.collectList().block(PATIENCE)).extracting(ServerSentEvent::data)
			.containsExactly("{\"text\":\"older\"}", "{}");
	}

	@Test
	void streamWithAKeyIsNotResumedWithAnother() {
		this.source.tryEmitComplete().orThrow();
		Flux<GenerateContentResponse> responses = Flux.just(Responses.text("one"));
		String id = body(this.resumable.key("alice/1").response(responses)).blockFirst(PATIENCE).id();
		assertThat(body(this.resumable.key("bob/1").lastEventId(id).resume()).blockLast(PATIENCE).data())
			.contains("stream-expired");
		assertThat(body(this.resumable.key("alice/1").lastEventId(id).resume()).blockLast(PATIENCE).event())
			.isEqualTo("done");
	}

	@Test
	void streamWithAKeyIsNotResumedWithoutIt() {
		Flux<ServerSentEvent<String>> events = body(this.resumable.key("alice/1").response(this.responses)).cache();
		events.subscribe();
		emit("one");
		String id = events.blockFirst(PATIENCE).id();
		for (String forged : List.of(id, id.replaceFirst("\\.[^:]*", ""))) {
			assertThat(body(this.resumable.lastEventId(forged).resume()).blockLast(PATIENCE).data())
				.contains("stream-expired");
			assertThat(body(this.resumable.lastEventId(forged).response(this.responses)).blockLast(PATIENCE).data())
				.contains("stream-expired");
		}
		assertThat(this.subscriptions).hasValue(1);
	}

	@Test
	void streamWithAKeyIsNotCancelledWithoutIt() {
		Flux<ServerSentEvent<String>> events = body(this.resumable.key("alice/1").response(this.responses)).cache();
		events.subscribe();
		emit("one");
		String id = events.blockFirst(PATIENCE).id();
		for (String key : Arrays.asList("bob/1", null)) {
			assertThatExceptionOfType(GeminiStreamExpiredException.class)
				.isThrownBy(() -> this.streams.cancel(id, key).block(PATIENCE));
		}
		assertThatExceptionOfType(GeminiStreamExpiredException.class)
			.isThrownBy(() -> this.streams.cancel(id).block(PATIENCE));
		this.streams.cancel(id.replaceFirst("\\.[^:]*", "")).block(PATIENCE);
		assertThat(this.cancelled).isFalse();
		this.streams.cancel(id, "alice/1").block(PATIENCE);
		assertThat(events.blockLast(PATIENCE).data()).contains("cancelled");
	}

	@Test
	void resumingNeedsAnIdOrAKey() {
		assertThatIllegalStateException().isThrownBy(() -> this.resumable.resume().block(PATIENCE))
			.withMessageContaining("Set 'lastEventId' or 'key'");
		assertThatIllegalStateException()
			.isThrownBy(() -> new GeminiServerSentEvents(Responses.MAPPER, PATIENCE).resumable())
			.withMessageContaining("withStreams");
	}

	@Test
	void whenStreamEndsWithoutALastEventThenBrowserGetsAnError() {
		String id = this.streams
			.start(null, (earlyEnd) -> Flux.just(List.of(new GeminiStreamEvent(1, "text", "{}", false))))
			.block(PATIENCE) + ":0";
		assertThat(resume(id)).extracting(ServerSentEvent::event, ServerSentEvent::id)
			.containsExactly(Tuple.tuple("text", id.replace(":0", ":1")), Tuple.tuple("error", null));
		assertThat(resume(id).get(1).data()).isEqualTo("""
				{"code":"stream-lost","message":"The connection was lost. \
				The answer may be in the conversation: reload before you ask again.","transient":true}""");
		assertThat(body(this.resumable.lastEventId(id).uiMessageStream(this.responses)).collectList().block(PATIENCE))
			.extracting(ServerSentEvent::data)
			.contains("[DONE]")
			.anyMatch((data) -> data.startsWith("{\"type\":\"error\""));
	}

	@Test
	void cancelEndsTheStreamForAllBrowsers() {
		Flux<ServerSentEvent<String>> events = body(this.resumable.response(this.responses)).cache();
		events.subscribe();
		emit("one");
		ServerSentEvent<String> first = events.blockFirst(PATIENCE);
		this.streams.cancel(first.id()).block(PATIENCE);
		assertThat(events.blockLast(PATIENCE).data()).isEqualTo("""
				{"code":"cancelled","message":"The answer was stopped.","transient":false}""");
		assertThat(this.cancelled).isTrue();
		assertThat(resume(first.id())).extracting(ServerSentEvent::event).containsExactly("error");
	}

	@Test
	void cancelByKeyEndsTheStream() {
		Flux<ServerSentEvent<String>> events = body(
				this.resumable.key("key").uiMessageStream(this.responses, UiMessageStreamOptions.DEFAULTS))
			.cache();
		events.subscribe();
		emit("one");
		events.blockFirst(PATIENCE);
		this.streams.cancelByKey("other").block(PATIENCE);
		assertThat(this.cancelled).isFalse();
		this.streams.cancelByKey("key").block(PATIENCE);
		assertThat(events.collectList().block(PATIENCE)).extracting(ServerSentEvent::data)
			.endsWith("{\"type\":\"abort\"}", "[DONE]");
		assertThat(this.cancelled).isTrue();
	}

	@Test
	void streamCanBeCancelledFromTheStartOfTheResponse() {
		ResponseEntity<Flux<ServerSentEvent<String>>> response = this.resumable.key("key")
			.uiMessageStream(this.responses, UiMessageStreamOptions.DEFAULTS)
			.block(PATIENCE);
		this.streams.cancelByKey("key").block(PATIENCE);
		assertThat(response.getBody().collectList().block(PATIENCE)).extracting(ServerSentEvent::data)
			.endsWith("{\"type\":\"abort\"}", "[DONE]");
		assertThat(this.cancelled).isTrue();
	}

	@Test
	void whenNobodyReadsThenResponsesAreCancelled() {
		try (GeminiStreams streams = streams(Duration.ofMillis(200))) {
			ResumableServerSentEvents resumable = events(streams).resumable();
			String id = Flux.defer(() -> {
				emit("one");
				return body(resumable.response(this.responses));
			}).blockFirst(PATIENCE).id();
			Awaitility.await().atMost(PATIENCE).untilTrue(this.cancelled);
			assertThat(body(resumable.lastEventId(id).resume()).blockLast(PATIENCE).data()).contains("cancelled");
			assertThat(streams.getRunningCount()).isZero();
		}
	}

	@Test
	void timeoutLimitsTheStreamForAllBrowsers() {
		ResumableServerSentEvents limited = events(this.streams).withTimeouts(Duration.ofMillis(300), null).resumable();
		Flux<ServerSentEvent<String>> events = body(limited.key("key").response(this.responses)).cache();
		events.subscribe();
		ServerSentEvent<String> last = events.blockLast(PATIENCE);
		assertThat(last.data()).startsWith("{\"code\":\"timeout\"");
		assertThat(last.id()).endsWith(":1:end");
		assertThat(this.cancelled).isTrue();
	}

	@Test
	void slowBrowserDelaysNeitherTheResponsesNorOthers() {
		AtomicLong emitted = new AtomicLong();
		Flux<GenerateContentResponse> responses = Flux.range(0, 1000)
			.map((number) -> Responses.text("x" + number))
			.doOnNext((response) -> emitted.incrementAndGet());
		Flux<ServerSentEvent<String>> slow = body(this.resumable.key("key").response(responses));
		StepVerifier.create(slow, 1)
			.expectNextCount(1)
			.then(() -> Awaitility.await().atMost(PATIENCE).until(() -> emitted.get() == 1000))
			.thenRequest(1)
			.expectNextCount(1)
			.thenRequest(Long.MAX_VALUE)
			.expectNextCount(999)
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void shutdownEndsRunningStreamsWithTheirError() {
		Flux<ServerSentEvent<String>> events = body(this.resumable.response(this.responses)).cache();
		events.subscribe();
		emit("one");
		events.blockFirst(PATIENCE);
		this.shutdown.tryEmitEmpty().orThrow();
		assertThat(events.blockLast(PATIENCE).data()).startsWith("{\"code\":\"shutdown\"");
		assertThat(this.cancelled).isTrue();
		this.streams.whenEnded().block(PATIENCE);
		assertThat(this.streams.getRunningCount()).isZero();
	}

	@Test
	void atShutdownBrowserIsSentToTheInstanceThatRunsTheStream() {
		InMemoryGeminiStreamStore store = new InMemoryGeminiStreamStore(100, DataSize.ofMegabytes(10),
				new GeminiStreamRetention(DataSize.ofMegabytes(1), Duration.ofMinutes(1)));
		GeminiStreams other = new GeminiStreams(store, Duration.ofMinutes(1), GeminiThreads.shared());
		GeminiStreams here = new GeminiStreams(store, Duration.ofMinutes(1), GeminiThreads.shared());
		Flux<ServerSentEvent<String>> running = body(
				new GeminiServerSentEvents(Responses.MAPPER, Duration.ofMinutes(1)).withStreams(other)
					.resumable()
					.key("key")
					.response(this.responses))
			.cache();
		running.subscribe();
		emit("one");
		running.blockFirst(PATIENCE);
		ResumableServerSentEvents resumable = events(here).resumable().key("key");
		Flux<ServerSentEvent<String>> named = body(resumable.resume()).cache();
		Flux<ServerSentEvent<String>> uiMessage = body(resumable.resumeUiMessageStream()).cache();
		named.blockFirst(PATIENCE);
		uiMessage.blockFirst(PATIENCE);

		this.shutdown.tryEmitEmpty().orThrow();

		assertThat(named.collectList().block(PATIENCE)).extracting(ServerSentEvent::event).containsExactly("text");
		assertThat(uiMessage.blockLast(PATIENCE).data()).isEqualTo("[DONE]");
		assertThat(this.cancelled).isFalse();
		other.close();
		here.close();
	}

	@Test
	void typedResponsesAreResumed() {
		Flux<ServerSentEvent<String>> events = body(this.resumable.entityResponse(Flux.just("a", "ab")));
		List<ServerSentEvent<String>> all = events.collectList().block(PATIENCE);
		assertThat(all).extracting(ServerSentEvent::data).containsExactly("\"a\"", "\"ab\"", "{}");
		assertThat(body(this.resumable.lastEventId(all.get(0).id()).entityResponse(Flux.error(new AssertionError())))
			.collectList()
			.block(PATIENCE)).extracting(ServerSentEvent::data).containsExactly("\"ab\"", "{}");
	}

	@Test
	void uiMessageStreamIsResumedFromItsStartByteByByte() {
		Flux<ServerSentEvent<String>> first = body(this.resumable.key("key").uiMessageStream(this.responses)).cache();
		first.subscribe();
		emit("one");
		first.blockFirst(PATIENCE);
		ResponseEntity<Flux<ServerSentEvent<String>>> response = this.resumable.key("key")
			.resumeUiMessageStream()
			.block(PATIENCE);
		assertThat(response.getHeaders().getFirst("x-vercel-ai-ui-message-stream")).isEqualTo("v1");
		Flux<ServerSentEvent<String>> second = body(Mono.just(response)).cache();
		second.subscribe();
		emit("two");
		this.source.tryEmitComplete().orThrow();
		List<ServerSentEvent<String>> all = first.collectList().block(PATIENCE);
		assertThat(format(second.collectList().block(PATIENCE))).isEqualTo(format(all));
		assertThat(all).extracting(ServerSentEvent::id).containsOnlyNulls();
		assertThat(this.resumable.key("key").resumeUiMessageStream().block(PATIENCE).getStatusCode())
			.isEqualTo(HttpStatus.NO_CONTENT);
	}

	private List<ServerSentEvent<String>> resume(String lastEventId) {
		return body(this.resumable.lastEventId(lastEventId).response(this.responses)).collectList().block(PATIENCE);
	}

	private void emit(String text) {
		this.source.tryEmitNext(Responses.text(text)).orThrow();
	}

	private static Flux<ServerSentEvent<String>> body(Mono<ResponseEntity<Flux<ServerSentEvent<String>>>> response) {
		return response.flatMapMany(ResponseEntity::getBody).filter((event) -> event.data() != null);
	}

	private static String format(List<ServerSentEvent<String>> events) {
		StringBuilder text = new StringBuilder();
		events.forEach((event) -> text.append(event.format()).append(event.data()).append("\n\n"));
		return text.toString();
	}

}
