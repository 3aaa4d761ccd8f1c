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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.GenerationConfig;
import com.cometapi.gemini.api.ThinkingConfig;
import com.cometapi.gemini.api.UsageMetadata;
import com.cometapi.gemini.observation.GeminiObservationDocumentation.LowCardinalityKeyNames;
import io.micrometer.common.KeyValue;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Counter;
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
 * Records the tokens and the cost of calls to a model, the time until the first event of
 * a stream and the time for each token after it. Micrometer's own handler records the
 * duration of the calls and those that are running.
 */
public final class GeminiMeterObservationHandler implements ObservationHandler<GeminiObservationContext> {

	/**
	 * The name of the meter of the time until the first event of a stream.
	 */
	public static final String TIME_TO_FIRST_CHUNK = "gen_ai.client.inference.time_to_first_chunk";

	/**
	 * The name of the meter of the time for each token after the first event of a stream.
	 */
	public static final String TIME_PER_OUTPUT_TOKEN = "cometapi.gemini.time_per_output_token";

	/**
	 * The name of the counter of input tokens.
	 */
	public static final String INPUT_TOKENS = "gen_ai.client.inference.usage.input_tokens";

	/**
	 * The name of the counter of output tokens, thoughts included.
	 */
	public static final String OUTPUT_TOKENS = "gen_ai.client.inference.usage.output_tokens";

	/**
	 * The name of the counter of input tokens that came from a cache.
	 */
	public static final String CACHED_TOKENS = "gen_ai.client.inference.usage.cache_read.input_tokens";

	/**
	 * The name of the counter of the tokens of thoughts.
	 */
	public static final String REASONING_TOKENS = "gen_ai.client.inference.usage.reasoning.output_tokens";

	/**
	 * The name of the counter of input tokens that built-in tools fed back.
	 */
	public static final String TOOL_USE_TOKENS = "cometapi.gemini.usage.tool_use.input_tokens";

	/**
	 * The name of the counter of cost, in the currency of the prices.
	 */
	public static final String COST = "cometapi.gemini.cost";

	/**
	 * The name of the distribution of input tokens over the calls.
	 */
	public static final String INPUT_TOKENS_PER_CALL = "gen_ai.client.inference.operation.input_tokens";

	/**
	 * The name of the distribution of output tokens over the calls.
	 */
	public static final String OUTPUT_TOKENS_PER_CALL = "gen_ai.client.inference.operation.output_tokens";

	private static final KeyName[] TAGS = { LowCardinalityKeyNames.CONNECTION, LowCardinalityKeyNames.OPERATION_NAME,
			LowCardinalityKeyNames.PROVIDER_NAME, LowCardinalityKeyNames.REQUEST_MODEL,
			LowCardinalityKeyNames.RESPONSE_MODEL, LowCardinalityKeyNames.SERVER_ADDRESS,
			LowCardinalityKeyNames.SERVER_PORT };

	private final Meter.MeterProvider<Timer> timeToFirstChunk;

	private final Meter.MeterProvider<Timer> timePerOutputToken;

	private final Meter.MeterProvider<Counter> inputTokens;

	private final Meter.MeterProvider<Counter> outputTokens;

	private final Meter.MeterProvider<Counter> cachedTokens;

	private final Meter.MeterProvider<Counter> reasoningTokens;

	private final Meter.MeterProvider<Counter> toolUseTokens;

	private final Meter.MeterProvider<Counter> cost;

	private final Meter.MeterProvider<DistributionSummary> inputTokensPerCall;

	private final Meter.MeterProvider<DistributionSummary> outputTokensPerCall;

	/**
	 * Create a handler.
	 * @param registry the registry of the meters
	 */
	public GeminiMeterObservationHandler(MeterRegistry registry) {
		this.timeToFirstChunk = timer(TIME_TO_FIRST_CHUNK, "Time until the first event of a stream", registry);
		this.timePerOutputToken = timer(TIME_PER_OUTPUT_TOKEN,
				"Time for each output token after the first event of a stream", registry);
		this.inputTokens = counter(INPUT_TOKENS, "Number of input tokens, cached ones included", registry);
		this.outputTokens = counter(OUTPUT_TOKENS, "Number of output tokens, thoughts included", registry);
		this.cachedTokens = counter(CACHED_TOKENS, "Number of input tokens that came from a cache", registry);
		this.reasoningTokens = counter(REASONING_TOKENS, "Number of tokens of thoughts", registry);
		this.toolUseTokens = counter(TOOL_USE_TOKENS, "Number of input tokens that built-in tools fed back", registry);
		this.cost = Counter.builder(COST)
			.description("Cost of calls, in the currency of the prices")
			.withRegistry(registry);
		this.inputTokensPerCall = summary(INPUT_TOKENS_PER_CALL, "Number of input tokens of a call", registry);
		this.outputTokensPerCall = summary(OUTPUT_TOKENS_PER_CALL, "Number of output tokens of a call", registry);
	}

