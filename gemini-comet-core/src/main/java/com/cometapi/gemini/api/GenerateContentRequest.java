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
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A request to {@code generateContent} or {@code streamGenerateContent}.
 *
 * <p>
 * Wire: message {@code GenerateContentRequest} of {@code v1beta}.
 *
 * @param model the model to ask, such as {@code gemini-3.5-flash}; part of the path,
 * never of the body
 * @param contents the conversation so far, normally ending with a content of the user
 * @param systemInstruction the system instruction of the conversation, text only
 * @param tools the tools that the model may use
 * @param toolConfig the settings for the use of tools
 * @param safetySettings the thresholds of the safety filters, at most one for each
 * category
 * @param generationConfig the settings for the generation
 * @param cachedContent the name of a cached context, {@code cachedContents/...}
 * @param store whether the request may be logged, on Google's own endpoint
 * @param serviceTier the service tier to use, on Google's own endpoint
 * @param labels the billing labels, Vertex AI only
 * @param modelArmorConfig the Model Armor templates, Vertex AI only, excludes safety
 * settings
 * @param additional members that this version does not know, by name
 */
public record GenerateContentRequest(@JsonProperty(access = JsonProperty.Access.WRITE_ONLY) @Nullable String model,
		@IncludeWhenPresent List<Content> contents, @Nullable Content systemInstruction,
		@IncludeWhenPresent List<Tool> tools, @Nullable ToolConfig toolConfig,
		@IncludeWhenPresent List<SafetySetting> safetySettings, @Nullable GenerationConfig generationConfig,
		@Nullable String cachedContent, @Nullable Boolean store, @Nullable ServiceTier serviceTier,
		@Nullable Map<String, String> labels, @Nullable ModelArmorConfig modelArmorConfig,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the builder; components may be added.
	 */
	public GenerateContentRequest {
		contents = ImmutableCollections.list(contents);
		tools = ImmutableCollections.list(tools);
		safetySettings = ImmutableCollections.list(safetySettings);
		labels = ImmutableCollections.map(labels);
		additional = ImmutableCollections.additional(additional);
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
	 * Builder for {@link GenerateContentRequest}, not thread-safe.
	 */
	public static final class Builder {

		private @Nullable String model;

		private List<Content> contents = ImmutableCollections.absent();

		private @Nullable Content systemInstruction;

		private List<Tool> tools = ImmutableCollections.absent();

		private @Nullable ToolConfig toolConfig;

		private List<SafetySetting> safetySettings = ImmutableCollections.absent();

		private @Nullable GenerationConfig generationConfig;

		private @Nullable String cachedContent;

		private @Nullable Boolean store;

		private @Nullable ServiceTier serviceTier;

		private @Nullable Map<String, String> labels;

		private @Nullable ModelArmorConfig modelArmorConfig;

		private Map<String, @Nullable Object> additional = Map.of();

		private Builder() {
		}

		private Builder(GenerateContentRequest message) {
			this.model = message.model;
			this.contents = message.contents;
			this.systemInstruction = message.systemInstruction;
			this.tools = message.tools;
			this.toolConfig = message.toolConfig;
			this.safetySettings = message.safetySettings;
			this.generationConfig = message.generationConfig;
			this.cachedContent = message.cachedContent;
			this.store = message.store;
			this.serviceTier = message.serviceTier;
			this.labels = message.labels;
			this.modelArmorConfig = message.modelArmorConfig;
			this.additional = message.additional;
		}

		/**
		 * Set the model to ask, such as {@code gemini-3.5-flash}; part of the path, never
		 * of the body.
		 * @param model the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder model(@Nullable String model) {
			this.model = model;
			return this;
		}

		/**
		 * Set the conversation so far, normally ending with a content of the user.
		 * @param contents the values
		 * @return this builder
		 */
		public Builder contents(List<Content> contents) {
			this.contents = contents;
			return this;
		}

		/**
		 * Set the conversation so far, normally ending with a content of the user.
		 * @param contents the values
		 * @return this builder
		 */
		public Builder contents(Content... contents) {
			return contents(List.of(contents));
		}

		/**
		 * Set the system instruction of the conversation, text only.
		 * @param systemInstruction the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder systemInstruction(@Nullable Content systemInstruction) {
			this.systemInstruction = systemInstruction;
			return this;
		}

		/**
		 * Set the tools that the model may use.
		 * @param tools the values
		 * @return this builder
		 */
		public Builder tools(List<Tool> tools) {
			this.tools = tools;
			return this;
		}

		/**
		 * Set the tools that the model may use.
		 * @param tools the values
		 * @return this builder
		 */
		public Builder tools(Tool... tools) {
			return tools(List.of(tools));
		}

		/**
		 * Set the settings for the use of tools.
		 * @param toolConfig the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder toolConfig(@Nullable ToolConfig toolConfig) {
			this.toolConfig = toolConfig;
			return this;
		}

		/**
		 * Set the thresholds of the safety filters, at most one for each category.
		 * @param safetySettings the values
		 * @return this builder
		 */
		public Builder safetySettings(List<SafetySetting> safetySettings) {
			this.safetySettings = safetySettings;
			return this;
		}

		/**
		 * Set the thresholds of the safety filters, at most one for each category.
		 * @param safetySettings the values
		 * @return this builder
		 */
		public Builder safetySettings(SafetySetting... safetySettings) {
			return safetySettings(List.of(safetySettings));
		}

		/**
		 * Set the settings for the generation.
		 * @param generationConfig the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder generationConfig(@Nullable GenerationConfig generationConfig) {
			this.generationConfig = generationConfig;
			return this;
		}

		/**
		 * Set the name of a cached context, {@code cachedContents/...}.
		 * @param cachedContent the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder cachedContent(@Nullable String cachedContent) {
			this.cachedContent = cachedContent;
			return this;
		}

		/**
		 * Set whether the request may be logged, on Google's own endpoint.
		 * @param store the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder store(@Nullable Boolean store) {
			this.store = store;
			return this;
		}

		/**
		 * Set the service tier to use, on Google's own endpoint.
		 * @param serviceTier the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder serviceTier(@Nullable ServiceTier serviceTier) {
			this.serviceTier = serviceTier;
			return this;
		}

		/**
		 * Set the billing labels, Vertex AI only.
		 * @param labels the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder labels(@Nullable Map<String, String> labels) {
			this.labels = labels;
			return this;
		}

		/**
		 * Set the Model Armor templates, Vertex AI only, excludes safety settings.
		 * @param modelArmorConfig the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder modelArmorConfig(@Nullable ModelArmorConfig modelArmorConfig) {
			this.modelArmorConfig = modelArmorConfig;
			return this;
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
		public GenerateContentRequest build() {
			return new GenerateContentRequest(this.model, this.contents, this.systemInstruction, this.tools,
					this.toolConfig, this.safetySettings, this.generationConfig, this.cachedContent, this.store,
					this.serviceTier, this.labels, this.modelArmorConfig, this.additional);
		}

	}

}
