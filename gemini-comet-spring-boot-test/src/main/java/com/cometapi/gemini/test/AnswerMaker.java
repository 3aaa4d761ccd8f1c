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

import tools.jackson.databind.node.ObjectNode;

/**
 * Makes an answer that follows the request.
 */
final class AnswerMaker {

	Answer answer(SimulatedRequest request) {
		int thoughts = Thinking.tokens(request);
		List<ObjectNode> parts = new ArrayList<>(Thinking.summary(request, thoughts));
		parts.add(Json.textPart(Texts.markdown(request, List.of())));
		return Answer.of(parts, Tokens.usage(request, parts, thoughts, 0));
	}

}
