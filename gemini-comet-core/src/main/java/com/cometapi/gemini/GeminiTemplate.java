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

import java.util.List;
import java.util.function.Supplier;

import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Model;
import com.cometapi.gemini.client.GeminiCallOptions;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.entity.GeminiEntitySettings;
import com.cometapi.gemini.function.GeminiFunctions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;
import org.springframework.util.function.SingletonSupplier;

/**
 * Talks to the Gemini native API: fills prompts with defaults, checks requests and waits
 * for answers where the caller wants to. Thread-safe.
 */
public final class GeminiTemplate implements GeminiOperations {

	private final GeminiClient client;

	private final GeminiDefaults defaults;

	private final RequestRules rules;

	private final Supplier<GeminiFunctions> functions;

	private final PromptExchange exchange;

	private final Supplier<EntityCalls> entities;

	/**
	 * Create a template.
	 * @param client the client that talks to the endpoint
	 * @param defaults what prompts are filled with
	 */
	public GeminiTemplate(GeminiClient client, GeminiDefaults defaults) {
		this(client, defaults, SingletonSupplier.of(() -> GeminiFunctions.create(JsonMapper.shared())),
				SingletonSupplier.of(() -> new EntityCalls(GeminiEntitySettings.of(JsonMapper.shared()))));
	}

	private GeminiTemplate(GeminiClient client, GeminiDefaults defaults, Supplier<GeminiFunctions> functions,
			Supplier<EntityCalls> entities) {
		Assert.notNull(client, "'client' must not be null");
		Assert.notNull(defaults, "'defaults' must not be null");
		this.client = client;
		this.defaults = defaults;
		this.rules = new RequestRules(defaults);
		this.functions = functions;
		this.entities = entities;
		this.exchange = new PromptExchange(this, client, this.rules);
	}

	/**
	 * Return a copy that makes and finds functions in another way.
	 * @param functions returns what makes functions of beans, finds them by name and
	 * holds their settings, always the same; asked when a prompt names functions
	 * @return the copy
	 */
	public GeminiTemplate withFunctions(Supplier<GeminiFunctions> functions) {
		Assert.notNull(functions, "'functions' must not be null");
		return new GeminiTemplate(this.client, this.defaults, functions, this.entities);
	}

	/**
	 * Return a copy that asks for typed answers and reads them in another way.
	 * @param settings the settings, with the application's mapper
	 * @return the copy
	 */
	public GeminiTemplate withEntities(GeminiEntitySettings settings) {
		Assert.notNull(settings, "'settings' must not be null");
		return new GeminiTemplate(this.client, this.defaults, this.functions,
				SingletonSupplier.of(() -> new EntityCalls(settings)));
	}

	@Override
	public PromptSpec prompt() {
		return new DefaultPromptSpec(this.defaults, this.rules, this.functions, this.exchange, this.entities);
	}

	@Override
	public GenerateContentResponse generateContent(GenerateContentRequest request, GeminiCallOptions options) {
		return Blocking.await(generateContentAsync(request, options), "generateContent()",
				"generateContentAsync() or streamGenerateContent()");
	}

	@Override
	public Mono<GenerateContentResponse> generateContentAsync(GenerateContentRequest request,
			GeminiCallOptions options) {
		Assert.notNull(options, "'options' must not be null");
		return CallerContext.capture(Mono.fromCallable(() -> this.rules.apply(request))
			.flatMap((ready) -> this.client.generateContent(this.rules.modelOf(ready), ready, options)));
	}

	@Override
	public Flux<GenerateContentResponse> streamGenerateContent(GenerateContentRequest request,
			GeminiCallOptions options) {
		Assert.notNull(options, "'options' must not be null");
		return CallerContext.capture(Mono.fromCallable(() -> this.rules.apply(request))
			.flatMapMany((ready) -> this.client.streamGenerateContent(this.rules.modelOf(ready), ready, options)));
	}

	@Override
	public List<Model> models(GeminiCallOptions options) {
		return Blocking.await(modelsAsync(options), "models()", "modelsAsync()");
	}

	@Override
	public Mono<List<Model>> modelsAsync(GeminiCallOptions options) {
		return CallerContext.capture(this.client.models(options));
	}

	@Override
	public String toString() {
		return "GeminiTemplate[" + this.client + ", " + this.defaults.model() + "]";
	}

}
