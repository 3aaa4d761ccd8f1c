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
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.cometapi.gemini.error.GeminiLimitExceededException;
import com.cometapi.gemini.error.GeminiLimitType;
import com.cometapi.gemini.limit.LimitedCall.State;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Queue of calls that wait for their limits. Admits interactive calls before background
 * ones and earlier calls before later ones. A call overtakes another one only if the
 * other one waits for a limit that the call does not have. Never blocks a thread.
 */
final class LimitQueue {

	private static final Log logger = LogFactory.getLog(LimitQueue.class);

	// Other instances do not announce that one of their calls has ended...
	private static final Duration CALLS_POLL_INTERVAL = Duration.ofMillis(100);

	// ...or has used fewer tokens than estimated.
	private static final Duration TOKENS_POLL_INTERVAL = Duration.ofMillis(500);

	private static final int BATCH_SIZE = 50;

	private final LimitAdmission admission;

	private final LocalLimits local;

	private final List<GeminiLimitListener> listeners;

	private final ConcurrentSkipListSet<LimitedCall> waiting = new ConcurrentSkipListSet<>(
			Comparator.comparing(LimitedCall::priority).thenComparing(LimitedCall::number));

	private final AtomicInteger passes = new AtomicInteger();

	private final Disposable.Swap timer = Disposables.swap();

	private int passesSeen;

	LimitQueue(LimitAdmission admission, LocalLimits local, List<GeminiLimitListener> listeners) {
		this.admission = admission;
		this.local = local;
		this.listeners = listeners;
	}

	/**
	 * Let a call wait for its limits.
	 * @param call the call, which the caller {@linkplain #end ends} in any case
	 * @return completion when the call is admitted, or a
	 * {@link GeminiLimitExceededException}
	 */
	Mono<Void> enter(LimitedCall call) {
		return Mono.create((sink) -> {
			call.setSink(sink);
			this.waiting.add(call);
			if (!call.isWaiting()) {
				// Cancelled before it was added.
				this.waiting.remove(call);
				return;
			}
			admitCalls();
			call.subscribed(() -> rejectAfterWait(call));
		});
	}

	/**
	 * End a call, at any time after its creation.
	 * @param call the call
	 * @param tokens the tokens that it used, or {@code null} if they are not known
	 */
	void end(LimitedCall call, @Nullable Long tokens) {
		State before = call.end();
		if (before == State.ADMITTED) {
			this.admission.release(call.permit(), tokens).doFinally((signal) -> admitCalls()).subscribe();
		}
		else if (before == State.WAITING) {
			leave(call);
		}
	}

	private void leave(LimitedCall call) {
		if (this.waiting.remove(call)) {
			// Others may have waited behind it.
			admitCalls();
		}
	}

	/**
	 * Return the number of waiting calls.
	 * @param scope the scope that they share
	 * @return the number of calls
	 */
	int countWaiting(GeminiLimitScope scope) {
		return (int) this.waiting.stream().filter((call) -> call.permit().scopes().contains(scope)).count();
	}

	// One thread at a time goes through the waiting calls; others only ask for a further
	// pass.
	private void admitCalls() {
		if (this.passes.getAndIncrement() == 0) {
			Mono.defer(this::pass).repeat(() -> this.passes.addAndGet(-this.passesSeen) != 0).subscribe();
		}
	}

	private Mono<Void> pass() {
		this.passesSeen = this.passes.get();
		Pass pass = new Pass();
		return Flux.fromIterable(this.waiting)
			.filter(LimitedCall::isWaiting)
			.buffer(BATCH_SIZE)
			.concatMap((calls) -> attempt(calls, pass), 1)
			.then(Mono.fromRunnable(() -> scheduleNextPass(pass)));
	}

	private Mono<Void> attempt(List<LimitedCall> calls, Pass pass) {
		List<LimitedCall> asking = new ArrayList<>();
		for (LimitedCall call : calls) {
			GeminiLimitRefusal refusal = pass.findRefusal(call);
			if (refusal != null) {
				handleRefusal(call, refusal, pass);
			}
			else {
				asking.add(call);
			}
		}
		if (asking.isEmpty()) {
			return Mono.empty();
		}
		return this.admission.acquire(asking.stream().map(LimitedCall::permit).toList()).doOnNext((refusals) -> {
			for (LimitedCall call : asking) {
				GeminiLimitRefusal refusal = refusals.get(call.permit().id());
				if (refusal == null) {
					handleAdmission(call);
				}
				else {
					handleRefusal(call, refusal, pass);
				}
			}
		}).then();
	}

