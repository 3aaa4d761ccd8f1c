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

package com.cometapi.gemini.limit;

import java.time.Duration;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.error.GeminiLimitExceededException;
import com.cometapi.gemini.error.GeminiTimeoutException;
import com.cometapi.gemini.function.GeminiFunctionCallback;
import com.cometapi.gemini.testsupport.GeminiServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the limits of calls to a server.
 */
class LimitedCallsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@AutoClose
	private final GeminiServer server = GeminiServer.echoing();

	@Test
	void placesAreNeitherExceededNorLostByManyThreads() {
		Queue<Period> periods = new ConcurrentLinkedQueue<>();
		GeminiLimitExchangeFilter filter = filter(new GeminiLimit(4, null, null), PATIENCE);
		GeminiTemplate gemini = this.server.template(filter, (exchange, next) -> Flux.defer(() -> {
			long start = System.nanoTime();
			return Mono.delay(Duration.ofNanos(ThreadLocalRandom.current().nextInt(1_000_000)))
				.thenMany(Flux.<GenerateContentResponse>empty())
				.concatWith(Mono.just(GenerateContentResponse.builder().build()))
				.doOnTerminate(() -> periods.add(new Period(start, System.nanoTime())));
		}));
		Long ended = Flux.range(0, 1000).flatMap((i) -> {
			Mono<?> call = gemini.prompt("Hi").callAsync().subscribeOn(Schedulers.boundedElastic());
			return (i % 5 == 0)
					? call.takeUntilOther(Mono.delay(Duration.ofNanos(ThreadLocalRandom.current().nextInt(5_000_000))))
						.thenReturn(i)
					: call.thenReturn(i);
		}, 200).count().block(PATIENCE);
		assertThat(ended).isEqualTo(1000);
		assertThat(periods).hasSizeGreaterThanOrEqualTo(800);
		assertThat(mostAtOnce(periods)).isBetween(1, 4);
		Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
			assertThat(filter.getUsage().get(0).runningCalls()).isZero();
			assertThat(filter.getUsage().get(0).waitingCalls()).isZero();
		});
	}

	@Test
	void totalTimeoutCoversTheWait() {
		this.server.hold();
		GeminiLimitExchangeFilter filter = filter(new GeminiLimit(1, null, null), PATIENCE);
		GeminiTemplate gemini = this.server.template(filter);
		Mono<String> first = gemini.prompt("first").textAsync().cache();
		first.subscribe();
		assertThatExceptionOfType(GeminiTimeoutException.class)
			.isThrownBy(() -> gemini.prompt("second").totalTimeout(Duration.ofMillis(100)).text());
		assertThat(filter.getUsage().get(0).waitingCalls()).isZero();
		this.server.release();
		assertThat(first.block(PATIENCE)).isEqualTo("re: first");
		assertThat(gemini.prompt("third").text()).isEqualTo("re: third");
		assertThat(this.server.requestCount()).isEqualTo(2);
	}

	@Test
	void eachRoundOfAPromptWithFunctionsCounts() {
		this.server.answerParts("""
				{"functionCall": {"name": "time", "args": {"city": "Oslo"}}}""").answerText("It is noon");
		GeminiLimitExchangeFilter filter = filter(new GeminiLimit(1, 2, 10_000L), Duration.ZERO);
		GeminiTemplate gemini = this.server.template(filter);
		assertThat(gemini.prompt("What time is it?")
			.functions(GeminiFunctionCallback.of("time", "The time", Place.class, (place) -> "12:00"))
			.text()).isEqualTo("It is noon");
		assertThat(filter.getUsage().get(0).requests()).isEqualTo(2);
		assertThatExceptionOfType(GeminiLimitExceededException.class).isThrownBy(() -> gemini.prompt("Hi").text());
	}

	@Test
	void waitingDoesNotNeedAThread() {
		this.server.hold();
		GeminiTemplate gemini = this.server.template(filter(new GeminiLimit(1, null, null), PATIENCE));
		Flux<String> calls = Flux.range(0, 50)
			.flatMap((i) -> gemini.prompt("Hi").textAsync(), 50)
			.subscribeOn(Schedulers.single());
		StepVerifier.create(calls)
			.then(() -> Mono.fromRunnable(this.server::release).subscribeOn(Schedulers.single()).block(PATIENCE))
			.expectNextCount(50)
			.expectComplete()
			.verify(PATIENCE);
	}

	private static GeminiLimitExchangeFilter filter(GeminiLimit limit, Duration maxWait) {
		return new GeminiLimitExchangeFilter(GeminiLimitSettings.of(limit).withMaxWait(maxWait));
	}

	private static int mostAtOnce(Collection<Period> periods) {
		// Times, and by how much the number of running calls changes at each of them
		NavigableMap<Long, Integer> changes = new TreeMap<>();
		for (Period period : periods) {
			changes.merge(period.start(), 1, Integer::sum);
			changes.merge(period.end(), -1, Integer::sum);
		}
		int running = 0;
		int most = 0;
		for (int change : changes.values()) {
			running += change;
			most = Math.max(most, running);
		}
		return most;
	}

	record Place(String city) {
	}

	/** From the start to the normal end of a call, in {@link System#nanoTime()}. */
	private record Period(long start, long end) {
	}

}
