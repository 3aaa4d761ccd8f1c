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

package com.cometapi.gemini.autoconfigure.health;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import com.cometapi.gemini.autoconfigure.GeminiAutoConfiguration;
import com.cometapi.gemini.autoconfigure.GeminiConnections;
import com.cometapi.gemini.autoconfigure.GeminiProperties;
import com.cometapi.gemini.autoconfigure.PropertyChecks;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.fallback.GeminiCircuit;
import com.cometapi.gemini.fallback.GeminiFallbackExchangeFilter;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeReactiveHealthContributor;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link GeminiHealthIndicator}.
 */
@AutoConfiguration(after = GeminiAutoConfiguration.class)
@ConditionalOnClass({ ReactiveHealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean({ GeminiClient.class, GeminiProperties.class })
@ConditionalOnEnabledHealthIndicator("gemini")
public final class GeminiHealthContributorAutoConfiguration {

	GeminiHealthContributorAutoConfiguration() {
	}

	// Boot's base class would create the clients, which an application with its own
	// GeminiOperations does not need
	@Bean
	@ConditionalOnMissingBean(name = { "geminiHealthIndicator", "geminiHealthContributor" })
	ReactiveHealthContributor geminiHealthContributor(ListableBeanFactory beanFactory, GeminiConnections connections,
			ObjectProvider<GeminiFallbackExchangeFilter> fallback, GeminiProperties properties) {
		Duration cacheTtl = PropertyChecks.notNegative("cometapi.gemini.health.cache-ttl",
				properties.health().cacheTtl());
		Duration timeout = PropertyChecks.positive("cometapi.gemini.health.timeout", properties.health().timeout());
		String[] clients = beanFactory.getBeanNamesForType(GeminiClient.class, true, false);
		Map<String, GeminiHealthIndicator> indicators = new LinkedHashMap<>();
		if (clients.length == 1 || connections.getNames().size() > 1) {
			connections.getNames()
				.forEach((name) -> indicators.put(name, create(name, connections, fallback, cacheTtl, timeout)));
		}
		else {
			for (String client : clients) {
				indicators.put(client, new GeminiHealthIndicator(() -> beanFactory.getBean(client, GeminiClient.class),
						cacheTtl, timeout));
			}
		}
		return (indicators.size() == 1) ? indicators.values().iterator().next()
				: CompositeReactiveHealthContributor.fromMap(indicators);
	}

	private static GeminiHealthIndicator create(String name, GeminiConnections connections,
			ObjectProvider<GeminiFallbackExchangeFilter> fallback, Duration cacheTtl, Duration timeout) {
		return new GeminiHealthIndicator(() -> connections.getClient(name), connections.getDefaultModel(name),
				() -> circuits(name, fallback.getIfAvailable()), cacheTtl, timeout);
	}

	private static Map<String, GeminiCircuit.State> circuits(String connection,
			@Nullable GeminiFallbackExchangeFilter fallback) {
		Map<String, GeminiCircuit.State> states = new TreeMap<>();
		if (fallback != null) {
			fallback.getCircuits()
				.stream()
				.filter((circuit) -> circuit.connection().equals(connection))
				.forEach((circuit) -> states.put(circuit.model(), circuit.state()));
		}
		return states;
	}

}
