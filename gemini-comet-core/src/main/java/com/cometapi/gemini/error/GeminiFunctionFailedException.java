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
 * Thrown when a function that the model called failed or got invalid arguments, if the
 * settings make this end the prompt, or when its approval failed. The cause is the
 * exception of the function.
 */
public final class GeminiFunctionFailedException extends GeminiException {

	private final String functionName;

	/**
	 * Create the exception for a function.
	 * @param functionName the name of the function
	 * @param message the message
	 * @param cause the exception of the function, or {@code null} for none
	 */
	public GeminiFunctionFailedException(String functionName, String message, @Nullable Throwable cause) {
		super(GeminiFailureCode.FUNCTION_FAILED, message, GeminiError.NONE, false, cause);
		this.functionName = functionName;
	}

	/**
	 * Return the name of the function.
	 * @return the name of the function
	 */
	public String getFunctionName() {
		return this.functionName;
	}

}
