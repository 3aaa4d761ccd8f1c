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

package com.cometapi.gemini.prompt;

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
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Collects the settings of a prompt, which start as the configured defaults, and
 * assembles its request from them, as often as it is asked.
 */
final class RequestAssembler {

	private static final RetrievalConfig NO_RETRIEVAL_CONFIG = RetrievalConfig.of(null, null);

	private List<Content> history = List.of();

	private List<Supplier<Part>> parts = List.of();

	private List<Tool> tools = List.of();

	private List<FunctionDeclaration> declarations = List.of();

	private List<McpServer> mcpServers = List.of();

	private Map<@Nullable HarmCategory, SafetySetting> safetySettings = Map.of();

	private List<Consumer<GenerateContentRequest.Builder>> requestChanges = List.of();

	private @Nullable PromptFunctions functions;

	private String model;

	private @Nullable Content systemInstruction;

	private GenerationConfig generationConfig;

	private @Nullable ToolConfig toolConfig;

	private @Nullable String cachedContent;

	private GeminiCallOptions options = GeminiCallOptions.DEFAULTS;

	private boolean readsMedia;

	RequestAssembler(GeminiDefaults defaults) {
		this.model = defaults.model();
		this.generationConfig = defaults.generationConfig();
		defaults.safetySettings().forEach(this::safety);
	}

	RequestAssembler(RequestAssembler other) {
		this.history = other.history;
		this.parts = other.parts;
		this.tools = other.tools;
		this.declarations = other.declarations;
		this.mcpServers = other.mcpServers;
		this.safetySettings = other.safetySettings;
		this.requestChanges = other.requestChanges;
		this.functions = (other.functions != null) ? other.functions.copy() : null;
		this.model = other.model;
		this.systemInstruction = other.systemInstruction;
		this.generationConfig = other.generationConfig;
		this.toolConfig = other.toolConfig;
		this.cachedContent = other.cachedContent;
		this.options = other.options;
		this.readsMedia = other.readsMedia;
	}

	// Copies share their lists, which are never changed.
	private static <T> List<T> append(List<T> list, List<T> more) {
		if (list.isEmpty()) {
			return List.copyOf(more);
		}
		List<T> all = new ArrayList<>(list);
		all.addAll(more);
		return all;
	}

	void model(String model) {
		this.model = model;
	}

	void system(Content content) {
		this.systemInstruction = join(this.systemInstruction, content);
	}

	// Several instructions become one with several parts.
	static Content join(@Nullable Content instruction, Content content) {
		if (instruction == null) {
			return content;
		}
		List<Part> parts = new ArrayList<>(instruction.parts());
		parts.addAll(content.parts());
		return new Content(instruction.role(), parts, instruction.additional());
	}

	void history(List<Content> contents) {
		this.history = append(this.history, contents);
	}

	void part(Part part) {
		this.parts = append(this.parts, List.of(() -> part));
	}

	void media(MediaPart media) {
		this.parts = append(this.parts, List.of(media::read));
		this.readsMedia = true;
	}

	void generationConfig(Consumer<GenerationConfig.Builder> change) {
		GenerationConfig.Builder builder = this.generationConfig.toBuilder();
		change.accept(builder);
		this.generationConfig = builder.build();
	}

	void safety(SafetySetting setting) {
		Map<@Nullable HarmCategory, SafetySetting> settings = new LinkedHashMap<>(this.safetySettings);
		settings.put(setting.category(), setting);
		this.safetySettings = settings;
	}

	void tool(Tool tool) {
		// The API refuses the same tool twice.
		if (!this.tools.contains(tool)) {
			this.tools = append(this.tools, List.of(tool));
		}
	}

	void mcpServer(McpServer server) {
		this.mcpServers = append(this.mcpServers, List.of(server));
	}

	void declarations(List<FunctionDeclaration> declarations) {
		this.declarations = append(this.declarations, declarations);
	}

