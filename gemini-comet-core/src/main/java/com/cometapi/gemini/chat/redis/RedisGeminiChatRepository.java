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
import java.util.Set;

import com.cometapi.gemini.chat.GeminiChatAppendException;
import com.cometapi.gemini.chat.GeminiChatConflictException;
import com.cometapi.gemini.chat.GeminiChatRepository;
import com.cometapi.gemini.chat.GeminiChatRetention;
import com.cometapi.gemini.chat.GeminiChatWindow;
import com.cometapi.gemini.chat.GeminiConversation;
import com.cometapi.gemini.chat.GeminiConversation.Turn;
import com.cometapi.gemini.chat.GeminiTurnSummary;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.Cursor;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.util.Assert;

/**
 * Stores conversations in Redis, each one as a list with two elements per turn: a header
 * (number, summary and id of the turn) and the JSON of the turn. Reads no more turns than
 * a window needs. Works with a cluster too. Thread-safe.
 *
 * <p>
 * If the reply to a script is lost, the turns are appended once more; turns that are
 * there already are recognized by their id.
 */
public final class RedisGeminiChatRepository implements GeminiChatRepository {

	// The number of the last turn is the version. The caller numbers the turns.
	private static final RedisScript<Long> APPEND = new DefaultRedisScript<>("""
			local last = redis.call('LINDEX', KEYS[1], -2)
			local version = 0
			if last then
				version = tonumber(string.match(last, '^(%d+):'))
			end
			local after = tonumber(ARGV[1]) + (#ARGV - 4) / 2
			if version ~= tonumber(ARGV[1]) then
				if ARGV[4] ~= '' and version >= after
						and redis.call('LINDEX', KEYS[1], -2 * (version - after + 1)) == ARGV[#ARGV - 1] then
					return 1
				end
				return 0
			end
			for i = 5, #ARGV, 2 do
				redis.call('RPUSH', KEYS[1], ARGV[i], ARGV[i + 1])
			end
			if ARGV[2] ~= '' then
				redis.call('LTRIM', KEYS[1], -2 * tonumber(ARGV[2]), -1)
			end
			if ARGV[3] ~= '' then
				redis.call('PEXPIRE', KEYS[1], ARGV[3])
			else
				redis.call('PERSIST', KEYS[1])
			end
			return 1
			""", Long.class);

	private static final RedisScript<Long> DELETE = new DefaultRedisScript<>("""
			local last = redis.call('LINDEX', KEYS[1], -2)
			if last and string.match(last, '^(%d+):') == ARGV[1] then
				return redis.call('DEL', KEYS[1])
			end
			return 0
			""", Long.class);

	@SuppressWarnings("rawtypes")
	private static final RedisScript<List> HEADERS = new DefaultRedisScript<>("""
			local headers = {}
			for i = ARGV[1] + 1, ARGV[1] + ARGV[2] do
				local header = redis.call('LINDEX', KEYS[1], -2 * i)
				if not header then
					break
				end
				headers[#headers + 1] = header
			end
			return headers
			""", List.class);

	private static final int MAX_ATTEMPTS = 2;

	// The exceptions of Lettuce and Jedis for error replies.
	private static final Set<String> ERROR_REPLIES = Set.of("io.lettuce.core.RedisCommandExecutionException",
			"redis.clients.jedis.exceptions.JedisDataException");

	private final StringRedisTemplate redis;

	private final String keyPrefix;

	private final GeminiChatRetention retention;

