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
import java.util.Set;

import tools.jackson.databind.JsonNode;

/**
 * Rules for the order of function calls and function responses, and for thought
 * signatures.
 */
final class FunctionCallRules implements RequestRules.Rule {

	static final Set<String> BYPASS = Set.of("skip_thought_signature_validator",
			"context_engineering_is_the_way_to_go");

	@Override
	public void check(SimulatedRequest request) {
		List<JsonNode> contents = request.contents();
		for (int i = 0; i < contents.size(); i++) {
			checkTurn(contents, i);
		}
		if (request.model().isGemini3()) {
			checkSignatures(contents);
		}
	}

	private static void checkTurn(List<JsonNode> contents, int index) {
		List<JsonNode> calls = parts(contents.get(index), "functionCall");
		List<JsonNode> results = isModel(contents.get(index)) ? List.of()
				: parts(contents.get(index), "functionResponse");
		if (!calls.isEmpty()) {
			if (index == 0 || isModel(contents.get(index - 1)) || !isModel(contents.get(index))) {
				throw RequestRejectedException.invalidArgument("Please ensure that function call turn comes "
						+ "immediately after a user turn or after a function response turn.");
			}
			int responses = (index + 1 < contents.size()) ? parts(contents.get(index + 1), "functionResponse").size()
					: 0;
			if (responses != calls.size()) {
				throw RequestRejectedException.invalidArgument("Please ensure that the number of function response "
						+ "parts is equal to the number of function call parts of the function call turn.");
			}
			checkIds(calls, parts(contents.get(index + 1), "functionResponse"));
		}
		if (!results.isEmpty() && (index == 0 || parts(contents.get(index - 1), "functionCall").isEmpty())) {
			throw RequestRejectedException.invalidArgument(
					"Please ensure that function response turn comes immediately after a function call turn.");
		}
	}

	private static void checkIds(List<JsonNode> calls, List<JsonNode> results) {
		for (JsonNode result : results) {
			String id = result.path("functionResponse").path("id").asString("");
			boolean known = id.isEmpty()
					|| calls.stream().anyMatch((call) -> id.equals(call.path("functionCall").path("id").asString("")));
			if (!known) {
				throw RequestRejectedException
					.invalidArgument("functionResponse.id does not match functionCall.id: " + id);
			}
			if (result.path("functionResponse").path("name").asString("").isEmpty()) {
				throw RequestRejectedException.invalidArgument(
						"* GenerateContentRequest.contents.parts.function_response.name: Name cannot be empty.\n");
			}
		}
	}

	// Only the current turn is checked: the contents after the last text of the user.
	private static void checkSignatures(List<JsonNode> contents) {
		int start = contents.size() - 1;
		while (start > 0
				&& (isModel(contents.get(start)) || !parts(contents.get(start), "functionResponse").isEmpty())) {
			start--;
		}
		for (int i = 0; i < contents.size(); i++) {
			contents.get(i).path("parts").forEach(FunctionCallRules::checkForm);
			if (i > start && isModel(contents.get(i))) {
				checkCalls(contents.get(i), i);
			}
		}
	}

	private static void checkCalls(JsonNode content, int index) {
		List<JsonNode> calls = parts(content, "functionCall");
		if (!calls.isEmpty() && signature(calls.get(0)).isEmpty()) {
			throw RequestRejectedException.invalidArgument("Function call is missing a thought_signature in "
					+ "functionCall parts. This is required for tools to work correctly, and missing "
					+ "thought_signature may lead to degraded model performance. Additional data, function call "
					+ "`default_api:" + calls.get(0).path("functionCall").path("name").asString("") + "` , position "
					+ (index + 1) + ". Please refer to https://ai.google.dev/gemini-api/docs/thought-signatures for "
					+ "more details.");
		}
	}

	private static void checkForm(JsonNode part) {
		String signature = signature(part);
		if (!signature.isEmpty() && !BYPASS.contains(signature) && !ThoughtSignatures.isBase64(signature)) {
			throw RequestRejectedException.invalidArgument("Invalid thought signature.");
		}
	}

	private static String signature(JsonNode part) {
		return part.path("thoughtSignature").asString("");
	}

	private static boolean isModel(JsonNode content) {
		return "model".equals(content.path("role").asString(""));
	}

	private static List<JsonNode> parts(JsonNode content, String kind) {
		return SimulatedRequest.list(content.path("parts")).stream().filter((part) -> part.has(kind)).toList();
	}

}
