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
 * The pages that were read for a response.
 *
 * <p>
 * Wire: message {@code UrlContextMetadata} of {@code v1beta}.
 *
 * @param urlMetadata the pages
 * @param additional members that this version does not know, by name
 */
public record UrlContextMetadata(@IncludeWhenPresent List<UrlMetadata> urlMetadata,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the factory methods; components may be
	 * added.
	 */
	public UrlContextMetadata {
		urlMetadata = ImmutableCollections.list(urlMetadata);
		additional = ImmutableCollections.additional(additional);
	}

	/**
	 * Return the pages that were read with success, each once.
	 * @return the sources, empty if there are none
	 */
	public List<Source> sources() {
		SourceCollector sources = new SourceCollector();
		for (UrlMetadata page : this.urlMetadata) {
			if (UrlRetrievalStatus.URL_RETRIEVAL_STATUS_SUCCESS.equals(page.urlRetrievalStatus())) {
				sources.add(SourceCollector.of(page.retrievedUrl(), null));
			}
		}
		return sources.toList();
	}

}
