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
import java.util.LinkedHashMap;
import java.util.Map;

import com.cometapi.gemini.autoconfigure.GeminiAutoConfiguration;
import com.cometapi.gemini.autoconfigure.cost.GeminiCostProperties.Price;
import com.cometapi.gemini.cost.GeminiCostFilter;
import com.cometapi.gemini.cost.GeminiCosts;
import com.cometapi.gemini.cost.GeminiPrices;
import com.cometapi.gemini.cost.ModelPrice;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of the costs of calls, if the
 * application has prices.
 */
@AutoConfiguration(before = GeminiAutoConfiguration.class)
@ConditionalOnClass(JsonMapper.class)
@ConditionalOnBooleanProperty(name = "cometapi.gemini.enabled", matchIfMissing = true)
@EnableConfigurationProperties(GeminiCostProperties.class)
public final class GeminiCostAutoConfiguration {

	private static final String BRACKETS = "The id of a model that contains a dot must be in brackets, "
			+ "as in 'cometapi.gemini.prices.[gemini-3.5-flash].input'.";

	GeminiCostAutoConfiguration() {
	}

	@Bean
	@Conditional(OnMapPropertyCondition.OnPrices.class)
	@ConditionalOnMissingBean
	GeminiPrices geminiPrices(GeminiCostProperties properties) {
		if (properties.prices().isEmpty()) {
			throw new InvalidConfigurationPropertyValueException("cometapi.gemini.prices", "", BRACKETS);
		}
		Map<String, ModelPrice> prices = new LinkedHashMap<>();
		properties.prices().forEach((model, price) -> prices.put(model, toPrice(model, price)));
		return GeminiPrices.of(prices);
	}

	private static ModelPrice toPrice(String model, Price price) {
		BigDecimal input = required(model, "input", price.input());
		BigDecimal output = required(model, "output", price.output());
		return new ModelPrice(input, optional(model, "cached", price.cached(), input), output,
				optional(model, "thinking", price.thinking(), output));
	}

	private static BigDecimal required(String model, String name, @Nullable BigDecimal price) {
		if (price == null) {
			throw new InvalidConfigurationPropertyValueException(name(model, name), "",
					"A price needs 'input' and 'output'. " + BRACKETS);
		}
		return optional(model, name, price, price);
	}

	private static BigDecimal optional(String model, String name, @Nullable BigDecimal price, BigDecimal otherwise) {
		if (price != null && price.signum() < 0) {
			throw new InvalidConfigurationPropertyValueException(name(model, name), price,
					"A price must not be negative.");
		}
		return (price != null) ? price : otherwise;
	}

	private static String name(String model, String name) {
		return "cometapi.gemini.prices.[%s].%s".formatted(model, name);
	}

	@Bean
	@ConditionalOnBean(GeminiPrices.class)
	@ConditionalOnMissingBean
	GeminiCosts geminiCosts() {
		return new GeminiCosts();
	}

	@Bean
	@ConditionalOnBean(GeminiPrices.class)
	@ConditionalOnMissingBean
	GeminiCostFilter geminiCostFilter(GeminiPrices prices, GeminiCosts costs) {
		return new GeminiCostFilter(prices, costs);
	}

	@Bean
	@ConditionalOnBean(GeminiPrices.class)
	@ConditionalOnMissingBean
	GeminiCostObservationFilter geminiCostObservationFilter(GeminiPrices prices) {
		return new GeminiCostObservationFilter(prices);
	}

}
