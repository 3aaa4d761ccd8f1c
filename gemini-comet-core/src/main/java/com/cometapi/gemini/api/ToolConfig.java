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
 * Settings for the use of tools by the model.
 *
 * <p>
 * Wire: message {@code ToolConfig} of {@code v1beta}.
 *
 * @param functionCallingConfig the settings of function calling
 * @param retrievalConfig the location and language of the user, for grounding
 * @param includeServerSideToolInvocations whether to return the calls of tools that run
 * on the server, Gemini API only
 * @param additional members that this version does not know, by name
 */
public record ToolConfig(@Nullable FunctionCallingConfig functionCallingConfig,
		@Nullable RetrievalConfig retrievalConfig, @Nullable Boolean includeServerSideToolInvocations,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the factory methods; components may be
	 * added.
	 */
	public ToolConfig {
		additional = ImmutableCollections.additional(additional);
	}

	/**
	 * Return a copy with the given settings of function calling.
	 * @param functionCallingConfig the settings of function calling, or {@code null} for
	 * its default
	 * @return a new configuration
	 */
	public ToolConfig withFunctionCalling(@Nullable FunctionCallingConfig functionCallingConfig) {
		return new ToolConfig(functionCallingConfig, this.retrievalConfig, this.includeServerSideToolInvocations,
				this.additional);
	}

	/**
	 * Return a copy that grounds responses in a location and a language.
	 * @param retrievalConfig the location and language of the user, or {@code null} if
	 * that is unknown
	 * @return a new configuration
	 */
	public ToolConfig withRetrieval(@Nullable RetrievalConfig retrievalConfig) {
		return new ToolConfig(this.functionCallingConfig, retrievalConfig, this.includeServerSideToolInvocations,
				this.additional);
	}

	/**
	 * Return a copy that asks for the calls of tools that run on the server, Gemini API
	 * only.
	 * @return a new configuration
	 */
	public ToolConfig withServerSideToolInvocations() {
		return new ToolConfig(this.functionCallingConfig, this.retrievalConfig, true, this.additional);
	}

	/**
	 * Create a configuration without settings, which the {@code with} methods add.
	 * @return a new configuration
	 */
	public static ToolConfig create() {
		return new ToolConfig(null, null, null, Map.of());
	}

}
