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
 * A piece of the text of a response.
 *
 * <p>
 * Wire: message {@code Segment} of {@code v1beta}.
 *
 * @param partIndex the number of the part, absent for the first
 * @param startIndex the start within the part, in bytes of UTF-8, absent for 0
 * @param endIndex the end within the part, in bytes of UTF-8, exclusive
 * @param text the text
 * @param additional members that this version does not know, by name
 */
public record Segment(@Nullable Integer partIndex, @Nullable Integer startIndex, @Nullable Integer endIndex,
		@Nullable String text, @JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the factory methods; components may be
	 * added.
	 */
	public Segment {
		additional = ImmutableCollections.additional(additional);
	}

	/**
	 * Return the start of this segment as an index into a text, unlike
	 * {@code startIndex}, which counts bytes.
	 * @param partText the whole text of the part
	 * @return the index of a character, at most the length of the text
	 */
	public int startIn(String partText) {
		return Utf8Offsets.indexOf(partText, this.startIndex);
	}

	/**
	 * Return the end of this segment as an index into a text, such as for a footnote,
	 * unlike {@code endIndex}, which counts bytes.
	 * @param partText the whole text of the part
	 * @return the index after the last character, at most the length of the text
	 */
	public int endIn(String partText) {
		return Utf8Offsets.indexOf(partText, this.endIndex);
	}

	/**
	 * Return this segment of a text. The segment is limited to the text, and no character
	 * is cut in two.
	 * @param partText the whole text of the part
	 * @return the piece, empty if there is nothing at the offsets
	 */
	public String textIn(String partText) {
		return Utf8Offsets.cut(partText, this.startIndex, this.endIndex);
	}

	/**
	 * Create a piece of the first part of a response.
	 * @param startIndex the start within the part, in bytes of UTF-8
	 * @param endIndex the end within the part, in bytes of UTF-8, exclusive
	 * @param text the text
	 * @return a new piece
	 */
	public static Segment of(int startIndex, int endIndex, String text) {
		return new Segment(null, startIndex, endIndex, text, Map.of());
	}

}
