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

package com.cometapi.gemini.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.cometapi.gemini.api.Blob;
import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.CitationMetadata;
import com.cometapi.gemini.api.CodeExecutionResult;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.ExecutableCode;
import com.cometapi.gemini.api.FileData;
import com.cometapi.gemini.api.FinishReason;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.FunctionResponse;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.GroundingAttribution;
import com.cometapi.gemini.api.GroundingMetadata;
import com.cometapi.gemini.api.LogprobsResult;
import com.cometapi.gemini.api.MediaProcessing;
import com.cometapi.gemini.api.Modality;
import com.cometapi.gemini.api.ModalityTokenCount;
import com.cometapi.gemini.api.ModelStatus;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.PartMediaResolution;
import com.cometapi.gemini.api.PromptFeedback;
import com.cometapi.gemini.api.ResponseOrigin;
import com.cometapi.gemini.api.SafetyRating;
import com.cometapi.gemini.api.ServiceTier;
import com.cometapi.gemini.api.ToolCall;
import com.cometapi.gemini.api.ToolResponse;
import com.cometapi.gemini.api.TrafficType;
import com.cometapi.gemini.api.UrlContextMetadata;
import com.cometapi.gemini.api.UsageMetadata;
import com.cometapi.gemini.api.VideoMetadata;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * Reads the messages that every event contains, member by member, in a third of the time
 * of databind, which reads all other messages and values of unexpected types. A test
 * compares its results with those of databind.
 */
@SuppressWarnings("NullAway") // absent members are null, which the records accept
final class ResponseDeserializer extends StdDeserializer<GenerateContentResponse> {

	private static final String MODEL_ROLE = "model";

	// Longer names are not kept, since the endpoint chooses them.
	private static final int MAX_KEPT_LENGTH = 100;

	// The version in the last event read by any thread; nearly all events repeat it.
	private @Nullable String lastModelVersion;

	ResponseDeserializer() {
		super(GenerateContentResponse.class);
	}

	@Override
	public GenerateContentResponse deserialize(JsonParser parser, DeserializationContext context) {
		if (!parser.hasToken(JsonToken.START_OBJECT)) {
			return (GenerateContentResponse) context.handleUnexpectedToken(getValueType(context), parser);
		}
		ResponseOrigin origin = (parser.streamReadContext().getParent().currentValue() instanceof ResponseOrigin value)
				? value : null;
		List<Candidate> candidates = null;
		PromptFeedback promptFeedback = null;
		UsageMetadata usageMetadata = null;
		String modelVersion = null;
		String responseId = null;
		String createTime = null;
		ModelStatus modelStatus = null;
		Map<String, @Nullable Object> additional = null;
		ResponseMember member;
		while ((member = ResponseMember.next(parser)) != null) {
			JsonToken token = parser.nextToken();
			switch (member) {
				case CANDIDATES ->
					candidates = messages(token, parser, context, Candidate.class, ResponseDeserializer::candidate);
				case PROMPT_FEEDBACK -> promptFeedback = value(token, parser, context, PromptFeedback.class);
				case USAGE_METADATA -> usageMetadata = message(token, parser, context, UsageMetadata.class,
						ResponseDeserializer::usageMetadata);
				case MODEL_VERSION -> modelVersion = modelVersion(token, parser, context);
				case RESPONSE_ID -> responseId = text(token, parser, context);
				case CREATE_TIME -> createTime = text(token, parser, context);
				case MODEL_STATUS -> modelStatus = value(token, parser, context, ModelStatus.class);
				default -> additional = add(additional, parser, context);
			}
		}
		return new GenerateContentResponse(candidates, promptFeedback, usageMetadata, modelVersion, responseId,
				createTime, modelStatus, origin, additional);
	}

	private @Nullable String modelVersion(JsonToken token, JsonParser parser, DeserializationContext context) {
		String modelVersion = text(token, parser, context, this.lastModelVersion);
		if (modelVersion != null && modelVersion.length() <= MAX_KEPT_LENGTH
				&& !modelVersion.equals(this.lastModelVersion)) {
			this.lastModelVersion = modelVersion;
		}
		return modelVersion;
	}

