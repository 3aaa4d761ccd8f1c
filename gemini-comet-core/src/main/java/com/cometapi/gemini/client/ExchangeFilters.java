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

import java.util.List;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.ResponseAccumulator;
import com.cometapi.gemini.client.GeminiExchangeFilter.Next;
import com.cometapi.gemini.thread.CallerThreadLocals;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Chains the {@link GeminiExchangeFilter exchange filters} of a client.
 */
final class ExchangeFilters {

	private ExchangeFilters() {
	}

	/**
	 * Chain filters.
	 * @param filters the filters, the outermost first, at least one
	 * @param call the end of the chain, which makes the call
	 * @return the chain
	 */
	static Next chain(List<GeminiExchangeFilter> filters, Next call) {
		Next next = call;
		for (int i = filters.size() - 1; i >= 0; i--) {
			next = link(filters.get(i), next);
		}
		Next first = next;
		return (exchange) -> {
			Flux<GenerateContentResponse> events = first.exchange(exchange)
				.switchIfEmpty(Mono.error(() -> new IllegalStateException(
						"A GeminiExchangeFilter returned no response for the model '%s'".formatted(exchange.model()))));
			return (exchange.streamed()) ? events : merge(events).flux();
		};
	}

	private static Next link(GeminiExchangeFilter filter, Next next) {
		return (exchange) -> CallerThreadLocals.deferMany(() -> filter.filter(exchange, next));
	}

	private static Mono<GenerateContentResponse> merge(Flux<GenerateContentResponse> events) {
		return events.collect(ResponseAccumulator::new, ResponseAccumulator::add).map(ResponseAccumulator::toResponse);
	}

}
