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
 * Bytes of a medium inside a message.
 *
 * <p>
 * Wire: messages {@code Blob} and {@code FunctionResponseBlob} of {@code v1beta}.
 *
 * @param mimeType the media type, with parameters if the model sent some
 * @param data the bytes
 * @param displayName the name of the medium, Vertex AI only
 * @param additional members that this version does not know, by name
 */
public record Blob(@Nullable String mimeType, @Nullable MediaData data, @Nullable String displayName,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the factory methods; components may be
	 * added.
	 */
	public Blob {
		additional = ImmutableCollections.additional(additional);
	}

	/**
	 * Return a copy with a name that a text can refer to.
	 * @param displayName the name of the medium, or {@code null} for none
	 * @return a new medium
	 */
	public Blob withDisplayName(@Nullable String displayName) {
		return new Blob(this.mimeType, this.data, displayName, this.additional);
	}

	/**
	 * Return the bytes.
	 * @return the bytes as they are held, which must not be changed, or a new array if
	 * they are held in another form or if there are none
	 * @throws RuntimeException if the text is not base64: a
	 * {@code GeminiProtocolException} if it is from a response, an
	 * {@link IllegalStateException} if it is from the application
	 */
	public byte[] asBytes() {
		return (this.data != null) ? this.data.asBytes() : new byte[0];
	}

	/**
	 * Create a medium from its bytes.
	 * @param mimeType the media type, such as {@code image/png}
	 * @param bytes the bytes; not copied, so they must not be changed any more
	 * @return a new medium
	 */
	public static Blob of(String mimeType, byte[] bytes) {
		return of(mimeType, MediaData.of(bytes));
	}

	/**
	 * Create a medium from its data.
	 * @param mimeType the media type, such as {@code image/png}
	 * @param data the data
	 * @return a new medium
	 */
	public static Blob of(String mimeType, MediaData data) {
		return new Blob(Preconditions.hasText(mimeType, "mimeType"), Preconditions.notNull(data, "data"), null,
				Map.of());
	}

}
