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

package com.cometapi.gemini.api;

/**
 * Splits a streamed text into chunks that never end within a surrogate pair. The first
 * half of a surrogate pair would be lost wherever each piece is encoded separately, so it
 * is moved to the next piece. Not thread-safe.
 */
public final class SurrogateSafeChunks {

	private String half = "";

	/**
	 * Add the next piece.
	 * @param piece the piece
	 * @return the text that can be passed on, which may be empty
	 */
	public String add(String piece) {
		if (piece.isEmpty()) {
			return piece;
		}
		String text = this.half.isEmpty() ? piece : this.half + piece;
		int end = text.length() - 1;
		if (!Character.isHighSurrogate(text.charAt(end))) {
			this.half = "";
			return text;
		}
		this.half = text.substring(end);
		return text.substring(0, end);
	}

	/**
	 * End the text.
	 * @return the half whose other half did not come, or an empty text
	 */
	public String end() {
		String rest = this.half;
		this.half = "";
		return rest;
	}

}
