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
import java.util.Objects;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerationConfig;
import com.cometapi.gemini.api.ThinkingConfig;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Makes a request ready to be sent: its model, the role of each content, and the check of
 * its thinking settings.
 */
final class RequestRules {

	private final String defaultModel;

	private final ThinkingRules thinkingRules;

	RequestRules(GeminiDefaults defaults) {
		this.defaultModel = defaults.model();
		this.thinkingRules = new ThinkingRules(defaults.thinking());
	}

	GenerateContentRequest apply(GenerateContentRequest request) {
		Assert.notNull(request, "'request' must not be null");
		String model = modelOf(request);
		GenerationConfig generationConfig = request.generationConfig();
		if (generationConfig != null && generationConfig.thinkingConfig() != null) {
			this.thinkingRules.check(model, generationConfig.thinkingConfig());
		}
		ContentRoles.check(request.contents());
		boolean hasRoles = hasRoles(request.contents());
		if (hasRoles && model.equals(request.model())) {
			return request;
		}
		GenerateContentRequest.Builder ready = request.toBuilder().model(model);
		if (!hasRoles) {
			ready.contents(request.contents().stream().map(RequestRules::withRole).toList());
		}
		return ready.build();
	}

	GenerateContentRequest completeThinking(GenerateContentRequest request) {
		GenerationConfig config = (request.generationConfig() != null) ? request.generationConfig()
				: GeminiDefaults.NO_GENERATION_CONFIG;
		ThinkingConfig thinking = this.thinkingRules.complete(modelOf(request), config.thinkingConfig());
		if (Objects.equals(thinking, config.thinkingConfig())) {
			return request;
		}
		return request.toBuilder().generationConfig(config.toBuilder().thinkingConfig(thinking).build()).build();
	}

	String modelOf(GenerateContentRequest request) {
		return (request.model() != null) ? ModelId.normalize(request.model()) : this.defaultModel;
	}

	private static boolean hasRoles(List<Content> contents) {
		for (Content content : contents) {
			if (!hasRole(content)) {
				return false;
			}
		}
		return true;
	}

	private static boolean hasRole(Content content) {
		return StringUtils.hasText(content.role());
	}

	private static Content withRole(Content content) {
		return (hasRole(content)) ? content : new Content("user", content.parts(), content.additional());
	}

}
