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

import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.reactive.asFlow
import kotlinx.coroutines.reactor.awaitSingle
import org.springframework.core.ParameterizedTypeReference

/**
 * Extension for [PromptEntitySpec.entity] that takes the type as in `entity<Planet>()` or
 * `entity<List<Planet>>()`. Blocks; billed.
 *
 * @param T the type of the value
 * @return the value
 * @throws com.cometapi.gemini.error.GeminiException as [PromptEntitySpec.entity] does
 */
inline fun <reified T : Any> PromptEntitySpec<*>.entity(): T = entity(object : ParameterizedTypeReference<T>() {})

/**
 * Coroutine variant of [PromptEntitySpec.entityAsync]. Billed; cancelling the coroutine
 * closes the connection.
 *
 * @param T the type of the value
 * @return the value
 * @throws com.cometapi.gemini.error.GeminiException as [PromptEntitySpec.entity] does
 */
suspend inline fun <reified T : Any> PromptEntitySpec<*>.awaitEntity(): T =
	entityAsync(object : ParameterizedTypeReference<T>() {}).awaitSingle()

/**
 * [Flow] variant of [PromptEntitySpec.streamEntity]. Billed each time it is collected;
 * cancelling the collector closes the connection. A collector that is slower than the
 * model gets the latest state.
 *
 * @param T the type of the value
 * @return the value as it grows, or one of the exceptions that [PromptEntitySpec.entity]
 * throws
 */
inline fun <reified T : Any> PromptEntitySpec<*>.entityAsFlow(): Flow<T> =
	streamEntity(object : ParameterizedTypeReference<T>() {}).asFlow().buffer(Channel.RENDEZVOUS)
