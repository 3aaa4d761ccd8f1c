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

package com.cometapi.gemini;

import org.springframework.util.Assert;

/**
 * Ids of conversations: those that every store can hold, and how they look in messages.
 */
final class ConversationIds {

	private static final int MAX_LENGTH = 255;

	private static final int MAX_QUOTED_LENGTH = 64;

	private ConversationIds() {
	}

	static void check(String id) {
		Assert.hasText(id, "'id' must not be empty");
		Assert.isTrue(id.length() <= MAX_LENGTH,
				() -> "The conversation id %s must not be longer than %d characters, and has %d".formatted(quote(id),
						MAX_LENGTH, id.length()));
		Assert.isTrue(id.codePoints().allMatch(ConversationIds::isAllowed),
				() -> "The conversation id %s must not have control characters or halves of surrogate pairs"
					.formatted(quote(id)));
		// MySQL takes "a" and "a " for the same.
		Assert.isTrue(!Character.isWhitespace(id.charAt(0)) && !Character.isWhitespace(id.charAt(id.length() - 1)),
				() -> "The conversation id %s must not begin or end with white space".formatted(quote(id)));
	}

	private static boolean isAllowed(int character) {
		int type = Character.getType(character);
		return type != Character.CONTROL && type != Character.SURROGATE;
	}

	/**
	 * Return an id as it may stand in a message: in quotes, shortened, and with escapes
	 * for what cannot be seen.
	 * @param id the id
	 * @return the text
	 */
	static String quote(String id) {
		StringBuilder quoted = new StringBuilder("'");
		id.codePoints().limit(MAX_QUOTED_LENGTH).forEach((character) -> {
			if (isVisible(character)) {
				quoted.appendCodePoint(character);
			}
			else {
				quoted.append((character <= Character.MAX_VALUE) ? "\\u%04x".formatted(character)
						: "\\u{%x}".formatted(character));
			}
		});
		return quoted.append((id.codePointCount(0, id.length()) > MAX_QUOTED_LENGTH) ? "…'" : "'").toString();
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
