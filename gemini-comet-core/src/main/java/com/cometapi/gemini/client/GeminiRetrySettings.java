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
 * When and how often a call is tried again.
 *
 * <p>
 * Only what is known to pass is tried again, only before the first event was handed over,
 * and never after the caller has cancelled. A server that says how long to wait is waited
 * for at least that long, and for a second or the wait of these settings if it asks for
 * less. A request that was sent whole may have been run and charged, and is never sent
 * more often than {@code maxAttempts} says. Only one that certainly was not run, because
 * a connection of the pool turned out to be closed before the request had been written to
 * its end or because the endpoint refused its HTTP/2 stream, is sent again without being
 * counted.
 *
 * @param maxAttempts the number of attempts, the first one included; 1 for no other
 * @param initialDelay the wait after the first attempt, if the server asks for none
 * @param multiplier the factor by which the wait grows, 1 or more
 * @param maxDelay the longest wait, if the server asks for none
 * @param jitter the share of a wait that is random, from 0 for none to 1: 0.5 makes 2
 * seconds 1 to 3, and 2 to 3 if the server asks for 2
 * @param budget the time from the start of the call within which an attempt may begin; a
 * wait that goes beyond it is not begun
 */
public record GeminiRetrySettings(int maxAttempts, Duration initialDelay, double multiplier, Duration maxDelay,
		double jitter, Duration budget) {

	/**
	 * Never try again: what fails has failed.
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
