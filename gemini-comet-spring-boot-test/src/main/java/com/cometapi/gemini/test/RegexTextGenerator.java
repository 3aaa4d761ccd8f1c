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

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.jspecify.annotations.Nullable;

/**
 * Generates a text that matches a regular expression, for common constructs: literals,
 * classes, groups, alternatives and quantifiers.
 */
final class RegexTextGenerator {

	private static final String CANDIDATES = "aA1 -_.,:/@+#%&ä";

	private final String regex;

	private final int repeats;

	private int position;

	private RegexTextGenerator(String regex, int repeats) {
		this.regex = regex;
		this.repeats = repeats;
	}

	/**
	 * Return a text that matches.
	 * @param regex the regular expression
	 * @param min the minimum length of the text
	 * @param max the maximum length of the text
	 * @return the text, or {@code null} if none was found
	 */
	static @Nullable String matching(String regex, int min, int max) {
		try {
			Pattern pattern = Pattern.compile(regex);
			for (int repeats = 0; repeats <= Math.min(Math.max(min, 3), 100); repeats++) {
				String text = new RegexTextGenerator(regex, repeats).alternatives();
				if (text.length() >= min && text.length() <= max && pattern.matcher(text).find()) {
					return text;
				}
			}
			return null;
		}
		catch (PatternSyntaxException | StringIndexOutOfBoundsException | NumberFormatException ex) {
			return null;
		}
	}

	// The first alternative is used, the others are only skipped.
	private String alternatives() {
		String first = sequence();
		while (at('|')) {
			this.position++;
			sequence();
		}
		return first;
	}

	private String sequence() {
		StringBuilder text = new StringBuilder();
		while (this.position < this.regex.length() && !at('|') && !at(')')) {
			String atom = atom();
			text.append(atom.repeat(count()));
		}
		return text.toString();
	}

	private boolean at(char character) {
		return this.position < this.regex.length() && this.regex.charAt(this.position) == character;
	}

	private String atom() {
		char next = this.regex.charAt(this.position++);
		return switch (next) {
			case '^', '$' -> "";
			case '.' -> "a";
			case '(' -> group();
			case '[' -> characterClass();
			case '\\' -> escape();
			default -> String.valueOf(next);
		};
	}

	private String group() {
		boolean look = false;
		if (at('?')) {
			look = this.regex.startsWith("?=", this.position) || this.regex.startsWith("?!", this.position);
			this.position = look ? this.position + 2
					: this.regex.indexOf((this.regex.startsWith("?<", this.position)) ? '>' : ':', this.position) + 1;
		}
		String text = alternatives();
		this.position++;
		return look ? "" : text;
	}

	private String characterClass() {
		int start = this.position - 1;
		int depth = 1;
		while (depth > 0) {
			char next = this.regex.charAt(this.position++);
			if (next == '\\') {
				this.position++;
			}
			depth += (next == '[') ? 1 : (next == ']' && this.position > start + 2) ? -1 : 0;
		}
		return oneOf(this.regex.substring(start, this.position));
	}

	private String escape() {
		char next = this.regex.charAt(this.position++);
		if (next == 'b' || next == 'A' || next == 'z' || next == 'Z') {
			return "";
		}
		if ((next == 'p' || next == 'P') && at('{')) {
			int start = this.position - 2;
			this.position = this.regex.indexOf('}', start) + 1;
			return oneOf(this.regex.substring(start, this.position));
		}
		return Character.isLetter(next) ? oneOf("\\" + next) : String.valueOf(next);
	}

	private static String oneOf(String single) {
		Pattern pattern = Pattern.compile(single);
		return CANDIDATES.chars()
			.mapToObj(Character::toString)
			.filter((candidate) -> pattern.matcher(candidate).matches())
			.findFirst()
			.orElseGet(() -> firstOf(pattern));
	}

	private static String firstOf(Pattern pattern) {
		for (char character = ' '; character < 0x3000; character++) {
			if (pattern.matcher(String.valueOf(character)).matches()) {
				return String.valueOf(character);
			}
		}
		return "";
	}

	private int count() {
		int count = 1;
		if (at('?')) {
			count = Math.min(this.repeats, 1);
			this.position++;
		}
		else if (at('*') || at('+')) {
			count = at('*') ? this.repeats : Math.max(1, this.repeats);
			this.position++;
		}
		else if (at('{')) {
			int end = this.regex.indexOf('}', this.position);
			String[] bounds = this.regex.substring(this.position + 1, end).split(",", 2);
			int min = Integer.parseInt(bounds[0]);
			int max = (bounds.length == 1) ? min
					: bounds[1].isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(bounds[1]);
			count = Math.max(min, Math.min(max, this.repeats));
			this.position = end + 1;
		}
		else {
			return count;
		}
		if (at('?') || at('+')) {
			this.position++;
		}
		return count;
	}

}
