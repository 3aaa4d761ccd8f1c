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
import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * Summarizes function responses as text.
 */
final class FunctionResponseSummary {

	private FunctionResponseSummary() {
	}

	static List<String> remarks(SimulatedRequest request) {
		List<JsonNode> results = FunctionCallGenerator.results(request);
		if (results.isEmpty()) {
			return List.of();
		}
		List<String> lines = new ArrayList<>();
		for (JsonNode result : results) {
			lines.add("- `" + result.path("name").asString("") + "` returned " + describe(result.path("response")));
		}
		return List.of("This is what your functions returned:\n\n" + String.join("\n", lines));
	}

	private static String describe(JsonNode response) {
		if (response.isEmpty()) {
			return "nothing";
		}
		return String.join(", ", response.properties()
			.stream()
			.map((entry) -> entry.getKey() + " = "
					+ ((entry.getValue().isValueNode()) ? entry.getValue().asString("") : entry.getValue().toString()))
			.toList());
	}

}
