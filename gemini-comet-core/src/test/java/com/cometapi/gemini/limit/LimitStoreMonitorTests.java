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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.cometapi.gemini.limit.GeminiLimitSettings.StoreFailure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LimitStoreMonitor} and {@link SharedLimitAdmission} in virtual time,
 * with a store that fails on request.
 */
class LimitStoreMonitorTests {

	private static final GeminiLimitScope SCOPE = new GeminiLimitScope(GeminiLimitScope.Type.CONNECTION, "default",
			new GeminiLimit(10, 10, null));

	private final TestStore store = new TestStore();

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
	void runningCallsAreReportedThreeTimesPerLease() {
		SharedLimitAdmission admission = admission(StoreFailure.REFUSE);
		admit(admission, "a", "b");
		admission.release(permit("b"), null).block();
		this.time.advanceTimeBy(Duration.ofSeconds(9));
		assertThat(this.store.reports).hasSize(9).allSatisfy((report) -> assertThat(report).isEmpty());
		this.time.advanceTimeBy(Duration.ofSeconds(21));
		assertThat(this.store.reported()).containsExactly("a", "a", "a");
		assertThat(this.store.reports).hasSize(30);
	}

	@Test
	void storeTimeoutMayExceedTheRangeOfNanoseconds() {
		SharedLimitAdmission admission = admission(StoreFailure.REFUSE, ChronoUnit.FOREVER.getDuration());
		assertThat(admit(admission, "a")).isEmpty();
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(this.store.reports).hasSize(1);
	}

	@Test
	void reportingStopsWithoutCallsAndAfterTheClose() {
		SharedLimitAdmission admission = admission(StoreFailure.REFUSE);
		admit(admission, "a");
		admission.release(permit("a"), null).block();
		this.time.advanceTimeBy(Duration.ofMinutes(2));
		assertThat(this.store.reports).hasSizeBetween(59, 61);
		admit(admission, "b");
		this.time.advanceTimeBy(Duration.ofSeconds(3));
		assertThat(this.store.reports).hasSizeBetween(62, 64);
		admission.close();
		this.time.advanceTimeBy(Duration.ofSeconds(10));
		assertThat(this.store.reports).hasSizeBetween(62, 64);
	}

	@Test
	void storeDecidesAgainAfterAFailureOfAReopenedAdmission() {
		SharedLimitAdmission admission = admission(StoreFailure.REFUSE);
		admit(admission, "a");
		admission.close();
		admission.open();
		this.store.failing = true;
		assertThat(admit(admission, "b")).containsKey("b");
		this.store.failing = false;
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(admission.isStoreAvailable()).isTrue();
	}

	@Test
	void lostStoreDecidesOnceOtherInstancesHadTimeToReport() {
		SharedLimitAdmission admission = admission(StoreFailure.LOCAL);
		admit(admission, "a");
		this.store.failing = true;
		assertThat(admit(admission, "b")).isEmpty();
		assertThat(admission.isStoreAvailable()).isFalse();
		this.time.advanceTimeBy(Duration.ofMillis(9_500));
		this.store.failing = false;
		assertThat(admit(admission, "c")).isEmpty();
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(this.store.reported()).containsExactlyInAnyOrder("a", "b", "c");
		// The outage took ten seconds. Calls that are made meanwhile are reported as
		// well.
		assertThat(admit(admission, "d")).isEmpty();
		admission.release(permit("d"), null).block();
		this.time.advanceTimeBy(Duration.ofSeconds(11));
		assertThat(admission.isStoreAvailable()).isFalse();
		assertThat(this.store.acquired).containsExactly("a");
		assertThat(this.store.reported()).contains("d");
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(admission.isStoreAvailable()).isTrue();
		admit(admission, "e");
		assertThat(this.store.acquired).containsExactly("a", "e");
	}

	@Test
	void storeDecidesAtOnceAfterAnOutageInWhichCallsWereRefused() {
		SharedLimitAdmission admission = admission(StoreFailure.REFUSE);
		admit(admission, "a");
		this.store.failing = true;
		assertThat(admit(admission, "b")).containsKey("b");
		this.store.failing = false;
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(admission.isStoreAvailable()).isTrue();
		assertThat(this.store.withdrawn).containsExactly("b");
	}

