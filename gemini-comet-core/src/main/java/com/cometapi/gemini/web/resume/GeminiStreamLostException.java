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

package com.cometapi.gemini.web.resume;

import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiFailureCode;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a stream will not continue, because the instance that ran it has died or
 * the store is not available. The prompt can be sent again.
 */
public final class GeminiStreamLostException extends GeminiException {

	/**
	 * Create an exception.
	 * @param message the message
	 * @param cause the failure of the store, or {@code null} for none
	 */
	public GeminiStreamLostException(String message, @Nullable Throwable cause) {
		super(GeminiFailureCode.STREAM_LOST, message, true, cause);
	}

}
