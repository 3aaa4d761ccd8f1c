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

package com.cometapi.gemini.benchmarks;

import java.io.InputStream;
import java.io.OutputStream;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the text and the finish reason of a response.
 */
final class LimitParser {

	private static final JsonFactory JSON = JsonFactory.builder()
		.streamReadConstraints(StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
		.build();

	private LimitParser() {
	}

	static String text(byte[] bytes, int offset, int length) {
		String text = "";
		String finishReason = null;
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes, offset, length)) {
			for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
				if (token == JsonToken.PROPERTY_NAME) {
					String name = parser.currentName();
					if ("text".equals(name)) {
						text = orEmpty(parser.nextStringValue());
					}
					else if ("finishReason".equals(name)) {
						finishReason = parser.nextStringValue();
					}
				}
			}
		}
		return (finishReason == null || "STOP".equals(finishReason)) ? text : "";
	}

	static void picture(InputStream in, OutputStream out) {
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), in)) {
			for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
				if (token == JsonToken.PROPERTY_NAME && "data".equals(parser.currentName())) {
					parser.nextToken();
					parser.readBinaryValue(out);
				}
			}
		}
	}

	private static String orEmpty(@Nullable String text) {
		return (text != null) ? text : "";
	}

}
