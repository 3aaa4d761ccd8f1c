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

package com.cometapi.gemini.cost;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.client.GeminiExchangeFilter;
import com.cometapi.gemini.client.GeminiRetrySettings;
import com.cometapi.gemini.cost.GeminiBudget.OnExceeded;
import com.cometapi.gemini.cost.GeminiBudget.Period;
import com.cometapi.gemini.cost.GeminiBudgetFilter.OnStoreFailure;
import com.cometapi.gemini.error.GeminiAuthenticationException;
import com.cometapi.gemini.error.GeminiBudgetExceededException;
import com.cometapi.gemini.error.GeminiBudgetUnavailableException;
import com.cometapi.gemini.error.GeminiConnectionException;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiFailureCode;
import com.cometapi.gemini.error.GeminiInvalidRequestException;
import com.cometapi.gemini.error.GeminiServerException;
import com.cometapi.gemini.error.GeminiTimeoutException;
import com.cometapi.gemini.fallback.GeminiFallbackExchangeFilter;
import com.cometapi.gemini.fallback.GeminiFallbackSettings;
import com.cometapi.gemini.fallback.GeminiFallbackTarget;
import com.cometapi.gemini.limit.GeminiLimit;
import com.cometapi.gemini.limit.GeminiLimitExchangeFilter;
import com.cometapi.gemini.limit.GeminiLimitSettings;
import com.cometapi.gemini.prompt.ModelAdapter;
import com.cometapi.gemini.prompt.ThinkingDefaults;
import com.cometapi.gemini.testsupport.GeminiServer;
import com.cometapi.gemini.testsupport.UsageResponses;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link GeminiBudgetFilter} with its store in memory. A call of 100 input and
 * 20 output tokens costs 0.0003; 20 output tokens are reserved, and one input token.
 */
class GeminiBudgetFilterTests {

	private static final BigDecimal COST = new BigDecimal("0.0003");

	private static final BigDecimal ESTIMATE = new BigDecimal("0.000201");

	@AutoClose
	private final GeminiServer server = new GeminiServer();

	private final BlockingQueue<GeminiBudgetEvent> events = new LinkedBlockingQueue<>();

	private Instant now = Instant.parse("2026-11-26T10:00:00Z");

	private final InstantSource clock = () -> this.now;

	private final InMemoryGeminiBudgetStore store = new InMemoryGeminiBudgetStore(this.clock);

	@Test
	void refusingBudgetAllowsCallsUpToItsLimit() {
		GeminiTemplate gemini = template(budget("all", null, "0.001", OnExceeded.REFUSE));
		respond(3);
		ask(gemini, "a");
		ask(gemini, "b");
		ask(gemini, "a");
		assertThatExceptionOfType(GeminiBudgetExceededException.class).isThrownBy(() -> ask(gemini, "a"))
			.withMessage(
					"The budget 'all' does not allow this call: 0.0009 of 0.001 are spent or reserved, and the call "
							+ "may cost 0.000201. It starts again at 2026-11-27T00:00:00Z")
			.satisfies((ex) -> {
				assertThat(ex.getBudget()).isEqualTo("all");
				assertThat(ex.getKey()).isEmpty();
				assertThat(ex.getLimit()).isEqualByComparingTo("0.001");
				assertThat(ex.getSpent()).isEqualByComparingTo("0.0009");
				assertThat(ex.getResetAt()).isEqualTo("2026-11-27T00:00:00Z");
				assertThat(ex.getRetryAfter()).isEqualTo(Duration.ofHours(14));
				assertThat(ex.getFailureCode()).isEqualTo(GeminiFailureCode.BUDGET);
				assertThat(ex.isTransient()).isFalse();
			});
		assertThat(this.server.requestCount()).isEqualTo(3);
	}

