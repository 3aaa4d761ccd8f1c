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

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.LostReplies;
import com.cometapi.gemini.cost.GeminiBudget;
import com.cometapi.gemini.cost.GeminiBudget.OnExceeded;
import com.cometapi.gemini.cost.GeminiBudget.Period;
import com.cometapi.gemini.cost.GeminiBudgetFilter;
import com.cometapi.gemini.cost.GeminiBudgetFilter.OnStoreFailure;
import com.cometapi.gemini.cost.GeminiBudgetStore.Reservation;
import com.cometapi.gemini.cost.GeminiCostFilter;
import com.cometapi.gemini.cost.GeminiCosts;
import com.cometapi.gemini.cost.GeminiPrices;
import com.cometapi.gemini.cost.ModelPrice;
import com.cometapi.gemini.error.GeminiBudgetExceededException;
import com.cometapi.gemini.error.GeminiBudgetUnavailableException;
import com.cometapi.gemini.testsupport.ForkedJvm;
import com.cometapi.gemini.testsupport.GeminiServer;
import com.cometapi.gemini.testsupport.TestRedis;
import com.cometapi.gemini.testsupport.UsageResponses;
import com.cometapi.gemini.thread.GeminiThreads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.data.redis.connection.ClusterSlotHashUtil;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RedisGeminiBudgetStore} with a real server.
 */
class RedisGeminiBudgetStoreTests {

	private static final GeminiPrices PRICES = GeminiPrices
		.of(Map.of("gemini-3.5-flash", ModelPrice.of(new BigDecimal("1"), new BigDecimal("10"))));

	private static final Instant EXPIRY = Instant.now().plus(Duration.ofHours(1));

	@AutoClose
	private static TestRedis redisServer;

	private static StringRedisTemplate redis;

	@AutoClose
	private final GeminiServer server = new GeminiServer();

	private final RedisGeminiBudgetStore store = store(redisServer.connections());

	@BeforeAll
	static void startServer() {
		redisServer = new TestRedis();
		redis = redisServer.template();
	}

	@AfterEach
	void empty() {
		redisServer.empty();
	}

	private static RedisGeminiBudgetStore store(LettuceConnectionFactory connections) {
		return new RedisGeminiBudgetStore(connections, "test:", GeminiThreads.shared());
	}

	@Test
	void amountIsReservedUpToTheLimit() {
		assertThat(this.store.reserve("a", 7, 10, EXPIRY).block()).isEqualTo(new Reservation(true, 7));
		assertThat(this.store.reserve("a", 4, 10, EXPIRY).block()).isEqualTo(new Reservation(false, 7));
		assertThat(this.store.reserve("a", 3, 10, EXPIRY).block()).isEqualTo(new Reservation(true, 10));
		assertThat(redis.getExpire("test:a")).isBetween(3000L, 3600L);
		assertThat(this.store.add("a", -4, EXPIRY).block()).isEqualTo(6);
		assertThat(this.store.add("b", 5, EXPIRY).block()).isEqualTo(5);
		assertThat(redis.opsForValue().get("test:a")).isEqualTo("6");
		assertThat(redis.getExpire("test:a")).isBetween(3000L, 3600L);
		assertThat(redis.getExpire("test:b")).isBetween(3000L, 3600L);
	}

	@Test
	void amountIsReservedWhereTheLocaleHasOtherDigits(@TempDir Path folder) throws Exception {
		String output = ForkedJvm.run(ReservingApplication.class, folder, (entry) -> true,
				List.of("-Duser.language=ar", "-Duser.country=EG"), String.valueOf(redisServer.port()));
		assertThat(output).contains("Reservation[granted=true, spent=7]");
	}

	@Test
	void largeAmountsAreExact() {
		long amount = 900_000_000_123_456_789L;
		assertThat(this.store.add("a", amount, EXPIRY).block()).isEqualTo(amount);
		assertThat(this.store.reserve("a", 1, 1_000_000_000_000_000_000L, EXPIRY).block())
			.isEqualTo(new Reservation(true, amount + 1));
	}

