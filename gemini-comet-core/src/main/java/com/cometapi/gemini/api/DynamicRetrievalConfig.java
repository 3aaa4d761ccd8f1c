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
 * Settings that determine when {@link GoogleSearchRetrieval} searches.
 *
 * <p>
 * Wire: message {@code DynamicRetrievalConfig} of {@code v1beta}.
 *
 * @param mode {@code MODE_UNSPECIFIED} for always or {@code MODE_DYNAMIC}
 * @param dynamicThreshold the minimum score for a search, 0 to 1
 * @param additional members that this version does not know, by name
 */
public record DynamicRetrievalConfig(@Nullable String mode, @Nullable Double dynamicThreshold,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the factory methods; components may be
	 * added.
	 */
	public DynamicRetrievalConfig {
		additional = ImmutableCollections.additional(additional);
	}

}
