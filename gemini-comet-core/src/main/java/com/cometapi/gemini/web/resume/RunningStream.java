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

	private final Sinks.One<Throwable> earlyEnd = Sinks.one();

	private final Sinks.Empty<Void> ended = Sinks.empty();

	private final Disposable.Composite work = Disposables.composite();

	private final AtomicBoolean storing = new AtomicBoolean(true);

	private volatile long position;

	private volatile boolean complete;

	RunningStream(String id, GeminiStreamStore store, Duration unwatchedTimeout) {
		this.id = id;
		this.store = store;
		this.unwatchedTimeout = unwatchedTimeout;
	}

	String id() {
		return this.id;
	}

	/**
	 * Subscribe to the events and store them.
	 * @param events returns the events, which end early with the failure they are given
	 * @param context the context of the subscription
	 * @param onEnd called when the stream has ended
	 */
	void run(Function<Mono<Throwable>, Flux<List<GeminiStreamEvent>>> events, ContextView context, Runnable onEnd) {
		this.work.add(Flux.interval(renewalInterval())
			.onBackpressureDrop()
			.concatMap((tick) -> store(List.of()), 0)
			.subscribe());
		this.work.add(Flux.defer(() -> events.apply(this.earlyEnd.asMono()))
			.concatMap(this::store, 0)
			.then(Mono.defer(this::abort))
			.onErrorResume((ex) -> {
				logger.error("A stream failed without a last event", ex);
				return abort();
			})
			.contextWrite(context)
			.doFinally((signal) -> {
				this.work.dispose();
				onEnd.run();
				this.ended.tryEmitEmpty();
			})
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

	/**
	 * Mark the end of a stream that has no last event, so that its readers get a failure
	 * instead of waiting for it.
	 * @return completion
	 */
	Mono<Void> abort() {
		return store(List.of(GeminiStreamEvent.incomplete(this.position + 1)));
	}

	Mono<Void> whenEnded() {
		return this.ended.asMono();
	}

	void dispose() {
		this.work.dispose();
	}

}
