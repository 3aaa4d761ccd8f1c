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
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for every {@link GeminiStreamStore}.
 */
public abstract class AbstractGeminiStreamStoreTests {

	protected static final Duration PATIENCE = Duration.ofSeconds(30);

	protected static final GeminiStreamRetention RETENTION = new GeminiStreamRetention(DataSize.ofMegabytes(16),
			Duration.ofMinutes(10));

	protected final GeminiStreamStore store = create(RETENTION);

	protected final String id = UUID.randomUUID().toString();

	protected abstract GeminiStreamStore create(GeminiStreamRetention retention);

	@Test
	void readerGetsStoredEventsAndThenThoseThatAreAppended() {
		create(this.store, this.id);
		append(event(1), event(2));

		StepVerifier.create(this.store.read(this.id, 0))
			.expectNext(event(1), event(2))
			.then(() -> append(event(3)))
			.expectNext(event(3))
			.then(() -> append(event(4), event(5)))
			.expectNext(event(4), event(5))
			.then(() -> append(last(6)))
			.expectNext(last(6))
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void readerContinuesAfterEachPosition() {
		create(this.store, this.id);
		append(events(1, 10));
		append(last(11));

		for (long after = 0; after <= 11; after++) {
			List<GeminiStreamEvent> expected = new ArrayList<>(List.of(events(after + 1, 10)));
			if (after < 11) {
				expected.add(last(11));
			}
			assertThat(read(this.store, this.id, after)).isEqualTo(expected);
		}
	}

	@Test
	void eventsAreStoredAsTheyAre() {
		List<GeminiStreamEvent> events = List.of(new GeminiStreamEvent(1, null, "", false),
				new GeminiStreamEvent(2, "text", "{\"text\":\"Grüße, 世界 😀 \\u0000\"}", false),
				new GeminiStreamEvent(3, "inline-data", "x".repeat(1_000_000), false),
				new GeminiStreamEvent(4, null, "[DONE]", true));
		create(this.store, this.id);
		this.store.append(this.id, events).block(PATIENCE);

		assertThat(read(this.store, this.id, 0)).isEqualTo(events);
	}

	@Test
	void readersThatReconnectMissNothingAndGetNothingTwice() {
		int count = 500;
		create(this.store, this.id);
		Mono<List<List<GeminiStreamEvent>>> readers = Flux.range(0, 50)
			.flatMap((i) -> readInPieces(0).collectList(), 50)
			.collectList()
			.cache();
		Disposable reading = readers.subscribe();
		for (int i = 1; i < count; i += 7) {
			append(events(i, Math.min(i + 6, count - 1)));
		}
		append(last(count));

		assertThat(readers.block(PATIENCE)).hasSize(50)
			.allSatisfy((events) -> assertThat(events).extracting(GeminiStreamEvent::position)
				.containsExactlyElementsOf(LongStream.rangeClosed(1, count).boxed().toList()));
		reading.dispose();
	}

	private Flux<GeminiStreamEvent> readInPieces(long after) {
		int piece = ThreadLocalRandom.current().nextInt(1, 100);
		return this.store.read(this.id, after)
			.take(piece)
			.collectList()
			.flatMapMany((events) -> (events.size() < piece) ? Flux.fromIterable(events)
					: Flux.fromIterable(events).concatWith(readInPieces(events.get(piece - 1).position())));
	}

	@Test
	void eventsThatAreStoredAlreadyAreSkipped() {
		create(this.store, this.id);
		append(events(1, 3));
		append(events(1, 3));
		append(events(2, 5));
		GeminiStreamEvent[] end = { event(5), last(6) };
		append(end);
		append(end);

		assertThat(read(this.store, this.id, 0)).extracting(GeminiStreamEvent::position)
			.containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
	}

	@Test
	void streamThatDoesNotRunIsNotAppendedTo() {
		create(this.store, this.id);
		append(last(1));

		for (List<GeminiStreamEvent> events : List.of(List.of(event(2)), List.<GeminiStreamEvent>of())) {
			assertThatExceptionOfType(GeminiStreamLostException.class)
				.isThrownBy(() -> this.store.append(this.id, events).block(PATIENCE));
			assertThatExceptionOfType(GeminiStreamLostException.class)
				.isThrownBy(() -> this.store.append("unknown", events).block(PATIENCE));
		}
		assertThat(read(this.store, this.id, 0)).containsExactly(last(1));
	}

	@Test
	void idIsUnique() {
		create(this.store, this.id);
		append(event(1));

		assertThatIllegalArgumentException().isThrownBy(() -> create(this.store, this.id));
	}

	@Test
	void unknownStreamAndPositionBeyondTheLastEventAreRefused() {
		create(this.store, this.id);
		append(event(1));

		assertExpired(this.store, "unknown", 0);
		assertExpired(this.store, this.id, 2);
		append(last(2));
		assertExpired(this.store, this.id, 3);
		assertThat(read(this.store, this.id, 2)).isEmpty();
	}

	@Test
	void streamIsCreatedOnSubscription() {
		this.store.create(this.id, "key");

		assertExpired(this.store, this.id, 0);
		assertThat(this.store.findRunning("key").block(PATIENCE)).isNull();
	}

	@Test
	void writerLearnsOfARequestedCancel() {
		create(this.store, this.id);
		assertThat(append().cancelRequested()).isFalse();
		this.store.requestCancel(this.id).block(PATIENCE);

		assertThat(append(event(1)).cancelRequested()).isTrue();
		assertThat(append().cancelRequested()).isTrue();
		assertThat(append(last(2)).cancelRequested()).isTrue();
		this.store.requestCancel(this.id).block(PATIENCE);
		this.store.requestCancel("unknown").block(PATIENCE);
		assertExpired(this.store, "unknown", 0);
	}

	@Test
	void writerLearnsForHowLongNobodyHasRead() {
		create(this.store, this.id);
		Disposable first = this.store.read(this.id, 0).subscribe();
		Disposable second = this.store.read(this.id, 0).subscribe();
		awaitWatched();
		first.dispose();
		Awaitility.await().during(Duration.ofSeconds(3)).atMost(PATIENCE).until(() -> append().unwatched().isZero());
		second.dispose();

		long left = System.nanoTime();
		Duration unwatched = Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> append().unwatched(), (time) -> !time.isZero());
		// A store may learn only every second that a stream is read
		assertThat(unwatched).isLessThan(Duration.ofNanos(System.nanoTime() - left).plusSeconds(5));
		Disposable third = this.store.read(this.id, 0).subscribe();
		awaitWatched();
		third.dispose();
	}