	PromptFunctions functions() {
		if (this.functions == null) {
			this.functions = new PromptFunctions();
		}
		return this.functions;
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

	void cachedContent(String cachedContent) {
		this.cachedContent = cachedContent;
	}

	void requestChange(Consumer<GenerateContentRequest.Builder> change) {
		this.requestChanges = append(this.requestChanges, List.of(change));
	}

	void options(Consumer<GeminiCallOptions.Builder> change) {
		GeminiCallOptions.Builder builder = this.options.toBuilder();
		change.accept(builder);
		this.options = builder.build();
	}

	/**
	 * Return whether assembling reads media, which may block.
	 * @return {@code true} if it does
	 */
	boolean readsMedia() {
		return this.readsMedia;
	}

	/**
	 * Return whether there are sources to be asked for functions before assembling.
	 * @return {@code true} if there are
	 */
	boolean hasFunctionSources() {
		return this.functions != null && this.functions.hasSources();
	}

	/**
	 * Ask the sources for their functions.
	 * @return a copy that has the functions instead of the sources
	 */
	Mono<RequestAssembler> withSourcedFunctions() {
		Assert.state(this.functions != null, "There are no functions");
		return this.functions.withSourcedFunctions().map((functions) -> {
			RequestAssembler copy = new RequestAssembler(this);
			copy.functions = functions;
			return copy;
		});
	}

	@Nullable String model() {
		return this.model;
	}

	GeminiCallOptions options() {
		return this.options;
	}

	/**
	 * Return whether assembling calls code of the application.
	 * @return {@code true} if it does
	 */
	boolean callsApplication() {
		return this.readsMedia || !this.requestChanges.isEmpty();
	}

	/**
	 * Assemble the turn of a run. Does not modify this object.
	 * @param run the run
	 * @param factory the factory of the prompt
	 * @return the turn
	 */
	PromptTurn assemble(PromptRun run, PromptFactory factory) {
		GeminiFunctionRunner runner = (this.functions != null) ? this.functions.toRunner(factory::functions) : null;
		GenerateContentRequest request = factory.complete(request(runner), true);
		int historySize = Math.min(this.history.size(), request.contents().size());
		return new PromptTurn(run, request, this.options,
				request.contents().subList(historySize, request.contents().size()), runner);
	}

	private GenerateContentRequest request(@Nullable GeminiFunctionRunner runner) {
		GenerateContentRequest.Builder builder = GenerateContentRequest.builder()
			.model(this.model)
			.systemInstruction(this.systemInstruction)
			.toolConfig(this.toolConfig)
			.cachedContent(this.cachedContent);
		// A configuration that the prompt has emptied is sent empty.
		if (this.generationConfig != GeminiDefaults.NO_GENERATION_CONFIG) {
			builder.generationConfig(this.generationConfig);
		}
		// An empty list would be sent as such.
		if (!this.history.isEmpty() || !this.parts.isEmpty()) {
			builder.contents(contents());
		}
		if (runner != null || !this.declarations.isEmpty() || !this.mcpServers.isEmpty() || !this.tools.isEmpty()) {
			builder.tools(tools(runner));
		}
		if (!this.safetySettings.isEmpty()) {
			builder.safetySettings(List.copyOf(this.safetySettings.values()));
		}
		this.requestChanges.forEach((change) -> change.accept(builder));
		GenerateContentRequest request = builder.build();
		Assert.isTrue(!request.contents().isEmpty(), "A prompt must have a text, a medium or a history");
		return request;
	}

	private List<Content> contents() {
		List<Content> contents = new ArrayList<>(this.history);
		if (!this.parts.isEmpty()) {
			Part[] parts = new Part[this.parts.size()];
			for (int i = 0; i < parts.length; i++) {
				parts[i] = this.parts.get(i).get();
			}
			contents.add(Content.user(parts));
		}
		return contents;
	}

	private List<Tool> tools(@Nullable GeminiFunctionRunner runner) {
		List<Tool> tools = new ArrayList<>(this.tools);
		if (!this.mcpServers.isEmpty()) {
			tools.add(Tool.builder().mcpServers(List.copyOf(this.mcpServers)).build());
		}
		List<FunctionDeclaration> declarations = new ArrayList<>(this.declarations);
		if (runner != null) {
			declarations.addAll(runner.declarations());
		}
		if (!declarations.isEmpty()) {
			tools.add(Tool.builder().functionDeclarations(declarations).build());
		}
		return tools;
	}

}
