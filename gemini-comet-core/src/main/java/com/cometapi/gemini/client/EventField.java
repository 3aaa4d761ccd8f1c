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

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Recognizes the fields of an event stream in the bytes of a line.
 */
final class EventField {

	/**
	 * Name of the field with the data of an event.
	 */
	static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] TYPE = "event".getBytes(StandardCharsets.US_ASCII);

	private EventField() {
	}

	static boolean isData(byte[] bytes, int start, int end) {
		return isField(DATA, bytes, start, end);
	}

	static int dataStart(byte[] bytes, int start, int end) {
		return valueStart(bytes, start + DATA.length, end);
	}

	static boolean isType(byte[] bytes, int start, int end) {
		return isField(TYPE, bytes, start, end);
	}

	static String type(byte[] bytes, int start, int end) {
		int value = valueStart(bytes, start + TYPE.length, end);
		return new String(bytes, value, end - value, StandardCharsets.UTF_8);
	}

	// The name of a field never starts like JSON or a page.
	static boolean isForeign(byte[] bytes, int start, int end) {
		int i = start;
		while (i < end && (bytes[i] == ' ' || bytes[i] == '\t')) {
			i++;
		}
		return i < end && (bytes[i] == '{' || bytes[i] == '[' || bytes[i] == '<');
	}

	private static boolean isField(byte[] name, byte[] bytes, int start, int end) {
		int nameEnd = start + name.length;
		return nameEnd <= end && Arrays.equals(bytes, start, nameEnd, name, 0, name.length)
				&& (nameEnd == end || bytes[nameEnd] == ':');
	}

	private static int valueStart(byte[] bytes, int colon, int end) {
		int start = Math.min(colon + 1, end);
		return (start < end && bytes[start] == ' ') ? start + 1 : start;
	}

}
