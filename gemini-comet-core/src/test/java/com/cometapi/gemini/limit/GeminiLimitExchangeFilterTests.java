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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.UsageMetadata;
import com.cometapi.gemini.client.GeminiCallOptions;
import com.cometapi.gemini.client.GeminiCallPriority;
import com.cometapi.gemini.client.GeminiExchange;
import com.cometapi.gemini.client.GeminiRetryEvent;
import com.cometapi.gemini.error.GeminiError;
import com.cometapi.gemini.error.GeminiFailureCode;
import com.cometapi.gemini.error.GeminiLimitExceededException;
import com.cometapi.gemini.error.GeminiLimitType;
import com.cometapi.gemini.error.GeminiServerException;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GeminiLimitExchangeFilter} in virtual time.
 */
class GeminiLimitExchangeFilterTests {

	private static final String MODEL = "gemini-3.5-flash";

	private final List<Long> sent = new ArrayList<>();

	private final List<String> order = new ArrayList<>();

	private final List<GeminiLimitEvent> events = new ArrayList<>();

	private VirtualTimeScheduler time;

	@BeforeEach
	void stopTime() {
		this.time = VirtualTimeScheduler.getOrSet();
	}

	@AfterEach
	void startTime() {
		VirtualTimeScheduler.reset();
	}

	@Test
	void noMinuteHasMoreRequestsThanTheLimit() {
		GeminiLimitExchangeFilter filter = filter(limits(null, 3, null), Duration.ofMinutes(10));
		for (int i = 0; i < 10; i++) {
			call(filter, "call").end();
			this.time.advanceTimeBy(Duration.ofSeconds(7));
		}
		this.time.advanceTimeBy(Duration.ofMinutes(5));
		assertThat(this.sent).hasSize(10);
		for (int i = 3; i < this.sent.size(); i++) {
			assertThat(this.sent.get(i) - this.sent.get(i - 3)).isGreaterThanOrEqualTo(60_000);
		}
		assertThat(this.sent.get(3)).isEqualTo(60_000);
	}

	@Test
	void callThatWouldWaitTooLongIsRejectedAtOnceWithTheWait() {
		GeminiLimitExchangeFilter filter = filter(limits(null, 1, null), Duration.ofSeconds(10));
		call(filter, "first").end();
		this.time.advanceTimeBy(Duration.ofSeconds(20));

		GeminiLimitExceededException rejection = call(filter, "second").rejection();
		assertThat(rejection).hasMessage(
				"The call to the model 'gemini-3.5-flash' was not made: the connection 'default' allows 1 requests per minute. "
						+ "It waited 0.0 s of at most 10.0 s ('cometapi.gemini.limits.max-wait'); try again in 40.0 s.");
		assertThat(rejection.getRetryAfter()).isEqualTo(Duration.ofSeconds(40));
		assertThat(rejection.getError().retryAfter()).isEqualTo(Duration.ofSeconds(40));
		assertThat(rejection.getWaited()).isZero();
		assertThat(rejection.getType()).isEqualTo(GeminiLimitType.REQUESTS_PER_MINUTE);
		assertThat(rejection.getFailureCode()).isEqualTo(GeminiFailureCode.RATE_LIMIT);
		assertThat(rejection.isTransient()).isTrue();
		assertThat(this.sent).hasSize(1);
	}

	@Test
	void callWaitsForOneOfTheRunningCallsToEnd() {
		GeminiLimitExchangeFilter filter = filter(limits(2, null, null), Duration.ofSeconds(10));
		Call first = call(filter, "first");
		call(filter, "second");
		Call third = call(filter, "third");
		this.time.advanceTimeBy(Duration.ofSeconds(5));
		assertThat(this.order).containsExactly("first", "second");
		assertThat(filter.getUsage()).singleElement().satisfies((usage) -> {
			assertThat(usage.scope().name()).isEqualTo("default");
			assertThat(usage.runningCalls()).isEqualTo(2);
			assertThat(usage.waitingCalls()).isEqualTo(1);
		});
		first.end();
		this.time.advanceTime();
		assertThat(this.order).containsExactly("first", "second", "third");
		assertThat(third.rejection).isNull();
		assertThat(this.events).extracting(GeminiLimitEvent::waited)
			.containsExactly(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(5));
	}

