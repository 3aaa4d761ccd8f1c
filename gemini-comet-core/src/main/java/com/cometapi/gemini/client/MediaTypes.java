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
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.cometapi.gemini.api.MediaData;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.util.StringUtils;

/**
 * Finds the type of a medium by its name or its first bytes, for prompts and for the
 * results of functions.
 */
public final class MediaTypes {

	// Names that Spring does not know, or knows under types that the models do not list.
	private static final Map<String, String> OWN_TYPES = Map.of("aac", "audio/aac", "aif", "audio/aiff", "aiff",
			"audio/aiff", "flac", "audio/flac", "heic", "image/heic", "heif", "image/heif", "md", "text/markdown",
			"wav", "audio/wav");

	private static final List<Signature> SIGNATURES = List.of(new Signature("image/png", 0, "\u0089PNG\r\n\u001a\n"),
			new Signature("image/jpeg", 0, "\u00ff\u00d8\u00ff"), new Signature("image/gif", 0, "GIF87a"),
			new Signature("image/gif", 0, "GIF89a"), new Signature("image/webp", 8, "WEBP"),
			new Signature("audio/wav", 8, "WAVE"), new Signature("image/avif", 4, "ftypavif"),
			new Signature("image/heic", 4, "ftypheic"), new Signature("image/heif", 4, "ftypmif1"),
			new Signature("video/quicktime", 4, "ftypqt  "), new Signature("audio/mp4", 4, "ftypM4A "),
			new Signature("video/mp4", 4, "ftyp"), new Signature("video/webm", 0, "\u001aE\u00df\u00a3"),
			new Signature("application/pdf", 0, "%PDF-"), new Signature("audio/mpeg", 0, "ID3"),
			new Signature("audio/ogg", 0, "OggS"), new Signature("audio/flac", 0, "fLaC"));

	private static final int LONGEST_SIGNATURE = 16;

	private MediaTypes() {
	}

	/**
	 * Return the media type of a resource.
	 * @param resource the resource, for its name
	 * @param data the content of the resource, for its first bytes
	 * @return the media type, or {@code null} if neither tells it
	 * @throws IOException if the content cannot be read
	 */
	public static @Nullable String find(Resource resource, MediaData data) throws IOException {
		String byName = findByName(resource.getFilename());
		if (byName != null) {
			return byName;
		}
		byte[] bytes = firstBytes(data);
		return SIGNATURES.stream()
			.filter((signature) -> signature.matches(bytes))
			.findFirst()
			.map(Signature::type)
			.orElse(null);
	}

	private static byte[] firstBytes(MediaData data) throws IOException {
		try (InputStream in = data.openStream()) {
			return in.readNBytes(LONGEST_SIGNATURE);
		}
	}

	/**
	 * Return the media type that the extension of a name stands for.
	 * @param name the name of a file or a path
	 * @return the media type, or {@code null} if the name does not tell it
	 */
	public static @Nullable String findByName(@Nullable String name) {
		String extension = StringUtils.getFilenameExtension(name);
		if (extension == null) {
			return null;
		}
		String own = OWN_TYPES.get(extension.toLowerCase(Locale.ROOT));
		if (own != null) {
			return own;
		}
		return MediaTypeFactory.getMediaType(name)
			.filter((type) -> !type.equals(MediaType.APPLICATION_OCTET_STREAM))
			.map(MediaType::toString)
			.orElse(null);
	}

	/**
	 * Bytes by which a type is told, as Latin-1 text.
	 */
	private record Signature(String type, int offset, String text) {

		boolean matches(byte[] bytes) {
			byte[] expected = this.text.getBytes(StandardCharsets.ISO_8859_1);
			int end = this.offset + expected.length;
			return bytes.length >= end && Arrays.equals(bytes, this.offset, end, expected, 0, expected.length);
		}

	}

}
