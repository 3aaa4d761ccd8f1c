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

import com.cometapi.gemini.thread.CallerThreadLocals;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * Runs the filters that the application has added to the {@code WebClient} on threads
 * where they may block, with the thread locals of the caller. Does nothing without such
 * filters.
 */
final class WebClientFilters {

	private WebClientFilters() {
	}

	/**
	 * Surround the filters of the application, if there are any.
	 * @param filters the filters of the application, to be changed
	 */
	static void surround(List<ExchangeFilterFunction> filters) {
		if (!filters.isEmpty()) {
			filters.add(0, WebClientFilters::enter);
			filters.add(WebClientFilters::leave);
		}
	}

	private static Mono<ClientResponse> enter(ClientRequest request, ExchangeFunction next) {
		Mono<ClientResponse> exchange = CallerThreadLocals.defer(() -> unlessUnused(next.exchange(request)));
		HttpAttempt attempt = HttpAttempt.of(request);
		return (attempt != null) ? attempt.context().threads().onFilterThread(exchange) : exchange;
	}

	// Most filters look at the request only, and return the exchange as it is.
	private static Mono<ClientResponse> unlessUnused(Mono<ClientResponse> exchange) {
		return (exchange instanceof FilteredResponse response) ? response.exchange : exchange;
	}

	// A filter may look at the response as well, which comes on an event loop.
	private static Mono<ClientResponse> leave(ClientRequest request, ExchangeFunction next) {
		Mono<ClientResponse> exchange = next.exchange(request);
		HttpAttempt attempt = HttpAttempt.of(request);
		return (attempt != null) ? new FilteredResponse(exchange, attempt) : exchange;
	}

	/**
	 * A response whose signals filters receive on a thread where they may block.
	 */
	private static final class FilteredResponse extends Mono<ClientResponse> {

		private final Mono<ClientResponse> exchange;

		private final HttpAttempt attempt;

		FilteredResponse(Mono<ClientResponse> exchange, HttpAttempt attempt) {
			this.exchange = exchange;
			this.attempt = attempt;
		}

		@Override
		public void subscribe(CoreSubscriber<? super ClientResponse> actual) {
			this.exchange
				.flatMap((response) -> this.attempt.context()
					.threads()
					.onFilterThread(Mono.just(response).hide())
					.doOnError((ex) -> this.attempt.closeConnection()))
				.subscribe(actual);
		}

	}

}
