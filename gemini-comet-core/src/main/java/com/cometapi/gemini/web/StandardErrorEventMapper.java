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

import java.util.concurrent.TimeoutException;

import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiFailure;
import com.cometapi.gemini.error.GeminiFailureCode;

/**
 * {@linkplain GeminiErrorEventMapper#standard() Default} {@link GeminiErrorEventMapper}.
 * Its messages are fixed, so that no exception message reaches the browser.
 */
enum StandardErrorEventMapper implements GeminiErrorEventMapper {

	/**
	 * The singleton instance.
	 */
	INSTANCE;

	private static final String NOT_AVAILABLE = "The assistant is not available at the moment.";

	private static final String TRY_AGAIN = "The assistant is not available at the moment. Please try again later.";

	@Override
	public GeminiErrorEvent map(Throwable failure) {
		GeminiFailureCode code = findCode(failure);
		boolean isTransient = (failure instanceof GeminiException ex) ? ex.isTransient()
				: failure instanceof TimeoutException;
		return new GeminiErrorEvent(code.value(), describe(code), isTransient);
	}

	private static GeminiFailureCode findCode(Throwable failure) {
		if (failure instanceof GeminiFailure known) {
			return known.getFailureCode();
		}
		return (failure instanceof TimeoutException) ? GeminiFailureCode.TIMEOUT : GeminiFailureCode.INTERNAL;
	}

	// Without a default branch, so that a new code without a message does not compile
	private static String describe(GeminiFailureCode code) {
		return switch (code) {
			case AUTHENTICATION, PERMISSION, QUOTA, MODEL_NOT_FOUND, FUNCTION_FAILED, MEDIA_SINK -> NOT_AVAILABLE;
			case BUSY, CONNECTION, SERVER -> TRY_AGAIN;
			case RATE_LIMIT -> "There are too many questions at the moment. Please try again in a little while.";
			case INVALID_REQUEST -> "The question could not be processed.";
			case BLOCKED -> "The question or its answer was blocked by a filter.";
			case NO_TEXT -> "The answer has no text. Please ask in another way.";
			case NO_MEDIA -> "The answer has no image. Please ask in another way.";
			case RESPONSE_MISMATCH -> "The answer has not the expected form. Please try again.";
			case RESPONSE_TRUNCATED -> "The answer is not complete. Please ask for less.";
			case TOO_MANY_ROUNDS -> "The assistant came to no end. Please ask in another way.";
			case TIMEOUT -> "The answer took too long. Please try again.";
			case PROTOCOL -> "The answer could not be read completely. Please try again.";
			case TOO_LARGE -> "The answer is too large.";
			case CHAT -> "The conversation is not available at the moment.";
			case CHAT_NOT_SAVED -> "The answer is complete, but it could not be added to the conversation.";
			case CHAT_CONFLICT -> "The conversation was changed in the meantime. Please load it again.";
			case SHUTDOWN -> "The assistant is being restarted. Please ask again in a little while.";
			case INTERNAL -> "Something went wrong while the answer was prepared.";
		};
	}

}
