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

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Keywords, names and numbers that can be extracted from a prompt without understanding
 * it.
 */
final class PromptKeywords {

	private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"|“([^”]+)”");

	private static final Pattern NAME = Pattern
		.compile("(?<![.!?]\\s|^)\\b\\p{Lu}[\\p{L}'-]*(?:\\s\\p{Lu}[\\p{L}'-]*)*");

	private static final String ONE_NAME = "\\p{Lu}[\\p{L}'-]*(?:\\s\\p{Lu}[\\p{L}'-]*)*(?:, \\p{Lu}{2}\\b)?";

	private static final Pattern NAMES_IN_A_ROW = Pattern.compile("(?<![.!?]\\s|^)\\b" + ONE_NAME + "(?:, " + ONE_NAME
			+ ")*,?\\s(?:and|or|with|than)\\s(?:in\\s)?" + ONE_NAME);

	private static final Pattern NUMBER = Pattern.compile("(?<![\\w.])-?\\d+(?:\\.\\d+)?(?![\\w])");

	private static final Pattern URL = Pattern.compile("https?://[^\\s<>\")\\]]+");

	private static final int LARGEST_SMALL_NUMBER = 10;

	private final String prompt;

	private final @Nullable String chosenName;

	PromptKeywords(String prompt) {
		this(prompt, null);
	}

	private PromptKeywords(String prompt, @Nullable String chosenName) {
		this.prompt = prompt;
		this.chosenName = chosenName;
	}

	// The same words, as if this were the only name.
	PromptKeywords withName(String name) {
		return new PromptKeywords(this.prompt, name);
	}

	boolean mentions(String word) {
		String text = word.replace('_', ' ').toLowerCase(Locale.ROOT);
		return !text.isBlank() && this.prompt.toLowerCase(Locale.ROOT).contains(text);
	}

	// Whether the prompt contains the word as a whole word, in any case.
	boolean mentionsWord(String word) {
		return Pattern.compile("\\b" + Pattern.quote(word) + "\\b", Pattern.CASE_INSENSITIVE)
			.matcher(this.prompt)
			.find();
	}

	// The names of a list such as "Paris, London and Rome", empty if there is none.
	List<String> namesInARow() {
		List<String> rows = find(NAMES_IN_A_ROW);
		if (rows.isEmpty()) {
			return List.of();
		}
		return new PromptKeywords(rows.get(0)).find(Pattern.compile(ONE_NAME)).stream().distinct().toList();
	}

	// A quoted text, or a capitalized name that does not start a sentence.
	@Nullable String name(int index) {
		if (this.chosenName != null) {
			return this.chosenName;
		}
		List<String> names = find(QUOTED);
		names.addAll(find(NAME));
		return (index < names.size()) ? names.get(index).replaceAll("[\"“”]", "") : null;
	}

	double number(int index, double otherwise) {
		List<String> numbers = find(NUMBER);
		return (index < numbers.size()) ? Double.parseDouble(numbers.get(index)) : otherwise;
	}

	int smallNumber(int otherwise) {
		double number = number(0, otherwise);
		boolean small = number == Math.rint(number) && number >= 1 && number <= LARGEST_SMALL_NUMBER;
		return (small) ? (int) number : otherwise;
	}

	List<String> urls() {
		return find(URL).stream().map((url) -> url.replaceAll("[.,;:!?]+$", "")).distinct().toList();
	}

	String text() {
		return this.prompt;
	}

	private List<String> find(Pattern pattern) {
		List<String> found = new ArrayList<>();
		Matcher matcher = pattern.matcher(this.prompt);
		while (matcher.find()) {
			found.add(matcher.group());
		}
		return found;
	}

}
