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

package com.cometapi.gemini.prompt

import com.cometapi.gemini.api.GenerateContentResponse
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.reactive.asFlow
import kotlinx.coroutines.reactor.awaitSingle

/**
 * Coroutine variant of [PromptSpec.callAsync]. Billed; cancelling the coroutine closes
 * the connection.
 *
 * @return the response, even if a filter blocked it
 * @throws com.cometapi.gemini.error.GeminiException if the response did not arrive as a
 * whole
 */
suspend fun PromptSpec.await(): GenerateContentResponse = callAsync().awaitSingle()

/**
 * Coroutine variant of [PromptSpec.resultAsync]. Billed; cancelling the coroutine closes
 * the connection.
 *
 * @return the response with everything to be added to the history of a conversation
 * @throws com.cometapi.gemini.error.GeminiException if the response did not arrive as a
 * whole
 */
suspend fun PromptSpec.awaitResult(): PromptResult = resultAsync().awaitSingle()

/**
 * Coroutine variant of [PromptSpec.textAsync]. Billed; cancelling the coroutine closes
 * the connection.
 *
 * @return the text of the response, without thoughts
 * @throws com.cometapi.gemini.error.GeminiException as [PromptSpec.text] does
 */
suspend fun PromptSpec.awaitText(): String = textAsync().awaitSingle()

/**
 * [Flow] variant of [PromptSpec.stream]. Billed each time it is collected; cancelling the
 * collector closes the connection.
 *
 * @return the events of the response, then the end or a
 * [com.cometapi.gemini.error.GeminiException]
 */
fun PromptSpec.asFlow(): Flow<GenerateContentResponse> = stream().asFlow()

/**
 * [Flow] variant of [PromptSpec.streamText]. Billed each time it is collected; cancelling
 * the collector closes the connection.
 *
 * @return the pieces of the text, without thoughts, then the end or one of the exceptions
 * that [PromptSpec.text] throws
 */
fun PromptSpec.textAsFlow(): Flow<String> = streamText().asFlow()
