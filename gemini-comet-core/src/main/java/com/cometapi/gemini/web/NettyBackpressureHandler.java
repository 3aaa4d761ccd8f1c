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
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.Future;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Netty handler that holds at most one unsent event per browser connection and closes the
 * connection if the browser does not read for the write timeout. Netty would otherwise
 * queue more than a hundred events for a slow browser. State is confined to the event
 * loop.
 */
final class NettyBackpressureHandler extends ChannelInboundHandlerAdapter {

	private static final Log logger = LogFactory.getLog(GeminiServerSentEvents.class);

	// The channel is writable only while nothing is queued
	private static final WriteBufferWaterMark NOTHING_UNSENT = new WriteBufferWaterMark(1, 1);

	private final Channel channel;

	private final @Nullable Duration writeTimeout;

	private final WriteBufferWaterMark usualWaterMark;

	private @Nullable MonoSink<?> waiting;

	private @Nullable Future<?> limit;

	private long unsent;

	private NettyBackpressureHandler(Channel channel, @Nullable Duration writeTimeout) {
		this.channel = channel;
		this.writeTimeout = writeTimeout;
		this.usualWaterMark = channel.config().getWriteBufferWaterMark();
		channel.config().setWriteBufferWaterMark(NOTHING_UNSENT);
		channel.pipeline().addFirst(this);
	}

	static <T> Flux<T> limit(Flux<T> events, Channel channel, @Nullable Duration writeTimeout) {
		return Flux.using(() -> new NettyBackpressureHandler(channel, writeTimeout),
				(gate) -> events.concatMap((event) -> Flux.just(event).concatWith(gate.awaitSent()), 0),
				NettyBackpressureHandler::close);
	}

	private <T> Mono<T> awaitSent() {
		// As a separate task, so that it runs after the one that writes the event
		return Mono.create((sink) -> this.channel.eventLoop().execute(() -> awaitSent(sink)));
	}

	private void awaitSent(MonoSink<?> sink) {
		if (this.channel.isWritable() || !this.channel.isActive()) {
			sink.success();
			return;
		}
		this.waiting = sink;
		this.unsent = unsent();
		startLimit();
	}

	private void startLimit() {
		if (this.writeTimeout != null) {
			this.limit = this.channel.eventLoop()
				.schedule(this::onLimit, this.writeTimeout.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	private void onLimit() {
		long unsent = unsent();
		if (unsent != this.unsent) {
			// The browser is slow, but reading
			this.unsent = unsent;
			startLimit();
			return;
		}
		logger.debug("Closing the connection to the client, which has read nothing within " + this.writeTimeout);
		this.channel.close();
	}

	private long unsent() {
		ChannelOutboundBuffer buffer = this.channel.unsafe().outboundBuffer();
		return this.channel.bytesBeforeWritable() - ((buffer != null) ? buffer.currentProgress() : 0);
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		MonoSink<?> sink = this.waiting;
		if (sink != null && this.channel.isWritable()) {
			stopWaiting();
			sink.success();
		}
		context.fireChannelWritabilityChanged();
	}

	private void stopWaiting() {
		this.waiting = null;
		if (this.limit != null) {
			this.limit.cancel(false);
			this.limit = null;
		}
	}

	private void close() {
		this.channel.config().setWriteBufferWaterMark(this.usualWaterMark);
		if (!this.channel.eventLoop().isShuttingDown()) {
			this.channel.eventLoop().execute(() -> {
				stopWaiting();
				if (this.channel.pipeline().context(this) != null) {
					this.channel.pipeline().remove(this);
				}
			});
		}
	}

}
