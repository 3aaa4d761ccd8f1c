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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.cometapi.gemini.api.Modality;
import com.cometapi.gemini.autoconfigure.cost.GeminiCostProperties.ModalityPrice;
import com.cometapi.gemini.autoconfigure.cost.GeminiCostProperties.Price;
import com.cometapi.gemini.autoconfigure.cost.GeminiCostProperties.Tier;
import com.cometapi.gemini.cost.GeminiPrices;
import com.cometapi.gemini.cost.ModelPrice;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Creates the price table from the properties.
 */
final class PricesFactory {

	private static final String BRACKETS = "The id of a model that contains a dot must be in brackets, "
			+ "as in 'cometapi.gemini.prices.[gemini-3.5-flash].input'.";

	private final String prefix;

	private PricesFactory(String model) {
		this.prefix = "cometapi.gemini.prices.[%s].".formatted(model);
	}

	/**
	 * Create a price table.
	 * @param prices the properties by model
	 * @return the table
	 */
	static GeminiPrices create(Map<String, Price> prices) {
		if (prices.isEmpty()) {
			throw new InvalidConfigurationPropertyValueException("cometapi.gemini.prices", "", BRACKETS);
		}
		Map<String, ModelPrice> table = new LinkedHashMap<>();
		prices.forEach((model, price) -> table.put(model, new PricesFactory(model).toPrice(price)));
		return GeminiPrices.of(table);
	}

	private ModelPrice toPrice(Price price) {
		BigDecimal input = required("input", price.input());
		BigDecimal output = required("output", price.output());
		BigDecimal cached = optional("cached", price.cached());
		BigDecimal thinking = optional("thinking", price.thinking());
		Map<Modality, ModelPrice.ModalityPrice> modalities = toModalities("", price.modalities(), cached != null);
		List<ModelPrice.Tier> tiers = new ArrayList<>();
		for (Tier tier : price.tiers()) {
			tiers.add(toTier("tiers[%s].".formatted(tiers.size()), tier, price));
		}
		return new ModelPrice(input, first(cached, input), output, first(thinking, output), modalities, tiers);
	}

	private ModelPrice.Tier toTier(String name, Tier tier, Price price) {
		if (tier.above() == null || tier.above() < 1) {
			throw new InvalidConfigurationPropertyValueException(this.prefix + name + "above", tier.above(),
					"A tier needs the number of prompt tokens above which it applies.");
		}
		BigDecimal input = first(optional(name + "input", tier.input()), required("input", price.input()));
		BigDecimal output = first(optional(name + "output", tier.output()), required("output", price.output()));
		BigDecimal cached = firstOrNull(optional(name + "cached", tier.cached()), price.cached());
		BigDecimal thinking = firstOrNull(optional(name + "thinking", tier.thinking()), price.thinking());
		Map<String, ModalityPrice> modalities = new HashMap<>(price.modalities());
		tier.modalities().forEach((modality, own) -> modalities.merge(modality, own, PricesFactory::merge));
		return new ModelPrice.Tier(tier.above(), new ModelPrice(input, first(cached, input), output,
				first(thinking, output), toModalities(name, modalities, cached != null), List.of()));
	}

	private static ModalityPrice merge(ModalityPrice price, ModalityPrice own) {
		return new ModalityPrice(firstOrNull(own.input(), price.input()), firstOrNull(own.cached(), price.cached()),
				firstOrNull(own.output(), price.output()));
	}

	private Map<Modality, ModelPrice.ModalityPrice> toModalities(String name, Map<String, ModalityPrice> prices,
			boolean discount) {
		Map<Modality, ModelPrice.ModalityPrice> modalities = new HashMap<>();
		prices.forEach((modality, price) -> {
			String names = "%smodalities.%s.".formatted(name, modality);
			BigDecimal input = optional(names + "input", price.input());
			BigDecimal cached = optional(names + "cached", price.cached());
			modalities.put(new Modality(modality.toUpperCase(Locale.ROOT)), new ModelPrice.ModalityPrice(input,
					(discount) ? cached : firstOrNull(cached, input), optional(names + "output", price.output())));
		});
		return modalities;
	}

	private BigDecimal required(String name, @Nullable BigDecimal price) {
		if (price == null) {
			throw new InvalidConfigurationPropertyValueException(this.prefix + name, "",
					"A price needs 'input' and 'output'. " + BRACKETS);
		}
		check(name, price);
		return price;
	}

	private @Nullable BigDecimal optional(String name, @Nullable BigDecimal price) {
		if (price != null) {
			check(name, price);
		}
		return price;
	}

	private void check(String name, BigDecimal price) {
		if (price.signum() < 0) {
			throw new InvalidConfigurationPropertyValueException(this.prefix + name, price,
					"A price must not be negative.");
		}
	}

	private static BigDecimal first(@Nullable BigDecimal price, BigDecimal otherwise) {
		return (price != null) ? price : otherwise;
	}

	private static @Nullable BigDecimal firstOrNull(@Nullable BigDecimal price, @Nullable BigDecimal otherwise) {
		return (price != null) ? price : otherwise;
	}

}
