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

package com.cometapi.gemini.thread;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.cometapi.gemini.error.GeminiThreadsExhaustedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link GeminiThreads}.
 */
class GeminiThreadsTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final Duration SHORT = Duration.ofMillis(100);

	private final CountDownLatch end = new CountDownLatch(1);

	private GeminiThreads threads = GeminiThreads.builder().functions(1).stores(1).maxWait(SHORT).build();

	@AfterEach
	void close() {
		this.end.countDown();
		this.threads.close();
	}

	private Disposable hang() {
		CountDownLatch begun = new CountDownLatch(1);
		Disposable hung = this.threads.onFunctionThread(Mono.fromRunnable(() -> {
			begun.countDown();
			while (this.end.getCount() > 0) {
				try {
					this.end.await();
				}
				catch (InterruptedException ex) {
					// Ignored, as some functions do.
				}
			}
			Thread.currentThread().interrupt();
		}), LONG).subscribe();
		await().atMost(Duration.ofSeconds(30)).until(() -> begun.getCount() == 0);
		return hung;
	}

	private <T> T call(Callable<T> call) {
		return this.threads.onFunctionThread(Mono.fromCallable(call), LONG).block(LONG);
	}

	@ParameterizedTest
	@MethodSource("kindsOfThreads")
	void threadInheritsNothingFromTheCaller(boolean virtual) throws Exception {
		this.threads = GeminiThreads.builder().virtual(virtual).build();
		InheritableThreadLocal<String> user = new InheritableThreadLocal<>();
		ClassLoader expected = Thread.currentThread().getContextClassLoader();
		AtomicInteger seen = new AtomicInteger();
		Thread stranger = new Thread(() -> {
			user.set("stranger");
			call(() -> {
				Thread thread = Thread.currentThread();
				assertThat(user.get()).isNull();
				assertThat(thread.getContextClassLoader()).isSameAs(expected);
				assertThat(thread.isDaemon()).isTrue();
				assertThat(thread.getName()).isEqualTo("gemini-function-1");
				return seen.incrementAndGet();
			});
		});
		stranger.setContextClassLoader(new URLClassLoader(new URL[0]));
		stranger.start();
		stranger.join();
		assertThat(seen).hasValue(1);
	}

	static Stream<Boolean> kindsOfThreads() {
		return (Runtime.version().feature() < 21) ? Stream.of(false) : Stream.of(false, true);
	}

	@Test
	void idleThreadIsUsedAgain() {
		String first = call(() -> Thread.currentThread().getName());
		assertThat(call(() -> Thread.currentThread().getName())).isEqualTo(first);
	}

	@Test
	void interruptionIsClearedBeforeTheNextWork() {
		hang().dispose();
		this.end.countDown();
		assertThat(call(() -> Thread.currentThread().isInterrupted())).isFalse();
	}

	@Test
	void workThatThrowsAnErrorLeavesTheThreadUsable() {
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> call(() -> {
			throw new AssertionError("thrown");
		})).withRootCauseInstanceOf(AssertionError.class);
		assertThat(call(() -> 1)).isEqualTo(1);
	}

	@Test
	void waitingWorkThatIsCancelledNeverRuns() {
		hang();
		AtomicInteger run = new AtomicInteger();
		Flux.range(0, 100)
			.flatMap((i) -> this.threads.onFunctionThread(Mono.fromCallable(run::incrementAndGet), LONG), 100)
			.subscribe()
			.dispose();
		Mono<Integer> last = this.threads.onFunctionThread(Mono.fromCallable(run::incrementAndGet), LONG);
		var answer = last.toFuture();
		this.end.countDown();
		assertThat(answer).succeedsWithin(LONG).isEqualTo(1);
	}

	@Test
	void workWithoutALimitWaitsAsLongAsConfigured() {
		hang();
		assertThatExceptionOfType(GeminiThreadsExhaustedException.class)
			.isThrownBy(() -> this.threads.onFunctionThread(Mono.just(1)).block(LONG))
			.withMessageContaining("All 1 threads for functions are busy");
	}

	@Test
	void timeoutsMayExceedTheRangeOfNanoseconds() {
		Duration forever = ChronoUnit.FOREVER.getDuration();
		try (GeminiThreads patient = GeminiThreads.builder().maxWait(forever).build()) {
			assertThat(patient.onFunctionThread(Mono.just(1)).block(LONG)).isEqualTo(1);
			assertThat(patient.onFunctionThread(Mono.just(1), forever, Mono.empty()).block(LONG)).isEqualTo(1);
		}
	}

	@Test
	void workAfterTheCloseFails() {
		this.threads.close();
		assertThatExceptionOfType(GeminiThreadsExhaustedException.class).isThrownBy(() -> call(() -> 1))
			.withMessageStartingWith("The threads for functions were closed");
		assertThatExceptionOfType(GeminiThreadsExhaustedException.class)
			.isThrownBy(() -> this.threads.onStoreThread(() -> 1).block(LONG))
			.withMessageStartingWith("The threads for stores were closed");
	}

	@Test
	void closeLetsARunningCallOfAStoreEnd() {
		CountDownLatch begun = new CountDownLatch(1);
		var call = this.threads.onStoreThread(() -> {
			begun.countDown();
			return this.end.await(60, TimeUnit.SECONDS);
		}).toFuture();
		await().atMost(Duration.ofSeconds(30)).until(() -> begun.getCount() == 0);
		assertThat(this.threads.awaitStores(SHORT)).isFalse();
		var close = CompletableFuture.runAsync(this.threads::close);
		await().atMost(Duration.ofSeconds(30))
			.until(() -> this.threads.onStoreThread(() -> false)
				.onErrorReturn(GeminiThreadsTests::isClosed, true)
				.block(LONG));
		assertThat(close).isNotDone();
		assertThat(call).isNotDone();
		this.end.countDown();
		assertThat(close).succeedsWithin(LONG);
		assertThat(call).isCompletedWithValue(true);
		assertThat(this.threads.awaitStores(Duration.ZERO)).isTrue();
	}

	private static boolean isClosed(Throwable failure) {
		return String.valueOf(failure.getMessage()).startsWith("The threads for stores were closed");
	}

	@Test
	void closeInterruptsACallOfAStoreThatDoesNotEnd() {
		this.threads = GeminiThreads.builder().closeTimeout(SHORT).build();
		CountDownLatch begun = new CountDownLatch(1);
		var call = this.threads.onStoreThread(() -> {
			begun.countDown();
			return this.end.await(60, TimeUnit.SECONDS);
		}).toFuture();
		await().atMost(Duration.ofSeconds(30)).until(() -> begun.getCount() == 0);
		this.threads.close();
		assertThat(call).failsWithin(LONG).withThrowableThat().withRootCauseInstanceOf(InterruptedException.class);
	}

	@Test
	void executorOfTheApplicationIsUsedAndNotClosed() throws InterruptedException {
		ExecutorService executor = Executors.newSingleThreadExecutor((work) -> new Thread(work, "mine"));
		try {
			this.threads = GeminiThreads.builder().functions(executor).build();
			assertThat(call(() -> Thread.currentThread().getName())).isEqualTo("mine");
			this.threads.close();
			assertThat(executor.isShutdown()).isFalse();
		}
		finally {
			executor.shutdown();
			assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "Virtual threads take Java 21")
	void noWorkIsLostWhileVirtualThreadsEnd() {
		this.threads = GeminiThreads.builder().functions(2).virtual(true).build();
		hang();
		Long count = Flux.range(0, 5_000)
			.flatMap((i) -> this.threads.onFunctionThread(Mono.fromCallable(() -> i), LONG), 3)
			.count()
			.block(LONG);
		assertThat(count).isEqualTo(5_000);
	}

	@Test
	void valueOfAStoreIsNotLostIfItIsRequestedLater() {
		StepVerifier.create(this.threads.onStoreThread(() -> "stored"), 0)
			.then(() -> this.threads.awaitStores(LONG))
			.thenRequest(1)
			.expectNext("stored")
			.verifyComplete();
	}

	@Test
	void callOfAStoreIsSharedEvenIfSubscribersCancel() {
		AtomicInteger calls = new AtomicInteger();
		Mono<Integer> shared = this.threads.onSharedStoreThread(() -> {
			int call = calls.incrementAndGet();
			assertThat(this.end.await(60, TimeUnit.SECONDS)).isTrue();
			if (call == 1) {
				throw new IOException("Not connected");
			}
			return call;
		});
		for (int i = 0; i < 3; i++) {
			StepVerifier.create(shared.timeout(SHORT)).expectError(TimeoutException.class).verify(LONG);
		}
		var first = shared.toFuture();
		this.end.countDown();
		assertThat(first).failsWithin(LONG).withThrowableThat().withRootCauseInstanceOf(IOException.class);
		assertThat(shared.block(LONG)).isEqualTo(2);
		assertThat(shared.block(LONG)).isEqualTo(2);
		assertThat(calls).hasValue(2);
	}

}
