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

package com.cometapi.gemini.autoconfigure.health;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.autoconfigure.GeminiAutoConfiguration;
import com.cometapi.gemini.autoconfigure.actuate.GeminiDescriptor;
import com.cometapi.gemini.autoconfigure.actuate.GeminiEndpoint;
import com.cometapi.gemini.autoconfigure.actuate.GeminiEndpointAutoConfiguration;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiClientSettings;
import com.cometapi.gemini.client.GeminiJsonMapper;
import com.cometapi.gemini.prompt.GeminiDefaults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeReactiveHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GeminiHealthContributorAutoConfiguration}.
 */
class GeminiHealthContributorAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(GeminiAutoConfiguration.class,
				HealthContributorAutoConfiguration.class, GeminiHealthContributorAutoConfiguration.class))
		.withPropertyValues("cometapi.gemini.api-key=sk-test");

	@Test
	void contributorIsConfigured() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(GeminiHealthIndicator.class)
			.hasBean("geminiHealthContributor"));
	}

	@Test
	void whenHealthOfGeminiIsDisabledThenThereIsNoContributor() {
		this.contextRunner.withPropertyValues("management.health.gemini.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean("geminiHealthContributor"));
	}

	@Test
	void whenHealthIsDisabledByDefaultThenThereIsNoContributor() {
		this.contextRunner.withPropertyValues("management.health.defaults.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean("geminiHealthContributor"));
	}

	@Test
	void whenEnabledIsFalseThenThereIsNoContributor() {
		this.contextRunner.withPropertyValues("cometapi.gemini.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("geminiHealthContributor"));
	}

	@Test
	void whenApplicationHasContributorThenAutoConfiguredOneBacksOff() {
		ReactiveHealthIndicator indicator = () -> Mono.just(Health.unknown().build());
		this.contextRunner.withBean("geminiHealthIndicator", ReactiveHealthIndicator.class, () -> indicator)
			.run((context) -> assertThat(context).doesNotHaveBean("geminiHealthContributor"));
	}

	@Test
	void whenContributorOfTheApplicationBlocksThenEndpointShowsItsStatus() {
		HealthIndicator indicator = () -> Health.outOfService().build();
		this.contextRunner.withConfiguration(AutoConfigurations.of(GeminiEndpointAutoConfiguration.class))
			.withPropertyValues("management.endpoints.web.exposure.include=gemini")
			.withBean("geminiHealthContributor", HealthIndicator.class, () -> indicator)
			.run((context) -> {
				GeminiDescriptor descriptor = context.getBean(GeminiEndpoint.class).gemini().block();
				assertThat(descriptor.connections().get("default").status()).isEqualTo("OUT_OF_SERVICE");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "timeout=0s", "timeout=-1s", "cache-ttl=-1s" })
	void whenTimeCannotWorkThenStartupFails(String property) {
		this.contextRunner.withPropertyValues("cometapi.gemini.health." + property)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("'cometapi.gemini.health." + property.substring(0, property.indexOf('='))));
	}

	@Test
	void severalClientsAreChecked() {
		this.contextRunner.withBean("first", GeminiClient.class, GeminiHealthContributorAutoConfigurationTests::client)
			.withBean("second", GeminiClient.class, GeminiHealthContributorAutoConfigurationTests::client)
			.withBean(GeminiOperations.class, () -> new GeminiTemplate(client(), GeminiDefaults.of("gemini-3.5-flash")))
			.run((context) -> assertThat(context.getBean(ReactiveHealthContributor.class))
				.isInstanceOf(CompositeReactiveHealthContributor.class));
	}

	@Test
	void whenApplicationHasOperationsThenItStartsWithoutKeyAndHealthIsDown() {
		this.contextRunner.withPropertyValues("cometapi.gemini.api-key=")
			.withBean(GeminiOperations.class, () -> new GeminiTemplate(client(), GeminiDefaults.of("gemini-3.5-flash")))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				Health health = context.getBean(GeminiHealthIndicator.class).health().block();
				assertThat(health).isNotNull();
				assertThat(health.getStatus()).isEqualTo(Status.DOWN);
				assertThat(health.getDetails()).containsEntry("reason", "configuration");
			});
	}

	private static GeminiClient client() {
		return GeminiClient.create(WebClient.builder(), GeminiJsonMapper.builder().build(),
				GeminiClientSettings.builder("sk-test").build());
	}

}
