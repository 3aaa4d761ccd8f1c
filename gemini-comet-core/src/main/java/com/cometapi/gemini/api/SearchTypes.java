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
 * The kinds of search that {@link GoogleSearch} may do.
 *
 * <p>
 * Wire: message {@code SearchTypes} of {@code v1beta}.
 *
 * @param webSearch search for pages
 * @param imageSearch search for images
 * @param additional members that this version does not know, by name
 */
public record SearchTypes(@Nullable WebSearch webSearch, @Nullable ImageSearch imageSearch,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the factory methods; components may be
	 * added.
	 */
	public SearchTypes {
		additional = ImmutableCollections.additional(additional);
	}

	/**
	 * Create the choice to search for pages only.
	 * @return a new choice
	 */
	public static SearchTypes web() {
		return new SearchTypes(new WebSearch(Map.of()), null, Map.of());
	}

	/**
	 * Create the choice to search for images only.
	 * @return a new choice
	 */
	public static SearchTypes images() {
		return new SearchTypes(null, new ImageSearch(Map.of()), Map.of());
	}

	/**
	 * Create the choice to search for pages and images.
	 * @return a new choice
	 */
	public static SearchTypes webAndImages() {
		return new SearchTypes(new WebSearch(Map.of()), new ImageSearch(Map.of()), Map.of());
	}

	/**
	 * Search for pages; it has no settings.
	 *
	 * <p>
	 * Wire: message {@code WebSearch} of {@code v1beta}.
	 *
	 * @param additional members that this version does not know, by name
	 */
	public record WebSearch(@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

		/**
		 * Create a message. Called by Jackson and the factory methods; components may be
		 * added.
		 */
		public WebSearch {
			additional = ImmutableCollections.additional(additional);
		}

	}

	/**
	 * Search for images; it has no settings.
	 *
	 * <p>
	 * Wire: message {@code ImageSearch} of {@code v1beta}.
	 *
	 * @param additional members that this version does not know, by name
	 */
	public record ImageSearch(@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

		/**
		 * Create a message. Called by Jackson and the factory methods; components may be
		 * added.
		 */
		public ImageSearch {
			additional = ImmutableCollections.additional(additional);
		}

	}

}
