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

package com.cometapi.gemini.test.readme;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.client.GeminiExchange;
import com.cometapi.gemini.client.GeminiExchangeFilter;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.prompt.PromptTurn;
import com.cometapi.gemini.prompt.TurnAdvisor;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Filters and advisors that users may write.
 */
final class ExtensionRecipes {

	private ExtensionRecipes() {
	}

	static class CacheFilter implements GeminiExchangeFilter {

		private final Map<GenerateContentRequest, List<GenerateContentResponse>> cache = new ConcurrentHashMap<>();

		@Override
		public Flux<GenerateContentResponse> filter(GeminiExchange exchange, Next next) {
			List<GenerateContentResponse> cached = this.cache.get(exchange.request());
			if (cached != null) {
				return Flux.fromIterable(cached);
			}
			return Flux.defer(() -> {
				List<GenerateContentResponse> events = new ArrayList<>();
				return next.exchange(exchange)
					.doOnNext(events::add)
					.doOnComplete(() -> this.cache.put(exchange.request(), List.copyOf(events)));
			});
		}

	}

	static class FallbackFilter implements GeminiExchangeFilter {

		@Override
		public Flux<GenerateContentResponse> filter(GeminiExchange exchange, Next next) {
			return next.exchange(exchange)
				.switchOnFirst(
						(first, events) -> (first.getThrowable() instanceof GeminiException ex && ex.isTransient())
								? next.exchange(exchange.withModel("gemini-3.1-flash-lite")) : events);
		}

	}

	interface DocumentSearch {

		Mono<String> find(String query);

	}

	static class RetrievalAdvisor implements TurnAdvisor {

		private final DocumentSearch search;

		RetrievalAdvisor(DocumentSearch search) {
			this.search = search;
		}

		@Override
		public Flux<GenerateContentResponse> advise(PromptTurn turn, Next next) {
			return this.search.find(turn.text())
				.flatMapMany((documents) -> next.proceed(turn.withSystem("Use these documents:\n" + documents)));
		}

	}

}
