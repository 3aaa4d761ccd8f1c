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

package com.cometapi.gemini.web.resume.redis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

import com.cometapi.gemini.thread.GeminiThreads;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.data.redis.connection.ReactiveRedisConnection;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.connection.ReactiveSubscription;

/**
 * Subscription to the channels of all streams that are read in this instance, on one
 * connection. The driver restores it when that connection was lost.
 */
final class StreamNotifications {

	private static final Log logger = LogFactory.getLog(StreamNotifications.class);

	private final Mono<ReactiveSubscription> subscription;

	private volatile @Nullable ReactiveRedisConnection connection;

	private volatile @Nullable Disposable messages;

	private volatile boolean warned;

	private volatile boolean closed;

	/**
	 * Create an instance.
	 * @param connectionFactory the connections to Redis
	 * @param threads the threads that open a connection
	 * @param listener accepts the channel and the text of each message
	 */
	StreamNotifications(ReactiveRedisConnectionFactory connectionFactory, GeminiThreads threads,
			BiConsumer<String, String> listener) {
		this.subscription = threads.onStoreThread(connectionFactory::getReactiveConnection)
			.flatMap((opened) -> opened.pubSubCommands().createSubscription().doOnNext((created) -> {
				this.connection = opened;
				this.messages = created.receive()
					.subscribe((message) -> listener.accept(toText(message.getChannel()), toText(message.getMessage())),
							this::warn);
			}).onErrorResume((ex) -> opened.closeLater().then(Mono.error(ex))))
			.cacheInvalidateIf((created) -> isClosed());
	}

	private boolean isClosed() {
		Disposable messages = this.messages;
		return messages != null && messages.isDisposed();
	}

	/**
	 * Subscribe to a channel.
	 * @param channel the channel
	 * @return completion when messages will be received
	 */
	Mono<Void> subscribe(String channel) {
		return this.subscription
			.flatMap((created) -> created.subscribe(toBuffer(channel))
				.onErrorResume((ex) -> created.unsubscribe(toBuffer(channel)).then(Mono.error(ex))))
			.doOnSuccess((nothing) -> this.warned = false)
			.doOnError(this::warn);
	}

	/**
	 * Unsubscribe from a channel.
	 * @param channel the channel
	 * @return completion
	 */
	Mono<Void> unsubscribe(String channel) {
		return this.subscription.flatMap((created) -> created.unsubscribe(toBuffer(channel)));
	}

	private void warn(Throwable failure) {
		if (!this.warned && !this.closed) {
			this.warned = true;
			logger.warn("Failed to subscribe to the channels of streams in Redis. "
					+ "Until that succeeds, readers look for new events once a second: "
					+ NestedExceptionUtils.getMostSpecificCause(failure));
		}
	}

	void close() {
		this.closed = true;
		if (this.messages != null) {
			this.messages.dispose();
		}
		if (this.connection != null) {
			this.connection.closeLater().subscribe((nothing) -> {
			}, (ex) -> logger.debug("Failed to close a connection to Redis", ex));
		}
	}

	private static ByteBuffer toBuffer(String channel) {
		return StandardCharsets.UTF_8.encode(channel);
	}

	private static String toText(ByteBuffer bytes) {
		return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
	}

}
