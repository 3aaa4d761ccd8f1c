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

import tools.jackson.databind.JsonNode;

/**
 * Rules for the thinking settings.
 */
final class ThinkingRules implements RequestRules.Rule {

	@Override
	public void check(SimulatedRequest request) {
		JsonNode thinking = request.thinking();
		SimulatedModel model = request.model();
		boolean level = thinking.has("thinkingLevel");
		boolean budget = thinking.has("thinkingBudget");
		if (level && budget) {
			throw RequestRejectedException
				.invalidArgument("You can only set only one of thinking budget and thinking level.");
		}
		if (!model.isThinking() && (level || budget || thinking.path("includeThoughts").asBoolean(false))) {
			throw RequestRejectedException
				.invalidArgument("Unable to submit request because Thinking is not supported by this model.");
		}
		if (level) {
			checkLevel(model, thinking.get("thinkingLevel").asString());
		}
		if (budget && !model.acceptsBudget(thinking.get("thinkingBudget").asInt())) {
			throw RequestRejectedException
				.invalidArgument("The thinking budget (" + thinking.get("thinkingBudget").asInt() + ") is invalid.");
		}
	}

	private static void checkLevel(SimulatedModel model, String level) {
		if (model.thinkingLevels().isEmpty()) {
			throw RequestRejectedException.invalidArgument("thinking_level is not supported by this model");
		}
		if (!level.equals("THINKING_LEVEL_UNSPECIFIED") && !model.thinkingLevels().contains(level)) {
			throw RequestRejectedException.invalidArgument("Thinking level " + level
					+ " is not supported for this model. Please retry with other thinking level.");
		}
	}

}
