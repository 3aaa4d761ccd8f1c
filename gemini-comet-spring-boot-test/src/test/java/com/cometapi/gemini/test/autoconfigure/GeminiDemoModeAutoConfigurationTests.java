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
import java.util.Map;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.autoconfigure.GeminiAutoConfiguration;
import com.cometapi.gemini.autoconfigure.GeminiConnectionDetails;
import com.cometapi.gemini.test.GeminiSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.javapoet.ClassName;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link GeminiDemoModeAutoConfiguration}.
 */
class GeminiDemoModeAutoConfigurationTests {

	private static final String ENABLED = "cometapi.gemini.simulator.enabled=true";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(GeminiDemoModeAutoConfiguration.class, GeminiAutoConfiguration.class))
		.withPropertyValues("COMETAPI_KEY=");

	@Test
	void whenNotEnabledThenKeyIsRequired() {
		this.contextRunner.run((context) -> assertThat(context).getFailure()
			.rootCause()
			.hasMessageStartingWith("No API key for Gemini."));
	}

	@ParameterizedTest
	@ValueSource(strings = { "COMETAPI_KEY= ", "cometapi.gemini.api-key=", "cometapi.gemini.api-key=${MY_KEY}" })
	void whenEnabledAndThereIsNoKeyThenSimulatorAnswers(String property) {
		this.contextRunner.withPropertyValues(ENABLED, "cometapi.gemini.simulator.pace=0ms", property)
			.withBean(GeminiSimulatorBuilderCustomizer.class,
					() -> (builder) -> builder.respondTo((request) -> true, (response) -> response.text("Prepared")))
			.run((context) -> {
				assertThat(context).hasSingleBean(GeminiSimulator.class);
				assertThat(context.getBean(GeminiOperations.class).prompt("Hello").text()).isEqualTo("Prepared");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "COMETAPI_KEY=sk-some-key", "cometapi.gemini.api-key=sk-some-key" })
	void whenThereIsKeyThenNoSimulatorIsStarted(String property) {
		this.contextRunner.withPropertyValues(ENABLED, property)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(GeminiSimulator.class)
				.doesNotHaveBean(GeminiSimulatorConnectionDetails.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "cometapi.gemini.connections.eu.api-key=sk-some-key",
			"cometapi.gemini.connections.eu.apiKey=sk-some-key" })
	void whenOnlyAnotherConnectionHasKeyThenNoSimulatorIsStarted(String property) {
		this.contextRunner.withPropertyValues(ENABLED, property)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageStartingWith("No API key for Gemini."));
	}

	@Test
	void whenKeyOfAnotherConnectionIsInAnEnvironmentVariableThenNoSimulatorIsStarted() {
		this.contextRunner.withPropertyValues(ENABLED).withInitializer((context) -> {
			Map<String, Object> variables = Map.of("COMETAPI_GEMINI_CONNECTIONS_EU_APIKEY", "sk-some-key");
			context.getEnvironment()
				.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", variables));
		})
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageStartingWith("No API key for Gemini."));
	}

	@Test
	void whenAnotherConnectionHasNoKeyThenSimulatorIsStarted() {
		this.contextRunner
			.withPropertyValues(ENABLED, "cometapi.gemini.connections.eu.model=gemini-2.5-pro",
					"cometapi.gemini.connections.eu.api-key=")
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(GeminiSimulator.class));
	}

	@Test
	void whenApplicationHasConnectionDetailsThenNoSimulatorIsStarted() {
		this.contextRunner.withPropertyValues(ENABLED)
			.withBean(GeminiConnectionDetails.class, () -> () -> "sk-own")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(GeminiSimulator.class));
	}

	@Test
	void paceIsTakenFromProperties() {
		this.contextRunner.withPropertyValues(ENABLED, "cometapi.gemini.simulator.pace=3s")
			.run((context) -> assertThat(context.getBean(GeminiSimulator.class)).extracting("settings.pace")
				.isEqualTo(Duration.ofSeconds(3)));
	}

	@Test
	void whenDemoModeWasEnabledAheadOfTimeThenAKeyIsRefused() {
		try (GeminiSimulator simulator = GeminiSimulator.start()) {
			assertThatIllegalStateException()
				.isThrownBy(() -> new GeminiDemoModeAutoConfiguration().geminiSimulatorConnectionDetails(simulator,
						new MockEnvironment().withProperty("COMETAPI_KEY", "sk-some-key")))
				.withMessageStartingWith("An API key is set, but this application was processed ahead of time");
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { GeminiDemoModeAutoConfiguration.class, GeminiSimulatorAutoConfiguration.class })
	void nativeImageHasTheFilesOfTheSimulator(Class<?> autoConfiguration) {
		DefaultGenerationContext processing = new DefaultGenerationContext(
				new ClassNameGenerator(ClassName.get(getClass())), new InMemoryGeneratedFiles());
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			TestPropertyValues.of(ENABLED, "COMETAPI_KEY=").applyTo(context);
			context.register(autoConfiguration);
			new ApplicationContextAotGenerator().processAheadOfTime(context, processing);
		}
		assertThat(RuntimeHintsPredicates.resource().forResource("com/cometapi/gemini/test/request-schema.json"))
			.accepts(processing.getRuntimeHints());
	}

	@Test
	void closingTheContextClosesTheSimulator() {
		this.contextRunner.withPropertyValues(ENABLED).run((context) -> {
			GeminiSimulator simulator = context.getBean(GeminiSimulator.class);
			context.close();
			assertThat(simulator).extracting("closed").hasToString("true");
		});
	}

}