	@Test
	void listenerIsNotifiedOfARefusedCall() throws InterruptedException {
		GeminiTemplate gemini = template(budget("all", null, "0.0001", OnExceeded.REFUSE));
		assertThatExceptionOfType(GeminiBudgetExceededException.class).isThrownBy(() -> ask(gemini, "a"));
		assertThat(this.events.poll(30, TimeUnit.SECONDS)).satisfies((event) -> {
			assertThat(event.budget().name()).isEqualTo("all");
			assertThat(event.refused()).isTrue();
		});
	}

	@Test
	void waitIsZeroIfThePeriodEndsBeforeTheStoreRefusesACall() {
		Mono<Void> midnight = Mono.fromRunnable(() -> this.now = Instant.parse("2026-11-27T00:00:01Z"));
		GeminiTemplate gemini = this.server.template(
				filter(budget("all", null, "0.0001", OnExceeded.REFUSE)).store(replyingAfter(midnight)).build(),
				costs());
		assertThatExceptionOfType(GeminiBudgetExceededException.class).isThrownBy(() -> ask(gemini, "a"))
			.satisfies((ex) -> assertThat(ex.getRetryAfter()).isZero());
	}

	@Test
	void storeTimeoutMayExceedTheRangeOfNanoseconds() {
		GeminiTemplate gemini = this.server
			.template(filter(budget("all", null, "1", OnExceeded.REFUSE)).storeTimeout(ChronoUnit.FOREVER.getDuration())
				.build(), costs());
		respond(1);
		assertThat(ask(gemini, "a")).isEqualTo("Hi");
	}

	@Test
	void eachKeyHasABudget() {
		GeminiTemplate gemini = template(new GeminiBudget("tenant", "tenant", Period.DAY, COST,
				Map.of("big", new BigDecimal("0.001")), OnExceeded.REFUSE));
		respond(4);
		ask(gemini, "a");
		ask(gemini, "b");
		ask(gemini, "big");
		ask(gemini, "big");
		for (String key : List.of("a", "b")) {
			assertThatExceptionOfType(GeminiBudgetExceededException.class).isThrownBy(() -> ask(gemini, key))
				.withMessageContaining("The budget 'tenant' of '%s'".formatted(key))
				.matches((ex) -> ex.getKey().equals(key));
		}
	}

	@Test
	void callsWithoutAKeyShareABudget() {
		GeminiTemplate gemini = template(budget("tenant", "tenant", "0.0003", OnExceeded.REFUSE));
		respond(2);
		ask(gemini, "a");
		gemini.prompt("Hi").call();
		assertThatExceptionOfType(GeminiBudgetExceededException.class).isThrownBy(() -> gemini.prompt("Hi").call())
			.matches((ex) -> ex.getKey().isEmpty());
	}

