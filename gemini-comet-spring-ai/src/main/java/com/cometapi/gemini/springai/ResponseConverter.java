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

package com.cometapi.gemini.springai;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.cometapi.gemini.api.Blob;
import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.PromptFeedback;
import com.cometapi.gemini.api.SafetyRating;
import com.cometapi.gemini.prompt.FunctionProtocol;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.content.Media;
import org.springframework.util.StringUtils;

/**
 * Converts responses of the API to responses of Spring AI.
 */
final class ResponseConverter {

	private ResponseConverter() {
	}

	/**
	 * Convert a whole response.
	 * @param response the response
	 * @param model the model that was asked
	 * @return the response with one generation for each candidate, at least one
	 */
	static ChatResponse toChatResponse(GenerateContentResponse response, @Nullable String model) {
		return new ChatResponse(generations(response, ResponseConverter::wholeMessage), metadata(response, model));
	}

	/**
	 * Convert an event of a stream.
	 * @param event the event
	 * @param model the model that was asked
	 * @return the text, the thoughts and the media of the event, without function calls
	 */
	static ChatResponse toChunk(GenerateContentResponse event, @Nullable String model) {
		return new ChatResponse(generations(event, (candidate, response) -> {
			Map<String, Object> metadata = new HashMap<>();
			if (!candidate.thoughts().isEmpty()) {
				metadata.put(GeminiCometMetadata.THOUGHTS, candidate.thoughts());
			}
			return message(candidate.text(), metadata, List.of(), media(candidate));
		}), metadata(event, model));
	}

	/**
	 * Create the last element of a stream.
	 * @param response the response of all events together
	 * @param model the model that was asked
	 * @return the function calls and all metadata, without text
	 */
	static ChatResponse toLastChunk(GenerateContentResponse response, @Nullable String model) {
		return new ChatResponse(generations(response, (candidate, whole) -> message("",
				wholeMetadata(candidate, response), toolCalls(candidate, whole), List.of())),
				metadata(response, model));
	}

	private static AssistantMessage wholeMessage(Candidate candidate, GenerateContentResponse response) {
		return message(candidate.text(), wholeMetadata(candidate, response), toolCalls(candidate, response),
				media(candidate));
	}

	private static AssistantMessage message(String text, Map<String, Object> metadata, List<ToolCall> toolCalls,
			List<Media> media) {
		return AssistantMessage.builder().content(text).properties(metadata).toolCalls(toolCalls).media(media).build();
	}

	private static Map<String, Object> wholeMetadata(Candidate candidate, GenerateContentResponse response) {
		Map<String, Object> metadata = new HashMap<>();
		Content content = withOnly(candidate, response).content();
		if (content != null && !content.parts().isEmpty()) {
			metadata.put(GeminiCometMetadata.CONTENT, content);
		}
		if (!candidate.thoughts().isEmpty()) {
			metadata.put(GeminiCometMetadata.THOUGHTS, candidate.thoughts());
		}
		return metadata;
	}

	private static List<ToolCall> toolCalls(Candidate candidate, GenerateContentResponse response) {
		return FunctionProtocol.openCalls(withOnly(candidate, response))
			.stream()
			.map(MessageWriter::toToolCall)
			.toList();
	}

	private static GenerateContentResponse withOnly(Candidate candidate, GenerateContentResponse response) {
		return response.toBuilder().candidates(candidate.toBuilder().index(null).build()).build();
	}

	private static List<Media> media(Candidate candidate) {
		List<Media> media = new ArrayList<>();
		for (Blob blob : candidate.inlineData()) {
			media.add(new BlobMedia(blob));
		}
		return media;
	}

	private static List<Generation> generations(GenerateContentResponse response, MessageFactory messages) {
		List<Generation> generations = new ArrayList<>();
		List<Candidate> candidates = response.candidates()
			.stream()
			.sorted(Comparator.comparingInt(ResponseConverter::index))
			.toList();
		for (Candidate candidate : candidates) {
			int index = index(candidate);
			// An event may belong to another candidate than the first.
			while (generations.size() < index) {
				generations.add(new Generation(new AssistantMessage("")));
			}
			generations.add(new Generation(messages.create(candidate, response), metadata(candidate, response)));
		}
		if (generations.isEmpty()) {
			Candidate none = Candidate.builder().build();
			generations.add(new Generation(new AssistantMessage(""), metadata(none, response)));
		}
		return generations;
	}

