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

package com.cometapi.gemini.autoconfigure.observation;

import com.cometapi.gemini.autoconfigure.GeminiAutoConfiguration;
import com.cometapi.gemini.observation.GeminiTracingObservationHandler;
import io.micrometer.tracing.Tracer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GeminiTracingAutoConfiguration}. The sample tests the spans.
 */
class GeminiTracingAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(GeminiAutoConfiguration.class, GeminiTracingAutoConfiguration.class))
		.withPropertyValues("cometapi.gemini.api-key=sk-test");

	@Test
	void handlerIsConfiguredWithATracer() {
		this.contextRunner.withBean(Tracer.class, () -> Tracer.NOOP)
			.run((context) -> assertThat(context).hasSingleBean(GeminiTracingObservationHandler.class));
	}

	@Test
	void handlerOfTheApplicationIsUsed() {
		GeminiTracingObservationHandler handler = new GeminiTracingObservationHandler(Tracer.NOOP);
		this.contextRunner.withBean(Tracer.class, () -> Tracer.NOOP)
			.withBean(GeminiTracingObservationHandler.class, () -> handler)
			.run((context) -> assertThat(context.getBean(GeminiTracingObservationHandler.class)).isSameAs(handler));
	}

	@Test
	void whenThereIsNoTracingThenThereIsNoHandler() {
		this.contextRunner.run(
				(context) -> assertThat(context).hasNotFailed().doesNotHaveBean(GeminiTracingObservationHandler.class));
		this.contextRunner.withClassLoader(new FilteredClassLoader("io.micrometer.tracing"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("geminiTracingObservationHandler"));
	}

}