	@Test
	void amountCountsOnceIfTheReplyIsLostAndLettuceSendsTheCommandAgain() throws IOException {
		try (LostReplies proxy = new LostReplies(redisServer.port(), "EVAL")) {
			LettuceConnectionFactory unreliable = TestRedis.connectionsTo(proxy.port());
			RedisGeminiBudgetStore store = store(unreliable);
			store.reserve("b", 1, 10, EXPIRY).then(store.add("b", 1, EXPIRY)).block();
			proxy.lose(1);
			assertThat(store.reserve("a", 7, 10, EXPIRY).block()).isEqualTo(new Reservation(true, 7));
			proxy.lose(1);
			assertThat(store.add("a", -4, EXPIRY).block()).isEqualTo(3);
			assertThat(proxy.lost()).isEqualTo(2);
			assertThat(redis.opsForValue().get("test:a")).isEqualTo("3");
			unreliable.destroy();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "acme", "{acme}", "a{cme", "a}cme", "a{}cme" })
	void keysOfACommandAreInOneSlotOfACluster(String key) {
		this.store.add(key, 1, EXPIRY).block();
		assertThat(redis.opsForValue().get("test:" + key)).isEqualTo("1");
		assertThat(redis.keys("*")).allMatch((name) -> name.startsWith("test:"))
			.extracting(ClusterSlotHashUtil::calculateSlot)
			.containsOnly(ClusterSlotHashUtil.calculateSlot("test:" + key));
	}

	@Test
	void nothingIsReleasedAfterRedisHasLostItsData() {
		assertThat(this.store.add("a", -4, EXPIRY).block()).isZero();
		assertThat(redis.hasKey("test:a")).isFalse();
	}

	@Test
	void racingCallsOfTwoInstancesDoNotExceedALimit() {
		this.server.reply((text) -> "Hi");
		LettuceConnectionFactory others = TestRedis.connectionsTo(redisServer.port());
		// 50 times the cost of 20 output tokens and one input token.
		GeminiBudget budget = budget("0.01005");
		GeminiTemplate first = this.server.template(filter(this.store, budget).build());
		GeminiTemplate second = this.server.template(filter(store(others), budget).build());
		List<String> outcomes = Flux.range(0, 1000)
			.flatMap((i) -> ((i % 2 == 0) ? first : second).prompt("Hi")
				.callAsync()
				.map((response) -> "done")
				.onErrorResume(GeminiBudgetExceededException.class, (ex) -> Mono.just("refused")), 1000)
			.collectList()
			.block(Duration.ofSeconds(60));
		others.destroy();
		assertThat(outcomes).hasSize(1000);
		assertThat(outcomes.stream().filter("done"::equals)).hasSize(50);
		assertThat(this.server.requestCount()).isEqualTo(50);
		assertThat(redis.opsForValue().get(redis.keys("test:all:*").iterator().next())).isEqualTo("10050000");
	}

	@Test
	void costReplacesTheReservation() {
		this.server.answer(UsageResponses.text("Hi", 100, 20));
		this.server.template(filter(this.store, budget("1")).build(), new GeminiCostFilter(PRICES, new GeminiCosts()))
			.prompt("Hi")
			.call();
		assertThat(redis.opsForValue().get(redis.keys("test:all:*").iterator().next())).isEqualTo("300000");
	}

	@Test
	void unreachableRedisAllowsOrRefusesCallsAsConfigured() {
		LettuceConnectionFactory lost = TestRedis.connectionsTo(TestRedis.freePort());
		GeminiBudgetFilter.Builder filter = filter(store(lost), budget("0.01"));
		this.server.reply((text) -> "Hi");
		GeminiTemplate allowing = this.server.template(filter.onStoreFailure(OnStoreFailure.ALLOW).build());
		GeminiTemplate refusing = this.server.template(filter.onStoreFailure(OnStoreFailure.REFUSE).build());
		assertThat(allowing.prompt("Hi").text()).isEqualTo("Hi");
		assertThatExceptionOfType(GeminiBudgetUnavailableException.class).isThrownBy(() -> refusing.prompt("Hi").text())
			.withMessage("The budget 'all' cannot be checked, and the call was refused: the budget store failed");
		lost.destroy();
	}

	private static GeminiBudgetFilter.Builder filter(RedisGeminiBudgetStore store, GeminiBudget budget) {
		return GeminiBudgetFilter.builder(PRICES, List.of(budget))
			.estimatedOutputTokens(20)
			.storeTimeout(Duration.ofSeconds(30))
			.store(store);
	}

	private static GeminiBudget budget(String limit) {
		return new GeminiBudget("all", null, Period.DAY, new BigDecimal(limit), Map.of(), OnExceeded.REFUSE);
	}

	/**
	 * Reserves an amount in the Redis at a port.
	 */
	public static final class ReservingApplication {

		public static void main(String[] args) {
			LettuceConnectionFactory connections = TestRedis.connectionsTo(Integer.parseInt(args[0]));
			System.out.println(store(connections).reserve("a", 7, 10, EXPIRY).block());
			connections.destroy();
			System.exit(0);
		}

	}

}
