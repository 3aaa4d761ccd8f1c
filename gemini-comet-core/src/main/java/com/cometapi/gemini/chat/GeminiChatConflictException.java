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
 * Thrown when a conversation changed since it was read:
 * {@link GeminiChatRepository#append append} found another turn, or the conversation was
 * deleted. Nothing was written.
 */
public final class GeminiChatConflictException extends GeminiChatException {

	private final long version;

	/**
	 * Create the exception.
	 * @param conversationId the id of the conversation
	 * @param version the version that the caller has seen
	 */
	public GeminiChatConflictException(String conversationId, long version) {
		this(conversationId, version, null);
	}

	/**
	 * Create the exception.
	 * @param conversationId the id of the conversation
	 * @param version the version that the caller has seen
	 * @param cause the exception of the store, or {@code null} if it threw none
	 */
	public GeminiChatConflictException(String conversationId, long version, @Nullable Throwable cause) {
		super(GeminiFailureCode.CHAT_CONFLICT, "The conversation %s does not have the version %d any more"
			.formatted(QuotedText.of(conversationId), version), conversationId, cause);
		this.version = version;
	}

	/**
	 * Return the version that the caller has seen.
	 * @return the version, 0 for a conversation that was expected not to exist
	 */
	public long getVersion() {
		return this.version;
	}

}
