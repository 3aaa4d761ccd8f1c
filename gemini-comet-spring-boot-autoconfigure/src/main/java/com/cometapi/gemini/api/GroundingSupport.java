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
 * A piece of an answer and the sources that it rests on.
 *
 * <p>
 * Wire: message {@code GroundingSupport} of {@code v1beta}.
 *
 * @param segment the piece of the answer
 * @param groundingChunkIndices the sources by number, which may point past the end of the
 * list
 * @param confidenceScores the confidence for each source, 0 to 1, often missing
 * @param renderedParts the parts of the answer by number
 * @param additional members that this version does not know, by name
 */
public record GroundingSupport(@Nullable Segment segment, @PresentOnly List<Integer> groundingChunkIndices,
		@PresentOnly List<Double> confidenceScores, @PresentOnly List<Integer> renderedParts,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * For Jackson and the builder: the components may grow in number with the wire.
	 */
	public GroundingSupport {
		groundingChunkIndices = Copies.list(groundingChunkIndices);
		confidenceScores = Copies.list(confidenceScores);
		renderedParts = Copies.list(renderedParts);
		additional = Copies.additional(additional);
	}

	/**
	 * Return the sources that the piece rests on, each once. Numbers that point past the
	 * end of the list are left out.
	 * @param metadata what the answer is grounded in; in a stream, collected over all
	 * events
	 * @return the sources, empty if there are none
	 */
	public List<Source> sources(GroundingMetadata metadata) {
		List<GroundingChunk> chunks = metadata.groundingChunks();
		Sources sources = new Sources();
		for (int index : this.groundingChunkIndices) {
			if (index >= 0 && index < chunks.size()) {
				sources.add(chunks.get(index).source());
			}
		}
		return sources.toList();
	}

	/**
	 * Return the piece of the answer that rests on the sources.
	 * @param content the answer
	 * @return the text, cut from the part that the segment names; the text of the segment
	 * itself if there is no such part; empty if there is neither
	 */
	public String textIn(Content content) {
		return (this.segment != null) ? this.segment.textIn(content) : "";
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
	 * Builder for {@link GroundingSupport}, not thread-safe.
	 */
	public static final class Builder {

		private @Nullable Segment segment;

		private List<Integer> groundingChunkIndices = Copies.absent();

		private List<Double> confidenceScores = Copies.absent();

		private List<Integer> renderedParts = Copies.absent();

		private Map<String, @Nullable Object> additional = Map.of();

		private Builder() {
		}

		private Builder(GroundingSupport message) {
			this.segment = message.segment;
			this.groundingChunkIndices = message.groundingChunkIndices;
			this.confidenceScores = message.confidenceScores;
			this.renderedParts = message.renderedParts;
			this.additional = message.additional;
		}

		/**
		 * Set the piece of the answer.
		 * @param segment the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder segment(@Nullable Segment segment) {
			this.segment = segment;
			return this;
		}

		/**
		 * Set the sources by number, which may point past the end of the list.
		 * @param groundingChunkIndices the values
		 * @return this builder
		 */
		public Builder groundingChunkIndices(List<Integer> groundingChunkIndices) {
			this.groundingChunkIndices = groundingChunkIndices;
			return this;
		}

		/**
		 * Set the sources by number, which may point past the end of the list.
		 * @param groundingChunkIndices the values
		 * @return this builder
		 */
		public Builder groundingChunkIndices(Integer... groundingChunkIndices) {
			return groundingChunkIndices(List.of(groundingChunkIndices));
		}

		/**
		 * Set the confidence for each source, 0 to 1, often missing.
		 * @param confidenceScores the values
		 * @return this builder
		 */
		public Builder confidenceScores(List<Double> confidenceScores) {
			this.confidenceScores = confidenceScores;
			return this;
		}

		/**
		 * Set the confidence for each source, 0 to 1, often missing.
		 * @param confidenceScores the values
		 * @return this builder
		 */
		public Builder confidenceScores(Double... confidenceScores) {
			return confidenceScores(List.of(confidenceScores));
		}

		/**
		 * Set the parts of the answer by number.
		 * @param renderedParts the values
		 * @return this builder
		 */
		public Builder renderedParts(List<Integer> renderedParts) {
			this.renderedParts = renderedParts;
			return this;
		}

		/**
		 * Set the parts of the answer by number.
		 * @param renderedParts the values
		 * @return this builder
		 */
		public Builder renderedParts(Integer... renderedParts) {
			return renderedParts(List.of(renderedParts));
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
		public GroundingSupport build() {
			return new GroundingSupport(this.segment, this.groundingChunkIndices, this.confidenceScores,
					this.renderedParts, this.additional);
		}

	}

}