	@Test
	void callIsRejectedAfterTheMaximumWait() {
		GeminiLimitExchangeFilter filter = filter(limits(1, null, null), Duration.ofSeconds(10));
		Call first = call(filter, "first");
		Call second = call(filter, "second");
		this.time.advanceTimeBy(Duration.ofMillis(9_999));
		assertThat(second.rejection).isNull();
		this.time.advanceTimeBy(Duration.ofMillis(1));
		assertThat(second.rejection())
			.hasMessageContaining(
					"the connection 'default' allows 1 concurrent calls. It waited 10.0 s of at most 10.0 s")
			.hasMessageEndingWith("('cometapi.gemini.limits.max-wait').");
		assertThat(second.rejection().getRetryAfter()).isNull();
		assertThat(second.rejection().getWaited()).isEqualTo(Duration.ofSeconds(10));
		assertThat(filter.getUsage().get(0).rejectedCalls()).isEqualTo(1);
		assertThat(this.events.get(1).rejection()).isSameAs(second.rejection());

		first.end();
		call(filter, "third");
		assertThat(this.order).containsExactly("first", "third");
	}

	@Test
	void callIsNotRejectedBeforeTheLimitsHaveDecided() {
		AtomicReference<GeminiLimitExchangeFilter> filter = new AtomicReference<>();
		GeminiLimitListener busy = (event) -> {
			if (this.order.isEmpty()) {
				this.order.add("decision about the first");
				call(filter.get(), "second");
				this.time.advanceTimeBy(Duration.ofSeconds(1));
			}
		};
		filter.set(new GeminiLimitExchangeFilter(
				GeminiLimitSettings.of(limits(2, null, null)).withMaxWait(Duration.ZERO), null, List.of(busy)));

		call(filter.get(), "first");

		assertThat(this.order).contains("first", "second");
	}

	@Test
	void errorOfAListenerDoesNotBlockCalls() {
		GeminiLimitListener failing = (event) -> {
			throw new AssertionError("listener");
		};
		GeminiLimitExchangeFilter filter = new GeminiLimitExchangeFilter(
				GeminiLimitSettings.of(limits(2, null, null)).withMaxWait(Duration.ofSeconds(10)), null,
				List.of(failing));

		call(filter, "first");
		call(filter, "second");

		assertThat(this.order).containsExactly("first", "second");
	}

	@Test
	void callDoesNotWaitIfTheMaximumWaitIsZero() {
		GeminiLimitExchangeFilter filter = filter(limits(1, null, null), Duration.ZERO);
		call(filter, "first");
		assertThat(call(filter, "second").rejection().getWaited()).isZero();
	}

