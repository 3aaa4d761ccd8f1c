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

package com.cometapi.gemini.autoconfigure;

import java.util.List;

import com.cometapi.gemini.web.GeminiCrossSiteFilter;
import com.cometapi.gemini.web.GeminiCrossSitePolicy;
import com.cometapi.gemini.web.GeminiCrossSiteWebFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GeminiCrossSiteAutoConfiguration}.
 */
class GeminiCrossSiteAutoConfigurationTests {

	private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations
		.of(GeminiCrossSiteAutoConfiguration.class);

	private static final String PATHS = "cometapi.gemini.cross-site.paths[0]=/api/**";

	private final WebApplicationContextRunner mvcRunner = new WebApplicationContextRunner()
		.withConfiguration(CONFIGURATIONS);

	private final ReactiveWebApplicationContextRunner fluxRunner = new ReactiveWebApplicationContextRunner()
		.withConfiguration(CONFIGURATIONS);

	@Test
	void nothingIsCheckedByDefault() {
		this.mvcRunner.run((context) -> assertThat(context).doesNotHaveBean(GeminiCrossSiteFilter.class));
		this.fluxRunner.run((context) -> assertThat(context).doesNotHaveBean(GeminiCrossSiteWebFilter.class));
	}

	@Test
	void whenThereArePathsThenEachStackGetsItsFilter() {
		this.mvcRunner.withPropertyValues(PATHS)
			.run((context) -> assertThat(context).hasSingleBean(GeminiCrossSiteFilter.class)
				.doesNotHaveBean(GeminiCrossSiteWebFilter.class));
		this.fluxRunner.withPropertyValues(PATHS)
			.run((context) -> assertThat(context).hasSingleBean(GeminiCrossSiteWebFilter.class)
				.doesNotHaveBean(GeminiCrossSiteFilter.class));
	}

	@Test
	void whenApplicationHasPolicyThenAutoConfiguredOneBacksOff() {
		GeminiCrossSitePolicy policy = new GeminiCrossSitePolicy(List.of("/chat"), List.of(), List.of());
		this.mvcRunner.withPropertyValues(PATHS)
			.withBean(GeminiCrossSitePolicy.class, () -> policy)
			.run((context) -> assertThat(context.getBean(GeminiCrossSitePolicy.class)).isSameAs(policy));
	}

	@Test
	void whenApplicationHasPolicyThenItIsAppliedWithoutPathsInProperties() {
		GeminiCrossSitePolicy policy = new GeminiCrossSitePolicy(List.of("/chat"), List.of(), List.of());
		this.mvcRunner.withBean(GeminiCrossSitePolicy.class, () -> policy)
			.run((context) -> assertThat(context).hasSingleBean(GeminiCrossSiteFilter.class));
		this.fluxRunner.withBean(GeminiCrossSitePolicy.class, () -> policy)
			.run((context) -> assertThat(context).hasSingleBean(GeminiCrossSiteWebFilter.class));
	}

	@ParameterizedTest
	@CsvSource({ "allowed-origins,app.example.com", "allowed-hosts,localhost:8080", "paths[1],/api/**/chat/{" })
	void whenValueIsWrongThenStartupFailsWithIt(String property, String value) {
		this.mvcRunner.withPropertyValues(PATHS, "cometapi.gemini.cross-site." + property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidGeminiPropertyException.class)
				.hasMessageContaining("cometapi.gemini.cross-site", "not '" + value + "'"));
	}

}
