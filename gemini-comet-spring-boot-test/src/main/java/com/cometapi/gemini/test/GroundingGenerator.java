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

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Generates sources and the grounding metadata that links them to the text.
 */
final class GroundingGenerator {

	private final List<String> sentences = new ArrayList<>();

	private final List<ObjectNode> chunks = new ArrayList<>();

	private final String query;

	private final boolean search;

	private final boolean maps;

	GroundingGenerator(SimulatedRequest request) {
		this.query = ResponseTexts.shorten(request.prompt(), 100);
		this.search = request.tool("googleSearch") != null;
		this.maps = request.tool("googleMaps") != null;
		if (this.search) {
			addWeb("example.com", "The simulated page “Über alles Mögliche” on example.com says that this is a test.");
			addWeb("example.org", "The simulated page on example.org agrees, for 3 € a visit.");
		}
		if (this.maps) {
			addPlace("Simulated Café", "The Simulated Café is open until 18:00.");
		}
	}

	// The sentences that the text has to contain, for the sources to support.
	List<String> sentences() {
		return this.sentences;
	}

	@Nullable ObjectNode metadata(String text) {
		if (this.chunks.isEmpty()) {
			return null;
		}
		List<ObjectNode> supports = new ArrayList<>();
		for (int i = 0; i < this.sentences.size(); i++) {
			int index = text.indexOf(this.sentences.get(i));
			if (index >= 0) {
				supports.add(support(text, index, i));
			}
		}
		List<String> queries = List.of(this.query);
		return Json.object("webSearchQueries", (this.search) ? queries : null, "retrievalQueries",
				(this.maps) ? queries : null, "searchEntryPoint", (this.search) ? entryPoint() : null,
				"groundingChunks", this.chunks, "groundingSupports", supports, "retrievalMetadata", Json.object());
	}

	private ObjectNode support(String text, int index, int chunk) {
		String sentence = this.sentences.get(chunk);
		int start = bytes(text.substring(0, index));
		ObjectNode segment = Json.object("startIndex", (start > 0) ? start : null, "endIndex", start + bytes(sentence),
				"text", sentence);
		return Json.object("segment", segment, "groundingChunkIndices", List.of(chunk), "confidenceScores",
				List.of(0.9));
	}

	private void addWeb(String domain, String sentence) {
		this.sentences.add(sentence);
		this.chunks.add(Json.object("web",
				Json.object("uri", "https://" + domain + "/simulated", "title", domain, "domain", domain)));
	}

	private void addPlace(String title, String sentence) {
		this.sentences.add(sentence);
		this.chunks.add(Json.object("maps", Json.object("uri", "https://maps.example.com/simulated", "title", title,
				"text", sentence, "placeId", "places/simulated")));
	}

	private ObjectNode entryPoint() {
		String html = "<div class=\"container\"><a class=\"chip\" href=\"https://example.com/search\">"
				+ this.query.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + "</a></div>";
		return Json.object("renderedContent", html);
	}

	private static int bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8).length;
	}

}