	private static Meter.MeterProvider<Timer> timer(String name, String description, MeterRegistry registry) {
		return Timer.builder(name).description(description).withRegistry(registry);
	}

	private static Meter.MeterProvider<Counter> counter(String name, String description, MeterRegistry registry) {
		return Counter.builder(name).description(description).baseUnit("tokens").withRegistry(registry);
	}

	private static Meter.MeterProvider<DistributionSummary> summary(String name, String description,
			MeterRegistry registry) {
		return DistributionSummary.builder(name).description(description).baseUnit("tokens").withRegistry(registry);
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof GeminiObservationContext;
	}

	@Override
	public void onStop(GeminiObservationContext context) {
		GenerateContentResponse response = context.getResponse();
		UsageMetadata usage = (response != null) ? response.usageMetadata() : null;
		Long timeToFirstEvent = context.getTimeToFirstEvent();
		if (usage == null && timeToFirstEvent == null) {
			return;
		}
		Tags tags = tags(context, TAGS);
		if (timeToFirstEvent != null) {
			this.timeToFirstChunk.withTags(tags).record(timeToFirstEvent, TimeUnit.NANOSECONDS);
		}
		if (usage != null) {
			record(usage, tags, tags.and(tags(context, LowCardinalityKeyNames.ERROR_TYPE)));
			if (context.getCost() != null) {
				this.cost.withTags(tags).increment(context.getCost().doubleValue());
			}
			Duration timePerOutputToken = timePerOutputToken(context, usage);
			if (timePerOutputToken != null) {
				this.timePerOutputToken.withTags(tags).record(timePerOutputToken);
			}
		}
	}

	private void record(UsageMetadata usage, Tags tags, Tags tagsPerCall) {
		Integer input = TokenCounts.input(usage);
		if (input != null) {
			this.inputTokensPerCall.withTags(tagsPerCall).record(input);
			TokenModalities.input(usage, input).forEach((type, count) -> count(this.inputTokens, count, tags, type));
		}
		Integer output = TokenCounts.output(usage);
		if (output != null) {
			this.outputTokensPerCall.withTags(tagsPerCall).record(output);
			TokenModalities.output(usage, output).forEach((type, count) -> count(this.outputTokens, count, tags, type));
		}
		TokenModalities.cached(usage).forEach((type, count) -> count(this.cachedTokens, count, tags, type));
		TokenModalities.reasoning(usage).forEach((type, count) -> count(this.reasoningTokens, count, tags, type));
		TokenModalities.toolUse(usage).forEach((type, count) -> count(this.toolUseTokens, count, tags, type));
	}

	private static void count(Meter.MeterProvider<Counter> counter, int count, Tags tags, String modality) {
		counter.withTags(tags.and(Tag.of("gen_ai.token.modality", modality))).increment(count);
	}

	// Thoughts come before the first event, unless they are events themselves.
	private static @Nullable Duration timePerOutputToken(GeminiObservationContext context, UsageMetadata usage) {
		Long time = context.getTimeAfterFirstEvent();
		GenerationConfig config = context.getRequest().generationConfig();
		ThinkingConfig thinking = (config != null) ? config.thinkingConfig() : null;
		boolean thoughts = thinking != null && Boolean.TRUE.equals(thinking.includeThoughts());
		Integer tokens = (thoughts) ? TokenCounts.output(usage) : TokenCounts.visible(usage);
		boolean ended = context.getError() == null && !context.isCancelled();
		return (ended && time != null && tokens != null && tokens > 1) ? Duration.ofNanos(time / (tokens - 1)) : null;
	}

	// A convention of the application may leave some of them out.
	private static Tags tags(GeminiObservationContext context, KeyName... names) {
		List<Tag> tags = new ArrayList<>(names.length);
		for (KeyName name : names) {
			KeyValue value = context.getLowCardinalityKeyValue(name.asString());
			if (value != null) {
				tags.add(Tag.of(value.getKey(), value.getValue()));
			}
		}
		return Tags.of(tags);
	}

}
