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

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Model;
import com.cometapi.gemini.api.ModelStatus;
import com.cometapi.gemini.error.GeminiError;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiInvalidRequestException;
import com.cometapi.gemini.error.GeminiTimeoutException;
import com.cometapi.gemini.observation.DefaultGeminiObservationConvention;
import com.cometapi.gemini.observation.GeminiObservationConvention;
import com.cometapi.gemini.thread.GeminiThreads;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Non-blocking client of the Gemini native API. Thread-safe.
 *
 * <p>
 * Every call ends with the complete response or with a {@link GeminiException}. Nothing
 * is sent before subscription, and each subscription is a call of its own.
 */
public final class GeminiClient {

	private static final Duration NO_LIMIT = Duration.ofNanos(Long.MAX_VALUE);

	private final GeminiClientSettings settings;

	// Created by the first call, so that the application starts faster.
	private final SingletonSupplier<HttpTransport> transport;

	private final ErrorTranslator errors;

	private final KnownModels knownModels;

	private final @Nullable CallObservations observations;

	private final GeminiThreads threads;

	private final List<GeminiExchangeFilter> filters;

	// Null without filters.
	private final GeminiExchangeFilter.@Nullable Next filtered;

	private final Function<String, @Nullable GeminiClient> connections;

	private GeminiClient(Supplier<WebClient.Builder> webClientBuilder, JsonMapper jsonMapper,
			GeminiClientSettings settings) {
		ErrorTranslator errors = new ErrorTranslator(jsonMapper);
		this.settings = settings;
		this.transport = SingletonSupplier
			.of(() -> new HttpTransport(webClientBuilder.get(), jsonMapper, settings, errors));
		this.errors = errors;
		this.knownModels = new KnownModels();
		this.observations = null;
		this.threads = GeminiThreads.shared();
		this.filters = List.of();
		this.filtered = null;
		this.connections = (name) -> null;
	}

	private GeminiClient(GeminiClient client, @Nullable CallObservations observations, GeminiThreads threads,
			List<GeminiExchangeFilter> filters, Function<String, @Nullable GeminiClient> connections) {
		this.settings = client.settings;
		this.transport = client.transport;
		this.errors = client.errors;
		this.knownModels = client.knownModels;
		this.observations = observations;
		this.threads = threads;
		this.filters = filters;
		this.filtered = (filters.isEmpty()) ? null : ExchangeFilters.chain(filters, this::send);
		this.connections = connections;
	}

	/**
	 * Send a request to a model and return the complete response. Billed.
	 * @param model the bare id of the model
	 * @param request the request
	 * @param options the per-call options
	 * @return the response, or a {@link GeminiException}
	 */
	public Mono<GenerateContentResponse> generateContent(String model, GenerateContentRequest request,
			GeminiCallOptions options) {
		return Mono
			.fromDirect(exchange(new GeminiExchange(this.settings.connectionName(), model, request, options, false)));
	}

	/**
	 * Send a request to a model and return the events of its response as they arrive.
	 * Billed. Cancelling closes the connection.
	 * @param model the bare id of the model
	 * @param request the request
	 * @param options the per-call options
	 * @return the events, each as soon as its last byte has arrived; fails with a
	 * {@link GeminiException}
	 */
	public Flux<GenerateContentResponse> streamGenerateContent(String model, GenerateContentRequest request,
			GeminiCallOptions options) {
		return exchange(new GeminiExchange(this.settings.connectionName(), model, request, options, true));
	}

	/**
	 * Make a call to the model that the request names, through the filters of this
	 * client. Billed. Cancelling closes the HTTP connection.
	 * @param request the request, which has a model
	 * @param options the per-call options
	 * @param streamed whether the response is streamed
	 * @return the events of the response, one for a call that is not streamed; fails with
	 * a {@link GeminiException}
	 */
	public Flux<GenerateContentResponse> exchange(GenerateContentRequest request, GeminiCallOptions options,
			boolean streamed) {
		String model = request.model();
		Assert.notNull(model, "The request must have a model");
		return exchange(new GeminiExchange(this.settings.connectionName(), model, request, options, streamed));
	}

