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

import java.util.List;

import com.cometapi.gemini.GeminiConversation.Turn;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.UsageMetadata;
import org.jspecify.annotations.Nullable;

/**
 * How many tokens turns weigh, as the endpoint counted them or else estimated.
 */
final class TurnSizes {

	private static final int CHARACTERS_PER_TOKEN = 4;

	// What the API counts for a small picture.
	private static final int TOKENS_PER_MEDIUM = 258;

	private TurnSizes() {
	}

	/**
	 * Return the size of the last turns.
	 * @param turns all turns
	 * @param start the index of the first turn that counts
	 * @return the number of tokens
	 */
	static long estimate(List<Turn> turns, int start) {
		int last = turns.size() - 1;
		Long counted = counted(turns.get(last));
		Integer earlier = turns.get(last).earlierTurns();
		if (counted == null || earlier == null || earlier > last) {
			return sum(turns, start, turns.size());
		}
		int countedFrom = last - earlier;
		return Math.max(counted - sum(turns, countedFrom, start), 0) + sum(turns, start, countedFrom);
	}

	private static long sum(List<Turn> turns, int from, int to) {
		long sum = 0;
		for (int i = from; i < to; i++) {
			sum += size(turns, i);
		}
		return sum;
	}

	// By how much the count grew, if the model saw the same turns before.
	private static long size(List<Turn> turns, int index) {
		Long counted = counted(turns.get(index));
		Integer earlier = turns.get(index).earlierTurns();
		if (index > 0 && counted != null && earlier != null && earlier > 0) {
			Long before = counted(turns.get(index - 1));
			Integer earlierBefore = turns.get(index - 1).earlierTurns();
			if (before != null && earlierBefore != null && earlierBefore == earlier - 1 && counted > before) {
				return counted - before;
			}
		}
		return turns.get(index)
			.contents()
			.stream()
			.flatMap((content) -> content.parts().stream())
			.mapToLong(TurnSizes::estimate)
			.sum();
	}

	// Thoughts are not sent again.
	private static @Nullable Long counted(Turn turn) {
		UsageMetadata usage = turn.usageMetadata();
		if (usage == null || usage.promptTokenCount() == null) {
			return null;
		}
		return (long) usage.promptTokenCount()
				+ ((usage.candidatesTokenCount() != null) ? usage.candidatesTokenCount() : 0);
	}

	private static long estimate(Part part) {
		if (part.inlineData() != null || part.fileData() != null) {
			return TOKENS_PER_MEDIUM;
		}
		String text = (part.text() != null) ? part.text()
				: String.valueOf((part.functionCall() != null) ? part.functionCall() : part.functionResponse());
		return text.length() / CHARACTERS_PER_TOKEN + 1;
	}

}
