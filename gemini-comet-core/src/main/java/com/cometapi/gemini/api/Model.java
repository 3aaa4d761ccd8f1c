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

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A model that the gateway offers.
 *
 * <p>
 * Wire: message {@code Model} of {@code v1beta}.
 *
 * @param name the id, with {@code models/} before it on Google's own endpoint
 * @param displayName the human-readable name
 * @param description the description of the model
 * @param baseModelId the id of the base model
 * @param version the version
 * @param inputTokenLimit the limit of tokens in a request
 * @param outputTokenLimit the maximum number of tokens in a response
 * @param supportedGenerationMethods the methods that the model offers
 * @param temperature the default randomness
 * @param maxTemperature the highest randomness
 * @param topP the default probability mass
 * @param topK the default number of tokens to choose from
 * @param thinking whether the model can think
 * @param additional members that this version does not know, by name
 */
public record Model(@JsonProperty("name") @JsonAlias("id") @Nullable String name, @Nullable String displayName,
		@Nullable String description, @Nullable String baseModelId, @Nullable String version,
		@Nullable Integer inputTokenLimit, @Nullable Integer outputTokenLimit,
		@IncludeWhenPresent List<String> supportedGenerationMethods, @Nullable Double temperature,
		@Nullable Double maxTemperature, @Nullable Double topP, @Nullable Integer topK, @Nullable Boolean thinking,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	private static final String PREFIX = "models/";

	/**
	 * Create a message. Called by Jackson and the factory methods; components may be
	 * added.
	 */
	public Model {
		supportedGenerationMethods = ImmutableCollections.list(supportedGenerationMethods);
		additional = ImmutableCollections.additional(additional);
	}

	/**
	 * Return the id of this model for requests.
	 * @return the name without {@code models/} before it, or {@code null} if it has none
	 */
	public @Nullable String id() {
		return (this.name != null && this.name.startsWith(PREFIX)) ? this.name.substring(PREFIX.length()) : this.name;
	}

}
