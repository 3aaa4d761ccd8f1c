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

package com.cometapi.gemini.prompt;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

import com.cometapi.gemini.media.MediaTypes;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The addresses of media that the endpoint fetches itself.
 */
final class MediaUris {

	private static final Set<String> YOUTUBE_HOSTS = Set.of("youtube.com", "www.youtube.com", "m.youtube.com",
			"youtu.be");

	private static final Set<String> LOCAL_SCHEMES = Set.of("classpath", "data", "file", "jar");

	private MediaUris() {
	}

	static void checkFetchable(URI uri) {
		Assert.isTrue(uri.isAbsolute() && !LOCAL_SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT)),
				"'uri' must be an address that the endpoint can fetch: use 'media(resource)' for anything else");
	}

	static @Nullable String mediaType(URI uri) {
		if (uri.getHost() != null && YOUTUBE_HOSTS.contains(uri.getHost().toLowerCase(Locale.ROOT))) {
			// Its addresses do not tell the type, and the endpoint knows it.
			return null;
		}
		String byName = MediaTypes.findByName(uri.getPath());
		if (byName == null) {
			throw new IllegalArgumentException(
					"Cannot detect the media type of '%s' by its path: set it with 'media(mimeType, uri)'"
						.formatted(uri));
		}
		return byName;
	}

}
