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

package com.cometapi.gemini.autoconfigure;

import com.cometapi.gemini.web.GeminiCrossSiteFilter;
import com.cometapi.gemini.web.GeminiCrossSitePolicy;
import com.cometapi.gemini.web.GeminiCrossSiteWebFilter;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.autoconfigure.condition.OnPropertyListCondition;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the protection against requests
 * from other sites.
 */
@AutoConfiguration
@ConditionalOnWebApplication
@ConditionalOnBooleanProperty(name = "cometapi.gemini.enabled", matchIfMissing = true)
@Conditional(GeminiCrossSiteAutoConfiguration.OnPathsOrPolicyCondition.class)
@EnableConfigurationProperties(GeminiCrossSiteProperties.class)
public final class GeminiCrossSiteAutoConfiguration {

	private static final String PREFIX = "cometapi.gemini.cross-site";

	GeminiCrossSiteAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	GeminiCrossSitePolicy geminiCrossSitePolicy(GeminiCrossSiteProperties properties) {
		try {
			return new GeminiCrossSitePolicy(properties.paths(), properties.allowedHosts(),
					properties.allowedOrigins());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidGeminiPropertyException(PREFIX, null, String.valueOf(ex.getMessage()),
					"Set 'paths' to patterns such as '/api/**', 'allowed-hosts' to names such as 'chat.example.com', "
							+ "and 'allowed-origins' to origins such as 'https://app.example.com'.");
		}
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnWebApplication(type = Type.REACTIVE)
	GeminiCrossSiteWebFilter geminiCrossSiteWebFilter(GeminiCrossSitePolicy policy) {
		return new GeminiCrossSiteWebFilter(policy);
	}

	/**
	 * Filter for servlet applications.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = Type.SERVLET)
	static class ServletConfiguration {

		@Bean
		@ConditionalOnMissingBean
		GeminiCrossSiteFilter geminiCrossSiteFilter(GeminiCrossSitePolicy policy) {
			return new GeminiCrossSiteFilter(policy);
		}

	}

	/**
	 * Matches if there are paths to protect, or a policy of the application.
	 */
	static class OnPathsOrPolicyCondition extends AnyNestedCondition {

		OnPathsOrPolicyCondition() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@Conditional(OnPathsCondition.class)
		static class Paths {

		}

		@ConditionalOnBean(GeminiCrossSitePolicy.class)
		static class Policy {

		}

	}

	/**
	 * Matches if there are paths to protect.
	 */
	static class OnPathsCondition extends OnPropertyListCondition {

		OnPathsCondition() {
			super(PREFIX + ".paths", () -> ConditionMessage.forCondition("Gemini cross-site protection"));
		}

	}

}
