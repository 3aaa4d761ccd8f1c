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

import com.cometapi.gemini.GeminiConversation.Turn;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.UsageMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What the turns of a conversation may consist of.
 */
final class TurnContents {

	private static final Part NOTHING = Part.builder().build();

	private TurnContents() {
	}

	// Unchanged, but for parts without any member, which come but are refused, as is a
	// content that has nothing but empty texts.
	static @Nullable Content toReplay(@Nullable Content content) {
		if (content == null) {
			return null;
		}
		List<Part> parts = content.parts().stream().filter((part) -> !part.equals(NOTHING)).toList();
		return (parts.stream().allMatch(Part::isEmpty)) ? null
				: new Content(content.role(), parts, content.additional());
	}

	// What functions have done before the answer that was refused remains true.
	static GeminiTurn repaired(GeminiTurn refused, Content complaint, GeminiTurn better) {
		List<Content> before = refused.contents();
		int answers = (toReplay(refused.response().content()) != null) ? 1 : 0;
		List<Content> contents = new ArrayList<>(before.subList(0, before.size() - answers));
		better.contents().stream().filter((content) -> !content.equals(complaint)).forEach(contents::add);
		return new GeminiTurn(contents, better.response(), sum(refused.totalUsage(), better.totalUsage()));
	}

	static @Nullable UsageMetadata sum(@Nullable UsageMetadata first, @Nullable UsageMetadata second) {
		if (first == null || second == null) {
			return (first != null) ? first : second;
		}
		return first.plus(second);
	}

	static boolean hasResults(List<Part> parts) {
		return parts.stream().anyMatch((part) -> part.functionResponse() != null);
	}

	static boolean hasOpenCall(Turn turn) {
		Content last = turn.contents().get(turn.contents().size() - 1);
		long calls = last.parts().stream().filter((part) -> part.functionCall() != null).count();
		long results = last.parts().stream().filter((part) -> part.functionResponse() != null).count();
		return calls > results;
	}

}
