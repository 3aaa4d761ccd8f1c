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

import java.math.BigDecimal;
import java.util.concurrent.atomic.AtomicBoolean;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.ResponseOrigin;
import com.cometapi.gemini.api.UsageMetadata;
import com.cometapi.gemini.client.GeminiExchange;
import com.cometapi.gemini.client.GeminiExchangeFilter;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.core.Ordered;
import org.springframework.util.Assert;

/**
 * Adds the cost of a call to the {@linkplain ResponseOrigin#cost() origin} of its
 * response, and sums the costs of all calls. Each event of a stream has the cost of the
 * tokens that were reported so far. Runs inside of the fallback filter, so that it sees
 * the connection and the model that are really called.
 */
public final class GeminiCostFilter implements GeminiExchangeFilter, Ordered {

	/**
	 * The order of this filter.
	 */
	public static final int ORDER = -150;

	private final GeminiPrices prices;

	private final GeminiCosts costs;

	/**
	 * Create a filter.
	 * @param prices the prices
	 * @param costs the sums of the costs
	 */
	public GeminiCostFilter(GeminiPrices prices, GeminiCosts costs) {
		Assert.notNull(prices, "'prices' must not be null");
		Assert.notNull(costs, "'costs' must not be null");
		this.prices = prices;
		this.costs = costs;
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public Flux<GenerateContentResponse> filter(GeminiExchange exchange, Next next) {
		PricedCall call = new PricedCall(this.prices);
		// Before the end is signalled, so that the caller sees the sums.
		return next.exchange(exchange)
			.map(call::price)
			.doOnTerminate(() -> call.addTo(this.costs))
			.doOnCancel(() -> call.addTo(this.costs));
	}

	/**
	 * Cost of one call so far.
	 */
	private static final class PricedCall {

		private final GeminiPrices prices;

		private @Nullable ModelPrice price;

		private @Nullable UsageMetadata usage;

		// Also read by the thread that cancels.
		private volatile @Nullable ResponseOrigin origin;

		private volatile @Nullable BigDecimal cost;

		private final AtomicBoolean added = new AtomicBoolean();

		PricedCall(GeminiPrices prices) {
			this.prices = prices;
		}

		GenerateContentResponse price(GenerateContentResponse event) {
			ResponseOrigin origin = event.origin();
			if (origin == null || origin.connection() == null || origin.model() == null
					|| origin.kind() != ResponseOrigin.Kind.MODEL) {
				// A filter responded without a call.
				return event;
			}
			if (this.origin == null) {
				this.price = this.prices.find(origin.connection(), origin.model());
				this.origin = origin;
			}
			UsageMetadata usage = event.usageMetadata();
			if (usage != null && this.price != null) {
				this.usage = (this.usage != null) ? this.usage.merge(usage) : usage;
				this.cost = this.price.costOf(this.usage);
			}
			BigDecimal cost = this.cost;
			return (cost != null) ? event.toBuilder().origin(origin.withCost(cost)).build() : event;
		}

		void addTo(GeminiCosts costs) {
			ResponseOrigin origin = this.origin;
			if (origin != null && origin.connection() != null && origin.model() != null
					&& this.added.compareAndSet(false, true)) {
				costs.add(origin.connection(), origin.model(), this.cost);
			}
		}

	}

}
