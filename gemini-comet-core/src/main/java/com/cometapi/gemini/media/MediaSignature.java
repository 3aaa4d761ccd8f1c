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

package com.cometapi.gemini.media;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Leading bytes that identify a media type.
 *
 * @param type the media type
 * @param offset the number of bytes before the signature
 * @param text the bytes as Latin-1 text
 */
record MediaSignature(String type, int offset, String text) {

	/**
	 * Number of leading bytes that the longest signature needs.
	 */
	static final int LONGEST = 16;

	private static final List<MediaSignature> ALL = List.of(new MediaSignature("image/png", 0, "\u0089PNG\r\n\u001a\n"),
			new MediaSignature("image/jpeg", 0, "\u00ff\u00d8\u00ff"), new MediaSignature("image/gif", 0, "GIF87a"),
			new MediaSignature("image/gif", 0, "GIF89a"), new MediaSignature("image/webp", 8, "WEBP"),
			new MediaSignature("audio/wav", 8, "WAVE"), new MediaSignature("image/avif", 4, "ftypavif"),
			new MediaSignature("image/heic", 4, "ftypheic"), new MediaSignature("image/heif", 4, "ftypmif1"),
			new MediaSignature("video/quicktime", 4, "ftypqt  "), new MediaSignature("audio/mp4", 4, "ftypM4A "),
			new MediaSignature("video/mp4", 4, "ftyp"), new MediaSignature("video/webm", 0, "\u001aE\u00df\u00a3"),
			new MediaSignature("application/pdf", 0, "%PDF-"), new MediaSignature("audio/mpeg", 0, "ID3"),
			new MediaSignature("audio/ogg", 0, "OggS"), new MediaSignature("audio/flac", 0, "fLaC"));

	/**
	 * Find the media type of a content.
	 * @param bytes the leading bytes of the content
	 * @return the media type, or {@code null} if it is unknown
	 */
	static @Nullable String findType(byte[] bytes) {
		return ALL.stream()
			.filter((signature) -> signature.matches(bytes))
			.findFirst()
			.map(MediaSignature::type)
			.orElse(null);
	}

	private boolean matches(byte[] bytes) {
		byte[] expected = this.text.getBytes(StandardCharsets.ISO_8859_1);
		int end = this.offset + expected.length;
		return bytes.length >= end && Arrays.equals(bytes, this.offset, end, expected, 0, expected.length);
	}

}
