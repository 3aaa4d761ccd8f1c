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
 * Calls to the Gemini native API: one request and its response, whole or as a stream of
 * events, without prompts, functions or conversations.
 *
 * <p>
 * Start reading at {@link com.cometapi.gemini.client.GeminiClient GeminiClient}, which
 * passes a call through its filters and makes it:
 * <ul>
 * <li>{@link com.cometapi.gemini.client.GeminiExchangeFilter GeminiExchangeFilter} is the
 * extension point around a call. Below the filters {@code CallObservations} observes the
 * call, {@code CallRetry} retries it and {@code TimeLimitSubscriber} limits its
 * time.</li>
 * <li>{@code HttpTransport} sends the request of an attempt, which {@code RequestBody}
 * writes. {@code HttpAttempt} is the state of one attempt on its connection.</li>
 * <li>{@code ResponseBodyReader} reads responses. {@code EventStream},
 * {@code EventStreamReader} and {@code EventStreamFramer} read a stream: from buffers to
 * bytes of one event to a message.</li>
 * <li>{@code ErrorTranslator} creates every exception. {@code ErrorClassifier} has the
 * tables of statuses and codes, such as those that are transient.</li>
 * <li>{@code ResponseDeserializer} lists the members of a response, its candidates,
 * contents, parts and token counts: a new member of one of these is added there as well
 * as to its record.</li>
 * <li>{@link com.cometapi.gemini.client.GeminiMediaSink GeminiMediaSink} receives media
 * without a copy in memory.</li>
 * </ul>
 *
 * <p>
 * This package uses the packages {@code api}, {@code error}, {@code observation} and
 * {@code thread}.
 */
@NullMarked
package com.cometapi.gemini.client;

import org.jspecify.annotations.NullMarked;
