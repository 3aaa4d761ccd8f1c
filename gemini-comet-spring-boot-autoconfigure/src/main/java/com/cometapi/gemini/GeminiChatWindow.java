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
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * How much of a conversation is sent with the next prompt: its last turns. What is stored
 * is not touched.
 *
 * <p>
 * Turns are sent as a whole, and a turn that brings the results of functions together
 * with the turn that asks for them; so the history always starts with the user. The last
 * turn is always sent, even if it is larger than the window. A turn that ends with a call
 * which nobody answered is not sent if something else than its result follows it, and
 * neither are results whose call is not kept any more, because endpoints refuse such a
 * history.
 *
 * <p>
 * The size in tokens is what the endpoint counted for the last turn, less what the turns
 * that are left out are known to have added to it. What the endpoint did not count is
 * estimated, with four characters of text for a token.
 *
 * @param maxTurns the largest number of turns to send, or {@code null} for all
 * @param maxTokens the largest number of tokens to send, system instruction and functions
 * included, or {@code null} for no limit
 */
public record GeminiChatWindow(@Nullable Integer maxTurns, @Nullable Integer maxTokens) {

	/**
	 * All turns.
	 */
	public static final GeminiChatWindow ALL = new GeminiChatWindow(null, null);

	/**
	 * Create a window.
	 */
	public GeminiChatWindow {
		Assert.isTrue(maxTurns == null || maxTurns > 0, "'maxTurns' must be positive");
		Assert.isTrue(maxTokens == null || maxTokens > 0, "'maxTokens' must be positive");
	}

	/**
	 * Return a window of the last turns.
	 * @param maxTurns the largest number of turns
	 * @return the window
	 */
	public static GeminiChatWindow turns(int maxTurns) {
		return new GeminiChatWindow(maxTurns, null);
	}

	/**
	 * Return a window of the last tokens.
	 * @param maxTokens the largest number of tokens
	 * @return the window
	 */
	public static GeminiChatWindow tokens(int maxTokens) {
		return new GeminiChatWindow(null, maxTokens);
	}

	/**
	 * Return the turns to send.
	 * @param turns all turns
	 * @param resultsFollow whether the next prompt brings results of functions
	 * @return the turns inside the window
	 */
	List<Turn> select(List<Turn> turns, boolean resultsFollow) {
		int start = turns.size() - reach(turns);
		return withoutOpenCalls(turns.subList(start, turns.size()), resultsFollow);
	}

	/**
	 * Return how many turns from the end the window reaches back.
	 * @param turns all turns
	 * @return the number of turns
	 */
	int reach(List<Turn> turns) {
		int start = turns.size();
		while (start > 0) {
			int next = startOfExchange(turns, start - 1);
			if (start < turns.size() && !fits(turns, next)) {
				break;
			}
			start = next;
		}
		while (start < turns.size() && turns.get(start).isReply()) {
			start++;
		}
		return turns.size() - start;
	}

	private boolean fits(List<Turn> turns, int start) {
		return (this.maxTurns == null || turns.size() - start <= this.maxTurns)
				&& (this.maxTokens == null || TurnSizes.estimate(turns, start) <= this.maxTokens);
	}

	private static int startOfExchange(List<Turn> turns, int index) {
		int start = index;
		while (start > 0 && turns.get(start).isReply()) {
			start--;
		}
		return start;
	}

	private static List<Turn> withoutOpenCalls(List<Turn> turns, boolean resultsFollow) {
		List<Turn> selected = new ArrayList<>(turns.size());
		int start = 0;
		for (int i = 0; i < turns.size(); i++) {
			boolean last = i == turns.size() - 1;
			if (!last && turns.get(i + 1).isReply()) {
				continue;
			}
			if ((last && resultsFollow) || !TurnContents.hasOpenCall(turns.get(i))) {
				selected.addAll(turns.subList(start, i + 1));
			}
			start = i + 1;
		}
		return selected;
	}

}
