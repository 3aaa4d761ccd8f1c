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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Looks at calls when the first of them may have reached a time limit, with one task for
 * all: nearly every call ends long before, and to schedule and cancel a task for each
 * costs a tenth of a whole call. Thread-safe.
 */
final class TimeLimitScheduler {

	// Far below what is too much for a scheduler; whoever waits longer is looked at
	// again.
	private static final long MAX_NANOS = Duration.ofDays(1).toNanos();

	private final Set<TimeLimitSubscriber<?>> calls = ConcurrentHashMap.newKeySet();

	private final AtomicReference<@Nullable Task> task = new AtomicReference<>();

	/**
	 * Look at a call from now on.
	 * @param call the call
	 */
	void add(TimeLimitSubscriber<?> call) {
		this.calls.add(call);
		scheduleCheck(call.untilNextLimit());
	}

	/**
	 * Look at a call no more.
	 * @param call the call
	 */
	void remove(TimeLimitSubscriber<?> call) {
		this.calls.remove(call);
	}

	/**
	 * Look at all calls in some time, or earlier if that is planned already.
	 * @param nanos the time in nanoseconds
	 */
	void scheduleCheck(long nanos) {
		Scheduler scheduler = Schedulers.parallel();
		long delay = Math.min(nanos, MAX_NANOS);
		long time = scheduler.now(TimeUnit.NANOSECONDS) + delay;
		Task current = this.task.get();
		// A scheduler that was replaced does not run its tasks any more.
		while (current == null || current.scheduler != scheduler || time - current.time < 0) {
			Task next = new Task(scheduler, time, Disposables.swap());
			if (this.task.compareAndSet(current, next)) {
				next.handle.update(scheduler.schedule(() -> checkAll(next), delay, TimeUnit.NANOSECONDS));
				if (current != null) {
					current.handle.dispose();
				}
				return;
			}
			current = this.task.get();
		}
	}

	private void checkAll(Task rung) {
		this.task.compareAndSet(rung, null);
		long next = Long.MAX_VALUE;
		for (TimeLimitSubscriber<?> call : this.calls) {
			long nanos = call.untilNextLimit();
			if (nanos > 0) {
				next = Math.min(next, nanos);
			}
			else {
				// What comes of it must not keep the others waiting.
				rung.scheduler.schedule(call::check);
			}
		}
		if (next != Long.MAX_VALUE) {
			scheduleCheck(next);
		}
	}

	/**
	 * A task that was scheduled.
	 *
	 * @param scheduler where
	 * @param time for when, in nanoseconds of the scheduler's clock
	 * @param handle cancels it
	 */
	private record Task(Scheduler scheduler, long time, Disposable.Swap handle) {
	}

}
