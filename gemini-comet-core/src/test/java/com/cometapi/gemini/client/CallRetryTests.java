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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;

import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiRateLimitException;
import com.cometapi.gemini.error.GeminiServerException;
import com.cometapi.gemini.error.GeminiTimeLimit;
import com.cometapi.gemini.error.GeminiTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link CallRetry} in virtual time.
 */
class CallRetryTests {

	private static final String BUSY = "{\"error\":{\"code\":503,\"message\":\"busy\",\"status\":\"UNAVAILABLE\"}}";

	private final List<GeminiRetryEvent> events = new ArrayList<>();

	private GeminiRetrySettings settings = GeminiRetrySettings.builder().jitter(0).build();

	private @Nullable Duration totalTimeout;

	private int sent;

	@Test
	void waitDoublesAndTheLastFailureHoldsTheEarlierOnes() {
		this.settings = this.settings.toBuilder().maxAttempts(4).build();
		StepVerifier.withVirtualTime(() -> call(busy("1"), busy("2"), busy("3"), busy("4")))
			.expectSubscription()
			.expectNoEvent(Duration.ofMillis(6999))
			.thenAwait(Duration.ofMillis(1))
			.expectErrorSatisfies((ex) -> {
				assertThat(ex).isInstanceOfSatisfying(GeminiServerException.class,
						(failure) -> assertThat(failure.getAttempts()).isEqualTo(4));
				assertThat(ex).hasMessageContaining("busy 4");
				assertThat(ex.getSuppressed()).extracting(Throwable::getMessage)
					.satisfiesExactly((first) -> assertThat(first).contains("busy 1"),
							(second) -> assertThat(second).contains("busy 2"),
							(third) -> assertThat(third).contains("busy 3"));
			})
			.verify();
		assertThat(this.events).extracting(GeminiRetryEvent::delay)
			.containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
		assertThat(this.events).extracting(GeminiRetryEvent::attempt).containsExactly(2, 3, 4);
		assertThat(this.events).extracting(GeminiRetryEvent::model).containsOnly("gemini-3.5-flash");
	}

	@Test
	void waitGrowsUpToTheMaximumDelay() {
		this.settings = this.settings.toBuilder().maxAttempts(5).maxDelay(Duration.ofSeconds(3)).build();
		StepVerifier.withVirtualTime(() -> call(busy(), busy(), busy(), busy(), Mono.just("response")))
			.expectSubscription()
			.expectNoEvent(Duration.ofMillis(8999))
			.thenAwait(Duration.ofMillis(1))
			.expectNext("response")
			.verifyComplete();
	}

	@Test
	void limitsMayExceedTheRangeOfNanoseconds() {
		Duration forever = ChronoUnit.FOREVER.getDuration();
		this.settings = GeminiRetrySettings.builder().maxDelay(forever).budget(forever).build();
		GeminiException limit = Errors.translate(429, Errors.header("Retry-After", "1"), "{}");
		StepVerifier.withVirtualTime(() -> call(busy(), Mono.error(limit), Mono.just("response")))
			.thenAwait(Duration.ofDays(1))
			.expectNext("response")
			.verifyComplete();
	}

