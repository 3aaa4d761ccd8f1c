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

package com.cometapi.gemini.web.resume;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import com.cometapi.gemini.error.GeminiThreadsExhaustedException;
import com.cometapi.gemini.thread.GeminiThreads;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link GeminiStreams} with a store that has faults.
 */
class GeminiStreamsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final FaultyStore store = new FaultyStore();

	private final GeminiStreams streams = new GeminiStreams(this.store, Duration.ofSeconds(1), GeminiThreads.shared());

	private final Sinks.Many<List<GeminiStreamEvent>> source = Sinks.many().unicast().onBackpressureBuffer();

	private final AtomicBoolean cancelled = new AtomicBoolean();

	private final AtomicInteger received = new AtomicInteger();

	@AfterEach
	void close() {
		this.streams.close();
	}

	@Test
	void whenStoreIsSlowThenOneBatchWaits() {
		Sinks.Empty<Void> answer = Sinks.empty();
		this.store.append = answer.asMono().then(Mono.just(new GeminiStreamState(false, Duration.ZERO)));
		String id = start((early) -> Flux.range(1, 1000)
			.map((position) -> List.of(event(position)))
			.doOnNext((batch) -> this.received.incrementAndGet()));
		Awaitility.await().atMost(PATIENCE).until(() -> this.store.appended.get() > 1);
		assertThat(this.received).hasValue(1);
		this.store.append = null;
		answer.tryEmitEmpty().orThrow();
		Awaitility.await().atMost(PATIENCE).until(() -> this.received.get() == 1000);
		this.streams.cancel(id).block(PATIENCE);
	}

	@Test
	void whenStoreFailsThenStreamGoesOnWithoutItUntilTheTimeIsUp() {
		start(this::untilEarlyEnd);
		this.source.tryEmitNext(List.of(event(1))).orThrow();
		this.store.append = Mono.error(new GeminiStreamLostException("Not available", null));
		this.source.tryEmitNext(List.of(event(2))).orThrow();
		this.source.tryEmitNext(List.of(event(3))).orThrow();
		Awaitility.await().atMost(PATIENCE).until(() -> this.received.get() == 3);
		assertThat(this.cancelled).isFalse();
		Awaitility.await().atMost(PATIENCE).untilTrue(this.cancelled);
		Awaitility.await().atMost(PATIENCE).until(() -> this.streams.getRunningCount() == 0);
	}

	@Test
	void whenStoreFailsThenStreamMayStillComplete() {
		start(this::untilEarlyEnd);
		this.store.append = Mono.error(new IllegalStateException("Broken"));
		this.source.tryEmitNext(List.of(event(1))).orThrow();
		this.source.tryEmitNext(List.of(last(2))).orThrow();
		this.source.tryEmitComplete().orThrow();
		Awaitility.await().atMost(PATIENCE).until(() -> this.streams.getRunningCount() == 0);
		assertThat(this.received).hasValue(2);
		assertThat(this.cancelled).isFalse();
	}

	@Test
	void whenStoreFailsThenStreamMayGoOnForAnyTime() {
		try (GeminiStreams patient = new GeminiStreams(this.store, ChronoUnit.FOREVER.getDuration(),
				GeminiThreads.shared())) {
			patient.start(null, this::untilEarlyEnd).block(PATIENCE);
			this.store.append = Mono.error(new IllegalStateException("Broken"));
			this.source.tryEmitNext(List.of(event(1))).orThrow();
			this.source.tryEmitNext(List.of(event(2))).orThrow();
			Awaitility.await().atMost(PATIENCE).until(() -> this.received.get() == 2);
			assertThat(this.cancelled).isFalse();
		}
	}

	@Test
	void whenStoreIsSilentThenStreamIsNotHeldForEver() {
		start(this::untilEarlyEnd);
		this.store.append = Mono.never();
		this.source.tryEmitNext(List.of(event(1))).orThrow();
		Awaitility.await().atMost(PATIENCE).untilTrue(this.cancelled);
	}

	@Test
	void whenStreamIsNotCreatedThenNothingIsSubscribedTo() {
		this.store.create = Mono.error(new IllegalStateException("Broken"));
		assertThatExceptionOfType(GeminiStreamLostException.class).isThrownBy(() -> start(this::untilEarlyEnd))
			.withMessageContaining("Broken");
		this.store.create = Mono.never();
		assertThatExceptionOfType(GeminiStreamLostException.class).isThrownBy(() -> start(this::untilEarlyEnd));
		assertThat(this.source.currentSubscriberCount()).isZero();
		assertThat(this.streams.getRunningCount()).isZero();
	}

	@Test
	void whenStoreRespondsOnAnotherThreadThenSourceMayBlock() {
		this.store.create = Mono.delay(Duration.ofMillis(1)).then();
		AtomicReference<String> thread = new AtomicReference<>();
		start((early) -> Flux.defer(() -> {
			thread.set(Thread.currentThread().getName());
			return Mono.just(List.of(last(1))).delayElement(Duration.ofMillis(1)).flux();
		}));
		assertThat(thread.get()).startsWith("gemini-function");
	}

	@Test
	void leaseIsRenewedWhileTheStreamWaitsForAThread() {
		this.store.create = Mono.delay(Duration.ofMillis(1)).then();
		Sinks.Empty<Void> release = Sinks.empty();
		try (GeminiThreads threads = GeminiThreads.builder().functions(1).maxWait(PATIENCE).build();
				GeminiStreams waiting = new GeminiStreams(this.store, PATIENCE, threads)) {
			Disposable busy = threads.onFunctionThread(Mono.fromRunnable(() -> release.asMono().block(PATIENCE)))
				.subscribe();
			waiting.start(null, this::untilEarlyEnd).subscribe();
			Awaitility.await().atMost(PATIENCE).until(() -> this.store.appended.get() > 1);
			assertThat(this.source.currentSubscriberCount()).isZero();
			assertThat(waiting.getRunningCount()).isOne();
			release.tryEmitEmpty().orThrow();
			Awaitility.await().atMost(PATIENCE).until(() -> this.source.currentSubscriberCount() == 1);
			busy.dispose();
		}
		assertThat(this.cancelled).isTrue();
	}

	@Test
	void whenThereIsNoThreadThenTheStreamEndsAndNothingIsSubscribedTo() {
		this.store.create = Mono.delay(Duration.ofMillis(1)).then();
		Sinks.Empty<Void> release = Sinks.empty();
		try (GeminiThreads threads = GeminiThreads.builder().functions(1).maxWait(Duration.ofMillis(100)).build();
				GeminiStreams waiting = new GeminiStreams(this.store, PATIENCE, threads)) {
			threads.onFunctionThread(Mono.fromRunnable(() -> release.asMono().block(PATIENCE))).subscribe();
			assertThatExceptionOfType(GeminiThreadsExhaustedException.class)
				.isThrownBy(() -> waiting.start("key", this::untilEarlyEnd).block(PATIENCE));
			release.tryEmitEmpty().orThrow();
			assertThat(waiting.getRunningCount()).isZero();
			assertThat(waiting.findRunning("key").block(PATIENCE)).isNull();
			waiting.whenEnded().block(PATIENCE);
		}
		assertThat(this.source.currentSubscriberCount()).isZero();
	}

	@Test
	void streamGoesOnIfTheFirstReaderLeavesBeforeItIsCreated() {
		Sinks.Empty<Void> created = Sinks.empty();
		this.store.create = created.asMono();
		this.streams.start(null, this::untilEarlyEnd).subscribe().dispose();
		created.tryEmitEmpty().orThrow();
		Awaitility.await().atMost(PATIENCE).until(() -> this.source.currentSubscriberCount() == 1);
	}

	@Test
	void whenSourceHasNoLastEventThenReadersGetAFailure() {
		for (Flux<List<GeminiStreamEvent>> events : List.of(Flux.just(List.of(event(1))),
				Flux.just(List.of(event(1))).concatWith(Flux.error(new IllegalStateException("Broken"))))) {
			String id = start((early) -> events);
			for (long after : List.of(0L, 1L)) {
				StepVerifier.create(this.streams.read(id, null, after))
					.expectNextCount(1 - after)
					.expectErrorMatches((ex) -> ex instanceof GeminiStreamLostException lost && lost.isTransient())
					.verify(PATIENCE);
			}
		}
	}

	@Test
	void cancelOfAnotherInstanceArrivesWithTheNextState() {
		GeminiStreams other = new GeminiStreams(this.store, PATIENCE, GeminiThreads.shared());
		String id = start(this::untilEarlyEnd);
		assertThat(other.isLocal(id)).isFalse();
		other.cancel(id).block(PATIENCE);
		Awaitility.await().atMost(PATIENCE).untilTrue(this.cancelled);
	}

	@Test
	void streamIsCancelledWhenNobodyHasReadItForTheUnwatchedTimeout() {
		String id = start(this::untilEarlyEnd);
		Disposable reader = this.streams.read(id, null, 0).subscribe();
		this.store.advance(Duration.ofHours(1));
		int appended = this.store.appended.get();
		Awaitility.await().atMost(PATIENCE).until(() -> this.store.appended.get() > appended + 2);
		assertThat(this.cancelled).isFalse();
		reader.dispose();
		this.store.advance(Duration.ofHours(1));
		Awaitility.await().atMost(PATIENCE).untilTrue(this.cancelled);
	}

	@Test
	void failureOfTheStoreIsTyped() {
		this.store.read = Flux.error(new IllegalStateException("Broken"));
		assertThatExceptionOfType(GeminiStreamLostException.class)
			.isThrownBy(() -> this.streams.read("id", null, 0).blockLast(PATIENCE))
			.withMessageContaining("Broken")
			.satisfies((ex) -> assertThat(ex.isTransient()).isTrue());
		assertThat(this.streams.getReaderCount()).isZero();
	}

	@Test
	void idsAreLongAndDifferentAndTellTheirKey() {
		String id = StreamIds.create(null);
		assertThat(id).matches("[\\w-]{22}").isNotEqualTo(StreamIds.create(null));
		assertThat(StreamIds.hasKey(id, "key")).isFalse();
		assertThat(StreamIds.hasKey(id, null)).isTrue();
		assertThat(StreamIds.create("key")).matches((other) -> StreamIds.hasKey(other, "key"))
			.doesNotMatch((other) -> StreamIds.hasKey(other, "other"));
	}

	@Test
	void eventIdIsReadAsItWasWritten() {
		for (GeminiStreamEventId id : List.of(GeminiStreamEventId.start("a-b_c.d"),
				GeminiStreamEventId.of("id", event(7)), GeminiStreamEventId.of("id", last(8)))) {
			assertThat(GeminiStreamEventId.parse(id.toString())).isEqualTo(id);
			assertThat(GeminiStreamEventId.streamId(id.toString())).isEqualTo(id.streamId());
			assertThat(GeminiStreamEventId.streamId(id.streamId())).isEqualTo(id.streamId());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "id:", ":1", "id:-1", "id:1:ended", "{id}:1", "id:1234567890123456789" })
	void whenIdIsNotOfAnEventThenNothingIsCancelled(String id) {
		assertThatExceptionOfType(GeminiStreamExpiredException.class)
			.isThrownBy(() -> this.streams.cancel(id).block(PATIENCE));
	}

	@Test
	void closingCancelsRunningStreams() {
		start(this::untilEarlyEnd);
		assertThat(this.streams.getRunningCount()).isOne();
		this.streams.close();
		assertThat(this.cancelled).isTrue();
		this.streams.whenEnded().block(PATIENCE);
		assertThat(this.streams.getRunningCount()).isZero();
	}

	private @Nullable String start(Function<Mono<Throwable>, Flux<List<GeminiStreamEvent>>> events) {
		return this.streams.start(null, events).block(PATIENCE);
	}

	private Flux<List<GeminiStreamEvent>> untilEarlyEnd(Mono<Throwable> early) {
		return this.source.asFlux()
			.doOnNext((batch) -> this.received.incrementAndGet())
			.doOnCancel(() -> this.cancelled.set(true))
			.takeUntilOther(early.doOnNext((reason) -> assertThat(reason).isInstanceOf(CancellationException.class)))
			.publishOn(Schedulers.parallel(), 1);
	}

	private static GeminiStreamEvent event(long position) {
		return AbstractGeminiStreamStoreTests.event(position);
	}

	private static GeminiStreamEvent last(long position) {
		return AbstractGeminiStreamStoreTests.last(position);
	}

	/**
	 * A store whose operations fail on request.
	 */
	private static final class FaultyStore implements GeminiStreamStore {

		private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

		private final GeminiStreamStore store = new InMemoryGeminiStreamStore(10, DataSize.ofMegabytes(1),
				new GeminiStreamRetention(DataSize.ofMegabytes(1), Duration.ofMinutes(1)), this.now::get);

		private final AtomicInteger appended = new AtomicInteger();

		private volatile @Nullable Mono<Void> create;

		private volatile @Nullable Mono<GeminiStreamState> append;

		private volatile @Nullable Flux<GeminiStreamEvent> read;

		void advance(Duration time) {
			this.now.updateAndGet((instant) -> instant.plus(time));
		}

		@Override
		public Mono<Void> create(String streamId, @Nullable String key) {
			Mono<Void> before = this.create;
			return (before != null) ? before.then(this.store.create(streamId, key)) : this.store.create(streamId, key);
		}

		@Override
		public Mono<GeminiStreamState> append(String streamId, List<GeminiStreamEvent> events) {
			this.appended.incrementAndGet();
			Mono<GeminiStreamState> instead = this.append;
			return (instead != null) ? instead : this.store.append(streamId, events);
		}

		@Override
		public Flux<GeminiStreamEvent> read(String streamId, long afterPosition) {
			Flux<GeminiStreamEvent> instead = this.read;
			return (instead != null) ? instead : this.store.read(streamId, afterPosition);
		}

		@Override
		public Mono<Void> requestCancel(String streamId) {
			return this.store.requestCancel(streamId);
		}

		@Override
		public Mono<String> findRunning(String key) {
			return this.store.findRunning(key);
		}

		@Override
		public Duration leaseTime() {
			return Duration.ofSeconds(1);
		}

	}

}
