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
import java.util.List;
import java.util.Map;

import com.cometapi.gemini.error.GeminiLimitType;
import com.cometapi.gemini.limit.GeminiLimit;
import com.cometapi.gemini.limit.GeminiLimitPermit;
import com.cometapi.gemini.limit.GeminiLimitRefusal;
import com.cometapi.gemini.limit.GeminiLimitReport;
import com.cometapi.gemini.limit.GeminiLimitScope;
import com.cometapi.gemini.testsupport.TestRedis;
import com.cometapi.gemini.thread.GeminiThreads;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedisGeminiLimitStore} with a real server.
 */
class RedisGeminiLimitStoreTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final GeminiLimitScope MODEL = new GeminiLimitScope(GeminiLimitScope.Type.MODEL, "gemini-3.5-flash",
			new GeminiLimit(2, 3, 1000L));

	private static final GeminiLimitScope CONNECTION = new GeminiLimitScope(GeminiLimitScope.Type.CONNECTION, "default",
			new GeminiLimit(null, 4, null));

	@AutoClose
	private static TestRedis redisServer;

	private static StringRedisTemplate redis;

	@BeforeAll
	static void startRedis() {
		redisServer = new TestRedis();
		redis = redisServer.template();
	}

	@AfterEach
	void emptyRedis() {
		redisServer.empty();
	}

	@Test
	void callIsAdmittedIfEachScopeHasRoomAndCountsInAllOrNone() {
		RedisGeminiLimitStore store = store(redisServer.connections());
		assertThat(acquire(store, permit("a", 100, MODEL, CONNECTION), permit("b", 100, MODEL, CONNECTION))).isEmpty();
		Map<String, GeminiLimitRefusal> refusals = acquire(store, permit("c", 100, CONNECTION, MODEL));
		assertThat(refusals)
			.containsOnly(Map.entry("c", new GeminiLimitRefusal(MODEL, GeminiLimitType.CONCURRENT_CALLS, null)));
		assertThat(redis.opsForZSet().size("{test:}connection:default:requests")).isEqualTo(2);
		store.release(permit("a", 100, MODEL, CONNECTION), 300L).block();
		assertThat(acquire(store, permit("c", 100, CONNECTION, MODEL))).isEmpty();
		assertThat(redis.opsForHash().get("{test:}model:gemini-3.5-flash:tokens", "sum")).isEqualTo("500");
	}

	@Test
	void refusalHasTheTimeUntilTheOldestRequestsNoLongerCount() {
		RedisGeminiLimitStore store = store(redisServer.connections());
		store.report(List.of(report("old", 600, Duration.ofSeconds(50)), report("new", 300, Duration.ofSeconds(20))))
			.block();
		GeminiLimitRefusal tokens = acquire(store, permit("a", 350, MODEL)).get("a");
		assertThat(tokens.type()).isEqualTo(GeminiLimitType.TOKENS_PER_MINUTE);
		assertThat(tokens.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
		GeminiLimitRefusal moreTokens = acquire(store, permit("b", 900, MODEL)).get("b");
		assertThat(moreTokens.retryAfter()).isBetween(Duration.ofSeconds(11), Duration.ofSeconds(40));
		assertThat(acquire(store, permit("c", 100, MODEL))).isEmpty();
		GeminiLimitRefusal requests = acquire(store, permit("d", 0, MODEL)).get("d");
		assertThat(requests.type()).isEqualTo(GeminiLimitType.REQUESTS_PER_MINUTE);
		assertThat(requests.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
	}

	@Test
	void requestsNoLongerCountAfterAMinute() {
		RedisGeminiLimitStore store = store(redisServer.connections());
		Duration age = MINUTE.minusSeconds(5);
		store.report(List.of(report("a", 300, age), report("b", 300, age), report("c", 100, Duration.ZERO))).block();
		assertThat(acquire(store, permit("d", 600, MODEL))).containsOnlyKeys("d");
		Awaitility.await().atMost(PATIENCE).until(() -> acquire(store, permit("d", 600, MODEL)).isEmpty());
		assertThat(redis.opsForZSet().size("{test:}model:gemini-3.5-flash:requests")).isEqualTo(2);
		assertThat(redis.opsForHash().get("{test:}model:gemini-3.5-flash:tokens", "sum")).isEqualTo("700");
	}

	@Test
	void waitIsKnownWithManyRequests() {
		GeminiLimitScope scope = new GeminiLimitScope(GeminiLimitScope.Type.MODEL, "many",
				new GeminiLimit(null, null, 1000L));
		RedisGeminiLimitStore store = store(redisServer.connections());
		store
			.report(Flux.range(0, 1000)
				.map((i) -> new GeminiLimitReport(permit("call " + i, 1, scope), Duration.ofMillis(59_000 - i * 50L), 1,
						false))
				.collectList()
				.block())
			.block();
		assertThat(acquire(store, permit("a", 900, scope)).get("a").retryAfter()).isBetween(Duration.ofSeconds(30),
				Duration.ofSeconds(46));
	}

	@Test
	void requestAboveTheWholeLimitOfTokensIsAdmittedWhenNothingElseCounts() {
		RedisGeminiLimitStore store = store(redisServer.connections());
		assertThat(acquire(store, permit("large", 5000, MODEL))).isEmpty();
		assertThat(acquire(store, permit("small", 1, MODEL))).containsOnlyKeys("small");
	}

	@Test
	void callsDoNotOvertakeARefusedCallOfTheirScope() {
		RedisGeminiLimitStore store = store(redisServer.connections());
		acquire(store, permit("first", 800, MODEL));
		Map<String, GeminiLimitRefusal> refusals = acquire(store, permit("large", 600, MODEL),
				permit("small", 10, MODEL), permit("other", 0, CONNECTION));
		assertThat(refusals).containsOnlyKeys("large", "small");
		assertThat(refusals.get("small")).isEqualTo(refusals.get("large"));
	}

	@Test
	void callWhoseReplyWasLostIsAdmittedAgain() {
		RedisGeminiLimitStore store = store(redisServer.connections());
		acquire(store, permit("a", 900, MODEL, CONNECTION), permit("b", 100, MODEL, CONNECTION));
		assertThat(acquire(store, permit("b", 100, MODEL, CONNECTION), permit("c", 0, MODEL))).containsOnlyKeys("c");
		assertThat(redis.opsForZSet().size("{test:}model:gemini-3.5-flash:calls")).isEqualTo(2);
		assertThat(redis.opsForHash().get("{test:}model:gemini-3.5-flash:tokens", "sum")).isEqualTo("1000");
	}

	@Test
	void withdrawnCallDoesNotCount() {
		RedisGeminiLimitStore store = store(redisServer.connections());
		for (int i = 0; i < 10; i++) {
			assertThat(acquire(store, permit("call", 900, MODEL, CONNECTION))).isEmpty();
			store.withdraw(List.of(permit("call", 900, MODEL, CONNECTION), permit("unknown", 5, MODEL))).block();
		}
		assertThat(redis.opsForHash().get("{test:}model:gemini-3.5-flash:tokens", "sum")).isEqualTo("0");
	}

	@Test
	void everyKeyButTheEpochExpires() {
		RedisGeminiLimitStore store = store(redisServer.connections());
		acquire(store, permit("a", 100, MODEL, CONNECTION));
		assertThat(redis.keys("*")).hasSize(5).allSatisfy((key) -> {
			if (!key.equals("{test:}epoch")) {
				assertThat(redis.getExpire(key)).isBetween(1L, 120L);
			}
		});
	}

	@Test
	void storeThatLostItsCountsAdmitsNothingBeforeAReport() {
		RedisGeminiLimitStore store = store(redisServer.connections());
		acquire(store, permit("a", 100, MODEL));
		redisServer.empty();
		assertThat(store.acquire(List.of(permit("b", 100, MODEL))).onErrorReturn(Map.of()).block()).isEmpty();
		assertThat(redis.keys("*")).isEmpty();
		assertThat(store.report(List.of()).block()).isTrue();
		assertThat(store.report(List.of()).block()).isFalse();
		assertThat(acquire(store, permit("b", 100, MODEL))).isEmpty();
		assertThat(redis.opsForZSet().size("{test:}model:gemini-3.5-flash:calls")).isOne();
	}

	@Test
	void reportExtendsTheLeaseOfARunningCall() {
		RedisGeminiLimitStore store = store(redisServer.connections());
		acquire(store, permit("a", 0, MODEL));
		Double before = redis.opsForZSet().score("{test:}model:gemini-3.5-flash:calls", "a");
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
			store.report(List.of(new GeminiLimitReport(permit("a", 0, MODEL), Duration.ZERO, 0, true))).block(PATIENCE);
			assertThat(redis.opsForZSet().score("{test:}model:gemini-3.5-flash:calls", "a"))
				.isGreaterThanOrEqualTo(before + 100);
		});
	}

	private static RedisGeminiLimitStore store(LettuceConnectionFactory connections) {
		return new RedisGeminiLimitStore(connections, "test:", Duration.ofSeconds(30), GeminiThreads.shared());
	}

	private static GeminiLimitPermit permit(String id, long tokens, GeminiLimitScope... scopes) {
		return new GeminiLimitPermit(id, List.of(scopes), tokens);
	}

	private static GeminiLimitReport report(String id, long tokens, Duration age) {
		return new GeminiLimitReport(permit(id, tokens, MODEL), age, tokens, false);
	}

	private static Map<String, GeminiLimitRefusal> acquire(RedisGeminiLimitStore store, GeminiLimitPermit... permits) {
		return store.acquire(List.of(permits)).block(PATIENCE);
	}

}
