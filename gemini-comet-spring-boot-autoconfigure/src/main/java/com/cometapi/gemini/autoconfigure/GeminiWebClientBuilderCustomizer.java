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

package com.cometapi.gemini.autoconfigure;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * Callback for customizing the {@link WebClient.Builder} of the Gemini client, a copy of
 * the application's builder with a Reactor Netty connector. Customizers are applied in
 * bean order. Credentials in the default headers, default cookies and default requests of
 * the application's builder are not sent, those that a customizer adds are.
 *
 * <p>
 * Filters of the builder may block while they handle a request or the head of a response:
 * they run on threads of {@link com.cometapi.gemini.thread.GeminiThreads} for filters.
 * Operators that a filter adds to the body of a response, and a {@code defaultRequest},
 * must not block.
 */
@FunctionalInterface
public interface GeminiWebClientBuilderCustomizer {

	/**
	 * Customize the builder.
	 * @param builder the builder to customize
	 */
	void customize(WebClient.Builder builder);

}
