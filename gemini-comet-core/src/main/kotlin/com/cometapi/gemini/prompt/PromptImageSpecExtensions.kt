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

import com.cometapi.gemini.api.Blob
import kotlinx.coroutines.reactor.awaitSingle
import java.nio.file.Path

/**
 * Coroutine variant of [PromptImageSpec.imageAsync]. Billed; cancelling the coroutine
 * closes the connection.
 *
 * @return the last image of the response
 * @throws com.cometapi.gemini.error.GeminiException as [PromptImageSpec.image] does
 */
suspend fun PromptImageSpec.awaitImage(): Blob = imageAsync().awaitSingle()

/**
 * Coroutine variant of [PromptImageSpec.imagesAsync]. Billed; cancelling the coroutine
 * closes the connection.
 *
 * @return the images of the response in their order, at least one
 * @throws com.cometapi.gemini.error.GeminiException as [PromptImageSpec.images] does
 */
suspend fun PromptImageSpec.awaitImages(): List<Blob> = imagesAsync().awaitSingle()

/**
 * Coroutine variant of [PromptImageSpec.imageToAsync]. Billed; cancelling the coroutine
 * closes the connection.
 *
 * @param file the file, in a directory that exists
 * @return the image that was written to the file
 * @throws com.cometapi.gemini.error.GeminiException as [PromptImageSpec.imageTo] does
 */
suspend fun PromptImageSpec.awaitImageTo(file: Path): Blob = imageToAsync(file).awaitSingle()
