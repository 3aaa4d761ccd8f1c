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
 * Threads for application code that may block, such as functions, conversation stores and
 * media, so that it never blocks an event loop or shares threads with the rest of the
 * application. Start reading at {@link com.cometapi.gemini.thread.GeminiThreads}.
 * {@link com.cometapi.gemini.thread.Durations} is for all time limits. The packages that
 * run application code or set time limits use this one; it uses the {@code error} package
 * only.
 */
@NullMarked
package com.cometapi.gemini.thread;

import org.jspecify.annotations.NullMarked;
