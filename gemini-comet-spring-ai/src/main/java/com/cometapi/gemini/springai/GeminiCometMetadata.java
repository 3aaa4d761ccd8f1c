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

import java.util.List;
import java.util.Map;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Source;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * Names of the metadata that a {@link GeminiCometChatModel} adds to messages and
 * responses, and methods that read them.
 */
public final class GeminiCometMetadata {

	/**
	 * Metadata of an assistant message: the whole {@link Content} of the model, with the
	 * order of its parts, ids, thought signatures and all members that this version does
	 * not know. Sent back instead of the message itself.
	 */
	public static final String CONTENT = "gemini.content";

	/**
	 * Metadata of an assistant message: the summaries of the model's thoughts, as a
	 * {@link String}.
	 */
	public static final String THOUGHTS = "thoughts";

	/**
	 * Metadata of a response and of each of its generations: the
	 * {@link GenerateContentResponse}. An element of a stream has that of its event, and
	 * the last element that of all events together.
	 */
	public static final String RESPONSE = "gemini.response";

	/**
	 * Metadata of a generation: the safety ratings, as a list of
	 * {@link com.cometapi.gemini.api.SafetyRating}.
	 */
	public static final String SAFETY_RATINGS = "safetyRatings";

	/**
	 * Metadata of a generation: the {@link com.cometapi.gemini.api.GroundingMetadata}.
	 */
	public static final String GROUNDING_METADATA = "groundingMetadata";

	/**
	 * Metadata of a generation: the {@link com.cometapi.gemini.api.CitationMetadata}.
	 */
	public static final String CITATION_METADATA = "citationMetadata";

	/**
	 * Metadata of a generation: the sources of the grounding and of the URL context, as a
	 * list of {@link Source}.
	 */
	public static final String SOURCES = "sources";

	/**
	 * Metadata of a generation: the explanation of the finish reason, as a
	 * {@link String}.
	 */
	public static final String FINISH_MESSAGE = "finishMessage";

	/**
	 * Metadata of a response and of each of its generations: the
	 * {@link com.cometapi.gemini.api.UsageMetadata}.
	 */
	public static final String USAGE_METADATA = "usageMetadata";

	/**
	 * Metadata of a response and of each of its generations: the
	 * {@link com.cometapi.gemini.api.ResponseOrigin} with the connection and the cost.
	 */
	public static final String ORIGIN = "origin";

	private GeminiCometMetadata() {
	}

	/**
	 * Return the content that a model sent.
	 * @param message the message
	 * @return the content, or {@code null} if the message is not one of a
	 * {@link GeminiCometChatModel}
	 */
	public static @Nullable Content content(Message message) {
		Object content = message.getMetadata().get(CONTENT);
		if (content instanceof Map<?, ?> members) {
			// A store of messages has written it as JSON.
			return JsonValues.MAPPER.convertValue(members, Content.class);
		}
		return (content instanceof Content value) ? value : null;
	}

	/**
	 * Return the response of the API from which a response of Spring AI was created.
	 * @param response the response, or one that Spring AI has aggregated from a stream
	 * @return the response, or {@code null} if it is not one of a
	 * {@link GeminiCometChatModel}
	 */
	public static @Nullable GenerateContentResponse response(ChatResponse response) {
		Object value = response.getMetadata().get(RESPONSE);
		Generation generation = response.getResult();
		if (value == null && generation != null) {
			value = generation.getMetadata().get(RESPONSE);
		}
		return (value instanceof GenerateContentResponse whole) ? whole : null;
	}

	/**
	 * Return the sources of a response.
	 * @param response the response
	 * @return the sources of the grounding and of the URL context, empty if there are
	 * none
	 */
	public static List<Source> sources(ChatResponse response) {
		GenerateContentResponse whole = response(response);
		return (whole != null) ? whole.sources() : List.of();
	}

}
