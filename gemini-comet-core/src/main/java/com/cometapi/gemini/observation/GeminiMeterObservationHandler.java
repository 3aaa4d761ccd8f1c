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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.cometapi.gemini.observation.GeminiObservationDocumentation.LowCardinalityKeyNames;
import io.micrometer.common.KeyValue;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import org.jspecify.annotations.Nullable;

/**
 * Records the token usage of calls to a model and the time until the first event of a
 * stream. Micrometer's own handler records the duration of the calls.
 */
public final class GeminiMeterObservationHandler implements ObservationHandler<GeminiObservationContext> {

	/**
	 * The name of the meter of tokens.
	 */
	public static final String TOKEN_USAGE = "gen_ai.client.token.usage";

	/**
	 * The name of the meter of the time until the first event of a stream.
	 */
	public static final String TIME_TO_FIRST_CHUNK = "gen_ai.client.operation.time_to_first_chunk";

	private static final Tag INPUT = Tag.of("gen_ai.token.type", "input");

	private static final Tag OUTPUT = Tag.of("gen_ai.token.type", "output");

	private static final KeyName[] TAGS = { LowCardinalityKeyNames.OPERATION_NAME, LowCardinalityKeyNames.PROVIDER_NAME,
			LowCardinalityKeyNames.REQUEST_MODEL, LowCardinalityKeyNames.RESPONSE_MODEL,
			LowCardinalityKeyNames.SERVER_ADDRESS, LowCardinalityKeyNames.SERVER_PORT };

	private final Meter.MeterProvider<DistributionSummary> tokens;

	private final Meter.MeterProvider<Timer> timeToFirstChunk;

	/**
	 * Create a handler.
	 * @param registry the registry of the meters
	 */
	public GeminiMeterObservationHandler(MeterRegistry registry) {
		this.tokens = DistributionSummary.builder(TOKEN_USAGE)
			.description("Number of input and output tokens used")
			.baseUnit("tokens")
			.withRegistry(registry);
		this.timeToFirstChunk = Timer.builder(TIME_TO_FIRST_CHUNK)
			.description("Time until the first event of a stream")
			.withRegistry(registry);
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof GeminiObservationContext;
	}

	@Override
	public void onStop(GeminiObservationContext context) {
		Integer input = TokenCounts.input(context.getResponse());
		Integer output = TokenCounts.output(context.getResponse());
		Long timeToFirstEvent = context.getTimeToFirstEvent();
		if (input == null && output == null && timeToFirstEvent == null) {
			return;
		}
		Tags tags = tags(context);
		record(input, tags, INPUT);
		record(output, tags, OUTPUT);
		if (timeToFirstEvent != null) {
			this.timeToFirstChunk.withTags(tags).record(timeToFirstEvent, TimeUnit.NANOSECONDS);
		}
	}

	private void record(@Nullable Integer count, Tags tags, Tag type) {
		if (count != null) {
			this.tokens.withTags(tags.and(type)).record(count);
		}
	}

	// A convention of the application may leave some of them out.
	private static Tags tags(GeminiObservationContext context) {
		List<Tag> tags = new ArrayList<>(TAGS.length);
		for (KeyName name : TAGS) {
			KeyValue value = context.getLowCardinalityKeyValue(name.asString());
			if (value != null) {
				tags.add(Tag.of(value.getKey(), value.getValue()));
			}
		}
		return Tags.of(tags);
	}

}
