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
 * Rate limits that an application sets for its own calls: concurrent calls, requests and
 * tokens per minute, for each connection and model.
 *
 * <ul>
 * <li>{@link com.cometapi.gemini.limit.GeminiLimitExchangeFilter
 * GeminiLimitExchangeFilter} is the filter around a call. Start reading here.</li>
 * <li>{@code LimitQueue} holds the waiting calls, the interactive ones first, and asks
 * {@code LimitAdmission} for them.</li>
 * <li>{@code LimitAdmission} decides in this process ({@code LocalLimits}) or across
 * instances ({@link com.cometapi.gemini.limit.GeminiLimitStore GeminiLimitStore}).
 * {@code LimitStoreMonitor} reports running calls to the store, and all calls when it has
 * failed.</li>
 * </ul>
 *
 * <p>
 * This package uses the packages {@code api}, {@code error}, {@code thread} and
 * {@code client}.
 */
@NullMarked
package com.cometapi.gemini.limit;

import org.jspecify.annotations.NullMarked;
