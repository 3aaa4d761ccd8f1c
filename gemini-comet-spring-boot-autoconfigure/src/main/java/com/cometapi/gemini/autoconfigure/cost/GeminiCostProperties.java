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

package com.cometapi.gemini.autoconfigure.cost;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

import com.cometapi.gemini.cost.GeminiBudget.OnExceeded;
import com.cometapi.gemini.cost.GeminiBudget.Period;
import com.cometapi.gemini.cost.GeminiBudgetFilter.OnStoreFailure;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration properties of prices and budgets.
 *
 * @param prices Prices by model, per million tokens.
 * @param budgets Budgets by name. They require prices.
 * @param budget Settings of all budgets.
 */
@ConfigurationProperties("cometapi.gemini")
public record GeminiCostProperties(@DefaultValue Map<String, Price> prices, @DefaultValue Map<String, Budget> budgets,
		@DefaultValue BudgetSettings budget) {

	/**
	 * Prices of a model, per million tokens.
	 *
	 * @param input Price of input tokens.
	 * @param cached Price of cached input tokens. That of other input if not set.
	 * @param output Price of output tokens.
	 * @param thinking Price of the tokens of thoughts. That of other output if not set.
	 * @param modalities Prices of modalities that differ, by name, such as 'audio'.
	 * @param tiers Prices of calls with a long prompt.
	 */
	public record Price(@Nullable BigDecimal input, @Nullable BigDecimal cached, @Nullable BigDecimal output,
			@Nullable BigDecimal thinking, @DefaultValue Map<String, ModalityPrice> modalities,
			@DefaultValue List<Tier> tiers) {

	}

	/**
	 * Prices of the tokens of a modality, per million tokens. Those of the model if not
	 * set.
	 *
	 * @param input Price of input tokens.
	 * @param cached Price of cached input tokens. If not set, that of the model, or
	 * 'input' if the model has none.
	 * @param output Price of output tokens.
	 */
	public record ModalityPrice(@Nullable BigDecimal input, @Nullable BigDecimal cached, @Nullable BigDecimal output) {

	}

	/**
	 * Prices of calls with a long prompt, per million tokens. Those of shorter prompts if
	 * not set.
	 *
	 * @param above Number of prompt tokens above which the prices apply.
	 * @param input Price of input tokens.
	 * @param cached Price of cached input tokens.
	 * @param output Price of output tokens.
	 * @param thinking Price of the tokens of thoughts.
	 * @param modalities Prices of modalities that differ, by name.
	 */
	public record Tier(@Nullable Long above, @Nullable BigDecimal input, @Nullable BigDecimal cached,
			@Nullable BigDecimal output, @Nullable BigDecimal thinking,
			@DefaultValue Map<String, ModalityPrice> modalities) {

	}

	/**
	 * Budget of a day or a month.
	 *
	 * @param limit Amount that calls may cost in a period, in the currency of the prices.
	 * @param per Kind of budget keys, each of which has its own budget, such as 'tenant'.
	 * One budget for all calls if not set.
	 * @param period Period after which the budget starts again.
	 * @param onExceeded Reaction when the budget is used up.
	 * @param limits Limits of individual keys, instead of 'limit'.
	 */
	public record Budget(@Nullable BigDecimal limit, @Nullable String per, @DefaultValue("day") Period period,
			@DefaultValue("refuse") OnExceeded onExceeded, @DefaultValue Map<String, BigDecimal> limits) {

	}

	/**
	 * Settings of all budgets.
	 *
	 * @param store Type of the store of the amounts that were spent.
	 * @param redis Store in Redis.
	 * @param storeTimeout Time after which a store that does not respond counts as
	 * failed.
	 * @param onStoreFailure Handling of calls while the store is not available.
	 * @param zone Time zone in which days and months begin.
	 * @param estimatedOutputTokens Number of output tokens to reserve for a call,
	 * thoughts included, unless the request allows fewer.
	 */
	public record BudgetSettings(@DefaultValue("memory") Store store, @DefaultValue Redis redis,
			@DefaultValue("2s") Duration storeTimeout, @DefaultValue("allow") OnStoreFailure onStoreFailure,
			@DefaultValue("UTC") ZoneId zone, @DefaultValue("2000") int estimatedOutputTokens) {

		/**
		 * Type of the store.
		 */
		public enum Store {

			/**
			 * Memory of the process.
			 */
			MEMORY,

			/**
			 * Redis.
			 */
			REDIS

		}

		/**
		 * Store in Redis.
		 *
		 * @param keyPrefix Prefix of the keys in Redis.
		 */
		public record Redis(@DefaultValue("gemini:budget:") String keyPrefix) {

		}

	}

}
