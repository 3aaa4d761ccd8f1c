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

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Generates log probabilities in which every word is almost certain.
 */
final class LogprobsGenerator {

	private static final double CERTAIN = -0.01;

	private static final double UNLIKELY = -4.5;

	private LogprobsGenerator() {
	}

	static @Nullable ObjectNode result(JsonNode config, String text) {
		if (!config.path("responseLogprobs").asBoolean(false)) {
			return null;
		}
		List<ObjectNode> chosen = ResponseFormatter.words(text)
			.stream()
			.map((word) -> token(word, 1, CERTAIN))
			.toList();
		int top = config.path("logprobs").asInt(0);
		List<ObjectNode> alternatives = chosen.stream()
			.map((token) -> Json.object("candidates",
					(top > 1) ? List.of(token, token("simulated", 2, UNLIKELY)) : List.of(token)))
			.toList();
		return Json.object("topCandidates", (top > 0) ? alternatives : null, "chosenCandidates", chosen);
	}

	private static ObjectNode token(String word, int id, double probability) {
		return Json.object("token", word, "tokenId", id, "logProbability", probability);
	}

}
