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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import com.cometapi.gemini.thread.GeminiThreads;
import com.cometapi.gemini.web.resume.GeminiStreamEvent;
import com.cometapi.gemini.web.resume.GeminiStreamLostException;
import com.cometapi.gemini.web.resume.GeminiStreamRetention;
import com.cometapi.gemini.web.resume.GeminiStreamState;
import com.cometapi.gemini.web.resume.GeminiStreamStoreFullException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.util.Assert;

/**
 * Commands of {@link RedisGeminiStreamStore}. A command that fails is repeated for up to
 * a lease time; repeating any of them does no harm. Results are signalled on
 * {@link Schedulers#parallel()}.
 */
final class StreamCommands {

	private static final Duration MIN_BACKOFF = Duration.ofMillis(50);

	private static final Duration MAX_BACKOFF = Duration.ofMillis(500);

	// If the stream of the key ends, the key is removed earlier
	private static final Duration KEY_TIME_TO_LIVE = Duration.ofDays(1);

	private static final int PAGE_EVENTS = 256;

	static final int PAGE_BYTES = 64 * 1024;

	private final ReactiveStringRedisTemplate redis;

	private final Mono<Boolean> connected;

	private final String keyPrefix;

	private final Duration leaseTime;

	private final GeminiStreamRetention retention;

	StreamCommands(ReactiveRedisConnectionFactory connectionFactory, String keyPrefix, Duration leaseTime,
			GeminiStreamRetention retention, GeminiThreads threads) {
		this.redis = new ReactiveStringRedisTemplate(connectionFactory);
		this.keyPrefix = keyPrefix;
		this.leaseTime = leaseTime;
		this.retention = retention;
		// The first connection, which all commands share, is opened by a blocking call
		this.connected = threads.onSharedStoreThread(() -> {
			connectionFactory.getReactiveConnection().closeLater().subscribe();
			return true;
		});
	}

	Duration leaseTime() {
		return this.leaseTime;
	}

	String channel(String streamId) {
		return this.keyPrefix + "{" + streamId + "}";
	}

	String streamId(String channel) {
		return channel.substring(this.keyPrefix.length() + 1, channel.length() - 1);
	}

	private String eventsKey(String streamId) {
		return channel(streamId) + ":events";
	}

	private String stateKey(String streamId) {
		return channel(streamId) + ":state";
	}

	private String keyKey(String key) {
		return this.keyPrefix + "key:" + key;
	}

	Mono<Void> create(String streamId, @Nullable String key) {
		Mono<String> create = execute(StreamScripts.CREATE, List.of(stateKey(streamId)),
				List.of(toMillis(this.leaseTime), toMillis(this.retention.timeToLive()), (key != null) ? key : ""));
		Mono<?> refer = (key != null) ? connected(this.redis.opsForValue().set(keyKey(key), streamId, KEY_TIME_TO_LIVE))
				: Mono.empty();
		return repeat(create, (ex) -> !isOutOfMemory(ex))
			.doOnNext((reply) -> Assert.isTrue(reply.equals("ok"), "The id of a stream must be unique"))
			.then(repeat(refer, (ex) -> !isOutOfMemory(ex)))
			.onErrorMap(StreamCommands::isOutOfMemory,
					(ex) -> new GeminiStreamStoreFullException("Redis has no memory for another stream"))
			.then();
	}

	private static boolean isOutOfMemory(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause.getMessage() != null && cause.getMessage().contains("OOM command not allowed")) {
				return true;
			}
		}
		return false;
	}

	Mono<GeminiStreamState> append(String streamId, List<GeminiStreamEvent> events) {
		List<String> arguments = new ArrayList<>(4 + 4 * events.size());
		arguments.add(toMillis(this.leaseTime));
		arguments.add(toMillis(this.retention.timeToLive()));
		arguments.add(Long.toString(this.retention.maxSize().toBytes()));
		arguments.add(channel(streamId));
		for (GeminiStreamEvent event : events) {
			arguments.add(Long.toString(event.position()));
			arguments.add((event.name() != null) ? event.name() : "");
			arguments.add(event.data());
			arguments.add(event.last() ? "1" : "0");
		}
		return repeat(execute(StreamScripts.APPEND, List.of(eventsKey(streamId), stateKey(streamId)), arguments))
			.flatMap((reply) -> readState(streamId, reply));
	}

	private Mono<GeminiStreamState> readState(String streamId, List<String> reply) {
		if (!reply.get(0).equals("ok")) {
			return Mono.error(new GeminiStreamLostException((reply.get(0).equals("gap"))
					? "Redis has lost events of the stream" : "The stream does not run any more", null));
		}
		GeminiStreamState state = new GeminiStreamState(reply.get(1).equals("1"),
				Duration.ofMillis(Long.parseLong(reply.get(2))));
		String endedKey = reply.get(3);
		return (endedKey.isEmpty()) ? Mono.just(state)
				: execute(StreamScripts.REMOVE_KEY, List.of(keyKey(endedKey)), List.of(streamId)).then()
					.onErrorComplete()
					.thenReturn(state);
	}

	/**
	 * Read a page once.
	 * @param streamId the id of the stream
	 * @param after the position before the first event, or -1 for no events
	 * @return the page
	 */
	Mono<StreamPage> read(String streamId, long after) {
		return execute(StreamScripts.READ, List.of(eventsKey(streamId), stateKey(streamId)), List
			.of((after >= 0) ? Long.toString(after) : "", Integer.toString(PAGE_EVENTS), Integer.toString(PAGE_BYTES)))
			.map((reply) -> StreamPage.parse(reply, after));
	}

	Mono<StreamPage> readRepeatedly(String streamId, long after) {
		return repeat(read(streamId, after));
	}

	Mono<Void> requestCancel(String streamId) {
		return repeat(execute(StreamScripts.CANCEL, List.of(stateKey(streamId)), List.of())).then();
	}

	Mono<String> findRunning(String key) {
		return repeat(connected(this.redis.opsForValue().get(keyKey(key))))
			.filterWhen((id) -> repeat(execute(StreamScripts.IS_RUNNING, List.of(stateKey(id)), List.of()))
				.map((reply) -> reply.equals("1")));
	}

	private <T> Mono<T> execute(RedisScript<T> script, List<String> keys, List<String> arguments) {
		return connected(this.redis.execute(script, keys, arguments).next());
	}

	private <T> Mono<T> connected(Mono<T> command) {
		return this.connected.then(command).timeout(this.leaseTime.dividedBy(3)).publishOn(Schedulers.parallel());
	}

	private <T> Mono<T> repeat(Mono<T> command) {
		return repeat(command, (ex) -> true);
	}

	private <T> Mono<T> repeat(Mono<T> command, Predicate<Throwable> repeatable) {
		return Mono.defer(() -> {
			long begin = System.nanoTime();
			return command.retryWhen(Retry.backoff(Long.MAX_VALUE, MIN_BACKOFF)
				.maxBackoff(MAX_BACKOFF)
				.filter((ex) -> repeatable.test(ex) && System.nanoTime() - begin < this.leaseTime.toNanos()));
		}).onErrorMap(repeatable, StreamCommands::unavailable);
	}

	static GeminiStreamLostException unavailable(Throwable failure) {
		return new GeminiStreamLostException("Redis, which stores the stream, is not available", failure);
	}

	private static String toMillis(Duration duration) {
		return Long.toString(duration.toMillis());
	}

}
