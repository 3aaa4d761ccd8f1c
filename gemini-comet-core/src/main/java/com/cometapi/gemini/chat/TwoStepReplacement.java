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

/**
 * Replaces the turns of a conversation in a store that cannot do it in one step: deletes
 * the conversation and begins it again.
 */
final class TwoStepReplacement {

	private static final int MAX_ATTEMPTS = 100;

	private TwoStepReplacement() {
	}

	/**
	 * Replace all turns of a conversation.
	 * @param repository the store
	 * @param id the id of the conversation
	 * @param version the version that the caller has seen
	 * @param turns the turns, at least one
	 * @throws GeminiChatConflictException if the conversation has another version;
	 * nothing was written
	 * @throws GeminiChatAppendException if the turns could not be added after the
	 * conversation was deleted
	 */
	static void replace(GeminiChatRepository repository, String id, long version, List<Turn> turns) {
		if (version == 0) {
			repository.append(id, 0, turns);
			return;
		}
		repository.delete(id, version);
		begin(repository, id, turns);
	}

	// Another process may begin the conversation first, with a turn that must stay. The
	// turns are then added after it: deleting it even for a moment might lose it.
	private static void begin(GeminiChatRepository repository, String id, List<Turn> turns) {
		long version = 0;
		List<Turn> added = turns;
		for (int attempt = 1;; attempt++) {
			try {
				repository.append(id, version, added);
				return;
			}
			catch (GeminiChatConflictException ex) {
				if (attempt == MAX_ATTEMPTS) {
					// A conflict would say that nothing was changed.
					throw new GeminiChatAppendException(id, false, ex);
				}
				version = repository.find(id).map(GeminiConversation::version).orElse(0L);
				added = (version > 0) ? turns.stream().map(Turn::withoutEarlierTurns).toList() : turns;
			}
		}
	}

}
