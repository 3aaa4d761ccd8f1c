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

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerationConfig;
import com.cometapi.gemini.api.ThinkingConfig;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.ModelId;
import com.cometapi.gemini.entity.EntityReaderFactory;
import com.cometapi.gemini.entity.GeminiEntitySettings;
import com.cometapi.gemini.function.GeminiFunctions;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;
import org.springframework.util.function.SingletonSupplier;

/**
 * Creates prompts, and completes requests that the application has built itself.
 * Immutable and thread-safe.
 */
public final class PromptFactory {

	private final GeminiClient client;

	private final GeminiDefaults defaults;

	private final ThinkingRules thinkingRules;

	private final RequestAssembler prototype;

	private final Supplier<GeminiFunctions> functions;

	private final Supplier<EntityReaderFactory> entities;

	private final List<TurnAdvisor> advisors;

	/**
	 * Create a factory without advisors.
	 * @param client the client that calls the models
	 * @param defaults the default values of prompts
	 */
	public PromptFactory(GeminiClient client, GeminiDefaults defaults) {
		this(client, defaults, SingletonSupplier.of(() -> GeminiFunctions.create(JsonMapper.shared())),
				SingletonSupplier.of(() -> new EntityReaderFactory(GeminiEntitySettings.of(JsonMapper.shared()))),
				List.of());
	}

	private PromptFactory(GeminiClient client, GeminiDefaults defaults, Supplier<GeminiFunctions> functions,
			Supplier<EntityReaderFactory> entities, List<TurnAdvisor> advisors) {
		Assert.notNull(client, "'client' must not be null");
		Assert.notNull(defaults, "'defaults' must not be null");
		this.client = client;
		this.defaults = defaults;
		this.thinkingRules = new ThinkingRules(defaults.thinking());
		this.prototype = new RequestAssembler(defaults);
		this.functions = functions;
		this.entities = entities;
		this.advisors = advisors;
	}

	/**
	 * Return a copy with other functions.
	 * @param functions supplier of the functions, called when a prompt names functions;
	 * must always return the same instance
	 * @return the copy
	 */
	public PromptFactory withFunctions(Supplier<GeminiFunctions> functions) {
		Assert.notNull(functions, "'functions' must not be null");
		return new PromptFactory(this.client, this.defaults, functions, this.entities, this.advisors);
	}

	/**
	 * Return a copy with other settings for typed responses.
	 * @param settings the settings, with the application's mapper
	 * @return the copy
	 */
	public PromptFactory withEntities(GeminiEntitySettings settings) {
		Assert.notNull(settings, "'settings' must not be null");
		return new PromptFactory(this.client, this.defaults, this.functions,
				SingletonSupplier.of(() -> new EntityReaderFactory(settings)), this.advisors);
	}

	/**
	 * Return a copy with advisors of all turns.
	 * @param advisors the advisors, the outermost first
	 * @return the copy
	 */
	public PromptFactory withAdvisors(List<TurnAdvisor> advisors) {
		Assert.noNullElements(advisors, "'advisors' must not contain null");
		return new PromptFactory(this.client, this.defaults, this.functions, this.entities, List.copyOf(advisors));
	}

	/**
	 * Start a prompt.
	 * @return a new prompt
	 */
	public PromptSpec prompt() {
		return new DefaultPromptSpec(this, this.prototype, this.advisors);
	}

	/**
	 * Complete a request that the application has built itself.
	 * @param request the request, which takes nothing from the defaults but its model
	 * @return the request with a model and roles
	 * @throws IllegalArgumentException if it would be refused
	 */
	public GenerateContentRequest complete(GenerateContentRequest request) {
		return complete(request, false);
	}

	/**
	 * Complete a request, so that it has a model, each of its contents has a role, and
	 * its thinking settings fit its model.
	 * @param request the request
	 * @param withDefaults whether it also gets the configured thinking settings, as the
	 * request of a prompt does
	 * @return the request with a model, roles and thinking settings
	 * @throws IllegalArgumentException if it would be refused
	 */
	GenerateContentRequest complete(GenerateContentRequest request, boolean withDefaults) {
		Assert.notNull(request, "'request' must not be null");
		String defaultModel = this.defaults.model();
		String model = (request.model() != null) ? request.model() : defaultModel;
		if (!model.equals(defaultModel)) {
			model = ModelId.normalize(model);
		}
		GenerationConfig config = request.generationConfig();
		ThinkingConfig explicit = (config != null) ? config.thinkingConfig() : null;
		ThinkingConfig thinking = (withDefaults) ? this.thinkingRules.complete(model, explicit) : explicit;
		if (thinking != null) {
			this.thinkingRules.check(model, thinking);
		}
		List<Content> contents = ContentRoles.complete(request.contents());
		boolean hasThinking = Objects.equals(thinking, explicit);
		if (contents == request.contents() && hasThinking && model.equals(request.model())) {
			return request;
		}
		GenerateContentRequest.Builder complete = request.toBuilder().model(model);
		if (contents != request.contents()) {
			complete.contents(contents);
		}
		if (!hasThinking) {
			complete.generationConfig(((config != null) ? config : GeminiDefaults.NO_GENERATION_CONFIG).toBuilder()
				.thinkingConfig(thinking)
				.build());
		}
		return complete.build();
	}

	GeminiClient client() {
		return this.client;
	}

	GeminiFunctions functions() {
		return this.functions.get();
	}

	EntityReaderFactory entities() {
		return this.entities.get();
	}

}
