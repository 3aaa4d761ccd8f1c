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

import java.util.List;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentResponse;

/**
 * Thrown when the model called functions in more rounds than a prompt allows. Its last
 * calls were not run.
 */
public final class GeminiTooManyRoundsException extends GeminiException {

	private final transient List<Content> contents;

	private final transient GenerateContentResponse response;

	/**
	 * Create the exception for a prompt.
	 * @param message the message
	 * @param contents the contents that the prompt added to the conversation, including
	 * the last calls
	 * @param response the last response of the model
	 */
	public GeminiTooManyRoundsException(String message, List<Content> contents, GenerateContentResponse response) {
		super(GeminiFailureCode.TOO_MANY_ROUNDS, message, GeminiError.NONE, false, null);
		this.contents = List.copyOf(contents);
		this.response = response;
	}

	/**
	 * Return the contents that the prompt added to the conversation: its own, those of
	 * the model and the function responses, in order. The calls of the last one have no
	 * responses.
	 * @return the contents
	 */
	public List<Content> getContents() {
		return this.contents;
	}

	/**
	 * Return the last response of the model.
	 * @return the response
	 */
	public GenerateContentResponse getResponse() {
		return this.response;
	}

}
