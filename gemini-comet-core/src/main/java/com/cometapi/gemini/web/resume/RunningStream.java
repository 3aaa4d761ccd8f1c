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
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.context.ContextView;

/**
 * Stream that this instance runs: stores its events, renews its lease, and ends it early
 * when it is cancelled or nobody reads it.
 */
final class RunningStream {

	private static final Log logger = LogFactory.getLog(GeminiStreams.class);

	private final String id;

	private final GeminiStreamStore store;

	private final Duration unwatchedTimeout;

	private final Runnable onEnd;

	private final Sinks.One<Throwable> earlyEnd = Sinks.one();

	private final Sinks.Empty<Void> ended = Sinks.empty();

	private final Disposable.Composite work = Disposables.composite();

	private final AtomicBoolean storing = new AtomicBoolean(true);

	private volatile long position;

	private volatile boolean complete;

	/**
	 * Create a stream that is stored already.
	 * @param id the id of the stream
	 * @param store the store
	 * @param unwatchedTimeout the time without a reader after which the stream ends
	 * @param onEnd called when the stream has ended
	 */
	RunningStream(String id, GeminiStreamStore store, Duration unwatchedTimeout, Runnable onEnd) {
		this.id = id;
		this.store = store;
		this.unwatchedTimeout = unwatchedTimeout;
		this.onEnd = onEnd;
	}

	/**
	 * Renew the lease from now on, such as while the stream waits for a thread.
	 */
	void renewLease() {
		this.work.add(Flux.interval(renewalInterval())
			.onBackpressureDrop()
			.concatMap((tick) -> store(List.of()), 0)
			.subscribe());
	}

	/**
	 * Subscribe to the events and store them, unless the stream was disposed.
	 * @param events returns the events, which end early with the failure they are given
	 * @param context the context of the subscription
	 */
	void run(Function<Mono<Throwable>, Flux<List<GeminiStreamEvent>>> events, ContextView context) {
		if (this.work.isDisposed()) {
			return;
		}
		this.work.add(Flux.defer(() -> events.apply(this.earlyEnd.asMono()))
			.concatMap(this::store, 0)
			.then(Mono.defer(this::storeIncompleteEnd))
			.onErrorResume((ex) -> {
				logger.error("A stream failed without a last event", ex);
				return storeIncompleteEnd();
			})
			.contextWrite(context)
			.doFinally((signal) -> dispose())
			.subscribe());
	}

	private Duration renewalInterval() {
		long lease = this.store.leaseTime().toMillis() / 3;
		return Duration.ofMillis(Math.max(1, Math.min(lease, this.unwatchedTimeout.toMillis() / 2)));
	}

	private Mono<Void> store(List<GeminiStreamEvent> events) {
		if (!this.storing.get() || this.complete) {
			return Mono.empty();
		}
		if (!events.isEmpty()) {
			GeminiStreamEvent last = events.get(events.size() - 1);
			this.position = last.position();
			// Set before, since a renewal may now find that the stream has ended
			this.complete = last.last();
		}
		return this.store.append(this.id, events)
			.timeout(this.store.leaseTime().multipliedBy(2))
			.doOnNext(this::check)
			.then()
			.onErrorResume((ex) -> {
				if (!events.isEmpty() || !this.complete) {
					goOnWithoutStore(ex);
				}
				return Mono.empty();
			});
	}

	private void check(GeminiStreamState state) {
		if (state.cancelRequested()) {
			end(new CancellationException("The stream was cancelled"));
		}
		else if (state.unwatched().compareTo(this.unwatchedTimeout) >= 0) {
			end(new CancellationException("Nobody has read the stream for " + state.unwatched()));
		}
	}

	private void goOnWithoutStore(Throwable failure) {
		if (this.storing.compareAndSet(true, false)) {
			logger.warn("The events of a stream cannot be stored any more: its readers get an error, and it goes on "
					+ "without them for up to " + this.unwatchedTimeout, failure);
			this.work.add(Mono.delay(this.unwatchedTimeout)
				.subscribe((tick) -> end(new CancellationException("The events could not be stored"))));
		}
	}

	/**
	 * End the stream early, unless it has ended.
	 * @param reason the failure that its last event reports
	 */
	void end(Throwable reason) {
		this.earlyEnd.tryEmitValue(reason);
	}

	// So that readers get a failure instead of waiting for the last event
	private Mono<Void> storeIncompleteEnd() {
		return store(List.of(GeminiStreamEvent.incomplete(this.position + 1)));
	}

	/**
	 * End a stream that is not run.
	 * @return completion when its readers will get a failure
	 */
	Mono<Void> abort() {
		return storeIncompleteEnd().doOnTerminate(this::dispose);
	}

	Mono<Void> whenEnded() {
		return this.ended.asMono();
	}

	void dispose() {
		this.work.dispose();
		this.onEnd.run();
		this.ended.tryEmitEmpty();
	}

}
