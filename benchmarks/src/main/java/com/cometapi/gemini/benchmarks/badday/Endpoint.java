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

package com.cometapi.gemini.benchmarks.badday;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/**
 * An endpoint over HTTP that responds, fails for a part of the calls, or is gone.
 */
final class Endpoint implements AutoCloseable {

	private static final Duration TIME_TO_FIRST_EVENT = Duration.ofMillis(60);

	private static final Duration TIME_BETWEEN_EVENTS = Duration.ofMillis(20);

	private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(30);

	private static final int EVENTS = 5;

	private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

	private final LoopResources loops = LoopResources.create("endpoint", LoopResources.DEFAULT_IO_WORKER_COUNT, true);

	private final ConcurrentMap<Long, Integer> billed;

	private final AtomicInteger calls = new AtomicInteger();

	private final AtomicInteger concurrent = new AtomicInteger();

	private final AtomicInteger mostConcurrent = new AtomicInteger();

	private volatile double faultRate;

	private DisposableServer server;

	/**
	 * Start an endpoint.
	 * @param billed counts the responses of each turn, over all endpoints
	 */
	Endpoint(ConcurrentMap<Long, Integer> billed) {
		this.billed = billed;
		this.server = bind(0);
	}

	private DisposableServer bind(int port) {
		return HttpServer.create()
			.host("127.0.0.1")
			.port(port)
			.runOn(this.loops, false)
			.option(ChannelOption.SO_BACKLOG, 1000)
			.doOnConnection((connection) -> this.channels.add(connection.channel()))
			.handle(this::handle)
			.bindNow();
	}

	URI url() {
		return URI.create("http://127.0.0.1:" + this.server.port());
	}

	/**
	 * Let a part of the calls fail.
	 * @param faultRate the part, from 0 to 1
	 */
	void fail(double faultRate) {
		this.faultRate = faultRate;
	}

	/**
	 * Close all connections and accept none.
	 */
	void goAway() {
		this.server.disposeNow(SHUTDOWN_TIMEOUT);
		this.channels.close().awaitUninterruptibly();
	}

	/**
	 * Accept connections again.
	 */
	void comeBack() {
		this.server = bind(this.server.port());
	}

	int takeCalls() {
		return this.calls.getAndSet(0);
	}

	int takeMostConcurrent() {
		return this.mostConcurrent.getAndSet(0);
	}

	private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
		return request.receive().aggregate().asString().flatMap((body) -> {
			Call call = new Call(turn(request));
			return respond(request.uri().contains("stream"), call, response).doFinally((signal) -> call.end());
		});
	}

	private Mono<Void> respond(boolean streamed, Call call, HttpServerResponse response) {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		if (random.nextDouble() < this.faultRate) {
			return switch (random.nextInt(4)) {
				case 0 -> reset(response);
				case 1 -> Mono.never();
				case 2 -> response.status(429).header("Retry-After", "1").send().then();
				default -> response.status(503).send().then();
			};
		}
		return (streamed) ? sendEvents(call, response)
				: Mono.delay(TIME_TO_FIRST_EVENT).then(Mono.defer(() -> sendResponse(call, response)));
	}

	private static Mono<Void> reset(HttpServerResponse response) {
		response.withConnection((connection) -> {
			connection.channel().config().setOption(ChannelOption.SO_LINGER, 0);
			connection.channel().close();
		});
		return Mono.never();
	}

	// Sending completes without an error even if the connection is closed meanwhile.
	private Mono<Void> sendResponse(Call call, HttpServerResponse response) {
		call.end();
		Channel channel = channel(response);
		return response.header("Content-Type", "application/json")
			.sendString(Mono.just(json(call.turn, true)))
			.then()
			.doOnSuccess((sent) -> bill(call, channel));
	}

	// Counted on the event loop, after the first event was written or an earlier close
	// was handled.
	private Mono<Void> sendEvents(Call call, HttpServerResponse response) {
		Channel channel = channel(response);
		Flux<String> events = Flux.interval(TIME_TO_FIRST_EVENT, TIME_BETWEEN_EVENTS).take(EVENTS).map((i) -> {
			if (i == 1) {
				channel.eventLoop().execute(() -> bill(call, channel));
			}
			if (i == EVENTS - 1) {
				call.end();
			}
			return "data: " + json(call.turn, i == EVENTS - 1) + "\n\n";
		});
		return response.sse().sendString(events).then();
	}

	private static Channel channel(HttpServerResponse response) {
		AtomicReference<Channel> channel = new AtomicReference<>();
		response.withConnection((connection) -> channel.set(connection.channel()));
		return channel.get();
	}

	private void bill(Call call, Channel channel) {
		if (call.turn >= 0 && channel.isActive()) {
			this.billed.merge(call.turn, 1, Integer::sum);
		}
	}

	private static String json(long turn, boolean last) {
		return "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"Response to turn-%d. \"}]}%s}]}"
			.formatted(turn, (last) ? ",\"finishReason\":\"STOP\"" : "");
	}

	// Negative for a turn of the warm-up
	private static long turn(HttpServerRequest request) {
		String turn = request.requestHeaders().get(BadDay.TURN_HEADER);
		return (turn != null) ? Long.parseLong(turn) : -1;
	}

	@Override
	public void close() {
		goAway();
		this.loops.disposeLater(Duration.ZERO, SHUTDOWN_TIMEOUT).block();
	}

	/**
	 * One call, which ends before the client can notice its end.
	 */
	private final class Call {

		private final long turn;

		private final AtomicBoolean ended = new AtomicBoolean();

		Call(long turn) {
			this.turn = turn;
			Endpoint.this.calls.incrementAndGet();
			Endpoint.this.mostConcurrent.accumulateAndGet(Endpoint.this.concurrent.incrementAndGet(), Math::max);
		}

		void end() {
			if (this.ended.compareAndSet(false, true)) {
				Endpoint.this.concurrent.decrementAndGet();
			}
		}

	}

}
