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
 * A function that the model called failed, or was called with arguments that are not
 * valid, and the settings say that this ends the prompt; or its approval failed, which
 * always does. The cause is what the function threw.
 */
public final class GeminiFunctionFailedException extends GeminiException {

	private final String functionName;

	/**
	 * Create the exception for a function.
	 * @param functionName the name of the function
	 * @param message what is wrong
	 * @param cause what the function threw, or {@code null} if it threw nothing
	 */
	public GeminiFunctionFailedException(String functionName, String message, @Nullable Throwable cause) {
		super(message, GeminiError.NONE, false, cause);
		this.functionName = functionName;
	}

	/**
	 * Return which function failed.
	 * @return the name of the function
	 */
	public String getFunctionName() {
		return this.functionName;
	}

	@Override
	public GeminiFailureCode getFailureCode() {
		return GeminiFailureCode.FUNCTION_FAILED;
	}

}
