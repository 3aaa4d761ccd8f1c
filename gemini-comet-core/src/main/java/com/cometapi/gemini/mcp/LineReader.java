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

package com.cometapi.gemini.mcp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Reads lines of limited length.
 */
final class LineReader {

	private final InputStream input;

	private final int maxLength;

	private final byte[] buffer = new byte[8192];

	private int position;

	private int limit;

	private boolean truncated;

	LineReader(InputStream input, int maxLength) {
		this.input = input;
		this.maxLength = maxLength;
	}

	/**
	 * Read a line. Bytes beyond the maximum length are skipped.
	 * @return the line without its end, or {@code null} at the end of the input
	 * @throws IOException if the input fails
	 */
	@Nullable String readLine() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream(256);
		this.truncated = false;
		boolean empty = true;
		while (fill()) {
			empty = false;
			int end = this.position;
			while (end < this.limit && this.buffer[end] != '\n') {
				end++;
			}
			int length = Math.min(end - this.position, this.maxLength - line.size());
			line.write(this.buffer, this.position, length);
			this.truncated |= length < end - this.position;
			this.position = Math.min(end + 1, this.limit);
			if (end < this.limit) {
				break;
			}
		}
		return empty ? null : line.toString(StandardCharsets.UTF_8);
	}

	/**
	 * Return whether the last line was longer than the maximum length.
	 * @return {@code true} if a part of it was skipped
	 */
	boolean isTruncated() {
		return this.truncated;
	}

	private boolean fill() throws IOException {
		if (this.position == this.limit) {
			this.position = 0;
			this.limit = Math.max(0, this.input.read(this.buffer));
		}
		return this.limit > 0;
	}

}
