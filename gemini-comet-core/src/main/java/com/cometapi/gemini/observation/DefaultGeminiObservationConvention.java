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

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import com.cometapi.gemini.api.BlockReason;
import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.GenerationConfig;
import com.cometapi.gemini.api.Modality;
import com.cometapi.gemini.api.ModelStatus;
import com.cometapi.gemini.api.ThinkingConfig;
import com.cometapi.gemini.api.UsageMetadata;
import com.cometapi.gemini.observation.GeminiObservationDocumentation.HighCardinalityKeyNames;
import com.cometapi.gemini.observation.GeminiObservationDocumentation.LowCardinalityKeyNames;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.common.docs.KeyName;
import org.jspecify.annotations.Nullable;

/**
 * Default {@link GeminiObservationConvention}, following the {@code gen_ai.*} conventions
 * of OpenTelemetry. Reports the contents of prompts and responses only on request. May be
 * extended to add or remove keys.
 *
 * @see GeminiObservationDocumentation
 */
public class DefaultGeminiObservationConvention implements GeminiObservationConvention {

	/**
	 * The name of the observations.
	 */
	public static final String NAME = "gen_ai.client.inference.duration";

	static final String PROVIDER = "gcp.gemini";

	private static final String OPERATION = "generate_content";

	private static final String CONTEXTUAL_NAME_PREFIX = OPERATION + " ";

	private static final KeyValue OPERATION_NAME = LowCardinalityKeyNames.OPERATION_NAME.withValue(OPERATION);

	private static final KeyValue PROVIDER_NAME = LowCardinalityKeyNames.PROVIDER_NAME.withValue(PROVIDER);

	private static final KeyValue STREAM = LowCardinalityKeyNames.REQUEST_STREAM.withValue("true");

	private static final KeyValue NO_STREAM = LowCardinalityKeyNames.REQUEST_STREAM.withValue("false");

	private static final KeyValue NO_MODEL = none(LowCardinalityKeyNames.RESPONSE_MODEL);

	private static final KeyValue NOT_BLOCKED = none(LowCardinalityKeyNames.BLOCKED);

	private static final KeyValue PROMPT_BLOCKED = LowCardinalityKeyNames.BLOCKED.withValue("prompt");

	private static final KeyValue RESPONSE_BLOCKED = LowCardinalityKeyNames.BLOCKED.withValue("response");

	private static final KeyValue NO_ADDRESS = none(LowCardinalityKeyNames.SERVER_ADDRESS);

	private static final KeyValue HTTP = LowCardinalityKeyNames.SERVER_PORT.withValue("80");

	private static final KeyValue HTTPS = LowCardinalityKeyNames.SERVER_PORT.withValue("443");

	private static final String ABORTED = "error";

	private static final int DEFAULT_MAX_MODELS = 100;

	private final LimitedValues requestModels;

	private final LimitedValues responseModels;

	private final @Nullable ContentJson contents;

	/**
	 * Create a convention that reports up to 100 models by their names.
	 */
	public DefaultGeminiObservationConvention() {
		this(DEFAULT_MAX_MODELS);
	}

	/**
	 * Create a convention.
	 * @param maxModels the number of models to report by their names, each of which is a
	 * time series of its own; further ones are reported as {@code other}
	 */
	public DefaultGeminiObservationConvention(int maxModels) {
		this(maxModels, 0);
	}

	/**
	 * Create a convention that also reports the contents of prompts and responses, in
	 * spans only: without anything that looks like a key, without media and shortened.
	 * @param maxModels the number of models to report by their names, each of which is a
	 * time series of its own; further ones are reported as {@code other}
	 * @param maxContentLength the number of characters to report of the system
	 * instruction, of the request and of the response, 0 for none
	 */
	public DefaultGeminiObservationConvention(int maxModels, int maxContentLength) {
		this.requestModels = new LimitedValues(maxModels);
		this.responseModels = new LimitedValues(maxModels);
		this.contents = (maxContentLength > 0) ? new ContentJson(maxContentLength) : null;
	}

