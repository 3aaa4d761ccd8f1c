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

import java.util.function.Supplier;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.client.GeminiCallOptions;
import com.cometapi.gemini.client.GeminiExchange;
import com.cometapi.gemini.client.GeminiExchangeFilter;
import reactor.core.publisher.Flux;

import org.springframework.core.annotation.Order;

/**
 * Sets the tenant of each call.
 */
@Order(-500)
class TenantBudgetKeyFilter implements GeminiExchangeFilter {

	private final Supplier<String> tenant;

	TenantBudgetKeyFilter(Supplier<String> tenant) {
		this.tenant = tenant;
	}

	@Override
	public Flux<GenerateContentResponse> filter(GeminiExchange exchange, Next next) {
		GeminiCallOptions options = exchange.options().toBuilder().budgetKey("tenant", this.tenant.get()).build();
		return next.exchange(exchange.withOptions(options));
	}

}
