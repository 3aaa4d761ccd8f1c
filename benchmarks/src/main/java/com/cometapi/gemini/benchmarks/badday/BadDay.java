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

package com.cometapi.gemini.benchmarks.badday;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiClientSettings;
import com.cometapi.gemini.client.GeminiJsonMapper;
import com.cometapi.gemini.client.GeminiRetryListener;
import com.cometapi.gemini.client.GeminiRetrySettings;
import com.cometapi.gemini.fallback.ConsecutiveFailuresCircuitBreaker;
import com.cometapi.gemini.fallback.GeminiCircuit;
import com.cometapi.gemini.fallback.GeminiFallbackExchangeFilter;
import com.cometapi.gemini.fallback.GeminiFallbackSettings;
import com.cometapi.gemini.fallback.GeminiFallbackTarget;
import com.cometapi.gemini.limit.GeminiLimit;
import com.cometapi.gemini.limit.GeminiLimitEvent;
import com.cometapi.gemini.limit.GeminiLimitExchangeFilter;
import com.cometapi.gemini.limit.GeminiLimitSettings;
import com.cometapi.gemini.prompt.GeminiDefaults;
import com.cometapi.gemini.prompt.ModelAdapter;
import com.cometapi.gemini.prompt.PromptSpec;
import com.cometapi.gemini.prompt.ThinkingDefaults;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * A bad day of the first connection, with a fallback to a second one whose concurrent
 * calls are limited: callers that take turns, calls and streams alternately, while the
 * first connection responds, fails for 30 % of the calls (resets, stalls, 429 and 503),
 * is gone, fails again and responds again.
 */
public final class BadDay {

	private static final String MODEL = "gemini-3.5-flash";

	private static final String SECOND = "second";

	static final String TURN_HEADER = "X-Turn";

	private static final double FAULT_RATE = 0.3;

	private static final int WARM_UP_TURNS = 600;

	private static final Duration FIRST_EVENT_TIMEOUT = Duration.ofSeconds(3);

	private final Duration length;

	private final int callers;

	private final Duration think;

	private final Duration circuitWait;

	private final GeminiLimit limitOfSecond;

	private final Map<Phase, Outcomes> outcomes = new EnumMap<>(Phase.class);

	private final AtomicLong turns = new AtomicLong();

	private final ConcurrentMap<Long, Integer> billed = new ConcurrentHashMap<>();

	private final Set<Long> timedOut = ConcurrentHashMap.newKeySet();

	private final AtomicInteger waits = new AtomicInteger();

	private final AtomicLong longestWait = new AtomicLong();

	private final AtomicInteger rejections = new AtomicInteger();

	private volatile Phase phase = Phase.MORNING;

	private volatile List<GeminiCircuit> circuits = List.of();

	/**
	 * Create a day.
	 * @param length the length of the day
	 * @param callers the number of callers
	 * @param think the time between two turns of a caller, on average
	 * @param circuitWait the time for which a circuit stays open
	 * @param limitOfSecond the limit of the second connection
	 */
	BadDay(Duration length, int callers, Duration think, Duration circuitWait, GeminiLimit limitOfSecond) {
		this.length = length;
		this.callers = callers;
		this.think = think;
		this.circuitWait = circuitWait;
		this.limitOfSecond = limitOfSecond;
		for (Phase phase : Phase.values()) {
			this.outcomes.put(phase, new Outcomes());
		}
	}

	/**
	 * Simulate the day.
	 */
	void run() {
		try (Endpoint first = new Endpoint(this.billed); Endpoint second = new Endpoint(this.billed)) {
			warmUp(first, second);
			GeminiFallbackExchangeFilter fallback = fallback();
			GeminiTemplate gemini = gemini(first, second, fallback);
			Mono<Void> day = Flux.fromArray(Phase.values())
				.concatMap((part) -> Mono.fromRunnable(() -> begin(part, first))
					.subscribeOn(Schedulers.boundedElastic())
					.then(Mono.delay(this.length.multipliedBy(part.percent()).dividedBy(100)))
					.doOnNext((end) -> outcomes(part).ofSecond(second.takeCalls(), second.takeMostConcurrent())))
				.then();
			Mono<Void> dayOver = day.cache();
			Flux.range(0, this.callers)
				.flatMap((caller) -> turns(gemini, dayOver), this.callers)
				.then()
				.and(dayOver)
				.block(this.length.plusMinutes(2));
			this.circuits = fallback.getCircuits();
		}
	}

