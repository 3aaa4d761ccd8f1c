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

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.client.GeminiCallPriority;
import com.cometapi.gemini.error.GeminiLimitExceededException;
import com.cometapi.gemini.error.GeminiLimitType;
import com.cometapi.gemini.limit.GeminiLimit;
import com.cometapi.gemini.limit.GeminiLimitExchangeFilter;
import com.cometapi.gemini.limit.GeminiLimitSettings;
import com.cometapi.gemini.limit.GeminiLimitSettings.StoreFailure;
import com.cometapi.gemini.limit.GeminiLimitUsage;
import com.cometapi.gemini.testsupport.GeminiServer;
import com.cometapi.gemini.testsupport.TestRedis;
import com.cometapi.gemini.thread.GeminiThreads;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for instances of an application that share their limits in Redis, each with its
 * own connections.
 */
class RedisLimitedInstancesTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Duration MINUTE = Duration.ofMinutes(1);

	// Requests count until the end of a test, however slow it is.
	private static final Duration LONG_MINUTE = Duration.ofMinutes(10);

	private static StringRedisTemplate redis;

	@AutoClose
	private static TestRedis redisServer;

	@AutoClose
	private final GeminiServer server = GeminiServer.echoing();

	private final List<Instance> instances = new ArrayList<>();

	@BeforeAll
	static void startRedis() {
		redisServer = new TestRedis();
		redis = redisServer.template();
	}

	@AfterEach
	void close() {
		this.instances.forEach(Instance::close);
		redisServer.empty();
	}

	@Test
	void twoInstancesTogetherNeverExceedTheRequestsOfAWindow() {
		int limit = 20;
		Duration window = Duration.ofSeconds(2);
		Queue<Long> arrivals = new ConcurrentLinkedQueue<>();
		this.server.reply((text) -> {
			arrivals.add(System.nanoTime());
			return "Hi";
		});
		Instance first = instance(new GeminiLimit(null, limit, null), window);
		Instance second = instance(new GeminiLimit(null, limit, null), window);
		long start = System.nanoTime();
		Long done = Flux.range(0, 3 * limit)
			.flatMap((i) -> ((i % 2 == 0) ? first : second).gemini.prompt("Hi").callAsync(), 3 * limit)
			.count()
			.block(PATIENCE);
		assertThat(done).isEqualTo(3 * limit);
		// However slow this machine is, no call can arrive before its window.
		List<Long> times = arrivals.stream().sorted().toList();
		for (int i = 0; i < times.size(); i++) {
			assertThat(Duration.ofNanos(times.get(i) - start)).isGreaterThanOrEqualTo(window.multipliedBy(i / limit));
		}
	}

	@Test
	void twoInstancesTogetherNeverExceedTheConcurrentCalls() {
		AtomicInteger running = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		this.server.reply((text) -> {
			most.accumulateAndGet(running.incrementAndGet(), Math::max);
			Mono.delay(Duration.ofMillis(5)).block();
			running.decrementAndGet();
			return "Hi";
		});
		Instance first = instance(new GeminiLimit(4, null, null));
		Instance second = instance(new GeminiLimit(4, null, null));
		Long done = Flux.range(0, 150)
			.flatMap((i) -> ((i % 2 == 0) ? first : second).gemini.prompt("Hi").callAsync(), 150)
			.count()
			.block(PATIENCE);
		assertThat(done).isEqualTo(150);
		assertThat(most).hasValueBetween(2, 4);
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(redis.hasKey("{test:}connection:default:calls")).isFalse());
	}

	@Test
	void twoInstancesTogetherNeverExceedTheTokens() {
		GeminiLimit limit = new GeminiLimit(null, null, 1000L);
		List<Instance> both = List.of(instance(limit), instance(limit));
		// Estimated at 100 tokens
		String prompt = "x".repeat(396);
		List<String> admitted = Flux.range(0, 100)
			.flatMap((i) -> both.get(i % 2).gemini.prompt(prompt).textAsync().onErrorComplete(), 100)
			.collectList()
			.block(PATIENCE.multipliedBy(2));
		assertThat(admitted).hasSize(10);
		assertThat(this.server.requestCount()).isEqualTo(10);
	}

	@Test
	void tokensThatACallDidNotNeedAreFreeForAnotherInstance() {
		// Estimated at 900 tokens
		String prompt = "x".repeat(3596);
		this.server.answer("""
				{'candidates': [{'content': {'parts': [{'text': 'Hi'}]}, 'finishReason': 'STOP'}],
				'usageMetadata': {'totalTokenCount': 300}}""").hold();
		Instance first = instance(new GeminiLimit(null, null, 1000L));
		Instance second = instance(new GeminiLimit(null, null, 1000L));
		Mono<GenerateContentResponse> call = first.gemini.prompt(prompt).callAsync().cache();
		call.subscribe();
		Awaitility.await().atMost(PATIENCE).until(() -> this.server.requestCount() == 1);
		assertThat(second.rejection("x".repeat(2000)).getType()).isEqualTo(GeminiLimitType.TOKENS_PER_MINUTE);
		assertThat(this.server.requestCount()).isOne();
		this.server.release();
		call.block(PATIENCE);
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(redis.opsForHash().get("{test:}connection:default:tokens", "sum"))
				.isEqualTo("300"));
		assertThat(second.gemini.prompt("x".repeat(2000)).text()).startsWith("re: x");
	}

	@Test
	void callWaitsForOneOfAnotherInstanceInTheOrderOfPriority() {
		this.server.hold();
		Instance first = instance(new GeminiLimit(1, null, null));
		Instance second = instance(new GeminiLimit(1, null, null));
		Mono<String> running = first.gemini.prompt("first").textAsync().cache();
		running.subscribe();
		Awaitility.await().atMost(PATIENCE).until(() -> this.server.requestCount() == 1);
		Flux<String> waiting = Flux
			.merge(second.gemini.prompt("background").priority(GeminiCallPriority.BACKGROUND).textAsync(),
					second.gemini.prompt("interactive").textAsync())
			.cache();
		waiting.subscribe();
		// Waits for the end of a request to Redis that had only the background call.
		Awaitility.await()
			.atMost(PATIENCE)
			.during(Duration.ofSeconds(1))
			.until(() -> second.usage().waitingCalls() == 2);
		this.server.release();
		assertThat(waiting.collectList().block(PATIENCE)).containsExactly("re: interactive", "re: background");
		assertThat(running.block(PATIENCE)).isEqualTo("re: first");
	}

	@Test
	void callWithoutAMaximumWaitIsDecidedByRedis() {
		Instance instance = new Instance(redisServer.port(), StoreFailure.REFUSE, new GeminiLimit(null, 2, null),
				MINUTE, PATIENCE, Duration.ZERO, PATIENCE);
		assertThat(instance.admitted(5)).isEqualTo(2);
	}

	@Test
	void placesOfADeadInstanceAreFreed() {
		this.server.hold();
		Instance dead = new Instance(redisServer.port(), StoreFailure.REFUSE, new GeminiLimit(1, null, null), MINUTE,
				PATIENCE, PATIENCE, RedisGeminiLimitStore.MINIMUM_LEASE_TIME);
		Instance other = instance(new GeminiLimit(1, null, null));
		dead.gemini.prompt("dead").textAsync().subscribe((text) -> {
		}, (ex) -> {
		});
		Awaitility.await().atMost(PATIENCE).until(() -> this.server.requestCount() == 1);
		dead.filter.close();
		Mono<String> call = other.gemini.prompt("other").textAsync().cache();
		call.subscribe();
		Awaitility.await().atMost(PATIENCE).until(() -> this.server.requestCount() == 2);
		this.server.release();
		assertThat(call.block(PATIENCE)).isEqualTo("re: other");
	}

	@Test
	void callThatEndsWhileRedisIsLostFreesItsPlaceAndTokensWhenRedisIsBack(@TempDir Path folder) {
		// Estimated at 900 tokens
		String prompt = "x".repeat(3596);
		this.server.answer("""
				{'candidates': [{'content': {'parts': [{'text': 'Hi'}]}, 'finishReason': 'STOP'}],
				'usageMetadata': {'totalTokenCount': 300}}""").hold();
		TestRedis lost = new TestRedis(folder);
		Instance instance = new Instance(lost.port(), StoreFailure.REFUSE, new GeminiLimit(1, null, 1000L), LONG_MINUTE,
				Duration.ofSeconds(1), Duration.ZERO, LONG_MINUTE)
			.connect();
		Mono<GenerateContentResponse> call = instance.gemini.prompt(prompt).callAsync().cache();
		call.subscribe();
		Awaitility.await().atMost(PATIENCE).until(() -> this.server.requestCount() == 1);
		lost.kill();
		this.server.release();
		call.block(PATIENCE);
		Awaitility.await().atMost(PATIENCE).until(() -> !instance.filter.isStoreAvailable());

		lost.restart();
		awaitAvailable(instance);
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
			assertThat(lost.template().hasKey("{test:}connection:default:calls")).isFalse();
			assertThat(lost.template().opsForHash().get("{test:}connection:default:tokens", "sum")).isEqualTo("300");
		});
		close(lost);
	}

	@Test
	void withoutRedisCallsAreRefused() {
		TestRedis lost = new TestRedis();
		Instance first = instance(lost.port(), StoreFailure.REFUSE, 10).connect();
		Instance second = instance(lost.port(), StoreFailure.REFUSE, 10).connect();
		for (int i = 0; i < 6; i++) {
			first.gemini.prompt("Hi").text();
		}
		lost.kill();
		GeminiLimitExceededException rejection = first.rejection("Hi");
		assertThat(rejection.getType()).isEqualTo(GeminiLimitType.STORE_UNAVAILABLE);
		assertThat(rejection.getRetryAfter()).isPositive().isLessThanOrEqualTo(Duration.ofMinutes(1));
		assertThat(first.filter.isStoreAvailable()).isFalse();

		lost.restart();
		// The calls before the loss count again.
		awaitAvailable(first);
		long admitted = Flux.range(0, 20)
			.concatMap((i) -> second.gemini.prompt("Hi").textAsync().onErrorComplete())
			.count()
			.block(PATIENCE);
		assertThat(admitted).isLessThanOrEqualTo(4);
		Awaitility.await().atMost(PATIENCE).until(() -> {
			second.gemini.prompt("Hi").textAsync().onErrorComplete().block(PATIENCE);
			return this.server.requestCount() == 10;
		});
		assertThat(second.rejection("Hi").getType()).isEqualTo(GeminiLimitType.REQUESTS_PER_MINUTE);
		close(lost);
	}

	@Test
	void withoutRedisEachInstanceHasItsShare() {
		TestRedis lost = new TestRedis();
		Instance first = instance(lost.port(), StoreFailure.LOCAL, 10).connect();
		Instance second = instance(lost.port(), StoreFailure.LOCAL, 10);
		first.gemini.prompt("Hi").text();
		lost.kill();
		assertThat(first.admitted(20)).isEqualTo(4);
		assertThat(second.admitted(20)).isEqualTo(5);
		assertThat(first.rejection("Hi").getType()).isEqualTo(GeminiLimitType.REQUESTS_PER_MINUTE);
		assertThat(this.server.requestCount()).isEqualTo(10);

		lost.restart();
		awaitAvailable(first);
		awaitAvailable(second);
		assertThat(first.admitted(5)).isZero();
		assertThat(second.admitted(5)).isZero();
		close(lost);
	}

	@Test
	void withoutRedisAllCallsAreAdmitted() {
		TestRedis lost = new TestRedis();
		Instance first = instance(lost.port(), StoreFailure.ALLOW, 10).connect();
		Instance second = instance(lost.port(), StoreFailure.ALLOW, 10);
		lost.kill();
		assertThat(first.admitted(20)).isEqualTo(20);
		assertThat(first.usage().requests()).isEqualTo(20);
		lost.restart();
		// Calls that are admitted until Redis decides again count as well.
		Awaitility.await().atMost(PATIENCE.multipliedBy(2)).until(() -> {
			first.admitted(1);
			return first.filter.isStoreAvailable();
		});
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(lost.template().opsForZSet().size("{test:}connection:default:requests"))
				.isEqualTo(this.server.requestCount()));
		assertThat(second.rejection("Hi").getType()).isEqualTo(GeminiLimitType.REQUESTS_PER_MINUTE);
		close(lost);
	}

	@Test
	void hungRedisRefusesCallsThatDoNotCountLater() {
		TestRedis slow = new TestRedis();
		Instance refusing = instance(slow.port(), StoreFailure.REFUSE, 10).connect();
		refusing.gemini.prompt("Hi").text();
		slow.suspend();
		assertThat(refusing.admitted(50)).isZero();
		assertThat(refusing.filter.isStoreAvailable()).isFalse();
		slow.resume();
		awaitAvailable(refusing);
		assertThat(slow.template().opsForZSet().size("{test:}connection:default:requests")).isOne();
		assertThat(refusing.admitted(20)).isEqualTo(9);
		close(slow);
	}

	@Test
	void applicationStartsWithoutRedis() {
		Instance instance = instance(TestRedis.freePort(), StoreFailure.LOCAL, 10);
		assertThat(instance.admitted(10)).isEqualTo(5);
	}

	private void close(TestRedis server) {
		this.instances.forEach(Instance::close);
		server.close();
	}

	private static void awaitAvailable(Instance instance) {
		Awaitility.await().atMost(PATIENCE.multipliedBy(2)).until(instance.filter::isStoreAvailable);
	}

	private Instance instance(GeminiLimit limit) {
		return instance(limit, MINUTE);
	}

	private Instance instance(GeminiLimit limit, Duration window) {
		return new Instance(redisServer.port(), StoreFailure.REFUSE, limit, window, PATIENCE);
	}

	private Instance instance(int port, StoreFailure onStoreFailure, int requestsPerMinute) {
		return new Instance(port, onStoreFailure, new GeminiLimit(null, requestsPerMinute, null), LONG_MINUTE,
				Duration.ofSeconds(3), Duration.ZERO, PATIENCE);
	}

	/**
	 * An instance of an application.
	 */
	private final class Instance implements AutoCloseable {

		private final LettuceConnectionFactory connections;

		private final GeminiLimitExchangeFilter filter;

		private final GeminiTemplate gemini;

		private boolean closed;

		Instance(int port, StoreFailure onStoreFailure, GeminiLimit limit, Duration window, Duration storeTimeout) {
			this(port, onStoreFailure, limit, window, storeTimeout, PATIENCE, PATIENCE);
		}

		Instance(int port, StoreFailure onStoreFailure, GeminiLimit limit, Duration window, Duration storeTimeout,
				Duration maxWait, Duration leaseTime) {
			this.connections = TestRedis.connectionsTo(port);
			RedisGeminiLimitStore store = new RedisGeminiLimitStore(this.connections, "test:", leaseTime,
					GeminiThreads.shared(), window);
			this.filter = new GeminiLimitExchangeFilter(
					new GeminiLimitSettings(limit, Map.of(), Map.of(), maxWait, storeTimeout, onStoreFailure, 2), store,
					List.of());
			this.gemini = RedisLimitedInstancesTests.this.server.template(this.filter);
			RedisLimitedInstancesTests.this.instances.add(this);
		}

		// Opens the connection, which may take longer than the timeout of the store.
		Instance connect() {
			new ReactiveStringRedisTemplate(this.connections).hasKey("any").block(PATIENCE);
			return this;
		}

		GeminiLimitUsage usage() {
			return this.filter.getUsage().get(0);
		}

		// The number of admitted calls, if the maximum wait is zero.
		int admitted(int calls) {
			return Flux.range(0, calls)
				.flatMap(
						(i) -> this.gemini.prompt("Hi").textAsync().onErrorComplete(GeminiLimitExceededException.class),
						calls)
				.collectList()
				.block(PATIENCE)
				.size();
		}

		GeminiLimitExceededException rejection(String text) {
			@Nullable Throwable failure = this.gemini.prompt(text)
				.textAsync()
				.<Throwable>thenReturn(new IllegalStateException("admitted"))
				.onErrorResume(Mono::just)
				.block(PATIENCE);
			assertThat(failure).isInstanceOf(GeminiLimitExceededException.class);
			return (GeminiLimitExceededException) failure;
		}

		@Override
		public void close() {
			if (!this.closed) {
				this.closed = true;
				this.filter.close();
				this.connections.destroy();
			}
		}

	}

}
