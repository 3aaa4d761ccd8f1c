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
 * The model answered, but not with a value of the type that was asked for: the text is no
 * JSON, has other members or other values than the schema allows, or violates a
 * constraint. Asking again may help.
 */
public final class GeminiResponseMismatchException extends GeminiException {

	private static final int MAX_MESSAGE = 500;

	private final String text;

	private final String reason;

	private final transient GenerateContentResponse response;

	/**
	 * Create the exception for an answer that does not fit.
	 * @param type the name of the type that was asked for
	 * @param reason what does not fit; shortened, and keys in it are masked
	 * @param text the text of the answer
	 * @param response the response
	 * @param cause why the text could not be read, or {@code null} if it could
	 */
	public GeminiResponseMismatchException(String type, String reason, String text, GenerateContentResponse response,
			@Nullable Throwable cause) {
		super("The answer does not fit %s: %s".formatted(type, bounded(reason)), GeminiError.NONE, false, cause);
		this.reason = bounded(reason);
		this.text = text;
		this.response = response;
	}

	private static String bounded(String reason) {
		return new Redactor(List.of()).redact(reason, MAX_MESSAGE);
	}

	/**
	 * Return what does not fit.
	 * @return the reason, shortened
	 */
	public String getReason() {
		return this.reason;
	}

	/**
	 * Return the text of the answer as it came.
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
		return GeminiFailureCode.RESPONSE_MISMATCH;
	}

}
