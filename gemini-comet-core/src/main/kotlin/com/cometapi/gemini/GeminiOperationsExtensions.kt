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

package com.cometapi.gemini

import com.cometapi.gemini.api.GenerateContentRequest
import com.cometapi.gemini.api.GenerateContentResponse
import com.cometapi.gemini.api.Model
import com.cometapi.gemini.client.GeminiCallOptions
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.reactive.asFlow
import kotlinx.coroutines.reactor.awaitSingle

/**
 * Coroutine variant of [GeminiOperations.generateContentAsync]. Billed; cancelling the
 * coroutine closes the connection.
 *
 * @param request the request
 * @param options the per-call options
 * @return the response, even if a filter blocked it
 * @throws com.cometapi.gemini.error.GeminiException if the response did not arrive as a
 * whole
 */
suspend fun GeminiOperations.awaitGenerateContent(
	request: GenerateContentRequest,
	options: GeminiCallOptions = GeminiCallOptions.DEFAULTS
): GenerateContentResponse = generateContentAsync(request, options).awaitSingle()

/**
 * [Flow] variant of [GeminiOperations.streamGenerateContent]. Billed each time it is
 * collected; cancelling the collector closes the connection.
 *
 * @param request the request
 * @param options the per-call options
 * @return the events of the response, then the end or a
 * [com.cometapi.gemini.error.GeminiException]
 */
fun GeminiOperations.generateContentAsFlow(
	request: GenerateContentRequest,
	options: GeminiCallOptions = GeminiCallOptions.DEFAULTS
): Flow<GenerateContentResponse> = streamGenerateContent(request, options).asFlow()

/**
 * Coroutine variant of [GeminiOperations.modelsAsync]. Never billed.
 *
 * @param options the per-call options
 * @return the models that the endpoint offers
 * @throws com.cometapi.gemini.error.GeminiException if the endpoint does not list them
 */
suspend fun GeminiOperations.awaitModels(options: GeminiCallOptions = GeminiCallOptions.DEFAULTS): List<Model> =
	modelsAsync(options).awaitSingle()
