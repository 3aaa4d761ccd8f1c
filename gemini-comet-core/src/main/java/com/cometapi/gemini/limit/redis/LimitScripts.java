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

import java.util.List;

import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Scripts of {@link RedisGeminiLimitStore}. Each scope has three keys: a sorted set of
 * the running calls by the end of their leases, a sorted set of the requests of the last
 * minute by their times, and a hash of their tokens with the sum of them. The time is
 * that of Redis, so that the clocks of the instances do not matter.
 */
final class LimitScripts {

	// Keys: the epoch, then the keys of each scope.
	// Arguments: the expected epoch or '', a new epoch, the window and the lease in ms,
	// the number of scopes, and for each of them its limits or -1.
	private static final String STATE = """
			local time = redis.call('TIME')
			local now = time[1] * 1000 + math.floor(time[2] / 1000)
			local expected, window, lease = ARGV[1], tonumber(ARGV[3]), tonumber(ARGV[4])
			local epoch = redis.call('GET', KEYS[1])
			local lost = expected ~= '' and expected ~= epoch
			local scopes = {}
			local position = 6
			local function take()
				position = position + 1
				return ARGV[position - 1]
			end
			for i = 1, tonumber(ARGV[5]) do
				scopes[i] = { calls = KEYS[i * 3 - 1], requests = KEYS[i * 3], tokens = KEYS[i * 3 + 1],
					maxCalls = tonumber(take()), maxRequests = tonumber(take()), maxTokens = tonumber(take()) }
			end
			local function takeScopes()
				local taken = {}
				for i = 1, tonumber(take()) do
					taken[i] = tonumber(take())
				end
				return taken
			end
			local function addRequest(scope, id, at, tokens)
				if scope.maxRequests < 0 and scope.maxTokens < 0 then
					return
				end
				if redis.call('ZADD', scope.requests, 'NX', at, id) == 1 and scope.maxTokens >= 0 then
					redis.call('HSET', scope.tokens, id, tokens)
					redis.call('HINCRBY', scope.tokens, 'sum', tokens)
					redis.call('PEXPIRE', scope.tokens, window * 2)
				end
				redis.call('PEXPIRE', scope.requests, window * 2)
			end
			local function addCall(scope, id)
				if scope.maxCalls >= 0 then
					redis.call('ZADD', scope.calls, now + lease, id)
					redis.call('PEXPIRE', scope.calls, lease)
				end
			end
			""";

	private static final String REMOVE_TOKENS = """
			local function removeTokens(key, id)
				local tokens = redis.call('HGET', key, id)
				if tokens then
					redis.call('HDEL', key, id)
					redis.call('HINCRBY', key, 'sum', -tonumber(tokens))
				end
			end
			""";

