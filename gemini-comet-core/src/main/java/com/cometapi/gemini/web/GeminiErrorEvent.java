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

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Data of the {@code error} event, which is shown to the user of a web page.
 *
 * @param code a short, stable code that identifies the kind of failure, such as
 * {@code rate-limit}
 * @param message a message suitable for end users
 * @param isTransient whether the same prompt may succeed later; {@code transient} in the
 * event
 * @param retryAfter the time after which the same prompt may succeed, sent in full
 * seconds, or {@code null} if it is not known
 */
public record GeminiErrorEvent(String code, String message, boolean isTransient, @Nullable Duration retryAfter) {

	public GeminiErrorEvent {
		Assert.hasText(code, "'code' must not be empty");
		Assert.hasText(message, "'message' must not be empty");
	}

	/**
	 * Create an event without a time to wait.
	 * @param code the failure code in lower case
	 * @param message a message suitable for end users
	 * @param isTransient whether the same prompt may succeed later
	 */
	public GeminiErrorEvent(String code, String message, boolean isTransient) {
		this(code, message, isTransient, null);
	}

	/**
	 * Return the seconds after which a time has certainly passed.
	 * @param time the time
	 * @return the seconds, not negative
	 */
	static long toFullSeconds(Duration time) {
		return Math.max(0, time.plusSeconds(1).minusNanos(1).toSeconds());
	}

}