	// Classes that are loaded while 200 callers begin would make the first turns slow.
	private void warmUp(Endpoint first, Endpoint second) {
		first.fail(FAULT_RATE);
		GeminiTemplate gemini = gemini(first, second, fallback());
		Flux.range(0, WARM_UP_TURNS)
			.flatMap((i) -> ((i % 2 == 0) ? gemini.prompt("Hi").stream() : gemini.prompt("Hi").callAsync().flux())
				.onErrorComplete(), 20)
			.then()
			.block(Duration.ofMinutes(2));
		this.billed.clear();
		this.timedOut.clear();
		this.waits.set(0);
		this.longestWait.set(0);
		second.takeCalls();
		second.takeMostConcurrent();
	}

	private void begin(Phase phase, Endpoint first) {
		this.phase = phase;
		first.fail((phase == Phase.NOON || phase == Phase.AFTERNOON) ? FAULT_RATE : 0);
		if (phase == Phase.OUTAGE) {
			first.goAway();
		}
		if (phase == Phase.AFTERNOON) {
			first.comeBack();
		}
	}

	private Mono<Void> turns(GeminiTemplate gemini, Mono<Void> dayOver) {
		return Mono.defer(() -> Mono.delay(pause()).then(turn(gemini)))
			.repeat()
			.takeUntilOther(dayOver.thenReturn(true))
			.then();
	}

	private static boolean isFallback(GenerateContentResponse response) {
		return response.origin() != null && response.origin().fallback();
	}

	private Duration pause() {
		return Duration.ofNanos((long) (this.think.toNanos() * ThreadLocalRandom.current().nextDouble(0.5, 1.5)));
	}

	private Mono<Void> turn(GeminiTemplate gemini) {
		return Mono.defer(() -> {
			long turn = this.turns.incrementAndGet();
			Outcomes outcomes = outcomes(this.phase);
			long started = System.nanoTime();
			AtomicLong events = new AtomicLong();
			PromptSpec prompt = gemini.prompt("Hi").header(TURN_HEADER, Long.toString(turn));
			Flux<GenerateContentResponse> response = (turn % 2 == 0) ? prompt.stream() : prompt.callAsync().flux();
			return response.doOnNext((event) -> events.incrementAndGet())
				.last()
				.doOnNext(
						(last) -> outcomes.succeeded(!isFallback(last), Duration.ofNanos(System.nanoTime() - started)))
				.doOnError((ex) -> outcomes.failed(ex, events.get() > 0))
				.onErrorComplete()
				.then();
		});
	}

	private GeminiFallbackExchangeFilter fallback() {
		return new GeminiFallbackExchangeFilter(
				GeminiFallbackSettings.of(MODEL, GeminiFallbackTarget.ofConnection(SECOND)),
				new ModelAdapter(ThinkingDefaults.NONE),
				(connection, model) -> new ConsecutiveFailuresCircuitBreaker("'%s'".formatted(connection), 5,
						this.circuitWait),
				List.of());
	}

	// An exchange that has no response yet is cancelled only by a time limit.
	private Mono<ClientResponse> noteTimeout(ClientRequest request, ExchangeFunction next) {
		return next.exchange(request).doOnCancel(() -> {
			String turn = request.headers().getFirst(TURN_HEADER);
			if (turn != null) {
				this.timedOut.add(Long.valueOf(turn));
			}
		});
	}

	private void countWait(GeminiLimitEvent event) {
		if (event.waited().toMillis() > 0) {
			this.waits.incrementAndGet();
			this.longestWait.accumulateAndGet(event.waited().toMillis(), Math::max);
		}
		if (event.rejection() != null) {
			this.rejections.incrementAndGet();
		}
	}

	private GeminiTemplate gemini(Endpoint first, Endpoint second, GeminiFallbackExchangeFilter fallback) {
		GeminiLimitExchangeFilter limits = new GeminiLimitExchangeFilter(
				GeminiLimitSettings.of(GeminiLimit.NONE).withConnection(SECOND, this.limitOfSecond), null,
				List.of(this::countWait));
		GeminiClient client = client("default", first, limits)
			.withConnections(Map.of(SECOND, client(SECOND, second, limits))::get)
			.withFilters(fallback, limits);
		return new GeminiTemplate(client, GeminiDefaults.of(MODEL));
	}

