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

package com.cometapi.gemini.client;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.error.GeminiException;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Reads the body of a response as a stream of events. Requests the next buffer after all
 * events of the last one were emitted, and emits an error after the events before it:
 * Reactor's own operators drop buffered elements on an error.
 */
final class EventStream extends ForwardingSubscriber<DataBuffer, GenerateContentResponse> {

	private final EventStreamReader reader;

	private final HttpAttempt attempt;

	private final Function<Throwable, GeminiException> translator;

	private final AtomicInteger drains = new AtomicInteger();

	private final AtomicLong requested = new AtomicLong();

	// The reader belongs to the thread that drains, and to onNext while this is set.
	private volatile boolean awaitingBuffer;

	private volatile boolean ended;

	private volatile boolean cancelled;

	private @Nullable Throwable failure;

	private @Nullable GenerateContentResponse next;

	private boolean whole;

	private EventStream(CoreSubscriber<? super GenerateContentResponse> actual, EventStreamReader reader,
			HttpAttempt attempt, Function<Throwable, GeminiException> translator) {
		super(actual);
		this.reader = reader;
		this.attempt = attempt;
		this.translator = translator;
	}

	@Override
	public void onNext(DataBuffer buffer) {
		if (this.cancelled || this.ended) {
			DataBufferUtils.release(buffer);
			return;
		}
		try {
			this.reader.append(buffer);
		}
		catch (Throwable ex) {
			// Including an Error, which nobody else would signal to the subscriber.
			upstream().cancel();
			onError(ex);
			return;
		}
		this.awaitingBuffer = false;
		drain();
	}

	@Override
	public void onError(Throwable failure) {
		if (this.ended) {
			Operators.onErrorDropped(failure, currentContext());
			return;
		}
		this.failure = failure;
		onComplete();
	}

	@Override
	public void onComplete() {
		this.ended = true;
		this.awaitingBuffer = false;
		drain();
	}

	@Override
	public void request(long count) {
		if (Operators.validate(count)) {
			this.requested.getAndUpdate((requested) -> Operators.addCap(requested, count));
			drain();
		}
	}

	@Override
	public void cancel() {
		this.cancelled = true;
		super.cancel();
		this.reader.close();
	}

	private void drain() {
		if (this.drains.getAndIncrement() != 0) {
			return;
		}
		int missed = 1;
		do {
			if ((this.ended || !this.awaitingBuffer) && !handOver()) {
				// Terminated: no later call gets past the counter.
				this.reader.close();
				return;
			}
			missed = this.drains.addAndGet(-missed);
		}
		while (missed != 0);
	}

	// Returns false when nothing may follow.
	private boolean handOver() {
		while (!this.cancelled) {
			try {
				readAhead();
			}
			catch (Throwable ex) {
				fail(ex);
				return false;
			}
			if (this.whole) {
				actual().onComplete();
				return false;
			}
			if (this.requested.get() == 0) {
				return true;
			}
			GenerateContentResponse event = this.next;
			if (event == null) {
				if (this.reader.takeSignOfLife()) {
					this.attempt.markSignOfLife();
				}
				this.awaitingBuffer = true;
				upstream().request(1);
				return true;
			}
			this.next = null;
			if (this.requested.get() != Long.MAX_VALUE) {
				this.requested.decrementAndGet();
			}
			try {
				actual().onNext(event);
			}
			catch (Error ex) {
				// Reactor's operators hand on everything else.
				fail(ex);
				return false;
			}
		}
		return false;
	}

	private void fail(Throwable failure) {
		upstream().cancel();
		if (!this.cancelled) {
			actual().onError(this.translator.apply(failure));
		}
	}

	private void readAhead() throws Throwable {
		boolean ended = this.ended;
		if (this.next == null) {
			this.next = this.reader.next();
		}
		if (this.next == null && ended) {
			if (this.failure != null) {
				throw this.failure;
			}
			this.next = this.reader.last();
			this.whole = (this.next == null);
		}
	}

	/**
	 * Read the events of a body.
	 * @param body the body
	 * @param reader the reader of this response, used by one subscriber
	 * @param attempt the attempt, whose idle timeout is restarted by comments and empty
	 * events
	 * @param translator translates a failure into the exception for the caller
	 * @return the events, cold
	 */
	static Flux<GenerateContentResponse> of(Flux<DataBuffer> body, EventStreamReader reader, HttpAttempt attempt,
			Function<Throwable, GeminiException> translator) {
		return Flux.from((subscriber) -> body
			.subscribe(new EventStream(Operators.toCoreSubscriber(subscriber), reader, attempt, translator)));
	}

}
