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

package com.cometapi.gemini.springai;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import com.cometapi.gemini.api.FunctionCallingConfig;
import com.cometapi.gemini.api.FunctionCallingMode;
import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerationConfig;
import com.cometapi.gemini.api.HarmBlockThreshold;
import com.cometapi.gemini.api.HarmCategory;
import com.cometapi.gemini.api.LatLng;
import com.cometapi.gemini.api.McpServer;
import com.cometapi.gemini.api.RetrievalConfig;
import com.cometapi.gemini.api.SafetySetting;
import com.cometapi.gemini.api.ThinkingConfig;
import com.cometapi.gemini.api.Tool;
import com.cometapi.gemini.api.ToolConfig;
import com.cometapi.gemini.client.GeminiCallOptions;
import com.cometapi.gemini.prompt.PromptGenerationSpec;
import com.cometapi.gemini.prompt.PromptSpec;
import com.cometapi.gemini.prompt.PromptToolSpec;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.model.tool.DefaultToolCallingChatOptions;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.util.Assert;

/**
 * Options of a {@link GeminiCometChatModel}: those of all models of Spring AI, and all
 * settings of a {@link PromptSpec} apart from its contents. Options that are not set are
 * as configured for the {@code GeminiOperations} behind the model. Immutable and
 * thread-safe.
 *
 * <pre class="code">
 * GeminiCometChatOptions.builder()
 *     .model("gemini-3.5-flash")
 *     .thinkingLevel(ThinkingLevel.LOW)
 *     .googleSearch()
 *     .build();
 * </pre>
 */
public final class GeminiCometChatOptions extends DefaultToolCallingChatOptions implements StructuredOutputChatOptions {

	private final PromptSettings settings;

	private GeminiCometChatOptions(ToolCallingChatOptions common, PromptSettings settings) {
		super(common.getToolCallbacks(), common.getToolContext(), common.getModel(), common.getFrequencyPenalty(),
				common.getMaxTokens(), common.getPresencePenalty(), common.getStopSequences(), common.getTemperature(),
				common.getTopK(), common.getTopP());
		this.settings = settings;
	}

	/**
	 * Return the generation settings of these options, including those that all models of
	 * Spring AI have.
	 * @return the settings, without values for those that are not set
	 */
	public GenerationConfig getGenerationConfig() {
		GenerationConfig.Builder config = GenerationConfig.builder();
		applyTo(config);
		return config.build();
	}

	/**
	 * Return the thinking settings.
	 * @return the settings, or {@code null} if not set
	 */
	public @Nullable ThinkingConfig getThinkingConfig() {
		return getGenerationConfig().thinkingConfig();
	}

	/**
	 * Return the thresholds of the safety filters.
	 * @return the thresholds that differ from the configured ones
	 */
	public List<SafetySetting> getSafetySettings() {
		return List.copyOf(this.settings.safety.values());
	}

	/**
	 * Return the built-in tools of the API, such as the Google search.
	 * @return the tools
	 */
	public List<Tool> getTools() {
		return List.copyOf(this.settings.tools);
	}

	/**
	 * Return the settings for tools.
	 * @return the settings, or {@code null} if not set
	 */
	public @Nullable ToolConfig getToolConfig() {
		return this.settings.toolConfig;
	}

	/**
	 * Return the name of the cached content that is the context of the prompt.
	 * @return the name, or {@code null} for none
	 */
	public @Nullable String getCachedContent() {
		return this.settings.cachedContent;
	}

	/**
	 * Return the per-call options: key, headers, time limits, retries and others.
	 * @return the options
	 */
	public GeminiCallOptions getCallOptions() {
		return this.settings.callOptions();
	}

	@Override
	public @Nullable String getOutputSchema() {
		return this.settings.outputSchema;
	}

	@Override
	public Builder mutate() {
		return new Builder(this);
	}

	void applyTo(PromptSpec prompt) {
		PromptSettings.ifPresent(getModel(), prompt::model);
		// An empty configuration would be sent.
		boolean isUnset = this.settings.generation.isEmpty()
				&& getGenerationConfig().equals(GenerationConfig.builder().build());
		if (!isUnset) {
			prompt.generationConfig(this::applyTo);
		}
		this.settings.applyTo(prompt);
	}

