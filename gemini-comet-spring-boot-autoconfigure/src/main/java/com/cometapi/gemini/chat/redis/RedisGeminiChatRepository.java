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

package com.cometapi.gemini.chat.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.cometapi.gemini.GeminiChatConflictException;
import com.cometapi.gemini.GeminiChatRepository;
import com.cometapi.gemini.GeminiChatRetention;
import com.cometapi.gemini.GeminiConversation;
import com.cometapi.gemini.GeminiConversation.Turn;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.util.Assert;

/**
 * Keeps conversations in Redis: each one is a list, each of its elements the number and
 * the JSON of a turn. Works with a cluster too. Thread-safe.
 */
public final class RedisGeminiChatRepository implements GeminiChatRepository {

	// The number of the last turn is the version.
	private static final RedisScript<Long> APPEND = new DefaultRedisScript<>("""
			local last = redis.call('LINDEX', KEYS[1], -1)
			local version = 0
			if last then
				version = tonumber(string.match(last, '^(%d+):'))
			end
			if version ~= tonumber(ARGV[1]) then
				return 0
			end
			for i = 4, #ARGV do
				redis.call('RPUSH', KEYS[1], string.format('%d:', version + i - 3) .. ARGV[i])
			end
			if ARGV[2] ~= '' then
				redis.call('LTRIM', KEYS[1], '-' .. ARGV[2], -1)
			end
			if ARGV[3] ~= '' then
				redis.call('PEXPIRE', KEYS[1], ARGV[3])
			else
				redis.call('PERSIST', KEYS[1])
			end
			return 1
			""", Long.class);

	private final StringRedisTemplate redis;

	private final String keyPrefix;

	private final GeminiChatRetention retention;

	/**
	 * Create a repository.
	 * @param connectionFactory the connections to Redis
	 * @param keyPrefix what stands before the id in the key of a conversation
	 * @param retention how long and how much of a conversation to keep
	 */
	public RedisGeminiChatRepository(RedisConnectionFactory connectionFactory, String keyPrefix,
			GeminiChatRetention retention) {
		Assert.notNull(connectionFactory, "'connectionFactory' must not be null");
		Assert.notNull(keyPrefix, "'keyPrefix' must not be null");
		Assert.notNull(retention, "'retention' must not be null");
		this.redis = new StringRedisTemplate(connectionFactory);
		this.keyPrefix = keyPrefix;
		this.retention = retention;
	}

	@Override
	public Optional<GeminiConversation> find(String id) {
		List<String> elements = this.redis.opsForList().range(key(id), 0, -1);
		if (elements == null || elements.isEmpty()) {
			return Optional.empty();
		}
		List<Turn> turns = elements.stream()
			.map((element) -> Turn.fromJson(element.substring(element.indexOf(':') + 1)))
			.toList();
		String last = elements.get(elements.size() - 1);
		return Optional.of(new GeminiConversation(Long.parseLong(last.substring(0, last.indexOf(':'))), turns));
	}

	@Override
	public void append(String id, long version, List<Turn> turns) {
		Assert.notEmpty(turns, "'turns' must not be empty");
		List<String> arguments = new ArrayList<>();
		arguments.add(Long.toString(version));
		arguments.add(text(this.retention.maxTurns()));
		arguments.add(text((this.retention.timeToLive() != null) ? this.retention.timeToLive().toMillis() : null));
		turns.forEach((turn) -> arguments.add(turn.toJson()));
		Long appended = this.redis.execute(APPEND, List.of(key(id)), arguments.toArray());
		if (!Long.valueOf(1).equals(appended)) {
			throw new GeminiChatConflictException(id, version);
		}
	}

	@Override
	public void delete(String id) {
		this.redis.delete(key(id));
	}

	private String key(String id) {
		Assert.hasText(id, "'id' must not be empty");
		return this.keyPrefix + id;
	}

	private static String text(@Nullable Object value) {
		return (value != null) ? value.toString() : "";
	}

}
