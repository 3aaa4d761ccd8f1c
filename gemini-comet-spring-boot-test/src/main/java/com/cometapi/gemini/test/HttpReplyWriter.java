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

package com.cometapi.gemini.test;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

import com.cometapi.gemini.test.ReplyDelivery.Fault;
import com.cometapi.gemini.test.ReplyDelivery.Kind;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Writes a reply to its connection, with its delays and its fault.
 */
final class HttpReplyWriter {

	// Time for the written bytes to leave before the connection is closed.
	private static final Duration FLUSH_TIME = Duration.ofMillis(20);

	private final HttpServerResponse response;

	private final Channel channel;

	private final Scheduler scheduler;

	private final AtomicBoolean ended = new AtomicBoolean();

	HttpReplyWriter(HttpServerResponse response, Channel channel) {
		this.response = response;
		this.channel = channel;
		this.scheduler = Schedulers.fromExecutorService(channel.eventLoop());
	}

	// Whether the writer, not the client, has ended the exchange.
	// Reactor Netty's own signal does not tell: it completes when the connection closes.
	boolean isEnded() {
		return this.ended.get();
	}

	Mono<Void> write(HttpReply reply, ReplyDelivery delivery) {
		return pause(delivery.delay()).then(Mono.defer(() -> writeNow(reply, delivery)));
	}

	private Mono<Void> writeNow(HttpReply reply, ReplyDelivery delivery) {
		Fault fault = delivery.fault();
		if (fault != null && fault.kind() == Kind.STALL_BEFORE_HEADERS) {
			return Mono.never();
		}
		if (fault != null && fault.kind() == Kind.RESET && fault.after() == 0) {
			return close(Kind.RESET).then();
		}
		this.response.status(reply.status());
		reply.headers().forEach((name, value) -> this.response.header(name, value));
		boolean wholeLength = fault == null || (fault.kind() != Kind.ERROR && fault.kind() != Kind.END);
		if (!reply.stream() && wholeLength) {
			this.response.header("Content-Length", Integer.toString(reply.length()));
		}
		Flux<byte[]> pieces = pieces(reply, delivery).doOnComplete(() -> this.ended.set(true));
		return this.response.sendHeaders().send(pieces.map(Unpooled::wrappedBuffer), (buffer) -> true).then();
	}

	private Flux<byte[]> pieces(HttpReply reply, ReplyDelivery delivery) {
		Fault fault = delivery.fault();
		Flux<byte[]> pieces = Flux.fromIterable(reply.pieces());
		if (fault != null) {
			pieces = pieces.take(fault.after());
		}
		if (!delivery.firstEventDelay().isZero() || !delivery.pace().isZero()) {
			pieces = pieces.index()
				.concatMap((piece) -> pause((piece.getT1() == 0) ? delivery.firstEventDelay() : delivery.pace())
					.thenReturn(piece.getT2()));
		}
		return (fault != null) ? pieces.concatWith(after(fault, reply)) : pieces;
	}

	private Flux<byte[]> after(Fault fault, HttpReply reply) {
		return switch (fault.kind()) {
			case END, STALL_BEFORE_HEADERS -> Flux.empty();
			case STALL -> Flux.never();
			case ERROR -> Flux.just(fault.error());
			case RESET -> Flux.from(close(Kind.RESET));
			case CUT -> Flux.concat(Mono.justOrEmpty(half(reply, fault.after())), close(Kind.CUT));
		};
	}

	private static byte @Nullable [] half(HttpReply reply, int index) {
		if (index >= reply.pieces().size()) {
			return null;
		}
		byte[] piece = reply.pieces().get(index);
		return Arrays.copyOf(piece, piece.length / 2);
	}

	private Mono<byte[]> close(Kind kind) {
		return pause(FLUSH_TIME).then(Mono.defer(() -> {
			this.ended.set(true);
			if (kind == Kind.RESET) {
				this.channel.config().setOption(ChannelOption.SO_LINGER, 0);
			}
			this.channel.close();
			return Mono.never();
		}));
	}

	private Mono<Void> pause(Duration duration) {
		return (!duration.isZero()) ? Mono.delay(duration, this.scheduler).then() : Mono.empty();
	}

}