	private void awaitWatched() {
		Awaitility.await().atMost(PATIENCE).until(() -> append().unwatched().isZero());
	}

	@Test
	void keyRefersToTheNewestStreamWhileThatRuns() {
		String key = "chat {1} äö";
		assertThat(this.store.findRunning(key).block(PATIENCE)).isNull();
		this.store.create(this.id, key).block(PATIENCE);
		assertThat(this.store.findRunning(key).block(PATIENCE)).isEqualTo(this.id);
		String second = UUID.randomUUID().toString();
		this.store.create(second, key).block(PATIENCE);
		assertThat(this.store.findRunning(key).block(PATIENCE)).isEqualTo(second);
		append(last(1));
		assertThat(this.store.findRunning(key).block(PATIENCE)).isEqualTo(second);
		this.store.append(second, List.of(last(1))).block(PATIENCE);

		assertThat(this.store.findRunning(key).block(PATIENCE)).isNull();
	}

	@Test
	void oldestEventsAreRemovedFromAStreamThatIsTooLarge() {
		long size = event(1).size();
		GeminiStreamStore small = create(new GeminiStreamRetention(DataSize.ofBytes(size * 3), Duration.ofMinutes(1)));
		create(small, this.id);
		StepVerifier.Step<GeminiStreamEvent> reader = StepVerifier.create(small.read(this.id, 0));
		for (long position = 1; position <= 9; position++) {
			GeminiStreamEvent event = (position < 9) ? event(position) : last(position);
			reader = reader.then(() -> append(small, event)).expectNext(event);
		}
		reader.expectComplete().verify(PATIENCE);

		assertExpired(small, this.id, 0);
		assertExpired(small, this.id, 5);
		assertThat(read(small, this.id, 6)).containsExactly(event(7), event(8), last(9));
	}

