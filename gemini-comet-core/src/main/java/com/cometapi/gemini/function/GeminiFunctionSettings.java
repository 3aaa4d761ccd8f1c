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

package com.cometapi.gemini.function;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * How functions are run for a prompt.
 *
 * @param maxRounds how often the model may ask for functions in one prompt
 * @param maxConcurrency how many functions of one round run at the same time
 * @param timeout the time that one function may take, without the wait for its approval
 * @param maxResultSize the largest result of a function, about the characters of its JSON
 * and without media
 * @param onError what happens when a function fails
 * @param echoIds whether the ids of calls are sent back with their results
 */
public record GeminiFunctionSettings(int maxRounds, int maxConcurrency, Duration timeout, long maxResultSize,
		OnError onError, boolean echoIds) {

	/**
	 * The settings that hold if there are no others: 10 rounds, 8 functions at the same
	 * time, 2 minutes for each, 8 million characters, errors are told to the model, ids
	 * are sent back.
	 */
	public static final GeminiFunctionSettings DEFAULTS = new GeminiFunctionSettings(10, 8, Duration.ofMinutes(2),
			8_000_000, OnError.REPLY, true);

	/**
	 * Create settings. Use {@link #toBuilder()}, since components will come.
	 */
	public GeminiFunctionSettings {
		Assert.isTrue(maxRounds > 0, "'maxRounds' must be positive");
		Assert.isTrue(maxConcurrency > 0, "'maxConcurrency' must be positive");
		Assert.isTrue(timeout.compareTo(Duration.ZERO) > 0, "'timeout' must be positive");
		Assert.isTrue(maxResultSize > 0, "'maxResultSize' must be positive");
		Assert.notNull(onError, "'onError' must not be null");
	}

	/**
	 * Return a builder with these settings.
	 * @return a new builder
	 */
	public Builder toBuilder() {
		return new Builder(this);
	}

	/**
	 * What happens when a function fails or its arguments are not valid.
	 */
	public enum OnError {

		/**
		 * The model is told, with a text that shows nothing of the inside, and goes on.
		 */
		REPLY,

		/**
		 * The prompt ends with an exception.
		 */
		FAIL

	}

	/**
	 * Builder for {@link GeminiFunctionSettings}, not thread-safe.
	 */
	public static final class Builder {

		private int maxRounds;

		private int maxConcurrency;

		private Duration timeout;

		private long maxResultSize;

		private OnError onError;

		private boolean echoIds;

		private Builder(GeminiFunctionSettings settings) {
			this.maxRounds = settings.maxRounds;
			this.maxConcurrency = settings.maxConcurrency;
			this.timeout = settings.timeout;
			this.maxResultSize = settings.maxResultSize;
			this.onError = settings.onError;
			this.echoIds = settings.echoIds;
		}

		/**
		 * Set how often the model may ask for functions in one prompt.
		 * @param maxRounds the number of rounds, at least 1
		 * @return this builder
		 */
		public Builder maxRounds(int maxRounds) {
			this.maxRounds = maxRounds;
			return this;
		}

		/**
		 * Set how many functions of one round run at the same time.
		 * @param maxConcurrency the number of functions, 1 for one after the other
		 * @return this builder
		 */
		public Builder maxConcurrency(int maxConcurrency) {
			this.maxConcurrency = maxConcurrency;
			return this;
		}

		/**
		 * Set the time that one function may take, without the wait for its approval.
		 * @param timeout the time
		 * @return this builder
		 */
		public Builder timeout(Duration timeout) {
			this.timeout = timeout;
			return this;
		}

		/**
		 * Set the largest result of a function, without media.
		 * @param maxResultSize about the number of characters of its JSON
		 * @return this builder
		 */
		public Builder maxResultSize(long maxResultSize) {
			this.maxResultSize = maxResultSize;
			return this;
		}

		/**
		 * Set what happens when a function fails.
		 * @param onError what happens
		 * @return this builder
		 */
		public Builder onError(OnError onError) {
			this.onError = onError;
			return this;
		}

		/**
		 * Set whether the ids of calls are sent back with their results. Switch it off
		 * only for an endpoint that loses the ids of the calls that are sent back to it
		 * and then complains of those of the results.
		 * @param echoIds whether to send them
		 * @return this builder
		 */
		public Builder echoIds(boolean echoIds) {
			this.echoIds = echoIds;
			return this;
		}

		/**
		 * Build the settings.
		 * @return the settings
		 */
		public GeminiFunctionSettings build() {
			return new GeminiFunctionSettings(this.maxRounds, this.maxConcurrency, this.timeout, this.maxResultSize,
					this.onError, this.echoIds);
		}

	}

}
