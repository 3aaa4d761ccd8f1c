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

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.UsageMetadata;
import com.cometapi.gemini.prompt.PromptContentSpec;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The turns of a conversation, as they were sent and received. Immutable.
 *
 * @param version the number of turns that the conversation has had, including those that
 * are not kept any more
 * @param turns the turns that are kept, the oldest first
 */
public record GeminiConversation(long version, List<Turn> turns) {

	/**
	 * A conversation that has not begun.
	 */
	public static final GeminiConversation EMPTY = new GeminiConversation(0, List.of());

	/**
	 * Create a conversation.
	 */
	public GeminiConversation {
		Assert.noNullElements(turns, "'turns' must not contain null");
		turns = List.copyOf(turns);
		Assert.isTrue(version >= turns.size(), "'version' must not be less than the number of turns");
	}

	/**
	 * Return the contents of all turns, to be sent with
	 * {@link PromptContentSpec#history(List)}.
	 * @return the contents, the oldest first
	 */
	public List<Content> contents() {
		return this.turns.stream().flatMap((turn) -> turn.contents().stream()).toList();
	}

	/**
	 * Return this conversation as JSON: a member {@code version}, which is that of the
	 * format, and {@code turns} whose {@code contents} are the messages of the wire, with
	 * their signatures and all members that this version does not know.
	 * @return the JSON
	 */
	public String toJson() {
		return ConversationJson.write(this);
	}

	/**
	 * Read a conversation from JSON.
	 *
	 * <p>
	 * A conversation that comes from a visitor, such as one that a browser has stored,
	 * may hold anything: responses that the model never gave, function calls and made-up
	 * function responses, references to files, counts that are not true. Use
	 * {@link #requireMessagesOnly()} on it, and limit its size.
	 * @param json the JSON, as {@link #toJson()} returns it
	 * @return the conversation
	 * @throws GeminiInvalidConversationException if it is not the JSON of a conversation,
	 * or that of a later version of this library; contains the position
	 */
	public static GeminiConversation fromJson(String json) {
		return ConversationJson.readConversation(json);
	}

	/**
	 * Check that this conversation consists of messages only, as a conversation that
	 * comes from a visitor must: texts and media, by the user and the model in turn. A
	 * turn may end with the user's message, as it does if the model said nothing. It must
	 * not contain function calls or their responses, server-side tools or code,
	 * signatures, thoughts, references to files or unknown members. Whether the model
	 * really said what it is quoted with cannot be checked.
	 * @return a conversation with the same messages, without usage
	 * @throws GeminiInvalidConversationException if there is anything else; contains the
	 * position
	 */
	public GeminiConversation requireMessagesOnly() {
		return ConversationChecks.messagesOnly(this);
	}

	/**
	 * A turn of a conversation: the content of the user and everything that followed.
	 *
	 * @param id the id, by which stores recognize a turn that they have already: at most
	 * 64 letters, digits, {@code -} and {@code _}, or {@code null} for none; chats give
	 * each turn one
	 * @param contents the contents, in order: the user's, the model's and the function
	 * responses; the last one of the model is missing if it ended with {@code STOP} and
	 * said nothing, because the API refuses empty contents
	 * @param usageMetadata the usage of the last response of the turn, or {@code null} if
	 * it has none
	 * @param totalUsage the usage of all responses of the turn together, or {@code null}
	 * if they have none
	 * @param totalCost the cost of all responses of the turn together, or {@code null} if
	 * it is not known, as without prices
	 * @param earlierTurns the number of turns right before this one that the model saw,
	 * or {@code null} if it is not known or other turns came in between
	 */
	public record Turn(@Nullable String id, List<Content> contents, @Nullable UsageMetadata usageMetadata,
			@Nullable UsageMetadata totalUsage, @Nullable BigDecimal totalCost, @Nullable Integer earlierTurns) {

		private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

		/**
		 * Create a turn.
		 */
		public Turn {
			Assert.isTrue(id == null || ID.matcher(id).matches(),
					"'id' must consist of at most 64 letters, digits, '-' and '_'");
			Assert.notEmpty(contents, "'contents' must not be empty");
			Assert.noNullElements(contents, "'contents' must not contain null");
			Assert.isTrue(earlierTurns == null || earlierTurns >= 0, "'earlierTurns' must not be negative");
			contents = List.copyOf(contents);
		}

		/**
		 * Create a turn without a cost.
		 * @param id the id
		 * @param contents the contents, in order
		 * @param usageMetadata the usage of the last response
		 * @param totalUsage the usage of all responses
		 * @param earlierTurns the number of turns right before this one that the model
		 * saw
		 */
		public Turn(@Nullable String id, List<Content> contents, @Nullable UsageMetadata usageMetadata,
				@Nullable UsageMetadata totalUsage, @Nullable Integer earlierTurns) {
			this(id, contents, usageMetadata, totalUsage, null, earlierTurns);
		}

		/**
		 * Create a turn without an id and a cost.
		 * @param contents the contents, in order
		 * @param usageMetadata the usage of the last response
		 * @param totalUsage the usage of all responses
		 * @param earlierTurns the number of turns right before this one that the model
		 * saw
		 */
		public Turn(List<Content> contents, @Nullable UsageMetadata usageMetadata, @Nullable UsageMetadata totalUsage,
				@Nullable Integer earlierTurns) {
			this(null, contents, usageMetadata, totalUsage, null, earlierTurns);
		}

		/**
		 * Return this turn with an id, which distinguishes it from others with the same
		 * contents.
		 * @return this turn, or a copy with a new id if it has none
		 */
		Turn withId() {
			return (this.id != null) ? this : withNewId();
		}

		/**
		 * Return a copy with an id of its own.
		 * @return a new turn
		 */
		Turn withNewId() {
			return new Turn(UUID.randomUUID().toString(), this.contents, this.usageMetadata, this.totalUsage,
					this.totalCost, this.earlierTurns);
		}

		/**
		 * Return this turn as JSON.
		 * @return the JSON
		 */
		public String toJson() {
			return ConversationJson.write(this);
		}

		/**
		 * Read a turn from JSON.
		 * @param json the JSON, as {@link #toJson()} returns it
		 * @return the turn
		 * @throws GeminiInvalidConversationException if it is not the JSON of a turn;
		 * contains the position
		 */
		public static Turn fromJson(String json) {
			return ConversationJson.readTurn(json);
		}

		Turn withoutEarlierTurns() {
			return new Turn(this.id, this.contents, this.usageMetadata, this.totalUsage, this.totalCost, null);
		}

		/**
		 * Return whether the turn begins with the responses to function calls of the turn
		 * before it.
		 */
		boolean startsWithFunctionResponses() {
			return hasFunctionResponses(this.contents.subList(0, 1));
		}

		static boolean hasFunctionResponses(List<Content> contents) {
			return contents.stream()
				.flatMap((content) -> content.parts().stream())
				.anyMatch((part) -> part.functionResponse() != null);
		}

		boolean hasOpenCall() {
			Content last = this.contents.get(this.contents.size() - 1);
			long calls = last.parts().stream().filter((part) -> part.functionCall() != null).count();
			long results = last.parts().stream().filter((part) -> part.functionResponse() != null).count();
			return calls > results;
		}

	}

}
