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

import com.cometapi.gemini.GeminiOperations;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GeminiSimulatorConfiguration}.
 */
class GeminiSimulatorConfigurationTests {

	@Test
	void applicationRunsWithoutAKey() {
		try (ConfigurableApplicationContext context = SpringApplication.from(TestApplication::main)
			.with(GeminiSimulatorConfiguration.class)
			.run("--spring.main.web-application-type=none", "--cometapi.gemini.api-key=")
			.getApplicationContext()) {
			assertThat(context.getBean(GeminiOperations.class).prompt("Hello").text()).contains("simulated");
		}
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class TestApplication {

		static void main(String[] args) {
			SpringApplication.run(TestApplication.class, args);
		}

	}

}
