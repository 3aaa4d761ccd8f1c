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

package com.cometapi.gemini.entity;

/**
 * Limit on the values of the JSON of a typed answer, each of which is much larger on the
 * heap than in the text.
 */
final class JsonValueLimit {

	private static final long BYTES_PER_VALUE = 1024;

	/**
	 * More than the longest answer of a model has.
	 */
	static final long MAX_VALUES = Math.min(1_000_000, Runtime.getRuntime().maxMemory() / BYTES_PER_VALUE);

	private JsonValueLimit() {
	}

	/**
	 * Return whether a text has more values than the limit, as JSON.
	 * @param text the text
	 * @return {@code true} if it has
	 */
	static boolean isExceededBy(String text) {
		if (text.length() <= MAX_VALUES) {
			return false;
		}
		long values = 0;
		for (int i = 0; i < text.length(); i++) {
			char next = text.charAt(i);
			if (next == ',' || next == '[' || next == '{') {
				values++;
			}
		}
		return values > MAX_VALUES;
	}

}