	private GeminiClient client(String name, Endpoint endpoint, GeminiRetryListener limits) {
		return GeminiClient.create(WebClient.builder().filter(this::noteTimeout), GeminiJsonMapper.builder().build(),
				GeminiClientSettings.builder("sk-bad-day")
					.connectionName(name)
					.baseUrl(endpoint.url())
					.firstEventTimeout(FIRST_EVENT_TIMEOUT)
					.idleTimeout(Duration.ofSeconds(5))
					.totalTimeout(Duration.ofSeconds(20))
					.retry(GeminiRetrySettings.builder()
						.maxAttempts(2)
						.initialDelay(Duration.ofMillis(200))
						.budget(Duration.ofSeconds(3))
						.build())
					.retryListeners(List.of(limits))
					.build());
	}

	Outcomes outcomes(Phase phase) {
		return Objects.requireNonNull(this.outcomes.get(phase));
	}

	int sum(ToIntFunction<Outcomes> number) {
		return this.outcomes.values().stream().mapToInt(number).sum();
	}

	/**
	 * Return the number of turns that were billed more than once.
	 * @return the number
	 */
	long billedTwice() {
		return this.billed.values().stream().filter((count) -> count > 1).count();
	}

	/**
	 * Return the number of turns that were billed more than once although no time limit
	 * had ended a call whose response was under way.
	 * @return the number
	 */
	long billedTwiceWithoutTimeout() {
		return this.billed.entrySet()
			.stream()
			.filter((turn) -> turn.getValue() > 1 && !this.timedOut.contains(turn.getKey()))
			.count();
	}

	/**
	 * Return the number of calls that the limit of the second connection rejected.
	 * @return the number
	 */
	int rejections() {
		return this.rejections.get();
	}

	List<GeminiCircuit> circuits() {
		return this.circuits;
	}

	String table() {
		StringBuilder table = new StringBuilder(
				"""
						| first connection | s | turns | succeeded | cut after an event | other failures | by the first | ms (median) | ms (99 %) | ms (longest) | \
						calls of the second | most at once |
						|---|---|---|---|---|---|---|---|---|---|---|---|
						""");
		for (Phase phase : Phase.values()) {
			Outcomes outcomes = outcomes(phase);
			table.append("| %s | %d | %,d | %.3f %% | %d | %d | %.1f %% | %d | %d | %d | %,d | %d |%n".formatted(
					phase.description(), this.length.toSeconds() * phase.percent() / 100, outcomes.turns(),
					100.0 * outcomes.succeeded() / outcomes.turns(), outcomes.cut(), outcomes.failed() - outcomes.cut(),
					100.0 * outcomes.byFirst() / outcomes.turns(), outcomes.quantile(0.5), outcomes.quantile(0.99),
					outcomes.quantile(1), outcomes.callsOfSecond(), outcomes.mostConcurrentOfSecond()));
		}
		int turns = sum(Outcomes::turns);
		table.append("| **all** | %d | %,d | **%.3f %%** | %d | %d | %.1f %% | | | | %,d | |%n".formatted(
				this.length.toSeconds(), turns, 100.0 * sum(Outcomes::succeeded) / turns, sum(Outcomes::cut),
				sum(Outcomes::failed) - sum(Outcomes::cut), 100.0 * sum(Outcomes::byFirst) / turns,
				sum(Outcomes::callsOfSecond)));
		return table.toString();
	}

	/**
	 * Simulate a day and print the table.
	 * @param arguments the length of the day, such as {@code 10m}, which is the default
	 */
	public static void main(String[] arguments) {
		Locale.setDefault(Locale.ENGLISH);
		Duration length = DurationStyle.SIMPLE.parse((arguments.length > 0) ? arguments[0] : "10m");
		BadDay day = new BadDay(length, 200, Duration.ofSeconds(1), Duration.ofSeconds(5),
				new GeminiLimit(40, 12_000, null));
		day.run();
		System.out.println(day.table());
		System.out.println("Turns billed more than once: %d, without a time limit: %d (turns with a time limit: %d)"
			.formatted(day.billedTwice(), day.billedTwiceWithoutTimeout(), day.timedOut.size()));
		System.out.println("Calls that waited for a limit: %d, %d ms at most; rejected: %d".formatted(day.waits.get(),
				day.longestWait.get(), day.rejections()));
		System.out.println("Circuits at the end: " + day.circuits());
		day.outcomes.forEach((phase, outcomes) -> System.out.println(phase + ": " + outcomes.failures()));
		System.exit(0);
	}

}
