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
 * Spring AI on the Gemini native API. Start reading at
 * {@link com.cometapi.gemini.springai.GeminiCometChatModel GeminiCometChatModel}, which
 * sends a prompt of Spring AI as a prompt of {@link com.cometapi.gemini.GeminiOperations
 * GeminiOperations}: {@code MessageWriter} turns messages into contents,
 * {@code ResponseConverter} turns responses into those of Spring AI. The message of a
 * model keeps its whole content as
 * {@linkplain com.cometapi.gemini.springai.GeminiCometMetadata metadata}, so that it goes
 * back unchanged.
 */
@NullMarked
package com.cometapi.gemini.springai;

import org.jspecify.annotations.NullMarked;
