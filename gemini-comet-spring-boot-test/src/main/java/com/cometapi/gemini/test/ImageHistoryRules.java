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

import tools.jackson.databind.JsonNode;

/**
 * Rule for images generated earlier by a Gemini 3 image model: the images, and the first
 * part beside them, must be sent back with their signatures.
 */
final class ImageHistoryRules implements RequestRules.Rule {

	@Override
	public void check(SimulatedRequest request) {
		if (!request.model().isGemini3() || !request.model().isImage()) {
			return;
		}
		List<JsonNode> contents = request.contents();
		for (int i = 0; i < contents.size(); i++) {
			if ("model".equals(contents.get(i).path("role").asString(""))) {
				checkContent(SimulatedRequest.list(contents.get(i).path("parts")), i);
			}
		}
	}

	private static void checkContent(List<JsonNode> parts, int index) {
		boolean drawn = parts.stream().anyMatch(ImageHistoryRules::isPicture);
		boolean first = true;
		for (int i = 0; i < parts.size(); i++) {
			JsonNode part = parts.get(i);
			if (drawn && !isThought(part)) {
				if (isPicture(part) || (first && part.has("text"))) {
					checkPart(part, index, i);
				}
				first = false;
			}
		}
	}

	private static void checkPart(JsonNode part, int index, int partIndex) {
		String signature = part.path("thoughtSignature").asString("");
		if (signature.isEmpty()) {
			throw RequestRejectedException
				.invalidArgument(((isPicture(part)) ? "Image" : "Text") + " part is missing a thought_signature in "
						+ "content position " + (index + 1) + ", part position " + (partIndex + 1)
						+ ". Please refer to https://ai.google.dev/gemini-api/docs/thought-signatures#model-behavior "
						+ "for more details.");
		}
		boolean fits = !isPicture(part) || FunctionCallRules.BYPASS.contains(signature)
				|| ThoughtSignatures.fits(signature, ImageGenerator.bytes(part));
		if (!fits) {
			throw RequestRejectedException.invalidArgument("Invalid thought signature.");
		}
	}

	private static boolean isPicture(JsonNode part) {
		return part.has("inlineData") && !isThought(part);
	}

	private static boolean isThought(JsonNode part) {
		return part.path("thought").asBoolean(false);
	}

}
