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
import java.util.stream.IntStream;

import com.cometapi.gemini.chat.GeminiConversation.Turn;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The part of a conversation that is sent with the next prompt: its last turns. The
 * stored conversation does not change.
 *
 * <p>
 * Turns are sent as a whole, and a turn with function responses only together with the
 * turn that has the function calls; so the history always starts with the user. The last
 * turn is always sent, even if it is larger than the window. Endpoints refuse a history
 * in which a call or its response is missing. So a turn that ends with a call is left out
 * if anything but its response follows it, and so are function responses whose call is
 * not stored any more.
 *
 * <p>
 * The size in tokens is the endpoint's count for the last turn, less the counts of the
 * turns that are left out. Where the endpoint did not count, the size is estimated at
 * four characters of text per token.
 *
 * @param maxTurns the maximum number of turns to send, or {@code null} for all
 * @param maxTokens the maximum number of tokens to send, system instruction and functions
 * included, or {@code null} for no limit
 */
public record GeminiChatWindow(@Nullable Integer maxTurns, @Nullable Integer maxTokens) {

	/**
	 * All turns.
	 */
	public static final GeminiChatWindow ALL = new GeminiChatWindow(null, null);

	private static final int SMALLEST_PAGE = 16;

	/**
	 * Create a window.
	 */
	public GeminiChatWindow {
		Assert.isTrue(maxTurns == null || maxTurns > 0, "'maxTurns' must be positive");
		Assert.isTrue(maxTokens == null || maxTokens > 0, "'maxTokens' must be positive");
	}

	/**
	 * Return a window of the last turns.
	 * @param maxTurns the maximum number of turns
	 * @return the window
	 */
	public static GeminiChatWindow turns(int maxTurns) {
		return new GeminiChatWindow(maxTurns, null);
	}

	/**
	 * Return a window of the last tokens.
	 * @param maxTokens the maximum number of tokens
	 * @return the window
	 */
	public static GeminiChatWindow tokens(int maxTokens) {
		return new GeminiChatWindow(null, maxTokens);
	}

	/**
	 * Return the number of newest turns inside the window. Reads no more pages of
	 * summaries than necessary.
	 * @param reader reads the summaries of the turns
	 * @return the number of turns
	 */
	public int countTurns(GeminiTurnSummary.Reader reader) {
		TokenEstimator turns = new TokenEstimator(reader,
				(this.maxTurns != null) ? Math.min(this.maxTurns, SMALLEST_PAGE) : SMALLEST_PAGE);
		int count = 0;
		while (turns.get(count) != null) {
			if (count > 0 && this.maxTurns != null && count >= this.maxTurns) {
				break;
			}
			int next = endOfExchange(turns, count);
			if (count > 0 && !fits(turns, next)) {
				break;
			}
			count = next;
		}
		// Function responses whose call is not stored any more
		while (count > 0 && startsWithFunctionResponses(turns.get(count - 1))) {
			count--;
		}
		return count;
	}

	/**
	 * Return whether the window has no limit, so that all turns are inside.
	 * @return {@code true} if all turns are sent
	 */
	public boolean isUnlimited() {
		return this.maxTurns == null && this.maxTokens == null;
	}

	/**
	 * Leave out the turns before the window.
	 */
	GeminiConversation limit(GeminiConversation conversation) {
		List<Turn> turns = conversation.turns();
		int inside = countTurns((skip, count) -> IntStream.range(skip, Math.min(skip + count, turns.size()))
			.mapToObj((i) -> GeminiTurnSummary.of(turns.get(turns.size() - 1 - i)))
			.toList());
		return (inside == turns.size()) ? conversation
				: new GeminiConversation(conversation.version(), turns.subList(turns.size() - inside, turns.size()));
	}

	private boolean fits(TokenEstimator turns, int count) {
		return (this.maxTurns == null || count <= this.maxTurns)
				&& (this.maxTokens == null || turns.tokens(count) <= this.maxTokens);
	}

	private static int endOfExchange(TokenEstimator turns, int index) {
		int last = index;
		while (startsWithFunctionResponses(turns.get(last)) && turns.get(last + 1) != null) {
			last++;
		}
		return last + 1;
	}

	private static boolean startsWithFunctionResponses(@Nullable GeminiTurnSummary turn) {
		return turn != null && turn.startsWithFunctionResponses();
	}

	/**
	 * Leave out function responses at the beginning whose calls are not stored any more.
	 */
	static GeminiConversation withoutOrphanedResponses(GeminiConversation conversation) {
		List<Turn> turns = conversation.turns();
		int start = 0;
		while (start < turns.size() && turns.get(start).startsWithFunctionResponses()) {
			start++;
		}
		return (start == 0) ? conversation
				: new GeminiConversation(conversation.version(), turns.subList(start, turns.size()));
	}

	/**
	 * Leave out turns that cannot be sent, because they end with a call without a
	 * response.
	 * @param turns the turns inside the window
	 * @param responsesFollow whether the next prompt has function responses
	 * @return the turns to send
	 */
	static List<Turn> withoutOpenCalls(List<Turn> turns, boolean responsesFollow) {
		List<Turn> selected = new ArrayList<>(turns.size());
		int start = 0;
		for (int i = 0; i < turns.size(); i++) {
			boolean last = i == turns.size() - 1;
			if (!last && turns.get(i + 1).startsWithFunctionResponses()) {
				continue;
			}
			if ((last && responsesFollow) || !turns.get(i).hasOpenCall()) {
				selected.addAll(turns.subList(start, i + 1));
			}
			start = i + 1;
		}
		return selected;
	}

}
