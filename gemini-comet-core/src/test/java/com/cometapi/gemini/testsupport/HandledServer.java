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

package com.cometapi.gemini.testsupport;

import java.net.URI;
import java.time.Duration;
import java.util.function.BiFunction;

import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import org.reactivestreams.Publisher;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/**
 * A server for tests whose responses are written by a handler of Reactor Netty. It runs
 * on event loops of its own: an application context that closes stops the shared ones,
 * and a server on a stopped event loop can no longer be closed.
 */
public final class HandledServer implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final ChannelGroup connections = new DefaultChannelGroup("connections", GlobalEventExecutor.INSTANCE, true);

	private final LoopResources loops = LoopResources.create("test-server", LoopResources.DEFAULT_IO_WORKER_COUNT,
			true);

	private final DisposableServer server;

	private HandledServer(
			BiFunction<? super HttpServerRequest, ? super HttpServerResponse, ? extends Publisher<Void>> handler) {
		this.server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.runOn(this.loops, false)
			.doOnConnection((connection) -> this.connections.add(connection.channel()))
			.handle(handler)
			.bindNow();
	}

	/**
	 * Start a server on a free port of the loopback interface.
	 */
	public static HandledServer start(
			BiFunction<? super HttpServerRequest, ? super HttpServerResponse, ? extends Publisher<Void>> handler) {
		return new HandledServer(handler);
	}

	public URI url() {
		return URI.create("http://127.0.0.1:" + this.server.port());
	}

	/**
	 * Close all connections and stop the server. A timeout is ignored, so that a slow
	 * machine does not fail the test.
	 */
	@Override
	public void close() {
		this.server.dispose();
		this.server.onDispose().timeout(PATIENCE).onErrorComplete().block();
		this.connections.close().awaitUninterruptibly(PATIENCE.toMillis());
		this.loops.disposeLater(Duration.ZERO, PATIENCE).timeout(PATIENCE).onErrorComplete().block();
	}

}
