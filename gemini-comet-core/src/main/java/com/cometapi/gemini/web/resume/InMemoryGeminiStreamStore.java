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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * Stores streams in the memory of this process. Thread-safe.
 *
 * <p>
 * If the store is full, streams that have ended and that nobody reads are removed, the
 * oldest first. If that is not enough, no further stream is created, and a stream that is
 * appended to loses its oldest events. Leases never run out, since streams do not outlive
 * their instance.
 *
 * <p>
 * Expired streams are removed when another stream is created or read.
 */
public final class InMemoryGeminiStreamStore implements GeminiStreamStore {

	private static final Duration LEASE_TIME = Duration.ofSeconds(3);

	private static final int READ_AHEAD = 16;

	private final int maxStreams;

	private final DataSize maxTotalSize;

	private final GeminiStreamRetention retention;

	private final InstantSource clock;

	// In the order in which they were created
	private final Map<String, InMemoryStream> streams = new LinkedHashMap<>();

	private final Map<String, String> newestByKey = new HashMap<>();

	private long totalSize;

	/**
	 * Create a store.
	 * @param maxStreams the maximum number of streams, those that have ended included
	 * @param maxTotalSize the maximum {@linkplain GeminiStreamEvent#size() size} of all
	 * streams together; the newest event of each stream is retained in any case
	 * @param retention the limits of each stream
	 */
	public InMemoryGeminiStreamStore(int maxStreams, DataSize maxTotalSize, GeminiStreamRetention retention) {
		this(maxStreams, maxTotalSize, retention, InstantSource.system());
	}

	InMemoryGeminiStreamStore(int maxStreams, DataSize maxTotalSize, GeminiStreamRetention retention,
			InstantSource clock) {
		Assert.isTrue(maxStreams > 0, "'maxStreams' must be positive");
		Assert.isTrue(maxTotalSize.toBytes() > 0, "'maxTotalSize' must be positive");
		Assert.notNull(retention, "'retention' must not be null");
		this.maxStreams = maxStreams;
		this.maxTotalSize = maxTotalSize;
		this.retention = retention;
		this.clock = clock;
	}

	@Override
	public Mono<Void> create(String streamId, @Nullable String key) {
		return Mono.fromRunnable(() -> add(new InMemoryStream(streamId, key, this.clock)));
	}

	private synchronized void add(InMemoryStream stream) {
		removeExpired();
		if (this.streams.size() >= this.maxStreams && !removeOldest(null)) {
			throw new GeminiStreamStoreFullException(
					"There are %d running streams, which is the maximum of the store".formatted(this.maxStreams));
		}
		Assert.isTrue(this.streams.putIfAbsent(stream.id(), stream) == null, "The id of a stream must be unique");
		if (stream.key() != null) {
			this.newestByKey.put(stream.key(), stream.id());
		}
	}

	@Override
	public Mono<GeminiStreamState> append(String streamId, List<GeminiStreamEvent> events) {
		return Mono.fromSupplier(() -> {
			InMemoryStream stream = find(streamId);
			if (stream == null) {
				throw InMemoryStream.lost();
			}
			add(stream, events);
			// Active readers get the events before the store makes room for others
			stream.notifyReaders();
			limitTotal(stream);
			return stream.state();
		});
	}

	private synchronized void add(InMemoryStream stream, List<GeminiStreamEvent> events) {
		long before = stream.size();
		long last = stream.lastPosition();
		stream.add(events);
		this.totalSize += stream.size() - before;
		if (stream.lastPosition() > last) {
			limit(stream, last);
		}
	}

	// Active readers have not been notified of the new events, and may still have to read
	// the one before them
	private void limit(InMemoryStream stream, long lastBefore) {
		while (stream.size() > this.retention.maxSize().toBytes() && removeOldestEvent(stream, lastBefore)) {
			continue;
		}
	}

	private synchronized void limitTotal(InMemoryStream growing) {
		while (isTooLarge() && removeOldest(growing)) {
			continue;
		}
		// It may have ended and been removed meanwhile
		while (isTooLarge() && this.streams.containsKey(growing.id())
				&& removeOldestEvent(growing, growing.lastPosition())) {
			continue;
		}
	}

	private boolean isTooLarge() {
		return this.totalSize > this.maxTotalSize.toBytes();
	}

	private boolean removeOldestEvent(InMemoryStream stream, long beforePosition) {
		long before = stream.size();
		boolean removed = stream.removeOldestEvent(beforePosition);
		this.totalSize += stream.size() - before;
		return removed;
	}

	private synchronized void removeExpired() {
		List<InMemoryStream> expired = this.streams.values()
			.stream()
			.filter((stream) -> stream.isRemovable(this.retention.timeToLive()))
			.toList();
		expired.forEach(this::remove);
	}

	private boolean removeOldest(@Nullable InMemoryStream except) {
		Optional<InMemoryStream> oldest = this.streams.values()
			.stream()
			.filter((stream) -> stream != except && stream.isRemovable(Duration.ZERO))
			.findFirst();
		oldest.ifPresent(this::remove);
		return oldest.isPresent();
	}

	private void remove(InMemoryStream stream) {
		this.streams.remove(stream.id());
		this.totalSize -= stream.size();
		if (stream.key() != null) {
			this.newestByKey.remove(stream.key(), stream.id());
		}
	}

	private synchronized @Nullable InMemoryStream find(String streamId) {
		return this.streams.get(streamId);
	}

	@Override
	public Flux<GeminiStreamEvent> read(String streamId, long afterPosition) {
		return Flux.<GeminiStreamEvent>create((sink) -> {
			removeExpired();
			InMemoryStream stream = find(streamId);
			if (stream != null) {
				stream.addReader(sink, afterPosition);
			}
			else {
				sink.error(new GeminiStreamExpiredException("The stream is not known or was removed"));
			}
		}).publishOn(Schedulers.parallel(), READ_AHEAD);
	}

	@Override
	public Mono<Void> requestCancel(String streamId) {
		return Mono.fromRunnable(() -> {
			InMemoryStream stream = find(streamId);
			if (stream != null) {
				stream.requestCancel();
			}
		});
	}

	@Override
	public Mono<String> findRunning(String key) {
		return Mono.fromSupplier(() -> findNewest(key)).filter(InMemoryStream::isRunning).map(InMemoryStream::id);
	}

	private synchronized @Nullable InMemoryStream findNewest(String key) {
		String id = this.newestByKey.get(key);
		return (id != null) ? this.streams.get(id) : null;
	}

	@Override
	public Duration leaseTime() {
		return LEASE_TIME;
	}

}
