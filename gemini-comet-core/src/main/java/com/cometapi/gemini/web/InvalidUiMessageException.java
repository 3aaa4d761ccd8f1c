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

package com.cometapi.gemini.web;

import java.util.List;

import com.cometapi.gemini.error.GeminiError;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiFailureCode;

import org.springframework.http.HttpStatus;

/**
 * Thrown when a request of a page that uses the AI SDK has a message that is not allowed.
 * Nothing was sent to the model.
 */
public final class InvalidUiMessageException extends GeminiException {

	private final String path;

	/**
	 * Create an exception.
	 * @param path the path of the invalid member, such as
	 * {@code messages[2].parts[0].url}
	 * @param problem the problem with that member
	 * @param status the HTTP status for the page, 400 or 413
	 */
	InvalidUiMessageException(String path, String problem, HttpStatus status) {
		super(GeminiFailureCode.INVALID_REQUEST, "The request is not valid at '%s': %s".formatted(path, problem),
				new GeminiError(status.value(), null, null, null, List.of(), null, null, null), false, null);
		this.path = path;
	}

	/**
	 * Return the path of the invalid member.
	 * @return the path, such as {@code messages[2].parts[0].url}
	 */
	public String getPath() {
		return this.path;
	}

}
