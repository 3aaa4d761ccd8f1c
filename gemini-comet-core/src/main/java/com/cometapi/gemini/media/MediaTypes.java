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

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;

import com.cometapi.gemini.api.MediaData;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.util.StringUtils;

/**
 * Finds the media type of a resource by its name or its first bytes.
 */
public final class MediaTypes {

	// Extensions that Spring does not know or maps to types that the models do not
	// accept.
	private static final Map<String, String> OWN_TYPES = Map.of("aac", "audio/aac", "aif", "audio/aiff", "aiff",
			"audio/aiff", "flac", "audio/flac", "heic", "image/heic", "heif", "image/heif", "md", "text/markdown",
			"wav", "audio/wav");

	private MediaTypes() {
	}

	/**
	 * Return the media type of a resource.
	 * @param resource the resource, for its name
	 * @param data the content of the resource, for its first bytes
	 * @return the media type, or {@code null} if it is unknown
	 * @throws IOException if the content cannot be read
	 */
	public static @Nullable String find(Resource resource, MediaData data) throws IOException {
		String byName = findByName(resource.getFilename());
		if (byName != null) {
			return byName;
		}
		try (InputStream in = data.openStream()) {
			return MediaSignature.findType(in.readNBytes(MediaSignature.LONGEST));
		}
	}

	/**
	 * Return the media type for a file extension.
	 * @param name the file name or path with the extension
	 * @return the media type, or {@code null} if it is unknown
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

}
