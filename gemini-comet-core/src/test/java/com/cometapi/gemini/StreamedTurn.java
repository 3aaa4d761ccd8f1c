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

package com.cometapi.gemini;

import java.util.ArrayList;
import java.util.List;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.ResponseAccumulator;
import com.cometapi.gemini.prompt.PromptResult;

/**
 * Rebuilds a turn from the events of its stream.
 */
final class StreamedTurn {

	private StreamedTurn() {
	}

	static PromptResult of(Content own, List<GenerateContentResponse> events) {
		List<Content> contents = new ArrayList<>(List.of(own));
		ResponseAccumulator answer = new ResponseAccumulator();
		for (GenerateContentResponse event : events) {
			Content content = event.content();
			if (content != null && "user".equals(content.role())) {
				contents.add(answer.toResponse().content());
				contents.add(content);
				answer = new ResponseAccumulator();
			}
			else {
				answer.add(event);
			}
		}
		contents.add(answer.toResponse().content());
		return new PromptResult(contents, answer.toResponse(), null, null);
	}

}
