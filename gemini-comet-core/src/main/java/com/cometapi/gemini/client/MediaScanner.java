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

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Removes the base64 of media from the JSON of a response, across buffers. The fields of
 * an event stream around the JSON are skipped.
 */
final class MediaScanner {

	// The names on the way to a medium, or null for the members of an array.
	private static final @Nullable String[] PATH = { null, "candidates", null, "content", "parts", null, "inlineData" };

	// Longer texts are neither member names nor MIME types.
	private static final int MAX_TEXT = 256;

	private static final byte NO_BASE64 = '\\';

	private final Target target;

	private final byte[] text = new byte[MAX_TEXT];

	private int textLength;

	// The last text, unless it was a name or the member has ended.
	private @Nullable String lastText;

	private String name = "";

	private @Nullable String mimeType;

	private int depth;

	// The number of steps of the path that match.
	private int followed;

	private State state = State.STRUCTURE;

	private int escaped;

	private final byte[] unescaped = new byte[1];

	private boolean lineStart = true;

	private boolean comment;

	MediaScanner(Target target) {
		this.target = target;
	}

	/**
	 * Remove what is part of a medium from the next bytes.
	 * @param bytes the bytes, of which those that are kept are moved to the beginning
	 * @param length the number of bytes
	 * @return the number of bytes kept
	 * @throws IOException if the target fails
	 */
	int removeMedia(byte[] bytes, int length) throws IOException {
		int kept = 0;
		for (int i = 0; i < length; i++) {
			if (this.state == State.MEDIUM) {
				int start = i;
				i = Base64Reader.findSpecial(bytes, start, length);
				this.target.add(bytes, start, i - start);
				if (i == length) {
					break;
				}
			}
			byte next = bytes[i];
			if (scan(next)) {
				bytes[kept++] = next;
			}
		}
		return kept;
	}

	// Returns whether the byte is kept. Within a medium, it is called only for escapes
	// and the end.
	private boolean scan(byte next) throws IOException {
		switch (this.state) {
			case STRUCTURE -> readStructure(next);
			case TEXT -> readText(next);
			case ESCAPE_IN_TEXT -> {
				int character = unescape(next);
				if (character >= 0) {
					addText((byte) character);
				}
			}
			default -> {
				return readMedium(next);
			}
		}
		return true;
	}

	// A line of an event stream, outside of JSON, that begins with a colon.
	private boolean isComment(byte next) {
		if (next == '\n' || next == '\r') {
			this.lineStart = true;
			this.comment = false;
			return true;
		}
		this.comment |= this.lineStart && next == ':';
		this.lineStart = false;
		return this.comment;
	}

	private void readStructure(byte next) throws IOException {
		if (this.depth == 0 && isComment(next)) {
			return;
		}
		switch (next) {
			case '{', '[' -> {
				if (this.followed == this.depth && this.depth < PATH.length
						&& (PATH[this.depth] == null || this.name.equals(PATH[this.depth]))) {
					this.followed++;
					this.mimeType = null;
				}
				this.depth++;
				this.name = "";
			}
			case '}', ']' -> {
				this.depth = Math.max(0, this.depth - 1);
				this.followed = Math.min(this.followed, this.depth);
			}
			case ':' -> {
				// The colon of a further line "data:" of the event follows no text.
				this.name = (this.lastText != null) ? this.lastText : this.name;
				this.lastText = null;
			}
			case ',' -> {
				this.name = "";
				this.lastText = null;
			}
			case '"' -> beginText();
			default -> {
			}
		}
	}

	private boolean isIn(String member) {
		return this.depth == PATH.length && this.followed == PATH.length && this.name.equals(member);
	}

	private void beginText() throws IOException {
		// Outside of JSON it is a character like others
		if (this.depth > 0) {
			boolean medium = isIn("data");
			this.state = medium ? State.MEDIUM : State.TEXT;
			this.textLength = 0;
			if (medium) {
				this.target.begin(this.mimeType);
			}
		}
	}

	private void readText(byte next) {
		if (next == '\\') {
			this.state = State.ESCAPE_IN_TEXT;
		}
		else if (next != '"') {
			addText(next);
		}
		else {
			this.state = State.STRUCTURE;
			this.lastText = new String(this.text, 0, this.textLength, StandardCharsets.UTF_8);
			if (isIn("mimeType")) {
				this.mimeType = this.lastText;
			}
		}
	}

	private void addText(byte next) {
		this.state = State.TEXT;
		if (this.textLength < MAX_TEXT) {
			this.text[this.textLength++] = next;
		}
	}

	private boolean readMedium(byte next) throws IOException {
		if (this.state == State.ESCAPE_IN_MEDIUM) {
			int character = unescape(next);
			if (character >= 0) {
				this.state = State.MEDIUM;
				this.unescaped[0] = (character <= 0x7F) ? (byte) character : NO_BASE64;
				this.target.add(this.unescaped, 0, 1);
			}
		}
		else if (next == '\\') {
			this.state = State.ESCAPE_IN_MEDIUM;
		}
		else {
			this.state = State.STRUCTURE;
			this.target.end();
			return true;
		}
		return false;
	}

	// Returns the character that an escape represents, or -1 if the escape continues.
	private int unescape(byte next) {
		if (this.escaped == 0) {
			// The leading 1 shows how many of the four digits were read
			this.escaped = (next == 'u') ? 1 : 0;
			// An escaped letter is a control character
			if (next == 'u') {
				return -1;
			}
			return Character.isLetter(next) ? 0 : next;
		}
		this.escaped = (this.escaped << 4) + Math.max(0, Character.digit(next, 16));
		if (this.escaped < 1 << 16) {
			return -1;
		}
		int character = this.escaped & 0xFFFF;
		this.escaped = 0;
		return character;
	}

	private enum State {

		STRUCTURE, TEXT, ESCAPE_IN_TEXT, MEDIUM, ESCAPE_IN_MEDIUM

	}

	/**
	 * Receives the media.
	 */
	interface Target {

		/**
		 * Start a medium.
		 * @param mimeType the MIME type, or {@code null} if it was not named before
		 * @throws IOException if the target fails
		 */
		void begin(@Nullable String mimeType) throws IOException;

		/**
		 * Add characters to the medium.
		 * @param base64 the array with the characters
		 * @param start the index of the first one
		 * @param length the number of characters
		 * @throws IOException if the target fails
		 */
		void add(byte[] base64, int start, int length) throws IOException;

		/**
		 * End the medium.
		 * @throws IOException if the target fails
		 */
		void end() throws IOException;

	}

}
