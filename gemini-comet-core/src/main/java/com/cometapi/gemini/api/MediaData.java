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

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.Function;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a medium, base64 on the wire. Held as bytes or as the received text, or
 * not held but read on demand.
 *
 * <p>
 * Wire: the {@code data} member of {@code Blob}.
 */
public final class MediaData {

	private final MediaContent content;

	private MediaData(MediaContent content) {
		this.content = content;
	}

	/**
	 * Return the bytes as base64, as received or as they will be sent.
	 * @return the text, never decoded and encoded again
	 * @throws UncheckedIOException if the bytes are not held and cannot be read
	 */
	@JsonValue
	public String asBase64() {
		try {
			return this.content.toBase64();
		}
		catch (IOException ex) {
			throw unreadable(ex);
		}
	}

	/**
	 * Return the bytes. Both alphabets of base64 are read, with and without padding.
	 * @return the bytes as they are held, which must not be changed, or a new array if
	 * they are held in another form
	 * @throws RuntimeException if the text is not base64: a
	 * {@code GeminiProtocolException} if it is from a response, an
	 * {@link IllegalStateException} if it is from the application
	 * @throws UncheckedIOException if the bytes are not held and cannot be read
	 */
	public byte[] asBytes() {
		try {
			return this.content.toBytes();
		}
		catch (IOException ex) {
			throw unreadable(ex);
		}
	}

	/**
	 * Open the bytes as a stream, without a second copy of them in memory.
	 * @return a new stream that the caller closes; reading it fails with an
	 * {@link IOException} if the text is not base64, or if the source does not have the
	 * announced number of bytes
	 * @throws IOException if the source cannot be opened
	 */
	public InputStream openStream() throws IOException {
		return this.content.openStream();
	}

	/**
	 * Write the bytes, without a second copy of them in memory. Blocks as long as the
	 * target does.
	 * @param target takes the bytes; not closed
	 * @throws IOException if the bytes cannot be read or written
	 */
	public void writeTo(OutputStream target) throws IOException {
		if (this.content instanceof MediaContent.Bytes held) {
			target.write(held.bytes());
			return;
		}
		try (InputStream in = openStream()) {
			in.transferTo(target);
		}
	}

	/**
	 * Return the number of bytes.
	 * @return the number of bytes; an estimate if the text is not valid base64
	 */
	public long length() {
		return this.content.length();
	}

	/**
	 * Return whether the data is held as base64, so that {@link #asBase64()} costs
	 * nothing. Received text that is not canonical base64 always is, since its bytes
	 * would be encoded differently.
	 * @return {@code true} if they are
	 */
	public boolean isBase64() {
		return this.content instanceof MediaContent.Text;
	}

	/**
	 * Return whether the bytes are in memory, so that reading them does not block.
	 * @return {@code true} if they are
	 */
	public boolean isInMemory() {
		return !(this.content instanceof MediaContent.Source);
	}

	private static UncheckedIOException unreadable(IOException ex) {
		return new UncheckedIOException("The medium cannot be read: " + ex.getMessage(), ex);
	}

	/**
	 * Return whether the other data has the same base64. Data that is not in memory is
	 * equal only to data with the same source and length.
	 */
	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof MediaData data && this.content.isSameAs(data.content);
	}

	@Override
	public int hashCode() {
		return this.content.hash();
	}

	@Override
	public String toString() {
		return "MediaData[" + this.content.base64Length() + " characters of base64]";
	}

	/**
	 * Create the data of a medium from its bytes.
	 * @param bytes the bytes; not copied, so they must not be changed any more
	 * @return the data
	 */
	public static MediaData of(byte[] bytes) {
		return new MediaData(new MediaContent.Bytes(Preconditions.notNull(bytes, "bytes")));
	}

	/**
	 * Create the data of a medium that is read on demand and never held.
	 * @param length the number of bytes; sending fails if there are more or fewer
	 * @param source opens the bytes, called each time they are read
	 * @return the data
	 */
	public static MediaData of(long length, StreamSource source) {
		Preconditions.isTrue(length >= 0, "'length' must not be negative");
		return new MediaData(new MediaContent.Source(length, Preconditions.notNull(source, "source")));
	}

	/**
	 * Create the data of a medium from base64.
	 * @param base64 the text, without a {@code data:} prefix; it is not checked
	 * @return the data
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public static MediaData ofBase64(String base64) {
		return ofBase64(base64,
				(ex) -> new IllegalStateException("The medium is not valid base64: " + ex.getMessage(), ex));
	}

	/**
	 * Create the data of a medium from base64 of another origin, such as a response.
	 * @param base64 the text, without a {@code data:} prefix; it is not checked
	 * @param failure creates the exception that {@link #asBytes()} throws if the text is
	 * not base64
	 * @return the data
	 */
	public static MediaData ofBase64(String base64,
			Function<IllegalArgumentException, ? extends RuntimeException> failure) {
		return new MediaData(new MediaContent.Text(Preconditions.notNull(base64, "base64"),
				Preconditions.notNull(failure, "failure")));
	}

	/**
	 * Opens the bytes of a medium. May block: the client calls it on a thread that may.
	 */
	@FunctionalInterface
	public interface StreamSource {

		/**
		 * Open the bytes.
		 * @return a new stream at the first byte, closed by the caller
		 * @throws IOException if that is not possible
		 */
		InputStream openStream() throws IOException;

	}

}
