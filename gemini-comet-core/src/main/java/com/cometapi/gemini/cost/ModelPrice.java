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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.cometapi.gemini.api.Modality;
import com.cometapi.gemini.api.ModalityTokenCount;
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
 * @param modalities the prices of modalities that differ from these, such as that of
 * audio input
 * @param tiers the prices of calls with a long prompt, which replace all of these
 */
public record ModelPrice(BigDecimal input, BigDecimal cached, BigDecimal output, BigDecimal thinking,
		Map<Modality, ModalityPrice> modalities, List<Tier> tiers) {

	/**
	 * Create prices.
	 */
	public ModelPrice {
		Price.check("input", input);
		Price.check("cached", cached);
		Price.check("output", output);
		Price.check("thinking", thinking);
		modalities = Map.copyOf(modalities);
		tiers = tiers.stream().sorted(Comparator.comparingLong(Tier::above).reversed()).toList();
	}

	/**
	 * Create prices that depend neither on the modality nor on the length of the prompt.
	 * @param input the price of input tokens
	 * @param cached the price of input tokens that came from a cache
	 * @param output the price of output tokens
	 * @param thinking the price of the tokens of thoughts
	 */
	public ModelPrice(BigDecimal input, BigDecimal cached, BigDecimal output, BigDecimal thinking) {
		this(input, cached, output, thinking, Map.of(), List.of());
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
		return at(Price.count(usage.promptTokenCount())).costOf(usage, Price.count(output));
	}

	private BigDecimal costOf(UsageMetadata usage, long outputTokens) {
		// The tokens of a prompt include those that came from a cache.
		long cached = Price.count(usage.cachedContentTokenCount());
		long input = Math.max(Price.count(usage.promptTokenCount()) - cached, 0)
				+ Price.count(usage.toolUsePromptTokenCount());
		long output = outputTokens;
		BigDecimal cost = Price.of(this.thinking, Price.count(usage.thoughtsTokenCount()));
		for (Map.Entry<Modality, ModalityPrice> entry : this.modalities.entrySet()) {
			ModalityPrice price = entry.getValue();
			ModalityTokens tokens = ModalityTokens.of(usage, entry.getKey());
			if (price.input() != null) {
				long counted = Math.min(tokens.input(), input);
				input -= counted;
				cost = cost.add(Price.of(price.input(), counted));
			}
			if (price.cached() != null) {
				long counted = Math.min(tokens.cached(), cached);
				cached -= counted;
				cost = cost.add(Price.of(price.cached(), counted));
			}
			if (price.output() != null) {
				long counted = Math.min(tokens.output(), output);
				output -= counted;
				cost = cost.add(Price.of(price.output(), counted));
			}
		}
		return cost.add(Price.of(this.input, input))
			.add(Price.of(this.cached, cached))
			.add(Price.of(this.output, output));
	}

	/**
	 * Estimate the cost of a call before it is made, without cached tokens and
	 * modalities.
	 * @param inputTokens the number of input tokens
	 * @param outputTokens the number of output tokens, thoughts included
	 * @return the cost, at the higher one of the prices of output and thoughts
	 */
	BigDecimal estimate(long inputTokens, long outputTokens) {
		ModelPrice price = at(inputTokens);
		return Price.of(price.input, inputTokens).add(Price.of(price.output.max(price.thinking), outputTokens));
	}

	private ModelPrice at(long promptTokens) {
		return this.tiers.stream()
			.filter((tier) -> promptTokens > tier.above())
			.findFirst()
			.map(Tier::price)
			.orElse(this);
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

	/**
	 * Return a copy with other prices for a modality.
	 * @param modality the modality
	 * @param price the prices of its tokens
	 * @return the copy
	 */
	public ModelPrice withModality(Modality modality, ModalityPrice price) {
		Map<Modality, ModalityPrice> modalities = new HashMap<>(this.modalities);
		modalities.put(modality, price);
		return new ModelPrice(this.input, this.cached, this.output, this.thinking, modalities, this.tiers);
	}

	/**
	 * Return a copy with other prices for calls with a long prompt.
	 * @param above the number of prompt tokens above which the prices apply, cached ones
	 * included
	 * @param price the prices of all tokens of such a call
	 * @return the copy
	 */
	public ModelPrice withTier(long above, ModelPrice price) {
		List<Tier> tiers = new ArrayList<>(this.tiers);
		tiers.add(new Tier(above, price));
		return new ModelPrice(this.input, this.cached, this.output, this.thinking, this.modalities, tiers);
	}

	/**
	 * Prices of the tokens of one modality.
	 *
	 * @param input the price of input tokens, or {@code null} for that of all input
	 * @param cached the price of input tokens that came from a cache, or {@code null} for
	 * that of all cached input
	 * @param output the price of output tokens, or {@code null} for that of all output
	 */
	public record ModalityPrice(@Nullable BigDecimal input, @Nullable BigDecimal cached, @Nullable BigDecimal output) {

		/**
		 * Create prices.
		 */
		public ModalityPrice {
			Price.checkIfPresent("input", input);
			Price.checkIfPresent("cached", cached);
			Price.checkIfPresent("output", output);
		}

	}

	/**
	 * Prices of calls with a long prompt.
	 *
	 * @param above the number of prompt tokens above which the prices apply, cached ones
	 * included
	 * @param price the prices of all tokens of such a call
	 */
	public record Tier(long above, ModelPrice price) {

		/**
		 * Create a tier.
		 */
		public Tier {
			Assert.isTrue(above > 0, "'above' must be positive");
			Assert.isTrue(price.tiers().isEmpty(), "'price' must not have tiers");
		}

	}

	/**
	 * Tokens of one modality.
	 *
	 * @param input the input tokens, without cached ones
	 * @param cached the cached input tokens
	 * @param output the output tokens
	 */
	private record ModalityTokens(long input, long cached, long output) {

		static ModalityTokens of(UsageMetadata usage, Modality modality) {
			long cached = count(usage.cacheTokensDetails(), modality);
			long input = Math.max(count(usage.promptTokensDetails(), modality) - cached, 0)
					+ count(usage.toolUsePromptTokensDetails(), modality);
			return new ModalityTokens(input, cached, count((usage.candidatesTokenCount() != null)
					? usage.candidatesTokensDetails() : usage.responseTokensDetails(), modality));
		}

		private static long count(List<ModalityTokenCount> details, Modality modality) {
			return details.stream()
				.filter((detail) -> modality.equals(detail.modality()))
				.mapToLong((detail) -> Price.count(detail.tokenCount()))
				.sum();
		}

	}

	/**
	 * Arithmetic of prices for one million tokens.
	 */
	private static final class Price {

		private static final int MILLION_DIGITS = 6;

		static void check(String name, BigDecimal price) {
			Assert.notNull(price, () -> "'%s' must not be null".formatted(name));
			checkIfPresent(name, price);
		}

		static void checkIfPresent(String name, @Nullable BigDecimal price) {
			Assert.isTrue(price == null || price.signum() >= 0, () -> "'%s' must not be negative".formatted(name));
		}

		static BigDecimal of(BigDecimal price, long tokens) {
			return price.multiply(BigDecimal.valueOf(tokens)).movePointLeft(MILLION_DIGITS);
		}

		static long count(@Nullable Integer tokens) {
			return (tokens != null) ? Math.max(tokens, 0) : 0;
		}

	}

}
