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

package com.cometapi.gemini.web;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import com.cometapi.gemini.testsupport.HandledServer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * An endpoint with a model that waits after its first word until it is released, and one
 * that never ends.
 */
final class ModelServer implements AutoCloseable {

	static final String PACED = "gemini-paced";

	static final String ENDLESS = "gemini-endless";

	static final int PACED_EVENTS = 10;

	private static final String EVENT = "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"%s\"}]}%s}]}\r\n\r\n";

	private static final byte[] LONG_EVENT = EVENT.formatted("x".repeat(16 * 1024), "")
		.getBytes(StandardCharsets.US_ASCII);

	private final AtomicReference<Sinks.Empty<Void>> release = new AtomicReference<>(Sinks.empty());

	private final AtomicInteger waitingStreams = new AtomicInteger();

	private final AtomicLong endlessBytes = new AtomicLong();

	private final AtomicInteger endlessStreams = new AtomicInteger();

	private final HandledServer server = HandledServer.start(this::answer);

	private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		return response.sse().send(request.uri().contains(ENDLESS) ? endless(request) : paced());
	}

	private Flux<ByteBuf> paced() {
		// Before the stream counts as waiting, which lets a test release it.
		Mono<Void> released = this.release.get().asMono();
		this.waitingStreams.incrementAndGet();
		Flux<ByteBuf> rest = Flux.range(2, PACED_EVENTS - 1).map(ModelServer::word);
		return Flux.just(word(1)).concatWith(rest.delaySubscription(released));
	}

	private Flux<ByteBuf> endless(HttpServerRequest request) {
		this.endlessStreams.incrementAndGet();
		request.withConnection((connection) -> connection.channel()
			.closeFuture()
			.addListener((future) -> this.endlessStreams.decrementAndGet()));
		return Flux.generate((sink) -> {
			this.endlessBytes.addAndGet(LONG_EVENT.length);
			sink.next(Unpooled.wrappedBuffer(LONG_EVENT));
		});
	}

	/**
	 * Let the waiting paced streams go on.
	 */
	void release() {
		this.waitingStreams.set(0);
		this.release.getAndSet(Sinks.empty()).tryEmitEmpty().orThrow();
	}

	String url() {
		return this.server.url().toString();
	}

	/**
	 * Return the number of paced streams that wait.
	 */
	int waitingStreams() {
		return this.waitingStreams.get();
	}

	/**
	 * Return the number of bytes of endless streams that were sent.
	 */
	long endlessBytes() {
		return this.endlessBytes.get();
	}

	/**
	 * Return the number of endless streams that are open.
	 */
	int endlessStreams() {
		return this.endlessStreams.get();
	}

	@Override
	public void close() {
		this.server.close();
	}

	private static ByteBuf word(int number) {
		String end = (number == PACED_EVENTS) ? ",\"finishReason\":\"STOP\"" : "";
		return Unpooled.copiedBuffer(EVENT.formatted("word " + number + " ", end), StandardCharsets.US_ASCII);
	}

}
