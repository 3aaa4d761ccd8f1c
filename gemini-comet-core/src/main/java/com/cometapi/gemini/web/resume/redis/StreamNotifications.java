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

	private final ReactiveRedisConnectionFactory connectionFactory;

	private final GeminiThreads threads;

	private final BiConsumer<String, String> listener;

	private final Mono<ReactiveSubscription> subscription;

	private volatile @Nullable OpenSubscription open;

	private volatile int closes;

	private volatile boolean warned;

	/**
	 * Create an instance.
	 * @param connectionFactory the connections to Redis
	 * @param threads the threads that open a connection
	 * @param listener accepts the channel and the text of each message
	 */
	StreamNotifications(ReactiveRedisConnectionFactory connectionFactory, GeminiThreads threads,
			BiConsumer<String, String> listener) {
		this.connectionFactory = connectionFactory;
		this.threads = threads;
		this.listener = listener;
		this.subscription = Mono.defer(() -> open(this.closes)).cacheInvalidateIf((created) -> !isOpen());
	}

	private boolean isOpen() {
		OpenSubscription current = this.open;
		return current != null && !current.messages().isDisposed();
	}

	private Mono<ReactiveSubscription> open(int closesBefore) {
		return this.threads.onStoreThread(this.connectionFactory::getReactiveConnection)
			.flatMap((connection) -> connection.pubSubCommands()
				.createSubscription()
				.doOnNext((created) -> receive(connection, created, closesBefore))
				.onErrorResume((ex) -> connection.closeLater().then(Mono.error(ex))));
	}

	private void receive(ReactiveRedisConnection connection, ReactiveSubscription created, int closesBefore) {
		Disposable messages = created.receive()
			.subscribe((message) -> this.listener.accept(toText(message.getChannel()), toText(message.getMessage())),
					(ex) -> warn(ex, closesBefore));
		if (!setOpen(new OpenSubscription(connection, created, messages), closesBefore)) {
			messages.dispose();
			throw new IllegalStateException("The connection was closed while it was being opened");
		}
	}

	private synchronized boolean setOpen(OpenSubscription created, int closesBefore) {
		if (this.closes != closesBefore) {
			return false;
		}
		this.open = created;
		return true;
	}

	/**
	 * Subscribe to a channel.
	 * @param channel the channel
	 * @return completion when messages will be received
	 */
	Mono<Void> subscribe(String channel) {
		return Mono.defer(() -> {
			int closesBefore = this.closes;
			return this.subscription
				.flatMap((created) -> created.subscribe(toBuffer(channel))
					.onErrorResume((ex) -> created.unsubscribe(toBuffer(channel)).then(Mono.error(ex))))
				.doOnSuccess((nothing) -> this.warned = false)
				.doOnError((ex) -> warn(ex, closesBefore));
		});
	}

	/**
	 * Unsubscribe from a channel.
	 * @param channel the channel
	 * @return completion
	 */
	Mono<Void> unsubscribe(String channel) {
		OpenSubscription current = this.open;
		return (current != null) ? current.subscription().unsubscribe(toBuffer(channel)) : Mono.empty();
	}

	private void warn(Throwable failure, int closesBefore) {
		if (!this.warned && this.closes == closesBefore) {
			this.warned = true;
			logger.warn("Readers of resumable streams look for new events once a second, "
					+ "because the subscription to the channels of the streams in Redis failed: "
					+ NestedExceptionUtils.getMostSpecificCause(failure));
		}
	}

	/**
	 * Close the connection, unless it is closed. The next subscription opens it again.
	 */
	void close() {
		// Not within the lock: those who wait for a subscription take one of their own
		OpenSubscription current = takeOpen();
		if (current != null) {
			current.messages().dispose();
			current.connection().closeLater().subscribe((nothing) -> {
			}, (ex) -> logger.debug("Failed to close a connection to Redis", ex));
		}
	}

	private synchronized @Nullable OpenSubscription takeOpen() {
		OpenSubscription current = this.open;
		this.open = null;
		this.closes++;
		return current;
	}

	private static ByteBuffer toBuffer(String channel) {
		return StandardCharsets.UTF_8.encode(channel);
	}

	private static String toText(ByteBuffer bytes) {
		return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
	}

	/**
	 * Subscription and what has to be closed with it.
	 *
	 * @param connection the connection
	 * @param subscription the subscription
	 * @param messages the reading of the messages
	 */
	private record OpenSubscription(ReactiveRedisConnection connection, ReactiveSubscription subscription,
			Disposable messages) {

	}

}
