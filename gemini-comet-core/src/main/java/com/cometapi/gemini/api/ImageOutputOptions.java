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

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import org.jspecify.annotations.Nullable;

/**
 * The format of an image (Vertex AI only).
 *
 * <p>
 * Wire: message {@code ImageOutputOptions} of Vertex AI {@code v1}.
 *
 * @param mimeType the media type
 * @param compressionQuality the quality of the compression, 0 to 100
 * @param additional members that this version does not know, by name
 */
public record ImageOutputOptions(@Nullable String mimeType, @Nullable Integer compressionQuality,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the factory methods; components may be
	 * added.
	 */
	public ImageOutputOptions {
		additional = ImmutableCollections.additional(additional);
	}

	/**
	 * Create the format of an image.
	 * @param mimeType the media type, {@code image/png} or {@code image/jpeg}
	 * @param compressionQuality the quality of the compression, 0 to 100, or {@code null}
	 * for the default
	 * @return a new format
	 */
	public static ImageOutputOptions of(String mimeType, @Nullable Integer compressionQuality) {
		return new ImageOutputOptions(Preconditions.hasText(mimeType, "mimeType"), compressionQuality, Map.of());
	}

}
