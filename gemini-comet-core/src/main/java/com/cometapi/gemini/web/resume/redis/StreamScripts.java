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

import java.util.List;

import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Scripts of {@link RedisGeminiStreamStore}. Each stream has two keys: a Redis stream
 * with its events, whose ids are their positions, and a hash with its state. The time is
 * that of Redis, so that the clocks of the instances do not matter.
 */
final class StreamScripts {

	private static final String NOW = """
			local time = redis.call('TIME')
			local now = time[1] * 1000 + math.floor(time[2] / 1000)
			""";

	/**
	 * Keys: the state. Arguments: the lease and the time to live in ms, and the key or
	 * ''. Returns 'ok', even if an earlier call did the same, or 'exists'.
	 */
	static final RedisScript<String> CREATE = new DefaultRedisScript<>(NOW + """
			local position = redis.call('HGET', KEYS[1], 'position')
			if position and position ~= '0' then
				return 'exists'
			end
			redis.call('HSET', KEYS[1], 'position', 0, 'first', 1, 'size', 0, 'key', ARGV[3],
				'lease', now + ARGV[1], 'watched', now)
			redis.call('PEXPIRE', KEYS[1], ARGV[1] + ARGV[2])
			return 'ok'
			""", String.class);

	/**
	 * Keys: the events and the state. Arguments: the lease and the time to live in ms,
	 * the maximum size in bytes and the channel, then for each event its position, name
	 * or '', data, and 1 if it is the last one. Returns 'ok', 1 if a cancel is requested,
	 * the time without a reader in ms and, if the stream has ended, its key; or only
	 * 'lost', or 'gap' if events are missing. Publishes a message, which contains the
	 * event if it is a single small one that is not the last.
	 */
	static final RedisScript<List<String>> APPEND = script("""
			local state = redis.call('HMGET', KEYS[2],
				'position', 'first', 'size', 'lease', 'ended', 'cancelled', 'watched', 'key')
			local lease, ttl, maxSize = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
			local position, first, size = tonumber(state[1]), tonumber(state[2]), tonumber(state[3])
			local ended = state[5]
			local new = 5
			while position and ARGV[new] and tonumber(ARGV[new]) <= position do
				new = new + 4
			end
			local repeated = #ARGV > 4 and new > #ARGV
			if not position or (ended and not repeated) then
				return { 'lost' }
			end
			if not ended then
				if tonumber(state[4]) < now then
					redis.call('HSET', KEYS[2], 'lease', 0)
					return { 'lost' }
				end
				if ARGV[new] and tonumber(ARGV[new]) ~= position + 1 then
					return { 'gap' }
				end
			end
			-- Active readers have not been notified of the new events, and may still have to read the one before them
			local last = position
			for i = new, #ARGV, 4 do
				redis.call('XADD', KEYS[1], ARGV[i] .. '-0', 'name', ARGV[i + 1], 'data', ARGV[i + 2])
				position = position + 1
				size = size + #ARGV[i + 1] + #ARGV[i + 2] + 128
				ended = ARGV[i + 3] == '1'
			end
			local before = first
			while new <= #ARGV and size > maxSize and first < last do
				local entry = redis.call('XRANGE', KEYS[1], first .. '-0', first .. '-0')[1]
				size = size - (entry and #entry[2][2] + #entry[2][4] + 128 or 0)
				first = first + 1
			end
			if first > before then
				redis.call('XTRIM', KEYS[1], 'MAXLEN', position - first + 1)
			end
			redis.call('HSET', KEYS[2], 'position', position, 'first', first, 'size', size, 'lease', now + lease)
			if ended then
				redis.call('HSET', KEYS[2], 'ended', 1)
			else
				ttl = ttl + lease
			end
			if ended or state[1] == '0' or state[4] - now < lease * 0.9 then
				redis.call('PEXPIRE', KEYS[1], ttl)
				redis.call('PEXPIRE', KEYS[2], ttl)
			end
			if new <= #ARGV then
				local message = ''
				if new == #ARGV - 3 and not ended and #ARGV[new + 2] <= 4096 then
					message = ARGV[new] .. '\\n' .. ARGV[new + 1] .. '\\n' .. ARGV[new + 2]
				end
				-- Readers look for events every second if they are not notified
				redis.pcall('PUBLISH', ARGV[4], message)
			end
			local unwatched = now - state[7]
			if unwatched < 2500 then
				-- Readers renew it every second
				unwatched = 0
			end
			return { 'ok', state[6] and '1' or '0', tostring(unwatched), ended and state[8] or '' }
			""");

	/**
	 * Keys: the events and the state. Arguments: the position before the first event to
	 * read or '' for none, the maximum number of events, and the size in bytes after
	 * which there is no further event. Returns 'UNKNOWN'; or 'RUNNING', 'ENDED', 'LOST',
	 * 'REMOVED' or 'BEYOND', the last position, and the name and the data of each event.
	 */
	static final RedisScript<List<String>> READ = script("""
			local state = redis.call('HMGET', KEYS[2], 'position', 'lease', 'ended', 'watched')
			if not state[1] then
				return { 'UNKNOWN' }
			end
			local condition = state[3] and 'ENDED' or 'RUNNING'
			if not state[3] and tonumber(state[2]) < now then
				redis.call('HSET', KEYS[2], 'lease', 0)
				condition = 'LOST'
			elseif not state[3] and now - state[4] > 500 then
				redis.call('HSET', KEYS[2], 'watched', now)
			end
			local reply = { condition, state[1] }
			if ARGV[1] == '' then
				return reply
			end
			local position, next = tonumber(state[1]), tonumber(ARGV[1]) + 1
			if next > position + 1 then
				return { 'BEYOND', state[1] }
			end
			local size, count = 0, 0
			while next <= position and count < tonumber(ARGV[2]) and size < tonumber(ARGV[3]) do
				local entry = redis.call('XRANGE', KEYS[1], next .. '-0', next .. '-0')[1]
				if not entry then
					return { 'REMOVED', state[1] }
				end
				local name, data = entry[2][2], entry[2][4]
				reply[#reply + 1] = name
				reply[#reply + 1] = data
				size = size + #name + #data
				count = count + 1
				next = next + 1
			end
			return reply
			""");

	/**
	 * Keys: the state. Requests a cancel if the stream runs.
	 */
	static final RedisScript<List<String>> CANCEL = script("""
			local state = redis.call('HMGET', KEYS[1], 'lease', 'ended')
			if state[1] and not state[2] and tonumber(state[1]) >= now then
				redis.call('HSET', KEYS[1], 'cancelled', 1)
			end
			return {}
			""");

	/**
	 * Keys: the state. Returns 1 if the stream runs, else 0.
	 */
	static final RedisScript<String> IS_RUNNING = new DefaultRedisScript<>(NOW + """
			local state = redis.call('HMGET', KEYS[1], 'lease', 'ended')
			return (state[1] and not state[2] and tonumber(state[1]) >= now) and '1' or '0'
			""", String.class);

	/**
	 * Keys: the key. Arguments: the id of a stream, to which the key no longer refers.
	 */
	static final RedisScript<String> REMOVE_KEY = new DefaultRedisScript<>("""
			if redis.call('GET', KEYS[1]) == ARGV[1] then
				redis.call('DEL', KEYS[1])
			end
			return ''
			""", String.class);

	private StreamScripts() {
	}

	@SuppressWarnings("unchecked")
	private static RedisScript<List<String>> script(String text) {
		return new DefaultRedisScript<>(NOW + text, (Class<List<String>>) (Class<?>) List.class);
	}

}
