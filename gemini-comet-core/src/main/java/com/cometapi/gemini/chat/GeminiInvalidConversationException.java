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

import com.cometapi.gemini.error.GeminiFailure;
import com.cometapi.gemini.error.GeminiFailureCode;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when JSON is not a conversation or contains excluded content. Nothing was sent
 * to the model.
 */
public final class GeminiInvalidConversationException extends IllegalArgumentException implements GeminiFailure {

	private final String path;

	/**
	 * Create the exception.
	 * @param path the position of the fault, such as {@code turns[0].contents[1].role},
	 * empty for the conversation as a whole
	 * @param problem the fault, such as {@code it must not be empty}
	 * @param cause the cause, or {@code null} for none
	 */
	public GeminiInvalidConversationException(String path, String problem, @Nullable Throwable cause) {
		super("The conversation is not valid%s: %s".formatted((path.isEmpty()) ? "" : " at '" + path + "'", problem),
				cause);
		this.path = path;
	}

	/**
	 * Return the position of the fault.
	 * @return the path, such as {@code turns[0].contents[1].role}, empty for the
	 * conversation as a whole
	 */
	public String getPath() {
		return this.path;
	}

	@Override
	public GeminiFailureCode getFailureCode() {
		return GeminiFailureCode.INVALID_REQUEST;
	}

}
