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

package com.cometapi.gemini.client;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.error.GeminiError;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiResponseTooLargeException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpHeaders;
import org.springframework.util.unit.DataSize;

/**
 * Creates the exceptions for one response.
 *
 * @param status the HTTP status
 * @param headers the headers
 * @param errors the translator that creates the exceptions
 * @param context the call
 */
record ResponseErrors(int status, HttpHeaders headers, ErrorTranslator errors, CallContext context) {

	static final String MAX_RESPONSE_SIZE = "cometapi.gemini.max-response-size";

	static final String MAX_EVENT_SIZE = "cometapi.gemini.max-event-size";

	GeminiException ofStatus(byte[] body) {
		return this.errors.fromResponse(this.status, this.headers, body, this.context);
	}

	@Nullable GeminiException errorIn(JsonNode tree) {
		return this.errors.fromBody(this.status, this.headers, tree, this.context);
	}

	@Nullable GeminiException errorIn(GenerateContentResponse response) {
		return this.errors.fromBody(this.status, this.headers, response, this.context);
	}

	GeminiException unreadableResponse(byte[] body, @Nullable Throwable cause) {
		return this.errors.unreadableResponse(this.status, this.headers, body, cause, this.context);
	}

	GeminiException unreadableEvent(byte[] event, int eventCount, @Nullable Throwable cause) {
		return this.errors.unreadableEvent(this.headers, event, eventCount, cause, this.context);
	}

	GeminiException truncatedEvent(byte[] rest, int eventCount) {
		return this.errors.truncatedEvent(this.headers, rest, eventCount, this.context);
	}

	GeminiException noFinishReason(int eventCount) {
		return this.errors.noFinishReason(this.headers, eventCount, this.context);
	}

	GeminiException responseTooLarge(long limit) {
		return new GeminiResponseTooLargeException("%s: the response is larger than %d bytes, %s.".formatted(
				this.context.subject(), limit, HeapLimits.describe(limit, MAX_RESPONSE_SIZE)), GeminiError.NONE, limit);
	}

	GeminiException eventTooLarge(int eventCount, long limit) {
		return new GeminiResponseTooLargeException("%s: event %d is larger than %d bytes, %s."
			.formatted(this.context.subject(), eventCount + 1, limit, HeapLimits.describe(limit, MAX_EVENT_SIZE)),
				GeminiError.NONE, limit);
	}

	GeminiException tooManyTokens(DataSize configured, String property) {
		return new GeminiResponseTooLargeException(
				"%s: the response consists of more than %d JSON tokens, too many for the memory that '%s' (%d bytes) and the heap of this JVM allow."
					.formatted(this.context.subject(), HeapLimits.maxTokens(configured), property,
							configured.toBytes()),
				GeminiError.NONE, configured.toBytes());
	}

	/**
	 * Return the error of a failure while the response was read.
	 */
	GeminiException ofFailure(Throwable failure) {
		return this.errors.fromFailure(failure, this.context);
	}

	/**
	 * Return the error for JSON that is too large for the heap, or {@code null} for other
	 * failures.
	 */
	@Nullable GeminiException jsonTooLarge(@Nullable JacksonException failure, DataSize configured, String property) {
		if (!(failure instanceof StreamConstraintsException)) {
			return null;
		}
		if (failure.getOriginalMessage().startsWith("Token count")) {
			return tooManyTokens(configured, property);
		}
		if (!failure.getOriginalMessage().startsWith("String value length")) {
			return null;
		}
		int limit = HeapLimits.maxTextLength();
		return new GeminiResponseTooLargeException(
				"%s: a text of the response is longer than %d characters, the limit for the heap of this JVM."
					.formatted(this.context.subject(), limit),
				GeminiError.NONE, limit);
	}

}
