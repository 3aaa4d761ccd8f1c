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
 * Thrown when the endpoint did not return a complete response: a redirect, a page instead
 * of JSON, an unreadable event, a stream that ends early.
 *
 * <p>
 * The events of a stream that arrived before the failure were emitted.
 */
public final class GeminiProtocolException extends GeminiException {

	private final int eventCount;

	public GeminiProtocolException(String message, GeminiError error, int eventCount, @Nullable Throwable cause) {
		super(GeminiFailureCode.PROTOCOL, message, error, false, cause);
		this.eventCount = eventCount;
	}

	/**
	 * Return the number of events that were emitted.
	 * @return the number, 0 for a call that is not streamed
	 */
	public int getEventCount() {
		return this.eventCount;
	}

}
