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

package com.cometapi.gemini.chat;

import com.cometapi.gemini.error.GeminiFailureCode;
import com.cometapi.gemini.error.QuotedText;
import com.cometapi.gemini.prompt.PromptResult;

/**
 * Thrown when the model responded but the turn was not stored, or may not have been. The
 * exception holds the turn, so that the response, which was billed, is not lost.
 */
public final class GeminiChatNotSavedException extends GeminiChatException {

	private final transient PromptResult turn;

	private final boolean mayHaveBeenStored;

	/**
	 * Create the exception.
	 * @param conversationId the id of the conversation
	 * @param turn the turn
	 * @param mayHaveBeenStored {@code false} if the conversation certainly does not have
	 * the turn
	 * @param cause the exception of the repository
	 */
	public GeminiChatNotSavedException(String conversationId, PromptResult turn, boolean mayHaveBeenStored,
			Throwable cause) {
		super(GeminiFailureCode.CHAT_NOT_SAVED,
				"The model responded, but the turn could not be added to the conversation %s: it %s".formatted(
						QuotedText.of(conversationId), (mayHaveBeenStored) ? "may have been stored" : "was not stored"),
				conversationId, cause);
		this.turn = turn;
		this.mayHaveBeenStored = mayHaveBeenStored;
	}

	/**
	 * Return the turn, with the response of the model.
	 * @return the turn
	 */
	public PromptResult getTurn() {
		return this.turn;
	}

	/**
	 * Return whether the turn may have been stored. The next turn reads the conversation
	 * again and sees it in that case.
	 * @return {@code false} if the conversation certainly has not changed
	 */
	public boolean mayHaveBeenStored() {
		return this.mayHaveBeenStored;
	}

}
