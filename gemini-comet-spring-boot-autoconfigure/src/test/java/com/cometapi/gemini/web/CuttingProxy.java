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

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.buffer.ByteBuf;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.NettyInbound;
import reactor.netty.NettyOutbound;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpClient;
import reactor.netty.tcp.TcpServer;

/**
 * A proxy that sends connections to several servers in turn, and cuts them after a random
 * number of bytes of the response.
 */
final class CuttingProxy implements AutoCloseable {

	private static final int MIN_BYTES = 100;

	private static final int MAX_BYTES = 5000;

	private final LoopResources loops = LoopResources.create("proxy", 1, true);

	private final TcpClient client = TcpClient.create(ConnectionProvider.newConnection())
		.host("127.0.0.1")
		.runOn(this.loops, false);

	private final List<Integer> ports;

	private final AtomicInteger connections = new AtomicInteger();

	private final AtomicInteger cuts = new AtomicInteger();

	private final DisposableServer server;

	private volatile boolean cutting;

	CuttingProxy(Integer... ports) {
		this.ports = List.of(ports);
		this.server = TcpServer.create()
			.host("127.0.0.1")
			.port(0)
			.runOn(this.loops, false)
			.handle(this::forward)
			.bindNow();
	}

	private Publisher<Void> forward(NettyInbound in, NettyOutbound out) {
		int port = this.ports.get(this.connections.getAndIncrement() % this.ports.size());
		return Mono.usingWhen(this.client.port(port).connect(), (backend) -> {
			Mono<Void> request = backend.outbound().send(in.receive().retain(), (buffer) -> true).then();
			Mono<Void> response = out.send(cut(backend.inbound().receive().retain()), (buffer) -> true).then();
			return Mono.firstWithSignal(request, response);
		}, CuttingProxy::close).onErrorComplete();
	}

	private Flux<ByteBuf> cut(Flux<ByteBuf> response) {
		AtomicLong rest = new AtomicLong(ThreadLocalRandom.current().nextInt(MIN_BYTES, MAX_BYTES));
		return response.handle((buffer, sink) -> {
			int length = buffer.readableBytes();
			if (!this.cutting || rest.addAndGet(-length) > 0) {
				sink.next(buffer);
				return;
			}
			this.cuts.incrementAndGet();
			sink.next(buffer.writerIndex(buffer.readerIndex() + (int) (rest.get() + length)));
			sink.complete();
		});
	}

	private static Mono<Void> close(Connection connection) {
		connection.dispose();
		return connection.onDispose();
	}

	/**
	 * Begin to cut connections, those that are open as well.
	 */
	void beginToCut() {
		this.cutting = true;
	}

	int port() {
		return this.server.port();
	}

	/**
	 * Return the number of connections that were cut.
	 */
	int cuts() {
		return this.cuts.get();
	}

	@Override
	public void close() {
		this.server.disposeNow(Duration.ofSeconds(30));
		this.loops.disposeLater(Duration.ZERO, Duration.ofSeconds(30)).block();
	}

}
