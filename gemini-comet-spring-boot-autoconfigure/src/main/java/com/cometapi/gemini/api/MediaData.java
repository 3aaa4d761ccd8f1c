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

import java.util.Base64;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a medium, base64 on the wire, kept as they came until someone asks for the
 * bytes.
 *
 * <p>
 * Wire: the {@code data} member of {@code Blob}.
 */
public final class MediaData {

	private final String base64;

	private MediaData(String base64) {
		this.base64 = base64;
	}

	/**
	 * Return the bytes as base64, as the wire had them.
	 * @return the text, never decoded and encoded again
	 */
	@JsonValue
	public String asBase64() {
		return this.base64;
	}

	/**
	 * Return the bytes. Both alphabets of base64 are read, with and without padding.
	 * @return a new array
	 * @throws IllegalStateException if what the wire had is no base64
	 */
	public byte[] asBytes() {
		try {
			return Base64.getDecoder().decode(toStandardAlphabet(this.base64));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalStateException("The medium is not valid base64: " + ex.getMessage(), ex);
		}
	}

	private static String toStandardAlphabet(String base64) {
		if (base64.indexOf('-') < 0 && base64.indexOf('_') < 0) {
			return base64;
		}
		return base64.replace('-', '+').replace('_', '/');
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof MediaData data && this.base64.equals(data.base64);
	}

	@Override
	public int hashCode() {
		return this.base64.hashCode();
	}

	@Override
	public String toString() {
		return "MediaData[" + this.base64.length() + " characters of base64]";
	}

	/**
	 * Create the data of a medium from its bytes.
	 * @param bytes the bytes
	 * @return the data
	 */
	public static MediaData of(byte[] bytes) {
		return new MediaData(Base64.getEncoder().encodeToString(Check.notNull(bytes, "bytes")));
	}

	/**
	 * Create the data of a medium from base64.
	 * @param base64 the text, without a {@code data:} prefix; it is not checked
	 * @return the data
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public static MediaData ofBase64(String base64) {
		return new MediaData(Check.notNull(base64, "base64"));
	}

}
