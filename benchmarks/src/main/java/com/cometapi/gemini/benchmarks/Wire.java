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

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;

/**
 * Responses of the server, in the format of Google's endpoint.
 */
final class Wire {

	static final int EVENTS = 1000;

	static final int PICTURE_SIZE = 4 * 1024 * 1024;

	private static final String TEXT = " and the weights of the network are moved a little";

	static final String ANSWER = "Networks learn from examples" + TEXT.repeat(12);

	static final String NO_CONTENT_LENGTH = "The picture came without its length";

	private Wire() {
	}

	static byte[] unary(String text) {
		return response(plainUnary(text));
	}

	static byte[] plainUnary(String text) {
		return ascii(answer(candidate("{\"text\": \"" + text + "\"}", true)));
	}

	static byte[] picture() {
		return response(plainPicture());
	}

	static byte[] plainPicture() {
		byte[] picture = new byte[PICTURE_SIZE];
		new Random(42).nextBytes(picture);
		String data = Base64.getEncoder().encodeToString(picture);
		return ascii(
				answer(candidate("{\"inlineData\": {\"mimeType\": \"image/png\",\"data\": \"" + data + "\"}}", true)));
	}

	static byte[] stream() {
		StringBuilder stream = new StringBuilder(streamStart());
		for (int i = 1; i <= EVENTS; i++) {
			stream.append(event(i + TEXT, i == EVENTS));
		}
		return ascii(stream.append(streamEnd()).toString());
	}

	static String streamStart() {
		return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
	}

	static String event(String text, boolean last) {
		return chunk(plainEvent(text, last));
	}

	static String plainEvent(String text, boolean last) {
		return "data: " + answer(candidate("{\"text\": \"" + text + "\"}", last)) + "\r\n\r\n";
	}

	static String chunk(String text) {
		return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
	}

	static String message(int number, boolean last) {
		return answer(candidate("{\"text\": \"" + number + TEXT + "\"}", last));
	}

	static String streamEnd() {
		return "0\r\n\r\n";
	}

	static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	private static byte[] response(byte[] json) {
		byte[] head = ascii("HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=UTF-8\r\nContent-Length: "
				+ json.length + "\r\n\r\n");
		byte[] response = Arrays.copyOf(head, head.length + json.length);
		System.arraycopy(json, 0, response, head.length, json.length);
		return response;
	}

	private static String candidate(String part, boolean last) {
		return "{\"content\": {\"parts\": [" + part + "],\"role\": \"model\"}"
				+ (last ? ",\"finishReason\": \"STOP\"" : "") + ",\"index\": 0}";
	}

	private static String answer(String candidate) {
		return "{\"candidates\": [" + candidate
				+ "],\"usageMetadata\": {\"promptTokenCount\": 7,\"candidatesTokenCount\": 12,\"totalTokenCount\": 19,"
				+ "\"promptTokensDetails\": [{\"modality\": \"TEXT\",\"tokenCount\": 7}]},\"modelVersion\": "
				+ "\"gemini-3.5-flash\",\"responseId\": \"mR4jaZ6mKq2AvdIPtNXYsQk\"}";
	}

}
