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
 * Quotes texts from callers, such as ids, for use in messages.
 */
public final class QuotedText {

	private static final int MAX_QUOTED_LENGTH = 64;

	private QuotedText() {
	}

	/**
	 * Return a text in quotes, shortened, and with escapes for characters that cannot be
	 * seen.
	 * @param text the text
	 * @return the quoted text
	 */
	public static String of(String text) {
		StringBuilder quoted = new StringBuilder("'");
		text.codePoints().limit(MAX_QUOTED_LENGTH).forEach((character) -> {
			if (isVisible(character)) {
				quoted.appendCodePoint(character);
			}
			else {
				quoted.append((character <= Character.MAX_VALUE) ? "\\u%04x".formatted(character)
						: "\\u{%x}".formatted(character));
			}
		});
		return quoted.append((text.codePointCount(0, text.length()) > MAX_QUOTED_LENGTH) ? "…'" : "'").toString();
	}

	private static boolean isVisible(int character) {
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
					Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
				false;
			default -> character != '\\' && character != '\'';
		};
	}

}
