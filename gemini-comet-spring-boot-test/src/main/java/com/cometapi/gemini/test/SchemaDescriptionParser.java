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

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Parses constraints from the description of a schema, where the library adds those that
 * have no keyword.
 *
 * @param description the description
 */
record SchemaDescriptionParser(String description) {

	private static final Pattern EXAMPLE = Pattern.compile("such as (\"[^\"]*\"|[^\\s,;()]+)");

	private static final Pattern FORM = Pattern.compile("in the form (.+?), such as ");

	private static final Pattern NAMES = Pattern.compile("with (?:the names|names such as) ([^\\s,;()]+)");

	private static final Pattern ABOVE = Pattern.compile("greater than ([-+]?[0-9][.0-9eE+-]*)");

	private static final Pattern BELOW = Pattern.compile("less than ([-+]?[0-9][.0-9eE+-]*)");

	private static final Pattern REGEX = Pattern.compile("matching the pattern (.+?)(?:\\)?$|; )");

	private static final Pattern LENGTH = Pattern
		.compile("(?:(exactly|at least|at most) )?([0-9]+)(?: to ([0-9]+))? characters?");

	static SchemaDescriptionParser of(JsonNode schema) {
		return new SchemaDescriptionParser(schema.path("description").asString(""));
	}

	/**
	 * Return the example that the description of a schema without a format names.
	 * @return the example, or {@code null} if there is none
	 */
	@Nullable String example() {
		Matcher form = FORM.matcher(this.description);
		if (form.find()) {
			try {
				return DateTimeFormatter.ofPattern(form.group(1)).format(time());
			}
			catch (IllegalArgumentException | DateTimeException ex) {
				// The example is used instead.
			}
		}
		String example = first(EXAMPLE);
		if (example == null) {
			return null;
		}
		String text = example.startsWith("\"") ? example.substring(1, example.length() - 1) : example;
		return (isTimed() && text.matches("[0-9]{4}-[0-9]{2}")) ? time().toString().substring(0, 7) : text;
	}

	@Nullable String name() {
		return first(NAMES);
	}

	@Nullable String regex() {
		return first(REGEX);
	}

	int minLength() {
		Matcher length = LENGTH.matcher(this.description);
		return (length.find() && !"at most".equals(length.group(1))) ? Integer.parseInt(length.group(2)) : 0;
	}

	int maxLength() {
		Matcher length = LENGTH.matcher(this.description);
		if (!length.find() || "at least".equals(length.group(1))) {
			return Integer.MAX_VALUE;
		}
		return Integer.parseInt((length.group(3) != null) ? length.group(3) : length.group(2));
	}

	boolean isTimed() {
		return this.description.contains("in the future") || this.description.contains("in the past");
	}

	/**
	 * Return a time that fits the description.
	 * @return the time, a year from now or ago if the description requires the future or
	 * the past
	 */
	OffsetDateTime time() {
		OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC).withNano(0);
		if (this.description.contains("in the future")) {
			return now.plusYears(1);
		}
		return this.description.contains("in the past") ? now.minusYears(1) : OffsetDateTime.parse("2026-01-15T09:30Z");
	}

	/**
	 * Return a time as a number: the year, or seconds or milliseconds like the example.
	 * @return the number
	 */
	double timestamp() {
		String example = first(EXAMPLE);
		if (example == null) {
			return time().getYear();
		}
		return time().toEpochSecond() * ((Double.parseDouble(example) > 1e12) ? 1000.0 : 1.0);
	}

	boolean isAlwaysFalse() {
		return this.description.contains("always false");
	}

	double within(double number) {
		String above = first(ABOVE);
		String below = first(BELOW);
		double min = (above != null) ? Double.parseDouble(above) : Double.NEGATIVE_INFINITY;
		double max = (below != null) ? Double.parseDouble(below) : Double.POSITIVE_INFINITY;
		if (number > min && number < max) {
			return number;
		}
		if (above != null && below != null) {
			return (min + max) / 2;
		}
		return (number <= min) ? min + 1 : max - 1;
	}

	private @Nullable String first(Pattern pattern) {
		Matcher matcher = pattern.matcher(this.description);
		return matcher.find() ? matcher.group(1) : null;
	}

}
