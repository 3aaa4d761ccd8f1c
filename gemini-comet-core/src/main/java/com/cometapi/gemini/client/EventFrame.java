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

/**
 * Results of {@link EventStreamFramer#next()}.
 */
enum EventFrame {

	/**
	 * No complete event: more bytes are needed.
	 */
	NONE,

	/**
	 * An event with data.
	 */
	EVENT,

	/**
	 * An event with data whose type is {@code error}.
	 */
	ERROR_EVENT,

	/**
	 * An event with data of a type that only keeps the connection alive.
	 */
	HEARTBEAT,

	/**
	 * Content that is not an event stream.
	 */
	FOREIGN;

	/**
	 * Return the result for an event with data.
	 * @param type the type of the event
	 * @return the result
	 */
	static EventFrame ofType(String type) {
		return switch (type) {
			case "error" -> ERROR_EVENT;
			case "ping", "heartbeat", "keepalive", "keep-alive" -> HEARTBEAT;
			default -> EVENT;
		};
	}

}
