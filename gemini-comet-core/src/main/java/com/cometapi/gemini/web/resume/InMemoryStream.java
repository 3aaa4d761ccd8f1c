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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.FluxSink;

import org.springframework.util.Assert;

/**
 * Events of one stream of an {@link InMemoryGeminiStreamStore}, and its readers.
 * Thread-safe.
 */
final class InMemoryStream {

	private final String id;

	private final @Nullable String key;

	private final InstantSource clock;

	private final List<GeminiStreamEvent> events = new ArrayList<>();

	private final List<Reader> readers = new ArrayList<>();

	private long nextPosition = 1;

	private long size;

	private @Nullable Long endedAt;

	private long unwatchedSince;

	private boolean cancelRequested;

	InMemoryStream(String id, @Nullable String key, InstantSource clock) {
		this.id = id;
		this.key = key;
		this.clock = clock;
		this.unwatchedSince = clock.millis();
	}

	String id() {
		return this.id;
	}

	@Nullable String key() {
		return this.key;
	}

	synchronized long size() {
		return this.size;
	}

	synchronized boolean isRunning() {
		return this.endedAt == null;
	}

	/**
	 * Return whether the stream has ended and nobody reads it.
	 * @param age the minimum time since its end
	 * @return {@code true} if the stream can be removed
	 */
	synchronized boolean isRemovable(Duration age) {
		return this.endedAt != null && this.readers.isEmpty() && this.clock.millis() - this.endedAt >= age.toMillis();
	}

	synchronized void requestCancel() {
		this.cancelRequested = true;
	}

	synchronized GeminiStreamState state() {
		Duration unwatched = (this.readers.isEmpty())
				? Duration.ofMillis(Math.max(0, this.clock.millis() - this.unwatchedSince)) : Duration.ZERO;
		return new GeminiStreamState(this.cancelRequested, unwatched);
	}

	/**
	 * Append events, except those that are stored already.
	 * @param added the events in order
	 */
	synchronized void add(List<GeminiStreamEvent> added) {
		for (GeminiStreamEvent event : added) {
			if (event.position() < this.nextPosition) {
				continue;
			}
			if (this.endedAt != null) {
				throw lost();
			}
			Assert.isTrue(event.position() == this.nextPosition, "The events of a stream must be appended in order");
			this.events.add(event);
			this.nextPosition++;
			this.size += event.size();
			if (event.last()) {
				this.endedAt = this.clock.millis();
			}
		}
		if (added.isEmpty() && this.endedAt != null) {
			throw lost();
		}
	}

	static GeminiStreamLostException lost() {
		return new GeminiStreamLostException("The stream has ended or was removed", null);
	}

	/**
	 * Return the position of the newest event.
	 * @return the position, 0 if there is none
	 */
	synchronized long lastPosition() {
		return this.nextPosition - 1;
	}

	/**
	 * Remove the oldest event.
	 * @param beforePosition the position of the first event that stays in any case
	 * @return whether an event was removed
	 */
	synchronized boolean removeOldestEvent(long beforePosition) {
		if (this.nextPosition - this.events.size() >= beforePosition) {
			return false;
		}
		this.size -= this.events.remove(0).size();
		return true;
	}

	void addReader(FluxSink<GeminiStreamEvent> sink, long afterPosition) {
		Reader reader = new Reader(sink, afterPosition);
		synchronized (this) {
			this.readers.add(reader);
		}
		sink.onDispose(() -> removeReader(reader));
		sink.onRequest((count) -> reader.read());
		reader.read();
	}

	private synchronized void removeReader(Reader reader) {
		this.readers.remove(reader);
		this.unwatchedSince = this.clock.millis();
	}

	void notifyReaders() {
		List<Reader> current;
		synchronized (this) {
			current = List.copyOf(this.readers);
		}
		current.forEach(Reader::read);
	}

	private synchronized @Nullable GeminiStreamEvent find(long position) {
		long first = this.nextPosition - this.events.size();
		if (position < first || position > this.nextPosition) {
			throw new GeminiStreamExpiredException("The event %d of the stream is not stored".formatted(position));
		}
		return (position < this.nextPosition) ? this.events.get((int) (position - first)) : null;
	}

	// An event may have been appended since the reader has found none
	private synchronized boolean isEnd(long position) {
		return this.endedAt != null && position == this.nextPosition;
	}

	/**
	 * Passes events to a subscriber as it requests them.
	 */
	private final class Reader {

		private final FluxSink<GeminiStreamEvent> sink;

		private final AtomicInteger work = new AtomicInteger();

		private long position;

		Reader(FluxSink<GeminiStreamEvent> sink, long position) {
			this.sink = sink;
			this.position = position;
		}

		void read() {
			if (this.work.getAndIncrement() > 0) {
				return;
			}
			int done = 1;
			do {
				try {
					emit();
				}
				catch (GeminiStreamExpiredException ex) {
					this.sink.error(ex);
				}
				done = this.work.addAndGet(-done);
			}
			while (done > 0);
		}

		private void emit() {
			while (!this.sink.isCancelled()) {
				GeminiStreamEvent event = find(this.position + 1);
				if (event == null) {
					if (isEnd(this.position + 1)) {
						this.sink.complete();
					}
					return;
				}
				if (this.sink.requestedFromDownstream() == 0) {
					return;
				}
				this.position++;
				this.sink.next(event);
			}
		}

	}

}
