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

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A validated request, with all names in camel case.
 *
 * @param model the model asked
 * @param body the body
 */
record SimulatedRequest(SimulatedModel model, JsonNode body) {

	List<JsonNode> contents() {
		return list(this.body.path("contents"));
	}

	JsonNode config() {
		return this.body.path("generationConfig");
	}

	JsonNode thinking() {
		return config().path("thinkingConfig");
	}

	/**
	 * The tool of a kind, or {@code null} if the request has none.
	 */
	@Nullable JsonNode tool(String kind) {
		for (JsonNode tool : this.body.path("tools")) {
			if (tool.has(kind)) {
				return tool.get(kind);
			}
		}
		return null;
	}

	List<JsonNode> functions() {
		List<JsonNode> functions = new ArrayList<>();
		for (JsonNode tool : this.body.path("tools")) {
			functions.addAll(list(tool.path("functionDeclarations")));
		}
		return functions;
	}

	String systemText() {
		return text(this.body.path("systemInstruction"));
	}

	JsonNode lastContent() {
		List<JsonNode> contents = contents();
		return contents.get(contents.size() - 1);
	}

	// The text of the last turn of the user that has one, empty if there is none.
	String prompt() {
		List<JsonNode> contents = contents();
		for (int i = contents.size() - 1; i >= 0; i--) {
			String text = text(contents.get(i));
			if (!"model".equals(contents.get(i).path("role").asString("")) && !text.isBlank()) {
				return text.strip();
			}
		}
		return "";
	}

	boolean asksFor(String modality) {
		return list(config().path("responseModalities")).stream()
			.anyMatch((value) -> modality.equals(value.asString("")));
	}

	static String text(JsonNode content) {
		StringBuilder text = new StringBuilder();
		for (JsonNode part : content.path("parts")) {
			if (!part.path("thought").asBoolean(false)) {
				text.append(part.path("text").asString(""));
			}
		}
		return text.toString();
	}

	static List<JsonNode> list(JsonNode array) {
		List<JsonNode> list = new ArrayList<>();
		array.forEach(list::add);
		return list;
	}

}
