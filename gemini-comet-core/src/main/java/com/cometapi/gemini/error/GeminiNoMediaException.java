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
 * Thrown when the response has no image, or no medium for a media sink, although no
 * filter blocked it. The message contains the finish reason and the text of the response.
 */
public final class GeminiNoMediaException extends GeminiException {

	private final transient GenerateContentResponse response;

	/**
	 * Create the exception for a response without media.
	 * @param message the message with the reason
	 * @param response the response
	 */
	public GeminiNoMediaException(String message, GenerateContentResponse response) {
		super(GeminiFailureCode.NO_MEDIA, message, GeminiError.NONE, false, null);
		this.response = response;
	}

	/**
	 * Return the response; the merged events of a stream.
	 * @return the response, with whatever the model said instead
	 */
	public GenerateContentResponse getResponse() {
		return this.response;
	}

}