	private void applyTo(GenerationConfig.Builder config) {
		this.settings.applyTo(config);
		PromptSettings.ifPresent(getTemperature(), config::temperature);
		PromptSettings.ifPresent(getTopP(), config::topP);
		PromptSettings.ifPresent(getTopK(), config::topK);
		PromptSettings.ifPresent(getMaxTokens(), config::maxOutputTokens);
		PromptSettings.ifPresent(getPresencePenalty(), config::presencePenalty);
		PromptSettings.ifPresent(getFrequencyPenalty(), config::frequencyPenalty);
		PromptSettings.ifPresent(getStopSequences(), (texts) -> config.stopSequences(texts));
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return super.equals(other) && other instanceof GeminiCometChatOptions that
				&& this.settings.equals(that.settings) && getGenerationConfig().equals(that.getGenerationConfig());
	}

	@Override
	public int hashCode() {
		return Objects.hash(super.hashCode(), this.settings);
	}

	@Override
	public String toString() {
		return "GeminiCometChatOptions[model=%s, generationConfig=%s, tools=%s, callOptions=%s]".formatted(getModel(),
				getGenerationConfig(), getTools(), getCallOptions());
	}

	/**
	 * Return a builder without values.
	 * @return a new builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Builder for {@link GeminiCometChatOptions}, not thread-safe. Offers every setting
	 * of a prompt under the same name.
	 */
	public static final class Builder extends DefaultToolCallingChatOptions.Builder<Builder> implements
			StructuredOutputChatOptions.Builder<Builder>, PromptGenerationSpec<Builder>, PromptToolSpec<Builder> {

		private PromptSettings settings;

		private Builder() {
			this.settings = new PromptSettings();
		}

		private Builder(GeminiCometChatOptions options) {
			this.settings = options.settings.copy();
			model(options.getModel());
			frequencyPenalty(options.getFrequencyPenalty());
			maxTokens(options.getMaxTokens());
			presencePenalty(options.getPresencePenalty());
			stopSequences(options.getStopSequences());
			temperature(options.getTemperature());
			topK(options.getTopK());
			topP(options.getTopP());
			toolCallbacks(options.getToolCallbacks());
			toolContext(options.getToolContext());
		}

		@Override
		public Builder clone() {
			Builder copy = super.clone();
			copy.settings = this.settings.copy();
			return copy;
		}

		/**
		 * Change any setting for generation.
		 * @param change changes the configured settings; called more than once
		 * @return this builder
		 */
		@Override
		public Builder generationConfig(Consumer<GenerationConfig.Builder> change) {
			this.settings.generation.add(change);
			// Settings that all models have are stored where Spring AI stores them.
			GenerationConfig.Builder config = GenerationConfig.builder()
				.temperature(this.temperature)
				.topP(this.topP)
				.topK(this.topK)
				.maxOutputTokens(this.maxTokens)
				.presencePenalty(this.presencePenalty)
				.frequencyPenalty(this.frequencyPenalty);
			PromptSettings.ifPresent(this.stopSequences, (texts) -> config.stopSequences(texts));
			change.accept(config);
			GenerationConfig changed = config.build();
			this.temperature = changed.temperature();
			this.topP = changed.topP();
			this.topK = changed.topK();
			this.maxTokens = changed.maxOutputTokens();
			this.presencePenalty = changed.presencePenalty();
			this.frequencyPenalty = changed.frequencyPenalty();
			return changed.stopSequences().isEmpty() ? this : stopSequences(changed.stopSequences());
		}

		/**
		 * Set the threshold at which responses are blocked for a harm category.
		 * @param category the category
		 * @param threshold the threshold
		 * @return this builder
		 */
		public Builder safety(HarmCategory category, HarmBlockThreshold threshold) {
			this.settings.safety.put(category, SafetySetting.of(category, threshold));
			return this;
		}

		@Override
		public Builder tool(Tool tool) {
			Assert.notNull(tool, "'tool' must not be null");
			this.settings.addTool(tool);
			return this;
		}

		@Override
		public Builder mcpServer(McpServer server) {
			Assert.notNull(server, "'server' must not be null");
			this.settings.mcpServers.add(server);
			return this;
		}

		@Override
		public Builder functions(FunctionDeclaration... functions) {
			this.settings.declarations.addAll(List.of(functions));
			return this;
		}

		@Override
		public Builder functionCalling(FunctionCallingMode mode, String... allowedFunctionNames) {
			return changeToolConfig(
					(config) -> config.withFunctionCalling(FunctionCallingConfig.of(mode, allowedFunctionNames)));
		}

		@Override
		public Builder location(LatLng location) {
			return changeToolConfig((config) -> config
				.withRetrieval(RetrievalConfig.of(location, languageCode(config.retrievalConfig()))));
		}

		private static @Nullable String languageCode(@Nullable RetrievalConfig config) {
			return (config != null) ? config.languageCode() : null;
		}

		@Override
		public Builder languageCode(String languageCode) {
			return changeToolConfig((config) -> {
				RetrievalConfig retrieval = config.retrievalConfig();
				return config
					.withRetrieval(RetrievalConfig.of((retrieval != null) ? retrieval.latLng() : null, languageCode));
			});
		}

		private Builder changeToolConfig(UnaryOperator<ToolConfig> change) {
			ToolConfig config = this.settings.toolConfig;
			return toolConfig(change.apply((config != null) ? config : ToolConfig.create()));
		}

		@Override
		public Builder toolConfig(ToolConfig toolConfig) {
			this.settings.toolConfig = toolConfig;
			return this;
		}

		/**
		 * Use cached content as the context of the prompt.
		 * @param cachedContent the name of the cached content
		 * @return this builder
		 */
		public Builder cachedContent(String cachedContent) {
			this.settings.cachedContent = cachedContent;
			return this;
		}

		/**
		 * Change the request in any way, after everything else.
		 * @param change changes the request; called for each call of the model
		 * @return this builder
		 */
		public Builder request(Consumer<GenerateContentRequest.Builder> change) {
			this.settings.request.add(change);
			return this;
		}

		/**
		 * Change the per-call options: key, headers, time limits, retries, priority,
		 * budget keys and others.
		 * @param change changes the options; called more than once
		 * @return this builder
		 */
		public Builder callOptions(Consumer<GeminiCallOptions.Builder> change) {
			this.settings.call.add(change);
			return this;
		}

		/**
		 * Set the JSON Schema that the response must match. Sent as it is, without an
		 * instruction in the prompt.
		 * @param outputSchema the schema, or {@code null} for none
		 * @return this builder
		 */
		@Override
		public Builder outputSchema(@Nullable String outputSchema) {
			this.settings.outputSchema = outputSchema;
			return this;
		}

		@Override
		public Builder temperature(double temperature) {
			return temperature(Double.valueOf(temperature));
		}

		@Override
		public Builder topP(double topP) {
			return topP(Double.valueOf(topP));
		}

		@Override
		public Builder topK(int topK) {
			return topK(Integer.valueOf(topK));
		}

		@Override
		public Builder maxOutputTokens(int maxOutputTokens) {
			return maxTokens(maxOutputTokens);
		}

		@Override
		public Builder stopSequences(String... stopSequences) {
			return stopSequences(List.of(stopSequences));
		}

		@Override
		public Builder presencePenalty(double presencePenalty) {
			return presencePenalty(Double.valueOf(presencePenalty));
		}

		@Override
		public Builder frequencyPenalty(double frequencyPenalty) {
			return frequencyPenalty(Double.valueOf(frequencyPenalty));
		}

		/**
		 * Add the settings of another builder, which take precedence. From a builder for
		 * another model, only those that all models have are taken.
		 * @param other the other builder
		 * @return this builder
		 */
		@Override
		public Builder combineWith(ChatOptions.Builder<?> other) {
			super.combineWith(other);
			if (other instanceof Builder that) {
				this.settings.addAll(that.settings);
			}
			else if (other instanceof StructuredOutputChatOptions.Builder<?> structured) {
				PromptSettings.ifPresent(((StructuredOutputChatOptions) structured.clone().build()).getOutputSchema(),
						this::outputSchema);
			}
			return this;
		}

		/**
		 * Build the options.
		 * @return new, immutable options
		 */
		@Override
		public GeminiCometChatOptions build() {
			return new GeminiCometChatOptions(super.build(), this.settings.copy());
		}

	}

}
