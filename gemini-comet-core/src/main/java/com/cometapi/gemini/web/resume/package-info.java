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
 * Streams of events that outlive the connection to a browser.
 *
 * <p>
 * Start with {@link com.cometapi.gemini.web.resume.GeminiStreams}, which runs the
 * streams, and {@link com.cometapi.gemini.web.resume.GeminiStreamStore}, which stores
 * their events. The events themselves are those of the package {@code web}.
 *
 * <p>
 * This package uses the packages {@code error} and {@code thread}.
 */
@NullMarked
package com.cometapi.gemini.web.resume;

import org.jspecify.annotations.NullMarked;
