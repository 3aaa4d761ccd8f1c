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

package com.cometapi.gemini.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * Streams that are open at the same time, and the delays of their events.
 */
final class OpenStreams {

	private static final int TIMEOUT_SECONDS = 30;

	private final List<Delays> streams;

	private final int events;

	private final CountDownLatch waiting;

	private long lost;

	OpenStreams(int count, int events) {
		this.waiting = new CountDownLatch(count);
		this.streams = IntStream.range(0, count).mapToObj((index) -> new Delays(events, this.waiting)).toList();
		this.events = events;
	}

	long run(Contender contender, String model) {
		return run(contender, model, () -> {
		});
	}

	/**
	 * Open all streams and read them to their ends.
	 * @param contender the contender
	 * @param model the model, which selects the response of the server
	 * @param allOpen run once all streams have had their first event
	 * @return the number of events
	 */
	long run(Contender contender, String model, Runnable allOpen) {
		List<CompletableFuture<@Nullable Void>> ends = this.streams.stream()
			.map((delays) -> contender.stream(model, delays::add))
			.toList();
		if (areAllOpen()) {
			allOpen.run();
		}
		for (int i = 0; i < ends.size(); i++) {
			Throwable failure = ends.get(i).handle((end, ex) -> ex).join();
			if (failure != null || this.streams.get(i).count != this.events) {
				this.lost++;
			}
		}
		return this.streams.stream().mapToLong((delays) -> delays.count).sum();
	}

	int count() {
		return this.streams.size();
	}

	int events() {
		return this.events;
	}

	private boolean areAllOpen() {
		try {
			return this.waiting.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)
					&& this.streams.stream().allMatch((delays) -> delays.count < this.events);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	void report(Result result) {
		long[] first = sorted(1);
		long[] all = sorted(this.events);
		result.put(Result.FIRST_DELAY, first[first.length / 2]);
		result.put(Result.MEDIAN_DELAY, all[all.length / 2]);
		result.put(Result.HIGH_DELAY, all[(int) (all.length * 0.99)]);
		result.put(Result.LOST, this.lost);
	}

	private long[] sorted(int limit) {
		return this.streams.stream()
			.flatMapToLong((delays) -> Arrays.stream(delays.nanos, 0, Math.min(limit, delays.count)))
			.sorted()
			.toArray();
	}

	/**
	 * The delays of one stream.
	 */
	private static final class Delays {

		private final long[] nanos;

		private final CountDownLatch first;

		private volatile int count;

		private Delays(int events, CountDownLatch first) {
			this.nanos = new long[events];
			this.first = first;
		}

		private void add(String text) {
			int index = this.count;
			this.nanos[index] = System.nanoTime() - Long.parseLong(text.substring(1));
			this.count = index + 1;
			if (index == 0) {
				this.first.countDown();
			}
		}

	}

}