	private static Candidate candidate(JsonParser parser, DeserializationContext context) {
		Integer index = null;
		Content content = null;
		FinishReason finishReason = null;
		String finishMessage = null;
		List<SafetyRating> safetyRatings = null;
		CitationMetadata citationMetadata = null;
		Integer tokenCount = null;
		GroundingMetadata groundingMetadata = null;
		UrlContextMetadata urlContextMetadata = null;
		List<GroundingAttribution> groundingAttributions = null;
		Double avgLogprobs = null;
		LogprobsResult logprobsResult = null;
		Map<String, @Nullable Object> additional = null;
		ResponseMember member;
		while ((member = ResponseMember.next(parser)) != null) {
			JsonToken token = parser.nextToken();
			switch (member) {
				case INDEX -> index = number(token, parser, context);
				case CONTENT -> content = message(token, parser, context, Content.class, ResponseDeserializer::content);
				case FINISH_REASON -> finishReason = (token == JsonToken.VALUE_STRING)
						? new FinishReason(parser.getString()) : value(token, parser, context, FinishReason.class);
				case FINISH_MESSAGE -> finishMessage = text(token, parser, context);
				case SAFETY_RATINGS -> safetyRatings = list(token, parser, context, SafetyRating.class);
				case CITATION_METADATA -> citationMetadata = value(token, parser, context, CitationMetadata.class);
				case TOKEN_COUNT -> tokenCount = number(token, parser, context);
				case GROUNDING_METADATA -> groundingMetadata = value(token, parser, context, GroundingMetadata.class);
				case URL_CONTEXT_METADATA ->
					urlContextMetadata = value(token, parser, context, UrlContextMetadata.class);
				case GROUNDING_ATTRIBUTIONS ->
					groundingAttributions = list(token, parser, context, GroundingAttribution.class);
				case AVG_LOGPROBS -> avgLogprobs = value(token, parser, context, Double.class);
				case LOGPROBS_RESULT -> logprobsResult = value(token, parser, context, LogprobsResult.class);
				default -> additional = add(additional, parser, context);
			}
		}
		return new Candidate(index, content, finishReason, finishMessage, safetyRatings, citationMetadata, tokenCount,
				groundingMetadata, urlContextMetadata, groundingAttributions, avgLogprobs, logprobsResult, additional);
	}

	private static Content content(JsonParser parser, DeserializationContext context) {
		String role = null;
		List<Part> parts = null;
		Map<String, @Nullable Object> additional = null;
		ResponseMember member;
		while ((member = ResponseMember.next(parser)) != null) {
			JsonToken token = parser.nextToken();
			switch (member) {
				case ROLE -> role = text(token, parser, context, MODEL_ROLE);
				case PARTS -> parts = messages(token, parser, context, Part.class, ResponseDeserializer::part);
				default -> additional = add(additional, parser, context);
			}
		}
		return new Content(role, parts, additional);
	}

	private static Part part(JsonParser parser, DeserializationContext context) {
		String text = null;
		Blob inlineData = null;
		FileData fileData = null;
		FunctionCall functionCall = null;
		FunctionResponse functionResponse = null;
		ExecutableCode executableCode = null;
		CodeExecutionResult codeExecutionResult = null;
		ToolCall toolCall = null;
		ToolResponse toolResponse = null;
		Boolean thought = null;
		String thoughtSignature = null;
		VideoMetadata videoMetadata = null;
		PartMediaResolution mediaResolution = null;
		MediaProcessing mediaProcessing = null;
		Map<String, @Nullable Object> partMetadata = null;
		Map<String, @Nullable Object> additional = null;
		ResponseMember member;
		while ((member = ResponseMember.next(parser)) != null) {
			JsonToken token = parser.nextToken();
			switch (member) {
				case TEXT -> text = text(token, parser, context);
				case INLINE_DATA -> inlineData = value(token, parser, context, Blob.class);
				case FILE_DATA -> fileData = value(token, parser, context, FileData.class);
				case FUNCTION_CALL -> functionCall = value(token, parser, context, FunctionCall.class);
				case FUNCTION_RESPONSE -> functionResponse = value(token, parser, context, FunctionResponse.class);
				case EXECUTABLE_CODE -> executableCode = value(token, parser, context, ExecutableCode.class);
				case CODE_EXECUTION_RESULT ->
					codeExecutionResult = value(token, parser, context, CodeExecutionResult.class);
				case TOOL_CALL -> toolCall = value(token, parser, context, ToolCall.class);
				case TOOL_RESPONSE -> toolResponse = value(token, parser, context, ToolResponse.class);
				case THOUGHT -> thought = flag(token, parser, context);
				case THOUGHT_SIGNATURE -> thoughtSignature = text(token, parser, context);
				case VIDEO_METADATA -> videoMetadata = value(token, parser, context, VideoMetadata.class);
				case MEDIA_RESOLUTION -> mediaResolution = value(token, parser, context, PartMediaResolution.class);
				case MEDIA_PROCESSING -> mediaProcessing = value(token, parser, context, MediaProcessing.class);
				case PART_METADATA -> partMetadata = object(token, parser, context);
				default -> additional = add(additional, parser, context);
			}
		}
		return new Part(text, inlineData, fileData, functionCall, functionResponse, executableCode, codeExecutionResult,
				toolCall, toolResponse, thought, thoughtSignature, videoMetadata, mediaResolution, mediaProcessing,
				partMetadata, additional);
	}

