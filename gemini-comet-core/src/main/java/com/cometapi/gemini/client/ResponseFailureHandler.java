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

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Fails an exchange whose connection is closed before the response, or whose response is
 * not HTTP. Reactor Netty would do so too, but logs each such failure as a warning with a
 * stack trace.
 */
final class ResponseFailureHandler extends ChannelDuplexHandler {

	private static final String NAME = ResponseFailureHandler.class.getName();

	private @Nullable AttemptExchange exchange;

	// Later failures of the same connection are ignored.
	private boolean failed;

	private ResponseFailureHandler() {
	}

	// A proxy that refuses the request fails the write while the connection is still
	// open.
	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (this.exchange == null) {
			context.write(message, promise);
			return;
		}
		ChannelPromise written = context.newPromise();
		written.addListener((ChannelFuture write) -> {
			if (write.isSuccess()) {
				promise.trySuccess();
				return;
			}
			if (fail(write.cause())) {
				context.close();
			}
			promise.tryFailure(write.cause());
		});
		context.write(message, written);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpResponse response) {
			Throwable cause = response.decoderResult().cause();
			if (cause != null && fail(cause)) {
				ReferenceCountUtil.release(message);
				context.close();
				return;
			}
			this.exchange = null;
		}
		context.fireChannelRead(message);
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		fail(new IOException("Connection closed before the response"));
		context.fireChannelInactive();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (fail(cause)) {
			context.close();
		}
		else {
			context.fireExceptionCaught(cause);
		}
	}

	private boolean fail(Throwable cause) {
		AttemptExchange exchange = this.exchange;
		this.exchange = null;
		if (exchange != null) {
			this.failed = exchange.isCancelled() || exchange.fail(cause);
		}
		return this.failed;
	}

	/**
	 * Watch a channel for an exchange, until the head of its response.
	 * @param channel the channel
	 * @param exchange the exchange
	 */
	static void watch(Channel channel, AttemptExchange exchange) {
		ChannelPipeline pipeline = channel.pipeline();
		ResponseFailureHandler handler = (ResponseFailureHandler) pipeline.get(NAME);
		if (handler == null && pipeline.get(NettyPipeline.ReactiveBridge) != null) {
			handler = new ResponseFailureHandler();
			pipeline.addBefore(NettyPipeline.ReactiveBridge, NAME, handler);
		}
		if (handler != null) {
			handler.exchange = exchange;
			handler.failed = false;
		}
	}

}
