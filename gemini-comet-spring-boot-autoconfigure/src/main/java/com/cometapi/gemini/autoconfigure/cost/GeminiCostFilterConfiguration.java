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

import com.cometapi.gemini.cost.GeminiCostFilter;
import com.cometapi.gemini.cost.GeminiCosts;
import com.cometapi.gemini.cost.GeminiPrices;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configures the costs of calls if there are prices, from the properties or from a bean
 * of the application.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(GeminiPrices.class)
class GeminiCostFilterConfiguration {

	@Bean
	@ConditionalOnMissingBean
	GeminiCosts geminiCosts() {
		return new GeminiCosts();
	}

	@Bean
	@ConditionalOnMissingBean
	GeminiCostFilter geminiCostFilter(GeminiPrices prices, GeminiCosts costs) {
		return new GeminiCostFilter(prices, costs);
	}

	@Bean
	@ConditionalOnMissingBean
	GeminiCostObservationFilter geminiCostObservationFilter(GeminiPrices prices) {
		return new GeminiCostObservationFilter(prices);
	}

}
