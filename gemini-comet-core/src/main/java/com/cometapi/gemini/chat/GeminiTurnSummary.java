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

import com.cometapi.gemini.chat.GeminiConversation.Turn;
import com.cometapi.gemini.client.TokenEstimates;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Size and kind of a turn, by which a {@link GeminiChatWindow} decides whether the turn
 * is sent. Repositories store it as a short text beside the turn, so that they need not
 * read turns that are not sent.
 *
 * @param startsWithFunctionResponses whether the turn begins with the responses to
 * function calls of the turn before it
 * @param countedTokens the number of tokens that the endpoint counted for the turn and
 * its history, or {@code null} if it did not count them
 * @param earlierTurns the number of turns before it that the count includes, or
 * {@code null} if it is not known
 * @param estimatedTokens the estimated number of tokens of the turn alone
 */
public record GeminiTurnSummary(boolean startsWithFunctionResponses, @Nullable Long countedTokens,
		@Nullable Integer earlierTurns, long estimatedTokens) {

	private static final String SEPARATOR = ",";

	/**
	 * Summarize a turn.
	 * @param turn the turn
	 * @return its summary
	 */
	public static GeminiTurnSummary of(Turn turn) {
		return new GeminiTurnSummary(turn.startsWithFunctionResponses(), TokenEstimator.counted(turn),
				turn.earlierTurns(), TokenEstimates.of(turn.contents()));
	}

	/**
	 * Read a summary.
	 * @param text the text, as {@link #toText()} returns it
	 * @return the summary
	 * @throws IllegalArgumentException if it is not the text of a summary
	 */
	public static GeminiTurnSummary parse(String text) {
		String[] members = text.split(SEPARATOR, -1);
		Assert.isTrue(members.length == 4, () -> "'%s' is not the summary of a turn".formatted(text));
		return new GeminiTurnSummary(!members[0].isEmpty(), (members[1].isEmpty()) ? null : Long.valueOf(members[1]),
				(members[2].isEmpty()) ? null : Integer.valueOf(members[2]), Long.parseLong(members[3]));
	}

	/**
	 * Return this summary as text.
	 * @return at most 60 ASCII characters
	 */
	public String toText() {
		return String.join(SEPARATOR, (this.startsWithFunctionResponses) ? "reply" : "", text(this.countedTokens),
				text(this.earlierTurns), Long.toString(this.estimatedTokens));
	}

	private static String text(@Nullable Number number) {
		return (number != null) ? number.toString() : "";
	}

	/**
	 * Reads the summaries of the turns of a conversation, from the newest one back.
	 */
	@FunctionalInterface
	public interface Reader {

		/**
		 * Read the next page.
		 * @param skip the number of newest turns to skip
		 * @param count the size of the page
		 * @return the summaries, the newest first, fewer than asked for only if there are
		 * no more
		 */
		List<GeminiTurnSummary> read(int skip, int count);

	}

}
