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

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

/**
 * Meters of what happens around calls to a model, outside of their observations. Each has
 * the tags {@code cometapi.gemini.connection} and {@code gen_ai.request.model}.
 */
public final class GeminiMeters {

	/**
	 * The name of the counter of retries, with the tag {@code error.type}.
	 */
	public static final String RETRIES = "cometapi.gemini.retries";

	private static final String NONE = "none";

	private final LimitedValues models;

	private final Meter.MeterProvider<Counter> retries;

	/**
	 * Create the meters.
	 * @param registry the registry of the meters
	 * @param maxModels the number of models to report by their names; further ones are
	 * reported as {@code other}
	 */
	public GeminiMeters(MeterRegistry registry, int maxModels) {
		this.models = new LimitedValues(maxModels);
		this.retries = Counter.builder(RETRIES)
			.description("Number of attempts after a failed one")
			.withRegistry(registry);
	}

	/**
	 * Count a retry.
	 * @param connection the name of the connection
	 * @param model the bare id of the model, or {@code null} for a call without one
	 * @param failure the failure of the last attempt
	 */
	public void countRetry(String connection, @Nullable String model, Throwable failure) {
		this.retries.withTags(tags(connection, model).and(errorType(failure))).increment();
	}

	private Tags tags(String connection, @Nullable String model) {
		return Tags.of(GeminiObservationDocumentation.LowCardinalityKeyNames.CONNECTION.asString(), connection,
				GeminiObservationDocumentation.LowCardinalityKeyNames.REQUEST_MODEL.asString(),
				(model != null) ? this.models.limit(model) : NONE);
	}

	private static Tags errorType(Throwable failure) {
		return Tags.of(GeminiObservationDocumentation.LowCardinalityKeyNames.ERROR_TYPE.asString(),
				failure.getClass().getSimpleName());
	}

}
