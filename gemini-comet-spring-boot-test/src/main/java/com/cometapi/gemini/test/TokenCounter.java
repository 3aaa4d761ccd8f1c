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

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Estimates tokens: four characters per token, and a fixed number per media part.
 */
final class TokenCounter {

	private static final int CHARACTERS = 4;

	private static final Map<String, Integer> IN = Map.of("IMAGE", 258, "AUDIO", 64, "VIDEO", 526, "DOCUMENT", 258);

	private static final Map<String, Integer> OUT = Map.of("IMAGE", 1290, "AUDIO", 48);

	private static final int IMAGE_OF_GEMINI_3 = 1120;

	private TokenCounter() {
	}

	static int of(String text) {
		return (text.length() + CHARACTERS - 1) / CHARACTERS;
	}

	static String cut(String text, int tokens) {
		if (of(text) <= tokens) {
			return text;
		}
		int length = Math.max(0, tokens) * CHARACTERS;
		boolean insideCharacter = length > 0 && Character.isHighSurrogate(text.charAt(length - 1));
		return text.substring(0, (insideCharacter) ? length - 1 : length);
	}

	static ObjectNode usage(SimulatedRequest request, List<ObjectNode> parts, int thoughts, int toolUse) {
		Map<String, Integer> prompt = prompt(request);
		Map<String, Integer> candidates = new LinkedHashMap<>();
		parts.stream().filter((part) -> !part.has("thought")).forEach((part) -> add(candidates, part, OUT));
		int promptTokens = sum(prompt);
		int candidatesTokens = sum(candidates);
		return Json.object("promptTokenCount", promptTokens, "candidatesTokenCount", positive(candidatesTokens),
				"toolUsePromptTokenCount", positive(toolUse), "thoughtsTokenCount", positive(thoughts),
				"totalTokenCount", promptTokens + candidatesTokens + thoughts + toolUse, "promptTokensDetails",
				details(prompt), "candidatesTokensDetails", details(candidates), "toolUsePromptTokensDetails",
				details(Map.of("TEXT", toolUse)), "trafficType", "ON_DEMAND");
	}

	private static Map<String, Integer> prompt(SimulatedRequest request) {
		Map<String, Integer> counts = new LinkedHashMap<>();
		Map<String, Integer> media = new LinkedHashMap<>(IN);
		if (request.model().isGemini3()) {
			media.put("IMAGE", IMAGE_OF_GEMINI_3);
		}
		List<JsonNode> contents = new ArrayList<>(request.contents());
		contents.add(request.body().path("systemInstruction"));
		for (JsonNode content : contents) {
			content.path("parts").forEach((part) -> add(counts, part, media));
		}
		request.functions().forEach((function) -> counts.merge("TEXT", of(function.toString()), Integer::sum));
		return counts;
	}

	private static void add(Map<String, Integer> counts, JsonNode part, Map<String, Integer> media) {
		JsonNode medium = (part.has("inlineData")) ? part.get("inlineData") : part.path("fileData");
		if (medium.isObject()) {
			String modality = modality(medium.path("mimeType").asString(""));
			counts.merge(modality, media.getOrDefault(modality, 1), Integer::sum);
		}
		else {
			String text = (part.has("text")) ? part.get("text").asString("") : part.toString();
			counts.merge("TEXT", of(text), Integer::sum);
		}
	}

	private static String modality(String mimeType) {
		return switch (mimeType.replaceAll("/.*", "")) {
			case "image" -> "IMAGE";
			case "audio" -> "AUDIO";
			case "video" -> "VIDEO";
			default -> "DOCUMENT";
		};
	}

	private static int sum(Map<String, Integer> counts) {
		return counts.values().stream().mapToInt(Integer::intValue).sum();
	}

	private static @Nullable Integer positive(int count) {
		return (count > 0) ? count : null;
	}

	private static @Nullable List<ObjectNode> details(Map<String, Integer> counts) {
		List<ObjectNode> details = counts.entrySet()
			.stream()
			.filter((count) -> count.getValue() > 0)
			.map((count) -> Json.object("modality", count.getKey(), "tokenCount", count.getValue()))
			.toList();
		return (!details.isEmpty()) ? details : null;
	}

}
