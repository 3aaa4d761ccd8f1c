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

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Ends a body that its server holds open after the line {@code data: [DONE]}, with which
 * some gateways end an event stream. What follows it is ignored. The server has a second
 * to end the body itself, so that the connection can be used again.
 */
final class EndMark extends ForwardingSubscriber<DataBuffer, DataBuffer> {

	private static final long GRACE_MILLIS = 1000;

	private static final byte[] FIELD = "data:".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] MARK = "[DONE]".getBytes(StandardCharsets.US_ASCII);

	// The mark may be split between buffers, and comments may follow it
	private final byte[] tail = new byte[64];

	private final AtomicBoolean ended = new AtomicBoolean();

	private final Disposable.Swap timer = Disposables.swap();

	private boolean found;

	private EndMark(CoreSubscriber<? super DataBuffer> actual) {
		super(actual);
	}

	@Override
	public void onNext(DataBuffer buffer) {
		if (this.found) {
			DataBufferUtils.release(buffer);
			upstream().request(1);
			return;
		}
		this.found = isAtEnd(buffer);
		actual().onNext(buffer);
		if (this.found) {
			this.timer.update(Schedulers.parallel().schedule(this::end, GRACE_MILLIS, TimeUnit.MILLISECONDS));
		}
	}

	private boolean isAtEnd(DataBuffer buffer) {
		int count = Math.min(buffer.readableByteCount(), this.tail.length);
		int kept = this.tail.length - count;
		System.arraycopy(this.tail, count, this.tail, 0, kept);
		for (int i = 0; i < count; i++) {
			this.tail[kept + i] = buffer.getByte(buffer.writePosition() - count + i);
		}
		// JSON has no line breaks inside of texts
		for (int end = this.tail.length - 1; end > 0; end--) {
			if (isLineEnd(this.tail[end]) && isMark(end)) {
				return true;
			}
		}
		return false;
	}

	private boolean isMark(int end) {
		int mark = before(end, MARK);
		int field = before((mark > 0 && this.tail[mark - 1] == ' ') ? mark - 1 : mark, FIELD);
		return field > 0 && (isLineEnd(this.tail[field - 1]) || this.tail[field - 1] == 0);
	}

	private static boolean isLineEnd(byte character) {
		return character == '\n' || character == '\r';
	}

	private int before(int end, byte[] text) {
		int start = end - text.length;
		for (int i = 0; i < text.length; i++) {
			if (start < 0 || this.tail[start + i] != text[i]) {
				return -1;
			}
		}
		return start;
	}

	private void end() {
		if (this.ended.compareAndSet(false, true)) {
			upstream().cancel();
			actual().onComplete();
		}
	}

	@Override
	public void onError(Throwable failure) {
		if (this.found) {
			onComplete();
		}
		else {
			actual().onError(failure);
		}
	}

	@Override
	public void onComplete() {
		this.timer.dispose();
		if (this.ended.compareAndSet(false, true)) {
			actual().onComplete();
		}
	}

	@Override
	public void cancel() {
		this.timer.dispose();
		super.cancel();
	}

	/**
	 * End a body after the mark.
	 * @param body the body
	 * @return the body up to the mark
	 */
	static Flux<DataBuffer> endAfter(Flux<DataBuffer> body) {
		return Flux.from((subscriber) -> body.subscribe(new EndMark(Operators.toCoreSubscriber(subscriber))));
	}

}
