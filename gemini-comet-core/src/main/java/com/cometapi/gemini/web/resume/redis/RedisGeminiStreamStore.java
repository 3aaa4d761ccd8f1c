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

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.cometapi.gemini.thread.GeminiThreads;
import com.cometapi.gemini.web.resume.GeminiStreamEvent;
import com.cometapi.gemini.web.resume.GeminiStreamRetention;
import com.cometapi.gemini.web.resume.GeminiStreamState;
import com.cometapi.gemini.web.resume.GeminiStreamStore;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.util.Assert;

/**
 * Stores streams in Redis 5 or later, for an application with several instances. Works
 * with a cluster too: the keys of a stream have its id as their hash tag. Thread-safe.
 *
 * <p>
 * All readers of an instance share two connections: that of all commands, and one for
 * messages about events. If Redis does not allow messages, readers look for events every
 * second. The size of events is that of their text in UTF-8, and 128 bytes for each of
 * them.
 *
 * <p>
 * If Redis loses its data, running streams are lost: readers and the writer get a
 * {@link com.cometapi.gemini.web.resume.GeminiStreamLostException}.
 */
public final class RedisGeminiStreamStore implements GeminiStreamStore, AutoCloseable {

	/**
	 * Minimum lease time: a command is given up and repeated after a third of it.
	 */
	public static final Duration MINIMUM_LEASE_TIME = Duration.ofSeconds(3);

	private final StreamCommands commands;

	private final StreamNotifications notifications;

	private final Map<String, StreamTail> tails = new ConcurrentHashMap<>();

	/**
	 * Create a store.
	 * @param connectionFactory the connections to Redis
	 * @param keyPrefix the prefix of the keys
	 * @param leaseTime the time after which the streams of an instance that has died are
	 * lost, and for which failed commands are repeated; at least
	 * {@link #MINIMUM_LEASE_TIME}
	 * @param retention the limits of each stream
	 * @param threads the threads that open connections
	 */
	public RedisGeminiStreamStore(ReactiveRedisConnectionFactory connectionFactory, String keyPrefix,
			Duration leaseTime, GeminiStreamRetention retention, GeminiThreads threads) {
		Assert.notNull(connectionFactory, "'connectionFactory' must not be null");
		Assert.notNull(keyPrefix, "'keyPrefix' must not be null");
		Assert.isTrue(leaseTime.compareTo(MINIMUM_LEASE_TIME) >= 0, "'leaseTime' must be 3 seconds or more");
		Assert.notNull(retention, "'retention' must not be null");
		Assert.notNull(threads, "'threads' must not be null");
		this.commands = new StreamCommands(connectionFactory, keyPrefix, leaseTime, retention, threads);
		this.notifications = new StreamNotifications(connectionFactory, threads, this::handleMessage);
	}

	private void handleMessage(String channel, String message) {
		StreamTail tail = this.tails.get(this.commands.streamId(channel));
		if (tail != null) {
			tail.handleMessage(message);
		}
	}

	@Override
	public Mono<Void> create(String streamId, @Nullable String key) {
		return this.commands.create(streamId, key);
	}

	@Override
	public Mono<GeminiStreamState> append(String streamId, List<GeminiStreamEvent> events) {
		return this.commands.append(streamId, events);
	}

	@Override
	public Flux<GeminiStreamEvent> read(String streamId, long afterPosition) {
		return Flux.using(() -> acquireTail(streamId), (tail) -> tail.read(afterPosition),
				(tail) -> releaseTail(streamId, tail));
	}

	private StreamTail acquireTail(String streamId) {
		return this.tails.compute(streamId, (id,
				tail) -> ((tail != null) ? tail : new StreamTail(this.commands, this.notifications, id)).addReader());
	}

	private void releaseTail(String streamId, StreamTail tail) {
		// It is another one if the store was closed meanwhile
		this.tails.computeIfPresent(streamId,
				(id, current) -> (current == tail && tail.removeReader()) ? null : current);
	}

	@Override
	public Mono<Void> requestCancel(String streamId) {
		return this.commands.requestCancel(streamId);
	}

	@Override
	public Mono<String> findRunning(String key) {
		return this.commands.findRunning(key);
	}

	@Override
	public Duration leaseTime() {
		return this.commands.leaseTime();
	}

	/**
	 * Close the connection for messages and stop looking for events. Readers get a
	 * {@link com.cometapi.gemini.web.resume.GeminiStreamLostException}. A stream that is
	 * read later opens the connection again, as in an application context that is started
	 * again. Does not block.
	 */
	@Override
	public void close() {
		this.tails.keySet().forEach((streamId) -> this.tails.computeIfPresent(streamId, (id, tail) -> {
			tail.close();
			return null;
		}));
		this.notifications.close();
	}

}
