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

package com.cometapi.gemini.function;

import com.cometapi.gemini.error.GeminiFailure;
import com.cometapi.gemini.error.GeminiFailureCode;

/**
 * Thrown by a function to report an error to the model. Its message is sent to the model,
 * unlike that of any other exception, so that the model can correct itself, ask the user
 * or give up.
 */
public class GeminiFunctionException extends RuntimeException implements GeminiFailure {

	/**
	 * Create the exception.
	 * @param message the message for the model, without anything that a user must not
	 * read
	 */
	public GeminiFunctionException(String message) {
		super(message);
	}

	/**
	 * Create the exception with a cause.
	 * @param message the message for the model, without anything that a user must not
	 * read
	 * @param cause the cause, which is not sent to the model
	 */
	public GeminiFunctionException(String message, Throwable cause) {
		super(message, cause);
	}

	@Override
	public GeminiFailureCode getFailureCode() {
		return GeminiFailureCode.FUNCTION_FAILED;
	}

}
