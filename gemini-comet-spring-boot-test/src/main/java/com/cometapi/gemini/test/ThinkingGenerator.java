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

import java.util.List;
import java.util.Locale;
import java.util.Map;

import tools.jackson.databind.node.ObjectNode;

/**
 * Determines the number of thinking tokens and generates thought summaries.
 */
final class ThinkingGenerator {

	private static final Map<String, Integer> TOKENS = Map.of("MINIMAL", 8, "LOW", 24, "MEDIUM", 48, "HIGH", 96);

	private ThinkingGenerator() {
	}

	// The tokens spent on thinking, zero if the model does not think.
	static int tokens(SimulatedRequest request) {
		SimulatedModel model = request.model();
		if (!model.isThinking()) {
			return 0;
		}
		int budget = request.thinking().path("thinkingBudget").asInt(-2);
		if (budget >= 0) {
			return Math.min(budget, 64);
		}
		if (model.isGemini25()) {
			boolean off = model.id().startsWith("gemini-2.5-flash-lite") && budget != -1;
			return (off) ? 0 : 24;
		}
		String level = request.thinking().path("thinkingLevel").asString("").toUpperCase(Locale.ROOT);
		return TOKENS.getOrDefault(level, TOKENS.getOrDefault(model.defaultLevel(), 48));
	}

	// The summary parts, empty unless the request asks for them.
	static List<ObjectNode> summary(SimulatedRequest request, int tokens) {
		if (tokens == 0 || !request.thinking().path("includeThoughts").asBoolean(false)) {
			return List.of();
		}
		return List.of(
				thought("**Reading the request**\n\nI am the simulator, so I only pretend to think. The request "
						+ "asks: \"" + ResponseTexts.shorten(request.prompt(), 120) + "\"\n\n"),
				thought("**Preparing an answer**\n\nI will answer from what the request holds and say that the "
						+ "answer is simulated.\n\n"));
	}

	private static ObjectNode thought(String text) {
		return Json.object("text", text, "thought", true);
	}

}
