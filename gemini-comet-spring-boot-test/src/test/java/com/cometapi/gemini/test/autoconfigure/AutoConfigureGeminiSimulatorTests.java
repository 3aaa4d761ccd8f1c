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

import com.cometapi.gemini.autoconfigure.GeminiConnectionDetails;
import com.cometapi.gemini.autoconfigure.GeminiConnections;
import com.cometapi.gemini.test.GeminiSimulator;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AutoConfigureGeminiSimulator}.
 */
@SpringBootTest(properties = "cometapi.gemini.connections.google.model=gemini-3.5-flash")
@AutoConfigureGeminiSimulator
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AutoConfigureGeminiSimulatorTests {

	@Autowired
	private GeminiSimulator simulator;

	@Autowired
	private GeminiConnectionDetails connectionDetails;

	@Test
	@Order(1)
	void connectionDetailsPointAtTheSimulator() {
		assertThat(this.connectionDetails.getBaseUrl()).isEqualTo(this.simulator.getBaseUrl());
		assertThat(this.connectionDetails.getApiKey()).isEqualTo(this.simulator.getApiKey());
		this.simulator.next().text("left over");
	}

	@Test
	void noConnectionReachesTheEndpointOfTheApplication(@Autowired GeminiConnections connections) {
		assertThat(connections.getClient("google").getBaseUrl()).isEqualTo(this.simulator.getBaseUrl());
	}

	@Test
	@Order(2)
	void simulatorIsResetAfterEachTest() {
		assertThat(this.simulator).hasToString("GeminiSimulator[" + this.simulator.getBaseUrl() + "]");
		assertThat(this.simulator.scripted()).isZero();
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class TestApplication {

		@Bean(defaultCandidate = false)
		@Qualifier("google")
		GeminiConnectionDetails googleDetails() {
			return () -> "sk-google";
		}

	}

}
