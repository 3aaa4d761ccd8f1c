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

package com.cometapi.gemini.limit.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import com.cometapi.gemini.error.GeminiLimitType;
import com.cometapi.gemini.limit.GeminiLimit;
import com.cometapi.gemini.limit.GeminiLimitPermit;
import com.cometapi.gemini.limit.GeminiLimitRefusal;
import com.cometapi.gemini.limit.GeminiLimitReport;
import com.cometapi.gemini.limit.GeminiLimitScope;
import com.cometapi.gemini.limit.GeminiLimitStore;
import com.cometapi.gemini.thread.GeminiThreads;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.util.Assert;

/**
 * Counts calls in Redis 5 or later. A script decides about all waiting calls of an
 * instance in one round trip. All keys have the same hash tag, so that they are in one
 * slot of a cluster. Thread-safe.
 *
 * <p>
 * No thread is blocked while Redis is connected. The first connection is opened on a
 * thread for stores.
 */
public final class RedisGeminiLimitStore implements GeminiLimitStore {

	/**
	 * Minimum lease time: running calls are reported every second, and a report may fail.
	 */
	public static final Duration MINIMUM_LEASE_TIME = Duration.ofSeconds(3);

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final ReactiveStringRedisTemplate redis;

	private final String keyPrefix;

	private final Duration leaseTime;

	private final Duration window;

	private final String id = UUID.randomUUID().toString();

	private final AtomicLong epochs = new AtomicLong();

	// Changes when Redis has lost its data.
	private volatile String epoch = "";

	private final Mono<Boolean> connected;

	/**
	 * Create a store.
	 * @param connectionFactory the connections to Redis
	 * @param keyPrefix the prefix of the keys
	 * @param leaseTime the time after which the running calls of an instance that has
	 * died free their places, at least {@link #MINIMUM_LEASE_TIME}
	 * @param threads the threads that open the first connection
	 */
	public RedisGeminiLimitStore(ReactiveRedisConnectionFactory connectionFactory, String keyPrefix, Duration leaseTime,
			GeminiThreads threads) {
		this(connectionFactory, keyPrefix, leaseTime, threads, MINUTE);
	}

	RedisGeminiLimitStore(ReactiveRedisConnectionFactory connectionFactory, String keyPrefix, Duration leaseTime,
			GeminiThreads threads, Duration window) {
		Assert.notNull(connectionFactory, "'connectionFactory' must not be null");
		Assert.notNull(keyPrefix, "'keyPrefix' must not be null");
		Assert.isTrue(leaseTime.compareTo(MINIMUM_LEASE_TIME) >= 0, "'leaseTime' must be 3 seconds or more");
		Assert.notNull(threads, "'threads' must not be null");
		this.redis = new ReactiveStringRedisTemplate(connectionFactory);
		this.keyPrefix = keyPrefix.contains("{") ? keyPrefix : "{" + keyPrefix + "}";
		this.leaseTime = leaseTime;
		this.window = window;
		// The first connection, which all commands share, is opened by a blocking call
		this.connected = threads.onSharedStoreThread(() -> {
			connectionFactory.getReactiveConnection().closeLater().subscribe();
			return true;
		});
	}

	@Override
	public Mono<Map<String, GeminiLimitRefusal>> acquire(List<GeminiLimitPermit> permits) {
		List<GeminiLimitScope> scopes = scopes(permits);
		return Mono.defer(() -> {
			List<String> arguments = stateArguments(scopes);
			for (GeminiLimitPermit permit : permits) {
				arguments.add(permit.id());
				arguments.add(Long.toString(permit.tokens()));
				addScopes(arguments, permit, scopes);
			}
			return execute(LimitScripts.ACQUIRE, keys(scopes, true), arguments);
		}).map((reply) -> readRefusals(reply, permits, scopes));
	}

	private Map<String, GeminiLimitRefusal> readRefusals(List<String> reply, List<GeminiLimitPermit> permits,
			List<GeminiLimitScope> scopes) {
		Assert.state(!reply.get(0).isEmpty(), "Redis has lost its data");
		this.epoch = reply.get(0);
		Map<String, GeminiLimitRefusal> refusals = new HashMap<>();
		for (int i = 0; i < permits.size(); i++) {
			String refusal = reply.get(i + 1);
			if (!refusal.isEmpty()) {
				refusals.put(permits.get(i).id(), readRefusal(refusal.split(":", -1), scopes));
			}
		}
		return refusals;
	}

