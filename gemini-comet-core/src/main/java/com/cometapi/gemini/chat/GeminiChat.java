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
 * Each prompt is a turn: it is sent after the history. If it succeeds, its contents are
 * stored as they were sent and received, with signatures, function calls and function
 * responses. A turn that fails, is cancelled or is blocked leaves the conversation as it
 * was. So does a turn that the model ended with a fault, such as a malformed function
 * call, or without any content, unless its finish reason is {@code STOP}. A text that was
 * cut off by {@code maxOutputTokens} is stored. A typed response is stored if it matches
 * its type; the responses that were repaired before it are not. A streamed turn is stored
 * after its last event, before the stream completes.
 *
 * <p>
 * Thread-safe. The turns of one chat run one after the other, in the order in which they
 * were called or subscribed to; so do those of all chats with the same id of one
 * {@link GeminiChats}. A turn that waits for its place occupies no thread, except in a
 * blocking call. Read each stream to its end or cancel it, or the turns after it never
 * run. Never wait for a chat inside one of its own turns.
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
	 * and fails on an event loop, if the {@linkplain GeminiChatRepository#isBlocking()
	 * store blocks}; a chat in memory does not. Never billed.
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
	 * Return an independent copy of this chat, in memory only. Blocks where
	 * {@link #conversation()} does; never billed.
	 * @return a new chat with the same turns and settings
	 * @throws GeminiChatException if the store fails
	 */
	public GeminiChat fork() {
		return fork(read("fork()", "forkAsync()"));
	}

	/**
	 * Return an independent copy of this chat, in memory only. Never billed.
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
	 * Delete the conversation, after the turns that were called before. Blocks until
	 * those turns have ended, even if the store does not block; never billed.
	 * @throws GeminiChatException if the store fails
	 */
	public void clear() {
		BlockingCalls.await(clearAsync().thenReturn(true), "clear()", "clearAsync()");
	}

	/**
	 * Delete the conversation, after the turns that were called before. Never billed.
	 * @return completion, or a {@link GeminiChatException} if the store fails
	 */
	public Mono<Void> clearAsync() {
		return this.advisor.delete();
	}

	/**
	 * Delete the last turn whose user content has the given parts, and all turns after
	 * it, so that its question can be asked again. Does nothing if there is no such turn.
	 * Blocks until the turns that were called before have ended, even if the store does
	 * not block; never billed.
	 * <p>
	 * Atomic in the stores of this library: a failure leaves either the old conversation
	 * or the new one. A turn that another process adds at the same time is kept, unless
	 * it begins with the function responses to a deleted turn. If no turn is left, the
	 * conversation is deleted; a turn of it that another process is still running then
	 * cannot be saved.
	 * @param user the parts of the question, in order
	 * @throws GeminiChatException if the store fails
	 * @see GeminiChatRepository#replace
	 */
	public void rewind(Part... user) {
		BlockingCalls.await(rewindAsync(user).thenReturn(true), "rewind()", "rewindAsync()");
	}

	/**
	 * Delete the last turn whose user content has the given parts, and all turns after
	 * it, like {@link #rewind(Part...)}. Never billed.
	 * @param user the parts of the question, in order
	 * @return completion, or a {@link GeminiChatException} if the store fails
	 */
	public Mono<Void> rewindAsync(Part... user) {
		Assert.notEmpty(user, "'user' must not be empty");
		return this.advisor.rewind(List.of(user));
	}

	/**
	 * Create an empty chat in memory.
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
		 * Add a part to the system instruction of the chat.
		 * @param text the instruction
		 * @return this builder
		 */
		public Builder system(String text) {
			Assert.hasText(text, "'text' must not be empty");
			return prompts((prompt) -> prompt.system(text));
		}

		/**
		 * Add settings for all prompts of the chat, such as a model or functions.
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
		 * Set the conversation to continue.
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
		 * @return a new chat
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
