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

package com.cometapi.gemini.client;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import com.cometapi.gemini.error.GeminiTimeLimit;
import com.cometapi.gemini.error.GeminiTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TimeLimitSubscriber} in virtual time.
 */
class TimeLimitSubscriberTests {

	private static final Duration FIRST = Duration.ofMinutes(3);

	private static final Duration IDLE = Duration.ofSeconds(60);

	@Test
	void firstEventHasItsOwnLimit() {
		StepVerifier.withVirtualTime(() -> watch(Flux.never(), null))
			.expectSubscription()
			.expectNoEvent(FIRST.minusMillis(1))
			.thenAwait(Duration.ofMillis(1))
			.expectErrorSatisfies((ex) -> assertLimit(ex, GeminiTimeLimit.FIRST_EVENT, FIRST))
			.verify();
	}

	@Test
	void idleLimitAppliesFromTheFirstEventOn() {
		StepVerifier.withVirtualTime(() -> watch(Flux.just(1L).concatWith(Flux.never()), null))
			.expectNextCount(1)
			.expectNoEvent(IDLE.minusMillis(1))
			.thenAwait(Duration.ofMillis(1))
			.expectErrorSatisfies((ex) -> assertLimit(ex, GeminiTimeLimit.IDLE, IDLE))
			.verify();
	}

	@Test
	void eachEventRestartsTheIdleLimit() {
		StepVerifier
			.withVirtualTime(() -> watch(Flux.interval(IDLE.minusSeconds(1)).take(5).concatWith(Flux.never()), null))
			.thenAwait(IDLE.multipliedBy(5))
			.expectNextCount(5)
			.thenAwait(IDLE)
			.expectErrorSatisfies((ex) -> assertLimit(ex, GeminiTimeLimit.IDLE, IDLE))
			.verify();
	}

	@Test
	void totalLimitAppliesWhileEventsArrive() {
		Duration total = Duration.ofMinutes(5);
		StepVerifier.withVirtualTime(() -> watch(Flux.interval(Duration.ofSeconds(45)), total))
			.thenAwait(total.minusMillis(1))
			.expectNextCount(6)
			.thenAwait(Duration.ofMillis(1))
			.expectErrorSatisfies((ex) -> assertLimit(ex, GeminiTimeLimit.TOTAL, total))
			.verify();
	}

	@Test
	void timeWithoutDemandDoesNotCount() {
		TestPublisher<Long> source = TestPublisher.create();
		StepVerifier.withVirtualTime(() -> watch(source.flux(), null), 0)
			.expectSubscription()
			.expectNoEvent(FIRST.multipliedBy(3))
			.thenRequest(1)
			.then(() -> source.next(1L))
			.expectNextCount(1)
			.expectNoEvent(IDLE.multipliedBy(10))
			.thenRequest(1)
			.expectNoEvent(IDLE.minusMillis(1))
			.thenAwait(Duration.ofMillis(1))
			.expectErrorSatisfies((ex) -> assertLimit(ex, GeminiTimeLimit.IDLE, IDLE))
			.verify();
		source.assertCancelled();
	}

	@Test
	void checkDuringARequestDoesNotCountTheTimeBeforeIt() {
		CheckingScheduler time = new CheckingScheduler();
		VirtualTimeScheduler.set(time);
		try {
			TestPublisher<Long> source = TestPublisher.create();
			StepVerifier
				.create(watch(source.flux(), null)
					.doOnSubscribe((limited) -> time.check = ((TimeLimitSubscriber<?>) limited)::check), 1)
				.then(() -> source.next(1L))
				.expectNextCount(1)
				.then(() -> time.advanceTimeBy(IDLE.multipliedBy(2)))
				.then(() -> time.checking = true)
				.thenRequest(1)
				.then(() -> source.next(2L))
				.expectNextCount(1)
				.thenCancel()
				.verify(Duration.ofSeconds(30));
		}
		finally {
			VirtualTimeScheduler.reset();
		}
	}

