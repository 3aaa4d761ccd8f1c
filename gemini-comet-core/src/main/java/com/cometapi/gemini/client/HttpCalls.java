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

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.thread.GeminiThreads;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Makes the HTTP calls of a client, each with its attempts and their time limits.
 * Thread-safe.
 */
final class HttpCalls {

	private static final String GENERATE = "generateContent";

	private static final String STREAM = "streamGenerateContent";

	private static final Duration NO_LIMIT = Duration.ofNanos(Long.MAX_VALUE);

	// Made at the first call: an application starts faster without, and may never call.
	private final SingletonSupplier<HttpTransport> transport;

	private final GeminiClientSettings settings;

	private final ErrorTranslator errors;

	private final KnownModels knownModels;

	private final GeminiThreads threads;

	HttpCalls(Supplier<WebClient.Builder> webClientBuilder, JsonMapper jsonMapper, GeminiClientSettings settings) {
		ErrorTranslator errors = new ErrorTranslator(jsonMapper);
		this.transport = SingletonSupplier
			.of(() -> new HttpTransport(webClientBuilder.get(), jsonMapper, settings, errors));
		this.settings = settings;
		this.errors = errors;
		this.knownModels = new KnownModels();
		this.threads = GeminiThreads.shared();
	}

	private HttpCalls(HttpCalls calls, GeminiThreads threads) {
		this.transport = calls.transport;
		this.settings = calls.settings;
		this.errors = calls.errors;
		this.knownModels = calls.knownModels;
		this.threads = threads;
	}

	HttpCalls withThreads(GeminiThreads threads) {
		return new HttpCalls(this, threads);
	}

	GeminiThreads threads() {
		return this.threads;
	}

	KnownModels knownModels() {
		return this.knownModels;
	}

	/**
	 * Make a call to a model.
	 * @param exchange the call
	 * @return the events of the response, one for a call that is not streamed
	 */
	Flux<GenerateContentResponse> generate(GeminiExchange exchange) {
		return call(operation(exchange), exchange.model(), exchange.options(),
				(attempt) -> this.transport.obtain().send(exchange, attempt));
	}

	private static String operation(GeminiExchange exchange) {
		return (exchange.streamed()) ? STREAM : GENERATE;
	}

	/**
	 * Get one page of the list of models.
	 * @param token the token of the page, or {@code null} for the first one
	 * @param options the per-call options
	 * @param size the number of JSON tokens of the pages so far
	 * @return the page
	 */
	Mono<ModelPage> modelPage(@Nullable String token, GeminiCallOptions options, AtomicLong size) {
		return Mono.fromDirect(
				call("models", null, options, (attempt) -> this.transport.obtain().listModels(token, size, attempt)));
	}

	private <T> Flux<T> call(String operation, @Nullable String model, GeminiCallOptions options,
			Function<HttpAttempt, Publisher<T>> sender) {
		return Flux.defer(() -> {
			CallContext context = start(operation, model, options);
			return new CallRetry(context, this.errors)
				.run((attempt) -> TimeLimitSubscriber.limit(sender.apply(attempt), attempt));
		});
	}

	private CallContext start(String operation, @Nullable String model, GeminiCallOptions options) {
		return new CallContext(operation, model, options, this.settings, this.threads, this.knownModels);
	}

	/**
	 * Apply the total timeout of a call to its filters and all that they do.
	 * @param exchange the call
	 * @param events the events of the filters
	 * @return the same events, then the end or the timeout
	 */
	Flux<GenerateContentResponse> limitTotal(GeminiExchange exchange, Flux<GenerateContentResponse> events) {
		return limitTotal(operation(exchange), exchange.model(), exchange.options(), events);
	}

	<T> Flux<T> limitTotal(String operation, @Nullable String model, GeminiCallOptions options, Publisher<T> calls) {
		if (options.totalTimeout() == null && this.settings.totalTimeout() == null) {
			return Flux.from(calls);
		}
		GeminiCallOptions totalOnly = options.toBuilder().firstEventTimeout(NO_LIMIT).idleTimeout(NO_LIMIT).build();
		return Flux.defer(() -> TimeLimitSubscriber.limit(calls, new HttpAttempt(start(operation, model, totalOnly))));
	}

}
