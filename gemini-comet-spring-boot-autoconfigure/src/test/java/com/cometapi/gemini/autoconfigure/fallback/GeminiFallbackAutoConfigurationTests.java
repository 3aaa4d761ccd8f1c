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

package com.cometapi.gemini.autoconfigure.fallback;

import java.time.Duration;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.autoconfigure.GeminiAutoConfiguration;
import com.cometapi.gemini.autoconfigure.GeminiConnections;
import com.cometapi.gemini.error.GeminiServerException;
import com.cometapi.gemini.fallback.GeminiCircuit;
import com.cometapi.gemini.fallback.GeminiCircuitBreaker;
import com.cometapi.gemini.fallback.GeminiFallbackExchangeFilter;
import com.cometapi.gemini.fallback.Resilience4jCircuitBreakerFactory;
import com.cometapi.gemini.testsupport.GeminiServer;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class GeminiFallbackAutoConfigurationTests {

	@AutoClose
	private final GeminiServer server = GeminiServer.echoing();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(GeminiAutoConfiguration.class, GeminiFallbackAutoConfiguration.class))
		.withPropertyValues("cometapi.gemini.api-key=sk-test", "cometapi.gemini.base-url=" + this.server.url(),
				"cometapi.gemini.retry.max-attempts=1");

	private final ApplicationContextRunner fallbackRunner = this.contextRunner
		.withPropertyValues("cometapi.gemini.fallback[0].model=gemini-3.1-flash-lite");

	@Test
	void nothingIsConfiguredWithoutAFallback() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(GeminiFallbackExchangeFilter.class)
			.doesNotHaveBean(GeminiCircuitBreaker.Factory.class));
	}

	@Test
	void promptIsSentToTheFallbackModel() {
		this.fallbackRunner.withClassLoader(new FilteredClassLoader(CircuitBreakerRegistry.class)).run((context) -> {
			this.server.answerStatus(503);
			GenerateContentResponse response = context.getBean(GeminiTemplate.class).prompt("Hi").call();
			assertThat(response.origin().model()).isEqualTo("gemini-3.1-flash-lite");
			assertThat(response.origin().fallback()).isTrue();
			assertThat(context.getBean(GeminiFallbackExchangeFilter.class).getCircuits())
				.extracting(GeminiCircuit::model)
				.containsExactly("gemini-3.1-flash-lite", "gemini-3.5-flash");
		});
	}

	@Test
	void promptOfTheDefaultConnectionFallsBackAndOneOfAnotherConnectionDoesNot() {
		try (GeminiServer second = GeminiServer.echoing()) {
			this.contextRunner.withPropertyValues("cometapi.gemini.connections.second.base-url=" + second.url(),
					"cometapi.gemini.connections.second.api-key=sk-second",
					"cometapi.gemini.fallback[0].connection=second", "cometapi.gemini.fallback[1].connection=default")
				.run((context) -> {
					this.server.answerStatus(503);
					assertThat(context.getBean(GeminiTemplate.class).prompt("Hi").call().origin().connection())
						.isEqualTo("second");
					assertThat(second.takeRequest().getHeaders().get("x-goog-api-key")).isEqualTo("sk-second");
					second.answerStatus(503);
					GeminiOperations named = context.getBean(GeminiConnections.class).get("second");
					assertThatExceptionOfType(GeminiServerException.class).isThrownBy(() -> named.prompt("Hi").text());
					assertThat(this.server.requestCount()).isEqualTo(1);
				});
		}
	}

	@Test
	void fallbackCanBeSwitchedOffForAKindOfFailure() {
		this.fallbackRunner.withPropertyValues("cometapi.gemini.fallback-on.overloaded=false").run((context) -> {
			this.server.answerStatus(503).answerStatus(500);
			GeminiTemplate gemini = context.getBean(GeminiTemplate.class);
			assertThat(gemini.prompt("Hi").callAsync().onErrorComplete().block()).isNull();
			assertThat(gemini.prompt("Hi").call().origin().fallback()).isTrue();
		});
	}

	@Test
	void circuitBreakerIsConfigured() {
		this.fallbackRunner
			.withPropertyValues("cometapi.gemini.circuit-breaker.failures=1",
					"cometapi.gemini.circuit-breaker.wait-time=1h")
			.run((context) -> {
				this.server.answerStatus(503);
				context.getBean(GeminiTemplate.class).prompt("Hi").call();
				assertThat(circuitOfTheDefaultModel(context.getBean(GeminiFallbackExchangeFilter.class)).state())
					.isEqualTo(GeminiCircuit.State.OPEN);
			});
		this.fallbackRunner.withPropertyValues("cometapi.gemini.circuit-breaker.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(GeminiFallbackExchangeFilter.class)
				.doesNotHaveBean(GeminiCircuitBreaker.Factory.class));
	}

	@Test
	void circuitBreakersOfResilience4jAreConfiguredByItsOwnProperties() {
		this.fallbackRunner.withConfiguration(AutoConfigurations.of(CircuitBreakerAutoConfiguration.class))
			.withPropertyValues("resilience4j.circuitbreaker.configs.gemini.sliding-window-size=2",
					"resilience4j.circuitbreaker.configs.gemini.minimum-number-of-calls=2",
					"resilience4j.circuitbreaker.configs.gemini.wait-duration-in-open-state=1h",
					"resilience4j.circuitbreaker.configs.gemini.permitted-number-of-calls-in-half-open-state=1")
			.run((context) -> {
				assertThat(context).hasSingleBean(Resilience4jCircuitBreakerFactory.class);
				GeminiTemplate gemini = context.getBean(GeminiTemplate.class);
				this.server.answerStatus(503);
				gemini.prompt("Hi").call();
				this.server.answerStatus(503);
				gemini.prompt("Hi").call();
				CircuitBreaker breaker = context.getBean(CircuitBreakerRegistry.class)
					.find("gemini:default:gemini-3.5-flash")
					.orElseThrow();
				assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);
				GeminiCircuit circuit = circuitOfTheDefaultModel(context.getBean(GeminiFallbackExchangeFilter.class));
				assertThat(circuit.state()).isEqualTo(GeminiCircuit.State.OPEN);
				assertThat(circuit.retryAfter()).isBetween(Duration.ofMinutes(30), Duration.ofHours(1));
				breaker.transitionToHalfOpenState();
				assertThat(gemini.prompt("Hi").call().origin().fallback()).isFalse();
				assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
			});
	}

	@Test
	void callIsSentToTheFirstChoice() {
		this.contextRunner
			.withPropertyValues("cometapi.gemini.first-choice[0].model=gemini-3.8-flash",
					"cometapi.gemini.first-choice[0].weight=2")
			.run((context) -> {
				GenerateContentResponse response = context.getBean(GeminiTemplate.class).prompt("Hi").call();
				assertThat(response.origin().model()).isEqualTo("gemini-3.8-flash");
				assertThat(response.origin().fallback()).isFalse();
			});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					cometapi.gemini.fallback[0].connection=nowhere   | Property cometapi.gemini.fallback[0].connection with value 'nowhere' is invalid: There is no such connection. Connections: default.
					cometapi.gemini.fallback[0].model=a b            | Property cometapi.gemini.fallback[0].model with value 'a b' is invalid
					cometapi.gemini.first-choice[0].weight=0         | Invalid value '0' of the property 'cometapi.gemini.first-choice[0].weight': it must be 1 or more
					cometapi.gemini.first-choice[0].weight=1         | Property cometapi.gemini.first-choice[0] with value '' is invalid: Set its 'model', its 'connection' or both.
					cometapi.gemini.circuit-breaker.failures=0       | Invalid value '0' of the property 'cometapi.gemini.circuit-breaker.failures': it must be 1 or more
					cometapi.gemini.circuit-breaker.wait-time=0s     | Invalid value 'PT0S' of the property 'cometapi.gemini.circuit-breaker.wait-time': it must be more than zero
					""")
	void invalidValueFailsTheStartup(String property, String message) {
		this.fallbackRunner.withPropertyValues(property)
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageStartingWith(message));
	}

	private static GeminiCircuit circuitOfTheDefaultModel(GeminiFallbackExchangeFilter filter) {
		return filter.getCircuits()
			.stream()
			.filter((circuit) -> circuit.model().equals("gemini-3.5-flash"))
			.findFirst()
			.orElseThrow();
	}

}
