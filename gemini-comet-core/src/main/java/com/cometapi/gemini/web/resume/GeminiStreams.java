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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.thread.Durations;
import com.cometapi.gemini.thread.GeminiThreads;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Runs streams independently of their readers, with their events in a
 * {@link GeminiStreamStore}. Thread-safe.
 *
 * <p>
 * A stream ends by itself, when it is cancelled, or when nobody has read it for the
 * unwatched timeout. If the store is not available for longer than a lease, readers get a
 * {@link GeminiStreamLostException}, while the stream goes on without them for the
 * unwatched timeout, so that a turn of a chat can be completed.
 */
public final class GeminiStreams implements AutoCloseable {

	private final GeminiStreamStore store;

	private final Duration unwatchedTimeout;

	private final GeminiThreads threads;

	private final Map<String, RunningStream> running = new ConcurrentHashMap<>();

	private final AtomicInteger readers = new AtomicInteger();

	/**
	 * Create an instance.
	 * @param store the store for the events
	 * @param unwatchedTimeout the time without a reader after which a stream is
	 * cancelled, at least a millisecond
	 * @param threads the threads that subscribe to streams if the store does not respond
	 * on the thread that called it
	 */
	public GeminiStreams(GeminiStreamStore store, Duration unwatchedTimeout, GeminiThreads threads) {
		Assert.notNull(store, "'store' must not be null");
		this.unwatchedTimeout = Durations.capped(unwatchedTimeout);
		Assert.isTrue(this.unwatchedTimeout.toMillis() > 0, "'unwatchedTimeout' must be at least a millisecond");
		Assert.notNull(threads, "'threads' must not be null");
		this.store = store;
		this.threads = threads;
	}

	/**
	 * Start a stream. It is started once per subscription and goes on if the subscriber
	 * leaves.
	 * @param key the name under which {@link #findRunning} finds the stream, or
	 * {@code null} for none. If a stream with the same key is running, it goes on for its
	 * readers, and the key refers to the new one
	 * @param events returns the events of the stream in batches, the last one marked as
	 * such; readers of a stream without one get a failure. If the given {@code Mono}
	 * emits, the stream has to end with that failure. One batch is requested at a time,
	 * after the previous one was stored
	 * @return the id of the stream, or an error if it was not started
	 */
	public Mono<String> start(@Nullable String key, Function<Mono<Throwable>, Flux<List<GeminiStreamEvent>>> events) {
		return Mono.deferContextual((context) -> {
			String id = StreamIds.create(key);
			RunningStream stream = new RunningStream(id, this.store, this.unwatchedTimeout,
					() -> this.running.remove(id));
			Thread caller = Thread.currentThread();
			Mono<Void> started = guard(this.store.create(id, key)).then(Mono.defer(() -> {
				this.running.put(id, stream);
				stream.renewLease();
				Mono<Void> start = Mono.fromRunnable(() -> stream.run(events, context));
				return (Thread.currentThread() == caller) ? start : this.threads.onFunctionThread(start)
					.onErrorResume((ex) -> stream.abort().then(Mono.error(ex)));
			}));
			return Mono
				.create((sink) -> started.contextWrite(context).subscribe(null, sink::error, () -> sink.success(id)));
		});
	}

	private <T> Mono<T> guard(Mono<T> call) {
		return call.timeout(this.store.leaseTime().multipliedBy(2)).onErrorMap(GeminiStreams::translate);
	}

	/**
	 * Read the events of a stream, whichever instance runs it.
	 * @param streamId the id of the stream
	 * @param key the key that the stream was started with, or {@code null} if it was
	 * started without one
	 * @param afterPosition the position of the last event that the reader has, 0 for none
	 * @return the events, as for {@link GeminiStreamStore#read}; a
	 * {@link GeminiStreamExpiredException} if the stream has another key, and a
	 * {@link GeminiStreamLostException} after the events if it ended without a last one
	 */
	public Flux<GeminiStreamEvent> read(String streamId, @Nullable String key, long afterPosition) {
		return Flux.defer(() -> {
			checkKey(streamId, key);
			this.readers.incrementAndGet();
			return this.store.read(streamId, afterPosition)
				.doOnNext(GeminiStreams::checkComplete)
				.onErrorMap(GeminiStreams::translate)
				.doFinally((signal) -> this.readers.decrementAndGet());
		});
	}

