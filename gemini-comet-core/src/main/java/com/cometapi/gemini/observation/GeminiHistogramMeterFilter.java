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

package com.cometapi.gemini.observation;

import java.time.Duration;
import java.util.Map;
import java.util.stream.DoubleStream;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import org.jspecify.annotations.Nullable;

/**
 * Makes the timers and distributions of this library publish histogram buckets, with the
 * boundaries that OpenTelemetry's conventions recommend. Meters for which the application
 * configures a histogram itself are left unchanged.
 */
public final class GeminiHistogramMeterFilter implements MeterFilter {

	private static final double[] DURATIONS = nanoseconds(0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12,
			10.24, 20.48, 40.96, 81.92);

	private static final double[] TOKEN_DURATIONS = nanoseconds(0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5,
			0.75, 1.0, 2.5);

	private static final double[] TOKENS = { 1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304,
			16777216, 67108864 };

	private static final Map<String, double[]> BOUNDARIES = Map.of(DefaultGeminiObservationConvention.NAME, DURATIONS,
			DefaultGeminiTurnObservationConvention.NAME, DURATIONS, DefaultGeminiFunctionObservationConvention.NAME,
			DURATIONS, GeminiMeterObservationHandler.TIME_TO_FIRST_CHUNK, DURATIONS,
			GeminiMeterObservationHandler.TIME_PER_OUTPUT_TOKEN, TOKEN_DURATIONS,
			GeminiMeterObservationHandler.INPUT_TOKENS_PER_CALL, TOKENS,
			GeminiMeterObservationHandler.OUTPUT_TOKENS_PER_CALL, TOKENS);

	@Override
	public @Nullable DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
		double[] boundaries = BOUNDARIES.get(id.getName());
		if (boundaries == null || config.isPublishingHistogram()) {
			return config;
		}
		return DistributionStatisticConfig.builder().serviceLevelObjectives(boundaries).build().merge(config);
	}

	private static double[] nanoseconds(double... seconds) {
		return DoubleStream.of(seconds).map((value) -> value * Duration.ofSeconds(1).toNanos()).toArray();
	}

}
