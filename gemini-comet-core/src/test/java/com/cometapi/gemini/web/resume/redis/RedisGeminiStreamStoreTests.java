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

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import com.cometapi.gemini.LostReplies;
import com.cometapi.gemini.testsupport.TestRedis;
import com.cometapi.gemini.thread.GeminiThreads;
import com.cometapi.gemini.web.resume.AbstractGeminiStreamStoreTests;
import com.cometapi.gemini.web.resume.GeminiStreamEvent;
import com.cometapi.gemini.web.resume.GeminiStreamLostException;
import com.cometapi.gemini.web.resume.GeminiStreamRetention;
import com.cometapi.gemini.web.resume.GeminiStreamState;
import com.cometapi.gemini.web.resume.GeminiStreamStore;
import com.cometapi.gemini.web.resume.GeminiStreamStoreFullException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RedisGeminiStreamStore} with a real server.
 */
class RedisGeminiStreamStoreTests extends AbstractGeminiStreamStoreTests {

	private static final Duration LEASE = RedisGeminiStreamStore.MINIMUM_LEASE_TIME;

	// Of the connection factory of the server: one is blocking, the other one is not
	private static final int SHARED_CONNECTIONS = 2;

	@AutoClose
	private static TestRedis server;

	private static StringRedisTemplate redis;

	private static final List<AutoCloseable> RESOURCES = new ArrayList<>();

	@BeforeAll
	static void startServer() {
		server = new TestRedis();
		redis = server.template();
	}

	@AfterEach
	void close() throws Exception {
		for (AutoCloseable resource : RESOURCES) {
			resource.close();
		}
		RESOURCES.clear();
		server.empty();
		Awaitility.await().atMost(PATIENCE).until(() -> connectionCount() <= SHARED_CONNECTIONS);
	}

	@Override
	protected GeminiStreamStore create(GeminiStreamRetention retention) {
		return store(server.connections(), Duration.ofSeconds(30), retention);
	}

	private static RedisGeminiStreamStore store(LettuceConnectionFactory connections, Duration leaseTime,
			GeminiStreamRetention retention) {
		RedisGeminiStreamStore store = new RedisGeminiStreamStore(connections, "test:", leaseTime, retention,
				GeminiThreads.shared());
		RESOURCES.add(0, store);
		return store;
	}

	private static RedisGeminiStreamStore storeOf(int port) {
		return storeOf(port, LEASE);
	}

	private static RedisGeminiStreamStore storeOf(int port, Duration leaseTime) {
		LettuceConnectionFactory connections = TestRedis.connectionsTo(port);
		RESOURCES.add(0, connections::destroy);
		return store(connections, leaseTime, RETENTION);
	}

	@Test
	void streamHasTwoKeysInOneSlotThatExpire() {
		this.store.create(this.id, "chat").block(PATIENCE);
		append(event(1));
		String events = "test:{%s}:events".formatted(this.id);
		String state = "test:{%s}:state".formatted(this.id);
		String key = "test:key:chat";

		assertThat(redis.keys("*")).containsExactlyInAnyOrder(events, state, key);
		assertThat(redis.getExpire(events)).isBetween(620L, 630L);
		assertThat(redis.getExpire(state)).isBetween(620L, 630L);
		assertThat(redis.getExpire(key)).isBetween(86_000L, 86_400L);
		append(last(2));
		assertThat(redis.keys("*")).containsExactlyInAnyOrder(events, state);
		assertThat(redis.getExpire(events)).isBetween(590L, 600L);
		assertThat(redis.getExpire(state)).isBetween(590L, 600L);
	}

	// The figures of docs/resumable-streams.md
	@Test
	void memoryOfAStreamIsLittleMoreThanItsText() {
		create(this.store, this.id);
		append(event(1));
		assertThat(memory()).isLessThan(1_000);
		for (int position = 2; position <= 101; position++) {
			append(new GeminiStreamEvent(position, "text", "x".repeat(96), false));
		}
		assertThat(memory()).isLessThan(15_000);
	}

	private long memory() {
		String script = "return redis.call('MEMORY', 'USAGE', KEYS[1], 'SAMPLES', '0')";
		return Stream.of("events", "state")
			.mapToLong((name) -> redis.execute(new DefaultRedisScript<>(script, Long.class),
					List.of("test:{%s}:%s".formatted(this.id, name))))
			.sum();
	}

