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

package com.cometapi.gemini.client;

import java.time.Duration;

import com.cometapi.gemini.error.GeminiException;
import org.jspecify.annotations.Nullable;

/**
 * Event published before a request is sent again.
 *
 * @param operation the name of the operation, such as {@code generateContent}
 * @param connection the name of the connection
 * @param model the bare id of the model, or {@code null} for a call without one
 * @param attempt the number of the next attempt; the same as that of the last one if its
 * request was certainly not processed, since such an attempt does not count
 * @param delay the wait before that attempt
 * @param failure the failure of the last attempt
 */
public record GeminiRetryEvent(String operation, String connection, @Nullable String model, int attempt, Duration delay,
		GeminiException failure) {

}