	private static UsageMetadata usageMetadata(JsonParser parser, DeserializationContext context) {
		Integer promptTokenCount = null;
		Integer candidatesTokenCount = null;
		Integer thoughtsTokenCount = null;
		Integer toolUsePromptTokenCount = null;
		Integer cachedContentTokenCount = null;
		Integer totalTokenCount = null;
		Integer responseTokenCount = null;
		List<ModalityTokenCount> promptTokensDetails = null;
		List<ModalityTokenCount> candidatesTokensDetails = null;
		List<ModalityTokenCount> cacheTokensDetails = null;
		List<ModalityTokenCount> toolUsePromptTokensDetails = null;
		List<ModalityTokenCount> responseTokensDetails = null;
		TrafficType trafficType = null;
		ServiceTier serviceTier = null;
		Map<String, @Nullable Object> additional = null;
		ResponseMember member;
		while ((member = ResponseMember.next(parser)) != null) {
			JsonToken token = parser.nextToken();
			switch (member) {
				case PROMPT_TOKEN_COUNT -> promptTokenCount = number(token, parser, context);
				case CANDIDATES_TOKEN_COUNT -> candidatesTokenCount = number(token, parser, context);
				case THOUGHTS_TOKEN_COUNT -> thoughtsTokenCount = number(token, parser, context);
				case TOOL_USE_PROMPT_TOKEN_COUNT -> toolUsePromptTokenCount = number(token, parser, context);
				case CACHED_CONTENT_TOKEN_COUNT -> cachedContentTokenCount = number(token, parser, context);
				case TOTAL_TOKEN_COUNT -> totalTokenCount = number(token, parser, context);
				case RESPONSE_TOKEN_COUNT -> responseTokenCount = number(token, parser, context);
				case PROMPT_TOKENS_DETAILS -> promptTokensDetails = messages(token, parser, context,
						ModalityTokenCount.class, ResponseDeserializer::modalityTokenCount);
				case CANDIDATES_TOKENS_DETAILS -> candidatesTokensDetails = messages(token, parser, context,
						ModalityTokenCount.class, ResponseDeserializer::modalityTokenCount);
				case CACHE_TOKENS_DETAILS -> cacheTokensDetails = messages(token, parser, context,
						ModalityTokenCount.class, ResponseDeserializer::modalityTokenCount);
				case TOOL_USE_PROMPT_TOKENS_DETAILS -> toolUsePromptTokensDetails = messages(token, parser, context,
						ModalityTokenCount.class, ResponseDeserializer::modalityTokenCount);
				case RESPONSE_TOKENS_DETAILS -> responseTokensDetails = messages(token, parser, context,
						ModalityTokenCount.class, ResponseDeserializer::modalityTokenCount);
				case TRAFFIC_TYPE -> trafficType = (token == JsonToken.VALUE_STRING)
						? new TrafficType(parser.getString()) : value(token, parser, context, TrafficType.class);
				case SERVICE_TIER -> serviceTier = (token == JsonToken.VALUE_STRING)
						? new ServiceTier(parser.getString()) : value(token, parser, context, ServiceTier.class);
				default -> additional = add(additional, parser, context);
			}
		}
		return new UsageMetadata(promptTokenCount, candidatesTokenCount, thoughtsTokenCount, toolUsePromptTokenCount,
				cachedContentTokenCount, totalTokenCount, responseTokenCount, promptTokensDetails,
				candidatesTokensDetails, cacheTokensDetails, toolUsePromptTokensDetails, responseTokensDetails,
				trafficType, serviceTier, additional);
	}

