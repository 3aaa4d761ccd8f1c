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
import java.util.Base64;
import java.util.List;
import java.util.Set;

import tools.jackson.databind.JsonNode;

/**
 * Rules for contents and their parts.
 */
final class ContentRules implements RequestRules.Rule {

	private static final Set<String> DATA = Set.of("text", "inlineData", "fileData", "functionCall", "functionResponse",
			"executableCode", "codeExecutionResult", "toolCall", "toolResponse");

	@Override
	public void check(SimulatedRequest request) {
		List<JsonNode> contents = request.contents();
		List<String> violations = new ArrayList<>();
		if (contents.isEmpty()) {
			violations.add("* GenerateContentRequest.contents: contents is not specified\n");
		}
		for (int i = 0; i < contents.size(); i++) {
			checkParts(contents.get(i), "contents[" + i + "]", violations);
		}
		if (request.body().has("systemInstruction")) {
			checkParts(request.body().get("systemInstruction"), "system_instruction", violations);
		}
		if (!violations.isEmpty()) {
			throw RequestRejectedException.invalidArgument(String.join("", violations));
		}
		for (int i = 0; i < contents.size(); i++) {
			checkRole(contents.get(i).path("role").asString(""), i);
			contents.get(i).path("parts").forEach(ContentRules::checkMedium);
		}
	}

	private static void checkParts(JsonNode content, String path, List<String> violations) {
		List<JsonNode> parts = SimulatedRequest.list(content.path("parts"));
		if (parts.isEmpty()) {
			violations.add("* GenerateContentRequest." + path + ".parts: contents.parts must not be empty.\n");
		}
		for (int i = 0; i < parts.size(); i++) {
			long data = parts.get(i).propertyNames().stream().filter(DATA::contains).count();
			if (data == 0) {
				violations.add("* GenerateContentRequest." + path + ".parts[" + i
						+ "].data: required oneof field 'data' must have one initialized field\n");
			}
			else if (data > 1) {
				violations.add("* GenerateContentRequest." + path + ".parts[" + i
						+ "].data: oneof field 'data' is already set. Cannot set more than one\n");
			}
		}
	}

	// The gateway fills in a missing role for the first turn, and only there.
	private static void checkRole(String role, int index) {
		boolean filledIn = role.isEmpty() && index == 0;
		if (!filledIn && !role.equals("user") && !role.equals("model")) {
			throw RequestRejectedException.invalidArgument("Please use a valid role: user, model.");
		}
	}

	private static void checkMedium(JsonNode part) {
		JsonNode inline = part.path("inlineData");
		if (inline.isObject()) {
			if (inline.path("mimeType").asString("").isEmpty()) {
				throw RequestRejectedException.invalidArgument("Unable to submit request because it has an empty "
						+ "mimeType parameter. Add the mimeType and try again.");
			}
			checkBase64(inline.path("data").asString(""), inline.path("mimeType").asString(""));
		}
		if (part.has("fileData") && part.get("fileData").path("fileUri").asString("").isEmpty()) {
			throw RequestRejectedException.invalidArgument("Request contains an invalid argument.");
		}
	}

	private static void checkBase64(String data, String mimeType) {
		try {
			byte[] bytes = Base64.getDecoder().decode(data.replace('-', '+').replace('_', '/'));
			if (bytes.length == 0 && mimeType.startsWith("image/")) {
				throw RequestRejectedException.invalidArgument("Unable to process input image. Please retry or report "
						+ "in https://developers.generativeai.google/guide/troubleshooting");
			}
		}
		catch (IllegalArgumentException ex) {
			throw RequestRejectedException.invalidArgument(
					"Invalid value at 'contents[0].parts[0].inline_data.data' (TYPE_BYTES), Base64 decoding failed");
		}
	}

}
