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

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerationConfig;
import com.cometapi.gemini.api.ThinkingConfig;

/**
 * Makes a request ready to be sent: its model, the role of each content, and the check of
 * its thinking settings.
 */
final class RequestRules {

	private static final String USER = "user";

	private final String defaultModel;

	private final ThinkingRules thinkingRules;

	RequestRules(GeminiDefaults defaults) {
		this.defaultModel = defaults.model();
		this.thinkingRules = new ThinkingRules(defaults.thinking());
	}

	// Return the request with a model and roles, or refuse it.
	GenerateContentRequest apply(GenerateContentRequest request) {
		String model = modelOf(request);
		GenerationConfig generationConfig = request.generationConfig();
		if (generationConfig != null && generationConfig.thinkingConfig() != null) {
			this.thinkingRules.check(model, generationConfig.thinkingConfig());
		}
		GenerateContentRequest.Builder ready = request.toBuilder().model(model);
		if (request.contents().stream().anyMatch((content) -> content.role() == null)) {
			ready.contents(withRoles(request.contents()));
		}
		return ready.build();
	}

	// Return the request with the configured thinking settings that fit its model.
	GenerateContentRequest completeThinking(GenerateContentRequest request) {
		GenerationConfig config = (request.generationConfig() != null) ? request.generationConfig()
				: GenerationConfig.builder().build();
		ThinkingConfig thinking = this.thinkingRules.complete(modelOf(request), config.thinkingConfig());
		if (thinking == null) {
			return request;
		}
		return request.toBuilder().generationConfig(config.toBuilder().thinkingConfig(thinking).build()).build();
	}

	// Return the bare id of the model that the request asks.
	String modelOf(GenerateContentRequest request) {
		return (request.model() != null) ? ModelId.normalize(request.model()) : this.defaultModel;
	}

	private static List<Content> withRoles(List<Content> contents) {
		return contents.stream()
			.map((content) -> (content.role() != null) ? content
					: new Content(USER, content.parts(), content.additional()))
			.toList();
	}

}
