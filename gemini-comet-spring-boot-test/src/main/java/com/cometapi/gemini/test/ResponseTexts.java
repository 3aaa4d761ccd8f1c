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
 * Texts of generated responses. Each states that it is simulated.
 */
final class ResponseTexts {

	static final String DISCLAIMER = "This is a simulated answer: it comes from the Gemini Comet simulator, "
			+ "no model was asked and nothing was billed.";

	private ResponseTexts() {
	}

	static String shorten(String text, int length) {
		String line = text.replaceAll("\\s+", " ").strip();
		return (line.codePointCount(0, line.length()) <= length) ? line
				: line.substring(0, line.offsetByCodePoints(0, length)) + "…";
	}

	// A response in Markdown that shows the contents and settings of the request.
	static String markdown(SimulatedRequest request, List<String> remarks) {
		String prompt = request.prompt().replaceAll("\\s+", " ");
		StringBuilder text = new StringBuilder("## A simulated answer\n\n").append(DISCLAIMER).append("\n\n");
		if (!prompt.isEmpty()) {
			text.append("You asked: **").append(shorten(prompt, 200)).append("**\n\n");
		}
		remarks.forEach((remark) -> text.append(remark).append("\n\n"));
		text.append("What arrived with the request:\n\n| Setting | Value |\n|---|---|\n");
		settings(request).forEach((setting) -> text.append(setting).append('\n'));
		return text.append("\nTo ask a real model:\n\n")
			.append("1. Create a key at CometAPI.\n")
			.append("2. Set `COMETAPI_KEY` and start again.\n\n")
			.append("```shell\nexport COMETAPI_KEY=sk-…\n```\n")
			.toString();
	}

	// Short, since the picture is the response.
	static String picture(String remark) {
		return remark + " This is a simulated picture: no model was asked.";
	}

	private static List<String> settings(SimulatedRequest request) {
		List<String> rows = new ArrayList<>();
		rows.add(row("Model", request.model().id()));
		rows.add(row("Turns", Integer.toString(request.contents().size())));
		if (!request.systemText().isBlank()) {
			rows.add(row("System instruction", shorten(request.systemText(), 80)));
		}
		for (String name : List.of("temperature", "topP", "topK", "maxOutputTokens", "seed")) {
			addIfPresent(rows, name, request.config().path(name));
		}
		addIfPresent(rows, "thinkingLevel", request.thinking().path("thinkingLevel"));
		addIfPresent(rows, "thinkingBudget", request.thinking().path("thinkingBudget"));
		for (JsonNode tool : request.body().path("tools")) {
			tool.propertyNames().forEach((name) -> rows.add(row("Tool", name)));
		}
		return rows;
	}

	private static void addIfPresent(List<String> rows, String name, JsonNode value) {
		if (!value.isMissingNode()) {
			rows.add(row(name, value.asString()));
		}
	}

	private static String row(String name, String value) {
		return "| " + name + " | `" + value.replace("|", "\\|").replace("`", "'") + "` |";
	}

}
