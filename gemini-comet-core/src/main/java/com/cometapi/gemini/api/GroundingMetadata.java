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
 * The sources that a response is grounded in.
 *
 * <p>
 * Wire: message {@code GroundingMetadata} of {@code v1beta}.
 *
 * @param webSearchQueries the searches that were made
 * @param imageSearchQueries the searches for images that were made
 * @param retrievalQueries the retrievals that were made, Vertex AI only
 * @param searchEntryPoint the suggestions that Google asks to show
 * @param groundingChunks the sources
 * @param groundingSupports the segments of the response with the sources that support
 * them
 * @param retrievalMetadata the details of the retrieval
 * @param googleMapsWidgetContextToken the token for the Maps widget
 * @param sourceFlaggingUris the addresses for reporting a source, Vertex AI only
 * @param additional members that this version does not know, by name
 */
public record GroundingMetadata(@IncludeWhenPresent List<String> webSearchQueries,
		@IncludeWhenPresent List<String> imageSearchQueries, @IncludeWhenPresent List<String> retrievalQueries,
		@Nullable SearchEntryPoint searchEntryPoint, @IncludeWhenPresent List<GroundingChunk> groundingChunks,
		@IncludeWhenPresent List<GroundingSupport> groundingSupports, @Nullable RetrievalMetadata retrievalMetadata,
		@Nullable String googleMapsWidgetContextToken, @IncludeWhenPresent List<SourceFlaggingUri> sourceFlaggingUris,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the builder; components may be added.
	 */
	public GroundingMetadata {
		webSearchQueries = ImmutableCollections.list(webSearchQueries);
		imageSearchQueries = ImmutableCollections.list(imageSearchQueries);
		retrievalQueries = ImmutableCollections.list(retrievalQueries);
		// Supports refer to the sources by number, so none may be dropped.
		groundingChunks = ImmutableCollections.list(groundingChunks, GroundingChunk.EMPTY);
		groundingSupports = ImmutableCollections.list(groundingSupports);
		sourceFlaggingUris = ImmutableCollections.list(sourceFlaggingUris);
		additional = ImmutableCollections.additional(additional);
	}

	/**
	 * Return the sources, each once, in order.
	 * @return the sources, empty if there are none
	 */
	public List<Source> sources() {
		SourceCollector sources = new SourceCollector();
		this.groundingChunks.forEach((chunk) -> sources.add(chunk.source()));
		return sources.toList();
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
	 * Builder for {@link GroundingMetadata}, not thread-safe.
	 */
	public static final class Builder {

		private List<String> webSearchQueries = ImmutableCollections.absent();

		private List<String> imageSearchQueries = ImmutableCollections.absent();

		private List<String> retrievalQueries = ImmutableCollections.absent();

		private @Nullable SearchEntryPoint searchEntryPoint;

		private List<GroundingChunk> groundingChunks = ImmutableCollections.absent();

		private List<GroundingSupport> groundingSupports = ImmutableCollections.absent();

		private @Nullable RetrievalMetadata retrievalMetadata;

		private @Nullable String googleMapsWidgetContextToken;

		private List<SourceFlaggingUri> sourceFlaggingUris = ImmutableCollections.absent();

		private Map<String, @Nullable Object> additional = Map.of();

		private Builder() {
		}

		private Builder(GroundingMetadata message) {
			this.webSearchQueries = message.webSearchQueries;
			this.imageSearchQueries = message.imageSearchQueries;
			this.retrievalQueries = message.retrievalQueries;
			this.searchEntryPoint = message.searchEntryPoint;
			this.groundingChunks = message.groundingChunks;
			this.groundingSupports = message.groundingSupports;
			this.retrievalMetadata = message.retrievalMetadata;
			this.googleMapsWidgetContextToken = message.googleMapsWidgetContextToken;
			this.sourceFlaggingUris = message.sourceFlaggingUris;
			this.additional = message.additional;
		}

		/**
		 * Set the searches that were made.
		 * @param webSearchQueries the values
		 * @return this builder
		 */
		public Builder webSearchQueries(List<String> webSearchQueries) {
			this.webSearchQueries = webSearchQueries;
			return this;
		}

		/**
		 * Set the searches that were made.
		 * @param webSearchQueries the values
		 * @return this builder
		 */
		public Builder webSearchQueries(String... webSearchQueries) {
			return webSearchQueries(List.of(webSearchQueries));
		}

		/**
		 * Set the searches for images that were made.
		 * @param imageSearchQueries the values
		 * @return this builder
		 */
		public Builder imageSearchQueries(List<String> imageSearchQueries) {
			this.imageSearchQueries = imageSearchQueries;
			return this;
		}

		/**
		 * Set the searches for images that were made.
		 * @param imageSearchQueries the values
		 * @return this builder
		 */
		public Builder imageSearchQueries(String... imageSearchQueries) {
			return imageSearchQueries(List.of(imageSearchQueries));
		}

		/**
		 * Set the retrievals that were made, Vertex AI only.
		 * @param retrievalQueries the values
		 * @return this builder
		 */
		public Builder retrievalQueries(List<String> retrievalQueries) {
			this.retrievalQueries = retrievalQueries;
			return this;
		}

		/**
		 * Set the retrievals that were made, Vertex AI only.
		 * @param retrievalQueries the values
		 * @return this builder
		 */
		public Builder retrievalQueries(String... retrievalQueries) {
			return retrievalQueries(List.of(retrievalQueries));
		}

		/**
		 * Set the suggestions that Google asks to show.
		 * @param searchEntryPoint the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder searchEntryPoint(@Nullable SearchEntryPoint searchEntryPoint) {
			this.searchEntryPoint = searchEntryPoint;
			return this;
		}

		/**
		 * Set the sources.
		 * @param groundingChunks the values
		 * @return this builder
		 */
		public Builder groundingChunks(List<GroundingChunk> groundingChunks) {
			this.groundingChunks = groundingChunks;
			return this;
		}

		/**
		 * Set the sources.
		 * @param groundingChunks the values
		 * @return this builder
		 */
		public Builder groundingChunks(GroundingChunk... groundingChunks) {
			return groundingChunks(List.of(groundingChunks));
		}

		/**
		 * Set the segments of the response with the sources that support them.
		 * @param groundingSupports the values
		 * @return this builder
		 */
		public Builder groundingSupports(List<GroundingSupport> groundingSupports) {
			this.groundingSupports = groundingSupports;
			return this;
		}

		/**
		 * Set the segments of the response with the sources that support them.
		 * @param groundingSupports the values
		 * @return this builder
		 */
		public Builder groundingSupports(GroundingSupport... groundingSupports) {
			return groundingSupports(List.of(groundingSupports));
		}

		/**
		 * Set the details of the retrieval.
		 * @param retrievalMetadata the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder retrievalMetadata(@Nullable RetrievalMetadata retrievalMetadata) {
			this.retrievalMetadata = retrievalMetadata;
			return this;
		}

		/**
		 * Set the token for the Maps widget.
		 * @param googleMapsWidgetContextToken the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder googleMapsWidgetContextToken(@Nullable String googleMapsWidgetContextToken) {
			this.googleMapsWidgetContextToken = googleMapsWidgetContextToken;
			return this;
		}

		/**
		 * Set the addresses for reporting a source, Vertex AI only.
		 * @param sourceFlaggingUris the values
		 * @return this builder
		 */
		public Builder sourceFlaggingUris(List<SourceFlaggingUri> sourceFlaggingUris) {
			this.sourceFlaggingUris = sourceFlaggingUris;
			return this;
		}

		/**
		 * Set the addresses for reporting a source, Vertex AI only.
		 * @param sourceFlaggingUris the values
		 * @return this builder
		 */
		public Builder sourceFlaggingUris(SourceFlaggingUri... sourceFlaggingUris) {
			return sourceFlaggingUris(List.of(sourceFlaggingUris));
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
		public GroundingMetadata build() {
			return new GroundingMetadata(this.webSearchQueries, this.imageSearchQueries, this.retrievalQueries,
					this.searchEntryPoint, this.groundingChunks, this.groundingSupports, this.retrievalMetadata,
					this.googleMapsWidgetContextToken, this.sourceFlaggingUris, this.additional);
		}

	}

}
