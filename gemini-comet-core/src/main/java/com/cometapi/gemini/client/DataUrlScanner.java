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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.cometapi.gemini.api.Part;
import org.jspecify.annotations.Nullable;

/**
 * Finds Markdown images with data URLs in a text that arrives in pieces. All other text
 * is returned unchanged.
 */
final class DataUrlScanner {

	private static final Pattern HEAD = Pattern.compile(
			"!\\[[^\\]\\[]{0,300}+]\\(\\s{0,9}<?data:(image/[a-z0-9.+-]{1,60}+)(?:;[a-z0-9=._-]{1,60}){0,5}?;base64,",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern TAIL = Pattern.compile(">?\\s{0,9}(?:\"[^\"]{0,300}+\"\\s{0,9})?\\)");

	// A text that may become an image, from its exclamation mark on.
	private final StringBuilder held = new StringBuilder();

	private final StringBuilder text = new StringBuilder();

	private final List<Part> found = new ArrayList<>(1);

	private String mimeType = "";

	// The start of the data, or 0 until it is found.
	private int dataStart;

	private int dataEnd;

	/**
	 * Add the next piece of the text.
	 * @param piece the piece
	 * @return the texts and images that are complete now
	 */
	List<Part> add(String piece) {
		if (this.held.isEmpty() && piece.indexOf('!') < 0) {
			return (piece.isEmpty()) ? List.of() : List.of(Part.text(piece));
		}
		this.held.append(piece);
		while (!this.held.isEmpty() && ((this.dataStart == 0) ? findHead() : findTail())) {
			// Each step takes something away from the text that is held.
		}
		return take();
	}

	/**
	 * Return the text that is held back, after the last piece.
	 * @return the rest
	 */
	List<Part> rest() {
		release(this.held.length());
		return take();
	}

	private List<Part> take() {
		endText();
		List<Part> parts = List.copyOf(this.found);
		this.found.clear();
		return parts;
	}

	private void endText() {
		if (!this.text.isEmpty()) {
			this.found.add(Part.text(this.text.toString()));
			this.text.setLength(0);
		}
	}

	private void release(int end) {
		this.text.append(this.held, 0, end);
		drop(end);
	}

	private void drop(int end) {
		this.held.delete(0, end);
		this.dataStart = 0;
	}

	private boolean findHead() {
		int mark = this.held.indexOf("!");
		if (mark != 0) {
			release((mark > 0) ? mark : this.held.length());
			return mark > 0;
		}
		Matcher head = HEAD.matcher(this.held);
		if (head.lookingAt()) {
			this.mimeType = head.group(1);
			this.dataStart = head.end();
			this.dataEnd = head.end();
			return true;
		}
		if (head.hitEnd()) {
			return false;
		}
		release(1);
		return true;
	}

	private boolean findTail() {
		while (this.dataEnd < this.held.length() && isData(this.held.charAt(this.dataEnd))) {
			this.dataEnd++;
		}
		Matcher tail = TAIL.matcher(this.held).region(this.dataEnd, this.held.length());
		if (tail.lookingAt()) {
			int end = tail.end();
			byte[] image = decode();
			if (image != null) {
				endText();
				this.found.add(Part.inlineData(this.mimeType, image));
				drop(end);
				this.held.trimToSize();
			}
			else {
				release(end);
			}
			return true;
		}
		if (tail.hitEnd()) {
			return false;
		}
		release(this.dataEnd);
		return true;
	}

	private static boolean isData(char character) {
		return (character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z')
				|| (character >= '0' && character <= '9') || character == '+' || character == '/' || character == '='
				|| character == '-' || character == '_' || Character.isWhitespace(character);
	}

	private byte @Nullable [] decode() {
		byte[] data = new byte[this.dataEnd - this.dataStart];
		int length = 0;
		for (int i = this.dataStart; i < this.dataEnd; i++) {
			char next = this.held.charAt(i);
			if (!Character.isWhitespace(next)) {
				data[length++] = (byte) switch (next) {
					case '-' -> '+';
					case '_' -> '/';
					default -> next;
				};
			}
		}
		try {
			byte[] image = Base64.getDecoder().decode((length < data.length) ? Arrays.copyOf(data, length) : data);
			return (image.length > 0) ? image : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
