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

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.error.GeminiException;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Reads the body of a response as a stream of events. Requests the next buffer after all
 * events of the last one were emitted, and emits an error after the events before it:
 * Reactor's own operators drop buffered elements on an error.
 *
 * <p>
 * Some gateways end their events with a mark and hold the body open. This stream gives
 * them a second to end the body, so that the connection can be used again.
 */
final class EventStream extends ForwardingSubscriber<DataBuffer, GenerateContentResponse> {

	private static final long GRACE_MILLIS = 1000;

	private final EventStreamReader reader;

	private final HttpAttempt attempt;

	private final Function<Throwable, GeminiException> translator;

	private final AtomicInteger drains = new AtomicInteger();

	private final AtomicLong requested = new AtomicLong();

	// At most one, since no more are requested at a time.
	private final AtomicReference<@Nullable DataBuffer> arrived = new AtomicReference<>();

	private final Disposable.Swap timer = Disposables.swap();

	private volatile boolean ended;

	private volatile boolean cancelled;

	private @Nullable Throwable failure;

	// The fields below are used by the draining thread only, like the reader.
	private @Nullable GenerateContentResponse next;

	private boolean awaitingBuffer;

	// Null unless the bytes so far end with the mark.
	private @Nullable GracePeriod gracePeriod;

	private EventStream(CoreSubscriber<? super GenerateContentResponse> actual, EventStreamReader reader,
			HttpAttempt attempt, Function<Throwable, GeminiException> translator) {
		super(actual);
		this.reader = reader;
		this.attempt = attempt;
		this.translator = translator;
	}

	@Override
	public void onNext(DataBuffer buffer) {
		this.arrived.set(buffer);
		if (this.cancelled || this.ended) {
			releaseArrived();
			return;
		}
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
		close();
	}

	private void close() {
		this.timer.dispose();
		releaseArrived();
		this.reader.close();
	}

	private void releaseArrived() {
		DataBufferUtils.release(this.arrived.getAndSet(null));
	}

	private void drain() {
		if (this.drains.getAndIncrement() != 0) {
			return;
		}
		int missed = 1;
		do {
			if (!emitEvents()) {
				// Terminated: no later call gets past the counter.
				this.cancelled = true;
				close();
				return;
			}
			missed = this.drains.addAndGet(-missed);
		}
		while (missed != 0);
	}

	// Returns false when nothing may follow.
	private boolean emitEvents() {
		while (!this.cancelled) {
			boolean whole;
			try {
				whole = readAhead();
			}
			catch (Throwable ex) {
				// Including an Error, which nobody else would signal to the subscriber.
				fail(ex);
				return false;
			}
			if (whole) {
				actual().onComplete();
				return false;
			}
			if (this.requested.get() == 0 || this.awaitingBuffer) {
				return true;
			}
			GenerateContentResponse event = this.next;
			if (event == null) {
				requestBuffer();
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
				// Reactor's operators signal all other exceptions.
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

	// Returns whether the response is complete.
	private boolean readAhead() throws Throwable {
		// Read before the buffer is, since the last buffer arrives before the end.
		boolean ended = this.ended;
		DataBuffer buffer = this.arrived.getAndSet(null);
		if (buffer != null) {
			this.reader.append(buffer);
		}
		else if (this.awaitingBuffer && !ended) {
			if (this.gracePeriod == null || !this.gracePeriod.over) {
				return false;
			}
			upstream().cancel();
			this.ended = true;
			ended = true;
		}
		this.awaitingBuffer = false;
		if (this.next == null) {
			this.next = this.reader.next();
		}
		if (this.next == null && ended) {
			if (this.failure != null && !this.reader.endsWithMark()) {
				throw this.failure;
			}
			this.next = this.reader.last();
			return this.next == null;
		}
		return false;
	}

	private void requestBuffer() {
		if (this.reader.takeSignOfLife()) {
			this.attempt.markSignOfLife();
		}
		if (!this.reader.endsWithMark()) {
			this.gracePeriod = null;
		}
		else if (this.gracePeriod == null) {
			this.gracePeriod = new GracePeriod();
			this.timer.update(Schedulers.parallel().schedule(this.gracePeriod, GRACE_MILLIS, TimeUnit.MILLISECONDS));
		}
		this.awaitingBuffer = true;
		upstream().request(1);
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

	/**
	 * Time that the server has to end the body after one mark.
	 */
	private final class GracePeriod implements Runnable {

		private volatile boolean over;

		@Override
		public void run() {
			this.over = true;
			drain();
		}

	}

}
