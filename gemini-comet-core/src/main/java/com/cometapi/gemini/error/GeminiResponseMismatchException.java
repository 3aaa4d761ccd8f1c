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

import com.cometapi.gemini.api.GenerateContentResponse;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when the response does not match the requested type: its text is not JSON, does
 * not conform to the schema, or violates a constraint. A retry may help.
 */
public final class GeminiResponseMismatchException extends GeminiException {

	private static final int MAX_MESSAGE = 500;

	private final String text;

	private final String reason;

	private final transient GenerateContentResponse response;

	/**
	 * Create an exception for a response that does not match.
	 * @param type the name of the requested type
	 * @param reason the reason; shortened, with masked keys
	 * @param text the text of the response
	 * @param response the response
	 * @param cause the failure to read the text, or {@code null} for none
	 */
	public GeminiResponseMismatchException(String type, String reason, String text, GenerateContentResponse response,
			@Nullable Throwable cause) {
		super(GeminiFailureCode.RESPONSE_MISMATCH,
				"The response does not match %s: %s".formatted(type, bounded(reason)), GeminiError.NONE, false, cause);
		this.reason = bounded(reason);
		this.text = text;
		this.response = response;
	}

	private static String bounded(String reason) {
		return new Redactor(List.of()).redact(reason, MAX_MESSAGE);
	}

	/**
	 * Return the reason of the mismatch.
	 * @return the reason, shortened
	 */
	public String getReason() {
		return this.reason;
	}

	/**
	 * Return the text of the response unchanged.
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
