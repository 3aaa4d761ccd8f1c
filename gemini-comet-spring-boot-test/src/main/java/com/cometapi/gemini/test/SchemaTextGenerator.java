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

import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Generates strings that conform to a schema.
 */
final class SchemaTextGenerator {

	private static final Map<String, String> FORMATS = Map.ofEntries(Map.entry("date-time", "2026-01-15T09:30:00Z"),
			Map.entry("date", "2026-01-15"), Map.entry("time", "09:30:00Z"), Map.entry("duration", "PT1H30M"),
			Map.entry("email", "simulated@example.com"), Map.entry("uri", "https://example.com/simulated"),
			Map.entry("url", "https://example.com/simulated"), Map.entry("hostname", "simulated.example.com"),
			Map.entry("uuid", "00000000-0000-4000-8000-000000000000"), Map.entry("ipv4", "192.0.2.1"),
			Map.entry("ipv6", "2001:db8::1"), Map.entry("byte", "c2ltdWxhdGVk"), Map.entry("int64", "1"));

	private static final Map<String, DateTimeFormatter> TIMES = Map.of("date-time", DateTimeFormatter.ISO_INSTANT,
			"date", DateTimeFormatter.ISO_LOCAL_DATE, "time", DateTimeFormatter.ofPattern("HH:mm:ss'Z'"));

	// Tried one after the other against a pattern.
	private static final List<String> SAMPLES = List.of("A", "a", "1", "AB", "ab", "12", "ABC", "abc", "123", "ABCD",
			"abcd", "1234", "ABCDE", "abcde", "12345", "123456", "ABCDEF", "abcdef", "1234567", "12345678", "ABC123",
			"abc123", "ABC-123", "AB-12", "abc-def", "abc_def", "A1", "a1", "1.0", "1.0.0", "v1.0.0", "2026-01-15",
			"2026-01", "09:30", "09:30:00", "#a1b2c3", "#A1B2C3", "+15550100", "+1-555-0100", "555-0100",
			"simulated@example.com", "https://example.com/simulated", "en-US", "en_US", "12.50", "$12.50", "50%");

	private final PromptKeywords words;

	private final boolean arguments;

	private SchemaTextGenerator(PromptKeywords words, boolean arguments) {
		this.words = words;
		this.arguments = arguments;
	}

	static SchemaTextGenerator ofResponse(PromptKeywords words) {
		return new SchemaTextGenerator(words, false);
	}

	// Texts for arguments, taken from the prompt where possible.
	static SchemaTextGenerator ofArguments(PromptKeywords words) {
		return new SchemaTextGenerator(words, true);
	}

	// Whether the texts are arguments, which are taken one after the other from the
	// prompt.
	boolean areArguments() {
		return this.arguments;
	}

	String value(JsonNode schema, String name, int index) {
		SchemaDescriptionParser remarks = SchemaDescriptionParser.of(schema);
		int min = Math.max(schema.path("minLength").asInt(0), remarks.minLength());
		int max = Math.min(schema.path("maxLength").asInt(Integer.MAX_VALUE), remarks.maxLength());
		String pattern = schema.path("pattern").asString(Objects.requireNonNullElse(remarks.regex(), ""));
		String matching = (!pattern.isEmpty()) ? matching(pattern, min, max) : null;
		if (matching != null) {
			return matching;
		}
		String format = schema.path("format").asString("");
		if (remarks.isTimed() && TIMES.containsKey(format)) {
			return TIMES.get(format).format(remarks.time());
		}
		String example = FORMATS.getOrDefault(format, remarks.example());
		return (example != null) ? example : fit(text(name, index), min, max);
	}

	private String text(String name, int index) {
		if (this.arguments) {
			return Stream.of(index, 0)
				.map(this.words::name)
				.filter(Objects::nonNull)
				.findFirst()
				.orElseGet(() -> ResponseTexts.shorten(this.words.text(), 80));
		}
		String words = name.replaceAll("([a-z])([A-Z])", "$1 $2").replace('_', ' ').toLowerCase(Locale.ROOT);
		return "Simulated " + words + ((index > 0) ? " " + (index + 1) : "");
	}

	private static String fit(String text, int min, int max) {
		String fitting = (text.length() < min) ? text + "x".repeat(min - text.length()) : text;
		return (fitting.length() > max) ? fitting.substring(0, max) : fitting;
	}

	private static @Nullable String matching(String regex, int min, int max) {
		try {
			Pattern pattern = Pattern.compile(regex);
			return SAMPLES.stream()
				.filter((sample) -> sample.length() >= min && sample.length() <= max)
				.filter((sample) -> pattern.matcher(sample).matches())
				.findFirst()
				.orElseGet(() -> RegexTextGenerator.matching(regex, min, max));
		}
		catch (PatternSyntaxException ex) {
			return null;
		}
	}

}