	private static void checkComplete(GeminiStreamEvent event) {
		if (event.isIncomplete()) {
			throw new GeminiStreamLostException("The stream ended without a last event", null);
		}
	}

	private static void checkKey(String streamId, @Nullable String key) {
		if (!StreamIds.hasKey(streamId, key)) {
			throw new GeminiStreamExpiredException(
					"There is no such stream " + ((key != null) ? "with the given key" : "without a key"));
		}
	}

	private static Throwable translate(Throwable failure) {
		return (failure instanceof GeminiException) ? failure
				: new GeminiStreamLostException("The store of streams failed: " + failure, failure);
	}

	/**
	 * Find the running stream of a key, whichever instance runs it.
	 * @param key the key
	 * @return the id of the stream, or empty if none runs
	 */
	public Mono<String> findRunning(String key) {
		return guard(this.store.findRunning(key));
	}

	/**
	 * Return whether this instance runs a stream.
	 * @param streamId the id of the stream
	 * @return {@code true} if it does
	 */
	public boolean isLocal(String streamId) {
		return this.running.containsKey(streamId);
	}

	/**
	 * Cancel a stream that was started without a key, as {@link #cancel(String, String)}
	 * does.
	 * @param id the id of the stream or of one of its events
	 * @return completion
	 */
	public Mono<Void> cancel(String id) {
		return cancel(id, null);
	}

	/**
	 * Cancel a stream, whichever instance runs it: its call to the model is cancelled,
	 * and its readers get an event that says so. Does nothing if the stream does not run.
	 * @param id the id of the stream or of one of its events
	 * @param key the key that the stream was started with, or {@code null} if it was
	 * started without one
	 * @return completion, when the cancellation is under way. Another instance learns of
	 * it with the next event of the stream, at the latest after a third of a lease. A
	 * {@link GeminiStreamExpiredException} if it is neither id, or if the stream has
	 * another key
	 */
	public Mono<Void> cancel(String id, @Nullable String key) {
		Assert.notNull(id, "'id' must not be null");
		return Mono.defer(() -> {
			String streamId = GeminiStreamEventId.streamId(id);
			checkKey(streamId, key);
			return cancelStream(streamId);
		});
	}

	private Mono<Void> cancelStream(String streamId) {
		RunningStream stream = this.running.get(streamId);
		if (stream != null) {
			stream.end(new CancellationException("The stream was cancelled"));
			return Mono.empty();
		}
		return guard(this.store.requestCancel(streamId));
	}

	/**
	 * Cancel the running stream of a key, as {@link #cancel(String, String)} does.
	 * @param key the key
	 * @return completion
	 */
	public Mono<Void> cancelByKey(String key) {
		return findRunning(key).flatMap(this::cancelStream);
	}

	/**
	 * Return the number of streams that this instance runs.
	 * @return the number
	 */
	public int getRunningCount() {
		return this.running.size();
	}

	/**
	 * Return the number of readers on this instance.
	 * @return the number
	 */
	public int getReaderCount() {
		return this.readers.get();
	}

	/**
	 * Wait without blocking until the streams that this instance runs now have ended.
	 * @return completion
	 */
	public Mono<Void> whenEnded() {
		return Mono.defer(() -> Mono.when(this.running.values().stream().map(RunningStream::whenEnded).toList()));
	}

	/**
	 * Cancel the calls to the model of all streams that this instance runs. Their readers
	 * on other instances get a {@link GeminiStreamLostException}.
	 */
	@Override
	public void close() {
		this.running.values().forEach(RunningStream::dispose);
	}

}