	@Override
	public boolean isContentUsed() {
		return this.contents != null;
	}

	@Override
	public String getName() {
		return NAME;
	}

	@Override
	public String getContextualName(GeminiObservationContext context) {
		return CONTEXTUAL_NAME_PREFIX + context.getModel();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(GeminiObservationContext context) {
		GenerateContentResponse response = context.getResponse();
		URI baseUrl = context.getBaseUrl();
		// In alphabetical order, so that they need not be sorted.
		return KeyValues.of(blocked(response), LowCardinalityKeyNames.CONNECTION.withValue(context.getConnection()),
				ErrorTypes.keyValue(LowCardinalityKeyNames.ERROR_TYPE, context.getError(), context.isCancelled()),
				OPERATION_NAME, PROVIDER_NAME,
				LowCardinalityKeyNames.REQUEST_MODEL.withValue(this.requestModels.limit(context.getModel())),
				context.isStreaming() ? STREAM : NO_STREAM, responseModel(response), serverAddress(baseUrl),
				serverPort(baseUrl));
	}

	private static KeyValue blocked(@Nullable GenerateContentResponse response) {
		if (response == null || !response.isBlocked()) {
			return NOT_BLOCKED;
		}
		return response.isPromptBlocked() ? PROMPT_BLOCKED : RESPONSE_BLOCKED;
	}

	private KeyValue responseModel(@Nullable GenerateContentResponse response) {
		String model = (response != null) ? response.modelVersion() : null;
		return (model != null) ? LowCardinalityKeyNames.RESPONSE_MODEL.withValue(this.responseModels.limit(model))
				: NO_MODEL;
	}

	private static KeyValue serverAddress(URI baseUrl) {
		return (baseUrl.getHost() != null) ? LowCardinalityKeyNames.SERVER_ADDRESS.withValue(baseUrl.getHost())
				: NO_ADDRESS;
	}

	private static KeyValue serverPort(URI baseUrl) {
		if (baseUrl.getPort() != -1) {
			return LowCardinalityKeyNames.SERVER_PORT.withValue(Integer.toString(baseUrl.getPort()));
		}
		return "http".equalsIgnoreCase(baseUrl.getScheme()) ? HTTP : HTTPS;
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(GeminiObservationContext context) {
		List<KeyValue> values = new ArrayList<>();
		GenerationConfig config = context.getRequest().generationConfig();
		if (config != null) {
			addSettings(values, config);
		}
		GenerateContentResponse response = context.getResponse();
		if (response != null) {
			addResponse(values, response);
		}
		add(values, HighCardinalityKeyNames.FINISH_REASONS, finishReasons(context));
		add(values, HighCardinalityKeyNames.CONVERSATION_ID, GeminiTurnObservationContext.conversationId(context));
		add(values, HighCardinalityKeyNames.FALLBACK_REASON, context.getFallbackReason());
		Long timeToFirstEvent = context.getTimeToFirstEvent();
		if (timeToFirstEvent != null) {
			add(values, HighCardinalityKeyNames.TIME_TO_FIRST_CHUNK, timeToFirstEvent / 1e9);
		}
		if (this.contents != null) {
			addContents(values, this.contents, context.getRequest(), response);
		}
		return values.isEmpty() ? KeyValues.empty() : KeyValues.of(values);
	}

	private static void addContents(List<KeyValue> values, ContentJson contents, GenerateContentRequest request,
			@Nullable GenerateContentResponse response) {
		if (response == null) {
			// Only at the start: the keys are computed again at the end.
			add(values, HighCardinalityKeyNames.SYSTEM_INSTRUCTIONS,
					contents.systemInstruction(request.systemInstruction()));
			add(values, HighCardinalityKeyNames.INPUT_MESSAGES, contents.messages(request.contents()));
		}
		else {
			add(values, HighCardinalityKeyNames.OUTPUT_MESSAGES, contents.messages(response));
		}
	}

	private static void addSettings(List<KeyValue> values, GenerationConfig config) {
		add(values, HighCardinalityKeyNames.OUTPUT_TYPE, outputType(config));
		add(values, HighCardinalityKeyNames.CHOICE_COUNT, config.candidateCount());
		add(values, HighCardinalityKeyNames.MAX_TOKENS, config.maxOutputTokens());
		add(values, HighCardinalityKeyNames.TEMPERATURE, config.temperature());
		add(values, HighCardinalityKeyNames.TOP_K, config.topK());
		add(values, HighCardinalityKeyNames.TOP_P, config.topP());
		add(values, HighCardinalityKeyNames.FREQUENCY_PENALTY, config.frequencyPenalty());
		add(values, HighCardinalityKeyNames.PRESENCE_PENALTY, config.presencePenalty());
		add(values, HighCardinalityKeyNames.SEED, config.seed());
		if (!config.stopSequences().isEmpty()) {
			add(values, HighCardinalityKeyNames.STOP_SEQUENCES, String.join(",", config.stopSequences()));
		}
		ThinkingConfig thinking = config.thinkingConfig();
		if (thinking != null && thinking.thinkingLevel() != null) {
			add(values, HighCardinalityKeyNames.REASONING_LEVEL, thinking.thinkingLevel().value());
		}
	}

	private static @Nullable String outputType(GenerationConfig config) {
		if (config.responseModalities().contains(Modality.IMAGE)) {
			return "image";
		}
		if (config.responseModalities().contains(Modality.AUDIO)) {
			return "speech";
		}
		return "application/json".equals(config.responseMimeType()) ? "json" : null;
	}

	private static void addResponse(List<KeyValue> values, GenerateContentResponse response) {
		UsageMetadata usage = response.usageMetadata();
		if (usage != null) {
			add(values, HighCardinalityKeyNames.INPUT_TOKENS, TokenCounts.input(usage));
			add(values, HighCardinalityKeyNames.OUTPUT_TOKENS, TokenCounts.output(usage));
			add(values, HighCardinalityKeyNames.TOOL_USE_TOKENS, usage.toolUsePromptTokenCount());
			add(values, HighCardinalityKeyNames.CACHED_TOKENS, usage.cachedContentTokenCount());
			add(values, HighCardinalityKeyNames.REASONING_TOKENS, usage.thoughtsTokenCount());
		}
		BlockReason blockReason = response.blockReason();
		if (blockReason != null) {
			add(values, HighCardinalityKeyNames.BLOCK_REASON, blockReason.value());
		}
		ModelStatus status = response.modelStatus();
		if (status != null && status.announcesRetirement()) {
			add(values, HighCardinalityKeyNames.MODEL_RETIREMENT,
					(status.retirementTime() != null) ? status.retirementTime() : status.modelStage());
		}
		add(values, HighCardinalityKeyNames.RESPONSE_ID, response.responseId());
	}

	private static @Nullable String finishReasons(GeminiObservationContext context) {
		GenerateContentResponse response = context.getResponse();
		String reasons = (response != null) ? finishReasons(response.candidates()) : null;
		boolean aborted = context.getError() != null || context.isCancelled();
		return (reasons == null && aborted) ? ABORTED : reasons;
	}

	private static @Nullable String finishReasons(List<Candidate> candidates) {
		String reasons = null;
		for (Candidate candidate : candidates) {
			if (candidate.finishReason() != null) {
				String reason = candidate.finishReason().value();
				reasons = (reasons != null) ? reasons + "," + reason : reason;
			}
		}
		return reasons;
	}

	private static void add(List<KeyValue> values, KeyName name, @Nullable Object value) {
		if (value != null) {
			values.add(name.withValue(value.toString()));
		}
	}

	private static KeyValue none(KeyName name) {
		return name.withValue(KeyValue.NONE_VALUE);
	}

}