	private static int index(Candidate candidate) {
		return (candidate.index() != null) ? candidate.index() : 0;
	}

	private static ChatGenerationMetadata metadata(Candidate candidate, GenerateContentResponse response) {
		PromptFeedback feedback = response.promptFeedback();
		List<SafetyRating> ratings = (feedback != null && response.isPromptBlocked()) ? feedback.safetyRatings()
				: candidate.safetyRatings();
		String reason = finishReason(candidate, response);
		Map<String, Object> values = new LinkedHashMap<>(origin(response));
		put(values, GeminiCometMetadata.SAFETY_RATINGS, (ratings.isEmpty()) ? null : ratings);
		put(values, GeminiCometMetadata.GROUNDING_METADATA, candidate.groundingMetadata());
		put(values, GeminiCometMetadata.CITATION_METADATA, candidate.citationMetadata());
		put(values, GeminiCometMetadata.SOURCES, (candidate.sources().isEmpty()) ? null : candidate.sources());
		put(values, GeminiCometMetadata.FINISH_MESSAGE, finishMessage(candidate, feedback));
		return ChatGenerationMetadata.builder()
			.finishReason(reason)
			.contentFilters(contentFilters(candidate, response, ratings, reason))
			.metadata(values)
			.build();
	}

	private static @Nullable String finishReason(Candidate candidate, GenerateContentResponse response) {
		if (candidate.finishReason() != null) {
			return candidate.finishReason().value();
		}
		return (response.blockReason() != null) ? response.blockReason().value() : null;
	}

	// The categories that blocked, or the reason if the API names none.
	private static Set<String> contentFilters(Candidate candidate, GenerateContentResponse response,
			List<SafetyRating> ratings, @Nullable String reason) {
		Set<String> filters = new LinkedHashSet<>();
		for (SafetyRating rating : ratings) {
			if (Boolean.TRUE.equals(rating.blocked()) && rating.category() != null) {
				filters.add(rating.category().value());
			}
		}
		boolean isBlocked = response.isPromptBlocked()
				|| (candidate.finishReason() != null && candidate.finishReason().isFiltered());
		if (isBlocked && filters.isEmpty() && reason != null) {
			filters.add(reason);
		}
		return filters;
	}

	private static @Nullable String finishMessage(Candidate candidate, @Nullable PromptFeedback feedback) {
		if (candidate.finishMessage() != null || feedback == null) {
			return candidate.finishMessage();
		}
		return feedback.blockReasonMessage();
	}

	private static ChatResponseMetadata metadata(GenerateContentResponse response, @Nullable String model) {
		ChatResponseMetadata.Builder metadata = ChatResponseMetadata.builder().metadata(origin(response));
		metadata.id((response.responseId() != null) ? response.responseId() : "");
		String version = response.modelVersion();
		metadata.model((StringUtils.hasText(version)) ? version : (model != null) ? model : "");
		if (response.usageMetadata() != null) {
			metadata.usage(new GeminiCometUsage(response.usageMetadata()));
		}
		return metadata.build();
	}

	private static Map<String, Object> origin(GenerateContentResponse response) {
		Map<String, Object> values = new LinkedHashMap<>();
		values.put(GeminiCometMetadata.RESPONSE, response);
		put(values, GeminiCometMetadata.USAGE_METADATA, response.usageMetadata());
		put(values, GeminiCometMetadata.ORIGIN, response.origin());
		return values;
	}

	private static void put(Map<String, Object> values, String name, @Nullable Object value) {
		if (value != null) {
			values.put(name, value);
		}
	}

	/**
	 * Creates the message of a candidate.
	 */
	private interface MessageFactory {

		AssistantMessage create(Candidate candidate, GenerateContentResponse response);

	}

}
