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

/**
 * Thrown when no thread for functions, stores, media, filters or browsers became
 * available in time. Ends the prompt regardless of the settings for failed functions;
 * nothing more was sent to the model.
 */
public final class GeminiThreadsExhaustedException extends GeminiException {

	public GeminiThreadsExhaustedException(String message, Throwable cause) {
		super(GeminiFailureCode.BUSY, message, GeminiError.NONE, true, cause);
	}

	public GeminiThreadsExhaustedException(String message) {
		super(GeminiFailureCode.BUSY, message, GeminiError.NONE, true, null);
	}

}
