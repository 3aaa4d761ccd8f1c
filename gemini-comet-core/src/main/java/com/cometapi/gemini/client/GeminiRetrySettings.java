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

import org.springframework.util.Assert;

/**
 * Settings for retries of failed calls.
 *
 * <p>
 * Only transient failures are retried, only before the first event was emitted, and never
 * after the caller has cancelled. If the server asks for a wait, the client waits at
 * least that long, and not less than a second or the delay of these settings. A request
 * that was sent completely may have been processed and charged, and is never sent more
 * than {@code maxAttempts} times. A request that was certainly not processed, because a
 * pooled connection was closed before the request was written completely or because the
 * endpoint refused its HTTP/2 stream, is sent again without counting as an attempt.
 *
 * @param maxAttempts the maximum number of attempts including the first one; 1 for no
 * retries
 * @param initialDelay the wait after the first attempt, if the server asks for none
 * @param multiplier the factor by which the wait grows, 1 or more
 * @param maxDelay the longest wait, if the server asks for none
 * @param jitter the share of a wait that is random, from 0 for none to 1: with 0.5, a
 * wait of 2 seconds becomes one of 1 to 3 seconds, or of 2 to 3 if the server asked for 2
 * @param budget the time from the start of the call within which an attempt may begin; a
 * longer wait is not started
 */
public record GeminiRetrySettings(int maxAttempts, Duration initialDelay, double multiplier, Duration maxDelay,
		double jitter, Duration budget) {

	/**
	 * Settings without retries.
	 */
	public static final GeminiRetrySettings NONE = builder().maxAttempts(1).build();

	public GeminiRetrySettings {
		Assert.isTrue(maxAttempts >= 1, "'maxAttempts' must be 1 or more");
		Assert.isTrue(!initialDelay.isNegative(), "'initialDelay' must not be negative");
		Assert.isTrue(multiplier >= 1 && Double.isFinite(multiplier), "'multiplier' must be 1 or more");
		Assert.isTrue(maxDelay.compareTo(initialDelay) >= 0, "'maxDelay' must not be less than 'initialDelay'");
		Assert.isTrue(jitter >= 0 && jitter <= 1, "'jitter' must be from 0 to 1");
		Assert.isTrue(!budget.isNegative(), "'budget' must not be negative");
	}

	/**
	 * Return a builder with the values of these settings.
	 * @return a new builder
	 */
	public Builder toBuilder() {
		return builder().maxAttempts(this.maxAttempts)
			.initialDelay(this.initialDelay)
			.multiplier(this.multiplier)
			.maxDelay(this.maxDelay)
			.jitter(this.jitter)
			.budget(this.budget);
	}

	/**
	 * Return a builder with the defaults.
	 * @return a new builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Builder for {@link GeminiRetrySettings}, not thread-safe.
	 */
	public static final class Builder {

		private int maxAttempts = 3;

		private Duration initialDelay = Duration.ofSeconds(1);

		private double multiplier = 2;

		private Duration maxDelay = Duration.ofSeconds(30);

		private double jitter = 0.5;

		private Duration budget = Duration.ofMinutes(2);

		private Builder() {
		}

		/**
		 * Set the number of attempts.
		 * @param maxAttempts the number, the first one included, 1 or more
		 * @return this builder
		 */
		public Builder maxAttempts(int maxAttempts) {
			this.maxAttempts = maxAttempts;
			return this;
		}

		/**
		 * Set the wait after the first attempt, if the server asks for none.
		 * @param initialDelay the time, zero or more
		 * @return this builder
		 */
		public Builder initialDelay(Duration initialDelay) {
			this.initialDelay = initialDelay;
			return this;
		}

		/**
		 * Set the factor by which the wait grows from attempt to attempt.
		 * @param multiplier the factor, 1 or more
		 * @return this builder
		 */
		public Builder multiplier(double multiplier) {
			this.multiplier = multiplier;
			return this;
		}

		/**
		 * Set the longest wait, if the server asks for none.
		 * @param maxDelay the time, at least the initial one
		 * @return this builder
		 */
		public Builder maxDelay(Duration maxDelay) {
			this.maxDelay = maxDelay;
			return this;
		}

		/**
		 * Set the share of a wait that is random.
		 * @param jitter the share, from 0 to 1
		 * @return this builder
		 */
		public Builder jitter(double jitter) {
			this.jitter = jitter;
			return this;
		}

		/**
		 * Set the time from the start of the call within which an attempt may begin.
		 * @param budget the time, zero or more
		 * @return this builder
		 */
		public Builder budget(Duration budget) {
			this.budget = budget;
			return this;
		}

		/**
		 * Build the settings.
		 * @return the settings
		 * @throws IllegalArgumentException if a value is out of its range
		 */
		public GeminiRetrySettings build() {
			return new GeminiRetrySettings(this.maxAttempts, this.initialDelay, this.multiplier, this.maxDelay,
					this.jitter, this.budget);
		}

	}

}
