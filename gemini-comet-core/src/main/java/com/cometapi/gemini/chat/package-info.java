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

/**
 * Conversations and their stores. Start reading at
 * {@link com.cometapi.gemini.chat.GeminiChat GeminiChat} and
 * {@link com.cometapi.gemini.chat.GeminiChats GeminiChats}; {@code ConversationAdvisor}
 * is the turn advisor by which a conversation plugs into a prompt. Implement
 * {@link com.cometapi.gemini.chat.GeminiChatRepository GeminiChatRepository} for another
 * store. Uses {@code GeminiOperations} and the packages {@code prompt}, {@code client},
 * {@code thread}, {@code error} and {@code api}; the stores in its subpackages use this
 * package only.
 */
@NullMarked
package com.cometapi.gemini.chat;

import org.jspecify.annotations.NullMarked;
