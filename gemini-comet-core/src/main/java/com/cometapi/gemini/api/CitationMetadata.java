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
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import org.jspecify.annotations.Nullable;

/**
 * The sources that a response quotes, in both spellings of the wire.
 *
 * <p>
 * Wire: message {@code CitationMetadata} of {@code v1beta}.
 *
 * @param citationSources the sources in the spelling of the Gemini API and CometAPI
 * @param citations the sources in the spelling of Vertex AI
 * @param additional members that this version does not know, by name
 */
public record CitationMetadata(@IncludeWhenPresent List<Citation> citationSources,
		@IncludeWhenPresent List<Citation> citations,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the factory methods; components may be
	 * added.
	 */
	public CitationMetadata {
		citationSources = ImmutableCollections.list(citationSources);
		citations = ImmutableCollections.list(citations);
		additional = ImmutableCollections.additional(additional);
	}

	/**
	 * Return the sources in whichever spelling they came.
	 * @return the sources, empty if there are none
	 */
	public List<Citation> all() {
		if (this.citations.isEmpty()) {
			return this.citationSources;
		}
		if (this.citationSources.isEmpty()) {
			return this.citations;
		}
		return Stream.concat(this.citationSources.stream(), this.citations.stream()).distinct().toList();
	}

}
