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
import reactor.core.publisher.Flux;

/**
 * Answers a request that was answered before from memory, streamed or not.
 */
class ResponseCacheFilter implements GeminiExchangeFilter {

	private final Map<Key, List<GenerateContentResponse>> cache = new ConcurrentHashMap<>();

	@Override
	public Flux<GenerateContentResponse> filter(GeminiExchange exchange, Next next) {
		Key key = new Key(exchange.model(), exchange.request());
		List<GenerateContentResponse> cached = this.cache.get(key);
		if (cached != null) {
			return Flux.fromIterable(cached);
		}
		List<GenerateContentResponse> events = new ArrayList<>();
		return next.exchange(exchange)
			.doOnNext(events::add)
			.doOnComplete(() -> this.cache.put(key, List.copyOf(events)));
	}

	private record Key(String model, GenerateContentRequest request) {

	}

}
