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

package com.cometapi.gemini.api;

import org.jspecify.annotations.Nullable;

/**
 * Cuts text by the offsets of the wire, which count bytes of UTF-8.
 */
final class Utf8Offsets {

	private Utf8Offsets() {
	}

	static String cut(String text, @Nullable Integer start, @Nullable Integer end) {
		int from = indexOf(text, start);
		int to = indexOf(text, end);
		return (from < to) ? text.substring(from, to) : "";
	}

	/**
	 * Find the first character at or after an offset, so that none is cut in two.
	 * @param text the text
	 * @param offset the offset in bytes, {@code null} for 0
	 * @return the index of the character, at most the length of the text
	 */
	static int indexOf(String text, @Nullable Integer offset) {
		int rest = (offset != null) ? offset : 0;
		int index = 0;
		while (index < text.length() && rest > 0) {
			int codePoint = text.codePointAt(index);
			rest -= length(codePoint);
			index += Character.charCount(codePoint);
		}
		return index;
	}

	private static int length(int codePoint) {
		if (codePoint < 0x80) {
			return 1;
		}
		if (codePoint < 0x800) {
			return 2;
		}
		return (codePoint < 0x10000) ? 3 : 4;
	}

}