	@Test
	void failureInTheMomentOfACancelIsNoError() {
		List<Throwable> dropped = new ArrayList<>();
		Hooks.onErrorDropped(dropped::add);
		try {
			AtomicReference<Subscriber<? super Long>> source = new AtomicReference<>();
			watch((subscriber) -> {
				subscriber.onSubscribe(Operators.emptySubscription());
				source.set(subscriber);
			}, null).subscribe().dispose();
			source.get().onError(new IllegalStateException("Refused"));
		}
		finally {
			Hooks.resetOnErrorDropped();
		}
		assertThat(dropped).isEmpty();
	}

	@Test
	void limitsMayExceedTheRangeOfNanoseconds() {
		Duration forever = ChronoUnit.FOREVER.getDuration();
		StepVerifier
			.withVirtualTime(() -> watch(Flux.interval(Duration.ofDays(400)).take(2), forever, forever, forever))
			.thenAwait(Duration.ofDays(800))
			.expectNextCount(2)
			.expectComplete()
			.verify(Duration.ofSeconds(30));
	}

	@Test
	void completionStopsTheChecks() {
		StepVerifier.withVirtualTime(() -> watch(Mono.just(1L), Duration.ofMinutes(5)))
			.expectNextCount(1)
			.expectComplete()
			.verify();
	}

	@Test
	void concurrentCallsEndAtTheirOwnLimits() {
		StepVerifier
			.withVirtualTime(() -> Flux.merge(timeoutAfter(Duration.ofMinutes(2)), timeoutAfter(Duration.ofSeconds(30)),
					watch(Flux.just(Duration.ZERO), null), timeoutAfter(Duration.ofSeconds(90))))
			.expectNext(Duration.ZERO)
			.expectNoEvent(Duration.ofMillis(29_999))
			.thenAwait(Duration.ofMillis(1))
			.expectNext(Duration.ofSeconds(30))
			.expectNoEvent(Duration.ofMillis(59_999))
			.thenAwait(Duration.ofMillis(1))
			.expectNext(Duration.ofSeconds(90))
			.expectNoEvent(Duration.ofMillis(29_999))
			.thenAwait(Duration.ofMillis(1))
			.expectNext(Duration.ofMinutes(2))
			.expectComplete()
			.verify(Duration.ofSeconds(30));
	}

	private Flux<Duration> timeoutAfter(Duration total) {
		return this.<Duration>watch(Flux.never(), total)
			.onErrorResume(GeminiTimeoutException.class, (ex) -> Mono.just(ex.getTimeout()));
	}

	private <T> Flux<T> watch(Publisher<T> stream, @Nullable Duration total) {
		return watch(stream, FIRST, IDLE, total);
	}

	private <T> Flux<T> watch(Publisher<T> stream, Duration first, Duration idle, @Nullable Duration total) {
		CallContext context = Errors.context("streamGenerateContent", "gemini-3.5-flash",
				GeminiClientSettings.builder(Errors.KEY)
					.firstEventTimeout(first)
					.idleTimeout(idle)
					.totalTimeout(total)
					.build());
		return TimeLimitSubscriber.limit(stream, new HttpAttempt(context));
	}

	private void assertLimit(Throwable ex, GeminiTimeLimit limit, Duration timeout) {
		assertThat(ex).isInstanceOfSatisfying(GeminiTimeoutException.class, (exception) -> {
			assertThat(exception.getLimit()).isEqualTo(limit);
			assertThat(exception.getTimeout()).isEqualTo(timeout);
			assertThat(exception).hasMessageContaining(limit.getProperty()).hasMessageContaining("gemini-3.5-flash");
		});
	}

	/**
	 * Checks a call while it reads the clock.
	 */
	private static final class CheckingScheduler extends VirtualTimeScheduler {

		private Runnable check;

		private boolean checking;

		CheckingScheduler() {
			super(true);
		}

		@Override
		public long now(TimeUnit unit) {
			if (this.checking) {
				this.checking = false;
				this.check.run();
			}
			return super.now(unit);
		}

	}

}
