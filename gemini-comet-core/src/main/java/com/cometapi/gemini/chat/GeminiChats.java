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

import java.util.function.Consumer;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.client.BlockingCalls;
import com.cometapi.gemini.prompt.PromptSpec;
import com.cometapi.gemini.thread.GeminiThreads;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * The chats of an application, stored in a {@link GeminiChatRepository}. Thread-safe.
 *
 * <p>
 * Each turn reads its conversation, so that it sees what other processes have added, and
 * adds itself to it. In this process the turns of a conversation run one after the other,
 * each with the turns before it. If two processes run a turn of the same conversation at
 * the same time, neither turn sees the other. Both are stored, in the order in which they
 * ended; {@link GeminiConversation.Turn#earlierTurns()} is {@code null} for the later
 * one.
 *
 * <p>
 * If a conversation cannot be read, a {@link GeminiChatException} ends the turn before
 * anything is sent. A successful turn cannot be added if the store fails, if the
 * conversation was deleted during the turn, or if another turn was added between its
 * function responses and their calls. It then ends with a
 * {@link GeminiChatNotSavedException}, a stream after all its events. The exception holds
 * the turn, and tells whether the turn may have been stored because only the reply of the
 * store was lost. A turn is never stored twice.
 */
public final class GeminiChats {

	private final GeminiOperations operations;

	private final GeminiChatRepository repository;

	private final GeminiChatWindow window;

	private final GeminiThreads threads;

	private final TurnQueues queues = new TurnQueues();

	/**
	 * Create the chats.
	 * @param operations sends the prompts
	 * @param repository stores the conversations
	 * @param window the part of a conversation that is sent with each prompt
	 */
	public GeminiChats(GeminiOperations operations, GeminiChatRepository repository, GeminiChatWindow window) {
		this(operations, repository, window, GeminiThreads.shared());
	}

	/**
	 * Create the chats.
	 * @param operations sends the prompts
	 * @param repository stores the conversations
	 * @param window the part of a conversation that is sent with each prompt
	 * @param threads the threads on which a repository is called that may block
	 */
	public GeminiChats(GeminiOperations operations, GeminiChatRepository repository, GeminiChatWindow window,
			GeminiThreads threads) {
		Assert.notNull(operations, "'operations' must not be null");
		Assert.notNull(repository, "'repository' must not be null");
		Assert.notNull(window, "'window' must not be null");
		Assert.notNull(threads, "'threads' must not be null");
		this.operations = operations;
		this.repository = repository;
		this.window = window;
		this.threads = threads;
	}

	/**
	 * Return a chat, whether it has begun or not. Reads nothing.
	 * @param id the id, such as one made for a browser session, with 1 to 255 characters
	 * and no control characters; whoever knows it can continue the conversation
	 * @return the chat
	 */
	public GeminiChat chat(String id) {
		return chat(id, (prompt) -> {
		});
	}

	/**
	 * Return a chat, whether it has begun or not. Reads nothing.
	 * @param id the id, such as one made for a browser session, with 1 to 255 characters
	 * and no control characters; whoever knows it can continue the conversation
	 * @param prompts applies the settings of all prompts of the chat, such as the system
	 * instruction, a model or functions; not stored with the conversation
	 * @return the chat
	 */
	public GeminiChat chat(String id, Consumer<PromptSpec> prompts) {
		Assert.notNull(prompts, "'prompts' must not be null");
		return new GeminiChat(this.operations, prompts, this.window, advisor(id));
	}

	/**
	 * Begin a conversation with existing turns, such as those of another or an exported
	 * conversation. Blocks, and fails on an event loop, if the repository does; never
	 * billed.
	 * @param id the id of the new conversation
	 * @param conversation the turns; if they come from a visitor, see
	 * {@link GeminiConversation#requireMessagesOnly()}
	 * @throws GeminiChatConflictException if there is a conversation with this id
	 * @throws GeminiChatAppendException if the store fails
	 */
	public void begin(String id, GeminiConversation conversation) {
		ConversationAdvisor advisor = advisorToBegin(id, conversation);
		if (advisor.isBlocking()) {
			BlockingCalls.await(advisor.append(conversation).thenReturn(true), "begin()", "beginAsync()");
		}
		else {
			advisor.write(conversation);
		}
	}

	/**
	 * Begin a conversation with existing turns, such as those of another or an exported
	 * conversation. Never billed.
	 * @param id the id of the new conversation
	 * @param conversation the turns; if they come from a visitor, see
	 * {@link GeminiConversation#requireMessagesOnly()}
	 * @return completion, a {@link GeminiChatConflictException} if there is a
	 * conversation with this id, or a {@link GeminiChatAppendException} if the store
	 * fails
	 */
	public Mono<Void> beginAsync(String id, GeminiConversation conversation) {
		return advisorToBegin(id, conversation).append(conversation);
	}

	private ConversationAdvisor advisorToBegin(String id, GeminiConversation conversation) {
		Assert.notEmpty(conversation.turns(), "'conversation' must have turns");
		ConversationChecks.checkContents(conversation);
		return advisor(id);
	}

	private ConversationAdvisor advisor(String id) {
		ConversationIds.check(id);
		return new ConversationAdvisor(id, this.repository, this.window, this.queues, this.threads);
	}

}
