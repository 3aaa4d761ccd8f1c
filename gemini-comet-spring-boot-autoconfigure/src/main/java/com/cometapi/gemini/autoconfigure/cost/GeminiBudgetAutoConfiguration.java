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
import java.util.List;

import com.cometapi.gemini.autoconfigure.GeminiAutoConfiguration;
import com.cometapi.gemini.autoconfigure.PropertyChecks;
import com.cometapi.gemini.autoconfigure.cost.GeminiCostProperties.Budget;
import com.cometapi.gemini.autoconfigure.cost.GeminiCostProperties.BudgetSettings;
import com.cometapi.gemini.cost.GeminiBudget;
import com.cometapi.gemini.cost.GeminiBudgetFilter;
import com.cometapi.gemini.cost.GeminiBudgetListener;
import com.cometapi.gemini.cost.GeminiBudgetStore;
import com.cometapi.gemini.cost.GeminiPrices;
import com.cometapi.gemini.cost.InMemoryGeminiBudgetStore;
import com.cometapi.gemini.cost.redis.RedisGeminiBudgetStore;
import com.cometapi.gemini.observation.GeminiMeters;
import com.cometapi.gemini.thread.GeminiThreads;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.util.StringUtils;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of budgets.
 */
@AutoConfiguration(before = GeminiAutoConfiguration.class, after = GeminiCostAutoConfiguration.class,
		afterName = { "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration",
				"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration" })
@ConditionalOnBooleanProperty(name = "cometapi.gemini.enabled", matchIfMissing = true)
@Conditional(OnMapPropertyCondition.OnBudgets.class)
@EnableConfigurationProperties(GeminiCostProperties.class)
public final class GeminiBudgetAutoConfiguration {

	private static final String STORE = "cometapi.gemini.budget.store";

	GeminiBudgetAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean(GeminiBudgetStore.class)
	@ConditionalOnProperty(name = STORE, havingValue = "memory", matchIfMissing = true)
	InMemoryGeminiBudgetStore geminiBudgetStore() {
		return new InMemoryGeminiBudgetStore();
	}

	@Bean
	@ConditionalOnMissingBean
	GeminiBudgetFilter geminiBudgetFilter(GeminiCostProperties properties, ObjectProvider<GeminiPrices> prices,
			ObjectProvider<GeminiBudgetStore> store, ObjectProvider<GeminiBudgetListener> listeners,
			ApplicationEventPublisher publisher, ObjectProvider<GeminiThreads> threads) {
		BudgetSettings settings = properties.budget();
		List<GeminiBudget> budgets = properties.budgets()
			.entrySet()
			.stream()
			.map((entry) -> toBudget(entry.getKey(), entry.getValue()))
			.toList();
		GeminiBudgetFilter.Builder builder = GeminiBudgetFilter
			.builder(prices.getIfAvailable(GeminiBudgetAutoConfiguration::missingPrices), budgets)
			.store(store.getIfAvailable(GeminiBudgetAutoConfiguration::missingStore))
			.onStoreFailure(settings.onStoreFailure())
			.zone(settings.zone())
			.listeners(listeners.orderedStream().toList())
			.listeners(List.of(publisher::publishEvent))
			.threads(threads.getIfAvailable(GeminiThreads::shared));
		return builder
			.estimatedOutputTokens(PropertyChecks.notNegative("cometapi.gemini.budget.estimated-output-tokens",
					settings.estimatedOutputTokens()))
			.storeTimeout(PropertyChecks.positive("cometapi.gemini.budget.store-timeout", settings.storeTimeout()))
			.build();
	}

	private static GeminiBudget toBudget(String name, Budget budget) {
		String property = "cometapi.gemini.budgets.%s.limit".formatted(name);
		BigDecimal limit = budget.limit();
		if (limit == null) {
			throw new InvalidConfigurationPropertyValueException(property, "", "A budget needs a limit.");
		}
		try {
			return new GeminiBudget(name, StringUtils.hasText(budget.per()) ? budget.per() : null, budget.period(),
					limit, budget.limits(), budget.onExceeded());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException(property, limit, ex.getMessage() + ".");
		}
	}

	private static GeminiPrices missingPrices() {
		throw new InvalidConfigurationPropertyValueException("cometapi.gemini.prices", "",
				"Budgets need the prices of the models. Set 'cometapi.gemini.prices.[gemini-3.5-flash].input' and "
						+ "'.output', for each model that is used.");
	}

	private static GeminiBudgetStore missingStore() {
		throw new InvalidConfigurationPropertyValueException(STORE, "redis",
				"There is no single RedisConnectionFactory. Add spring-boot-starter-data-redis, or set it to 'memory'.");
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(StringRedisTemplate.class)
	@ConditionalOnProperty(name = STORE, havingValue = "redis")
	static class RedisConfiguration {

		@Bean
		@ConditionalOnSingleCandidate(RedisConnectionFactory.class)
		@ConditionalOnMissingBean(GeminiBudgetStore.class)
		RedisGeminiBudgetStore redisGeminiBudgetStore(RedisConnectionFactory connectionFactory,
				GeminiCostProperties properties, ObjectProvider<GeminiThreads> threads) {
			return new RedisGeminiBudgetStore(connectionFactory, properties.budget().redis().keyPrefix(),
					threads.getIfAvailable(GeminiThreads::shared));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	static class MetricsConfiguration {

		@Bean
		@ConditionalOnSingleCandidate(MeterRegistry.class)
		GeminiBudgetListener geminiBudgetMeters(MeterRegistry registry) {
			return (event) -> Counter.builder(GeminiMeters.BUDGET_EXCEEDED)
				.description("Number of calls refused by budgets, and of times that budgets were used up")
				.tag("cometapi.gemini.budget", event.budget().name())
				.tag(GeminiMeters.BUDGET_REFUSED, Boolean.toString(event.refused()))
				.register(registry)
				.increment();
		}

	}

}
