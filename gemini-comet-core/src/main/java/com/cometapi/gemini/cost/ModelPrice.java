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

import com.cometapi.gemini.api.UsageMetadata;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Prices of a model, for one million tokens each, in any currency.
 *
 * @param input the price of input tokens, those that built-in tools fed back included
 * @param cached the price of input tokens that came from a cache
 * @param output the price of output tokens
 * @param thinking the price of the tokens of thoughts
 */
public record ModelPrice(BigDecimal input, BigDecimal cached, BigDecimal output, BigDecimal thinking) {

	private static final int MILLION_DIGITS = 6;

	/**
	 * Create prices.
	 */
	public ModelPrice {
		check("input", input);
		check("cached", cached);
		check("output", output);
		check("thinking", thinking);
	}

	private static void check(String name, BigDecimal price) {
		Assert.notNull(price, () -> "'%s' must not be null".formatted(name));
		Assert.isTrue(price.signum() >= 0, () -> "'%s' must not be negative".formatted(name));
	}

	/**
	 * Return the cost of a call. Exact; fees other than those for tokens are not
	 * included.
	 * @param usage the usage of the call
	 * @return the cost, or {@code null} if the usage has no counts
	 */
	public @Nullable BigDecimal costOf(UsageMetadata usage) {
		Integer output = (usage.candidatesTokenCount() != null) ? usage.candidatesTokenCount()
				: usage.responseTokenCount();
		if (usage.promptTokenCount() == null && output == null && usage.thoughtsTokenCount() == null) {
			return null;
		}
		long cached = count(usage.cachedContentTokenCount());
		long input = Math.max(count(usage.promptTokenCount()) - cached, 0) + count(usage.toolUsePromptTokenCount());
		return cost(this.input, input).add(cost(this.cached, cached))
			.add(cost(this.output, count(output)))
			.add(cost(this.thinking, count(usage.thoughtsTokenCount())));
	}

	/**
	 * Estimate the cost of a call before it is made, without cached tokens.
	 * @param inputTokens the number of input tokens
	 * @param outputTokens the number of output tokens, thoughts included
	 * @return the cost, at the higher one of the prices of output and thoughts
	 */
	BigDecimal estimate(long inputTokens, long outputTokens) {
		return cost(this.input, inputTokens).add(cost(this.output.max(this.thinking), outputTokens));
	}

	private static BigDecimal cost(BigDecimal price, long tokens) {
		return price.multiply(BigDecimal.valueOf(tokens)).movePointLeft(MILLION_DIGITS);
	}

	private static long count(@Nullable Integer tokens) {
		return (tokens != null) ? Math.max(tokens, 0) : 0;
	}

	/**
	 * Create prices without a discount for cached tokens, and with one price for all
	 * output.
	 * @param input the price of input tokens
	 * @param output the price of output tokens and thoughts
	 * @return the prices
	 */
	public static ModelPrice of(BigDecimal input, BigDecimal output) {
		return new ModelPrice(input, input, output, output);
	}

}
