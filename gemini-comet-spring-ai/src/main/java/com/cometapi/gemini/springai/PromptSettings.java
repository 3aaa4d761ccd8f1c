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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerationConfig;
import com.cometapi.gemini.api.HarmCategory;
import com.cometapi.gemini.api.McpServer;
import com.cometapi.gemini.api.SafetySetting;
import com.cometapi.gemini.api.Tool;
import com.cometapi.gemini.api.ToolConfig;
import com.cometapi.gemini.client.GeminiCallOptions;
import com.cometapi.gemini.prompt.PromptSpec;
import com.cometapi.gemini.schema.ToolSchemas;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a prompt that other models of Spring AI do not have. Belongs to one
 * builder or to one instance of {@link GeminiCometChatOptions}, which does not change it.
 */
final class PromptSettings {

	final List<Consumer<GenerationConfig.Builder>> generation = new ArrayList<>();

	final Map<@Nullable HarmCategory, SafetySetting> safety = new LinkedHashMap<>();

	final List<Tool> tools = new ArrayList<>();

	final List<McpServer> mcpServers = new ArrayList<>();

	final List<FunctionDeclaration> declarations = new ArrayList<>();

	final List<Consumer<GenerateContentRequest.Builder>> request = new ArrayList<>();

	final List<Consumer<GeminiCallOptions.Builder>> call = new ArrayList<>();

	@Nullable ToolConfig toolConfig;

	@Nullable String cachedContent;

	@Nullable String outputSchema;

	PromptSettings copy() {
		PromptSettings copy = new PromptSettings();
		copy.addAll(this);
		return copy;
	}

	// The other settings take precedence.
	void addAll(PromptSettings other) {
		this.generation.addAll(other.generation);
		this.safety.putAll(other.safety);
		addMissing(other.tools, this.tools);
		addMissing(other.mcpServers, this.mcpServers);
		addMissing(other.declarations, this.declarations);
		addMissing(other.request, this.request);
		this.call.addAll(other.call);
		this.toolConfig = (other.toolConfig != null) ? other.toolConfig : this.toolConfig;
		this.cachedContent = (other.cachedContent != null) ? other.cachedContent : this.cachedContent;
		this.outputSchema = (other.outputSchema != null) ? other.outputSchema : this.outputSchema;
	}

	// The other settings may be a changed copy of these, and the API rejects a tool or
	// function that is sent twice.
	private static <T> void addMissing(List<T> source, List<T> target) {
		source.stream().filter((element) -> !target.contains(element)).forEach(target::add);
	}

	void addTool(Tool tool) {
		addMissing(List.of(tool), this.tools);
	}

	GeminiCallOptions callOptions() {
		GeminiCallOptions.Builder options = GeminiCallOptions.builder();
		this.call.forEach((change) -> change.accept(options));
		return options.build();
	}

	void applyTo(GenerationConfig.Builder config) {
		this.generation.forEach((change) -> change.accept(config));
		if (this.outputSchema != null) {
			config.responseMimeType("application/json")
				.responseJsonSchema(ToolSchemas.convertResponse(JsonValues.readSchema(this.outputSchema)))
				.responseSchema(null);
		}
	}

	void applyTo(PromptSpec prompt) {
		this.safety.values().forEach((setting) -> {
			if (setting.category() != null && setting.threshold() != null) {
				prompt.safety(setting.category(), setting.threshold());
			}
		});
		this.tools.forEach(prompt::tool);
		this.mcpServers.forEach(prompt::mcpServer);
		if (!this.declarations.isEmpty()) {
			prompt.functions(this.declarations.toArray(FunctionDeclaration[]::new));
		}
		ifPresent(this.toolConfig, prompt::toolConfig);
		ifPresent(this.cachedContent, prompt::cachedContent);
		this.request.forEach(prompt::request);
		applyCallOptions(prompt);
	}

	private void applyCallOptions(PromptSpec prompt) {
		GeminiCallOptions options = callOptions();
		ifPresent(options.apiKey(), prompt::apiKey);
		options.headers().forEach(prompt::header);
		ifPresent(options.firstEventTimeout(), prompt::firstEventTimeout);
		ifPresent(options.idleTimeout(), prompt::idleTimeout);
		ifPresent(options.totalTimeout(), prompt::totalTimeout);
		ifPresent(options.retry(), prompt::retry);
		ifPresent(options.mediaSink(), prompt::mediaSink);
		prompt.priority(options.priority());
		options.budgetKeys().forEach(prompt::budgetKey);
		ifPresent(options.cacheResponse(), prompt::cacheResponse);
	}

	static <T> void ifPresent(@Nullable T value, Consumer<T> action) {
		if (value != null) {
			action.accept(value);
		}
	}

	// The settings for generation are compared as a whole, together with the common ones.
	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof PromptSettings that && this.safety.equals(that.safety) && this.tools.equals(that.tools)
				&& this.mcpServers.equals(that.mcpServers) && this.declarations.equals(that.declarations)
				&& this.request.equals(that.request) && callOptions().equals(that.callOptions())
				&& Objects.equals(this.toolConfig, that.toolConfig)
				&& Objects.equals(this.cachedContent, that.cachedContent)
				&& Objects.equals(this.outputSchema, that.outputSchema);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.tools, this.cachedContent, this.outputSchema);
	}

}
