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
 * Tool that searches in file stores (Gemini API only).
 *
 * <p>
 * Wire: message {@code FileSearch} of {@code v1beta}.
 *
 * @param fileSearchStoreNames the stores, {@code fileSearchStores/...}
 * @param topK the number of pieces to retrieve
 * @param metadataFilter a filter over the metadata of the files
 * @param additional members that this version does not know, by name
 */
public record FileSearch(@IncludeWhenPresent List<String> fileSearchStoreNames, @Nullable Integer topK,
		@Nullable String metadataFilter, @JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the factory methods; components may be
	 * added.
	 */
	public FileSearch {
		fileSearchStoreNames = ImmutableCollections.list(fileSearchStoreNames);
		additional = ImmutableCollections.additional(additional);
	}

	/**
	 * Return a copy that retrieves the given number of pieces.
	 * @param topK the number of pieces, or {@code null} for the server's default
	 * @return a new tool
	 */
	public FileSearch withTopK(@Nullable Integer topK) {
		return new FileSearch(this.fileSearchStoreNames, topK, this.metadataFilter, this.additional);
	}

	/**
	 * Return a copy that searches only files that match a filter.
	 * @param metadataFilter the filter over the metadata of the files, or {@code null}
	 * for none
	 * @return a new tool
	 */
	public FileSearch withMetadataFilter(@Nullable String metadataFilter) {
		return new FileSearch(this.fileSearchStoreNames, this.topK, metadataFilter, this.additional);
	}

	/**
	 * Create the tool for some stores.
	 * @param storeNames the stores, {@code fileSearchStores/...}
	 * @return a new tool
	 */
	public static FileSearch of(String... storeNames) {
		return new FileSearch(Preconditions.notEmpty(List.of(storeNames), "storeNames"), null, null, Map.of());
	}

}