	private static GeminiLimitRefusal readRefusal(String[] refusal, List<GeminiLimitScope> scopes) {
		GeminiLimitType type = switch (refusal[1]) {
			case "calls" -> GeminiLimitType.CONCURRENT_CALLS;
			case "requests" -> GeminiLimitType.REQUESTS_PER_MINUTE;
			default -> GeminiLimitType.TOKENS_PER_MINUTE;
		};
		return new GeminiLimitRefusal(scopes.get(Integer.parseInt(refusal[0]) - 1), type,
				(refusal[2].isEmpty()) ? null : Duration.ofMillis(Long.parseLong(refusal[2])));
	}

	@Override
	public Mono<Boolean> report(List<GeminiLimitReport> calls) {
		List<GeminiLimitScope> scopes = scopes(calls.stream().map(GeminiLimitReport::permit).toList());
		return Mono.defer(() -> {
			List<String> arguments = stateArguments(scopes);
			for (GeminiLimitReport call : calls) {
				arguments.add(call.permit().id());
				arguments.add(Long.toString(call.tokens()));
				arguments.add(Long.toString(call.age().toMillis()));
				arguments.add(call.running() ? "1" : "0");
				addScopes(arguments, call.permit(), scopes);
			}
			return execute(LimitScripts.REPORT, keys(scopes, true), arguments);
		}).map((reply) -> {
			this.epoch = reply.get(0);
			return reply.get(1).equals("1");
		});
	}

	@Override
	public Mono<Void> release(GeminiLimitPermit permit, @Nullable Long tokens) {
		return execute(LimitScripts.RELEASE, keys(permit.scopes(), false),
				List.of(permit.id(), (tokens != null) ? tokens.toString() : ""))
			.then();
	}

	@Override
	public Mono<Void> withdraw(List<GeminiLimitPermit> permits) {
		return execute(LimitScripts.WITHDRAW, keys(scopes(permits), false),
				permits.stream().map(GeminiLimitPermit::id).toList())
			.then();
	}

	@Override
	public Duration leaseTime() {
		return this.leaseTime;
	}

	private static List<GeminiLimitScope> scopes(List<GeminiLimitPermit> permits) {
		return permits.stream().flatMap((permit) -> permit.scopes().stream()).distinct().toList();
	}

	private List<String> stateArguments(List<GeminiLimitScope> scopes) {
		List<String> arguments = new ArrayList<>();
		arguments.add(this.epoch);
		arguments.add(this.id + ":" + this.epochs.incrementAndGet());
		arguments.add(Long.toString(this.window.toMillis()));
		arguments.add(Long.toString(this.leaseTime.toMillis()));
		arguments.add(Integer.toString(scopes.size()));
		for (GeminiLimitScope scope : scopes) {
			GeminiLimit limit = scope.limit();
			arguments.add(toArgument(limit.concurrentCalls()));
			arguments.add(toArgument(limit.requestsPerMinute()));
			arguments.add(toArgument(limit.tokensPerMinute()));
		}
		return arguments;
	}

	private static String toArgument(@Nullable Number limit) {
		return (limit != null) ? limit.toString() : "-1";
	}

	private static void addScopes(List<String> arguments, GeminiLimitPermit permit, List<GeminiLimitScope> scopes) {
		arguments.add(Integer.toString(permit.scopes().size()));
		permit.scopes().forEach((scope) -> arguments.add(Integer.toString(scopes.indexOf(scope) + 1)));
	}

	private List<String> keys(List<GeminiLimitScope> scopes, boolean epoch) {
		List<String> keys = new ArrayList<>();
		if (epoch) {
			keys.add(this.keyPrefix + "epoch");
		}
		for (GeminiLimitScope scope : scopes) {
			String key = this.keyPrefix + scope.key();
			keys.addAll(List.of(key + ":calls", key + ":requests", key + ":tokens"));
		}
		return keys;
	}

	@SuppressWarnings({ "rawtypes", "unchecked" })
	private Mono<List<String>> execute(RedisScript<List> script, List<String> keys, List<String> arguments) {
		Mono<List<String>> reply = Mono
			.defer(() -> (Mono) this.redis.execute(script, keys, arguments).next().defaultIfEmpty(List.of()));
		return this.connected.then(reply);
	}

}
