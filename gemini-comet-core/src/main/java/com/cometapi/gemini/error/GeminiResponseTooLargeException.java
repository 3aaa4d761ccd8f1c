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
 * Thrown when a response or one of its events exceeds the configured size. The connection
 * was closed.
 */
public final class GeminiResponseTooLargeException extends GeminiException {

	private final long limit;

	public GeminiResponseTooLargeException(String message, GeminiError error, long limit) {
		super(GeminiFailureCode.TOO_LARGE, message, error, false, null);
		this.limit = limit;
	}

	/**
	 * Return the limit that was exceeded.
	 * @return the limit in bytes
	 */
	public long getLimit() {
		return this.limit;
	}

}
