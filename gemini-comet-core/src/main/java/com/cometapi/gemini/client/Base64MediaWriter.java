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

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicBoolean;

import com.cometapi.gemini.api.MediaData;
import com.cometapi.gemini.error.GeminiError;
import com.cometapi.gemini.error.GeminiInvalidRequestException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;

/**
 * Writes one medium as base64, one buffer at a time on demand.
 */
final class Base64MediaWriter implements Closeable {

	// A multiple of three bytes, so that only the last piece is padded. As base64 it has
	// 16 KB.
	private static final int PIECE_SIZE = 12 * 1024;

	private final InputStream in;

	private final byte[] piece = new byte[PIECE_SIZE];

	private final byte[] base64 = new byte[PIECE_SIZE / 3 * 4];

	private Base64MediaWriter(InputStream in) {
		this.in = in;
	}

	private @Nullable DataBuffer next(DataBufferFactory factory) throws IOException {
		int count = this.in.readNBytes(this.piece, 0, PIECE_SIZE);
		if (count == 0) {
			return null;
		}
		byte[] source = (count == PIECE_SIZE) ? this.piece : Arrays.copyOf(this.piece, count);
		int length = Base64.getEncoder().encode(source, this.base64);
		return factory.allocateBuffer(length).write(this.base64, 0, length);
	}

	@Override
	public void close() {
		try {
			this.in.close();
		}
		catch (IOException ex) {
			// The content was read completely, or the call was cancelled.
		}
	}

	/**
	 * Write a medium.
	 * @param data the medium, read on a thread that may block unless it is in memory
	 * @param factory creates the buffers
	 * @param context the call
	 * @return the buffers, or a {@link GeminiInvalidRequestException} if the medium
	 * cannot be read
	 */
	static Flux<DataBuffer> write(MediaData data, DataBufferFactory factory, CallContext context) {
		Flux<DataBuffer> buffers = Flux.generate(() -> new Base64MediaWriter(data.openStream()), (writer, sink) -> {
			try {
				DataBuffer buffer = writer.next(factory);
				if (buffer != null) {
					sink.next(buffer);
				}
				else {
					sink.complete();
				}
			}
			catch (IOException ex) {
				sink.error(ex);
			}
			return writer;
		}, Base64MediaWriter::close);
		return (data.isInMemory() ? buffers : onMediaThread(buffers, context)).onErrorMap(
				(ex) -> ex instanceof IOException || ex instanceof UncheckedIOException,
				(ex) -> unreadable(ex, context));
	}

	// A cancel interrupts the thread; an exception that the medium then throws is not a
	// failure.
	private static Flux<DataBuffer> onMediaThread(Flux<DataBuffer> buffers, CallContext context) {
		return Flux.defer(() -> {
			AtomicBoolean cancelled = new AtomicBoolean();
			return buffers.subscribeOn(context.threads().mediaScheduler())
				.doOnCancel(() -> cancelled.set(true))
				.onErrorResume((ex) -> (cancelled.get()) ? Mono.never()
						: Mono.error(context.threads().translateMediaFailure(ex)));
		});
	}

	private static GeminiInvalidRequestException unreadable(Throwable ex, CallContext context) {
		return new GeminiInvalidRequestException(
				"%s: a medium of the request cannot be read: %s".formatted(context.subject(), ex), GeminiError.NONE,
				ex);
	}

}
