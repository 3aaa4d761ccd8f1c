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

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.client.GeminiExchange;
import com.cometapi.gemini.client.GeminiExchangeFilter;
import com.cometapi.gemini.error.GeminiException;
import reactor.core.publisher.Flux;

import org.springframework.core.annotation.Order;

/**
 * Asks another model when the first one fails before its first event.
 */
@Order(-350)
class FallbackFilter implements GeminiExchangeFilter {

	@Override
	public Flux<GenerateContentResponse> filter(GeminiExchange exchange, Next next) {
		return next.exchange(exchange)
			.switchOnFirst((first, events) -> (first.getThrowable() instanceof GeminiException ex && ex.isTransient())
					? next.exchange(exchange.withModel("gemini-3.1-flash-lite")) : events);
	}

}
