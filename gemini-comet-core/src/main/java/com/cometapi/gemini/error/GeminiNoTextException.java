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

/**
 * Thrown by methods that return the text when the response has none although no filter
 * blocked it: its thoughts used up the token limit, the model failed to generate a
 * function call, or the response has other content, such as a function call or an image.
 */
public final class GeminiNoTextException extends GeminiException {

	private final transient GenerateContentResponse response;

	/**
	 * Create the exception for a response without text.
	 * @param message the message with the reason
	 * @param response the response
	 */
	public GeminiNoTextException(String message, GenerateContentResponse response) {
		super(GeminiFailureCode.NO_TEXT, message, GeminiError.NONE, false, null);
		this.response = response;
	}

	/**
	 * Return the response; the merged events of a stream.
	 * @return the response
	 */
	public GenerateContentResponse getResponse() {
		return this.response;
	}

}