	@Test
	void lossDetectedByAReportIsAFailure() {
		SharedLimitAdmission admission = admission(StoreFailure.REFUSE);
		admit(admission, "a");
		this.store.lost = true;
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(admission.isStoreAvailable()).isFalse();
		assertThat(this.store.reported()).containsExactly("a");
		assertThat(admit(admission, "b")).hasEntrySatisfying("b",
				(refusal) -> assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(2)));
		this.time.advanceTimeBy(Duration.ofSeconds(2));
		assertThat(admission.isStoreAvailable()).isTrue();
	}

	@Test
	void lossDetectedByTheReportOfARetryIsAFailure() {
		SharedLimitAdmission admission = admission(StoreFailure.REFUSE);
		admit(admission, "a");
		this.store.lost = true;
		admission.count(permit("retry"));
		assertThat(admission.isStoreAvailable()).isFalse();
	}

	@Test
	void callThatEndsWhileItIsReportedIsReleasedAgain() {
		SharedLimitAdmission admission = admission(StoreFailure.REFUSE);
		admit(admission, "a", "b");
		this.store.onReport = () -> admission.release(permit("a"), 5L).subscribe();
		this.time.advanceTimeBy(Duration.ofSeconds(10));
		assertThat(this.store.released).containsExactly("a: 5", "a: 5");
	}

	@Test
	void failedReleasesAndWithdrawalsAreRepeatedUnlessTheCallWasMadeAfterwards() {
		SharedLimitAdmission admission = admission(StoreFailure.LOCAL);
		admit(admission, "a", "b");
		this.store.failing = true;
		admission.release(permit("a"), 5L).block();
		admission.withdraw(permit("b")).block();
		admission.withdraw(permit("c")).block();
		assertThat(admit(admission, "c")).isEmpty();
		this.store.failing = false;
		this.store.withdrawn.clear();
		this.time.advanceTimeBy(Duration.ofMinutes(1));
		assertThat(this.store.released).containsExactly("a: 5");
		assertThat(this.store.withdrawn).containsExactly("b");
	}

	@Test
	void storeThatThrowsCountsAsFailed() {
		SharedLimitAdmission admission = admission(StoreFailure.ALLOW);
		admit(admission, "a");
		this.store.throwing = true;
		admission.release(permit("a"), null).block();
		assertThat(admission.isStoreAvailable()).isFalse();
		assertThat(admit(admission, "b")).isEmpty();
	}

	private static Map<String, GeminiLimitRefusal> admit(SharedLimitAdmission admission, String... ids) {
		return admission.acquire(List.of(ids).stream().map(LimitStoreMonitorTests::permit).toList()).block();
	}

	private static GeminiLimitPermit permit(String id) {
		return new GeminiLimitPermit(id, List.of(SCOPE), 0);
	}

	private SharedLimitAdmission admission(StoreFailure onStoreFailure) {
		return admission(onStoreFailure, Duration.ofMillis(500));
	}

	private SharedLimitAdmission admission(StoreFailure onStoreFailure, Duration storeTimeout) {
		return new SharedLimitAdmission(new LocalLimits(), this.store, new GeminiLimitSettings(SCOPE.limit(), Map.of(),
				Map.of(), Duration.ofSeconds(10), storeTimeout, onStoreFailure, 2));
	}

	/**
	 * A store that admits every call.
	 */
	private static final class TestStore implements GeminiLimitStore {

		private final List<String> acquired = new ArrayList<>();

		private final List<List<GeminiLimitReport>> reports = new ArrayList<>();

		private final List<String> released = new ArrayList<>();

		private final List<String> withdrawn = new ArrayList<>();

		private boolean failing;

		private boolean throwing;

		private boolean lost;

		private @Nullable Runnable onReport;

		List<String> reported() {
			return this.reports.stream().flatMap(List::stream).map((report) -> report.permit().id()).toList();
		}

		@Override
		public Mono<Map<String, GeminiLimitRefusal>> acquire(List<GeminiLimitPermit> permits) {
			return respond(() -> permits.forEach((permit) -> this.acquired.add(permit.id()))).thenReturn(Map.of());
		}

		@Override
		public Mono<Boolean> report(List<GeminiLimitReport> calls) {
			return respond(() -> {
				this.reports.add(calls);
				if (!calls.isEmpty() && this.onReport != null) {
					this.onReport.run();
				}
			}).then(Mono.fromSupplier(() -> {
				boolean lost = this.lost;
				this.lost = false;
				return lost;
			}));
		}

		@Override
		public Mono<Void> release(GeminiLimitPermit permit, @Nullable Long tokens) {
			return respond(() -> this.released.add(permit.id() + ": " + tokens));
		}

		@Override
		public Mono<Void> withdraw(List<GeminiLimitPermit> permits) {
			return respond(() -> this.withdrawn.addAll(permits.stream().map(GeminiLimitPermit::id).toList()));
		}

		@Override
		public Duration leaseTime() {
			return Duration.ofSeconds(30);
		}

		private Mono<Void> respond(Runnable action) {
			if (this.throwing) {
				throw new IllegalStateException("thrown");
			}
			return this.failing ? Mono.error(new IllegalStateException("failed")) : Mono.fromRunnable(action);
		}

	}

}
