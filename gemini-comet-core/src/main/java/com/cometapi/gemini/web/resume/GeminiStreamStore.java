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

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Stores the events of streams, so that browsers can continue to read them on another
 * connection or from another instance of the application. Thread-safe; no method blocks,
 * and nothing happens before the result is subscribed to. Results are signalled on
 * threads that may not be blocked, but never on those of a connection to a database.
 *
 * <p>
 * A stream has one writer, the instance that runs its response, and any number of
 * readers. The writer holds a lease, which each {@link #append} renews; it appends at
 * least three times in a {@link #leaseTime()}. A stream whose lease runs out before its
 * last event is lost for good: readers get a {@link GeminiStreamLostException} within
 * seconds, and so does the writer if it appends after all. A stream is <em>running</em>
 * from {@link #create} until its last event or the end of its lease.
 *
 * <p>
 * A store whose database is not available tries again for up to a {@link #leaseTime()},
 * and then fails with a {@link GeminiStreamLostException}.
 */
public interface GeminiStreamStore {

	/**
	 * Create a stream, with a lease and without events. If the key is in use, it refers
	 * to the new stream from now on.
	 * @param streamId the id of the stream, unguessable and unique: letters, digits, and
	 * the characters {@code -}, {@code _} and {@code .}
	 * @param key the name under which {@link #findRunning} finds the stream, or
	 * {@code null} for none
	 * @return completion, or a {@link GeminiStreamStoreFullException} if there are too
	 * many running streams
	 */
	Mono<Void> create(String streamId, @Nullable String key);

	/**
	 * Append events to a running stream and renew its lease. Events whose position is
	 * stored already are skipped. Not called again before the previous call has ended,
	 * except with an empty list.
	 * @param streamId the id of the stream
	 * @param events the events in order, the first one at the position after the last
	 * stored one; an empty list only renews the lease
	 * @return the state of the stream, or a {@link GeminiStreamLostException} if it does
	 * not run (any more)
	 */
	Mono<GeminiStreamState> append(String streamId, List<GeminiStreamEvent> events);

	/**
	 * Read the events after a position: those that are stored and then those that are
	 * appended, each one once and in order, as requested by the subscriber. A slow reader
	 * holds a bounded number of events and delays neither the writer nor other readers.
	 * The stream counts as watched while the subscription lasts.
	 * @param streamId the id of the stream
	 * @param afterPosition the position of the last event that the reader has, 0 for none
	 * @return the events, which complete after the last event of the stream, immediately
	 * if the reader has it. A {@link GeminiStreamExpiredException} if the stream is
	 * unknown or removed, if the next event is removed, or if the position is beyond the
	 * last event; a {@link GeminiStreamLostException} after the stored events if the
	 * lease of the stream has run out
	 */
	Flux<GeminiStreamEvent> read(String streamId, long afterPosition);

	/**
	 * Request an early end of a stream, which its writer learns from the next
	 * {@linkplain #append state}. Does nothing if the stream does not run.
	 * @param streamId the id of the stream
	 * @return completion
	 */
	Mono<Void> requestCancel(String streamId);

	/**
	 * Find the running stream of a key.
	 * @param key the key
	 * @return the id of the stream that was last created with the key, or empty if that
	 * one does not run
	 */
	Mono<String> findRunning(String key);

	/**
	 * Return the time after which a stream is lost unless its lease is renewed.
	 * @return the time, at least a second
	 */
	Duration leaseTime();

}