	@Test
	void eventsReachReadersOfAnotherInstance() {
		GeminiStreamStore other = storeOf(server.port());
		create(this.store, this.id);
		StepVerifier.create(other.read(this.id, 0))
			.then(() -> append(events(1, 3)))
			.expectNext(events(1, 3))
			.then(() -> other.requestCancel(this.id).block(PATIENCE))
			.then(() -> assertThat(append().cancelRequested()).isTrue())
			.then(() -> append(last(4)))
			.expectNext(last(4))
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void channelsAreLeftWithTheLastReader() {
		create(this.store, this.id);
		Flux.range(0, 2).flatMap((i) -> this.store.read(this.id, 0).take(i + 1)).subscribe();
		awaitChannels(1);
		append(event(1));
		Awaitility.await().during(Duration.ofMillis(100)).atMost(PATIENCE).until(() -> channelCount() == 1);
		append(event(2));
		awaitChannels(0);
	}

	@Test
	void closedStoreEndsItsReadersAndOpensNoConnection() {
		int before = connectionCount();
		RedisGeminiStreamStore closed = storeOf(server.port());
		create(closed, this.id);
		StepVerifier.create(closed.read(this.id, 0))
			.then(() -> awaitChannels(1))
			.then(() -> assertThat(connectionCount() - before).isEqualTo(2))
			.then(closed::close)
			.expectError(GeminiStreamLostException.class)
			.verify(PATIENCE);
		closed.close();
		awaitChannels(0);
		awaitConnections(before + 1);
	}

	@Test
	void connectionThatIsBeingOpenedWhenTheStoreIsClosedIsClosedToo() {
		int before = connectionCount();
		LettuceConnectionFactory connections = TestRedis.connectionsTo(server.port());
		RESOURCES.add(connections::destroy);
		try (HeldExecutor executor = new HeldExecutor()) {
			RedisGeminiStreamStore closed = new RedisGeminiStreamStore(connections, "test:", LEASE, RETENTION,
					GeminiThreads.builder().stores(executor).build());
			Disposable reader = closed.read(this.id, 0).onErrorComplete().subscribe();
			Awaitility.await().atMost(PATIENCE).until(() -> executor.heldCount() >= 2);
			closed.close();
			executor.release();
			// The one that all commands share
			awaitConnections(before + 1);
			Awaitility.await().atMost(PATIENCE).until(reader::isDisposed);
		}
	}

	private static void awaitConnections(int count) {
		Awaitility.await()
			.during(Duration.ofMillis(500))
			.atMost(PATIENCE)
			.until(RedisGeminiStreamStoreTests::connectionCount, (connections) -> connections == count);
	}

	@Test
	void closedStoreCanBeReadAgain() {
		RedisGeminiStreamStore again = storeOf(server.port());
		create(again, this.id);
		Disposable reader = again.read(this.id, 0).onErrorComplete().subscribe();
		awaitChannels(1);
		again.close();
		awaitChannels(0);
		StepVerifier.create(again.read(this.id, 0))
			.then(() -> awaitChannels(1))
			.then(() -> append(event(1), last(2)))
			.expectNext(event(1), last(2))
			.expectComplete()
			.verify(PATIENCE);
		assertThat(reader.isDisposed()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "1\ntext", "x\ntext\n{}", "0\ntext\n{}" })
	void malformedMessageHasNoEvent(String message) {
		assertThat(StreamPage.parse(message)).isNull();
	}

	private static void awaitChannels(int count) {
		Awaitility.await()
			.atMost(PATIENCE)
			.until(RedisGeminiStreamStoreTests::channelCount, (channels) -> channels == count);
	}

	private static long channelCount() {
		return redis.execute(new DefaultRedisScript<>("return #redis.call('PUBSUB', 'CHANNELS')", Long.class),
				List.of());
	}

	@Test
	void readersLookForEventsIfRedisDoesNotAllowMessages() {
		setChannels("resetchannels");
		try {
			GeminiStreamStore other = storeOf(server.port());
			create(other, this.id);
			StepVerifier.create(other.read(this.id, 0))
				.then(() -> other.append(this.id, List.of(event(1))).block(PATIENCE))
				.expectNext(event(1))
				.then(() -> other.append(this.id, List.of(event(2), last(3))).block(PATIENCE))
				.expectNext(event(2), last(3))
				.expectComplete()
				.verify(PATIENCE);
		}
		finally {
			setChannels("allchannels");
		}
	}

	private static void setChannels(String rule) {
		redis.execute((RedisCallback<Object>) (connection) -> connection.execute("ACL", "SETUSER".getBytes(),
				"default".getBytes(), rule.getBytes()));
	}

	@Test
	void largeEventsAreNotSentWithMessages() {
		create(this.store, this.id);
		GeminiStreamEvent large = new GeminiStreamEvent(2, "inline-data", "x".repeat(1_000_000), false);
		StepVerifier.create(this.store.read(this.id, 0))
			.then(() -> append(event(1)))
			.expectNext(event(1))
			.then(() -> append(large))
			.expectNext(large)
			.then(() -> append(event(3)))
			.expectNext(event(3))
			.then(() -> append(last(4)))
			.expectNext(last(4))
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void manyReadersShareTwoConnections() {
		int before = connectionCount();
		RedisGeminiStreamStore reading = storeOf(server.port());
		List<String> ids = IntStream.range(0, 20).mapToObj((i) -> UUID.randomUUID().toString()).toList();
		ids.forEach((stream) -> create(this.store, stream));
		StepVerifier.create(Flux.range(0, 500).flatMap((i) -> reading.read(ids.get(i % 20), 0).take(1), 500))
			.then(() -> awaitChannels(20))
			.then(() -> assertThat(connectionCount() - before).isEqualTo(2))
			.then(() -> ids.forEach((stream) -> this.store.append(stream, List.of(event(1))).block(PATIENCE)))
			.expectNextCount(500)
			.expectComplete()
			.verify(PATIENCE);
		awaitChannels(0);
	}

	@Test
	void commandsDoNotGrowWithReaders() {
		int events = 100;
		create(this.store, this.id);
		long begin = System.nanoTime();
		long before = scriptCalls();
		StepVerifier.create(Flux.range(0, 500).flatMap((i) -> this.store.read(this.id, 0), 500))
			.then(() -> awaitChannels(1))
			.then(() -> LongStream.range(1, events).forEach((position) -> append(event(position))))
			.then(() -> append(last(events)))
			.expectNextCount(500L * events)
			.expectComplete()
			.verify(PATIENCE);
		long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();

		// One to append each event, one a second to look for events, and some at the ends
		assertThat(scriptCalls() - before).isBetween((long) events, events + seconds + 10);
	}

	@Test
	void largeEventIsReadOnceForAllReaders() {
		GeminiStreamEvent large = new GeminiStreamEvent(1, "inline-data", "x".repeat(1_000_000), false);
		create(this.store, this.id);
		long begin = System.nanoTime();
		long before = scriptCalls();
		StepVerifier.create(Flux.range(0, 100).flatMap((i) -> this.store.read(this.id, 0).take(1), 100))
			.then(() -> awaitChannels(1))
			.then(() -> append(large))
			.expectNextCount(100)
			.expectComplete()
			.verify(PATIENCE);
		long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();

		assertThat(scriptCalls() - before).isLessThan(seconds + 10);
	}

	private static long scriptCalls() {
		String calls = redis.execute((RedisCallback<String>) (connection) -> connection.serverCommands()
			.info("commandstats")
			.getProperty("cmdstat_evalsha", "calls=0,"));
		return Long.parseLong(calls.substring("calls=".length(), calls.indexOf(',')));
	}

	@Test
	void eventIsStoredOnceIfTheReplyIsLost() throws IOException {
		try (LostReplies proxy = new LostReplies(server.port(), "EVAL")) {
			GeminiStreamStore unreliable = storeOf(proxy.port());
			proxy.lose(1);
			create(unreliable, this.id);
			for (int i = 1; i <= 10; i++) {
				proxy.lose(1);
				unreliable.append(this.id, List.of((i < 10) ? event(i) : last(i))).block(PATIENCE);
			}
			assertThat(proxy.lost()).isEqualTo(11);
		}
		assertThat(read(this.store, this.id, 0)).extracting(GeminiStreamEvent::position)
			.containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
	}

	@Test
	void streamWhoseLeaseRunsOutIsLostForGood() {
		RedisGeminiStreamStore brief = store(server.connections(), LEASE, RETENTION);
		brief.create(this.id, "chat").block(PATIENCE);
		long begin = System.nanoTime();
		brief.append(this.id, List.of(event(1), event(2))).block(PATIENCE);

		StepVerifier.create(this.store.read(this.id, 1))
			.expectNext(event(2))
			.expectError(GeminiStreamLostException.class)
			.verify(PATIENCE);
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(LEASE, LEASE.plusSeconds(10));
		assertThatExceptionOfType(GeminiStreamLostException.class)
			.isThrownBy(() -> brief.append(this.id, List.of(event(3))).block(PATIENCE));
		assertThatExceptionOfType(GeminiStreamLostException.class).isThrownBy(() -> read(brief, this.id, 2));
		assertThat(brief.findRunning("chat").block(PATIENCE)).isNull();
	}

	@Test
	void renewedLeaseDoesNotRunOut() {
		Duration lease = LEASE.multipliedBy(2);
		RedisGeminiStreamStore brief = store(server.connections(), lease, RETENTION);
		create(brief, this.id);
		Disposable renewal = Flux.interval(LEASE.dividedBy(3))
			.concatMap((i) -> brief.append(this.id, List.of()))
			.subscribe();
		StepVerifier.create(brief.read(this.id, 0))
			.expectSubscription()
			.expectNoEvent(lease.plusSeconds(1))
			.then(() -> brief.append(this.id, List.of(last(1))).block(PATIENCE))
			.expectNext(last(1))
			.expectComplete()
			.verify(PATIENCE);
		renewal.dispose();
	}

	@Test
	void whenRedisLosesItsDataThenTheStreamIsLost() {
		create(this.store, this.id);
		append(event(1));
		StepVerifier.create(this.store.read(this.id, 0))
			.expectNext(event(1))
			.then(() -> server.empty())
			.expectError(GeminiStreamLostException.class)
			.verify(PATIENCE);

		assertThatExceptionOfType(GeminiStreamLostException.class).isThrownBy(() -> append(event(2)));
		assertExpired(this.store, this.id, 1);
	}

	@Test
	void whenRedisLosesItsDataThenASlowReaderFails() {
		create(this.store, this.id);
		String data = "x".repeat(100_000);
		for (int position = 1; position <= 9; position++) {
			append(new GeminiStreamEvent(position, null, data, false));
		}
		StepVerifier.create(this.store.read(this.id, 0), 1)
			.expectNextCount(1)
			.then(() -> server.empty())
			.thenRequest(Long.MAX_VALUE)
			.thenConsumeWhile((event) -> event.position() < 9)
			.expectError(GeminiStreamLostException.class)
			.verify(PATIENCE);
	}

	@Test
	void whenRedisLosesTheNewestEventsThenTheStreamIsLost() {
		create(this.store, this.id);
		append(event(1), event(2));
		StepVerifier.create(this.store.read(this.id, 0))
			.expectNext(event(1), event(2))
			.then(() -> redis.opsForHash().put("test:{%s}:state".formatted(this.id), "position", "1"))
			.expectError(GeminiStreamLostException.class)
			.verify(PATIENCE);

		assertThatExceptionOfType(GeminiStreamLostException.class).isThrownBy(() -> append(event(3)))
			.withMessageContaining("lost events");
	}

	@Test
	void whenEventsWereEvictedThenReadingThemFails() {
		create(this.store, this.id);
		append(event(1), event(2));
		redis.delete("test:{%s}:events".formatted(this.id));

		assertExpired(this.store, this.id, 0);
		assertThat(append(event(3), last(4)).cancelRequested()).isFalse();
		assertThat(read(this.store, this.id, 2)).containsExactly(event(3), last(4));
	}

	@Test
	void withoutMemoryNoStreamIsCreated() {
		setMaxMemory("1");
		try {
			assertThatExceptionOfType(GeminiStreamStoreFullException.class)
				.isThrownBy(() -> create(this.store, this.id));
		}
		finally {
			setMaxMemory("0");
		}
	}

	private static void setMaxMemory(String bytes) {
		redis.execute((RedisCallback<Object>) (connection) -> {
			connection.serverCommands().setConfig("maxmemory", bytes);
			return null;
		});
	}

	@Test
	void streamSurvivesAPauseOfRedis() throws Exception {
		try (TestRedis slow = new TestRedis()) {
			Duration lease = LEASE.multipliedBy(3);
			RedisGeminiStreamStore writer = storeOf(slow.port(), lease);
			RedisGeminiStreamStore reader = storeOf(slow.port(), lease);
			create(writer, this.id);
			Mono<GeminiStreamState> append = writer.append(this.id, List.of(event(2), last(3))).cache();
			StepVerifier.create(reader.read(this.id, 0))
				.then(() -> writer.append(this.id, List.of(event(1))).block(PATIENCE))
				.expectNext(event(1))
				.then(slow::suspend)
				.then(append::subscribe)
				.expectNoEvent(lease.dividedBy(3).plusMillis(200))
				.then(slow::resume)
				.expectNext(event(2), last(3))
				.expectComplete()
				.verify(PATIENCE);
			close();
		}
	}

	@Test
	void withoutRedisReadersAndTheWriterFailAfterALease() {
		TestRedis lost = new TestRedis();
		RESOURCES.add(lost);
		RedisGeminiStreamStore store = storeOf(lost.port());
		create(store, this.id);
		StepVerifier.create(store.read(this.id, 0))
			.then(() -> store.append(this.id, List.of(event(1))).block(PATIENCE))
			.expectNext(event(1))
			.then(lost::kill)
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(GeminiStreamLostException.class)
				.hasMessageContaining("not available"))
			.verify(PATIENCE);

		long begin = System.nanoTime();
		List<Throwable> failures = Flux
			.<Mono<?>>just(store.append(this.id, List.of(event(2))), store.create("other", "chat"),
					store.requestCancel(this.id), store.findRunning("chat"), store.read(this.id, 0).next())
			.flatMap((call) -> call.then(Mono.<Throwable>empty()).onErrorResume(Mono::just))
			.collectList()
			.block(PATIENCE);
		assertThat(failures).hasSize(5)
			.allSatisfy((ex) -> assertThat(ex).isInstanceOf(GeminiStreamLostException.class)
				.hasMessageContaining("not available")
				.hasCauseInstanceOf(Exception.class));
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(LEASE, LEASE.multipliedBy(3));
	}

	@Test
	void redisThatDoesNotRespondTakesOneThread() throws IOException {
		GeminiThreads threads = GeminiThreads.builder().stores(2).maxWait(Duration.ofSeconds(1)).build();
		RESOURCES.add(threads);
		// Accepts connections, as the backlog of a server that hangs does
		try (ServerSocket silent = new ServerSocket(0)) {
			LettuceConnectionFactory connections = TestRedis.connectionsTo(silent.getLocalPort());
			RESOURCES.add(0, connections::destroy);
			GeminiStreamStore store = new RedisGeminiStreamStore(connections, "test:", LEASE, RETENTION, threads);
			assertThatExceptionOfType(GeminiStreamLostException.class).isThrownBy(() -> create(store, this.id));
			assertThat(threads.onStoreThread(() -> "free").block(PATIENCE)).isEqualTo("free");
		}
	}

	private static int connectionCount() {
		return redis.execute((RedisCallback<List<?>>) (connection) -> connection.serverCommands().getClientList())
			.size();
	}

	/**
	 * Executor that begins nothing until it is released.
	 */
	private static final class HeldExecutor extends ThreadPoolExecutor implements AutoCloseable {

		private final CountDownLatch released = new CountDownLatch(1);

		private final AtomicInteger held = new AtomicInteger();

		HeldExecutor() {
			super(4, 4, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
		}

		@Override
		protected void beforeExecute(Thread thread, Runnable work) {
			this.held.incrementAndGet();
			try {
				this.released.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		int heldCount() {
			return this.held.get();
		}

		void release() {
			this.released.countDown();
		}

		@Override
		public void close() {
			release();
			shutdownNow();
		}

	}

}
