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

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a source of functions, such as an MCP server, is not available or violates
 * its protocol. Ends a prompt before its first request if the source cannot list its
 * functions; nothing was sent to the model.
 */
public final class GeminiFunctionSourceException extends GeminiException {

	private final String source;

	/**
	 * Create the exception.
	 * @param source the name of the source
	 * @param message the message, with the name of the source and the reason
	 * @param isTransient whether another attempt may succeed
	 * @param cause the cause, or {@code null} for none
	 */
	public GeminiFunctionSourceException(String source, String message, boolean isTransient,
			@Nullable Throwable cause) {
		super(GeminiFailureCode.FUNCTION_FAILED, message, isTransient, cause);
		this.source = source;
	}

	/**
	 * Return the name of the source.
	 * @return the name, such as that of an MCP server
	 */
	public String getSource() {
		return this.source;
	}

}
