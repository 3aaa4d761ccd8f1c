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

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.thread.GeminiThreads;
import reactor.core.publisher.Flux;

/**
 * Filters calls to a model, streamed or not. A filter may change the request, its model
 * or its options before it calls {@link Next#exchange}, look at the events that come
 * back, call {@code next} again or not at all, return a response of its own, or send the
 * exchange to another client with {@link GeminiClient#exchange}. <pre class="code">
 * GeminiExchangeFilter audit = (exchange, next) -&gt; next.exchange(exchange)
 *     .doOnComplete(() -&gt; log.info("Asked " + exchange.model()));
 * </pre>
 *
 * <p>
 * A filter sees each round of a prompt with functions as a call of its own. Retries and
 * observations are below the filters: a filter sees a call once, however many attempts it
 * takes, and each call that a filter makes is retried and observed by itself. The total
 * timeout covers the filters as well.
 *
 * <p>
 * A call that is not streamed has one event, the whole response; several events that a
 * filter returns for it are merged. Filters run on the thread of the caller or an event
 * loop, with the thread locals of the caller, and must not block: blocking work belongs
 * on {@link GeminiThreads#onFunctionThread}. An exception that a filter throws ends the
 * call.
 *
 * <p>
 * Spring Boot collects beans of this type in their order; the first one is the outermost.
 * Without Boot, see {@link GeminiClient#withFilters}.
 */
@FunctionalInterface
public interface GeminiExchangeFilter {

	/**
	 * Filter a call.
	 * @param exchange the call
	 * @param next the rest of the chain
	 * @return the events of the response, one for a call that is not streamed
	 */
	Flux<GenerateContentResponse> filter(GeminiExchange exchange, Next next);

	/**
	 * The rest of the chain after a filter.
	 */
	@FunctionalInterface
	interface Next {

		/**
		 * Call the model, through the filters that follow. Nothing happens before the
		 * result is subscribed to, and each subscription is a call of its own, and
		 * billed.
		 * @param exchange the call
		 * @return the events of the response, one for a call that is not streamed, or a
		 * {@link com.cometapi.gemini.error.GeminiException}
		 */
		Flux<GenerateContentResponse> exchange(GeminiExchange exchange);

	}

}
