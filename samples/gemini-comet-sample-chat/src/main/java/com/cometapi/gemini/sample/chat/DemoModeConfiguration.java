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

package com.cometapi.gemini.sample.chat;

import com.cometapi.gemini.test.GeminiSimulator;
import com.cometapi.gemini.test.autoconfigure.GeminiSimulatorConnectionDetails;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Demo mode: as long as there is no key, the page talks to a simulator in this process.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(DemoModeConfiguration.NoApiKey.class)
class DemoModeConfiguration {

	@Bean
	GeminiSimulator geminiSimulator(ChatProperties properties) {
		GeminiSimulator.Builder simulator = GeminiSimulator.builder().pace(properties.demoPace());
		DemoResponses.addTo(simulator);
		return simulator.start();
	}

	@Bean
	GeminiSimulatorConnectionDetails simulatorConnectionDetails(GeminiSimulator simulator) {
		return new GeminiSimulatorConnectionDetails(simulator);
	}

	/**
	 * Matches when no key is set; an empty one is none.
	 */
	static class NoApiKey implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			Environment environment = context.getEnvironment();
			return !StringUtils.hasText(environment.getProperty("cometapi.gemini.api-key"))
					&& !StringUtils.hasText(environment.getProperty("COMETAPI_KEY"));
		}

	}

}
