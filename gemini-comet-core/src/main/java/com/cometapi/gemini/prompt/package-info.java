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
 * Prompts: the fluent {@link com.cometapi.gemini.prompt.PromptSpec PromptSpec} and its
 * run, with text, typed responses, images and rounds of functions. Start reading at
 * {@code PromptRun}, which runs a prompt, from top to bottom. A
 * {@link com.cometapi.gemini.prompt.TurnAdvisor TurnAdvisor} is the extension point
 * around a turn. Uses the packages {@code api}, {@code error}, {@code thread},
 * {@code media}, {@code client}, {@code schema}, {@code function} and {@code entity}, but
 * neither {@code GeminiTemplate} nor chats.
 */
@NullMarked
package com.cometapi.gemini.prompt;

import org.jspecify.annotations.NullMarked;
