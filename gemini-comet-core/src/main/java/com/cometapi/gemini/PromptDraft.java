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

package com.cometapi.gemini;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerationConfig;
import com.cometapi.gemini.api.HarmCategory;
import com.cometapi.gemini.api.McpServer;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.RetrievalConfig;
import com.cometapi.gemini.api.SafetySetting;
import com.cometapi.gemini.api.Tool;
import com.cometapi.gemini.api.ToolConfig;
import com.cometapi.gemini.client.GeminiCallOptions;
import com.cometapi.gemini.function.GeminiFunctionRunner;
import com.cometapi.gemini.function.GeminiFunctions;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Starts as the configured defaults, takes the steps of a prompt in their order and
 * becomes a request. Lives for one call.
 */
final class PromptDraft {

	private static final RetrievalConfig NO_RETRIEVAL_CONFIG = RetrievalConfig.of(null, null);

	private final List<Content> history = new ArrayList<>();

	private final List<Part> parts = new ArrayList<>();

	private final List<Tool> tools = new ArrayList<>();

	private final List<FunctionDeclaration> functions = new ArrayList<>();

	private final List<McpServer> mcpServers = new ArrayList<>();

	private final Map<@Nullable HarmCategory, SafetySetting> safetySettings = new LinkedHashMap<>();

	private final List<Consumer<GenerateContentRequest.Builder>> requestChanges = new ArrayList<>();

	private final GenerateContentRequest.Builder request = GenerateContentRequest.builder();

	private final GeminiCallOptions.Builder options = GeminiCallOptions.builder();

	private final GenerationConfig defaultGenerationConfig;

	private final Supplier<GeminiFunctions> functionFactory;

	private GenerationConfig.@Nullable Builder generationConfig;

	private @Nullable ToolConfig toolConfig;

	private @Nullable GenerateContentRequest built;

	private @Nullable FunctionChoice functionChoice;

	private @Nullable GeminiFunctionRunner runner;

	PromptDraft(GeminiDefaults defaults, Supplier<GeminiFunctions> functionFactory) {
		this.functionFactory = functionFactory;
		this.request.model(defaults.model());
		this.defaultGenerationConfig = defaults.generationConfig();
		defaults.safetySettings().forEach(this::safety);
	}

	GenerateContentRequest.Builder request() {
		return this.request;
	}

	// What is said twice is one instruction with several parts.
	void system(Content content) {
		Content before = this.request.build().systemInstruction();
		if (before == null) {
			this.request.systemInstruction(content);
			return;
		}
		List<Part> all = new ArrayList<>(before.parts());
		all.addAll(content.parts());
		this.request.systemInstruction(new Content(before.role(), all, before.additional()));
	}

	void requestChange(Consumer<GenerateContentRequest.Builder> change) {
		this.requestChanges.add(change);
	}

	GeminiCallOptions.Builder options() {
		return this.options;
	}

	GenerationConfig.Builder generationConfig() {
		if (this.generationConfig == null) {
			this.generationConfig = this.defaultGenerationConfig.toBuilder();
		}
		return this.generationConfig;
	}

	void part(Part part) {
		this.parts.add(part);
	}

	boolean bringsResults() {
		return TurnContents.hasResults(this.parts);
	}

	// Before all that the prompt says itself.
	void precede(List<Content> contents) {
		Assert.isTrue(!this.parts.isEmpty(), "A turn of a chat must have a text or a medium");
		checkMediaAreKept();
		this.history.addAll(0, contents);
	}

	/**
	 * Check that the answer will have its media, and can be sent back.
	 */
	void checkMediaAreKept() {
		Assert.isTrue(toOptions().mediaSink() == null, "What a 'mediaSink' has taken cannot be sent back to the model: "
				+ "use it without functions, entities, turn() and a chat");
	}

	void history(List<Content> contents) {
		this.history.addAll(contents);
	}

	// The prompt has been answered: what it said itself is among the earlier contents.
	void askAgain(List<Content> earlier, Content complaint) {
		this.history.addAll(earlier);
		this.parts.clear();
		this.parts.addAll(complaint.parts());
	}