	/**
	 * Make a call to a model through the filters of this client, over the connection that
	 * the exchange names. Billed. Cancelling closes the HTTP connection.
	 * @param exchange the call
	 * @return the events of the response, one for a call that is not streamed; fails with
	 * a {@link GeminiException}
	 */
	public Flux<GenerateContentResponse> exchange(GeminiExchange exchange) {
		if (this.filtered == null) {
			return send(exchange);
		}
		Flux<GenerateContentResponse> events = Flux.defer(() -> this.filtered.exchange(exchange));
		return limitTotal(exchange.operation(), exchange.model(), exchange.options(), events);
	}

	// A filter may have chosen another connection.
	private Flux<GenerateContentResponse> send(GeminiExchange exchange) {
		String name = exchange.connection();
		GeminiClient client = (name.equals(this.settings.connectionName())) ? this : this.connections.apply(name);
		if (client == null) {
			return Flux.error(() -> new GeminiInvalidRequestException(
					"The connection '%s' does not exist: configure 'cometapi.gemini.connections.%s'".formatted(name,
							name),
					GeminiError.NONE, null));
		}
		Flux<GenerateContentResponse> events = client.call(exchange.operation(), exchange.model(), exchange.options(),
				(attempt) -> client.transport.obtain().send(exchange, attempt));
		return (client.observations != null) ? client.observations.observe(events, exchange, client.settings.baseUrl())
				: events;
	}

	private <T> Flux<T> call(String operation, @Nullable String model, GeminiCallOptions options,
			Function<HttpAttempt, Publisher<T>> sender) {
		return Flux.deferContextual(
				(subscriber) -> new CallRetry(start(operation, model, options, ChargeableAttempts.of(subscriber)),
						this.errors)
					.run(sender));
	}

	private CallContext start(String operation, @Nullable String model, GeminiCallOptions options,
			@Nullable ChargeableAttempts attempts) {
		return new CallContext(operation, model, options, this.settings, this.threads, this.knownModels, attempts);
	}

	/**
	 * List the models that the endpoint offers, from all pages. Never billed.
	 * @param options the per-call options
	 * @return the models, or a {@link GeminiException}
	 */
	public Mono<List<Model>> models(GeminiCallOptions options) {
		Flux<ModelPage> pages = Flux.defer(() -> {
			AtomicLong size = new AtomicLong();
			return ModelPage.readAll((token) -> Mono.fromDirect(call("models", null, options,
					(attempt) -> this.transport.obtain().listModels(token, size, attempt))));
		});
		return limitTotal("models", null, options, pages).flatMapIterable(ModelPage::models)
			.collectList()
			.doOnNext((models) -> {
				// Another key may have access to other models.
				if (options.apiKey() == null) {
					this.knownModels.setListed(models);
				}
			});
	}

	/**
	 * Apply one total timeout, that of the options or of the settings, to work that makes
	 * several calls.
	 * @param model the model of the first call, for messages
	 * @param options the per-call options
	 * @param calls the work, including all of its calls
	 * @param <T> the type of the elements
	 * @return the same elements; fails with a {@link GeminiTimeoutException} at the time
	 * limit
	 */
	public <T> Flux<T> limitTotal(@Nullable String model, GeminiCallOptions options, Publisher<T> calls) {
		return limitTotal("prompt", model, options, calls);
	}

	private <T> Flux<T> limitTotal(String operation, @Nullable String model, GeminiCallOptions options,
			Publisher<T> calls) {
		if (options.totalTimeout() == null && this.settings.totalTimeout() == null) {
			return Flux.from(calls);
		}
		GeminiCallOptions totalOnly = options.toBuilder().firstEventTimeout(NO_LIMIT).idleTimeout(NO_LIMIT).build();
		return Flux
			.defer(() -> TimeLimitSubscriber.limit(calls, new HttpAttempt(start(operation, model, totalOnly, null))));
	}

	/**
	 * Return a copy of this client that observes each call to a model, including its
	 * retries. The observations of HTTP exchanges become its children.
	 * @param registry the registry
	 * @param convention the convention for names and key values, or {@code null} for
	 * those of the registry and {@link DefaultGeminiObservationConvention}
	 * @return the client
	 */
	public GeminiClient withObservations(ObservationRegistry registry,
			@Nullable GeminiObservationConvention convention) {
		Assert.notNull(registry, "'registry' must not be null");
		CallObservations observations = (registry.isNoop()) ? null : new CallObservations(registry, convention);
		return new GeminiClient(this, observations, this.threads, this.filters, this.connections);
	}

