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
 * Streaming of responses to browsers as server-sent events.
 *
 * <p>
 * Start with {@link com.cometapi.gemini.web.GeminiServerSentEvents}, which defines the
 * events and is used directly in Spring WebFlux, or with
 * {@link com.cometapi.gemini.web.GeminiSseEmitters} in Spring MVC. An event is added in
 * {@code ResponseEventMapper}, the text of an error in {@code StandardErrorEventMapper}.
 *
 * <p>
 * Streams that a browser can resume start with {@code ResumableEvents}; they run and are
 * stored in {@code web.resume}.
 *
 * <p>
 * The chunks for pages that use the AI SDK are those of {@code UiMessageFormat}; the
 * requests of such pages are {@link com.cometapi.gemini.web.UiMessageRequest}s, which
 * {@code UiMessageReader} checks.
 *
 * <p>
 * The package uses {@code api}, {@code error}, {@code thread}, {@code function} and
 * {@code web.resume}, but neither prompts nor chats: it accepts any publisher of
 * responses.
 */
@NullMarked
package com.cometapi.gemini.web;

import org.jspecify.annotations.NullMarked;
