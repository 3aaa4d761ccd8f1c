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

package com.cometapi.gemini.web;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;

import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiFailure;
import com.cometapi.gemini.error.GeminiFailureCode;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.http.HttpStatus;

/**
 * {@linkplain GeminiErrorEventMapper#standard() Default} {@link GeminiErrorEventMapper}.
 * Its messages are fixed, so that no exception message reaches the browser. The same
 * table has the HTTP status for failures before the first byte of a response.
 */
enum StandardErrorEventMapper implements GeminiErrorEventMapper {

	/**
	 * The singleton instance.
	 */
	INSTANCE;

	private static final Log logger = LogFactory.getLog(GeminiErrorEventMapper.class);

	private static final String NOT_AVAILABLE = "The assistant is not available at the moment.";

	private static final String TRY_AGAIN = "The assistant is not available at the moment. Please try again later.";

	@Override
	public GeminiErrorEvent map(Throwable failure) {
		GeminiFailureCode code = findCode(failure);
		boolean isTransient = (failure instanceof GeminiException ex) ? ex.isTransient()
				: failure instanceof TimeoutException;
		Duration retryAfter = (failure instanceof GeminiException ex) ? ex.getError().retryAfter() : null;
		return new GeminiErrorEvent(code.value(), describe(code).message(), isTransient, retryAfter);
	}

	private static GeminiFailureCode findCode(Throwable failure) {
		if (failure instanceof GeminiFailure known) {
			return known.getFailureCode();
		}
		if (failure instanceof CancellationException) {
			return GeminiFailureCode.CANCELLED;
		}
		return (failure instanceof TimeoutException) ? GeminiFailureCode.TIMEOUT : GeminiFailureCode.INTERNAL;
	}

	/**
	 * Map a failure with a mapper of the application, or by default if that one fails.
	 * @param mapper the mapper
	 * @param failure the failure
	 * @return the data of the event
	 */
	static GeminiErrorEvent mapOrDefault(GeminiErrorEventMapper mapper, Throwable failure) {
		try {
			return mapper.map(failure);
		}
		catch (RuntimeException ex) {
			logger.error("GeminiErrorEventMapper failed, using the default error event", ex);
			return INSTANCE.map(failure);
		}
	}

	/**
	 * Return the HTTP status for a failure.
	 * @param code the failure code
	 * @return the status
	 */
	static HttpStatus status(GeminiFailureCode code) {
		return describe(code).status();
	}

	// Without a default branch, so that a new code without a message does not compile
	private static Description describe(GeminiFailureCode code) {
		return switch (code) {
			case AUTHENTICATION, PERMISSION, MODEL_NOT_FOUND -> new Description(HttpStatus.BAD_GATEWAY, NOT_AVAILABLE);
			case BUDGET -> new Description(HttpStatus.TOO_MANY_REQUESTS,
					"The budget for questions is used up. Please try again later.");
			case QUOTA -> new Description(HttpStatus.SERVICE_UNAVAILABLE, NOT_AVAILABLE);
			case FUNCTION_FAILED, MEDIA_SINK -> new Description(HttpStatus.INTERNAL_SERVER_ERROR, NOT_AVAILABLE);
			case BUSY, CONNECTION, SERVER -> new Description(HttpStatus.SERVICE_UNAVAILABLE, TRY_AGAIN);
			case RATE_LIMIT -> new Description(HttpStatus.TOO_MANY_REQUESTS,
					"There are too many questions at the moment. Please try again in a little while.");
			case INVALID_REQUEST -> new Description(HttpStatus.BAD_REQUEST, "The question could not be processed.");
			case BLOCKED -> new Description(HttpStatus.UNPROCESSABLE_CONTENT,
					"The question or its answer was blocked by a filter.");
			case NO_TEXT ->
				new Description(HttpStatus.BAD_GATEWAY, "The answer has no text. Please rephrase your question.");
			case NO_MEDIA ->
				new Description(HttpStatus.BAD_GATEWAY, "The answer has no image. Please rephrase your question.");
			case RESPONSE_MISMATCH -> new Description(HttpStatus.BAD_GATEWAY,
					"The answer does not have the expected form. Please try again.");
			case RESPONSE_TRUNCATED ->
				new Description(HttpStatus.BAD_GATEWAY, "The answer is not complete. Please ask for less.");
			case TOO_MANY_ROUNDS ->
				new Description(HttpStatus.BAD_GATEWAY, "The assistant did not finish. Please rephrase your question.");
			case TIMEOUT -> new Description(HttpStatus.GATEWAY_TIMEOUT, "The answer took too long. Please try again.");
			case PROTOCOL ->
				new Description(HttpStatus.BAD_GATEWAY, "The answer could not be read completely. Please try again.");
			case TOO_LARGE -> new Description(HttpStatus.BAD_GATEWAY, "The answer is too large.");
			case CHAT ->
				new Description(HttpStatus.SERVICE_UNAVAILABLE, "The conversation is not available at the moment.");
			case CHAT_NOT_SAVED -> new Description(HttpStatus.INTERNAL_SERVER_ERROR,
					"The answer is complete, but it could not be added to the conversation.");
			case CHAT_CONFLICT -> new Description(HttpStatus.CONFLICT,
					"The conversation was changed in the meantime. Please load it again.");
			case SHUTDOWN -> new Description(HttpStatus.SERVICE_UNAVAILABLE,
					"The assistant is being restarted. Please ask again in a little while.");
			case CANCELLED -> new Description(HttpStatus.SERVICE_UNAVAILABLE, "The answer was stopped.");
			case STREAM_LOST -> new Description(HttpStatus.SERVICE_UNAVAILABLE,
					"The connection was lost. The answer may be in the conversation: reload before you ask again.");
			case STREAM_EXPIRED -> new Description(HttpStatus.GONE, "The answer is no longer available.");
			case INTERNAL -> new Description(HttpStatus.INTERNAL_SERVER_ERROR,
					"Something went wrong while the answer was prepared.");
		};
	}

	private record Description(HttpStatus status, String message) {

	}

}
