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

package com.cometapi.gemini.benchmarks;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentRequest;

/**
 * Requests and responses of the contenders, for benchmarks without a server.
 */
public final class Samples {

	/**
	 * The number of events in {@link #events()}.
	 */
	public static final int EVENTS = Wire.EVENTS;

	private Samples() {
	}

	/**
	 * Return a whole event stream.
	 * @return its bytes, without the framing of HTTP
	 */
	public static byte[] events() {
		StringBuilder stream = new StringBuilder();
		for (int i = 1; i <= EVENTS; i++) {
			stream.append("data: ").append(Wire.message(i, i == EVENTS)).append("\r\n\r\n");
		}
		return Wire.ascii(stream.toString());
	}

	/**
	 * Return the message of one event.
	 * @return its bytes
	 */
	public static byte[] event() {
		return Wire.ascii(Wire.message(EVENTS / 2, false));
	}

	/**
	 * Return a small request.
	 * @return the request
	 */
	public static GenerateContentRequest request() {
		return GenerateContentRequest.builder().contents(Content.user(Prompts.QUESTION)).build();
	}

}
