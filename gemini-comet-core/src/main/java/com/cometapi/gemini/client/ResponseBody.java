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

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import com.cometapi.gemini.error.GeminiException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import tools.jackson.core.JacksonException;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * Body of a response: reads a response that is not streamed, and every error.
 */
final class ResponseBody {

	// The rest of a larger error is not read.
	private static final int MAX_ERROR_SIZE = 256 * 1024;

	private static final Duration MAX_ERROR_TIME = Duration.ofSeconds(5);

	private final ClientResponse response;

	private final HttpAttempt attempt;

	private final ResponseErrors errors;

	private final @Nullable GeminiMediaSink mediaSink;

	ResponseBody(ClientResponse response, ErrorTranslator errors, HttpAttempt attempt) {
		CallContext context = attempt.context();
		this.response = response;
		this.attempt = attempt;
		this.errors = new ResponseErrors(response.statusCode().value(), response.headers().asHttpHeaders(), errors,
				context);
		this.mediaSink = markingHandedOver(context.options().mediaSink());
	}

	// A call is not retried after a medium was written to the sink.
	private @Nullable GeminiMediaSink markingHandedOver(@Nullable GeminiMediaSink sink) {
		return (sink != null) ? (mimeType) -> {
			this.attempt.markHandedOver();
			return sink.open(mimeType);
		} : null;
	}

	boolean isSuccess() {
		return this.response.statusCode().is2xxSuccessful();
	}

	/**
	 * Return whether the content type is that of an event stream.
	 * @return {@code true} if it is
	 */
	boolean isEventStream() {
		return isEventStream(this.response.headers().asHttpHeaders());
	}

	static boolean isEventStream(HttpHeaders headers) {
		// Not parsed: a malformed content type must not fail the call.
		String contentType = headers.getFirst(HttpHeaders.CONTENT_TYPE);
		return StringUtils.startsWithIgnoreCase(contentType, MediaType.TEXT_EVENT_STREAM_VALUE);
	}

	ResponseErrors errors() {
		return this.errors;
	}

	HttpAttempt attempt() {
		return this.attempt;
	}

	@Nullable GeminiMediaSink mediaSink() {
		return this.mediaSink;
	}

	Flux<DataBuffer> buffers() {
		// After a cancel WebClient has consumed the body, and would log a second attempt
		// to read it.
		Flux<DataBuffer> buffers = Flux.defer(
				() -> (this.attempt.isCancelled()) ? Flux.never() : this.response.body(BodyExtractors.toDataBuffers()));
		if (!isSuccess()) {
			return buffers;
		}
		return (this.mediaSink != null) ? MediaSinkWriter.writeMedia(buffers, this.mediaSink, this.errors.context())
				: buffers;
	}

	/**
	 * Read the whole body as one value.
	 * @param maxSize the limit; a small heap lowers it
	 * @param reader reads the value, or returns {@code null} if the body is not one
	 * @param <T> the type of the value
	 * @return the value, or a {@link GeminiException} if the body is not readable
	 */
	<T> Mono<T> read(DataSize maxSize, JsonBodyReader<T> reader) {
		return whole(buffers(), HeapLimits.limit(maxSize), (collected) -> read(collected, maxSize, reader));
	}

	// Reactor's operators would discard buffers, and the subscriber may release discarded
	// ones, as Spring WebFlux does.
	private <T> Mono<T> whole(Flux<DataBuffer> buffers, long limit, Function<List<DataBuffer>, T> reader) {
		return Mono.fromDirect((subscriber) -> buffers
			.subscribe(new WholeBody<>(Operators.toCoreSubscriber(subscriber), this.errors, limit, reader)));
	}

	/**
	 * Read the body as an error.
	 * @param <T> the type of the expected value
	 * @return the error
	 */
	<T> Mono<T> error() {
		// The beginning suffices if the connection breaks here.
		Flux<DataBuffer> beginning = DataBufferUtils.takeUntilByteCount(buffers(), MAX_ERROR_SIZE)
			.takeUntilOther(Mono.delay(errorTime()))
			.onErrorComplete();
		return whole(beginning, MAX_ERROR_SIZE, (collected) -> {
			throw error(collected);
		});
	}

	// The server may hold the body open, but the status must not be lost to a time limit.
	private Duration errorTime() {
		Duration half = this.errors.context().firstEventTimeout().dividedBy(2);
		return (half.compareTo(MAX_ERROR_TIME) < 0) ? half : MAX_ERROR_TIME;
	}

	private GeminiException error(List<DataBuffer> buffers) {
		try {
			return this.errors.ofStatus(beginning(buffers));
		}
		catch (Error ex) {
			return this.errors.ofFailure(ex);
		}
		finally {
			buffers.forEach(DataBufferUtils::release);
		}
	}

	private <T> T read(List<DataBuffer> buffers, DataSize maxSize, JsonBodyReader<T> reader) {
		try {
			JacksonException cause = null;
			try {
				T value = reader.read(() -> new JsonInput().addAll(buffers));
				if (value != null) {
					return value;
				}
			}
			catch (JacksonException ex) {
				cause = ex;
			}
			GeminiException tooLarge = this.errors.jsonTooLarge(cause, maxSize, ResponseErrors.MAX_RESPONSE_SIZE);
			throw (tooLarge != null) ? tooLarge : this.errors.unreadableResponse(beginning(buffers), cause);
		}
		catch (Error ex) {
			// Reactor does not propagate fatal errors, and the call would wait for its
			// time limit.
			throw this.errors.ofFailure(ex);
		}
		finally {
			buffers.forEach(DataBufferUtils::release);
		}
	}

	private static byte[] beginning(List<DataBuffer> buffers) {
		long size = buffers.stream().mapToLong(DataBuffer::readableByteCount).sum();
		return new JsonInput().addAll(buffers).beginning((int) Math.min(size, MAX_ERROR_SIZE));
	}

	/**
	 * Reads a value from the JSON of a body.
	 *
	 * @param <T> the type of the value
	 */
	@FunctionalInterface
	interface JsonBodyReader<T> {

		/**
		 * Read a value.
		 * @param json supplies the JSON, from its beginning each time
		 * @return the value, or {@code null} if the body is not one
		 */
		@Nullable T read(Supplier<JsonInput> json);

	}

}