	@Test
	void jitterMovesTheWaitBothWays() {
		this.settings = GeminiRetrySettings.builder().initialDelay(Duration.ofSeconds(2)).maxAttempts(2).build();
		for (int i = 0; i < 50; i++) {
			StepVerifier.withVirtualTime(() -> call(busy(), Mono.just("response")))
				.thenAwait(Duration.ofSeconds(3))
				.expectNext("response")
				.verifyComplete();
		}
		assertThat(this.events).extracting(GeminiRetryEvent::delay)
			.allSatisfy((delay) -> assertThat(delay).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(3)))
			.anySatisfy((delay) -> assertThat(delay).isLessThan(Duration.ofMillis(1900)))
			.anySatisfy((delay) -> assertThat(delay).isGreaterThan(Duration.ofMillis(2100)));
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', nullValues = "-",
			textBlock = """
					Retry-After; 1;                             {}; 1000
					Retry-After; Wed, 25 Mar 2026 04:21:47 GMT; {}; 7000
					-;           -; {"error":{"code":429,"details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"34.4s"}]}}; 34400
					-;           -; {"error":{"code":429,"message":"Please retry in 4.5s."}}; 4500
					Retry-After; 0;                             {}; 1000
					Retry-After; Wed, 25 Mar 2020 04:21:47 GMT; {}; 1000
					-;           -; {"error":{"code":429,"message":"Please retry in 4.5ms."}}; 1000
					""")
	void serverDeterminesTheWait(@Nullable String header, @Nullable String value, String body, long millis) {
		HttpHeaders headers = (header != null) ? Errors.header(header, value) : new HttpHeaders();
		this.settings = this.settings.toBuilder().initialDelay(Duration.ofSeconds(20)).build();
		StepVerifier
			.withVirtualTime(() -> call(Mono.error(Errors.translate(429, headers, body)), Mono.just("response")))
			.thenAwait(Duration.ofMillis(millis))
			.expectNext("response")
			.verifyComplete();
		assertThat(this.events).extracting(GeminiRetryEvent::delay).containsExactly(Duration.ofMillis(millis));
		assertThat(this.sent).isEqualTo(2);
	}

	@Test
	void waitThatTheServerAsksForIsSpreadButNeverShortened() {
		this.settings = GeminiRetrySettings.builder().maxAttempts(2).build();
		GeminiException limit = Errors.translate(429, Errors.header("Retry-After", "1"), "{}");
		for (int i = 0; i < 100; i++) {
			StepVerifier.withVirtualTime(() -> call(Mono.error(limit), Mono.just("response")))
				.thenAwait(Duration.ofMillis(1500))
				.expectNext("response")
				.verifyComplete();
		}
		assertThat(this.events).extracting(GeminiRetryEvent::delay)
			.allSatisfy((delay) -> assertThat(delay).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1500)))
			.extracting(Duration::toMillis)
			.satisfies((delays) -> assertThat(new HashSet<>(delays)).hasSizeGreaterThan(50));
	}

	@Test
	void spreadOfTheWaitStaysWithinTheBudget() {
		this.settings = GeminiRetrySettings.builder().maxAttempts(2).build();
		GeminiException limit = Errors.translate(429, Errors.header("Retry-After", "119"), "{}");
		for (int i = 0; i < 20; i++) {
			StepVerifier.withVirtualTime(() -> call(Mono.error(limit), Mono.just("response")))
				.thenAwait(Duration.ofMinutes(2))
				.expectNext("response")
				.verifyComplete();
		}
	}

	@Test
	void zeroDelayIsKeptIfTheServerAsksForNoWait() {
		this.settings = GeminiRetrySettings.builder().initialDelay(Duration.ZERO).build();
		GeminiException limit = Errors.translate(429, Errors.header("Retry-After", "0"), "{}");
		StepVerifier.withVirtualTime(() -> call(Mono.error(limit), Mono.just("response")))
			.expectNext("response")
			.verifyComplete();
		assertThat(this.events).extracting(GeminiRetryEvent::delay).containsExactly(Duration.ZERO);
	}

	@Test
	void whenServerAsksForMoreThanTheBudgetThenCallFailsAtOnce() {
		GeminiException limit = Errors.translate(429, Errors.header("Retry-After", "121"), "{}");
		StepVerifier.withVirtualTime(() -> call(Mono.error(limit)))
			.expectErrorSatisfies(
					(ex) -> assertThat(ex).isInstanceOfSatisfying(GeminiRateLimitException.class, (exception) -> {
						assertThat(exception.getRetryAfter()).isEqualTo(Duration.ofSeconds(121));
						assertThat(exception.getAttempts()).isEqualTo(1);
					}))
			.verify();
		assertThat(this.events).isEmpty();
	}

	@Test
	void budgetCountsFromTheFirstAttempt() {
		Duration attempt = Duration.ofSeconds(80);
		StepVerifier.withVirtualTime(() -> call(busy().delaySubscription(attempt), busy().delaySubscription(attempt)))
			.expectSubscription()
			.expectNoEvent(Duration.ofSeconds(81))
			.thenAwait(attempt)
			.expectErrorSatisfies((ex) -> assertThat(((GeminiException) ex).getAttempts()).as("attempts").isEqualTo(2))
			.verify();
		assertThat(this.sent).isEqualTo(2);
	}

	@Test
	void waitBeyondTheTotalTimeoutIsNotStarted() {
		this.totalTimeout = Duration.ofSeconds(5);
		GeminiException limit = Errors.translate(429, Errors.header("Retry-After", "5"), "{}");
		StepVerifier.withVirtualTime(() -> call(Mono.error(limit)))
			.expectError(GeminiRateLimitException.class)
			.verify();
		assertThat(this.sent).isEqualTo(1);
	}

	@Test
	void cancelDuringTheWaitStopsEverything() {
		StepVerifier.withVirtualTime(() -> call(busy(), Mono.just("response")))
			.expectSubscription()
			.expectNoEvent(Duration.ofMillis(500))
			.thenCancel()
			.verify();
		StepVerifier.withVirtualTime(() -> Mono.delay(Duration.ofMinutes(5)))
			.thenAwait(Duration.ofMinutes(5))
			.expectNextCount(1)
			.verifyComplete();
		assertThat(this.sent).isEqualTo(1);
	}

	@Test
	void nothingIsRepeatedAfterTheFirstEvent() {
		StepVerifier.withVirtualTime(() -> call(Flux.just("event").concatWith(busy())))
			.expectNext("event")
			.expectErrorSatisfies((ex) -> assertThat(((GeminiException) ex).getAttempts()).isEqualTo(1))
			.verify();
		assertThat(this.sent).isEqualTo(1);
	}

	@Test
	void failureOfALaterAttemptHasTheNumberOfAttempts() {
		StepVerifier.withVirtualTime(() -> call(busy(), Flux.just("event").concatWith(busy("later"))))
			.thenAwait(Duration.ofSeconds(1))
			.expectNext("event")
			.expectErrorSatisfies((ex) -> {
				assertThat(ex).hasMessageContaining("later");
				assertThat(((GeminiException) ex).getAttempts()).isEqualTo(2);
				assertThat(ex.getSuppressed()).hasSize(1);
			})
			.verify();
	}

	@ParameterizedTest
	@ValueSource(strings = { "cometapi-503-model-not-found.error.json", "cometapi-500-invalid-request.error.json",
			"cometapi-convert-request-failed.error.json" })
	void finalCodeTakesPrecedenceOverTheStatus(String body) {
		int status = body.contains("500") ? 500 : 503;
		GeminiException failure = Errors.translate(status, new HttpHeaders(), Wire.bytes(body));
		StepVerifier.withVirtualTime(() -> call(Mono.error(failure)))
			.expectErrorMatches((ex) -> ex == failure)
			.verify();
		assertThat(this.sent).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource({ "FIRST_EVENT, 1", "IDLE, 1", "TOTAL, 1", "CONNECT, 3" })
	void onlyTheConnectTimeoutIsRetried(GeminiTimeLimit limit, int attempts) {
		Mono<String> stalled = Mono
			.error(() -> new GeminiTimeoutException("No response", limit, Duration.ofSeconds(1), null));
		StepVerifier.withVirtualTime(() -> call(stalled, stalled, stalled))
			.thenAwait(Duration.ofMinutes(1))
			.expectError(GeminiTimeoutException.class)
			.verify();
		assertThat(this.sent).isEqualTo(attempts);
	}

	@ParameterizedTest
	@ValueSource(ints = { 504, 524 })
	void requestThatMayHaveBeenChargedIsRepeatedOnce(int status) {
		Mono<String> slow = Mono.error(() -> Errors.translate(status, ""));
		StepVerifier.withVirtualTime(() -> call(slow, slow, slow))
			.thenAwait(Duration.ofMinutes(1))
			.expectError(GeminiServerException.class)
			.verify();
		assertThat(this.sent).isEqualTo(2);
	}

	@Test
	void oneAttemptIsNeverRepeated() {
		this.settings = GeminiRetrySettings.NONE;
		StepVerifier.withVirtualTime(() -> call(busy())).expectError(GeminiServerException.class).verify();
		assertThat(this.sent).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource({ "0, 1, 2, 30, 0.5, 120, maxAttempts", "1, -1, 2, 30, 0.5, 120, initialDelay",
			"1, 1, 0.9, 30, 0.5, 120, multiplier", "1, 1, NaN, 30, 0.5, 120, multiplier",
			"1, 10, 2, 9, 0.5, 120, maxDelay", "1, 1, 2, 30, 1.1, 120, jitter", "1, 1, 2, 30, -0.1, 120, jitter",
			"1, 1, 2, 30, 0.5, -1, budget" })
	void valueOutOfItsRangeIsRefused(int maxAttempts, long initialDelay, double multiplier, long maxDelay,
			double jitter, long budget, String name) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new GeminiRetrySettings(maxAttempts, Duration.ofSeconds(initialDelay), multiplier,
					Duration.ofSeconds(maxDelay), jitter, Duration.ofSeconds(budget)))
			.withMessageContaining("'" + name + "'");
	}

	private static Mono<String> busy() {
		return busy("");
	}

	private static Mono<String> busy(String which) {
		return Mono.error(() -> Errors.translate(503, BUSY.replace("busy", "busy " + which)));
	}

	@SafeVarargs
	private Flux<String> call(Publisher<String>... attempts) {
		Queue<Publisher<String>> rest = new ArrayDeque<>(List.of(attempts));
		return Flux.defer(() -> {
			CallContext context = Errors.context("generateContent", "gemini-3.5-flash",
					GeminiClientSettings.builder(Errors.KEY)
						.retry(this.settings)
						.totalTimeout(this.totalTimeout)
						.retryListeners(List.of(this.events::add))
						.build());
			return new CallRetry(context, Errors.TRANSLATOR).run((attempt) -> {
				this.sent++;
				return rest.remove();
			});
		});
	}

}
