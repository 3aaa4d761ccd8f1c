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

import com.cometapi.gemini.api.GenerateContentResponse;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a filter of the endpoint blocked the prompt or the response. Methods that
 * return a part of the response, such as its text, throw it; a call for the whole
 * response throws it only if the endpoint refuses the prompt before it reaches the model.
 */
public final class GeminiBlockedException extends GeminiException {

	private final transient @Nullable GenerateContentResponse response;

	/**
	 * Create the exception for a response that was blocked.
	 * @param message the message with the reason
	 * @param response the response
	 */
	public GeminiBlockedException(String message, GenerateContentResponse response) {
		super(GeminiFailureCode.BLOCKED, message, GeminiError.NONE, false, null);
		this.response = response;
	}

	public GeminiBlockedException(String message, GeminiError error, @Nullable Throwable cause) {
		super(GeminiFailureCode.BLOCKED, message, error, false, cause);
		this.response = null;
	}

	/**
	 * Return the response with the content that was generated before it was blocked; the
	 * merged events of a stream.
	 * @return the response, or {@code null} if the endpoint refused the prompt with an
	 * error instead, which {@link #getError()} describes
	 */
	public @Nullable GenerateContentResponse getResponse() {
		return this.response;
	}

}
