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

package com.cometapi.gemini.error;

import com.cometapi.gemini.api.FinishReason;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.PromptFeedback;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a response is successful, for text, typed values, images, browser
 * events, function rounds and chat turns. Calls that return the whole response do not
 * apply this rule.
 *
 * <p>
 * A response is not successful if its prompt was blocked, if its finish reason is that of
 * a {@linkplain FinishReason#isFiltered() filter} or of a
 * {@linkplain FinishReason#isFault() fault}, or if it contains only thoughts and its
 * finish reason is not {@code STOP}. A response with content is successful even if it was
 * truncated by {@code maxOutputTokens} or its finish reason is missing or unknown. So is
 * an empty response with {@code STOP}, which models may return after function calls.
 */
public final class GeminiResponseOutcome {

	private GeminiResponseOutcome() {
	}

	/**
	 * Return whether a response is successful.
	 * @param response the whole response; for a stream, its merged events
	 * @return {@code true} if it is
	 */
	public static boolean isSuccessful(GenerateContentResponse response) {
		return isSuccessful(response, hasContent(response));
	}

	private static boolean isSuccessful(GenerateContentResponse response, boolean hasContent) {
		FinishReason finishReason = response.finishReason();
		if (response.isBlocked() || (finishReason != null && finishReason.isFault())) {
			return false;
		}
		return hasContent || (finishReason != null && finishReason.isComplete());
	}

	private static boolean hasContent(GenerateContentResponse response) {
		return response.parts().stream().anyMatch(Part::hasContent);
	}

	/**
	 * Return the failure of a response that is not successful.
	 * @param response the whole response; for a stream, its merged events
	 * @return the exception, or {@code null} if the response is successful
	 */
	public static @Nullable GeminiException findFailure(GenerateContentResponse response) {
		return findFailure(response, !response.text().isEmpty(), hasContent(response));
	}

	/**
	 * Return the failure of a response that is not successful and whose content was
	 * emitted before.
	 * @param response the response, with or without its content
	 * @param hasText whether there was any text other than thoughts
	 * @param hasContent whether there was content other than thoughts
	 * @return the exception, or {@code null} if the response is successful
	 */
	public static @Nullable GeminiException findFailure(GenerateContentResponse response, boolean hasText,
			boolean hasContent) {
		if (isSuccessful(response, hasContent)) {
			return null;
		}
		if (response.isBlocked()) {
			return new GeminiBlockedException(describeBlock(response), response);
		}
		return (hasText)
				? new GeminiResponseTruncatedException("The response is incomplete: " + describe(response),
						response.text(), response)
				: new GeminiNoTextException("The response has no text: " + describe(response), response);
	}

	private static String describeBlock(GenerateContentResponse response) {
		PromptFeedback feedback = response.promptFeedback();
		if (feedback != null && feedback.isBlocked()) {
			return "The prompt was blocked: " + response.blockReason() + inBrackets(feedback.blockReasonMessage());
		}
		return "The response was blocked: " + response.finishReason() + inBrackets(response.finishMessage());
	}

	/**
	 * Describe the finish reason.
	 * @param response the response
	 * @return a clause without a full stop, such as
	 * {@code the model stopped with OTHER (Internal error)}
	 */
	public static String describe(GenerateContentResponse response) {
		FinishReason finishReason = response.finishReason();
		if (finishReason == null) {
			return "the model gave no reason why it stopped" + inBrackets(response.finishMessage());
		}
		return "the model stopped with " + finishReason + inBrackets(response.finishMessage())
				+ ((finishReason.isCutOff()) ? ", and thoughts count against 'maxOutputTokens'" : "");
	}

	private static String inBrackets(@Nullable String message) {
		return (message != null) ? " (" + message + ")" : "";
	}

}
