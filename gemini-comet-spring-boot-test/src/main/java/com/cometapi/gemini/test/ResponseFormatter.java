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

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Formats a response in the manner of Vertex AI: with a creation time and a traffic type,
 * without an index, and in a stream with token counts on the last event only.
 */
final class ResponseFormatter {

	private static final Pattern WORD = Pattern.compile("\\s*\\S+\\s*|\\s+");

	private final String modelVersion;

	private final String createTime = Instant.now().truncatedTo(ChronoUnit.MICROS).toString();

	private final String responseId;

	ResponseFormatter(String modelVersion) {
		this.modelVersion = modelVersion;
		byte[] id = new byte[16];
		ThreadLocalRandom.current().nextBytes(id);
		this.responseId = Base64.getUrlEncoder().withoutPadding().encodeToString(id);
	}

	JsonNode whole(GeneratedResponse generated, int candidates) {
		List<ObjectNode> parts = new ArrayList<>(generated.parts());
		int last = parts.size() - 1;
		if (generated.signature() != null && last >= 0 && parts.get(last).has("text")) {
			parts.set(last, parts.get(last).deepCopy().put("thoughtSignature", generated.signature()));
		}
		List<ObjectNode> all = new ArrayList<>();
		for (int index = 0; index < candidates; index++) {
			ObjectNode candidate = candidate(parts);
			candidate.setAll(generated.finish());
			candidate.put("avgLogprobs", -0.25);
			if (index > 0) {
				candidate.put("index", index);
			}
			all.add(candidate);
		}
		return response(all, generated.usage());
	}

	List<JsonNode> events(GeneratedResponse generated) {
		List<JsonNode> events = new ArrayList<>();
		ObjectNode running = Json.object("trafficType", "ON_DEMAND");
		for (ObjectNode part : generated.parts()) {
			split(part).forEach((piece) -> events.add(response(List.of(candidate(List.of(piece))), running)));
		}
		ObjectNode end = candidate(List.of(Json.object("text", "", "thoughtSignature", generated.signature())));
		end.setAll(generated.finish());
		events.add(response(List.of(end), generated.usage()));
		return events;
	}

	private static ObjectNode candidate(List<ObjectNode> parts) {
		ObjectNode content = Json.object("role", "model");
		if (!parts.isEmpty()) {
			content.set("parts", Json.array(parts));
		}
		return Json.object("content", content);
	}

	private JsonNode response(List<ObjectNode> candidates, ObjectNode usage) {
		return Json.object("candidates", candidates, "usageMetadata", usage, "modelVersion", this.modelVersion,
				"createTime", this.createTime, "responseId", this.responseId);
	}

	// Splits a text into its words, the first one with the signature. Thoughts and other
	// parts remain whole.
	private static List<ObjectNode> split(ObjectNode part) {
		if (!part.has("text") || part.has("thought")) {
			return List.of(part);
		}
		List<ObjectNode> pieces = new ArrayList<>();
		for (String word : words(part.get("text").asString())) {
			ObjectNode piece = part.deepCopy().put("text", word);
			pieces.add((pieces.isEmpty()) ? piece : piece.without("thoughtSignature"));
		}
		return pieces;
	}

	static List<String> words(String text) {
		List<String> words = new ArrayList<>();
		Matcher matcher = WORD.matcher(text);
		while (matcher.find()) {
			words.add(matcher.group());
		}
		return words;
	}

}
