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
 * Failure codes, one for each kind of failure that a caller or a page in a browser would
 * handle differently.
 */
public enum GeminiFailureCode {

	/**
	 * The endpoint does not accept the key.
	 */
	AUTHENTICATION("authentication"),

	/**
	 * The key lacks the permission.
	 */
	PERMISSION("permission"),

	/**
	 * The balance or the quota is used up.
	 */
	QUOTA("quota"),

	/**
	 * A budget of the application is used up.
	 */
	BUDGET("budget"),

	/**
	 * The model is not offered.
	 */
	MODEL_NOT_FOUND("model-not-found"),

	/**
	 * There are too many requests.
	 */
	RATE_LIMIT("rate-limit"),

	/**
	 * The request or the conversation is not valid.
	 */
	INVALID_REQUEST("invalid-request"),

	/**
	 * A filter blocked the prompt or the response.
	 */
	BLOCKED("blocked"),

	/**
	 * The response has no text.
	 */
	NO_TEXT("no-text"),

	/**
	 * The response has no image or other medium.
	 */
	NO_MEDIA("no-media"),

	/**
	 * The response does not match the requested type.
	 */
	RESPONSE_MISMATCH("response-mismatch"),

	/**
	 * The response ends early.
	 */
	RESPONSE_TRUNCATED("response-truncated"),

	/**
	 * A function failed.
	 */
	FUNCTION_FAILED("function-failed"),

	/**
	 * A media sink failed.
	 */
	MEDIA_SINK("media-sink"),

	/**
	 * The model kept on calling functions.
	 */
	TOO_MANY_ROUNDS("too-many-rounds"),

	/**
	 * A time limit was reached.
	 */
	TIMEOUT("timeout"),

	/**
	 * All threads of the application are busy.
	 */
	BUSY("busy"),

	/**
	 * The endpoint could not be reached, or the connection broke.
	 */
	CONNECTION("connection"),

	/**
	 * The endpoint failed.
	 */
	SERVER("server"),

	/**
	 * The response could not be read completely.
	 */
	PROTOCOL("protocol"),

	/**
	 * The response is too large.
	 */
	TOO_LARGE("too-large"),

	/**
	 * The conversation could not be loaded or stored.
	 */
	CHAT("chat"),

	/**
	 * The model has responded, but the turn could not be saved.
	 */
	CHAT_NOT_SAVED("chat-not-saved"),

	/**
	 * The conversation was changed in the meantime.
	 */
	CHAT_CONFLICT("chat-conflict"),

	/**
	 * The application is stopping.
	 */
	SHUTDOWN("shutdown"),

	/**
	 * The response was cancelled.
	 */
	CANCELLED("cancelled"),

	/**
	 * The response will not continue, because its instance has died or its store is not
	 * available.
	 */
	STREAM_LOST("stream-lost"),

	/**
	 * The events of the response are not stored any more.
	 */
	STREAM_EXPIRED("stream-expired"),

	/**
	 * Anything else.
	 */
	INTERNAL("internal");

	private final String value;

	GeminiFailureCode(String value) {
		this.value = value;
	}

	/**
	 * Return the code as text.
	 * @return the text, such as {@code rate-limit}; does not change with the name of the
	 * constant
	 */
	public String value() {
		return this.value;
	}

}