	private void handleAdmission(LimitedCall call) {
		this.waiting.remove(call);
		if (call.admit()) {
			publish(call, null);
			call.signal();
		}
		else {
			// Another call may have been refused meanwhile because this one counted.
			this.admission.withdraw(call.permit()).doFinally((signal) -> admitCalls()).subscribe();
		}
	}

	private void handleRefusal(LimitedCall call, GeminiLimitRefusal refusal, Pass pass) {
		if (pass.isRepeatedFor(refusal)) {
			return;
		}
		call.refuse(refusal);
		boolean rejected = isTooLong(refusal, call.remainingWait()) && reject(call);
		pass.refusals.put(refusal.scope().key(), refusal);
		if (rejected && refusal.type() == GeminiLimitType.TOKENS_PER_MINUTE) {
			// The calls behind it may need fewer tokens.
			pass.repeated.add(refusal.scope().key());
		}
	}

	private boolean isTooLong(GeminiLimitRefusal refusal, Duration remaining) {
		Duration retryAfter = refusal.retryAfter();
		if (refusal.type() == GeminiLimitType.STORE_UNAVAILABLE || remaining.isNegative() || remaining.isZero()) {
			return true;
		}
		// A running call may turn out to need fewer tokens than estimated.
		return retryAfter != null && retryAfter.compareTo(remaining) > 0
				&& (refusal.type() != GeminiLimitType.TOKENS_PER_MINUTE || !this.local.isRunning(refusal.scope()));
	}

	// A call that was never refused does not wait for a limit but for the first decision.
	private void rejectAfterWait(LimitedCall call) {
		if (call.isRefused()) {
			reject(call);
		}
	}

	private boolean reject(LimitedCall call) {
		GeminiLimitExceededException rejection = call.reject();
		if (rejection == null) {
			return false;
		}
		this.local.countRejection(call.refusal().scope());
		publish(call, rejection);
		call.signal();
		leave(call);
		return true;
	}

	private void publish(LimitedCall call, @Nullable GeminiLimitExceededException rejection) {
		if (this.listeners.isEmpty()) {
			return;
		}
		GeminiLimitEvent event = new GeminiLimitEvent(call.exchange().connection(), call.exchange().model(),
				call.priority(), call.waited(), rejection);
		for (GeminiLimitListener listener : this.listeners) {
			try {
				listener.onDecision(event);
			}
			catch (RuntimeException | Error ex) {
				logger.warn("A limit listener failed", ex);
			}
		}
	}

	private void scheduleNextPass(Pass pass) {
		if (!pass.repeated.isEmpty()) {
			this.passes.incrementAndGet();
			return;
		}
		pass.refusals.values()
			.stream()
			.map(this::untilNextPass)
			.filter(Objects::nonNull)
			.min(Comparator.naturalOrder())
			.filter((delay) -> !this.waiting.isEmpty())
			.ifPresent((delay) -> this.timer
				.update(Schedulers.parallel().schedule(this::admitCalls, delay.toNanos(), TimeUnit.NANOSECONDS)));
	}

	private @Nullable Duration untilNextPass(GeminiLimitRefusal refusal) {
		Duration delay = refusal.retryAfter();
		if (!this.admission.isShared()) {
			return delay;
		}
		Duration poll = (refusal.type() == GeminiLimitType.CONCURRENT_CALLS) ? CALLS_POLL_INTERVAL
				: TOKENS_POLL_INTERVAL;
		return (delay == null || delay.compareTo(poll) > 0) ? poll : delay;
	}

	/**
	 * Refusals of one pass.
	 */
	private static final class Pass {

		private final Map<String, GeminiLimitRefusal> refusals = new HashMap<>();

		// Scopes whose remaining calls are tried in another pass right away.
		private final Set<String> repeated = new HashSet<>();

		@Nullable GeminiLimitRefusal findRefusal(LimitedCall call) {
			for (GeminiLimitScope scope : call.permit().scopes()) {
				GeminiLimitRefusal refusal = this.refusals.get(scope.key());
				if (refusal != null) {
					return refusal;
				}
			}
			return null;
		}

		boolean isRepeatedFor(GeminiLimitRefusal refusal) {
			return this.repeated.contains(refusal.scope().key());
		}

	}

}
