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

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/**
 * The JSON of an answer. Where an endpoint does not hold a model to its schema, the model
 * may dress it up for a reader: with a fence, or with words around it. It is found there
 * only if nothing else in the text could be meant.
 *
 * @param text the JSON
 * @param tree what it says
 */
record AnswerJson(String text, JsonNode tree) {

	private static final String BYTE_ORDER_MARK = "\uFEFF";

	// With words around it, but with no other bracket that might be JSON.
	private static final Pattern FENCED = Pattern
		.compile("[^`{\\[]*```(?:[\\w+.-]*[ \\t]*\\R|json\\b)?(.*)```[^`{}\\[\\]]*", Pattern.DOTALL);

	private static final Pattern BRACKET = Pattern.compile("[{}\\[\\]]");

	/**
	 * Read the JSON of an answer.
	 * @param answer the text of the answer
	 * @param reader reads one value, and nothing behind it
	 * @return the JSON
	 * @throws JacksonException if there is none, or more than one
	 */
	static AnswerJson read(String answer, ObjectReader reader) {
		String text = answer.strip();
		text = text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()).strip() : text;
		try {
			return new AnswerJson(text, reader.readTree(text));
		}
		catch (JacksonException ex) {
			AnswerJson found = readFenced(text, reader);
			found = (found != null) ? found : readAmongWords(text, reader);
			if (found != null) {
				return found;
			}
			throw ex;
		}
	}

	private static @Nullable AnswerJson readFenced(String text, ObjectReader reader) {
		Matcher fenced = FENCED.matcher(text);
		return (fenced.matches() && !fenced.group(1).isBlank()) ? tryRead(fenced.group(1), reader) : null;
	}

	private static @Nullable AnswerJson readAmongWords(String text, ObjectReader reader) {
		Matcher bracket = BRACKET.matcher(text);
		if (!bracket.find()) {
			return null;
		}
		int start = bracket.start();
		int length = lengthOfValue(text.substring(start), reader);
		return (length > 0 && !bracket.find(start + length)) ? tryRead(text.substring(start, start + length), reader)
				: null;
	}

	// Nobody writes an object, or a list of objects, but to mean it. "[1]" may be a note.
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

	private static @Nullable AnswerJson tryRead(String json, ObjectReader reader) {
		try {
			return new AnswerJson(json, reader.readTree(json));
		}
		catch (JacksonException ex) {
			return null;
		}
	}

}
