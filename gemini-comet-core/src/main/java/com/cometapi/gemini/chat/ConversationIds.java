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

package com.cometapi.gemini.chat;

import com.cometapi.gemini.error.QuotedText;

import org.springframework.util.Assert;

/**
 * Rules for the ids of conversations, which every store must be able to hold.
 */
final class ConversationIds {

	private static final int MAX_LENGTH = 255;

	private ConversationIds() {
	}

	static void check(String id) {
		Assert.hasText(id, "'id' must not be empty");
		Assert.isTrue(id.length() <= MAX_LENGTH,
				() -> "The conversation id %s must not be longer than %d characters, but has %d"
					.formatted(QuotedText.of(id), MAX_LENGTH, id.length()));
		Assert.isTrue(id.codePoints().allMatch(ConversationIds::isAllowed),
				() -> "The conversation id %s must not have control characters or halves of surrogate pairs"
					.formatted(QuotedText.of(id)));
		// To MySQL, "a" and "a " are equal.
		Assert.isTrue(!Character.isWhitespace(id.charAt(0)) && !Character.isWhitespace(id.charAt(id.length() - 1)),
				() -> "The conversation id %s must not begin or end with white space".formatted(QuotedText.of(id)));
	}

	private static boolean isAllowed(int character) {
		int type = Character.getType(character);
		return type != Character.CONTROL && type != Character.SURROGATE;
	}

}