	@Test
	void interactiveCallGoesBeforeABackgroundCallThatArrivedEarlier() {
		GeminiLimitExchangeFilter filter = filter(limits(1, null, null), Duration.ofMinutes(1));
		Call first = call(filter, "first");
		call(filter, "background 1", GeminiCallPriority.BACKGROUND);
		call(filter, "background 2", GeminiCallPriority.BACKGROUND);
		Call interactive = call(filter, "interactive");
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		first.end();
		this.time.advanceTime();
		interactive.end();
		this.time.advanceTime();
		assertThat(this.order).containsExactly("first", "interactive", "background 1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "end", "error", "cancel" })
	void everyEndOfACallFreesOnePlace(String way) {
		GeminiLimitExchangeFilter filter = filter(limits(1, null, null), Duration.ofMinutes(1));
		Call first = call(filter, "first");
		call(filter, "second");
		call(filter, "third");
		switch (way) {
			case "end" -> first.end();
			case "error" -> first.events.tryEmitError(new IllegalStateException("broken"));
			default -> first.subscription.dispose();
		}
		first.subscription.dispose();
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(this.order).containsExactly("first", "second");
		assertThat(filter.getUsage().get(0).runningCalls()).isEqualTo(1);
	}

	@Test
	void callThatIsCancelledWhileItWaitsIsNotMade() {
		GeminiLimitExchangeFilter filter = filter(limits(1, null, null), Duration.ofMinutes(1));
		Call first = call(filter, "first");
		Call second = call(filter, "second");
		Call third = call(filter, "third");
		second.subscription.dispose();
		assertThat(filter.getUsage().get(0).waitingCalls()).isEqualTo(1);
		first.end();
		this.time.advanceTime();
		third.end();
		assertThat(this.order).containsExactly("first", "third");
		assertThat(filter.getUsage().get(0).runningCalls()).isZero();
	}

	@Test
	void callThatIsCancelledBetweenItsAdmissionAndItsStartFreesItsPlace() {
		AtomicReference<@Nullable Call> cancelled = new AtomicReference<>();
		GeminiLimitExchangeFilter filter = new GeminiLimitExchangeFilter(GeminiLimitSettings.of(limits(1, null, null)),
				null, List.of((event) -> cancel(cancelled.get())));
		Call first = call(filter, "first");
		cancelled.set(call(filter, "second"));
		first.end();
		this.time.advanceTime();
		assertThat(this.order).containsExactly("first");
		assertThat(filter.getUsage().get(0).runningCalls()).isZero();
	}

	@Test
	void tokensAreEstimatedBeforeACallAndCorrectedAfterwards() {
		GeminiLimitExchangeFilter filter = filter(limits(null, null, 1000L), Duration.ofMinutes(1));
		// Estimated at 100 tokens
		Call first = call(filter, "x".repeat(396));
		assertThat(filter.getUsage().get(0).tokens()).isEqualTo(100);
		first.end(950);
		assertThat(filter.getUsage().get(0).tokens()).isEqualTo(950);
		assertThat(filter.getUsage().get(0).runningCalls()).isZero();

		call(filter, "second");
		this.time.advanceTimeBy(Duration.ofMillis(59_999));
		assertThat(this.sent).hasSize(1);
		this.time.advanceTimeBy(Duration.ofMillis(1));
		assertThat(this.sent).hasSize(2);
		// The estimate includes as many tokens for the response as the first call used.
		assertThat(filter.getUsage().get(0).tokens()).isEqualTo(852);
	}

	@Test
	void usageOfACancelledCallDoesNotCorrectTheEstimates() {
		GeminiLimitExchangeFilter filter = filter(limits(null, null, 1000L), Duration.ofMinutes(1));
		Call first = call(filter, "x".repeat(396));
		first.respond(10);
		cancel(first);

		call(filter, "x".repeat(396));
		assertThat(filter.getUsage().get(0).tokens()).isEqualTo(10 + 100);
	}

	@Test
	void callWaitsForTokensThatARunningCallMayNotNeed() {
		GeminiLimitExchangeFilter filter = filter(limits(null, null, 1000L), Duration.ofSeconds(10));
		Call first = call(filter, "x".repeat(3996));
		call(filter, "second");
		this.time.advanceTimeBy(Duration.ofSeconds(5));
		assertThat(this.sent).hasSize(1);
		first.end(300);
		this.time.advanceTime();
		assertThat(this.sent).hasSize(2);
	}

	@Test
	void rejectedCallLeavesItsTokensToTheNextCalls() {
		GeminiLimitExchangeFilter filter = filter(limits(null, null, 1000L), Duration.ofSeconds(10));
		Call first = call(filter, "x".repeat(3196));
		Call large = call(filter, "x".repeat(1996));
		Call small = call(filter, "x".repeat(396));
		assertThat(this.sent).hasSize(1);
		first.end(800);
		this.time.advanceTime();
		// 200 tokens are left; each of the two calls waited for more.
		assertThat(large.rejection().getType()).isEqualTo(GeminiLimitType.TOKENS_PER_MINUTE);
		assertThat(small.rejection).isNull();
		assertThat(this.sent).hasSize(2);
	}

	@Test
	void estimateIsKeptIfTheResponseHasNoUsage() {
		GeminiLimitExchangeFilter filter = filter(limits(null, null, 1000L), Duration.ofSeconds(10));
		call(filter, "x".repeat(396)).end();
		assertThat(filter.getUsage().get(0).tokens()).isEqualTo(100);
	}

	@Test
	void estimateIsKeptIfTheUsageHasNoCounts() {
		GeminiLimitExchangeFilter filter = filter(limits(null, null, 1000L), Duration.ofSeconds(10));
		call(filter, "x".repeat(396)).end(null);
		assertThat(filter.getUsage().get(0).tokens()).isEqualTo(100);
	}

	@Test
	void requestAboveTheWholeLimitIsSentWhenNothingElseCounts() {
		GeminiLimitExchangeFilter filter = filter(limits(null, null, 50L), Duration.ofMinutes(2));
		call(filter, "first").end(10);
		call(filter, "x".repeat(4000));
		this.time.advanceTimeBy(Duration.ofSeconds(59));
		assertThat(this.sent).hasSize(1);
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(this.sent).hasSize(2);
	}

	@Test
	void callCountsForItsConnectionAndItsModel() {
		GeminiLimitSettings settings = GeminiLimitSettings.of(limits(3, null, null))
			.withModel("small", limits(1, null, null))
			.withMaxWait(Duration.ofMinutes(1));
		GeminiLimitExchangeFilter filter = filter(settings);
		call(filter, exchange("default", "small", "small 1"));
		call(filter, exchange("default", "small", "small 2"));
		call(filter, exchange("other", "small", "small 3"));
		call(filter, exchange("default", "large", "large 1"));
		call(filter, exchange("default", "large", "large 2"));
		call(filter, exchange("default", "large", "large 3"));
		call(filter, exchange("other", "large", "large 4"));
		assertThat(this.order).containsExactly("small 1", "large 1", "large 2", "large 4");
		assertThat(filter.getUsage()).extracting((usage) -> usage.scope().key(), GeminiLimitUsage::runningCalls)
			.containsExactlyInAnyOrder(Tuple.tuple("connection:default", 3), Tuple.tuple("connection:other", 1),
					Tuple.tuple("model:small", 1));
	}

	@Test
	void waitingCallIsNotOvertakenByOneThatSharesItsLimit() {
		GeminiLimitExchangeFilter filter = filter(limits(null, null, 1000L), Duration.ofMinutes(5));
		call(filter, "x".repeat(3200)).end(800);
		// Needs 600 tokens, 200 are left.
		call(filter, "x".repeat(2396));
		call(filter, "small");
		assertThat(this.sent).hasSize(1);
		this.time.advanceTimeBy(Duration.ofMinutes(1));
		assertThat(this.sent).hasSize(3);
	}

	@Test
	void limitsOfAConnectionReplaceTheDefaults() {
		GeminiLimitSettings settings = new GeminiLimitSettings(limits(1, 100, null),
				Map.of("wide", limits(2, null, null)), Map.of(), Duration.ofMinutes(1), Duration.ofSeconds(1),
				GeminiLimitSettings.StoreFailure.LOCAL, 2);
		GeminiLimitExchangeFilter filter = filter(settings);
		assertThat(filter.getUsage()).extracting((usage) -> usage.scope().limit())
			.containsExactly(limits(2, 100, null));
		call(filter, exchange("wide", MODEL, "1"));
		call(filter, exchange("wide", MODEL, "2"));
		call(filter, exchange("wide", MODEL, "3"));
		assertThat(this.order).containsExactly("1", "2");
	}

	@Test
	void modelWithoutLimitsOnAConnectionWithoutLimitsIsNotCounted() {
		GeminiLimitExchangeFilter filter = filter(
				GeminiLimitSettings.of(GeminiLimit.NONE).withModel("small", limits(1, null, null)));
		call(filter, exchange("default", "large", "1"));
		call(filter, exchange("default", "large", "2"));
		assertThat(this.order).hasSize(2);
		assertThat(this.events).isEmpty();
	}

	@Test
	void retryCountsAsARequest() {
		GeminiLimitExchangeFilter filter = filter(limits(5, 2, null), Duration.ofSeconds(10));
		call(filter, "first");
		filter.onRetry(new GeminiRetryEvent("generateContent", "default", MODEL, 2, Duration.ZERO,
				new GeminiServerException("failed", GeminiError.NONE, true, null)));
		assertThat(call(filter, "second").rejection().getType()).isEqualTo(GeminiLimitType.REQUESTS_PER_MINUTE);
		assertThat(filter.getUsage().get(0).runningCalls()).isEqualTo(1);
	}

	private static void cancel(@Nullable Call call) {
		if (call != null) {
			call.subscription.dispose();
		}
	}

	private Call call(GeminiLimitExchangeFilter filter, String text) {
		return call(filter, text, GeminiCallPriority.INTERACTIVE);
	}

	private Call call(GeminiLimitExchangeFilter filter, String text, GeminiCallPriority priority) {
		return call(filter,
				exchange("default", MODEL, text).withOptions(GeminiCallOptions.builder().priority(priority).build()));
	}

	private Call call(GeminiLimitExchangeFilter filter, GeminiExchange exchange) {
		return new Call(filter, exchange);
	}

	private static GeminiExchange exchange(String connection, String model, String text) {
		GenerateContentRequest request = GenerateContentRequest.builder().contents(Content.user(text)).build();
		return new GeminiExchange(connection, model, request, GeminiCallOptions.DEFAULTS, true);
	}

	private GeminiLimitExchangeFilter filter(GeminiLimit limit, Duration maxWait) {
		return filter(GeminiLimitSettings.of(limit).withMaxWait(maxWait));
	}

	private GeminiLimitExchangeFilter filter(GeminiLimitSettings settings) {
		return new GeminiLimitExchangeFilter(settings, null, List.of(this.events::add));
	}

	private static GeminiLimit limits(@Nullable Integer concurrentCalls, @Nullable Integer requestsPerMinute,
			@Nullable Long tokensPerMinute) {
		return new GeminiLimit(concurrentCalls, requestsPerMinute, tokensPerMinute);
	}

	/**
	 * A call whose response the test sends.
	 */
	private final class Call {

		private final Sinks.Many<GenerateContentResponse> events = Sinks.many().unicast().onBackpressureBuffer();

		private final Disposable subscription;

		private @Nullable Throwable rejection;

		Call(GeminiLimitExchangeFilter filter, GeminiExchange exchange) {
			Flux<GenerateContentResponse> response = Flux.defer(() -> {
				GeminiLimitExchangeFilterTests.this.sent.add(Schedulers.parallel().now(TimeUnit.MILLISECONDS));
				GeminiLimitExchangeFilterTests.this.order.add(exchange.request().contents().get(0).text());
				return this.events.asFlux();
			});
			this.subscription = filter.filter(exchange, (next) -> response).subscribe((event) -> {
			}, (ex) -> this.rejection = ex);
		}

		void end() {
			this.events.tryEmitComplete();
		}

		void end(@Nullable Integer tokens) {
			respond(tokens);
			end();
		}

		void respond(@Nullable Integer tokens) {
			this.events.tryEmitNext(GenerateContentResponse.builder()
				.usageMetadata(UsageMetadata.builder().totalTokenCount(tokens).build())
				.build());
		}

		GeminiLimitExceededException rejection() {
			assertThat(this.rejection).isInstanceOf(GeminiLimitExceededException.class);
			return (GeminiLimitExceededException) this.rejection;
		}

	}

}
