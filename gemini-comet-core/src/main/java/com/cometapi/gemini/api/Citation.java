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
 * A source that a response quotes.
 *
 * <p>
 * Wire: messages {@code CitationSource} of the Gemini API and {@code Citation} of Vertex
 * AI.
 *
 * @param startIndex the start of the quotation, in bytes of UTF-8, absent for 0
 * @param endIndex the end of the quotation, in bytes of UTF-8, exclusive
 * @param uri the address of the source
 * @param title the title of the source, Vertex AI only
 * @param license the licence of the source
 * @param publicationDate the date of publication of the source, Vertex AI only
 * @param additional members that this version does not know, by name
 */
public record Citation(@Nullable Integer startIndex, @Nullable Integer endIndex, @Nullable String uri,
		@Nullable String title, @Nullable String license, @Nullable PublicationDate publicationDate,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the factory methods; components may be
	 * added.
	 */
	public Citation {
		additional = ImmutableCollections.additional(additional);
	}

	/**
	 * Return the quoted section of a text. The offsets of this citation count bytes of
	 * UTF-8; the section is limited to the text, and no character is cut in two.
	 * @param responseText the whole text of the response
	 * @return the section, empty if there is nothing at the offsets
	 */
	public String textIn(String responseText) {
		return Utf8Offsets.cut(responseText, this.startIndex, this.endIndex);
	}

}
