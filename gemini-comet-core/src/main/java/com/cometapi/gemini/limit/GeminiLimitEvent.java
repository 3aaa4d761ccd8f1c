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

package com.cometapi.gemini.limit;

import java.time.Duration;

import com.cometapi.gemini.client.GeminiCallPriority;
import com.cometapi.gemini.error.GeminiLimitExceededException;
import org.jspecify.annotations.Nullable;

/**
 * Event published when a limited call is admitted or rejected.
 *
 * @param connection the name of the connection
 * @param model the bare id of the model
 * @param priority the priority of the call
 * @param waited the time that the call has waited
 * @param rejection the rejection, or {@code null} if the call is admitted
 */
public record GeminiLimitEvent(String connection, String model, GeminiCallPriority priority, Duration waited,
		@Nullable GeminiLimitExceededException rejection) {

}
