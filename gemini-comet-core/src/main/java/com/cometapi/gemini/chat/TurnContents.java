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

package com.cometapi.gemini.chat;

import java.util.List;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.chat.GeminiConversation.Turn;

/**
 * Rules for the contents of conversation turns.
 */
final class TurnContents {

	private TurnContents() {
	}

	static boolean hasFunctionResponses(List<Content> contents) {
		return contents.stream()
			.flatMap((content) -> content.parts().stream())
			.anyMatch((part) -> part.functionResponse() != null);
	}

	static boolean hasOpenCall(Turn turn) {
		Content last = turn.contents().get(turn.contents().size() - 1);
		long calls = last.parts().stream().filter((part) -> part.functionCall() != null).count();
		long results = last.parts().stream().filter((part) -> part.functionResponse() != null).count();
		return calls > results;
	}

}
