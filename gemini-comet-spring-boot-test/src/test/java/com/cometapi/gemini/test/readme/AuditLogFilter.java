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

import java.util.function.Consumer;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.ResponseAccumulator;
import com.cometapi.gemini.client.GeminiExchange;
import com.cometapi.gemini.client.GeminiExchangeFilter;
import reactor.core.publisher.Flux;

/**
 * Writes a line for each call to a model: who was asked, and what it cost or how it
 * failed.
 */
class AuditLogFilter implements GeminiExchangeFilter {

	private final Consumer<String> log;

	AuditLogFilter(Consumer<String> log) {
		this.log = log;
	}

	@Override
	public Flux<GenerateContentResponse> filter(GeminiExchange exchange, Next next) {
		ResponseAccumulator response = ResponseAccumulator.withoutContent();
		return next.exchange(exchange)
			.doOnNext(response::add)
			.doOnComplete(() -> this.log.accept("%s: %s".formatted(exchange.model(), tokens(response.toResponse()))))
			.doOnError((ex) -> this.log.accept("%s failed: %s".formatted(exchange.model(), ex.getMessage())));
	}

	private static String tokens(GenerateContentResponse response) {
		return (response.usageMetadata() != null) ? response.usageMetadata().totalTokenCount() + " tokens" : "unknown";
	}

}
