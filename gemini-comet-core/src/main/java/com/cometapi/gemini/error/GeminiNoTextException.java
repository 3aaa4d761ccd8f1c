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
 * The answer has no text although no filter blocked it: its thoughts used up the limit of
 * tokens, the model failed to put a call together, or it answered with something else,
 * such as a function call or an image. Thrown by the short cuts that return the text
 * alone.
 */
public final class GeminiNoTextException extends GeminiException {

	private final transient GenerateContentResponse response;

	/**
	 * Create the exception for a response without text.
	 * @param message what there is instead
	 * @param response the response
	 */
	public GeminiNoTextException(String message, GenerateContentResponse response) {
		super(message, GeminiError.NONE, false, null);
		this.response = response;
	}

	/**
	 * Return the response, of a stream all its events in one.
	 * @return the response
	 */
	public GenerateContentResponse getResponse() {
		return this.response;
	}

	@Override
	public GeminiFailureCode getFailureCode() {
		return GeminiFailureCode.NO_TEXT;
	}

}
