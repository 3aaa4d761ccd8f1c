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

package com.cometapi.gemini.entity;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.node.StringNode;

/**
 * Finds the JSON in the text of a response. If an endpoint does not enforce the schema,
 * the model may put the JSON into a code fence, write words or search citations around
 * it, or omit the quotes of a text. The JSON is found only if it is unambiguous.
 */
final class ResponseJson {

	/**
	 * Limit on the number of JSON values, each of which is much larger on the heap than
	 * in the text. No model sends as many.
	 */
	static final long MAX_VALUES = Math.min(1_000_000, Runtime.getRuntime().maxMemory() / 1024);

	private static final String BYTE_ORDER_MARK = "\uFEFF";

	// With words around it, but with no other bracket that might be JSON.
	private static final Pattern FENCED = Pattern
		.compile("[^`{\\[]*```(?:[\\w+.-]*[ \\t]*\\R|json\\b)?(.*)```[^`{}\\[\\]]*", Pattern.DOTALL);

	private static final Pattern BRACKET = Pattern.compile("[{}\\[\\]]");

	private static final Pattern OBJECT = Pattern.compile("\\{");

	private static final Pattern OBJECTS = Pattern.compile("\\[\\s*\\{");

	// A citation or the text of a link.
	private static final Pattern NOTE = Pattern.compile("\\[[^\\[\\]{}]*\\]");

	private ResponseJson() {
	}

	/**
	 * Return whether a text has more JSON values than the limit.
	 * @param text the text
	 * @return {@code true} if it has
	 */
	static boolean hasTooManyValues(String text) {
		return text.length() > MAX_VALUES
				&& text.chars().filter((next) -> next == ',' || next == '[' || next == '{').count() > MAX_VALUES;
	}

	/**
	 * Read the JSON of a response.
	 * @param response the text of the response
	 * @param reader reads one value, and refuses anything after it
	 * @param type the JSON type that was asked for, empty for any
	 * @return the JSON
	 * @throws JacksonException if there is none, or more than one
	 */
	static JsonNode read(String response, ObjectReader reader, String type) {
		String text = response.strip();
		text = text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()).strip() : text;
		boolean wantsText = type.equals("string");
		try {
			JsonNode value = reader.readTree(text);
			return (wantsText && (value.isNumber() || value.isBoolean())) ? StringNode.valueOf(text) : value;
		}
		catch (JacksonException ex) {
			JsonNode found = readFenced(text, reader);
			if (wantsText) {
				found = (found != null && found.isString()) ? found : readBare(text);
			}
			else if (found == null) {
				found = readAmongWords(text, reader, type);
			}
			if (found != null) {
				return found;
			}
			throw ex;
		}
	}

	private static @Nullable JsonNode readFenced(String text, ObjectReader reader) {
		Matcher fenced = FENCED.matcher(text);
		return (fenced.matches() && !fenced.group(1).isBlank()) ? tryRead(fenced.group(1), reader) : null;
	}

	// A text that begins like JSON was meant to be JSON.
	private static @Nullable JsonNode readBare(String text) {
		boolean json = text.isEmpty() || "\"{[`".indexOf(text.charAt(0)) >= 0;
		return json ? null : StringNode.valueOf(text);
	}

	private static @Nullable JsonNode readAmongWords(String text, ObjectReader reader, String type) {
		Matcher start = switch (type) {
			case "object" -> OBJECT.matcher(text);
			case "array" -> OBJECTS.matcher(text);
			default -> BRACKET.matcher(text);
		};
		if (!start.find()) {
			return null;
		}
		int length = lengthOfValue(text.substring(start.start()), reader);
		int end = start.start() + length;
		boolean notes = type.equals("object") || type.equals("array");
		boolean alone = length > 0 && !hasBracket(text.substring(0, start.start()), notes)
				&& !hasBracket(text.substring(end), notes);
		return alone ? tryRead(text.substring(start.start(), end), reader) : null;
	}

	private static boolean hasBracket(String words, boolean notes) {
		return BRACKET.matcher(notes ? NOTE.matcher(words).replaceAll("") : words).find();
	}

	// Among words, only an object or a list of objects is certainly meant as JSON: "[1]"
	// may be a citation.
	private static int lengthOfValue(String text, ObjectReader reader) {
		try (JsonParser parser = reader.createParser(text)) {
			JsonToken token = parser.nextToken();
			if (token == JsonToken.START_ARRAY) {
				token = parser.nextToken();
			}
			if (token != JsonToken.START_OBJECT || parser.nextToken() != JsonToken.PROPERTY_NAME) {
				return 0;
			}
			while (!parser.streamReadContext().inRoot()) {
				if (parser.nextToken() == null) {
					return 0;
				}
			}
			return (int) parser.currentLocation().getCharOffset();
		}
		catch (JacksonException ex) {
			return 0;
		}
	}

	private static @Nullable JsonNode tryRead(String json, ObjectReader reader) {
		try {
			return reader.readTree(json);
		}
		catch (JacksonException ex) {
			return null;
		}
	}

}
