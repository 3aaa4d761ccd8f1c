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

package com.cometapi.gemini.springai;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.chat.GeminiChatConflictException;
import com.cometapi.gemini.chat.GeminiChatRepository;
import com.cometapi.gemini.chat.GeminiConversation;
import com.cometapi.gemini.chat.GeminiConversation.Turn;

import org.springframework.ai.chat.memory.ChatMemoryRepository;
import org.springframework.ai.chat.messages.Message;
import org.springframework.util.Assert;

/**
 * {@link ChatMemoryRepository} of Spring AI that stores messages with a
 * {@link GeminiChatRepository}: in memory, in a relational database or in Redis.
 * Thread-safe.
 *
 * <p>
 * Unlike other stores of Spring AI, it stores tool calls with their results, media, and
 * the whole contents of a {@link GeminiCometChatModel} with their thought signatures.
 * Values of other metadata that are not JSON are dropped.
 *
 * <p>
 * New messages are appended. Only if earlier ones are gone, such as those outside the
 * window of the memory, all are written again, in one step. If two processes save the
 * same conversation at once, the later one wins.
 */
public final class GeminiCometChatMemoryRepository implements ChatMemoryRepository {

	/**
	 * Prefix of the ids of the conversations in the {@link GeminiChatRepository}.
	 */
	public static final String ID_PREFIX = "spring-ai:";

	private static final int MAX_ATTEMPTS = 10;

	private final GeminiChatRepository repository;

	/**
	 * Create a repository.
	 * @param repository stores the conversations
	 */
	public GeminiCometChatMemoryRepository(GeminiChatRepository repository) {
		Assert.notNull(repository, "'repository' must not be null");
		this.repository = repository;
	}

	/**
	 * Return the ids of all conversations. May block, and may take long in a large store.
	 * @return the ids, in any order
	 * @throws UnsupportedOperationException if the store cannot list them
	 */
	@Override
	public List<String> findConversationIds() {
		return this.repository.findIds(ID_PREFIX).stream().map((id) -> id.substring(ID_PREFIX.length())).toList();
	}

	/**
	 * Return the messages of a conversation. May block.
	 * @param conversationId the id
	 * @return the messages, the oldest first, empty if there are none
	 */
	@Override
	public List<Message> findByConversationId(String conversationId) {
		return find(id(conversationId)).map(GeminiConversation::contents)
			.orElse(List.of())
			.stream()
			.map(StoredMessages::read)
			.toList();
	}

	/**
	 * Replace the messages of a conversation, or delete it if there are none. May block.
	 * @param conversationId the id
	 * @param messages the messages, the oldest first
	 * @throws GeminiChatConflictException if other processes keep changing the
	 * conversation
	 */
	@Override
	public void saveAll(String conversationId, List<Message> messages) {
		Assert.noNullElements(messages, "'messages' must not contain null");
		String id = id(conversationId);
		if (messages.isEmpty()) {
			this.repository.delete(id);
			return;
		}
		List<Content> contents = messages.stream().map(StoredMessages::write).toList();
		for (int attempt = 1; !save(id, contents, attempt == MAX_ATTEMPTS); attempt++) {
			Thread.onSpinWait();
		}
	}

	private boolean save(String id, List<Content> contents, boolean last) {
		Optional<GeminiConversation> found = find(id);
		long version = found.map(GeminiConversation::version).orElse(0L);
		List<Content> stored = found.map(GeminiConversation::contents).orElse(List.of());
		try {
			if (contents.size() >= stored.size() && contents.subList(0, stored.size()).equals(stored)) {
				List<Content> added = contents.subList(stored.size(), contents.size());
				if (!added.isEmpty()) {
					this.repository.append(id, version, List.of(turn(added)));
				}
			}
			else {
				this.repository.replace(id, version, List.of(turn(contents)));
			}
			return true;
		}
		catch (GeminiChatConflictException ex) {
			if (last) {
				throw ex;
			}
			return false;
		}
	}

	/**
	 * Delete a conversation, if it exists. May block.
	 * @param conversationId the id
	 */
	@Override
	public void deleteByConversationId(String conversationId) {
		this.repository.delete(id(conversationId));
	}

	private static String id(String conversationId) {
		Assert.hasText(conversationId, "'conversationId' must not be empty");
		return ID_PREFIX + conversationId;
	}

	private Optional<GeminiConversation> find(String id) {
		return this.repository.find(id);
	}

	private static Turn turn(List<Content> contents) {
		return new Turn(UUID.randomUUID().toString(), contents, null, null, null);
	}

}
