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

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.RejectedExecutionException;

import com.cometapi.gemini.error.GeminiError;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiMediaSinkException;
import com.cometapi.gemini.error.GeminiProtocolException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Removes the media from a response body and writes them to a {@link GeminiMediaSink}. A
 * call may be cancelled at any time; closing waits for a running write, but never on an
 * event loop.
 */
final class MediaSinkWriter implements MediaScanner.Target {

	private static final int BUFFERS_AHEAD = 4;

	// A multiple of four characters, so that each piece can be decoded on its own.
	private static final int TEXT_SIZE = 16 * 1024;

	private final GeminiMediaSink sink;

	private final CallContext context;

	private final MediaScanner scanner = new MediaScanner(this);

	private final byte[] base64 = new byte[TEXT_SIZE];

	private final byte[] decoded = new byte[TEXT_SIZE];

	private int count;

	private byte[] bytes = new byte[0];

	private @Nullable OutputStream target;

	private boolean closed;

	private volatile boolean cancelled;

	private MediaSinkWriter(GeminiMediaSink sink, CallContext context) {
		this.sink = sink;
		this.context = context;
	}

	private synchronized DataBuffer withoutMedia(DataBuffer buffer) {
		if (this.closed) {
			return buffer;
		}
		try {
			int length = buffer.readableByteCount();
			if (this.bytes.length < length) {
				this.bytes = new byte[length];
			}
			buffer.read(this.bytes, 0, length);
			int kept = this.scanner.removeMedia(this.bytes, length);
			return buffer.factory().allocateBuffer(kept).write(this.bytes, 0, kept);
		}
		catch (IOException | RuntimeException | Error ex) {
			throw (ex instanceof GeminiException known) ? known : sinkFailure(ex);
		}
		finally {
			DataBufferUtils.release(buffer);
		}
	}

	private void write(DataBuffer buffer, SynchronousSink<DataBuffer> next) {
		try {
			next.next(withoutMedia(buffer));
		}
		catch (GeminiException ex) {
			// The call was cancelled, which may have interrupted the sink
			if (!this.cancelled) {
				throw ex;
			}
		}
	}

	private GeminiMediaSinkException sinkFailure(Throwable ex) {
		return new GeminiMediaSinkException("%s: writing a medium of the response to the media sink failed: %s"
			.formatted(this.context.subject(), ex), ex);
	}

	@Override
	public void begin(@Nullable String mimeType) throws IOException {
		this.target = this.sink.open(mimeType);
		this.count = 0;
	}

	@Override
	public void add(byte[] base64, int start, int length) throws IOException {
		int next = start;
		while (next < start + length) {
			int size = Math.min(start + length - next, TEXT_SIZE - this.count);
			System.arraycopy(base64, next, this.base64, this.count, size);
			next += size;
			this.count += size;
			if (this.count == TEXT_SIZE) {
				write();
			}
		}
	}

	@Override
	public void end() throws IOException {
		write();
		OutputStream target = this.target;
		this.target = null;
		if (target != null) {
			target.close();
		}
	}

	private void write() throws IOException {
		byte[] text = (this.count == TEXT_SIZE) ? this.base64 : Arrays.copyOf(this.base64, this.count);
		replaceUrlAlphabet(text);
		int length = decode(text);
		this.count = 0;
		if (this.target != null) {
			this.target.write(this.decoded, 0, length);
		}
	}

	private static void replaceUrlAlphabet(byte[] text) {
		for (int i = 0; i < text.length; i++) {
			if (text[i] == '-') {
				text[i] = '+';
			}
			else if (text[i] == '_') {
				text[i] = '/';
			}
		}
	}

	private int decode(byte[] text) {
		try {
			return Base64.getDecoder().decode(text, this.decoded);
		}
		catch (IllegalArgumentException ex) {
			throw new GeminiProtocolException("%s: a medium of the response is not valid base64: %s"
				.formatted(this.context.subject(), ex.getMessage()), GeminiError.NONE, 0, ex);
		}
	}

	private void closeOn(Scheduler threads) {
		try {
			threads.schedule(this::close);
		}
		catch (RejectedExecutionException ex) {
			// The application is closing, or every thread hangs.
			close();
		}
	}

	private synchronized void close() {
		this.closed = true;
		if (this.target != null) {
			try {
				this.target.close();
			}
			catch (IOException | RuntimeException ex) {
				// The call has failed already.
			}
		}
	}

	/**
	 * Write the media of a body to a sink.
	 * @param body the body
	 * @param sink the sink
	 * @param context the call
	 * @return the body with empty texts in place of the media
	 */
	static Flux<DataBuffer> writeMedia(Flux<DataBuffer> body, GeminiMediaSink sink, CallContext context) {
		return Flux.defer(() -> {
			MediaSinkWriter writer = new MediaSinkWriter(sink, context);
			Scheduler threads = context.threads().mediaScheduler();
			return body.publishOn(threads, BUFFERS_AHEAD)
				.onErrorMap(context.threads()::translateMediaFailure)
				// In 'handle' Reactor restores the thread locals of the caller.
				.<DataBuffer>handle(writer::write)
				.doOnDiscard(DataBuffer.class, DataBufferUtils::release)
				.doOnCancel(() -> writer.cancelled = true)
				.doFinally((signal) -> writer.closeOn(threads));
		});
	}

}
