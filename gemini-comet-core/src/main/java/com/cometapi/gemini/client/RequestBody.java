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

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.cometapi.gemini.api.MediaData;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.ObjectWriter;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ReactiveHttpOutputMessage;
import org.springframework.web.reactive.function.BodyInserter;

/**
 * JSON body of a request with a known length. Large media are encoded while they are
 * sent, anew for each subscription.
 */
final class RequestBody implements BodyInserter<Object, ReactiveHttpOutputMessage> {

	// Smaller media are written with the rest of the JSON.
	private static final long SMALL_MEDIUM = 32 * 1024;

	// Lower case, as in HTTP/2: Spring's headers copy any other name at each access.
	private static final String CONTENT_TYPE = "content-type";

	private static final String CONTENT_LENGTH = "content-length";

	private final Output output;

	private final HttpAttempt attempt;

	private RequestBody(Output output, HttpAttempt attempt) {
		this.output = output;
		this.attempt = attempt;
	}

	@Override
	public Mono<Void> insert(ReactiveHttpOutputMessage message, Context context) {
		return write(message).doOnSuccess((written) -> this.attempt.markWritten());
	}

	private Mono<Void> write(ReactiveHttpOutputMessage message) {
		message.getHeaders().set(CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
		message.getHeaders().set(CONTENT_LENGTH, Long.toString(this.output.length));
		List<Object> pieces = this.output.pieces;
		DataBufferFactory factory = message.bufferFactory();
		if (pieces.size() == 1 && pieces.get(0) instanceof byte[] json) {
			return message.writeWith(Mono.fromSupplier(() -> factory.wrap(json)));
		}
		return message.writeWith(Flux.fromIterable(pieces)
			.concatMap((piece) -> write(piece, factory), 1)
			// Reactor Netty would log the failure of a medium as one of the connection.
			.onErrorResume((failure) -> this.attempt.fail(failure) ? Mono.never() : Mono.error(failure)));
	}

	private Publisher<DataBuffer> write(Object piece, DataBufferFactory factory) {
		return (piece instanceof MediaData data) ? Base64MediaWriter.write(data, factory, this.attempt.context())
				: Mono.fromSupplier(() -> factory.wrap((byte[]) piece));
	}

	/**
	 * Write a request, except for its large media.
	 * @param writer the writer of requests
	 * @param request the request
	 * @param attempt the attempt, notified when the body was written or has failed
	 * @return the body
	 * @throws tools.jackson.core.JacksonException if it cannot be written
	 */
	static RequestBody of(ObjectWriter writer, Object request, HttpAttempt attempt) {
		Output output = new Output();
		writer.writeValue(output, request);
		return new RequestBody(output, attempt);
	}

	/**
	 * Collects the pieces of the JSON from the buffers of Jackson, and the media between
	 * them.
	 */
	static final class Output extends OutputStream {

		private final List<Object> pieces = new ArrayList<>(1);

		private long length;

		/**
		 * Return whether a medium is to be added instead of being written.
		 * @param data the medium
		 * @return {@code true} if it is
		 */
		boolean takes(MediaData data) {
			return !data.isInMemory() || (data.length() > SMALL_MEDIUM && !data.isBase64());
		}

		/**
		 * Add a medium.
		 * @param data the medium
		 */
		void add(MediaData data) {
			this.pieces.add(data);
			this.length += (data.length() + 2) / 3 * 4;
		}

		@Override
		public void write(int b) {
			write(new byte[] { (byte) b }, 0, 1);
		}

		@Override
		public void write(byte[] bytes, int offset, int count) {
			this.pieces.add(Arrays.copyOfRange(bytes, offset, offset + count));
			this.length += count;
		}

	}

}
