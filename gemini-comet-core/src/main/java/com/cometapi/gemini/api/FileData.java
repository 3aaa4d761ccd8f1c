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
 * A reference to a medium outside the message.
 *
 * <p>
 * Wire: message {@code FileData} of {@code v1beta} and {@code FunctionResponseFileData}
 * of Vertex AI {@code v1}.
 *
 * @param fileUri the URI, such as a public HTTPS address
 * @param mimeType the media type, required by some backends
 * @param displayName the name of the medium, Vertex AI only
 * @param additional members that this version does not know, by name
 */
public record FileData(@Nullable String fileUri, @Nullable String mimeType, @Nullable String displayName,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the factory methods; components may be
	 * added.
	 */
	public FileData {
		additional = ImmutableCollections.additional(additional);
	}

	/**
	 * Create a reference to a medium.
	 * @param mimeType the media type, such as {@code video/mp4}
	 * @param uri the URI, such as a public HTTPS address
	 * @return a new reference
	 */
	public static FileData of(String mimeType, String uri) {
		return new FileData(Preconditions.hasText(uri, "uri"), Preconditions.hasText(mimeType, "mimeType"), null,
				Map.of());
	}

}
