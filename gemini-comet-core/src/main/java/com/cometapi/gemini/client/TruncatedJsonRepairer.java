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

import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/**
 * Repairs truncated JSON so that the error code can still be read.
 */
final class TruncatedJsonRepairer {

	private static final int MAX_LENGTH = 256 * 1024;

	private static final int MAX_DEPTH = 50;

	private final Deque<Character> closers = new ArrayDeque<>();

	private boolean inString;

	private boolean afterColon;

	// Whether the text that was read last is the value of a member.
	private boolean value;

	private boolean escaped;

	private int escapeStart = -1;

	private TruncatedJsonRepairer() {
	}

	/**
	 * Return the members before the truncated one, and that one as well if it is a text.
	 * @param text the beginning of a JSON object
	 * @return a JSON object, or {@code null} if it cannot be repaired
	 */
	static @Nullable String repair(String text) {
		return new TruncatedJsonRepairer().repairText(text);
	}

	private @Nullable String repairText(String text) {
		int cut = -1;
		String tail = "";
		int end = Math.min(text.length(), MAX_LENGTH);
		for (int i = 0; i < end && this.closers.size() <= MAX_DEPTH; i++) {
			char next = text.charAt(i);
			if (next == ',' && !this.inString) {
				cut = i;
				tail = tail();
			}
			read(next, i);
		}
		if (this.inString && this.value) {
			boolean unicode = text.startsWith("\\u", this.escapeStart);
			boolean cutEscape = this.escapeStart >= 0 && end - this.escapeStart < (unicode ? 6 : 2);
			return text.substring(0, cutEscape ? this.escapeStart : end) + '"' + tail();
		}
		return (cut >= 0) ? text.substring(0, cut) + tail : null;
	}

	private void read(char next, int position) {
		if (this.inString) {
			this.inString = this.escaped || next != '"';
			this.escaped = !this.escaped && next == '\\';
			this.escapeStart = this.escaped ? position : this.escapeStart;
			return;
		}
		if (next == '"') {
			this.inString = true;
			this.value = this.afterColon;
			return;
		}
		if (!Character.isWhitespace(next)) {
			this.afterColon = (next == ':');
		}
		switch (next) {
			case '{' -> this.closers.push('}');
			case '[' -> this.closers.push(']');
			case '}', ']' -> this.closers.poll();
			default -> {
			}
		}
	}

	private String tail() {
		StringBuilder tail = new StringBuilder();
		this.closers.forEach(tail::append);
		return tail.toString();
	}

}
