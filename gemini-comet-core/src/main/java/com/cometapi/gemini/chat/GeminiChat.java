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
import java.util.function.Consumer;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.client.BlockingCalls;
import com.cometapi.gemini.prompt.PromptSpec;
import com.cometapi.gemini.thread.GeminiThreads;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * A conversation with a model. <pre class="code">
 * GeminiChat chat = GeminiChat.builder(gemini).system("You are a math tutor.").build();
 * chat.prompt("What is 2+2?").text();
 * chat.prompt("And twice as much?").streamText();
 * </pre>
 *
 * <p>
 * Each prompt is a turn: it is sent after the history, and when it has ended well, its
 * contents are stored as they were sent and received, with signatures, function calls and
 * their responses. A turn that failed or was cancelled leaves the conversation as it was,
 * and so does one that was blocked, that the model ended by its own fault, such as with a
 * malformed function call, or in which it said nothing. A text that was cut by
 * {@code maxOutputTokens} is kept. A response as a Java object is kept if it is a value
 * of its type, without the responses that were not. A stream is kept when its last event
 * has arrived, before it completes.
 *
 * <p>
 * Thread-safe. Turns of one chat, and of all chats with the same id of one
 * {@link GeminiChats}, run one after the other in the order in which they were called or
 * subscribed to, without a thread that waits; a blocking call waits for those before it.
 * For that a stream must be read to its end or cancelled. Never wait for a chat inside
 * one of its own turns.
 */
public final class GeminiChat {

	private static final String ONLY_ID = "chat";

	private final GeminiOperations operations;

	private final Consumer<PromptSpec> prompts;

	private final GeminiChatWindow window;

	private final ConversationAdvisor advisor;

	GeminiChat(GeminiOperations operations, Consumer<PromptSpec> prompts, GeminiChatWindow window,
			ConversationAdvisor advisor) {
		this.operations = operations;
		this.prompts = prompts;
		this.window = window;
		this.advisor = advisor;
	}

	/**
	 * Start the prompt of the next turn.
	 * @return a new prompt, with the settings of this chat
	 */
	public PromptSpec prompt() {
		PromptSpec prompt = this.operations.prompt().advisors(this.advisor);
		this.prompts.accept(prompt);
		return prompt;
	}

	/**
	 * Start the prompt of the next turn with a text of the user.
	 * @param text the text
	 * @return a new prompt, with the settings of this chat
	 */
	public PromptSpec prompt(String text) {
		return prompt().user(text);
	}

	/**
	 * Return the conversation so far. Does not wait for a turn that is running. Blocks,
	 * and fails on an event loop, if the chat is kept in a store that
	 * {@linkplain GeminiChatRepository#isBlocking() does}; in memory it does not. Never
	 * billed.
	 * @return the conversation
	 * @throws GeminiChatException if the store fails
	 */
	public GeminiConversation conversation() {
		return read("conversation()", "conversationAsync()");
	}

	/**
	 * Return the conversation so far. Does not wait for a turn that is running. Never
	 * billed.
	 * @return the conversation, or a {@link GeminiChatException} if the store fails
	 */
	public Mono<GeminiConversation> conversationAsync() {
		return this.advisor.find();
	}

	/**
	 * Return a chat that goes on from here on its own, in memory only. Blocks where
	 * {@link #conversation()} does; never billed.
	 * @return a new chat with the same turns and settings
	 * @throws GeminiChatException if the store fails
	 */
	public GeminiChat fork() {
		return fork(read("fork()", "forkAsync()"));
	}

	/**
	 * Return a chat that goes on from here on its own, in memory only. Never billed.
	 * @return a new chat with the same turns and settings, or a
	 * {@link GeminiChatException} if the store fails
	 */
	public Mono<GeminiChat> forkAsync() {
		return conversationAsync().map(this::fork);
	}

	private GeminiConversation read(String method, String alternative) {
		return (this.advisor.isBlocking()) ? BlockingCalls.await(this.advisor.find(), method, alternative)
				: this.advisor.read();
	}

	private GeminiChat fork(GeminiConversation conversation) {
		return builder(this.operations).prompts(this.prompts).window(this.window).conversation(conversation).build();
	}

	/**
	 * Delete the conversation, after the turns that were called before. Blocks, since it
	 * waits for those turns, wherever the chat is kept; never billed.
	 * @throws GeminiChatException if the store fails
	 */
	public void clear() {
		BlockingCalls.await(clearAsync().thenReturn(true), "clear()", "clearAsync()");
	}

