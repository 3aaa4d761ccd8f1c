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

import com.cometapi.gemini.autoconfigure.GeminiAutoConfiguration;
import com.cometapi.gemini.cost.GeminiPrices;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of the costs of calls, if the
 * application has prices.
 */
@AutoConfiguration(before = GeminiAutoConfiguration.class)
@ConditionalOnClass(JsonMapper.class)
@ConditionalOnBooleanProperty(name = "cometapi.gemini.enabled", matchIfMissing = true)
@Import(GeminiCostFilterConfiguration.class)
public final class GeminiCostAutoConfiguration {

	GeminiCostAutoConfiguration() {
	}

	/**
	 * Prices of the properties. Spring registers beans of nested classes before those of
	 * imported ones, which depend on them.
	 */
	@Configuration(proxyBeanMethods = false)
	@Conditional(OnMapPropertyCondition.OnPrices.class)
	@EnableConfigurationProperties(GeminiCostProperties.class)
	static class PricesConfiguration {

		@Bean
		@ConditionalOnMissingBean
		GeminiPrices geminiPrices(GeminiCostProperties properties) {
			return PricesFactory.create(properties.prices());
		}

	}

}
