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

import java.util.Arrays;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON string in canonical base64: the standard alphabet, padded, in one line.
 * Reads the string twice, so that the bytes are allocated once in their exact size.
 */
final class Base64Reader {

	// A multiple of four characters, so that each piece can be decoded on its own.
	private static final int TEXT_SIZE = 8 * 1024;

	private static final int LONGEST_ESCAPE = 6;

	private final JsonInput in;

	private final byte[] raw = new byte[TEXT_SIZE];

	private final byte[] text = new byte[TEXT_SIZE];

	private final byte[] decoded = new byte[TEXT_SIZE];

	private long position;

	private int count;

	private boolean ended;

	// The position of the closing quotation mark, known once the characters were counted.
	private long endPosition;

	private boolean escapes;

	Base64Reader(JsonInput in) {
		this.in = in;
	}

	/**
	 * Read a text.
	 * @param position the number of bytes before its quotation mark
	 * @return the bytes, or {@code null} if it is not canonical base64
	 */
	byte @Nullable [] read(long position) {
		byte[] quote = new byte[1];
		if (position < 0 || this.in.copy(position, quote, 1) != 1 || quote[0] != '"') {
			return null;
		}
		long length = countCharacters(position + 1) / 4 * 3 - padding();
		if (length < 0 || length > Integer.MAX_VALUE - 8) {
			return null;
		}
		try {
			byte[] bytes = new byte[(int) length];
			return decode(position + 1, bytes) ? bytes : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private long countCharacters(long start) {
		rewind(start);
		this.escapes = false;
		long characters = 0;
		while (!this.ended) {
			if (!fill()) {
				return -1;
			}
			characters += this.count;
		}
		this.endPosition = this.position;
		return (characters % 4 == 0) ? characters : -1;
	}

	// Must be called after counting, while the buffer has the last characters of the
	// text.
	private int padding() {
		int padding = 0;
		while (padding < 2 && padding < this.count && this.text[this.count - 1 - padding] == '=') {
			padding++;
		}
		return padding;
	}

	private boolean decode(long start, byte[] target) {
		rewind(start);
		int end = 0;
		while (!this.ended) {
			if (!fillAgain()) {
				return false;
			}
			byte[] whole = (this.count == TEXT_SIZE) ? this.text : Arrays.copyOf(this.text, this.count);
			int length = Base64.getDecoder().decode(whole, this.decoded);
			// A text with padding before its end decodes to fewer bytes.
			if (end + length > target.length || (!this.ended && length != TEXT_SIZE / 4 * 3)) {
				return false;
			}
			System.arraycopy(this.decoded, 0, target, end, length);
			end += length;
			if (this.ended) {
				return end == target.length && isCanonical(this.count, length);
			}
		}
		return false;
	}

	// The surplus bits of the last character are not decoded and must be zero.
	private boolean isCanonical(int characters, int length) {
		int tail = Math.min(length, (length % 3 != 0) ? length % 3 : 3);
		byte[] group = Base64.getEncoder().encode(Arrays.copyOfRange(this.decoded, length - tail, length));
		return Arrays.equals(group, 0, group.length, this.text, characters - group.length, characters);
	}

	private void rewind(long start) {
		this.position = start;
		this.count = 0;
		this.ended = false;
	}

	// Reads the next piece, and finds out whether the text ends after it.
	// Returns false if they are not base64.
	private boolean fill() {
		this.count = 0;
		while (!this.ended) {
			int available = this.in.copy(this.position, this.raw, TEXT_SIZE);
			int read = take(available);
			if (read < 0) {
				return false;
			}
			this.position += read;
			if (this.count == TEXT_SIZE) {
				byte[] next = new byte[1];
				this.ended = this.in.copy(this.position, next, 1) == 1 && next[0] == '"';
				return true;
			}
		}
		return true;
	}

	// Reads the next piece of a counted text, which need not be scanned unless it has
	// escapes.
	private boolean fillAgain() {
		if (this.escapes) {
			return fill();
		}
		int remaining = (int) Math.min(TEXT_SIZE, this.endPosition - this.position);
		this.count = this.in.copy(this.position, this.text, remaining);
		this.position += this.count;
		this.ended = (this.position == this.endPosition);
		return true;
	}

	// Returns the number of bytes used, or -1 for a character that is not base64.
	private int take(int available) {
		int i = 0;
		while (i < available && this.count < TEXT_SIZE) {
			int end = findSpecial(this.raw, i, Math.min(available, i + TEXT_SIZE - this.count));
			System.arraycopy(this.raw, i, this.text, this.count, end - i);
			this.count += end - i;
			i = end;
			if (i == available || this.count == TEXT_SIZE) {
				break;
			}
			if (this.raw[i] == '"') {
				this.ended = true;
				return i;
			}
			if (available - i < LONGEST_ESCAPE && i > 0) {
				// The escape may continue after the copied bytes.
				return i;
			}
			this.escapes = true;
			int length = unescape(i, available);
			if (length == 0) {
				return -1;
			}
			i += length;
		}
		return (i > 0) ? i : -1;
	}

	// Returns the length of the escape, or 0 if it does not represent a base64 character.
	private int unescape(int start, int available) {
		if (available - start < 2) {
			return 0;
		}
		if (this.raw[start + 1] == '/') {
			this.text[this.count++] = '/';
			return 2;
		}
		if (this.raw[start + 1] != 'u' || available - start < LONGEST_ESCAPE) {
			return 0;
		}
		int character = 0;
		for (int i = start + 2; i < start + LONGEST_ESCAPE; i++) {
			character = character * 16 + Character.digit(this.raw[i], 16);
		}
		if (character <= ' ' || character >= 0x7F) {
			return 0;
		}
		this.text[this.count++] = (byte) character;
		return LONGEST_ESCAPE;
	}

	/**
	 * Find the first quotation mark or escape.
	 * @param bytes the bytes of a JSON string
	 * @param start the index of the first byte to examine
	 * @param end the index after the last one
	 * @return its index, or {@code end} if there is none
	 */
	static int findSpecial(byte[] bytes, int start, int end) {
		for (int i = start; i < end; i++) {
			if (bytes[i] == '"' || bytes[i] == '\\') {
				return i;
			}
		}
		return end;
	}

}
