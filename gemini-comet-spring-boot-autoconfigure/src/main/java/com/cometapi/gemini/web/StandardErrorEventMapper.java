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

package com.cometapi.gemini.web;

import java.util.Map;
import java.util.concurrent.TimeoutException;

import com.cometapi.gemini.client.GeminiAnswerCutOffException;
import com.cometapi.gemini.client.GeminiAnswerMismatchException;
import com.cometapi.gemini.client.GeminiAuthenticationException;
import com.cometapi.gemini.client.GeminiBlockedException;
import com.cometapi.gemini.client.GeminiConnectionException;
import com.cometapi.gemini.client.GeminiException;
import com.cometapi.gemini.client.GeminiFunctionFailedException;
import com.cometapi.gemini.client.GeminiInvalidRequestException;
import com.cometapi.gemini.client.GeminiMediaSinkException;
import com.cometapi.gemini.client.GeminiModelNotFoundException;
import com.cometapi.gemini.client.GeminiNoMediaException;
import com.cometapi.gemini.client.GeminiNoTextException;
import com.cometapi.gemini.client.GeminiPermissionException;
import com.cometapi.gemini.client.GeminiProtocolException;
import com.cometapi.gemini.client.GeminiQuotaException;
import com.cometapi.gemini.client.GeminiRateLimitException;
import com.cometapi.gemini.client.GeminiResponseTooLargeException;
import com.cometapi.gemini.client.GeminiServerException;
import com.cometapi.gemini.client.GeminiThreadsExhaustedException;
import com.cometapi.gemini.client.GeminiTimeoutException;
import com.cometapi.gemini.client.GeminiTooManyRoundsException;

/**
 * The {@link GeminiErrorEventMapper#standard() standard} mapper. Texts are fixed: nothing
 * of an exception's message reaches the browser.
 */
enum StandardErrorEventMapper implements GeminiErrorEventMapper {

	/**
	 * The one instance.
	 */
	INSTANCE;

	private static final String NOT_AVAILABLE = "The assistant is not available at the moment.";

	private static final String TRY_AGAIN = "The assistant is not available at the moment. Please try again later.";

	private static final String TOOK_TOO_LONG = "The answer took too long. Please try again.";

	private static final String INCOMPLETE = "The answer could not be read completely. Please try again.";

	private static final String NOT_SAVED = "The answer is complete, but it could not be added to the conversation.";

	private static final GeminiErrorEvent INTERNAL = new GeminiErrorEvent("internal",
			"Something went wrong while the answer was prepared.", false);

	// By name, since this package does without those of chats and functions
	private static final Map<String, GeminiErrorEvent> EVENTS = Map.ofEntries(
			entry(GeminiAuthenticationException.class, "authentication", NOT_AVAILABLE),
			entry(GeminiPermissionException.class, "permission", NOT_AVAILABLE),
			entry(GeminiQuotaException.class, "quota", NOT_AVAILABLE),
			entry(GeminiModelNotFoundException.class, "model-not-found", NOT_AVAILABLE),
			entry(GeminiRateLimitException.class, "rate-limit",
					"There are too many questions at the moment. Please try again in a little while."),
			entry(GeminiInvalidRequestException.class, "invalid-request", "The question could not be processed."),
			entry(GeminiBlockedException.class, "blocked", "The question or its answer was blocked by a filter."),
			entry(GeminiNoTextException.class, "no-text", "The answer has no text. Please ask in another way."),
			entry(GeminiNoMediaException.class, "no-media", "The answer has no image. Please ask in another way."),
			entry(GeminiAnswerMismatchException.class, "answer-mismatch",
					"The answer has not the expected form. Please try again."),
			entry(GeminiAnswerCutOffException.class, "answer-cut-off",
					"The answer is not complete. Please ask for less."),
			entry(GeminiFunctionFailedException.class, "function-failed", NOT_AVAILABLE),
			entry(GeminiMediaSinkException.class, "media-sink", NOT_AVAILABLE),
			entry(GeminiTooManyRoundsException.class, "too-many-rounds",
					"The assistant came to no end. Please ask in another way."),
			entry(GeminiTimeoutException.class, "timeout", TOOK_TOO_LONG),
			entry(TimeoutException.class, "timeout", TOOK_TOO_LONG),
			entry(GeminiThreadsExhaustedException.class, "busy", TRY_AGAIN),
			entry(GeminiConnectionException.class, "connection", TRY_AGAIN),
			entry(GeminiServerException.class, "server", TRY_AGAIN),
			entry(GeminiProtocolException.class, "protocol", INCOMPLETE),
			entry(GeminiResponseTooLargeException.class, "too-large", "The answer is too large."),
			entry("com.cometapi.gemini.GeminiChatException", "chat",
					"The conversation is not available at the moment."),
			entry("com.cometapi.gemini.GeminiChatAppendException", "chat-not-saved", NOT_SAVED),
			entry("com.cometapi.gemini.GeminiChatNotSavedException", "chat-not-saved", NOT_SAVED),
			entry("com.cometapi.gemini.GeminiChatConflictException", "chat-conflict",
					"The conversation was changed in the meantime. Please load it again."),
			entry("com.cometapi.gemini.tool.GeminiFunctionException", "function-failed", NOT_AVAILABLE),
			entry("com.cometapi.gemini.GeminiInvalidConversationException", "invalid-request",
					"The conversation could not be processed."),
			entry(GeminiShutdownException.class, "shutdown",
					"The assistant is being restarted. Please ask again in a little while."));

	@Override
	public GeminiErrorEvent map(Throwable failure) {
		GeminiErrorEvent event = find(failure.getClass());
		boolean isTransient = (failure instanceof GeminiException ex) ? ex.isTransient()
				: failure instanceof TimeoutException;
		return new GeminiErrorEvent(event.code(), event.message(), isTransient);
	}

	private static GeminiErrorEvent find(Class<?> type) {
		GeminiErrorEvent event = EVENTS.get(type.getName());
		if (event != null) {
			return event;
		}
		Class<?> parent = type.getSuperclass();
		return (parent != null) ? find(parent) : INTERNAL;
	}

	private static Map.Entry<String, GeminiErrorEvent> entry(Class<? extends Throwable> type, String code,
			String message) {
		return entry(type.getName(), code, message);
	}

	private static Map.Entry<String, GeminiErrorEvent> entry(String type, String code, String message) {
		return Map.entry(type, new GeminiErrorEvent(code, message, false));
	}

}
