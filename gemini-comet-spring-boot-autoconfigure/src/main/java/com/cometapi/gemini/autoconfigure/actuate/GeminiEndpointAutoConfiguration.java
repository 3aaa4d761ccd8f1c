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

package com.cometapi.gemini.autoconfigure.actuate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.cometapi.gemini.autoconfigure.GeminiAutoConfiguration;
import com.cometapi.gemini.autoconfigure.GeminiConnections;
import com.cometapi.gemini.autoconfigure.GeminiProperties;
import com.cometapi.gemini.autoconfigure.health.GeminiHealthContributorAutoConfiguration;
import com.cometapi.gemini.cost.GeminiCosts;
import com.cometapi.gemini.fallback.GeminiFallbackExchangeFilter;
import com.cometapi.gemini.limit.GeminiLimitExchangeFilter;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.contributor.CompositeReactiveHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.boot.health.contributor.ReactiveHealthContributors;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link GeminiEndpoint}. Calls
 * are counted only if the endpoint is available.
 */
@AutoConfiguration(after = { GeminiAutoConfiguration.class, GeminiHealthContributorAutoConfiguration.class })
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(GeminiConnections.class)
@ConditionalOnAvailableEndpoint(GeminiEndpoint.class)
public final class GeminiEndpointAutoConfiguration {

	GeminiEndpointAutoConfiguration() {
	}

	@Bean
	GeminiCallStatistics geminiCallStatistics(GeminiProperties properties) {
		return new GeminiCallStatistics(properties.observation().maxModels());
	}

	@Bean
	@ConditionalOnMissingBean
	GeminiEndpoint geminiEndpoint(GeminiConnections connections, GeminiCallStatistics statistics,
			ObjectProvider<ConnectionStatuses> statuses, ObjectProvider<GeminiFallbackExchangeFilter> fallback,
			ObjectProvider<GeminiLimitExchangeFilter> limits, ObjectProvider<GeminiCosts> costs) {
		return new GeminiEndpoint(connections, statistics, statuses, fallback, limits, costs);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ReactiveHealthContributor.class)
	@ConditionalOnBean(name = "geminiHealthContributor")
	static class HealthConfiguration {

		@Bean
		ConnectionStatuses geminiConnectionStatuses(
				@Qualifier("geminiHealthContributor") ObjectProvider<ReactiveHealthContributor> reactive,
				@Qualifier("geminiHealthContributor") ObjectProvider<HealthContributor> blocking) {
			ReactiveHealthContributor contributor = reactive
				.getIfAvailable(() -> ReactiveHealthContributor.adapt(blocking.getObject()));
			Map<String, ReactiveHealthIndicator> indicators = new LinkedHashMap<>();
			if (contributor instanceof ReactiveHealthIndicator indicator) {
				indicators.put(GeminiConnections.DEFAULT, indicator);
			}
			else if (contributor instanceof CompositeReactiveHealthContributor composite) {
				for (ReactiveHealthContributors.Entry entry : composite) {
					if (entry.contributor() instanceof ReactiveHealthIndicator indicator) {
						indicators.put(entry.name(), indicator);
					}
				}
			}
			List<Map.Entry<String, ReactiveHealthIndicator>> all = new ArrayList<>(indicators.entrySet());
			return () -> Flux.fromIterable(all)
				.flatMap((entry) -> entry.getValue()
					.health(false)
					.map((health) -> Map.entry(entry.getKey(), health.getStatus().getCode())))
				.collectMap(Map.Entry::getKey, Map.Entry::getValue);
		}

	}

}