	/**
	 * Return a copy of this client that uses the given threads for media and for filters
	 * of the WebClient.
	 * @param threads the threads
	 * @return the client
	 */
	public GeminiClient withThreads(GeminiThreads threads) {
		Assert.notNull(threads, "'threads' must not be null");
		return new GeminiClient(this, this.observations, threads, this.filters, this.connections);
	}

	/**
	 * Return a copy of this client with additional filters inside the existing ones.
	 * @param filters the filters, the outermost first
	 * @return the client
	 */
	public GeminiClient withFilters(List<GeminiExchangeFilter> filters) {
		Assert.noNullElements(filters, "'filters' must not contain null");
		List<GeminiExchangeFilter> all = new ArrayList<>(this.filters);
		all.addAll(filters);
		return new GeminiClient(this, this.observations, this.threads, List.copyOf(all), this.connections);
	}

	/**
	 * Return a copy of this client that knows the clients of other connections, for
	 * filters that send a call over another one. Their own filters are not applied.
	 * @param connections returns the client of the connection with a name, or
	 * {@code null} if there is none
	 * @return the client
	 */
	public GeminiClient withConnections(Function<String, @Nullable GeminiClient> connections) {
		Assert.notNull(connections, "'connections' must not be null");
		return new GeminiClient(this, this.observations, this.threads, this.filters, connections);
	}

	/**
	 * Return a copy of this client with additional filters inside the existing ones.
	 * @param filters the filters, the outermost first
	 * @return the client
	 */
	public GeminiClient withFilters(GeminiExchangeFilter... filters) {
		return withFilters(List.of(filters));
	}

	/**
	 * Return the name of the connection of this client.
	 * @return the name
	 */
	public String getConnectionName() {
		return this.settings.connectionName();
	}

	/**
	 * Return the registry of the observations of this client.
	 * @return the registry, one without effect if the client is not observed
	 */
	public ObservationRegistry getObservationRegistry() {
		return (this.observations != null) ? this.observations.registry() : ObservationRegistry.NOOP;
	}

	/**
	 * Return the threads of this client.
	 * @return the threads
	 */
	public GeminiThreads getThreads() {
		return this.threads;
	}

	/**
	 * Return the address of the endpoint.
	 * @return the address, without the API version
	 */
	public URI getBaseUrl() {
		return this.settings.baseUrl();
	}

	/**
	 * Return the models whose retirement was announced in responses to this client.
	 * @return the status of each model by its id, with shortened texts
	 */
	public Map<String, ModelStatus> getRetiringModels() {
		return this.knownModels.retiring();
	}

	@Override
	public String toString() {
		return "GeminiClient[" + this.settings + "]";
	}

	/**
	 * Create a client.
	 * @param webClientBuilder the builder of the HTTP client, with a Reactor Netty
	 * connector, since no other closes the connection on cancel; not changed. Its default
	 * headers and cookies are sent as well, so
	 * {@linkplain ApplicationCredentials#removeFrom remove} those that are not meant for
	 * the endpoint.
	 * @param jsonMapper the mapper for requests and responses, normally created by
	 * {@link GeminiJsonMapper}
	 * @param settings the settings
	 * @return the client
	 */
	public static GeminiClient create(WebClient.Builder webClientBuilder, JsonMapper jsonMapper,
			GeminiClientSettings settings) {
		return create(webClientBuilder::clone, jsonMapper, settings);
	}

	/**
	 * Create a client whose HTTP client is not built before the first call.
	 * @param webClientBuilder supplies the builder of the HTTP client, with a Reactor
	 * Netty connector, since no other closes the connection on cancel; called once, on
	 * the thread of the first call
	 * @param jsonMapper the mapper for requests and responses, normally created by
	 * {@link GeminiJsonMapper}
	 * @param settings the settings
	 * @return the client
	 */
	public static GeminiClient create(Supplier<WebClient.Builder> webClientBuilder, JsonMapper jsonMapper,
			GeminiClientSettings settings) {
		Assert.notNull(settings, "'settings' must not be null");
		return new GeminiClient(webClientBuilder, jsonMapper, settings);
	}

}