	void tool(Tool tool) {
		// The same tool twice is an error on the wire.
		if (!this.tools.contains(tool)) {
			this.tools.add(tool);
		}
	}

	void functions(List<FunctionDeclaration> functions) {
		this.functions.addAll(functions);
	}

	FunctionChoice functionChoice() {
		if (this.functionChoice == null) {
			this.functionChoice = new FunctionChoice();
		}
		return this.functionChoice;
	}

	/**
	 * Return what runs the functions of the prompt.
	 * @return the runner, or {@code null} if there are no functions to run
	 */
	@Nullable GeminiFunctionRunner runner() {
		if (this.runner == null && this.functionChoice != null && !this.functionChoice.isEmpty()) {
			this.runner = this.functionChoice.toRunner(this.functionFactory.get());
		}
		return this.runner;
	}

	void mcpServer(McpServer server) {
		this.mcpServers.add(server);
	}

	void toolConfig(UnaryOperator<ToolConfig> change) {
		this.toolConfig = change.apply((this.toolConfig != null) ? this.toolConfig : ToolConfig.create());
	}

	void retrievalConfig(UnaryOperator<RetrievalConfig> change) {
		toolConfig((config) -> {
			RetrievalConfig retrieval = config.retrievalConfig();
			return config.withRetrieval(change.apply((retrieval != null) ? retrieval : NO_RETRIEVAL_CONFIG));
		});
	}

	void safety(SafetySetting setting) {
		this.safetySettings.put(setting.category(), setting);
	}

	// A draft that asks again is built again.
	GenerateContentRequest toRequest() {
		// What the caller changes must not be changed again by the next request.
		GenerateContentRequest.Builder builder = (this.requestChanges.isEmpty()) ? this.request
				: this.request.build().toBuilder();
		builder.toolConfig(this.toolConfig);
		builder.generationConfig(buildGenerationConfig());
		setIfAny(buildContents(), builder::contents);
		setIfAny(buildTools(), builder::tools);
		if (!this.safetySettings.isEmpty()) {
			builder.safetySettings(List.copyOf(this.safetySettings.values()));
		}
		this.requestChanges.forEach((change) -> change.accept(builder));
		GenerateContentRequest built = builder.build();
		Assert.isTrue(!built.contents().isEmpty(), "A prompt must have a text, a medium or a history");
		this.built = built;
		return built;
	}

	// What the request that was built last says beside the history.
	List<Content> ownContents() {
		List<Content> contents = (this.built != null) ? this.built.contents() : List.of();
		return contents.subList(Math.min(this.history.size(), contents.size()), contents.size());
	}

	GeminiCallOptions toOptions() {
		return this.options.build();
	}

	private @Nullable GenerationConfig buildGenerationConfig() {
		// One that the prompt has touched is sent even if it is empty: the caller asked
		// for it.
		if (this.generationConfig == null && this.defaultGenerationConfig == GeminiDefaults.NO_GENERATION_CONFIG) {
			return null;
		}
		return generationConfig().build();
	}

	private List<Content> buildContents() {
		List<Content> contents = new ArrayList<>(this.history);
		if (!this.parts.isEmpty()) {
			contents.add(Content.user(this.parts.toArray(Part[]::new)));
		}
		return contents;
	}

	private List<Tool> buildTools() {
		List<Tool> tools = new ArrayList<>(this.tools);
		setIfAny(this.mcpServers, (servers) -> tools.add(Tool.builder().mcpServers(servers).build()));
		List<FunctionDeclaration> declarations = new ArrayList<>(this.functions);
		GeminiFunctionRunner runner = runner();
		if (runner != null) {
			declarations.addAll(runner.declarations());
		}
		setIfAny(declarations, (functions) -> tools.add(Tool.builder().functionDeclarations(functions).build()));
		return tools;
	}

	// An empty list would be sent as such.
	private static <T> void setIfAny(List<T> values, Consumer<List<T>> setter) {
		if (!values.isEmpty()) {
			setter.accept(values);
		}
	}

}
