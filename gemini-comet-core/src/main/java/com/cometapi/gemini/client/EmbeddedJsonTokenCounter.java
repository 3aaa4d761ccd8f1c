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

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.StreamConstraintsException;

/**
 * Counts the tokens of JSON within the texts of a response. The parser of the response
 * counts such a text as a single token.
 */
final class EmbeddedJsonTokenCounter {

	private final long max;

	private long count;

	/**
	 * Create a counter.
	 * @param max the maximum number of tokens
	 */
	EmbeddedJsonTokenCounter(long max) {
		this.max = max;
	}

	/**
	 * Count the tokens of a text before it is parsed.
	 * @param json the text
	 * @return {@code true} if the text is exactly one JSON value
	 * @throws StreamConstraintsException if there are too many tokens
	 */
	boolean add(String json) {
		try (JsonParser parser = GeminiJsonMapper.factory().createParser(json)) {
			parser.nextToken();
			int values = 0;
			for (int depth = 0; parser.currentToken() != null; parser.nextToken()) {
				if (++this.count > this.max) {
					throw new StreamConstraintsException("Token count of the JSON in texts exceeds " + this.max);
				}
				depth += parser.currentToken().isStructStart() ? 1 : parser.currentToken().isStructEnd() ? -1 : 0;
				values += (depth == 0) ? 1 : 0;
			}
			return values == 1;
		}
		catch (StreamConstraintsException ex) {
			throw ex;
		}
		catch (JacksonException ex) {
			return false;
		}
	}

	long count() {
		return this.count;
	}

}
