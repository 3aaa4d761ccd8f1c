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

import com.cometapi.gemini.autoconfigure.GeminiAutoConfiguration;
import com.cometapi.gemini.autoconfigure.GeminiProperties;
import com.cometapi.gemini.client.GeminiClient;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.CompositeReactiveHealthContributorConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link GeminiHealthIndicator}.
 */
@AutoConfiguration(after = GeminiAutoConfiguration.class)
@ConditionalOnClass({ ReactiveHealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean({ GeminiClient.class, GeminiProperties.class })
@ConditionalOnEnabledHealthIndicator("gemini")
public final class GeminiHealthContributorAutoConfiguration
		extends CompositeReactiveHealthContributorConfiguration<GeminiHealthIndicator, GeminiClient> {

	GeminiHealthContributorAutoConfiguration(GeminiProperties properties) {
		super((client) -> create(client, properties.health()));
	}

	@Bean
	@ConditionalOnMissingBean(name = { "geminiHealthIndicator", "geminiHealthContributor" })
	ReactiveHealthContributor geminiHealthContributor(ConfigurableListableBeanFactory beanFactory) {
		return createContributor(beanFactory, GeminiClient.class);
	}

	private static GeminiHealthIndicator create(GeminiClient client, GeminiProperties.Health health) {
		return new GeminiHealthIndicator(client, health.cacheTtl(), health.timeout());
	}

}
