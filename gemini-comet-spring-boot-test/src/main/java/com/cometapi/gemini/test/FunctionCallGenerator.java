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
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Selects the functions that the simulated model calls and generates their arguments.
 */
final class FunctionCallGenerator {

	private static final int SHORTEST_WORD = 4;

	private FunctionCallGenerator() {
	}

	// The calls, empty if the model responds without them.
	static List<ObjectNode> of(SimulatedRequest request) {
		JsonNode config = request.body().path("toolConfig").path("functionCallingConfig");
		String mode = config.path("mode").asString("AUTO");
		boolean answered = !results(request).isEmpty();
		if (mode.equals("NONE") || (answered && !mode.equals("ANY"))) {
			return List.of();
		}
		Set<String> allowed = new HashSet<>();
		config.path("allowedFunctionNames").forEach((name) -> allowed.add(name.asString("")));
		List<JsonNode> functions = request.functions()
			.stream()
			.filter((function) -> allowed.isEmpty() || allowed.contains(name(function)))
			.toList();
		return calls(request, choose(functions, new PromptKeywords(request.prompt())));
	}

	// Text of the model before its calls, empty if the mode forces it to call.
	static List<ObjectNode> announcement(SimulatedRequest request, List<ObjectNode> calls) {
		String mode = request.body().at("/toolConfig/functionCallingConfig/mode").asString("AUTO");
		if (!mode.equals("AUTO")) {
			return List.of();
		}
		String names = calls.stream()
			.map((call) -> "`" + call.at("/functionCall/name").asString("") + "`")
			.distinct()
			.collect(Collectors.joining(" and "));
		return List.of(Json.textPart("To find out, the simulator calls " + names + ".\n\n"));
	}

	// The results in the last turn.
	static List<JsonNode> results(SimulatedRequest request) {
		List<JsonNode> results = new ArrayList<>();
		request.lastContent().path("parts").forEach((part) -> {
			if (part.has("functionResponse")) {
				results.add(part.get("functionResponse"));
			}
		});
		return results;
	}

	// Every function whose name the prompt hints at, or else the first.
	private static List<JsonNode> choose(List<JsonNode> functions, PromptKeywords words) {
		List<JsonNode> hinted = functions.stream()
			.filter((function) -> Arrays.stream(name(function).replaceAll("([a-z])([A-Z])", "$1_$2").split("[_.:-]"))
				.filter((word) -> word.length() >= SHORTEST_WORD)
				.anyMatch(words::mentionsWord))
			.toList();
		return (!hinted.isEmpty() || functions.isEmpty()) ? hinted : functions.subList(0, 1);
	}

	private static List<ObjectNode> calls(SimulatedRequest request, List<JsonNode> functions) {
		List<ObjectNode> parts = new ArrayList<>();
		SimulatedModel model = request.model();
		boolean signed = model.isGemini3() || ThinkingGenerator.tokens(request) > 0;
		PromptKeywords words = new PromptKeywords(request.prompt());
		for (JsonNode function : functions) {
			for (JsonNode arguments : arguments(function, words)) {
				ObjectNode call = Json.object("id", (model.isGemini3()) ? newId() : null, "name", name(function),
						"args", arguments);
				boolean first = parts.isEmpty();
				parts.add(Json.object("functionCall", call, "thoughtSignature",
						(signed && first) ? ThoughtSignatures.create() : null));
			}
		}
		return parts;
	}

	// The arguments of one call, or of one call per name if the prompt lists several,
	// such as "Paris and Tokyo", and the function takes a single text.
	private static List<JsonNode> arguments(JsonNode function, PromptKeywords words) {
		JsonNode schema = (function.has("parameters")) ? function.get("parameters")
				: function.path("parametersJsonSchema");
		if (!schema.isObject()) {
			return List.of(Json.object());
		}
		List<String> names = (takesOneText(schema)) ? words.namesInARow() : List.of();
		if (names.isEmpty()) {
			return List.of(new SchemaValueGenerator(schema, SchemaTextGenerator.ofArguments(words), words).value());
		}
		return names.stream()
			.map((name) -> new SchemaValueGenerator(schema, SchemaTextGenerator.ofArguments(words.withName(name)),
					words)
				.value())
			.toList();
	}

	private static boolean takesOneText(JsonNode schema) {
		return SimulatedRequest.list(schema.path("properties"))
			.stream()
			.filter((property) -> "string".equalsIgnoreCase(property.path("type").asString("")))
			.filter((property) -> !property.has("enum") && !property.has("format"))
			.count() == 1;
	}

	private static String name(JsonNode function) {
		return function.path("name").asString("");
	}

	private static String newId() {
		return "call_" + UUID.randomUUID().toString().substring(0, 8);
	}

}
