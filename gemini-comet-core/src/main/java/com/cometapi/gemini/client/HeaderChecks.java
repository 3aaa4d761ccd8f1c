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

import java.util.Map;
import java.util.function.IntPredicate;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Validates keys and headers against RFC 9110 when they are set. Messages never contain
 * values, which may be secrets.
 */
final class HeaderChecks {

	private static final String TOKEN_PUNCTUATION = "!#$%&'*+-.^_`|~";

	private HeaderChecks() {
	}

	static void checkKey(@Nullable String apiKey) {
		if (apiKey != null) {
			int fault = indexOfOther(apiKey, HeaderChecks::isVisible);
			if (fault >= 0) {
				throw new IllegalArgumentException(
						"'apiKey' has %s at character %d, which is not allowed in a key (the key is not shown)"
							.formatted(describe(apiKey.charAt(fault)), fault + 1));
			}
		}
	}

	static void checkAll(Map<String, String> headers) {
		headers.forEach(HeaderChecks::check);
	}

	static void check(String name, String value) {
		Assert.hasLength(name, "The name of a header must not be empty");
		int fault = indexOfOther(name, HeaderChecks::isToken);
		// Not quoted further: the value may follow, as in "X-Token: secret".
		Assert.isTrue(fault < 0, () -> "The name of the header '%s…' has %s at character %d, which RFC 9110 forbids"
			.formatted(name.substring(0, fault), describe(name.charAt(fault)), fault + 1));
		int valueFault = indexOfOther(value, HeaderChecks::isFieldContent);
		Assert.isTrue(valueFault < 0,
				() -> "The value of the header '%s' has %s at character %d, which RFC 9110 forbids (the value is not shown)"
					.formatted(name, describe(value.charAt(valueFault)), valueFault + 1));
	}

	private static int indexOfOther(String text, IntPredicate allowed) {
		for (int i = 0; i < text.length(); i++) {
			if (!allowed.test(text.charAt(i))) {
				return i;
			}
		}
		return -1;
	}

	private static boolean isToken(int character) {
		return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
				|| (character >= '0' && character <= '9') || TOKEN_PUNCTUATION.indexOf(character) >= 0;
	}

	private static boolean isFieldContent(int character) {
		return isVisible(character) || character == ' ' || character == '\t'
				|| (character >= 0x80 && character <= 0xff);
	}

	private static boolean isVisible(int character) {
		return character > ' ' && character < 0x7f;
	}

	private static String describe(char character) {
		return switch (character) {
			case '\r', '\n' -> "a line break";
			case ' ' -> "a space";
			case '\t' -> "a tab";
			default -> Character.isISOControl(character) ? "a control character"
					: isVisible(character) ? "the character '" + character + "'" : "a character that is not ASCII";
		};
	}

}
