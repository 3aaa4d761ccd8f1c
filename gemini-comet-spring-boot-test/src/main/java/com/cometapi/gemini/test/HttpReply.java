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

package com.cometapi.gemini.test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An HTTP response of the simulator.
 *
 * @param status the HTTP status
 * @param headers the headers, without the content length
 * @param pieces the body: the events of a stream, or a single element
 * @param stream whether the body is a stream of events
 */
record HttpReply(int status, Map<String, String> headers, List<byte[]> pieces, boolean stream) {

	static HttpReply json(int status, Object body) {
		return of(status, "application/json; charset=UTF-8", Json.bytes(body));
	}

	static HttpReply of(int status, String contentType, byte[] body) {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("Content-Type", contentType);
		return new HttpReply(status, headers, List.of(body), false);
	}

	static HttpReply events(List<byte[]> events) {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("Content-Type", "text/event-stream");
		headers.put("Cache-Control", "no-cache");
		headers.put("X-Accel-Buffering", "no");
		return new HttpReply(200, headers, events, true);
	}

	HttpReply with(Map<String, String> more) {
		Map<String, String> all = new LinkedHashMap<>(this.headers);
		more.forEach((name, value) -> {
			all.keySet().removeIf((existing) -> existing.equalsIgnoreCase(name));
			all.put(name, value);
		});
		return new HttpReply(this.status, all, this.pieces, this.stream);
	}

	int length() {
		return this.pieces.stream().mapToInt((piece) -> piece.length).sum();
	}

}
