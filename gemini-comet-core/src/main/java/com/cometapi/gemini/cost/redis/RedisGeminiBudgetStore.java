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

package com.cometapi.gemini.cost.redis;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import com.cometapi.gemini.cost.GeminiBudgetStore;
import com.cometapi.gemini.thread.GeminiThreads;
import reactor.core.publisher.Mono;

import org.springframework.data.redis.connection.ClusterSlotHashUtil;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.util.Assert;

/**
 * {@link GeminiBudgetStore} in Redis, for an application with several instances. Holds
 * one number for each key of a budget and period, which expires. Works with a cluster
 * too. Calls Redis on the threads for stores. Thread-safe.
 *
 * <p>
 * A client such as Lettuce sends a command again if its connection is lost before the
 * reply. Redis therefore stores the reply to each command for two minutes, so that its
 * amount counts once. An amount whose reply never arrives stays reserved until the period
 * is over.
 */
public final class RedisGeminiBudgetStore implements GeminiBudgetStore {

	// Longer than a client waits for a reply.
	private static final int REPEAT_MINUTES = 2;

	private static final RedisScript<String> RESERVE = script("""
			local spent = redis.call('GET', KEYS[1]) or '0'
			if tonumber(spent) + tonumber(ARGV[1]) > tonumber(ARGV[3]) then
				return '-' .. spent
			end
			return add('+')
			""");

	// If Redis has lost its data, there is nothing to give back.
	private static final RedisScript<String> ADD = script("""
			if tonumber(ARGV[1]) < 0 and redis.call('EXISTS', KEYS[1]) == 0 then
				return '0'
			end
			return add('')
			""");

	private final StringRedisTemplate redis;

	private final String keyPrefix;

	private final GeminiThreads threads;

	private final String id = UUID.randomUUID().toString();

	private final AtomicLong commands = new AtomicLong();

	/**
	 * Create a store.
	 * @param connectionFactory the connections to Redis
	 * @param keyPrefix the prefix of the keys
	 * @param threads the threads that call Redis
	 */
	public RedisGeminiBudgetStore(RedisConnectionFactory connectionFactory, String keyPrefix, GeminiThreads threads) {
		Assert.notNull(connectionFactory, "'connectionFactory' must not be null");
		Assert.notNull(keyPrefix, "'keyPrefix' must not be null");
		Assert.notNull(threads, "'threads' must not be null");
		this.redis = new StringRedisTemplate(connectionFactory);
		this.keyPrefix = keyPrefix;
		this.threads = threads;
	}

	@Override
	public Mono<Reservation> reserve(String key, long amount, long limit, Instant expiry) {
		return execute(RESERVE, key, Long.toString(amount), toMillis(expiry), Long.toString(limit))
			.map((reply) -> new Reservation(reply.charAt(0) == '+', Long.parseLong(reply.substring(1))));
	}

	@Override
	public Mono<Long> add(String key, long amount, Instant expiry) {
		return execute(ADD, key, Long.toString(amount), toMillis(expiry)).map(Long::parseLong);
	}

	private Mono<String> execute(RedisScript<String> script, String key, Object... arguments) {
		return this.threads.onStoreThread(
				() -> Objects.requireNonNull(this.redis.execute(script, keys(this.keyPrefix + key), arguments)));
	}

	// In a cluster both keys must be in the same slot, which a key with its own braces
	// may make impossible. The command then has no key for its reply.
	private List<String> keys(String key) {
		String command = this.id + ":" + this.commands.incrementAndGet();
		return Stream.of("%s{%s}:%s".formatted(this.keyPrefix, key, command), "%s:%s".formatted(key, command))
			.filter((reply) -> ClusterSlotHashUtil.calculateSlot(reply) == ClusterSlotHashUtil.calculateSlot(key))
			.findFirst()
			.map((reply) -> List.of(key, reply))
			.orElse(List.of(key));
	}

	private static String toMillis(Instant time) {
		return Long.toString(time.toEpochMilli());
	}

	// Keys: the spent amount, and the reply to this command if it can be stored.
	// Arguments: the amount to add, and the time at which the first key expires.
	private static RedisScript<String> script(String text) {
		return new DefaultRedisScript<>("""
				local reply = KEYS[2] and redis.call('GET', KEYS[2])
				if reply then
					return reply
				end
				local function add(prefix)
					redis.call('INCRBY', KEYS[1], ARGV[1])
					redis.call('PEXPIREAT', KEYS[1], ARGV[2])
					reply = prefix .. redis.call('GET', KEYS[1])
					if KEYS[2] then
						redis.call('SET', KEYS[2], reply, 'EX', %s)
					end
					return reply
				end
				""".formatted(REPEAT_MINUTES * 60) + text, String.class);
	}

}
