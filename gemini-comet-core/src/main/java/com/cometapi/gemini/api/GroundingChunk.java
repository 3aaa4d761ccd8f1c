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
 * A source of a response: one kind, or nothing at all.
 *
 * <p>
 * Wire: message {@code GroundingChunk} of {@code v1beta}.
 *
 * @param web a page of the web
 * @param image an image of the web
 * @param maps a place
 * @param retrievedContext a document of the caller
 * @param additional members that this version does not know, by name
 */
public record GroundingChunk(@Nullable Web web, @Nullable Image image, @Nullable Maps maps,
		@Nullable RetrievedContext retrievedContext,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	static final GroundingChunk EMPTY = new GroundingChunk(null, null, null, null, Map.of());

	/**
	 * Create a message. Called by Jackson and the factory methods; components may be
	 * added.
	 */
	public GroundingChunk {
		additional = ImmutableCollections.additional(additional);
	}

	/**
	 * Return the short form of this source.
	 * @return the source, or {@code null} if the chunk is empty
	 */
	public @Nullable Source source() {
		if (this.web != null) {
			return SourceCollector.of(this.web.uri(), this.web.title());
		}
		if (this.image != null) {
			String uri = (this.image.sourceUri() != null) ? this.image.sourceUri() : this.image.imageUri();
			return SourceCollector.of(uri, this.image.title());
		}
		if (this.maps != null) {
			return SourceCollector.of(this.maps.uri(), this.maps.title());
		}
		if (this.retrievedContext != null) {
			RetrievedContext context = this.retrievedContext;
			return SourceCollector.of(context.uri(),
					(context.title() != null) ? context.title() : context.documentName());
		}
		return null;
	}

	/**
	 * Create a source that is a page of the web.
	 * @param uri the address
	 * @param title the title
	 * @return a new source
	 */
	public static GroundingChunk web(String uri, String title) {
		return new GroundingChunk(new Web(Preconditions.hasText(uri, "uri"), title, null, Map.of()), null, null, null,
				Map.of());
	}

	/**
	 * A page of the web.
	 *
	 * <p>
	 * Wire: message {@code Web} of {@code v1beta}.
	 *
	 * @param uri the address, through a redirect of Google's
	 * @param title the title
	 * @param domain the domain, Vertex AI only
	 * @param additional members that this version does not know, by name
	 */
	public record Web(@Nullable String uri, @Nullable String title, @Nullable String domain,
			@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

		/**
		 * Create a message. Called by Jackson and the factory methods; components may be
		 * added.
		 */
		public Web {
			additional = ImmutableCollections.additional(additional);
		}

	}

	/**
	 * An image of the web.
	 *
	 * <p>
	 * Wire: message {@code Image} of {@code v1beta}.
	 *
	 * @param sourceUri the address of the page
	 * @param imageUri the address of the image
	 * @param title the title of the page
	 * @param domain the domain
	 * @param additional members that this version does not know, by name
	 */
	public record Image(@Nullable String sourceUri, @Nullable String imageUri, @Nullable String title,
			@Nullable String domain, @JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

		/**
		 * Create a message. Called by Jackson and the factory methods; components may be
		 * added.
		 */
		public Image {
			additional = ImmutableCollections.additional(additional);
		}

	}

	/**
	 * A place.
	 *
	 * <p>
	 * Wire: message {@code Maps} of {@code v1beta}.
	 *
	 * @param uri the address on Google Maps
	 * @param title the name
	 * @param text a description
	 * @param placeId the id, {@code places/...}
	 * @param placeAnswerSources the reviews that were used
	 * @param route a route, Vertex AI only
	 * @param additional members that this version does not know, by name
	 */
	public record Maps(@Nullable String uri, @Nullable String title, @Nullable String text, @Nullable String placeId,
			@Nullable PlaceAnswerSources placeAnswerSources, @Nullable Route route,
			@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

		/**
		 * Create a message. Called by Jackson and the factory methods; components may be
		 * added.
		 */
		public Maps {
			additional = ImmutableCollections.additional(additional);
		}

	}

	/**
	 * A document of the caller.
	 *
	 * <p>
	 * Wire: message {@code RetrievedContext} of {@code v1beta}.
	 *
	 * @param uri the address
	 * @param title the title
	 * @param text the text that was used
	 * @param fileSearchStore the store, {@code fileSearchStores/...}
	 * @param pageNumber the number of the page
	 * @param mediaId the id of a medium
	 * @param customMetadata metadata of the document
	 * @param documentName the name of the document, Vertex AI only
	 * @param ragChunk the piece of the document, Vertex AI only
	 * @param additional members that this version does not know, by name
	 */
	public record RetrievedContext(@Nullable String uri, @Nullable String title, @Nullable String text,
			@Nullable String fileSearchStore, @Nullable Integer pageNumber, @Nullable String mediaId,
			@IncludeWhenPresent List<CustomMetadata> customMetadata, @Nullable String documentName,
			@Nullable Map<String, @Nullable Object> ragChunk,
			@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

		/**
		 * Create a message. Called by Jackson and the factory methods; components may be
		 * added.
		 */
		public RetrievedContext {
			customMetadata = ImmutableCollections.list(customMetadata);
			ragChunk = ImmutableCollections.map(ragChunk);
			additional = ImmutableCollections.additional(additional);
		}

	}

	/**
	 * Metadata of a document.
	 *
	 * <p>
	 * Wire: message {@code GroundingChunkCustomMetadata} of {@code v1beta}.
	 *
	 * @param key the name
	 * @param stringValue the text
	 * @param stringListValue the texts
	 * @param numericValue the number
	 * @param additional members that this version does not know, by name
	 */
	public record CustomMetadata(@Nullable String key, @Nullable String stringValue,
			@Nullable StringList stringListValue, @Nullable Double numericValue,
			@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

		/**
		 * Create a message. Called by Jackson and the factory methods; components may be
		 * added.
		 */
		public CustomMetadata {
			additional = ImmutableCollections.additional(additional);
		}

	}

	/**
	 * The reviews that were used for a response about a place.
	 *
	 * <p>
	 * Wire: message {@code PlaceAnswerSources} of {@code v1beta}.
	 *
	 * @param reviewSnippets the reviews
	 * @param reviewSnippet the reviews in the other spelling of Vertex AI
	 * @param flagContentUri the address for reporting the place, Vertex AI only
	 * @param additional members that this version does not know, by name
	 */
	public record PlaceAnswerSources(@IncludeWhenPresent List<ReviewSnippet> reviewSnippets,
			@IncludeWhenPresent List<ReviewSnippet> reviewSnippet, @Nullable String flagContentUri,
			@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

		/**
		 * Create a message. Called by Jackson and the factory methods; components may be
		 * added.
		 */
		public PlaceAnswerSources {
			reviewSnippets = ImmutableCollections.list(reviewSnippets);
			reviewSnippet = ImmutableCollections.list(reviewSnippet);
			additional = ImmutableCollections.additional(additional);
		}

	}

	/**
	 * A review of a place.
	 *
	 * <p>
	 * Wire: message {@code ReviewSnippet} of {@code v1beta}.
	 *
	 * @param reviewId the id
	 * @param googleMapsUri the address on Google Maps
	 * @param title the title
	 * @param authorAttribution the author, Vertex AI only
	 * @param flagContentUri the address for reporting it, Vertex AI only
	 * @param relativePublishTimeDescription the age of the review in words, Vertex AI
	 * only
	 * @param review the text, Vertex AI only
	 * @param additional members that this version does not know, by name
	 */
	public record ReviewSnippet(@Nullable String reviewId, @Nullable String googleMapsUri, @Nullable String title,
			@Nullable Map<String, @Nullable Object> authorAttribution, @Nullable String flagContentUri,
			@Nullable String relativePublishTimeDescription, @Nullable String review,
			@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

		/**
		 * Create a message. Called by Jackson and the factory methods; components may be
		 * added.
		 */
		public ReviewSnippet {
			authorAttribution = ImmutableCollections.map(authorAttribution);
			additional = ImmutableCollections.additional(additional);
		}

	}

	/**
	 * A route on a map (Vertex AI only).
	 *
	 * <p>
	 * Wire: message {@code MapsRoute} of Vertex AI {@code v1}.
	 *
	 * @param distanceMeters the length in metres
	 * @param duration the time it takes, in seconds with the suffix {@code s}
	 * @param encodedPolyline the way as an encoded polyline
	 * @param additional members that this version does not know, by name
	 */
	public record Route(@Nullable Integer distanceMeters, @Nullable String duration, @Nullable String encodedPolyline,
			@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

		/**
		 * Create a message. Called by Jackson and the factory methods; components may be
		 * added.
		 */
		public Route {
			additional = ImmutableCollections.additional(additional);
		}

	}

	/**
	 * Several texts of the metadata of a document.
	 *
	 * <p>
	 * Wire: message {@code GroundingChunkStringList} of {@code v1beta}.
	 *
	 * @param values the texts
	 * @param additional members that this version does not know, by name
	 */
	public record StringList(@IncludeWhenPresent List<String> values,
			@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

		/**
		 * Create a message. Called by Jackson and the factory methods; components may be
		 * added.
		 */
		public StringList {
			values = ImmutableCollections.list(values);
			additional = ImmutableCollections.additional(additional);
		}

	}

}
