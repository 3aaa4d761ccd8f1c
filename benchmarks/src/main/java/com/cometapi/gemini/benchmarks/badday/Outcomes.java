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
import java.util.Collections;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Outcomes of the turns that began in a phase.
 */
final class Outcomes {

	private final Queue<Duration> times = new ConcurrentLinkedQueue<>();

	private final AtomicInteger byFirst = new AtomicInteger();

	private final AtomicInteger cut = new AtomicInteger();

	private final Map<String, Integer> failures = new ConcurrentHashMap<>();

	private volatile int callsOfSecond;

	private volatile int mostConcurrentOfSecond;

	void succeeded(boolean byFirst, Duration time) {
		this.times.add(time);
		if (byFirst) {
			this.byFirst.incrementAndGet();
		}
	}

	void failed(Throwable failure, boolean hadEvents) {
		if (hadEvents) {
			this.cut.incrementAndGet();
		}
		this.failures.merge(failure.getClass().getSimpleName(), 1, Integer::sum);
	}

	void ofSecond(int calls, int mostConcurrent) {
		this.callsOfSecond = calls;
		this.mostConcurrentOfSecond = mostConcurrent;
	}

	int turns() {
		return succeeded() + failed();
	}

	int succeeded() {
		return this.times.size();
	}

	int failed() {
		return this.failures.values().stream().mapToInt(Integer::intValue).sum();
	}

	/**
	 * Return the number of streams that broke after an event, which must not be retried.
	 * @return the number
	 */
	int cut() {
		return this.cut.get();
	}

	int byFirst() {
		return this.byFirst.get();
	}

	int callsOfSecond() {
		return this.callsOfSecond;
	}

	int mostConcurrentOfSecond() {
		return this.mostConcurrentOfSecond;
	}

	Map<String, Integer> failures() {
		return Collections.unmodifiableMap(this.failures);
	}

	long quantile(double quantile) {
		long[] millis = this.times.stream().mapToLong(Duration::toMillis).sorted().toArray();
		return (millis.length > 0) ? millis[Math.min(millis.length - 1, (int) (millis.length * quantile))] : 0;
	}

}
