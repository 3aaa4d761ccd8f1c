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

import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiFailureCode;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a conversation could not be read or written. If it could not be read,
 * nothing was sent to the model.
 */
public class GeminiChatException extends GeminiException {

	private final String conversationId;

	/**
	 * Create the exception.
	 * @param message the message
	 * @param conversationId the id of the conversation
	 * @param cause the cause, or {@code null} if the message gives the reason
	 */
	public GeminiChatException(String message, String conversationId, @Nullable Throwable cause) {
		this(GeminiFailureCode.CHAT, message, conversationId, cause);
	}

	GeminiChatException(GeminiFailureCode failureCode, String message, String conversationId,
			@Nullable Throwable cause) {
		super(failureCode, message, false, cause);
		this.conversationId = conversationId;
	}

	/**
	 * Return the id of the conversation.
	 * @return the id
	 */
	public String getConversationId() {
		return this.conversationId;
	}

}