	/**
	 * Create a repository.
	 * @param connectionFactory the connections to Redis
	 * @param keyPrefix the prefix of the keys
	 * @param retention the limits on the age and the number of stored turns
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
		return newest(key(id), 0);
	}

	@Override
	public Optional<GeminiConversation> find(String id, GeminiChatWindow window) {
		String key = key(id);
		if (window.isUnlimited()) {
			return newest(key, 0);
		}
		// At least one turn, for the version.
		return newest(key, -2L * Math.max(window.countTurns((skip, count) -> summaries(key, skip, count)), 1));
	}

	private Optional<GeminiConversation> newest(String key, long start) {
		List<String> elements = this.redis.opsForList().range(key, start, -1);
		if (elements == null || elements.isEmpty()) {
			return Optional.empty();
		}
		Header last = Header.parse(elements.get(Math.max(elements.size() - 2, 0)));
		List<Turn> turns = new ArrayList<>(elements.size() / 2);
		for (int i = 1; i < elements.size(); i += 2) {
			turns.add(Turn.fromJson(elements.get(i)));
		}
		return Optional.of(new GeminiConversation(last.number(), turns));
	}

	private List<GeminiTurnSummary> summaries(String key, int skip, int count) {
		List<?> headers = this.redis.execute(HEADERS, List.of(key), Integer.toString(skip), Integer.toString(count));
		return headers.stream().map((header) -> Header.parse((String) header).summary()).toList();
	}

	@Override
	public void append(String id, long version, List<Turn> turns) {
		append(id, version, turns, this.retention.maxTurns());
	}

	@Override
	public void replace(String id, long version, List<Turn> turns) {
		append(id, version, turns, Integer.valueOf(turns.size()));
	}

	private void append(String id, long version, List<Turn> turns, @Nullable Integer maxTurns) {
		String key = key(id);
		Assert.notEmpty(turns, "'turns' must not be empty");
		List<String> arguments = new ArrayList<>();
		arguments.add(Long.toString(version));
		arguments.add(text(maxTurns));
		arguments.add(text((this.retention.timeToLive() != null) ? this.retention.timeToLive().toMillis() : null));
		arguments.add(text(turns.get(turns.size() - 1).id()));
		long number = version;
		for (Turn turn : turns) {
			number++;
			arguments.add(new Header(number, GeminiTurnSummary.of(turn), turn.id()).toText());
			arguments.add(turn.toJson());
		}
		if (!append(id, key, arguments.toArray())) {
			throw new GeminiChatConflictException(id, version);
		}
	}

	private boolean append(String id, String key, Object[] arguments) {
		RuntimeException lostReply = null;
		for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
			try {
				return Long.valueOf(1).equals(this.redis.execute(APPEND, List.of(key), arguments));
			}
			catch (DataAccessException ex) {
				if (isErrorReply(ex)) {
					throw new GeminiChatAppendException(id, lostReply != null, ex);
				}
				lostReply = ex;
			}
		}
		throw new GeminiChatAppendException(id, true, lostReply);
	}

	// After such a reply nothing was written: the script fails before or at its first
	// write.
	private static boolean isErrorReply(DataAccessException failure) {
		Class<?> type = (failure.getCause() != null) ? failure.getCause().getClass() : null;
		while (type != null && !ERROR_REPLIES.contains(type.getName())) {
			type = type.getSuperclass();
		}
		return type != null;
	}

	@Override
	public List<String> findIds(String prefix) {
		String pattern = (this.keyPrefix + prefix).replaceAll("[\\\\*?\\[\\]]", "\\\\$0") + "*";
		try (Cursor<String> keys = this.redis.scan(ScanOptions.scanOptions().match(pattern).build())) {
			return keys.stream().map((key) -> key.substring(this.keyPrefix.length())).distinct().toList();
		}
	}

	@Override
	public void delete(String id) {
		this.redis.delete(key(id));
	}

	@Override
	public void delete(String id, long version) {
		if (!Long.valueOf(1).equals(this.redis.execute(DELETE, List.of(key(id)), Long.toString(version)))) {
			throw new GeminiChatConflictException(id, version);
		}
	}

	private String key(String id) {
		GeminiChatRepository.checkId(id);
		return this.keyPrefix + id;
	}

	private static String text(@Nullable Object value) {
		return (value != null) ? value.toString() : "";
	}

	/**
	 * The element before the JSON of a turn.
	 *
	 * @param number the number of the turn
	 * @param summary its summary
	 * @param turnId its id
	 */
	private record Header(long number, GeminiTurnSummary summary, @Nullable String turnId) {

		static Header parse(String text) {
			String[] members = text.split(":", 3);
			Assert.state(members.length == 3 && !members[1].startsWith("{"),
					"The conversation was stored in the format of an earlier version, which cannot be read");
			return new Header(Long.parseLong(members[0]), GeminiTurnSummary.parse(members[1]),
					(members[2].isEmpty()) ? null : members[2]);
		}

		String toText() {
			return this.number + ":" + this.summary.toText() + ":" + text(this.turnId);
		}

	}

}
