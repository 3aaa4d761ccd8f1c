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

import org.springframework.util.unit.DataSize;

/**
 * Restricts configured limits to the capacity of the heap of this JVM.
 */
final class HeapLimits {

	// The bytes of a response are held outside the heap, and its objects need up to as
	// much inside.
	private static final long HALF = Runtime.getRuntime().maxMemory() / 2;

	// While a text is read there are up to four bytes for each of its characters.
	private static final long EIGHTH = Runtime.getRuntime().maxMemory() / 8;

	// A token of JSON becomes up to about 60 bytes, such as a half of an empty object.
	private static final long MAX_TOKENS = Runtime.getRuntime().maxMemory() / 256;

	private static final long BYTES_PER_TOKEN = 32;

	// Always allowed, however small the configured limit is.
	private static final long HARMLESS_TOKENS = 10_000;

	private HeapLimits() {
	}

	/**
	 * Return the limit for content that is held completely in memory.
	 * @param configured the configured limit
	 * @return the limit in bytes
	 */
	static long limit(DataSize configured) {
		return Math.min(configured.toBytes(), HALF);
	}

	/**
	 * Return the maximum number of tokens for JSON of a configured size: objects, arrays,
	 * names and values need much more memory on the heap than on the wire.
	 * @param configured the configured limit
	 * @return the number of tokens
	 */
	static long maxTokens(DataSize configured) {
		return Math.max(HARMLESS_TOKENS, Math.min(configured.toBytes() / BYTES_PER_TOKEN, MAX_TOKENS));
	}

	/**
	 * Describe a limit.
	 * @param limit the limit in bytes
	 * @param property the property that it comes from
	 * @return the description for a message
	 */
	static String describe(long limit, String property) {
		return (limit == HALF) ? "half of the heap of this JVM ('%s' would allow more)".formatted(property)
				: "the limit " + property;
	}

	/**
	 * Return the limit for one text.
	 * @return the number of characters
	 */
	static int maxTextLength() {
		return (int) Math.min(EIGHTH, Integer.MAX_VALUE);
	}

}
