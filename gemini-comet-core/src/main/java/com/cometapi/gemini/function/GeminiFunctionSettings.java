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
 * Settings for running the functions of a prompt.
 *
 * @param maxRounds the maximum number of function-calling rounds per prompt
 * @param maxConcurrency the maximum number of functions of one round that run
 * concurrently
 * @param timeout the time limit of one function, without the wait for its approval
 * @param maxResultSize the maximum size of a result, in approximate characters of its
 * JSON and without media
 * @param onError the handling of a failed function
 * @param echoIds whether to send the ids of function calls back with their responses
 */
public record GeminiFunctionSettings(int maxRounds, int maxConcurrency, Duration timeout, long maxResultSize,
		OnError onError, boolean echoIds) {

	/**
	 * The default settings: 10 rounds, 8 concurrent functions, 2 minutes for each, 8
	 * million characters, errors are reported to the model, ids are sent back.
	 */
	public static final GeminiFunctionSettings DEFAULTS = new GeminiFunctionSettings(10, 8, Duration.ofMinutes(2),
			8_000_000, OnError.REPLY, true);

	/**
	 * Create settings. Prefer {@link #toBuilder()}, since components may be added.
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
	 * Handling of a failed function or invalid arguments.
	 */
	public enum OnError {

		/**
		 * Report the error to the model without internal details and continue.
		 */
		REPLY,

		/**
		 * End the prompt with an exception.
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
		 * Set the maximum number of function-calling rounds per prompt.
		 * @param maxRounds the number of rounds, at least 1
		 * @return this builder
		 */
		public Builder maxRounds(int maxRounds) {
			this.maxRounds = maxRounds;
			return this;
		}

		/**
		 * Set the maximum number of functions of one round that run concurrently.
		 * @param maxConcurrency the number of functions, 1 for sequential execution
		 * @return this builder
		 */
		public Builder maxConcurrency(int maxConcurrency) {
			this.maxConcurrency = maxConcurrency;
			return this;
		}

		/**
		 * Set the time limit of one function, without the wait for its approval.
		 * @param timeout the time
		 * @return this builder
		 */
		public Builder timeout(Duration timeout) {
			this.timeout = timeout;
			return this;
		}

		/**
		 * Set the maximum size of a result, without media.
		 * @param maxResultSize the approximate number of characters of its JSON
		 * @return this builder
		 */
		public Builder maxResultSize(long maxResultSize) {
			this.maxResultSize = maxResultSize;
			return this;
		}

		/**
		 * Set the handling of a failed function.
		 * @param onError the handling
		 * @return this builder
		 */
		public Builder onError(OnError onError) {
			this.onError = onError;
			return this;
		}

		/**
		 * Set whether to send the ids of function calls back with their responses.
		 * Disable it only for an endpoint that drops the ids of replayed calls and then
		 * rejects those of the responses.
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
