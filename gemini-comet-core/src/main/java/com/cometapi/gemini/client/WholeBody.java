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

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Subscriber of a body that collects its buffers outside the heap, and emits the value
 * that is read from all of them.
 *
 * @param <T> the type of the value
 */
final class WholeBody<T> extends ForwardingSubscriber<DataBuffer, T> {

	private final OffHeapBuffer collected = new OffHeapBuffer();

	private final ResponseErrors errors;

	private final long limit;

	private final Function<List<DataBuffer>, T> reader;

	private final AtomicBoolean requested = new AtomicBoolean();

	private volatile boolean ended;

	/**
	 * Create a subscriber.
	 * @param actual the subscriber to the value
	 * @param errors the errors of the response
	 * @param limit the maximum number of bytes
	 * @param reader reads the value from the buffers, and releases them
	 */
	WholeBody(CoreSubscriber<? super T> actual, ResponseErrors errors, long limit,
			Function<List<DataBuffer>, T> reader) {
		super(actual);
		this.errors = errors;
		this.limit = limit;
		this.reader = reader;
	}

	@Override
	public void onNext(DataBuffer buffer) {
		if (this.ended) {
			DataBufferUtils.release(buffer);
			return;
		}
		try {
			this.collected.append(buffer);
			if (this.collected.size() > this.limit) {
				throw this.errors.responseTooLarge(this.limit);
			}
		}
		catch (Throwable ex) {
			cancel();
			actual().onError((ex instanceof Error) ? this.errors.ofFailure(ex) : ex);
		}
	}

	@Override
	public void onError(Throwable failure) {
		// A failure after the end or a cancel has no subscriber.
		if (!this.ended) {
			end();
			actual().onError(failure);
		}
	}

	@Override
	public void onComplete() {
		if (this.ended) {
			return;
		}
		T value;
		try {
			value = this.reader.apply(this.collected.take());
		}
		catch (RuntimeException ex) {
			onError(ex);
			return;
		}
		if (!this.ended) {
			end();
			actual().onNext(value);
			actual().onComplete();
		}
	}

	// The value may be emitted only after it was requested.
	@Override
	public void request(long count) {
		if (Operators.validate(count) && this.requested.compareAndSet(false, true)) {
			super.request(Long.MAX_VALUE);
		}
	}

	@Override
	public void cancel() {
		super.cancel();
		end();
	}

	private void end() {
		this.ended = true;
		this.collected.release();
	}

}
