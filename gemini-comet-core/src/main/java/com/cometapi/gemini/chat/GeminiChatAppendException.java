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
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a repository could not add turns. {@link #mayHaveBeenStored()} returns
 * whether it may have stored them nevertheless.
 */
public final class GeminiChatAppendException extends GeminiChatException {

	private final boolean mayHaveBeenStored;

	/**
	 * Create the exception.
	 * @param conversationId the id of the conversation
	 * @param mayHaveBeenStored {@code false} if the store certainly does not have the
	 * turns, {@code true} if it may have them, because its reply was lost
	 * @param cause the cause, or {@code null} if it is not known
	 */
	public GeminiChatAppendException(String conversationId, boolean mayHaveBeenStored, @Nullable Throwable cause) {
		super(GeminiFailureCode.CHAT_NOT_SAVED, "The turns could not be added to the conversation %s: they %s"
			.formatted(QuotedText.of(conversationId), (mayHaveBeenStored) ? "may have been stored" : "were not stored"),
				conversationId, cause);
		this.mayHaveBeenStored = mayHaveBeenStored;
	}

	/**
	 * Return whether the turns may be in the conversation.
	 * @return {@code false} if they certainly are not
	 */
	public boolean mayHaveBeenStored() {
		return this.mayHaveBeenStored;
	}

}
