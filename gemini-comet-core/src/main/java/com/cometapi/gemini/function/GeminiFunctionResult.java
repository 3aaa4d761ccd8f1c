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

package com.cometapi.gemini.function;

import java.util.ArrayList;
import java.util.List;

import com.cometapi.gemini.api.Blob;
import com.cometapi.gemini.api.MediaData;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.MimeType;

/**
 * A result with media, such as a chart beside its numbers, for functions to return. The
 * endpoint decides which media a model accepts in a function response; Gemini 3 accepts
 * images and documents. Immutable.
 *
 * @param value the value beside the media, or {@code null} for none
 * @param media the media
 */
public record GeminiFunctionResult(@Nullable Object value, List<Blob> media) {

	/**
	 * Create a result.
	 */
	public GeminiFunctionResult {
		media = List.copyOf(media);
	}

	/**
	 * Return a copy with one more medium.
	 * @param mimeType the type of the medium
	 * @param data the medium
	 * @return the copy
	 */
	public GeminiFunctionResult withMedia(MimeType mimeType, MediaData data) {
		Assert.notNull(mimeType, "'mimeType' must not be null");
		return withMedia(Blob.of(mimeType.toString(), data));
	}

	/**
	 * Return a copy with one more medium.
	 * @param medium the medium
	 * @return the copy
	 */
	public GeminiFunctionResult withMedia(Blob medium) {
		Assert.notNull(medium, "'medium' must not be null");
		List<Blob> all = new ArrayList<>(this.media);
		all.add(medium);
		return new GeminiFunctionResult(this.value, all);
	}

	/**
	 * Return a result without media yet.
	 * @param value the value, or {@code null} for none
	 * @return the result
	 */
	public static GeminiFunctionResult of(@Nullable Object value) {
		return new GeminiFunctionResult(value, List.of());
	}

}
