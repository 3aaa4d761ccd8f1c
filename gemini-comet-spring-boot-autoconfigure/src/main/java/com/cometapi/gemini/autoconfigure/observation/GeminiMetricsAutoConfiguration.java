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
import com.cometapi.gemini.autoconfigure.GeminiProperties;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiRetryListener;
import com.cometapi.gemini.fallback.GeminiFallbackListener;
import com.cometapi.gemini.observation.GeminiHistogramMeterFilter;
import com.cometapi.gemini.observation.GeminiMeterObservationHandler;
import com.cometapi.gemini.observation.GeminiMeters;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for
 * {@link GeminiMeterObservationHandler}, {@link GeminiMeters} and
 * {@link GeminiHistogramMeterFilter}.
 */
@AutoConfiguration(after = GeminiAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnSingleCandidate(MeterRegistry.class)
@ConditionalOnBean(GeminiClient.class)
public final class GeminiMetricsAutoConfiguration {

	GeminiMetricsAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	GeminiMeterObservationHandler geminiMeterObservationHandler(MeterRegistry registry) {
		return new GeminiMeterObservationHandler(registry);
	}

	@Bean
	@ConditionalOnMissingBean
	GeminiMeters geminiMeters(MeterRegistry registry, GeminiProperties properties) {
		return new GeminiMeters(registry, properties.observation().maxModels());
	}

	@Bean
	GeminiRetryListener geminiRetryMeter(GeminiMeters meters) {
		return (event) -> meters.countRetry(event.connection(), event.model(), event.failure());
	}

	@Bean
	GeminiFallbackListener geminiFallbackMeter(GeminiMeters meters) {
		return (event) -> meters.countFallback(event.fromConnection(), event.fromModel(), event.reason().value());
	}

	@Bean
	@ConditionalOnBooleanProperty("cometapi.gemini.observation.histograms")
	@ConditionalOnMissingBean
	static GeminiHistogramMeterFilter geminiHistogramMeterFilter() {
		return new GeminiHistogramMeterFilter();
	}

}
