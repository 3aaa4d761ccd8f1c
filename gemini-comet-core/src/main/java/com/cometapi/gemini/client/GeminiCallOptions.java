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
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Options of one call, which override the settings of the client.
 *
 * @param apiKey the key to use, or {@code null} for the configured one
 * @param headers headers to add, by name
 * @param firstEventTimeout the maximum time until the first event, or until the response
 * of a call that is not streamed, or {@code null} for the configured one
 * @param idleTimeout the maximum time between two events, or {@code null} for the
 * configured one
 * @param totalTimeout the maximum time of the whole call including retries, or
 * {@code null} for the configured one
 * @param retry the retry settings, or {@code null} for the configured ones
 * @param mediaSink the sink to which media of the response are written as they arrive, or
 * {@code null} to keep them in the response
 * @param priority the priority while the call waits for a rate limit of the application
 * @param budgetKeys the keys whose budgets the call is charged to, by their kind, such as
 * {@code tenant}
 * @param cacheResponse whether the response may come from the response cache and be
 * stored in it, or {@code null} for the configured default
 */
public record GeminiCallOptions(@Nullable String apiKey, Map<String, String> headers,
		@Nullable Duration firstEventTimeout, @Nullable Duration idleTimeout, @Nullable Duration totalTimeout,
		@Nullable GeminiRetrySettings retry, @Nullable GeminiMediaSink mediaSink, GeminiCallPriority priority,
		Map<String, String> budgetKeys, @Nullable Boolean cacheResponse) {

	/**
	 * Options that override nothing.
	 */
	public static final GeminiCallOptions DEFAULTS = builder().build();

	public GeminiCallOptions {
		headers = Map.copyOf(headers);
		budgetKeys = Map.copyOf(budgetKeys);
		HeaderChecks.checkKey(apiKey);
		HeaderChecks.checkAll(headers);
	}

	@Override
	public String toString() {
		return "GeminiCallOptions[apiKey=%s, headers=%s, firstEventTimeout=%s, idleTimeout=%s, totalTimeout=%s, retry=%s, mediaSink=%s, priority=%s, budgetKeys=%s, cacheResponse=%s]"
			.formatted((this.apiKey != null) ? "***" : null, this.headers.keySet(), this.firstEventTimeout,
					this.idleTimeout, this.totalTimeout, this.retry, this.mediaSink, this.priority, this.budgetKeys,
					this.cacheResponse);
	}

	/**
	 * Return a builder with these options.
	 * @return a new builder
	 */
	public Builder toBuilder() {
		return new Builder(this);
	}

	/**
	 * Return a builder without values.
	 * @return a new builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Builder for {@link GeminiCallOptions}, not thread-safe.
	 */
	public static final class Builder {

		private @Nullable String apiKey;

		private Map<String, String> headers = Map.of();

		private @Nullable Duration firstEventTimeout;

		private @Nullable Duration idleTimeout;

		private @Nullable Duration totalTimeout;

		private @Nullable GeminiRetrySettings retry;

		private @Nullable GeminiMediaSink mediaSink;

		private GeminiCallPriority priority = GeminiCallPriority.INTERACTIVE;

		private Map<String, String> budgetKeys = Map.of();

		private @Nullable Boolean cacheResponse;

		private Builder() {
		}

		private Builder(GeminiCallOptions options) {
			this.apiKey = options.apiKey;
			this.headers = (options.headers.isEmpty()) ? Map.of() : new HashMap<>(options.headers);
			this.firstEventTimeout = options.firstEventTimeout;
			this.idleTimeout = options.idleTimeout;
			this.totalTimeout = options.totalTimeout;
			this.retry = options.retry;
			this.mediaSink = options.mediaSink;
			this.priority = options.priority;
			this.budgetKeys = options.budgetKeys;
			this.cacheResponse = options.cacheResponse;
		}

		/**
		 * Set the key to use.
		 * @param apiKey the key, or {@code null} for the configured one
		 * @return this builder
		 * @throws IllegalArgumentException if the key has a character that is not allowed
		 * in a key; the message does not show the key
		 */
		public Builder apiKey(@Nullable String apiKey) {
			HeaderChecks.checkKey(apiKey);
			this.apiKey = apiKey;
			return this;
		}

		/**
		 * Add a header.
		 * @param name the name
		 * @param value the value
		 * @return this builder
		 * @throws IllegalArgumentException if RFC 9110 forbids the name or the value; the
		 * message does not show the value
		 */
		public Builder header(String name, String value) {
			HeaderChecks.check(name, value);
			if (this.headers.isEmpty()) {
				this.headers = new HashMap<>();
			}
			this.headers.put(name, value);
			return this;
		}

		/**
		 * Remove all headers.
		 * @return this builder
		 */
		public Builder clearHeaders() {
			this.headers = Map.of();
			return this;
		}

		/**
		 * Set the maximum time until the first event, or until the response of a call
		 * that is not streamed.
		 * @param firstEventTimeout the time, or {@code null} for the configured one
		 * @return this builder
		 */
		public Builder firstEventTimeout(@Nullable Duration firstEventTimeout) {
			this.firstEventTimeout = firstEventTimeout;
			return this;
		}

		/**
		 * Set the maximum time between two events. Comments and empty events count as
		 * events.
		 * @param idleTimeout the time, or {@code null} for the configured one
		 * @return this builder
		 */
		public Builder idleTimeout(@Nullable Duration idleTimeout) {
			this.idleTimeout = idleTimeout;
			return this;
		}

		/**
		 * Set the maximum time of the whole call, including retries.
		 * @param totalTimeout the time, or {@code null} for the configured one
		 * @return this builder
		 */
		public Builder totalTimeout(@Nullable Duration totalTimeout) {
			this.totalTimeout = totalTimeout;
			return this;
		}

		/**
		 * Set the retry settings.
		 * @param retry the settings, {@link GeminiRetrySettings#NONE} for no retries, or
		 * {@code null} for the configured ones
		 * @return this builder
		 */
		public Builder retry(@Nullable GeminiRetrySettings retry) {
			this.retry = retry;
			return this;
		}

		/**
		 * Set the sink to which media of the response are written as they arrive.
		 * @param mediaSink the sink, or {@code null} to keep the media in the response
		 * @return this builder
		 */
		public Builder mediaSink(@Nullable GeminiMediaSink mediaSink) {
			this.mediaSink = mediaSink;
			return this;
		}

		/**
		 * Set the priority while the call waits for a rate limit of the application.
		 * @param priority the priority
		 * @return this builder
		 */
		public Builder priority(GeminiCallPriority priority) {
			this.priority = priority;
			return this;
		}

		/**
		 * Set a key whose budgets the call is charged to. Any kind of key may be used,
		 * even one that has no budget.
		 * @param kind the kind of the key, such as {@code tenant} or {@code user}, as
		 * named by the budgets
		 * @param key the key, such as the name of the tenant
		 * @return this builder
		 */
		public Builder budgetKey(String kind, String key) {
			Assert.hasText(kind, "'kind' must not be empty");
			Assert.hasText(key, "'key' must not be empty");
			Map<String, String> keys = new HashMap<>(this.budgetKeys);
			keys.put(kind, key);
			this.budgetKeys = keys;
			return this;
		}

		/**
		 * Set whether the response may come from the response cache and be stored in it.
		 * @param cacheResponse whether it may, or {@code null} for the configured default
		 * @return this builder
		 */
		public Builder cacheResponse(@Nullable Boolean cacheResponse) {
			this.cacheResponse = cacheResponse;
			return this;
		}

		/**
		 * Build the options.
		 * @return the options
		 */
		public GeminiCallOptions build() {
			return new GeminiCallOptions(this.apiKey, this.headers, this.firstEventTimeout, this.idleTimeout,
					this.totalTimeout, this.retry, this.mediaSink, this.priority, this.budgetKeys, this.cacheResponse);
		}

	}

}