	/**
	 * Further arguments: for each call its id, tokens, number of scopes and their
	 * indexes. Returns the epoch and for each call an empty text, or the index of the
	 * scope that refused it, the type of the limit and the time to wait in ms; only an
	 * empty text for the epoch if that is not the expected one. A call that was admitted
	 * before, by a command whose reply was lost, is admitted again.
	 */
	@SuppressWarnings("rawtypes")
	static final RedisScript<List> ACQUIRE = script(STATE, REMOVE_TOKENS, """
			if lost then
				return { '' }
			end
			if not epoch then
				epoch = ARGV[2]
				redis.call('SET', KEYS[1], epoch)
			end
			for _, scope in ipairs(scopes) do
				redis.call('ZREMRANGEBYSCORE', scope.calls, '-inf', now)
				for _, id in ipairs(redis.call('ZRANGEBYSCORE', scope.requests, '-inf', now - window)) do
					removeTokens(scope.tokens, id)
				end
				redis.call('ZREMRANGEBYSCORE', scope.requests, '-inf', now - window)
			end
			local function wait(scope, count, tokens)
				local from, last = 0, now
				while count > 0 or tokens > 0 do
					local entries = redis.call('ZRANGE', scope.requests, from, from + 99, 'WITHSCORES')
					if #entries == 0 then
						break
					end
					for i = 1, #entries, 2 do
						if count <= 0 and tokens <= 0 then
							break
						end
						count = count - 1
						if tokens > 0 then
							tokens = tokens - (redis.call('HGET', scope.tokens, entries[i]) or 0)
						end
						last = tonumber(entries[i + 1]) + window
					end
					from = from + 100
				end
				return math.max(last - now, 0)
			end
			local function refusal(index, tokens)
				local scope = scopes[index]
				if scope.maxCalls >= 0 and redis.call('ZCARD', scope.calls) >= scope.maxCalls then
					return index .. ':calls:'
				end
				local requests = redis.call('ZCARD', scope.requests)
				if scope.maxRequests >= 0 and requests >= scope.maxRequests then
					return index .. ':requests:' .. wait(scope, requests - scope.maxRequests + 1, 0)
				end
				if scope.maxTokens >= 0 then
					local sum = tonumber(redis.call('HGET', scope.tokens, 'sum') or 0)
					local excess = sum + math.min(tokens, scope.maxTokens) - scope.maxTokens
					if excess > 0 then
						return index .. ':tokens:' .. wait(scope, 0, excess)
					end
				end
				return nil
			end
			local function isAdmitted(id, own)
				for _, index in ipairs(own) do
					if redis.call('ZSCORE', scopes[index].calls, id)
							or redis.call('ZSCORE', scopes[index].requests, id) then
						return true
					end
				end
				return false
			end
			local reply = { epoch }
			local refusals = {}
			while position <= #ARGV do
				local id, tokens, own = take(), tonumber(take()), takeScopes()
				local refused = nil
				if not isAdmitted(id, own) then
					for _, index in ipairs(own) do
						refused = refused or refusals[index]
					end
					for _, index in ipairs(own) do
						refused = refused or refusal(index, tokens)
					end
				end
				if refused then
					refusals[tonumber(string.match(refused, '^%d+'))] = refused
				else
					for _, index in ipairs(own) do
						addCall(scopes[index], id)
						addRequest(scopes[index], id, now, tokens)
					end
				end
				reply[#reply + 1] = refused or ''
			end
			return reply
			""");

	/**
	 * Further arguments: for each call its id, tokens, age in ms, 1 if it is running,
	 * number of scopes and their indexes. Returns the epoch, and 1 if it is not the
	 * expected one.
	 */
	@SuppressWarnings("rawtypes")
	static final RedisScript<List> REPORT = script(STATE, """
			if not epoch then
				epoch = ARGV[2]
				redis.call('SET', KEYS[1], epoch)
			end
			while position <= #ARGV do
				local id, tokens, age, running, own = take(), take(), tonumber(take()), take(), takeScopes()
				for _, index in ipairs(own) do
					if age < window then
						addRequest(scopes[index], id, now - age, tokens)
					end
					if running == '1' then
						addCall(scopes[index], id)
					end
				end
			end
			return { epoch, lost and '1' or '0' }
			""");

	/**
	 * Keys: those of each scope. Arguments: the id of the call, and its tokens or ''.
	 */
	@SuppressWarnings("rawtypes")
	static final RedisScript<List> RELEASE = script("""
			for i = 1, #KEYS, 3 do
				redis.call('ZREM', KEYS[i], ARGV[1])
				local before = redis.call('HGET', KEYS[i + 2], ARGV[1])
				if before and ARGV[2] ~= '' then
					redis.call('HSET', KEYS[i + 2], ARGV[1], ARGV[2])
					redis.call('HINCRBY', KEYS[i + 2], 'sum', ARGV[2] - before)
				end
			end
			return {}
			""");

	/**
	 * Keys: those of each scope. Arguments: the ids of the calls.
	 */
	@SuppressWarnings("rawtypes")
	static final RedisScript<List> WITHDRAW = script(REMOVE_TOKENS, """
			for i = 1, #KEYS, 3 do
				for _, id in ipairs(ARGV) do
					redis.call('ZREM', KEYS[i], id)
					redis.call('ZREM', KEYS[i + 1], id)
					removeTokens(KEYS[i + 2], id)
				end
			end
			return {}
			""");

	private LimitScripts() {
	}

	@SuppressWarnings("rawtypes")
	private static RedisScript<List> script(String... parts) {
		return new DefaultRedisScript<>(String.join("", parts), List.class);
	}

}
