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
 * Exceptions of calls and prompts; those of conversations, functions and browsers are in
 * their packages. Start reading at {@link com.cometapi.gemini.error.GeminiException
 * GeminiException}, their root; {@link com.cometapi.gemini.error.GeminiError GeminiError}
 * holds the error that the endpoint reported, and
 * {@link com.cometapi.gemini.error.GeminiResponseOutcome GeminiResponseOutcome} decides
 * whether a response is successful. This package uses the {@code api} package only.
 */
@NullMarked
package com.cometapi.gemini.error;

import org.jspecify.annotations.NullMarked;
