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

package com.cometapi.gemini.autoconfigure.fallback;

import java.time.Duration;

import com.cometapi.gemini.autoconfigure.GeminiAutoConfiguration;
import com.cometapi.gemini.autoconfigure.GeminiConnections;
import com.cometapi.gemini.autoconfigure.PropertyChecks;
import com.cometapi.gemini.fallback.ConsecutiveFailuresCircuitBreaker;
import com.cometapi.gemini.fallback.GeminiCircuitBreaker;
import com.cometapi.gemini.fallback.GeminiFallbackExchangeFilter;
import com.cometapi.gemini.fallback.GeminiFallbackListener;
import com.cometapi.gemini.fallback.Resilience4jCircuitBreakerFactory;
import com.cometapi.gemini.prompt.GeminiDefaults;
import com.cometapi.gemini.prompt.ModelAdapter;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for
 * {@link GeminiFallbackExchangeFilter}.
 */
@AutoConfiguration(after = GeminiAutoConfiguration.class,
		afterName = "io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration")
@ConditionalOnBean(ModelAdapter.class)
@Conditional(OnFallbackCondition.class)
@EnableConfigurationProperties(GeminiFallbackProperties.class)
public final class GeminiFallbackAutoConfiguration {

	private static final String BREAKER_ENABLED = "cometapi.gemini.circuit-breaker.enabled";

	GeminiFallbackAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	GeminiFallbackExchangeFilter geminiFallbackExchangeFilter(GeminiFallbackProperties properties,
			Environment environment, GeminiConnections connections, ModelAdapter adapter,
			ObjectProvider<GeminiCircuitBreaker.Factory> circuitBreakers,
			ObjectProvider<GeminiFallbackListener> listeners) {
		String defaultModel = environment.getProperty("cometapi.gemini.model", GeminiDefaults.DEFAULT_MODEL);
		return new GeminiFallbackExchangeFilter(
				new FallbackSettingsFactory(connections.getNames()).create(properties, defaultModel), adapter,
				circuitBreakers.getIfAvailable(), listeners.orderedStream().toList());
	}

	@Bean
	@ConditionalOnMissingBean(GeminiCircuitBreaker.Factory.class)
	@ConditionalOnBooleanProperty(name = BREAKER_ENABLED, matchIfMissing = true)
	GeminiCircuitBreaker.Factory geminiCircuitBreakerFactory(GeminiFallbackProperties properties) {
		int failures = PropertyChecks.positive("cometapi.gemini.circuit-breaker.failures",
				properties.circuitBreaker().failures());
		Duration wait = PropertyChecks.positive("cometapi.gemini.circuit-breaker.wait-time",
				properties.circuitBreaker().waitTime());
		return (connection, model) -> new ConsecutiveFailuresCircuitBreaker("'%s' (%s)".formatted(model, connection),
				failures, wait);
	}

	/**
	 * Circuit breakers of Resilience4j.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(CircuitBreakerRegistry.class)
	@ConditionalOnSingleCandidate(CircuitBreakerRegistry.class)
	@ConditionalOnBooleanProperty(name = BREAKER_ENABLED, matchIfMissing = true)
	static class Resilience4jConfiguration {

		@Bean
		@ConditionalOnMissingBean(GeminiCircuitBreaker.Factory.class)
		Resilience4jCircuitBreakerFactory geminiCircuitBreakerFactory(CircuitBreakerRegistry registry) {
			return new Resilience4jCircuitBreakerFactory(registry);
		}

	}

}