	/**
	 * Delete the conversation, after the turns that were called before. Never billed.
	 * @return the end, or a {@link GeminiChatException} if the store fails
	 */
	public Mono<Void> clearAsync() {
		return this.advisor.delete();
	}

	/**
	 * Delete the last turn of the user with the given parts and all turns after it, to
	 * have its question answered again. Does nothing if there is no such turn. Waits for
	 * the turns that were called before. One step in the stores of this library: a
	 * failure leaves the conversation as it was or as it has to be. A turn that another
	 * process adds at the same time is kept, except one with the results of functions
	 * that a deleted turn asks for. If no turn is left, the conversation is deleted, and
	 * a turn of it that another process is still running cannot be saved. Blocks wherever
	 * the chat is kept; never billed.
	 * @param user the parts of the question, in order
	 * @throws GeminiChatException if the store fails
	 * @see GeminiChatRepository#replace
	 */
	public void rewind(Part... user) {
		BlockingCalls.await(rewindAsync(user).thenReturn(true), "rewind()", "rewindAsync()");
	}

	/**
	 * Delete the last turn of the user with the given parts and all turns after it, like
	 * {@link #rewind(Part...)}. Never billed.
	 * @param user the parts of the question, in order
	 * @return the end, or a {@link GeminiChatException} if the store fails
	 */
	public Mono<Void> rewindAsync(Part... user) {
		Assert.notEmpty(user, "'user' must not be empty");
		return this.advisor.rewind(List.of(user));
	}

	/**
	 * Create a chat that has not begun, in memory.
	 * @param operations sends the prompts
	 * @return a new chat
	 */
	public static GeminiChat create(GeminiOperations operations) {
		return builder(operations).build();
	}

	/**
	 * Return a builder for a chat in memory.
	 * @param operations sends the prompts
	 * @return a new builder
	 */
	public static Builder builder(GeminiOperations operations) {
		return new Builder(operations);
	}

	/**
	 * Builder for {@link GeminiChat}, not thread-safe.
	 */
	public static final class Builder {

		private final GeminiOperations operations;

		private Consumer<PromptSpec> prompts = (prompt) -> {
		};

		private GeminiChatWindow window = GeminiChatWindow.ALL;

		private @Nullable GeminiConversation conversation;

		private Builder(GeminiOperations operations) {
			Assert.notNull(operations, "'operations' must not be null");
			this.operations = operations;
		}

		/**
		 * Add to the instruction that stands before the conversation: each call adds a
		 * part to the same instruction.
		 * @param text the instruction
		 * @return this builder
		 */
		public Builder system(String text) {
			Assert.hasText(text, "'text' must not be empty");
			return prompts((prompt) -> prompt.system(text));
		}

		/**
		 * Add settings of all prompts of the chat, such as a model or functions.
		 * @param prompts changes a new prompt
		 * @return this builder
		 */
		public Builder prompts(Consumer<PromptSpec> prompts) {
			Assert.notNull(prompts, "'prompts' must not be null");
			this.prompts = this.prompts.andThen(prompts);
			return this;
		}

		/**
		 * Set the part of the conversation that is sent with each prompt. All of it
		 * unless set.
		 * @param window the window
		 * @return this builder
		 */
		public Builder window(GeminiChatWindow window) {
			Assert.notNull(window, "'window' must not be null");
			this.window = window;
			return this;
		}

		/**
		 * Set the conversation to go on with.
		 * @param conversation the conversation; if it comes from a visitor, see
		 * {@link GeminiConversation#requireMessagesOnly()}
		 * @return this builder
		 */
		public Builder conversation(GeminiConversation conversation) {
			Assert.notNull(conversation, "'conversation' must not be null");
			ConversationChecks.checkContents(conversation);
			this.conversation = conversation;
			return this;
		}

		/**
		 * Build the chat.
		 * @return a new chat, on its own
		 */
		public GeminiChat build() {
			InMemoryGeminiChatRepository repository = new InMemoryGeminiChatRepository(1,
					GeminiChatRetention.UNLIMITED);
			if (this.conversation != null && !this.conversation.turns().isEmpty()) {
				repository.append(ONLY_ID, 0,
						this.conversation.turns().stream().map(GeminiConversation.Turn::withId).toList());
			}
			return new GeminiChat(this.operations, this.prompts, this.window, new ConversationAdvisor(ONLY_ID,
					repository, this.window, new TurnQueues(), GeminiThreads.shared()));
		}

	}

}
