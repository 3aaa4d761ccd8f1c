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
 * Checks the time limits of all running calls with one scheduled task: nearly every call
 * ends long before its limits, and a task for each call would cost as much as a tenth of
 * the call. Thread-safe.
 */
final class TimeLimitScheduler {

	// Within the range of a scheduler; a call with a longer limit is checked again.
	private static final long MAX_NANOS = Duration.ofDays(1).toNanos();

	private final Set<TimeLimitSubscriber<?>> calls = ConcurrentHashMap.newKeySet();

	private final AtomicReference<@Nullable Task> task = new AtomicReference<>();

	/**
	 * Start checking a call.
	 * @param call the call
	 * @param nanos the time until its first check in nanoseconds
	 */
	void add(TimeLimitSubscriber<?> call, long nanos) {
		this.calls.add(call);
		scheduleCheck(nanos);
	}

	/**
	 * Stop checking a call.
	 * @param call the call
	 */
	void remove(TimeLimitSubscriber<?> call) {
		this.calls.remove(call);
	}

	/**
	 * Schedule a check of all calls, unless an earlier one is scheduled.
	 * @param nanos the time until the check in nanoseconds
	 */
	void scheduleCheck(long nanos) {
		Scheduler scheduler = Schedulers.parallel();
		long delay = Math.min(nanos, MAX_NANOS);
		long time = scheduler.now(TimeUnit.NANOSECONDS) + delay;
		Task current = this.task.get();
		// A scheduler that was replaced no longer runs its tasks.
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

	private void checkAll(Task due) {
		this.task.compareAndSet(due, null);
		long next = Long.MAX_VALUE;
		for (TimeLimitSubscriber<?> call : this.calls) {
			long nanos = call.untilNextLimit();
			if (nanos > 0) {
				next = Math.min(next, nanos);
			}
			else {
				// In a task of its own, so that its signals do not delay the other calls.
				due.scheduler.schedule(call::check);
			}
		}
		if (next != Long.MAX_VALUE) {
			scheduleCheck(next);
		}
	}

	/**
	 * A task that was scheduled.
	 *
	 * @param scheduler the scheduler
	 * @param time the time in nanoseconds of the scheduler's clock
	 * @param handle cancels it
	 */
	private record Task(Scheduler scheduler, long time, Disposable.Swap handle) {
	}

}
