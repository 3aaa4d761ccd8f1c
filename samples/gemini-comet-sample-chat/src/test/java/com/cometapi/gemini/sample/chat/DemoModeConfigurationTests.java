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

import java.time.Duration;

import com.cometapi.gemini.autoconfigure.GeminiConnectionDetails;
import com.cometapi.gemini.test.GeminiSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DemoModeConfiguration}.
 */
class DemoModeConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withPropertyValues("COMETAPI_KEY=", "chat.hosts=localhost")
		.withUserConfiguration(ChatApplicationProperties.class, DemoModeConfiguration.class);

	@Test
	void whenThereIsNoKeyThenSimulatorAnswers() {
		this.contextRunner.run((context) -> {
			GeminiSimulator simulator = context.getBean(GeminiSimulator.class);
			assertThat(context.getBean(GeminiConnectionDetails.class).getBaseUrl()).isEqualTo(simulator.getBaseUrl());
			assertThat(context.getBean(GeminiConnectionDetails.class).getApiKey()).isEqualTo(simulator.getApiKey());
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "COMETAPI_KEY=sk-some-key", "cometapi.gemini.api-key=sk-some-key" })
	void whenThereIsKeyThenNoSimulatorIsStarted(String property) {
		this.contextRunner.withPropertyValues(property)
			.run((context) -> assertThat(context).doesNotHaveBean(GeminiSimulator.class)
				.doesNotHaveBean(GeminiConnectionDetails.class));
	}

	@Test
	void whenKeyIsBlankThenSimulatorAnswers() {
		this.contextRunner.withPropertyValues("COMETAPI_KEY= ", "cometapi.gemini.api-key=")
			.run((context) -> assertThat(context).hasSingleBean(GeminiSimulator.class));
	}

	@Test
	void paceOfThePropertiesIsTheSimulators() {
		this.contextRunner.withPropertyValues("chat.demo-pace=3s")
			.run((context) -> assertThat(context.getBean(GeminiSimulator.class)).extracting("settings.pace")
				.isEqualTo(Duration.ofSeconds(3)));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(ChatProperties.class)
	static class ChatApplicationProperties {

	}

}
