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

import com.cometapi.gemini.test.GeminiSimulator;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Runs an application without an API key: starts a {@link GeminiSimulator} that streams
 * at a readable pace and connects the application to it. For a second {@code main} method
 * in {@code src/test/java}, started from the IDE or with
 * {@code mvn spring-boot:test-run}:
 *
 * <pre class="code">
 * class TestApplication {
 *
 *     public static void main(String[] args) {
 *         SpringApplication.from(Application::main).with(GeminiSimulatorConfiguration.class).run(args);
 *     }
 *
 * }
 * </pre>
 *
 * @see AutoConfigureGeminiSimulator
 */
@Configuration(proxyBeanMethods = false)
@AutoConfigureGeminiSimulator
@EnableConfigurationProperties(GeminiSimulatorProperties.class)
public class GeminiSimulatorConfiguration {

	@Bean
	GeminiSimulator geminiSimulator(GeminiSimulatorProperties properties,
			ObjectProvider<GeminiSimulatorBuilderCustomizer> customizers) {
		return GeminiSimulatorAutoConfiguration.start(properties.pace(), customizers);
	}

}