	@Test
	void newestEventsAreRetainedWhateverTheirSize() {
		GeminiStreamStore small = create(new GeminiStreamRetention(DataSize.ofBytes(1), Duration.ofMinutes(1)));
		create(small, this.id);
		append(small, events(1, 5));
		append(small, event(6), event(7));
		append(small);

		assertThat(small.read(this.id, 4).take(3).collectList().block(PATIENCE)).containsExactly(events(5, 7));
		append(small, last(8));
		assertThat(read(small, this.id, 6)).containsExactly(event(7), last(8));
		assertExpired(small, this.id, 5);
	}

	@Test
	void activeReadersGetEventsThatAreLargerThanTheLimit() {
		GeminiStreamStore small = create(new GeminiStreamRetention(DataSize.ofBytes(1), Duration.ofMinutes(1)));
		create(small, this.id);

		StepVerifier.create(small.read(this.id, 0))
			.then(() -> append(small, event(1), event(2)))
			.expectNext(event(1), event(2))
			.then(() -> append(small, event(3)))
			.then(() -> append(small, event(4), last(5)))
			.expectNext(event(3), event(4), last(5))
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void readerGetsNoMoreThanItRequests() {
		create(this.store, this.id);
		append(events(1, 10));

		StepVerifier.create(this.store.read(this.id, 0), 2)
			.expectNext(event(1), event(2))
			.then(() -> append(events(11, 1000)))
			.expectNoEvent(Duration.ofMillis(50))
			.thenRequest(1)
			.expectNext(event(3))
			.then(() -> append(last(1001)))
			.thenRequest(Long.MAX_VALUE)
			.expectNextCount(998)
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void streamIsRemovedAfterItsTime() {
		GeminiStreamStore brief = create(new GeminiStreamRetention(DataSize.ofKilobytes(1), Duration.ofMillis(500)));
		create(brief, this.id);
		append(brief, last(1));

		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertExpired(brief, this.id, 1));
	}

	protected static void create(GeminiStreamStore store, String id) {
		store.create(id, null).block(PATIENCE);
	}

	protected final GeminiStreamState append(GeminiStreamEvent... events) {
		return append(this.store, events);
	}

	private GeminiStreamState append(GeminiStreamStore store, GeminiStreamEvent... events) {
		return store.append(this.id, List.of(events)).block(PATIENCE);
	}

	protected static List<GeminiStreamEvent> read(GeminiStreamStore store, String id, long after) {
		return store.read(id, after).collectList().block(PATIENCE);
	}

	protected static void assertExpired(GeminiStreamStore store, String id, long after) {
		@Nullable Throwable failure = store.read(id, after)
			.<Throwable>map((event) -> new IllegalStateException(event.toString()))
			.onErrorResume(Mono::just)
			.blockFirst(PATIENCE);
		assertThat(failure).isInstanceOf(GeminiStreamExpiredException.class);
	}

	protected static GeminiStreamEvent event(long position) {
		return new GeminiStreamEvent(position, "text", "{\"text\":\"event\"}", false);
	}

	protected static GeminiStreamEvent last(long position) {
		return new GeminiStreamEvent(position, "done", "{}", true);
	}

	protected static GeminiStreamEvent[] events(long first, long last) {
		return LongStream.rangeClosed(first, last)
			.mapToObj(AbstractGeminiStreamStoreTests::event)
			.toArray(GeminiStreamEvent[]::new);
	}

}
