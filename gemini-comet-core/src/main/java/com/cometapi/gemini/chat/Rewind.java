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

import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.chat.GeminiConversation.Turn;
import org.jspecify.annotations.Nullable;

/**
 * Deletes the last turn with a question of the user and all turns after it. May be
 * repeated after a conflict: turns that another process has added since the first attempt
 * stay. Not thread-safe.
 */
final class Rewind {

	private final GeminiChatRepository repository;

	private final String id;

	private final List<Part> user;

	// The turns to delete, chosen by the first attempt.
	private @Nullable List<Turn> superseded;

	/**
	 * Create a rewind.
	 * @param repository the store
	 * @param id the id of the conversation
	 * @param user the parts of the question
	 */
	Rewind(GeminiChatRepository repository, String id, List<Part> user) {
		this.repository = repository;
		this.id = id;
		this.user = user;
	}

	/**
	 * Delete the turns from a conversation, if there are any.
	 * @param conversation the conversation, as it was read for this attempt
	 * @throws GeminiChatConflictException if the conversation has changed since; nothing
	 * was deleted
	 */
	void apply(GeminiConversation conversation) {
		List<Turn> turns = conversation.turns();
		if (this.superseded == null) {
			this.superseded = turns.subList(findQuestion(turns), turns.size());
		}
		List<Turn> rest = rest(turns, this.superseded);
		if (rest.size() == turns.size()) {
			return;
		}
		if (rest.isEmpty()) {
			this.repository.delete(this.id, conversation.version());
		}
		else {
			this.repository.replace(this.id, conversation.version(), rest);
		}
	}

	// Returns the number of turns if none has the question.
	private int findQuestion(List<Turn> turns) {
		for (int i = turns.size() - 1; i >= 0; i--) {
			if (turns.get(i).contents().get(0).parts().equals(this.user)) {
				return i;
			}
		}
		return turns.size();
	}

	private static List<Turn> rest(List<Turn> turns, List<Turn> superseded) {
		List<Turn> rest = new ArrayList<>();
		boolean anyDeleted = false;
		boolean lastDeleted = false;
		for (Turn turn : turns) {
			// Function responses cannot stay without their calls.
			lastDeleted = (lastDeleted && turn.startsWithFunctionResponses()) || isIn(superseded, turn);
			anyDeleted |= lastDeleted;
			if (!lastDeleted) {
				rest.add((anyDeleted) ? turn.withoutEarlierTurns() : turn);
			}
		}
		return rest;
	}

	private static boolean isIn(List<Turn> superseded, Turn turn) {
		return superseded.stream()
			.anyMatch((other) -> (turn.id() != null) ? turn.id().equals(other.id()) : turn.equals(other));
	}

}
