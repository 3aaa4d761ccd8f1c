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

import com.cometapi.gemini.observation.GeminiObservationDocumentation.HighCardinalityKeyNames;
import com.cometapi.gemini.observation.GeminiObservationDocumentation.LowCardinalityKeyNames;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Meters for events around calls to a model that are not part of an observation. Those
 * that this class creates have the tags {@code cometapi.gemini.connection} and
 * {@code gen_ai.request.model}.
 */
public final class GeminiMeters {

	/**
	 * The name of the counter of retries, with the tag {@code error.type}.
	 */
	public static final String RETRIES = "cometapi.gemini.retries";

	/**
	 * The name of the counter of calls that went to another model or connection. The tags
	 * name the model and the connection that the call left, and the reason is in the tag
	 * {@code cometapi.gemini.fallback_reason}.
	 */
	public static final String FALLBACKS = "cometapi.gemini.fallbacks";

	/**
	 * The name of the counter of calls that a limit rejected.
	 */
	public static final String REJECTIONS = "cometapi.gemini.rejections";

	/**
	 * The name of the timer of waits for a limit.
	 */
	public static final String LIMIT_WAIT = "cometapi.gemini.limit.wait";

	/**
	 * The name of the counter of calls that budgets refused and of budgets that were used
	 * up, with the tag {@value #BUDGET_REFUSED}.
	 */
	public static final String BUDGET_EXCEEDED = "cometapi.gemini.budget.exceeded";

	/**
	 * The name of the tag that tells whether a budget refused a call.
	 */
	public static final String BUDGET_REFUSED = "cometapi.gemini.budget.refused";

	/**
	 * The name of the counter of calls that use the response cache.
	 */
	public static final String CACHE_REQUESTS = "cometapi.gemini.cache.requests";

	/**
	 * The name of the counter of the cost that the response cache saved.
	 */
	public static final String CACHE_SAVED_COST = "cometapi.gemini.cache.saved_cost";

	/**
	 * The name of the counter of items that jobs have processed, with the tags
	 * {@value #BATCH_JOB} and {@value #BATCH_OUTCOME}.
	 */
	public static final String BATCH_ITEMS = "cometapi.gemini.batch.items";

	/**
	 * The name of the tag with the name of the job.
	 */
	public static final String BATCH_JOB = "cometapi.gemini.batch.job";

	/**
	 * The name of the tag that is {@code success} or the failure code.
	 */
	public static final String BATCH_OUTCOME = "cometapi.gemini.batch.outcome";

	/**
	 * The name of the gauge of resumable streams that run on this instance.
	 */
	public static final String RESUMABLE_STREAMS = "cometapi.gemini.resumable_streams";

	/**
	 * The name of the gauge of readers of resumable streams on this instance.
	 */
	public static final String RESUMABLE_STREAM_READERS = "cometapi.gemini.resumable_streams.readers";

	private static final String NONE = "none";

	private final LimitedValues models;

	private final Meter.MeterProvider<Counter> retries;

	private final Meter.MeterProvider<Counter> fallbacks;

	private final Meter.MeterProvider<Counter> rejections;

	private final Meter.MeterProvider<Timer> limitWait;

	/**
	 * Create the meters.
	 * @param registry the registry of the meters
	 * @param maxModels the number of models to report by their names; further ones are
	 * reported as {@code other}
	 */
	public GeminiMeters(MeterRegistry registry, int maxModels) {
		this.models = new LimitedValues(maxModels);
		this.retries = counter(RETRIES, "Number of attempts after a failed one", registry);
		this.fallbacks = counter(FALLBACKS, "Number of calls that went to another model or connection", registry);
		this.rejections = counter(REJECTIONS, "Number of calls that a limit rejected", registry);
		this.limitWait = Timer.builder(LIMIT_WAIT)
			.description("Time that calls wait for a limit")
			.withRegistry(registry);
	}

	private static Meter.MeterProvider<Counter> counter(String name, String description, MeterRegistry registry) {
		return Counter.builder(name).description(description).withRegistry(registry);
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

	/**
	 * Count a fallback.
	 * @param connection the name of the connection that failed or was skipped
	 * @param model the model that failed or was skipped
	 * @param reason the reason, one of a few values
	 */
	public void countFallback(String connection, String model, String reason) {
		this.fallbacks.withTags(tags(connection, model).and(HighCardinalityKeyNames.FALLBACK_REASON.asString(), reason))
			.increment();
	}

	/**
	 * Record the decision of a limit.
	 * @param connection the name of the connection
	 * @param model the bare id of the model
	 * @param waited the time that the call has waited
	 * @param rejected whether the call was rejected
	 */
	public void recordLimit(String connection, String model, Duration waited, boolean rejected) {
		Tags tags = tags(connection, model);
		this.limitWait.withTags(tags).record(waited);
		if (rejected) {
			this.rejections.withTags(tags).increment();
		}
	}

	private Tags tags(String connection, @Nullable String model) {
		return Tags.of(LowCardinalityKeyNames.CONNECTION.asString(), connection,
				LowCardinalityKeyNames.REQUEST_MODEL.asString(), (model != null) ? this.models.limit(model) : NONE);
	}

	private static Tags errorType(Throwable failure) {
		return Tags.of(LowCardinalityKeyNames.ERROR_TYPE.asString(), failure.getClass().getSimpleName());
	}

}
