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

/**
 * Use of the limits of a connection or a model by this instance of the application.
 *
 * @param scope the connection or model with its limits
 * @param runningCalls the number of calls that are running
 * @param requests the number of requests in the last minute
 * @param tokens the number of tokens in the last minute, estimated for running calls;
 * counted only if a limit needs it
 * @param waitingCalls the number of calls that are waiting
 * @param rejectedCalls the number of calls that were rejected since the start
 */
public record GeminiLimitUsage(GeminiLimitScope scope, int runningCalls, int requests, long tokens, int waitingCalls,
		long rejectedCalls) {

}
