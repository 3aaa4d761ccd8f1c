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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Function;

/**
 * The content of a medium: bytes, base64 text, or a source that is read on demand.
 */
sealed interface MediaContent {

	/**
	 * The number of bytes at the start that the hash includes, besides the last ones.
	 */
	int HASHED_START = 9;

	long length();

	long base64Length();

	String toBase64() throws IOException;

	byte[] toBytes() throws IOException;

	InputStream openStream() throws IOException;

	int hash();

	boolean isSameAs(MediaContent other);

	private static long base64Length(long length) {
		return (length + 2) / 3 * 4;
	}

	private static int hash(long base64Length, String start, String end) {
		return 31 * (31 * Long.hashCode(base64Length) + start.hashCode()) + end.hashCode();
	}

	/**
	 * Bytes from the application, or read from canonical base64.
	 *
	 * @param bytes the bytes, not copied
	 */
	record Bytes(byte[] bytes) implements MediaContent {

		@Override
		public long length() {
			return this.bytes.length;
		}

		@Override
		public long base64Length() {
			return MediaContent.base64Length(this.bytes.length);
		}

		@Override
		public String toBase64() {
			return Base64.getEncoder().encodeToString(this.bytes);
		}

		@Override
		public byte[] toBytes() {
			return this.bytes;
		}

		@Override
		public InputStream openStream() {
			return new ByteArrayInputStream(this.bytes);
		}

		@Override
		public int hash() {
			int length = this.bytes.length;
			int lastGroup = Math.max(0, length - 1) / 3 * 3;
			return MediaContent.hash(base64Length(), base64(0, Math.min(HASHED_START, length)),
					base64(lastGroup, length));
		}

		private String base64(int start, int end) {
			return Base64.getEncoder().encodeToString(Arrays.copyOfRange(this.bytes, start, end));
		}

		@Override
		public boolean isSameAs(MediaContent other) {
			if (other instanceof Bytes same) {
				return Arrays.equals(this.bytes, same.bytes);
			}
			return other instanceof Text text && base64Length() == text.base64Length()
					&& toBase64().equals(text.base64());
		}

	}

	/**
	 * Text as received, valid or not.
	 *
	 * @param base64 the text
	 * @param failure creates the exception for a text that is not base64
	 */
	record Text(String base64,
			Function<IllegalArgumentException, ? extends RuntimeException> failure) implements MediaContent {

		@Override
		public long length() {
			int characters = this.base64.length();
			while (characters > 0 && this.base64.charAt(characters - 1) == '=') {
				characters--;
			}
			return characters * 3L / 4;
		}

		@Override
		public long base64Length() {
			return this.base64.length();
		}

		@Override
		public String toBase64() {
			return this.base64;
		}

		@Override
		public byte[] toBytes() {
			try {
				return decode();
			}
			catch (IllegalArgumentException ex) {
				throw this.failure.apply(ex);
			}
		}

		@Override
		public InputStream openStream() throws IOException {
			// Decoded as a whole, which is rare: canonical base64 is stored as bytes.
			try {
				return new ByteArrayInputStream(decode());
			}
			catch (IllegalArgumentException ex) {
				throw new IOException("The medium is not valid base64: " + ex.getMessage(), ex);
			}
		}

		private byte[] decode() {
			return Base64.getDecoder().decode(toStandardAlphabet());
		}

		private byte[] toStandardAlphabet() {
			byte[] text = this.base64.getBytes(StandardCharsets.ISO_8859_1);
			for (int i = 0; i < text.length; i++) {
				text[i] = switch (text[i]) {
					case '-' -> '+';
					case '_' -> '/';
					default -> text[i];
				};
			}
			return text;
		}

		@Override
		public int hash() {
			int length = this.base64.length();
			return MediaContent.hash(length, this.base64.substring(0, Math.min(HASHED_START / 3 * 4, length)),
					this.base64.substring(Math.max(0, length - 4)));
		}

		@Override
		public boolean isSameAs(MediaContent other) {
			return (other instanceof Text same) ? this.base64.equals(same.base64)
					: (other instanceof Bytes bytes && bytes.isSameAs(this));
		}

	}

	/**
	 * Bytes that are read on demand.
	 *
	 * @param length the number of bytes
	 * @param source opens the bytes
	 */
	record Source(long length, MediaData.StreamSource source) implements MediaContent {

		@Override
		public long base64Length() {
			return MediaContent.base64Length(this.length);
		}

		@Override
		public String toBase64() throws IOException {
			return Base64.getEncoder().encodeToString(toBytes());
		}

		@Override
		public byte[] toBytes() throws IOException {
			try (InputStream in = openStream()) {
				return in.readAllBytes();
			}
		}

		@Override
		public InputStream openStream() throws IOException {
			return new ExactLengthStream(this.source.openStream(), this.length);
		}

		@Override
		public int hash() {
			return hashCode();
		}

		@Override
		public boolean isSameAs(MediaContent other) {
			return equals(other);
		}

	}

}
