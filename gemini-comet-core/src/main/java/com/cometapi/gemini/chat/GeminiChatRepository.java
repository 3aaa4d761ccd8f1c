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
import java.util.Optional;

import com.cometapi.gemini.chat.GeminiConversation.Turn;

/**
 * Stores conversations by id. Implementations are thread-safe, and safe where several
 * processes use the same store.
 *
 * <p>
 * Changes other than {@link #delete(String)} name the version of the conversation that
 * their caller has seen, and fail if the conversation has another one. So no turn is lost
 * when two processes run a turn of the same conversation at the same time: the second one
 * gets a {@link GeminiChatConflictException}, reads the conversation again and repeats
 * its change. Any other exception that a method throws reaches the caller of the chat as
 * the cause of a {@link GeminiChatException}.
 *
 * <p>
 * {@link #find(String)}, {@link #append append} and {@link #delete(String)} are enough. A
 * store of long conversations should also implement
 * {@link #find(String, GeminiChatWindow)}, so that a turn reads no more than its window
 * needs.
 */
public interface GeminiChatRepository {

	/**
	 * Return a conversation. May block.
	 * @param id the id
	 * @return the conversation as it is at one moment, or empty if there is none or it
	 * has expired
	 */
	Optional<GeminiConversation> find(String id);

	/**
	 * Return the newest turns of a conversation, those inside a window, with the version
	 * of the whole conversation. Called before each turn. May block.
	 *
	 * <p>
	 * Reads the whole conversation unless overridden. A store that keeps the
	 * {@linkplain GeminiTurnSummary summary} of each turn beside it asks the
	 * {@linkplain GeminiChatWindow#countTurns window} first how many turns it needs.
	 * @param id the id
	 * @param window the window
	 * @return the conversation as it is at one moment, or empty if there is none or it
	 * has expired
	 */
	default Optional<GeminiConversation> find(String id, GeminiChatWindow window) {
		return find(id).map(window::limit);
	}

	/**
	 * Add turns to the end of a conversation, all of them or none. The version increases
	 * by their number, and the time to live starts again. May block.
	 *
	 * <p>
	 * A turn that is stored already must not be stored again: if the last of the turns
	 * has an {@linkplain Turn#id() id}, and the turn that is stored in its place has the
	 * same one, then an earlier attempt got through and only its reply was lost. This
	 * attempt has nothing left to do and succeeds.
	 * @param id the id
	 * @param version the version of the conversation that the caller has seen, 0 to begin
	 * one that must not exist
	 * @param turns the turns, at least one
	 * @throws GeminiChatConflictException if the conversation has another version;
	 * nothing was written
	 * @throws GeminiChatAppendException if it failed and the store knows whether the
	 * turns may have been stored; after any other exception the chat looks for them
	 */
	void append(String id, long version, List<Turn> turns);

	/**
	 * Add turns to the end of a conversation as {@link #append append} does, and delete
	 * all turns before them in the same step. May block.
	 *
	 * <p>
	 * Unless overridden, deletes the conversation and begins it again, which are two
	 * steps: if the second one fails, the conversation is gone. If another process begins
	 * it in between, the turns are added after those of that process.
	 * @param id the id
	 * @param version the version of the conversation that the caller has seen, 0 to begin
	 * one that must not exist
	 * @param turns the turns, at least one
	 * @throws GeminiChatConflictException if the conversation has another version;
	 * nothing was written
	 * @throws GeminiChatAppendException if it failed and the store knows whether the
	 * turns may have been stored
	 */
	default void replace(String id, long version, List<Turn> turns) {
		TwoStepReplacement.replace(this, id, version, turns);
	}

	/**
	 * Return the ids of all conversations that begin with a prefix. May block, and may
	 * take long in a large store.
	 * @param prefix the prefix, empty for all conversations
	 * @return the ids, in any order
	 * @throws UnsupportedOperationException if the store cannot list them, as is the case
	 * unless overridden
	 */
	default List<String> findIds(String prefix) {
		throw new UnsupportedOperationException(getClass().getName() + " cannot list the ids of its conversations");
	}

	/**
	 * Delete a conversation, if there is one. May block.
	 * @param id the id
	 */
	void delete(String id);

	/**
	 * Delete a conversation that has not changed since its caller read it. May block.
	 *
	 * <p>
	 * Unless overridden, reads the conversation before it is deleted, which are two
	 * steps: a turn that another process adds in between may be lost.
	 * @param id the id
	 * @param version the version of the conversation that the caller has seen
	 * @throws GeminiChatConflictException if the conversation has another version, or
	 * there is none; nothing was deleted
	 */
	default void delete(String id, long version) {
		if (find(id).map(GeminiConversation::version).orElse(0L) != version) {
			throw new GeminiChatConflictException(id, version);
		}
		delete(id);
	}

	/**
	 * Return whether the other methods may block. If so, chats call them on threads that
	 * may block.
	 * @return {@code true} unless everything is in memory
	 */
	default boolean isBlocking() {
		return true;
	}

	/**
	 * Check that an id can be held by every store: it has 1 to 255 characters, none of
	 * them a control character or half of a surrogate pair, and no white space at its
	 * ends.
	 * @param id the id
	 * @throws IllegalArgumentException if it cannot
	 */
	static void checkId(String id) {
		ConversationIds.check(id);
	}

}
