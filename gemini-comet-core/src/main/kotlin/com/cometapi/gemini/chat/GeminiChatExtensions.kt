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

package com.cometapi.gemini.chat

import com.cometapi.gemini.api.Part
import kotlinx.coroutines.reactor.awaitSingle
import kotlinx.coroutines.reactor.awaitSingleOrNull

/**
 * Coroutine variant of [GeminiChat.conversationAsync]. Never billed.
 *
 * @return the conversation so far
 * @throws GeminiChatException if the store fails
 */
suspend fun GeminiChat.awaitConversation(): GeminiConversation = conversationAsync().awaitSingle()

/**
 * Coroutine variant of [GeminiChat.forkAsync]. Never billed.
 *
 * @return a chat that goes on from here on its own, in memory only
 * @throws GeminiChatException if the store fails
 */
suspend fun GeminiChat.awaitFork(): GeminiChat = forkAsync().awaitSingle()

/**
 * Coroutine variant of [GeminiChat.clearAsync]. Never billed.
 *
 * @throws GeminiChatException if the store fails
 */
suspend fun GeminiChat.awaitClear() {
	clearAsync().awaitSingleOrNull()
}

/**
 * Coroutine variant of [GeminiChat.rewindAsync]. Never billed.
 *
 * @param user the parts of the question to have answered again
 * @throws GeminiChatException if the store fails
 */
suspend fun GeminiChat.awaitRewind(vararg user: Part) {
	rewindAsync(*user).awaitSingleOrNull()
}

/**
 * Coroutine variant of [GeminiChats.beginAsync]. Never billed.
 *
 * @param id the id of the new conversation
 * @param conversation the turns; if they come from a visitor, see
 * [GeminiConversation.requireMessagesOnly]
 * @throws GeminiChatConflictException if there is a conversation with this id
 * @throws GeminiChatAppendException if the store fails
 */
suspend fun GeminiChats.awaitBegin(id: String, conversation: GeminiConversation) {
	beginAsync(id, conversation).awaitSingleOrNull()
}
