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

import java.time.Duration;

import com.cometapi.gemini.autoconfigure.GeminiAutoConfiguration;
import com.cometapi.gemini.test.GeminiSimulator;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Primary;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link GeminiSimulator}, applied
 * only through {@link AutoConfigureGeminiSimulator}.
 */
@AutoConfiguration(before = GeminiAutoConfiguration.class)
@ImportRuntimeHints(GeminiSimulatorRuntimeHints.class)
public final class GeminiSimulatorAutoConfiguration {

	GeminiSimulatorAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	GeminiSimulator geminiSimulator(ObjectProvider<GeminiSimulatorBuilderCustomizer> customizers) {
		return start(Duration.ZERO, customizers);
	}

	@Bean
	@Primary
	GeminiSimulatorConnectionDetails geminiSimulatorConnectionDetails(GeminiSimulator simulator) {
		return new GeminiSimulatorConnectionDetails(simulator);
	}

	static GeminiSimulator start(Duration pace, ObjectProvider<GeminiSimulatorBuilderCustomizer> customizers) {
		GeminiSimulator.Builder builder = GeminiSimulator.builder().pace(pace);
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return builder.start();
	}

}
