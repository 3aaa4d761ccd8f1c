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

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import org.jspecify.annotations.Nullable;

/**
 * A segment of a response with the sources that support it.
 *
 * <p>
 * Wire: message {@code GroundingSupport} of {@code v1beta}.
 *
 * @param segment the segment of the response
 * @param groundingChunkIndices the sources by number, which may point past the end of the
 * list
 * @param confidenceScores the confidence for each source, 0 to 1, often missing
 * @param renderedParts the parts of the response by number
 * @param additional members that this version does not know, by name
 */
public record GroundingSupport(@Nullable Segment segment, @IncludeWhenPresent List<Integer> groundingChunkIndices,
		@IncludeWhenPresent List<Double> confidenceScores, @IncludeWhenPresent List<Integer> renderedParts,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the factory methods; components may be
	 * added.
	 */
	public GroundingSupport {
		groundingChunkIndices = ImmutableCollections.list(groundingChunkIndices);
		confidenceScores = ImmutableCollections.list(confidenceScores);
		renderedParts = ImmutableCollections.list(renderedParts);
		additional = ImmutableCollections.additional(additional);
	}

	/**
	 * Return the sources that support the segment, each once. Numbers past the end of the
	 * list are ignored.
	 * @param metadata the grounding metadata of the response; for a stream, merged over
	 * all events
	 * @return the sources, empty if there are none
	 */
	public List<Source> sources(GroundingMetadata metadata) {
		List<GroundingChunk> chunks = metadata.groundingChunks();
		SourceCollector sources = new SourceCollector();
		for (int index : this.groundingChunkIndices) {
			if (index >= 0 && index < chunks.size()) {
				sources.add(chunks.get(index).source());
			}
		}
		return sources.toList();
	}

	/**
	 * Create a segment of a response with the sources that support it.
	 * @param segment the segment of the response
	 * @param groundingChunkIndices the sources by number
	 * @return a new support
	 */
	public static GroundingSupport of(Segment segment, Integer... groundingChunkIndices) {
		return new GroundingSupport(Preconditions.notNull(segment, "segment"), List.of(groundingChunkIndices),
				ImmutableCollections.absent(), ImmutableCollections.absent(), Map.of());
	}

}
