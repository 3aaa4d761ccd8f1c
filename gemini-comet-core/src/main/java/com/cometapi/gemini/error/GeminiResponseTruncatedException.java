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
 * The answer ends before it is complete: by a fault of the model after some text, or
 * before the value that was asked for is whole, because it reached
 * {@code maxOutputTokens}. A higher limit or a smaller question helps against the latter.
 */
public final class GeminiResponseTruncatedException extends GeminiException {

	private final String text;

	private final transient GenerateContentResponse response;

	/**
	 * Create the exception for an answer that is not complete.
	 * @param message why it ends
	 * @param text the text of the answer
	 * @param response the response
	 */
	public GeminiResponseTruncatedException(String message, String text, GenerateContentResponse response) {
		super(message, GeminiError.NONE, false, null);
		this.text = text;
		this.response = response;
	}

	/**
	 * Return the text of the answer as far as it goes.
	 * @return the text, without thoughts
	 */
	public String getText() {
		return this.text;
	}

	/**
	 * Return the response, of a stream all its events put together.
	 * @return the response
	 */
	public GenerateContentResponse getResponse() {
		return this.response;
	}

	@Override
	public GeminiFailureCode getFailureCode() {
		return GeminiFailureCode.RESPONSE_TRUNCATED;
	}

}
