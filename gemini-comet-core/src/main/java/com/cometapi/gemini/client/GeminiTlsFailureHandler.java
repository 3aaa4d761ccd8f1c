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

import java.net.SocketAddress;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import org.jspecify.annotations.Nullable;
import reactor.netty.ConnectionObserver;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;

/**
 * Fails a call of a {@link GeminiClient} when its TLS handshake fails. Reactor Netty
 * would do so too, but logs each failed handshake as two warnings with stack traces.
 */
public final class GeminiTlsFailureHandler extends ChannelInboundHandlerAdapter {

	private static final String NAME = GeminiTlsFailureHandler.class.getName();

	private final ConnectionObserver connection;

	// Later failures of the same connection are ignored.
	private boolean failed;

	private GeminiTlsFailureHandler(ConnectionObserver connection) {
		this.connection = connection;
	}

	@Override
	public void channelActive(ChannelHandlerContext context) {
		context.pipeline().remove(this);
		context.fireChannelActive();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		AttemptExchange exchange = AttemptExchange.of(this.connection.currentContext());
		if (exchange != null && (exchange.isCancelled() || exchange.fail(cause))) {
			this.failed = true;
		}
		if (this.failed) {
			context.close();
		}
		else {
			context.fireExceptionCaught(cause);
		}
	}

	/**
	 * Return an HTTP client that reports a failed TLS handshake to its call only.
	 * @param httpClient the HTTP client, not changed
	 * @return the HTTP client for a connector of a {@link GeminiClient}
	 */
	public static HttpClient reportToCalls(HttpClient httpClient) {
		return httpClient.doOnChannelInit(GeminiTlsFailureHandler::watch);
	}

	private static void watch(ConnectionObserver connection, Channel channel, @Nullable SocketAddress remote) {
		ChannelPipeline pipeline = channel.pipeline();
		// The pool of HTTP/2 connections logs nothing and needs the failure.
		boolean http2 = pipeline.get(NettyPipeline.H2OrHttp11Codec) != null
				|| pipeline.get(NettyPipeline.H2MultiplexHandler) != null;
		if (!http2 && pipeline.get(NettyPipeline.SslReader) != null) {
			pipeline.addAfter(NettyPipeline.SslReader, NAME, new GeminiTlsFailureHandler(connection));
		}
	}

}
