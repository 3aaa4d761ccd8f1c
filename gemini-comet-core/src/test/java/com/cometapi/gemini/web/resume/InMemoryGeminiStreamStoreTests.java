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
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.StepVerifier;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link InMemoryGeminiStreamStore}.
 */
class InMemoryGeminiStreamStoreTests extends AbstractGeminiStreamStoreTests {

	private static final Duration TIME_TO_LIVE = Duration.ofMinutes(5);

	private static final GeminiStreamRetention SMALL = new GeminiStreamRetention(DataSize.ofBytes(7 * event(1).size()),
			TIME_TO_LIVE);

	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

	private final InstantSource clock = this.now::get;

	private final GeminiStreamStore small = new InMemoryGeminiStreamStore(3, DataSize.ofBytes(14 * event(1).size()),
			SMALL, this.clock);

	@Override
	protected GeminiStreamStore create(GeminiStreamRetention retention) {
		return new InMemoryGeminiStreamStore(100, DataSize.ofMegabytes(64), retention);
	}

	@Test
	void gapIsRefused() {
		create("a");
		assertThatIllegalArgumentException().isThrownBy(() -> append("a", event(2))).withMessageContaining("in order");
	}

	@Test
	void stateTellsOfReadersAndCancel() {
		create("a");
		advance(Duration.ofSeconds(3));
		assertThat(append("a").unwatched()).isEqualTo(Duration.ofSeconds(3));
		Disposable reader = this.small.read("a", 0).subscribe();
		Disposable other = this.small.read("a", 0).subscribe();
		advance(Duration.ofSeconds(5));
		other.dispose();
		assertThat(append("a", event(1)).unwatched()).isZero();
		reader.dispose();
		advance(Duration.ofSeconds(2));
		assertThat(append("a", event(2))).isEqualTo(new GeminiStreamState(false, Duration.ofSeconds(2)));
		this.small.requestCancel("a").block(PATIENCE);
		this.small.requestCancel("unknown").block(PATIENCE);
		assertThat(append("a").cancelRequested()).isTrue();
	}

	@Test
	void streamIsRemovedSomeTimeAfterItsEnd() {
		create("a");
		append("a", last(1));
		advance(TIME_TO_LIVE.minusMillis(1));
		assertThat(read("a", 0)).containsExactly(last(1));
		advance(Duration.ofMillis(1));
		assertExpired("a", 0);
	}

	@Test
	void runningStreamIsNotRemoved() {
		create("a");
		append("a", event(1));
		advance(TIME_TO_LIVE.multipliedBy(2));
		append("a", last(2));
		assertThat(read("a", 0)).containsExactly(event(1), last(2));
	}

	@Test
	void whenReaderIsOvertakenThenItFails() {
		create("a");
		StepVerifier.create(this.small.read("a", 0).map(GeminiStreamEvent::position), 0)
			.then(() -> LongStream.rangeClosed(1, 50).forEach((position) -> append("a", event(position))))
			.thenRequest(100)
			// Those that were read ahead
			.thenConsumeWhile((position) -> position <= 16)
			.expectError(GeminiStreamExpiredException.class)
			.verify(PATIENCE);
	}

	@Test
	void whenThereAreTooManyStreamsThenTheOldestThatHasEndedIsRemoved() {
		create("a");
		create("b");
		create("c");
		append("b", last(1));
		append("c", last(1));
		create("d");
		assertExpired("b", 0);
		assertThat(read("c", 0)).containsExactly(last(1));
	}

	@Test
	void whenThereAreTooManyRunningStreamsThenNoneIsCreated() {
		create("a");
		create("b");
		create("c");
		assertThatExceptionOfType(GeminiStreamStoreFullException.class).isThrownBy(() -> create("d"))
			.withMessageContaining("3 running streams");
		append("b", last(1));
		create("d");
	}

	@Test
	void whenStreamIsBeingReadThenItIsNotRemoved() {
		GeminiStreamStore store = new InMemoryGeminiStreamStore(1, DataSize.ofMegabytes(1),
				new GeminiStreamRetention(DataSize.ofMegabytes(1), TIME_TO_LIVE), this.clock);
		store.create("a", null).block(PATIENCE);
		// More than are read ahead
		store.append("a", LongStream.rangeClosed(1, 99).mapToObj(AbstractGeminiStreamStoreTests::event).toList())
			.block(PATIENCE);
		store.append("a", List.of(last(100))).block(PATIENCE);
		StepVerifier.create(store.read("a", 0), 1)
			.expectNextCount(1)
			.then(() -> advance(TIME_TO_LIVE.multipliedBy(2)))
			.then(() -> assertThatExceptionOfType(GeminiStreamStoreFullException.class)
				.isThrownBy(() -> store.create("b", null).block(PATIENCE)))
			.thenRequest(100)
			.expectNextCount(99)
			.expectComplete()
			.verify(PATIENCE);
		store.create("b", null).block(PATIENCE);
	}

	@Test
	void whenAllStreamsAreTooLargeThenEndedOnesAreRemovedFirst() {
		create("a");
		create("b");
		create("c");
		append("a", event(1), event(2), event(3), event(4), event(5), event(6), last(7));
		append("b", event(1), event(2), event(3), event(4), event(5), event(6), event(7));
		assertThat(read("a", 0)).hasSize(7);
		append("c", event(1));
		assertExpired("a", 0);
		append("b", last(8));
		assertThat(read("b", 1)).hasSize(7);
	}

	@Test
	void whenRunningStreamsAreTooLargeThenTheOneThatGrowsLosesItsOldestEvents() {
		GeminiStreamStore store = new InMemoryGeminiStreamStore(3, DataSize.ofBytes(1500), SMALL);
		store.create("a", null).block(PATIENCE);
		store.create("b", null).block(PATIENCE);
		store.append("a", List.of(event(1), event(2), event(3), event(4), event(5), event(6), event(7)))
			.block(PATIENCE);
		store.append("b", List.of(event(1), event(2), event(3), event(4), last(5))).block(PATIENCE);
		assertThatExceptionOfType(GeminiStreamExpiredException.class)
			.isThrownBy(() -> store.read("b", 0).blockLast(PATIENCE));
		store.append("a", List.of(last(8))).block(PATIENCE);
		assertThat(store.read("a", 1).count().block(PATIENCE)).isEqualTo(7);
	}

	@Test
	void whenStreamsAreTooLargeThenActiveReadersGetTheNewEvents() {
		GeminiStreamStore store = new InMemoryGeminiStreamStore(1, DataSize.ofBytes(1), SMALL);
		store.create("a", null).block(PATIENCE);
		StepVerifier.create(store.read("a", 0))
			.then(() -> store.append("a", List.of(event(1), event(2))).block(PATIENCE))
			.expectNext(event(1), event(2))
			.then(() -> store.append("a", List.of(event(3), last(4))).block(PATIENCE))
			.expectNext(event(3), last(4))
			.expectComplete()
			.verify(PATIENCE);
		assertThat(store.read("a", 3).collectList().block(PATIENCE)).containsExactly(last(4));
	}

	private void create(String streamId) {
		create(this.small, streamId);
	}

	private GeminiStreamState append(String streamId, GeminiStreamEvent... events) {
		return this.small.append(streamId, List.of(events)).block(PATIENCE);
	}

	private List<GeminiStreamEvent> read(String streamId, long afterPosition) {
		return read(this.small, streamId, afterPosition);
	}

	private void assertExpired(String streamId, long afterPosition) {
		assertExpired(this.small, streamId, afterPosition);
	}

	private void advance(Duration time) {
		this.now.updateAndGet((instant) -> instant.plus(time));
	}

}
