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
 * A passage that a response is grounded in (other methods of the API).
 *
 * <p>
 * Wire: message {@code GroundingAttribution} of {@code v1beta}.
 *
 * @param content the passage
 * @param sourceId the origin of the passage
 * @param additional members that this version does not know, by name
 */
public record GroundingAttribution(@Nullable Content content, @Nullable SourceId sourceId,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the factory methods; components may be
	 * added.
	 */
	public GroundingAttribution {
		additional = ImmutableCollections.additional(additional);
	}

	/**
	 * Origin of a passage: one kind of source.
	 *
	 * <p>
	 * Wire: message {@code AttributionSourceId} of {@code v1beta}.
	 *
	 * @param groundingPassage a passage of the request
	 * @param semanticRetrieverChunk a piece of a corpus
	 * @param additional members that this version does not know, by name
	 */
	public record SourceId(@Nullable GroundingPassage groundingPassage,
			@Nullable SemanticRetrieverChunk semanticRetrieverChunk,
			@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

		/**
		 * Create a message. Called by Jackson and the factory methods; components may be
		 * added.
		 */
		public SourceId {
			additional = ImmutableCollections.additional(additional);
		}

	}

	/**
	 * A passage of the request.
	 *
	 * <p>
	 * Wire: message {@code GroundingPassageId} of {@code v1beta}.
	 *
	 * @param partIndex the number of the part within the passage, absent for the first
	 * @param passageId the id of the passage
	 * @param additional members that this version does not know, by name
	 */
	public record GroundingPassage(@Nullable Integer partIndex, @Nullable String passageId,
			@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

		/**
		 * Create a message. Called by Jackson and the factory methods; components may be
		 * added.
		 */
		public GroundingPassage {
			additional = ImmutableCollections.additional(additional);
		}

	}

	/**
	 * A piece of a corpus.
	 *
	 * <p>
	 * Wire: message {@code SemanticRetrieverChunk} of {@code v1beta}.
	 *
	 * @param chunk the name of the piece
	 * @param source the name of the corpus or the document
	 * @param additional members that this version does not know, by name
	 */
	public record SemanticRetrieverChunk(@Nullable String chunk, @Nullable String source,
			@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

		/**
		 * Create a message. Called by Jackson and the factory methods; components may be
		 * added.
		 */
		public SemanticRetrieverChunk {
			additional = ImmutableCollections.additional(additional);
		}

	}

}
