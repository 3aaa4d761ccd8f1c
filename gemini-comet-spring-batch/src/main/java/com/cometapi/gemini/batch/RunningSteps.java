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

package com.cometapi.gemini.batch;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.springframework.batch.core.step.StepExecution;

/**
 * The steps that run in this process. Thread-safe.
 */
final class RunningSteps {

	private final Set<StepExecution> steps = new HashSet<>();

	// Maximum time for a stopped step to fill its current chunk
	private Duration stopTimeout = GeminiItemReader.STOP_TIMEOUT;

	private boolean stopped;

	/**
	 * Allow steps that are added from now on to run.
	 */
	synchronized void start() {
		this.stopped = false;
		this.stopTimeout = GeminiItemReader.STOP_TIMEOUT;
	}

	synchronized Duration stopTimeout() {
		return this.stopTimeout;
	}

	synchronized void add(StepExecution step) {
		this.steps.add(step);
		if (this.stopped) {
			step.setTerminateOnly();
		}
	}

	synchronized void remove(StepExecution step) {
		this.steps.remove(step);
		notifyAll();
	}

	/**
	 * Stop these steps and those that are added later. Blocks until all have ended, at
	 * most for the given time.
	 * @param timeout the maximum time to wait
	 * @return the steps that were running
	 */
	synchronized Set<StepExecution> stop(Duration timeout) throws InterruptedException {
		Set<StepExecution> running = Set.copyOf(this.steps);
		this.stopped = true;
		// The rest is for saving the step and its job.
		this.stopTimeout = min(GeminiItemReader.STOP_TIMEOUT, timeout.multipliedBy(2).dividedBy(3));
		running.forEach(StepExecution::setTerminateOnly);
		long start = System.nanoTime();
		// The longest durations have no exact number of nanoseconds.
		long limit = TimeUnit.NANOSECONDS.convert(timeout);
		while (!this.steps.isEmpty() && System.nanoTime() - start < limit) {
			TimeUnit.NANOSECONDS.timedWait(this, Math.max(limit - (System.nanoTime() - start), 1_000_000));
		}
		return running;
	}

	static Duration min(Duration first, Duration second) {
		return (first.compareTo(second) < 0) ? first : second;
	}

}
