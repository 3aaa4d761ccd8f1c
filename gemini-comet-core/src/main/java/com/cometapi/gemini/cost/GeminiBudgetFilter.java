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

package com.cometapi.gemini.cost;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.client.GeminiExchange;
import com.cometapi.gemini.client.GeminiExchangeFilter;
import com.cometapi.gemini.error.GeminiBudgetExceededException;
import com.cometapi.gemini.error.GeminiBudgetUnavailableException;
import com.cometapi.gemini.thread.Durations;
import com.cometapi.gemini.thread.GeminiThreads;
import reactor.core.publisher.Flux;

import org.springframework.core.Ordered;
import org.springframework.util.Assert;

/**
 * Charges calls to budgets. For a budget that refuses calls, the estimated cost is
 * reserved before a call and corrected after it: calls at the same time exceed such a
 * budget by no more than their costs exceed their estimates. A call that a budget refuses
 * ends with a {@link GeminiBudgetExceededException}.
 *
 * <p>
 * A call is charged its cost, which {@link GeminiCostFilter} computes. A call that fails
 * or is cancelled is charged nothing if the endpoint has certainly not run it, as with an
 * error response, without a connection, or before its request was sent. Any other call
 * without a complete response, such as a stream that was cancelled, may have been billed:
 * it is charged the estimate, or the cost reported so far if that is higher. A complete
 * response without usage, or one that a filter inside of this one replaced, is charged
 * the estimate.
 */
public final class GeminiBudgetFilter implements GeminiExchangeFilter, Ordered {

	/**
	 * The order of this filter.
	 */
	public static final int ORDER = -300;

	private final BudgetSettings settings;

	private GeminiBudgetFilter(BudgetSettings settings) {
		this.settings = settings;
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public Flux<GenerateContentResponse> filter(GeminiExchange exchange, Next next) {
		return new BudgetedCall(this.settings, exchange).run(next.exchange(exchange));
	}

	/**
	 * Return a builder.
	 * @param prices the prices
	 * @param budgets the budgets
	 * @return a new builder
	 */
	public static Builder builder(GeminiPrices prices, List<GeminiBudget> budgets) {
		return new Builder(prices, budgets);
	}

	/**
	 * Handling of calls while the store fails or does not respond in time.
	 */
	public enum OnStoreFailure {

		/**
		 * Let calls through. They are charged afterwards if the store responds by then.
		 */
		ALLOW,

		/**
		 * Refuse calls with a {@link GeminiBudgetUnavailableException}.
		 */
		REFUSE

	}

	/**
	 * Builder for {@link GeminiBudgetFilter}, not thread-safe.
	 */
	public static final class Builder {

		private final GeminiPrices prices;

		private final List<GeminiBudget> budgets;

		private GeminiBudgetStore store = new InMemoryGeminiBudgetStore();

		private int estimatedOutputTokens = 2000;

		private Duration storeTimeout = Duration.ofSeconds(2);

		private OnStoreFailure onStoreFailure = OnStoreFailure.ALLOW;

		private ZoneId zone = ZoneOffset.UTC;

		private InstantSource clock = InstantSource.system();

		private final List<GeminiBudgetListener> listeners = new ArrayList<>();

		private GeminiThreads threads = GeminiThreads.shared();

		private Builder(GeminiPrices prices, List<GeminiBudget> budgets) {
			Assert.notNull(prices, "'prices' must not be null");
			Assert.notEmpty(budgets, "'budgets' must not be empty");
			this.prices = prices;
			this.budgets = List.copyOf(budgets);
		}

		/**
		 * Set the store of the spent amounts.
		 * @param store the store, in memory if not set
		 * @return this builder
		 */
		public Builder store(GeminiBudgetStore store) {
			Assert.notNull(store, "'store' must not be null");
			this.store = store;
			return this;
		}

		/**
		 * Set the number of output tokens, thoughts included, to reserve for a call. A
		 * lower {@code maxOutputTokens} of the request takes precedence.
		 * @param estimatedOutputTokens the number, 2000 if not set
		 * @return this builder
		 */
		public Builder estimatedOutputTokens(int estimatedOutputTokens) {
			Assert.isTrue(estimatedOutputTokens >= 0, "'estimatedOutputTokens' must not be negative");
			this.estimatedOutputTokens = estimatedOutputTokens;
			return this;
		}

		/**
		 * Set the time after which a store that does not respond counts as failed.
		 * @param storeTimeout the time, two seconds if not set
		 * @return this builder
		 */
		public Builder storeTimeout(Duration storeTimeout) {
			Assert.isTrue(storeTimeout.compareTo(Duration.ZERO) > 0, "'storeTimeout' must be positive");
			this.storeTimeout = Durations.capped(storeTimeout);
			return this;
		}

		/**
		 * Set the reaction to a store that fails.
		 * @param onStoreFailure the reaction, {@link OnStoreFailure#ALLOW} if not set
		 * @return this builder
		 */
		public Builder onStoreFailure(OnStoreFailure onStoreFailure) {
			Assert.notNull(onStoreFailure, "'onStoreFailure' must not be null");
			this.onStoreFailure = onStoreFailure;
			return this;
		}

		/**
		 * Set the time zone of days and months.
		 * @param zone the zone, UTC if not set
		 * @return this builder
		 */
		public Builder zone(ZoneId zone) {
			Assert.notNull(zone, "'zone' must not be null");
			this.zone = zone;
			return this;
		}

		/**
		 * Set the clock.
		 * @param clock the clock, that of the system if not set
		 * @return this builder
		 */
		public Builder clock(InstantSource clock) {
			Assert.notNull(clock, "'clock' must not be null");
			this.clock = clock;
			return this;
		}

		/**
		 * Add listeners for budgets that are used up.
		 * @param listeners the listeners
		 * @return this builder
		 */
		public Builder listeners(List<GeminiBudgetListener> listeners) {
			this.listeners.addAll(listeners);
			return this;
		}

		/**
		 * Set the threads that call the listeners.
		 * @param threads the threads, the shared ones if not set
		 * @return this builder
		 */
		public Builder threads(GeminiThreads threads) {
			Assert.notNull(threads, "'threads' must not be null");
			this.threads = threads;
			return this;
		}

		/**
		 * Build the filter.
		 * @return the filter
		 */
		public GeminiBudgetFilter build() {
			return new GeminiBudgetFilter(new BudgetSettings(this.prices, this.budgets, this.store,
					this.estimatedOutputTokens, this.storeTimeout, this.onStoreFailure, this.zone, this.clock,
					this.listeners, this.threads));
		}

	}

}
