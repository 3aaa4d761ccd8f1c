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

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerationConfig;
import com.cometapi.gemini.api.ThinkingConfig;
import com.cometapi.gemini.client.ModelId;

import org.springframework.util.Assert;

/**
 * Rules for all requests: each has a model, each of its contents has a role, and its
 * thinking settings fit its model.
 */
final class RequestRules {

	private final String defaultModel;

	private final ThinkingRules thinkingRules;

	RequestRules(GeminiDefaults defaults) {
		this.defaultModel = defaults.model();
		this.thinkingRules = new ThinkingRules(defaults.thinking());
	}

	/**
	 * Complete a request.
	 * @param request the request
	 * @param withDefaults whether it also gets the configured thinking settings, as the
	 * request of a prompt does
	 * @return the request with a model, roles and thinking settings
	 * @throws IllegalArgumentException if it would be refused
	 */
	GenerateContentRequest complete(GenerateContentRequest request, boolean withDefaults) {
		Assert.notNull(request, "'request' must not be null");
		String model = (request.model() != null) ? request.model() : this.defaultModel;
		if (!model.equals(this.defaultModel)) {
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

}