	private static ModalityTokenCount modalityTokenCount(JsonParser parser, DeserializationContext context) {
		Modality modality = null;
		Integer tokenCount = null;
		Map<String, @Nullable Object> additional = null;
		ResponseMember member;
		while ((member = ResponseMember.next(parser)) != null) {
			JsonToken token = parser.nextToken();
			switch (member) {
				case MODALITY -> modality = modality(token, parser, context);
				case TOKEN_COUNT -> tokenCount = number(token, parser, context);
				default -> additional = add(additional, parser, context);
			}
		}
		return new ModalityTokenCount(modality, tokenCount, additional);
	}

	private static @Nullable Modality modality(JsonToken token, JsonParser parser, DeserializationContext context) {
		if (token != JsonToken.VALUE_STRING) {
			return value(token, parser, context, Modality.class);
		}
		return isText(parser, Modality.TEXT.value()) ? Modality.TEXT : new Modality(parser.getString());
	}

	// Returns the likely text itself instead of a copy.
	private static @Nullable String text(JsonToken token, JsonParser parser, DeserializationContext context,
			@Nullable String likely) {
		return (token == JsonToken.VALUE_STRING && likely != null && isText(parser, likely)) ? likely
				: text(token, parser, context);
	}

	private static boolean isText(JsonParser parser, String text) {
		int length = parser.getStringLength();
		if (length != text.length()) {
			return false;
		}
		char[] characters = parser.getStringCharacters();
		int offset = parser.getStringOffset();
		for (int i = 0; i < length; i++) {
			if (characters[offset + i] != text.charAt(i)) {
				return false;
			}
		}
		return true;
	}

	private static @Nullable String text(JsonToken token, JsonParser parser, DeserializationContext context) {
		return (token == JsonToken.VALUE_STRING) ? parser.getString() : value(token, parser, context, String.class);
	}

	private static @Nullable Integer number(JsonToken token, JsonParser parser, DeserializationContext context) {
		return (token == JsonToken.VALUE_NUMBER_INT) ? (Integer) parser.getIntValue()
				: value(token, parser, context, Integer.class);
	}

	private static @Nullable Boolean flag(JsonToken token, JsonParser parser, DeserializationContext context) {
		return (token == JsonToken.VALUE_TRUE) ? Boolean.TRUE : value(token, parser, context, Boolean.class);
	}

	private static @Nullable Map<String, @Nullable Object> object(JsonToken token, JsonParser parser,
			DeserializationContext context) {
		JavaType mapType = context.getTypeFactory().constructMapType(Map.class, String.class, Object.class);
		return (token != JsonToken.VALUE_NULL) ? context.readValue(parser, mapType) : null;
	}

	private static <T> @Nullable T value(JsonToken token, JsonParser parser, DeserializationContext context,
			Class<T> type) {
		return (token != JsonToken.VALUE_NULL) ? context.readValue(parser, type) : null;
	}

	private static <T> @Nullable List<T> list(JsonToken token, JsonParser parser, DeserializationContext context,
			Class<T> type) {
		JavaType listType = context.getTypeFactory().constructCollectionType(List.class, type);
		return (token != JsonToken.VALUE_NULL) ? context.readValue(parser, listType) : null;
	}

	private static <T> @Nullable T message(JsonToken token, JsonParser parser, DeserializationContext context,
			Class<T> type, MessageReader<T> reader) {
		return (token == JsonToken.START_OBJECT) ? reader.read(parser, context) : value(token, parser, context, type);
	}

	private static <T> @Nullable List<T> messages(JsonToken token, JsonParser parser, DeserializationContext context,
			Class<T> type, MessageReader<T> reader) {
		if (token != JsonToken.START_ARRAY) {
			return list(token, parser, context, type);
		}
		List<T> messages = List.of();
		for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
			T message = message(next, parser, context, type, reader);
			if (message != null) {
				messages = append(messages, message);
			}
		}
		return messages;
	}

	// Nearly every list of an event has one element.
	private static <T> List<T> append(List<T> messages, T message) {
		if (messages.isEmpty()) {
			return List.of(message);
		}
		List<T> appended = (messages instanceof ArrayList) ? messages : new ArrayList<>(messages);
		appended.add(message);
		return appended;
	}

	private static Map<String, @Nullable Object> add(@Nullable Map<String, @Nullable Object> additional,
			JsonParser parser, DeserializationContext context) {
		Map<String, @Nullable Object> members = (additional != null) ? additional : new LinkedHashMap<>();
		String name = parser.currentName();
		members.put(name, value(parser.currentToken(), parser, context, Object.class));
		return members;
	}

	@FunctionalInterface
	private interface MessageReader<T> {

		T read(JsonParser parser, DeserializationContext context);

	}

}
