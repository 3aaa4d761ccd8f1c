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
 * Time limits of a call.
 */
public enum GeminiTimeLimit {

	/**
	 * Time to establish a connection.
	 */
	CONNECT("connect-timeout"),

	/**
	 * Time until the first event of a stream, not counting comments and empty events, or
	 * until the response of a call that is not streamed.
	 */
	FIRST_EVENT("first-event-timeout"),

	/**
	 * Time between two events of a stream, where comments and empty events count as
	 * events.
	 */
	IDLE("idle-timeout"),

	/**
	 * Time of the whole call.
	 */
	TOTAL("total-timeout");

	private final String property;

	GeminiTimeLimit(String name) {
		this.property = "cometapi.gemini." + name;
	}

	/**
	 * Return the property that sets the limit.
	 * @return the full name of the property
	 */
	public String getProperty() {
		return this.property;
	}

}
