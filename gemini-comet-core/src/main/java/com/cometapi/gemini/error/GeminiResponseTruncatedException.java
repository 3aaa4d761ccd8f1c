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
 * Thrown when the response is incomplete: because of a fault of the model after some
 * text, or because it reached {@code maxOutputTokens} before the requested value was
 * complete. A higher limit or a smaller prompt helps in the latter case.
 */
public final class GeminiResponseTruncatedException extends GeminiException {

	private final String text;

	private final transient GenerateContentResponse response;

	/**
	 * Create an exception for an incomplete response.
	 * @param message the message with the reason
	 * @param text the text of the response
	 * @param response the response
	 */
	public GeminiResponseTruncatedException(String message, String text, GenerateContentResponse response) {
		super(GeminiFailureCode.RESPONSE_TRUNCATED, message, GeminiError.NONE, false, null);
		this.text = text;
		this.response = response;
	}

	/**
	 * Return the incomplete text of the response.
	 * @return the text, without thoughts
	 */
	public String getText() {
		return this.text;
	}

	/**
	 * Return the response; the merged events of a stream.
	 * @return the response
	 */
	public GenerateContentResponse getResponse() {
		return this.response;
	}

}
