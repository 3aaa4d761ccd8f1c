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
 * A source that an answer quotes.
 *
 * <p>
 * Wire: messages {@code CitationSource} of the Gemini API and {@code Citation} of Vertex
 * AI.
 *
 * @param startIndex where the quotation starts, in bytes of UTF-8, absent for 0
 * @param endIndex where the quotation ends, in bytes of UTF-8, exclusive
 * @param uri the address of the source
 * @param title the title of the source, Vertex AI only
 * @param license the licence of the source
 * @param publicationDate when the source was published, Vertex AI only
 * @param additional members that this version does not know, by name
 */
public record Citation(@Nullable Integer startIndex, @Nullable Integer endIndex, @Nullable String uri,
		@Nullable String title, @Nullable String license, @Nullable PublicationDate publicationDate,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * For Jackson and the builder: the components may grow in number with the wire.
	 */
	public Citation {
		additional = Copies.additional(additional);
	}

	/**
	 * Return the piece of a text that is quoted. Offsets count bytes of UTF-8; what lies
	 * outside of the text is left out, and no character is cut in two.
	 * @param answerText the whole text of the answer
	 * @return the piece, empty if there is nothing at the offsets
	 */
	public String textIn(String answerText) {
		int start = (this.startIndex != null) ? this.startIndex : 0;
		return Utf8Offsets.cut(answerText, start, (this.endIndex != null) ? this.endIndex : 0);
	}

	/**
	 * Return a builder with this message's values.
	 * @return a new builder
	 */
	public Builder toBuilder() {
		return new Builder(this);
	}

	/**
	 * Return a builder without values.
	 * @return a new builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Builder for {@link Citation}, not thread-safe.
	 */
	public static final class Builder {

		private @Nullable Integer startIndex;

		private @Nullable Integer endIndex;

		private @Nullable String uri;

		private @Nullable String title;

		private @Nullable String license;

		private @Nullable PublicationDate publicationDate;

		private Map<String, @Nullable Object> additional = Map.of();

		private Builder() {
		}

		private Builder(Citation message) {
			this.startIndex = message.startIndex;
			this.endIndex = message.endIndex;
			this.uri = message.uri;
			this.title = message.title;
			this.license = message.license;
			this.publicationDate = message.publicationDate;
			this.additional = message.additional;
		}

		/**
		 * Set where the quotation starts, in bytes of UTF-8, absent for 0.
		 * @param startIndex the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder startIndex(@Nullable Integer startIndex) {
			this.startIndex = startIndex;
			return this;
		}

		/**
		 * Set where the quotation ends, in bytes of UTF-8, exclusive.
		 * @param endIndex the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder endIndex(@Nullable Integer endIndex) {
			this.endIndex = endIndex;
			return this;
		}

		/**
		 * Set the address of the source.
		 * @param uri the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder uri(@Nullable String uri) {
			this.uri = uri;
			return this;
		}

		/**
		 * Set the title of the source, Vertex AI only.
		 * @param title the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder title(@Nullable String title) {
			this.title = title;
			return this;
		}

		/**
		 * Set the licence of the source.
		 * @param license the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder license(@Nullable String license) {
			this.license = license;
			return this;
		}

		/**
		 * Set when the source was published, Vertex AI only.
		 * @param publicationDate the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder publicationDate(@Nullable PublicationDate publicationDate) {
			this.publicationDate = publicationDate;
			return this;
		}

		/**
		 * Set members that this version does not know, sent as they are.
		 * @param additional the members by name
		 * @return this builder
		 */
		public Builder additional(Map<String, @Nullable Object> additional) {
			this.additional = additional;
			return this;
		}

		/**
		 * Build the message.
		 * @return a new, immutable message
		 */
		public Citation build() {
			return new Citation(this.startIndex, this.endIndex, this.uri, this.title, this.license,
					this.publicationDate, this.additional);
		}

	}

}
