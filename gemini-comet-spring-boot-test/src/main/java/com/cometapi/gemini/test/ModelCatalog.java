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

package com.cometapi.gemini.test;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Formats the model list for each of its routes.
 */
final class ModelCatalog {

	private final List<String> ids;

	ModelCatalog(Iterable<String> more) {
		this.ids = new ArrayList<>(SimulatedModel.LISTED);
		more.forEach((id) -> {
			if (!this.ids.contains(id)) {
				this.ids.add(id);
			}
		});
	}

	// The list of GET /v1/models on the gateway.
	Map<String, Object> openAiList() {
		return ordered("success", true, "data",
				this.ids.stream()
					.map((id) -> ordered("id", id, "object", "model", "created", 1626777600, "owned_by", "simulator",
							"supported_endpoint_types", List.of("gemini", "openai")))
					.toList(),
				"object", "list");
	}

	// The list of GET /v1beta/models: names only on the gateway, whole models at
	// Google.
	Map<String, Object> nativeList(ErrorStyle style) {
		return ordered("models", this.ids.stream().map((id) -> model(id, style)).toList());
	}

	private static Map<String, Object> model(String id, ErrorStyle style) {
		if (style == ErrorStyle.COMETAPI) {
			return ordered("name", id, "displayName", id);
		}
		return ordered("name", "models/" + id, "version", "simulated", "displayName", id, "inputTokenLimit", 1048576,
				"outputTokenLimit", 65536, "supportedGenerationMethods", List.of("generateContent"), "temperature", 1,
				"thinking", new SimulatedModel(id).isThinking());
	}

	private static Map<String, Object> ordered(Object... namesAndValues) {
		Map<String, Object> map = new LinkedHashMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			map.put((String) namesAndValues[i], namesAndValues[i + 1]);
		}
		return map;
	}

}