	@Test
	void budgetThatRefusesReleasesTheReservationsOfOthers() {
		GeminiTemplate gemini = template(budget("all", null, "0.001", OnExceeded.REFUSE),
				budget("tenant", "tenant", "0.0001", OnExceeded.REFUSE));
		assertThatExceptionOfType(GeminiBudgetExceededException.class).isThrownBy(() -> ask(gemini, "a"))
			.matches((ex) -> ex.getBudget().equals("tenant"));
		assertThat(spent("all:2026-11-26:")).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "DAY", "MONTH" })
	void budgetStartsAgainWithItsPeriod(Period period) {
		this.now = Instant.parse("2026-11-30T22:59:00Z");
		GeminiTemplate gemini = this.server
			.template(filter(new GeminiBudget("all", null, period, COST, Map.of(), OnExceeded.REFUSE))
				.zone(ZoneId.of("Europe/Berlin"))
				.build(), costs());
		respond(2);
		ask(gemini, "a");
		assertThatExceptionOfType(GeminiBudgetExceededException.class).isThrownBy(() -> ask(gemini, "a"))
			.matches((ex) -> ex.getResetAt().equals(Instant.parse("2026-11-30T23:00:00Z")));
		this.now = Instant.parse("2026-11-30T23:00:00Z");
		ask(gemini, "a");
		assertThatExceptionOfType(GeminiBudgetExceededException.class).isThrownBy(() -> ask(gemini, "a"))
			.matches((ex) -> ex.getResetAt()
				.equals(Instant.parse((period == Period.DAY) ? "2026-12-01T23:00:00Z" : "2026-12-31T23:00:00Z")));
	}

	@Test
	void notifyingBudgetNotifiesOnce() throws InterruptedException {
		GeminiTemplate gemini = template(budget("all", null, "0.0005", OnExceeded.NOTIFY));
		respond(4);
		for (int i = 0; i < 4; i++) {
			ask(gemini, "a");
		}
		GeminiBudgetEvent event = this.events.poll(30, TimeUnit.SECONDS);
		assertThat(event).isNotNull();
		assertThat(event.spent()).isEqualByComparingTo("0.0006");
		assertThat(event.refused()).isFalse();
		assertThat(this.events).isEmpty();
	}

	@Test
	void racingCallsDoNotExceedALimit() {
		this.server.reply((text) -> "Hi");
		BigDecimal limit = ESTIMATE.multiply(BigDecimal.valueOf(50));
		GeminiTemplate gemini = template(budget("all", null, limit.toPlainString(), OnExceeded.REFUSE));
		List<String> outcomes = Flux.range(0, 1000)
			.flatMap((i) -> gemini.prompt("Hi")
				.callAsync()
				.map((response) -> "done")
				.onErrorResume(GeminiBudgetExceededException.class, (ex) -> Mono.just("refused")), 1000)
			.collectList()
			.block(Duration.ofSeconds(60));
		// Without usage in the response, the reservation is the charge.
		assertThat(outcomes).hasSize(1000);
		assertThat(outcomes.stream().filter("done"::equals)).hasSize(50);
		assertThat(this.server.requestCount()).isEqualTo(50);
		assertThat(spent("all:2026-11-26:")).isEqualTo(GeminiBudget.toBillionths(limit));
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 404, 429, 500, 503 })
	void callThatTheEndpointRefusesIsNotCharged(int status) {
		GeminiTemplate gemini = template(budget("all", null, "1", OnExceeded.REFUSE),
				budget("soft", null, "1", OnExceeded.NOTIFY));
		this.server.answerStatus(status);
		assertThatExceptionOfType(GeminiException.class).isThrownBy(() -> ask(gemini, "a"));
		assertThat(spent("all:2026-11-26:")).isZero();
		assertThat(spent("soft:2026-11-26:")).isZero();
	}

	@Test
	void callWithoutAConnectionIsNotCharged() {
		GeminiTemplate gemini = template(budget("all", null, "1", OnExceeded.REFUSE));
		this.server.close();
		assertThatExceptionOfType(GeminiConnectionException.class).isThrownBy(() -> ask(gemini, "a"));
		assertThat(spent("all:2026-11-26:")).isZero();
	}

	@Test
	void callThatMayHaveRunKeepsItsReservation() {
		GeminiTemplate gemini = template(budget("all", null, "1", OnExceeded.REFUSE),
				budget("soft", null, "1", OnExceeded.NOTIFY));
		this.server.hold();
		assertThatExceptionOfType(GeminiTimeoutException.class)
			.isThrownBy(() -> gemini.prompt("Hi").firstEventTimeout(Duration.ofSeconds(2)).call());
		assertThat(spent("all:2026-11-26:")).isEqualTo(GeminiBudget.toBillionths(ESTIMATE));
		assertThat(spent("soft:2026-11-26:")).isEqualTo(GeminiBudget.toBillionths(ESTIMATE));
	}

	@Test
	void attemptThatMayHaveRunIsChargedEvenIfARetryIsRefused() {
		GeminiTemplate gemini = template(budget("all", null, "1", OnExceeded.REFUSE));
		this.server.answer(new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build())
			.answerStatus(401);
		GeminiRetrySettings retry = GeminiRetrySettings.builder()
			.maxAttempts(2)
			.initialDelay(Duration.ofMillis(1))
			.build();
		assertThatExceptionOfType(GeminiAuthenticationException.class)
			.isThrownBy(() -> gemini.prompt("Hi").retry(retry).call());
		assertThat(this.server.requestCount()).isEqualTo(2);
		assertThat(spent("all:2026-11-26:")).isEqualTo(GeminiBudget.toBillionths(ESTIMATE));
	}

	@Test
	void fallbackThatMayHaveRunIsChargedEvenIfTheFirstChoiceDidNotRun() {
		GeminiFallbackSettings settings = GeminiFallbackSettings.of("gemini-3.5-flash",
				GeminiFallbackTarget.ofModel("gemini-3.1-flash-lite"));
		GeminiTemplate gemini = this.server.template(filter(budget("all", null, "1", OnExceeded.REFUSE)).build(),
				costs(),
				new GeminiFallbackExchangeFilter(settings, new ModelAdapter(ThinkingDefaults.NONE), null, List.of()));
		this.server.answerStatus(503)
			.answer(new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
		assertThatExceptionOfType(GeminiServerException.class)
			.isThrownBy(() -> gemini.prompt("Hi").retry(GeminiRetrySettings.NONE).call());
		assertThat(this.server.requestCount()).isEqualTo(2);
		assertThat(spent("all:2026-11-26:")).isEqualTo(GeminiBudget.toBillionths(ESTIMATE));
	}

	@Test
	void cancelledStreamIsChargedTheHigherOfReservationAndReportedCost() {
		GeminiTemplate gemini = template(budget("all", null, "1", OnExceeded.REFUSE));
		this.server.answerEvents(UsageResponses.event("A", null, 100, 1), UsageResponses.event("B", "STOP", 100, 20))
			.answerEvents(UsageResponses.event("A", null, 900, 1), UsageResponses.event("B", "STOP", 900, 20))
			.answerEvents(UsageResponses.event("A", "STOP", 10, 1), UsageResponses.event("B", null, null, null));
		cancelAfterTheFirstEvent(gemini);
		assertThat(spent("all:2026-11-26:")).isEqualTo(201_000);
		cancelAfterTheFirstEvent(gemini);
		assertThat(spent("all:2026-11-26:")).isEqualTo(201_000 + 910_000);
		// The model had ended already.
		cancelAfterTheFirstEvent(gemini);
		assertThat(spent("all:2026-11-26:")).isEqualTo(201_000 + 910_000 + 20_000);
	}

	private static void cancelAfterTheFirstEvent(GeminiTemplate gemini) {
		StepVerifier.create(gemini.prompt("Hi").stream(), 1).expectNextCount(1).thenCancel().verify();
	}

	@Test
	void responseOfAnotherFilterIsNotCharged() {
		GeminiExchangeFilter canned = (exchange, next) -> Flux
			.just(GenerateContentResponse.builder().candidates(Candidate.builder().build()).build());
		this.server.template(filter(budget("all", null, "1", OnExceeded.REFUSE)).build(), canned).prompt("Hi").call();
		assertThat(spent("all:2026-11-26:")).isZero();
	}

	@Test
	void cutStreamIsChargedItsReservation() {
		GeminiTemplate gemini = template(budget("all", null, "1", OnExceeded.REFUSE));
		this.server.answerEvents(UsageResponses.event("A", null, 100, 1));
		StepVerifier.create(gemini.prompt("Hi").stream()).expectNextCount(1).verifyError(GeminiException.class);
		assertThat(spent("all:2026-11-26:")).isEqualTo(201_000);
	}

	@Test
	void modelWithoutAPriceIsRefusedByARefusingBudgetOnly() {
		GeminiTemplate refusing = template(budget("all", null, "1", OnExceeded.REFUSE));
		GeminiTemplate notifying = template(budget("all", null, "1", OnExceeded.NOTIFY));
		respond(1);
		assertThatExceptionOfType(GeminiInvalidRequestException.class)
			.isThrownBy(() -> refusing.prompt("Hi").model("gemini-9").call())
			.withMessageContaining("The model 'gemini-9' has no price, so that the budget 'all' cannot be checked");
		assertThat(notifying.prompt("Hi").model("gemini-9").call().text()).isEqualTo("Hi");
	}

	@Test
	void failedStoreAllowsCallsIfConfigured() {
		GeminiBudgetStore failing = failing(Mono.error(new IllegalStateException("lost")));
		GeminiTemplate gemini = this.server
			.template(filter(budget("all", null, "0.0001", OnExceeded.REFUSE)).store(failing)
				.onStoreFailure(OnStoreFailure.ALLOW)
				.build(), costs());
		respond(1);
		assertThat(ask(gemini, "a")).isEqualTo("Hi");
	}

	@Test
	void failedStoreRefusesCallsIfConfigured() {
		GeminiBudgetStore failing = failing(Mono.error(new IllegalStateException("lost")));
		GeminiTemplate gemini = this.server.template(filter(budget("all", null, "1", OnExceeded.REFUSE)).store(failing)
			.onStoreFailure(OnStoreFailure.REFUSE)
			.build(), costs());
		assertThatExceptionOfType(GeminiBudgetUnavailableException.class).isThrownBy(() -> ask(gemini, "a"))
			.withRootCauseInstanceOf(IllegalStateException.class)
			.matches(GeminiException::isTransient);
		assertThat(this.server.requestCount()).isZero();
	}

	@Test
	void lateReservationIsReleased() {
		Sinks.Empty<Void> response = Sinks.empty();
		GeminiBudgetStore slow = replyingAfter(response.asMono());
		GeminiTemplate gemini = this.server.template(filter(budget("all", null, "1", OnExceeded.REFUSE)).store(slow)
			.storeTimeout(Duration.ofMillis(50))
			.build(), costs());
		respond(1);
		ask(gemini, "a");
		assertThat(spent("all:2026-11-26:")).isEqualTo(201_000 + 300_000);
		response.tryEmitEmpty();
		assertThat(spent("all:2026-11-26:")).isEqualTo(300_000);
	}

	@Test
	void callThatIsCancelledDuringItsReservationIsNotCharged() {
		Sinks.Empty<Void> response = Sinks.empty();
		GeminiBudgetStore slow = replyingAfter(response.asMono());
		GeminiTemplate gemini = this.server
			.template(filter(budget("all", null, "1", OnExceeded.REFUSE)).store(slow).build());
		gemini.prompt("Hi").stream().subscribe().dispose();
		response.tryEmitEmpty();
		assertThat(spent("all:2026-11-26:")).isZero();
		assertThat(this.server.requestCount()).isZero();
	}

	@Test
	void callThatIsCancelledWhileItWaitsForALimitIsNotCharged() {
		GeminiLimitExchangeFilter limits = new GeminiLimitExchangeFilter(
				GeminiLimitSettings.of(new GeminiLimit(1, null, null)));
		GeminiTemplate gemini = this.server.template(filter(budget("all", null, "1", OnExceeded.REFUSE)).build(),
				costs(), limits);
		this.server.hold();
		Disposable running = gemini.prompt("Hi").stream().subscribe();
		gemini.prompt("Hi").stream().subscribe().dispose();
		assertThat(spent("all:2026-11-26:")).isEqualTo(GeminiBudget.toBillionths(ESTIMATE));
		running.dispose();
	}

	@Test
	void callThatIsCancelledAfterAnAttemptThatWasRefusedIsNotCharged() throws InterruptedException {
		CountDownLatch refused = new CountDownLatch(1);
		GeminiRetrySettings retry = GeminiRetrySettings.builder()
			.maxAttempts(2)
			.initialDelay(Duration.ofSeconds(20))
			.build();
		GeminiTemplate gemini = this.server.template(
				this.server.settings().retry(retry).retryListeners(List.of((event) -> refused.countDown())),
				filter(budget("all", null, "1", OnExceeded.REFUSE)).build(), costs());
		this.server.answerStatus(503);
		Disposable call = gemini.prompt("Hi").stream().subscribe();
		assertThat(refused.await(30, TimeUnit.SECONDS)).isTrue();
		call.dispose();
		assertThat(spent("all:2026-11-26:")).isZero();
	}

	@Test
	void callThatAnotherFilterRefusesIsNotCharged() {
		GeminiExchangeFilter guardrail = (exchange, next) -> {
			throw new IllegalStateException("Not allowed");
		};
		GeminiTemplate gemini = this.server.template(filter(budget("all", null, "1", OnExceeded.REFUSE)).build(),
				costs(), guardrail);
		assertThatIllegalStateException().isThrownBy(() -> ask(gemini, "a"));
		assertThat(spent("all:2026-11-26:")).isZero();
	}

	@Test
	void callWhoseResponseAnotherFilterReplacesIsCharged() {
		GeminiExchangeFilter guardrail = (exchange, next) -> next.exchange(exchange)
			.thenMany(Flux.just(GenerateContentResponse.builder().candidates(Candidate.builder().build()).build()));
		GeminiTemplate gemini = this.server.template(filter(budget("all", null, "1", OnExceeded.REFUSE)).build(),
				costs(), guardrail);
		respond(1);
		ask(gemini, "a");
		assertThat(spent("all:2026-11-26:")).isEqualTo(GeminiBudget.toBillionths(ESTIMATE));
	}

	@Test
	void endedPeriodsAreRemovedFromMemory() {
		this.store.add("a", 5, this.now.plusSeconds(10)).block();
		this.store.add("b", 7, this.now.plusSeconds(20)).block();
		this.now = this.now.plusSeconds(10);
		this.store.add("a", -5, this.now.plusSeconds(10)).block();
		assertThat(spent("a")).isZero();
		assertThat(spent("b")).isEqualTo(7);
		this.now = this.now.plusSeconds(10);
		assertThat(spent("b")).isZero();
	}

	private GeminiBudgetStore replyingAfter(Mono<Void> signal) {
		return new GeminiBudgetStore() {

			@Override
			public Mono<Reservation> reserve(String key, long amount, long limit, Instant expiry) {
				return GeminiBudgetFilterTests.this.store.reserve(key, amount, limit, expiry)
					.flatMap((result) -> signal.thenReturn(result));
			}

			@Override
			public Mono<Long> add(String key, long amount, Instant expiry) {
				return GeminiBudgetFilterTests.this.store.add(key, amount, expiry);
			}

		};
	}

	private static GeminiBudgetStore failing(Mono<?> failure) {
		return new GeminiBudgetStore() {

			@Override
			public Mono<Reservation> reserve(String key, long amount, long limit, Instant expiry) {
				return failure.cast(Reservation.class);
			}

			@Override
			public Mono<Long> add(String key, long amount, Instant expiry) {
				return failure.cast(Long.class);
			}

		};
	}

	private GeminiTemplate template(GeminiBudget... budgets) {
		return this.server.template(filter(budgets).build(), costs());
	}

	private GeminiBudgetFilter.Builder filter(GeminiBudget... budgets) {
		return GeminiBudgetFilter.builder(GeminiCostFilterTests.PRICES, List.of(budgets))
			.estimatedOutputTokens(20)
			.store(this.store)
			.clock(this.clock)
			.listeners(new ArrayList<>(List.of(this.events::add)));
	}

	private static GeminiCostFilter costs() {
		return new GeminiCostFilter(GeminiCostFilterTests.PRICES, new GeminiCosts());
	}

	private static GeminiBudget budget(String name, String per, String limit, OnExceeded onExceeded) {
		return new GeminiBudget(name, per, Period.DAY, new BigDecimal(limit), Map.of(), onExceeded);
	}

	private void respond(int times) {
		for (int i = 0; i < times; i++) {
			this.server.answer(UsageResponses.text("Hi", 100, 20));
		}
	}

	private static String ask(GeminiTemplate gemini, String tenant) {
		return gemini.prompt("Hi").budgetKey("tenant", tenant).call().text();
	}

	private long spent(String key) {
		return this.store.add(key, 0, this.now.plus(Duration.ofDays(60))).block();
	}

}
