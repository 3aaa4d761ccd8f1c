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
 * Types of the limits that an application sets for its own calls.
 */
public enum GeminiLimitType {

	/**
	 * The number of calls at the same time.
	 */
	CONCURRENT_CALLS("concurrent-calls"),

	/**
	 * The number of requests in a minute.
	 */
	REQUESTS_PER_MINUTE("requests-per-minute"),

	/**
	 * The number of tokens in a minute.
	 */
	TOKENS_PER_MINUTE("tokens-per-minute"),

	/**
	 * No limit: the store that the instances of the application share is not available.
	 */
	STORE_UNAVAILABLE("store-unavailable");

	private final String value;

	GeminiLimitType(String value) {
		this.value = value;
	}

	/**
	 * Return the type as text.
	 * @return the text, such as {@code requests-per-minute}, which is also the name of
	 * the property
	 */
	public String value() {
		return this.value;
	}

}
