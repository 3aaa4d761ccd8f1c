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

import java.util.ArrayList;
import java.util.List;

import com.cometapi.gemini.api.UsageMetadata;
import com.cometapi.gemini.chat.GeminiConversation.Turn;
import org.jspecify.annotations.Nullable;

/**
 * Estimates the tokens of the newest turns, using the endpoint's counts where known.
 * Reads no more summaries than necessary.
 */
final class TokenEstimator {

	private static final int LARGEST_PAGE = 512;

	private final GeminiTurnSummary.Reader reader;

	private final List<GeminiTurnSummary> turns = new ArrayList<>();

	// The total tokens of the newest turns, indexed by their number less one.
	private final List<Long> sums = new ArrayList<>();

	private int pageSize;

	private boolean complete;

	TokenEstimator(GeminiTurnSummary.Reader reader, int pageSize) {
		this.reader = reader;
		this.pageSize = pageSize;
	}

	/**
	 * Return a turn.
	 * @param index the index, from 0 for the newest turn
	 * @return the turn, or {@code null} if there are not so many
	 */
	@Nullable GeminiTurnSummary get(int index) {
		while (this.turns.size() <= index && !this.complete) {
			List<GeminiTurnSummary> page = this.reader.read(this.turns.size(), this.pageSize);
			this.turns.addAll(page);
			this.complete = page.size() < this.pageSize;
			this.pageSize = Math.min(2 * this.pageSize, LARGEST_PAGE);
		}
		return (index < this.turns.size()) ? this.turns.get(index) : null;
	}

	/**
	 * Return the size of the newest turns.
	 * @param count the number of turns, at least one
	 * @return the number of tokens
	 */
	long tokens(int count) {
		GeminiTurnSummary newest = get(0);
		Long counted = (newest != null) ? newest.countedTokens() : null;
		Integer earlier = (newest != null) ? newest.earlierTurns() : null;
		if (counted == null || earlier == null || get(earlier) == null) {
			return sum(count);
		}
		return Math.max(counted - Math.max(sum(earlier + 1) - sum(count), 0), 0)
				+ Math.max(sum(count) - sum(earlier + 1), 0);
	}

	private long sum(int count) {
		while (this.sums.size() < count) {
			int index = this.sums.size();
			this.sums.add(((index > 0) ? this.sums.get(index - 1) : 0) + size(index));
		}
		return this.sums.get(count - 1);
	}

	// The growth of the endpoint's count, if the turn before has the same history;
	// otherwise the estimate.
	private long size(int index) {
		GeminiTurnSummary turn = get(index);
		if (turn == null) {
			return 0;
		}
		Long counted = turn.countedTokens();
		Integer earlier = turn.earlierTurns();
		if (counted != null && earlier != null && earlier > 0) {
			GeminiTurnSummary before = get(index + 1);
			Long countedBefore = (before != null && Integer.valueOf(earlier - 1).equals(before.earlierTurns()))
					? before.countedTokens() : null;
			if (countedBefore != null && counted > countedBefore) {
				return counted - countedBefore;
			}
		}
		return turn.estimatedTokens();
	}

	// Thoughts are not sent again.
	static @Nullable Long counted(Turn turn) {
		UsageMetadata usage = turn.usageMetadata();
		if (usage == null || usage.promptTokenCount() == null) {
			return null;
		}
		return (long) usage.promptTokenCount()
				+ ((usage.candidatesTokenCount() != null) ? usage.candidatesTokenCount() : 0);
	}

}
