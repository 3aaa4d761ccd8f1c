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

package com.cometapi.gemini.test.autoconfigure;

import java.util.Locale;
import java.util.Map;

import com.cometapi.gemini.autoconfigure.GeminiAutoConfiguration;
import com.cometapi.gemini.autoconfigure.GeminiConnectionDetails;
import com.cometapi.gemini.test.GeminiSimulator;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for demo mode: with the property
 * {@code cometapi.gemini.simulator.enabled}, an application without an API key and
 * without {@link GeminiConnectionDetails} of its own is connected to a
 * {@link GeminiSimulator}.
 */
@AutoConfiguration(before = GeminiAutoConfiguration.class)
@ConditionalOnBooleanProperty("cometapi.gemini.simulator.enabled")
@Conditional(GeminiDemoModeAutoConfiguration.NoApiKeyCondition.class)
@ConditionalOnMissingBean(GeminiConnectionDetails.class)
@EnableConfigurationProperties(GeminiSimulatorProperties.class)
@ImportRuntimeHints(GeminiSimulatorRuntimeHints.class)
public final class GeminiDemoModeAutoConfiguration {

	private static final Log logger = LogFactory.getLog(GeminiDemoModeAutoConfiguration.class);

	GeminiDemoModeAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	GeminiSimulator geminiSimulator(GeminiSimulatorProperties properties,
			ObjectProvider<GeminiSimulatorBuilderCustomizer> customizers) {
		return GeminiSimulatorAutoConfiguration.start(properties.pace(), customizers);
	}

	@Bean
	GeminiSimulatorConnectionDetails geminiSimulatorConnectionDetails(GeminiSimulator simulator,
			Environment environment) {
		// The condition is not evaluated again after ahead-of-time processing.
		Assert.state(!hasApiKey(environment),
				() -> "An API key is set, but this application was processed ahead of time without one, and would "
						+ "answer from a simulator. Process it with a key, or without the property "
						+ "'cometapi.gemini.simulator.enabled'");
		logger.warn("Demo mode: no API key is set, and responses are simulated. Set COMETAPI_KEY for real ones, or "
				+ "cometapi.gemini.simulator.enabled=false to require it");
		return new GeminiSimulatorConnectionDetails(simulator);
	}

	private static boolean hasApiKey(Environment environment) {
		Binder binder = Binder.get(environment);
		return isKey(binder.bind("cometapi.gemini.api-key", String.class).orElse(null))
				|| isKey(environment.getProperty("COMETAPI_KEY"))
				|| binder.bind("cometapi.gemini.connections", Bindable.mapOf(String.class, String.class))
					.orElse(Map.of())
					.entrySet()
					.stream()
					.anyMatch((property) -> isApiKeyName(property.getKey()) && isKey(property.getValue()));
	}

	// Such as "eu.api-key", or "eu.apikey" if it is an environment variable.
	private static boolean isApiKeyName(String name) {
		return name.replace("-", "").toLowerCase(Locale.ROOT).endsWith(".apikey");
	}

	// A placeholder that cannot be resolved stays as it is.
	private static boolean isKey(@Nullable String value) {
		return StringUtils.hasText(value) && !value.strip().startsWith("${");
	}

	/**
	 * Matches if no connection has an API key.
	 */
	static class NoApiKeyCondition extends SpringBootCondition {

		@Override
		public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
			ConditionMessage.Builder message = ConditionMessage.forCondition("Gemini demo mode");
			return (hasApiKey(context.getEnvironment()))
					? ConditionOutcome.noMatch(message.because("an API key is set"))
					: ConditionOutcome.match(message.because("no API key is set"));
		}

	}

}
