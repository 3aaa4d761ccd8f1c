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

import com.cometapi.gemini.client.GeminiMediaSink;

/**
 * The {@link GeminiMediaSink}, or the file, did not take a medium. The answer may have
 * been charged.
 */
public final class GeminiMediaSinkException extends GeminiException {

	/**
	 * Create the exception for a medium that was not taken.
	 * @param message which medium, and what went wrong
	 * @param cause why
	 */
	public GeminiMediaSinkException(String message, Throwable cause) {
		super(message, GeminiError.NONE, false, cause);
	}

	@Override
	public GeminiFailureCode getFailureCode() {
		return GeminiFailureCode.MEDIA_SINK;
	}

}
