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

import com.cometapi.gemini.error.GeminiLimitType;
import org.jspecify.annotations.Nullable;

/**
 * Refusal of a call that would exceed a limit.
 *
 * @param scope the scope that has the limit
 * @param type the type of the limit
 * @param retryAfter the time after which the limit may admit the call, or {@code null} if
 * it is not known
 */
public record GeminiLimitRefusal(GeminiLimitScope scope, GeminiLimitType type, @Nullable Duration retryAfter) {

}
