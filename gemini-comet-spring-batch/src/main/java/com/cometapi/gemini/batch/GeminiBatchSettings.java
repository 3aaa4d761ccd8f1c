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

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Settings of a step that sends prompts.
 *
 * @param concurrency the maximum number of calls in flight per step execution
 * @param chunkSize the number of results that are written and committed together
 * @param ordered whether results are handed out in the order of the items
 * @param window the maximum distance between the oldest item that has not been handed out
 * and the newest one, or {@code null} for 10,000, and for 4 times the concurrency if the
 * results are ordered
 * @param maxConsecutiveFailures the number of consecutive failed items after which the
 * step fails
 * @param maxWait the maximum time that an item waits to be admitted by a rate limit, a
 * circuit breaker or the like before the step fails
 */
public record GeminiBatchSettings(int concurrency, int chunkSize, boolean ordered, @Nullable Integer window,
		int maxConsecutiveFailures, Duration maxWait) {

	/**
	 * The default settings: 32 calls in flight, chunks of 20 results, not ordered, 50
	 * consecutive failures and a maximum wait of 10 minutes.
	 */
	public static final GeminiBatchSettings DEFAULTS = new GeminiBatchSettings(32, 20, false, null, 50,
			Duration.ofMinutes(10));

	/**
	 * Create settings.
	 */
	public GeminiBatchSettings {
		Assert.isTrue(concurrency > 0, "'concurrency' must be positive");
		Assert.isTrue(chunkSize > 0, "'chunkSize' must be positive");
		Assert.isTrue(window == null || window >= concurrency, "'window' must not be less than 'concurrency'");
		Assert.isTrue(maxConsecutiveFailures > 0, "'maxConsecutiveFailures' must be positive");
		Assert.isTrue(!maxWait.isNegative(), "'maxWait' must not be negative");
	}

	/**
	 * Return a copy with another concurrency.
	 * @param concurrency the maximum number of calls in flight
	 * @return the copy
	 */
	public GeminiBatchSettings withConcurrency(int concurrency) {
		return new GeminiBatchSettings(concurrency, this.chunkSize, this.ordered, this.window,
				this.maxConsecutiveFailures, this.maxWait);
	}

	/**
	 * Return a copy with another chunk size.
	 * @param chunkSize the number of results that are committed together
	 * @return the copy
	 */
	public GeminiBatchSettings withChunkSize(int chunkSize) {
		return new GeminiBatchSettings(this.concurrency, chunkSize, this.ordered, this.window,
				this.maxConsecutiveFailures, this.maxWait);
	}

	/**
	 * Return a copy with another order of the results.
	 * @param ordered whether results are handed out in the order of the items
	 * @return the copy
	 */
	public GeminiBatchSettings withOrdered(boolean ordered) {
		return new GeminiBatchSettings(this.concurrency, this.chunkSize, ordered, this.window,
				this.maxConsecutiveFailures, this.maxWait);
	}

	/**
	 * Return a copy with another window.
	 * @param window the maximum distance between the oldest item that has not been handed
	 * out and the newest one, or {@code null} for the default
	 * @return the copy
	 */
	public GeminiBatchSettings withWindow(@Nullable Integer window) {
		return new GeminiBatchSettings(this.concurrency, this.chunkSize, this.ordered, window,
				this.maxConsecutiveFailures, this.maxWait);
	}

	/**
	 * Return a copy with another limit of consecutive failures.
	 * @param maxConsecutiveFailures the number of consecutive failed items after which
	 * the step fails
	 * @return the copy
	 */
	public GeminiBatchSettings withMaxConsecutiveFailures(int maxConsecutiveFailures) {
		return new GeminiBatchSettings(this.concurrency, this.chunkSize, this.ordered, this.window,
				maxConsecutiveFailures, this.maxWait);
	}

	/**
	 * Return a copy with another maximum wait.
	 * @param maxWait the maximum time that an item waits
	 * @return the copy
	 */
	public GeminiBatchSettings withMaxWait(Duration maxWait) {
		return new GeminiBatchSettings(this.concurrency, this.chunkSize, this.ordered, this.window,
				this.maxConsecutiveFailures, maxWait);
	}

	int effectiveWindow() {
		if (this.window != null) {
			return this.window;
		}
		return this.ordered ? 4 * this.concurrency : Math.max(10_000, 4 * this.concurrency);
	}

}
