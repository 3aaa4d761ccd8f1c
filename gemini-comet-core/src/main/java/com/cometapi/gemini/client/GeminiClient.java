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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Model;
import com.cometapi.gemini.api.ModelStatus;
import com.cometapi.gemini.error.GeminiError;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiInvalidRequestException;
import com.cometapi.gemini.error.GeminiProtocolException;
import com.cometapi.gemini.error.GeminiTimeoutException;
import com.cometapi.gemini.observation.DefaultGeminiObservationConvention;
import com.cometapi.gemini.observation.GeminiObservationConvention;
import com.cometapi.gemini.thread.GeminiThreads;
import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeStrategies;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.util.DefaultUriBuilderFactory;
import org.springframework.web.util.UriBuilderFactory;

/**
 * Non-blocking client of the Gemini native API. Thread-safe.
 *
 * <p>
 * Every call ends with the complete response or with a {@link GeminiException}. Nothing
 * is sent before subscription, and each subscription is a call of its own.
 */
public final class GeminiClient {

	private static final String GOOGLE_KEY_HEADER = "x-goog-api-key";

	private static final String GENERATE = "generateContent";

	private static final String STREAM = "streamGenerateContent";

	private static final String GENERATE_PATH = "/{version}/models/{model}:generateContent";

	private static final String STREAM_PATH = "/{version}/models/{model}:streamGenerateContent?alt=sse";

	private static final Log logger = LogFactory.getLog(GeminiClient.class);

	private static final int MAX_MODEL_PAGES = 100;

	// Made at the first call: an application starts faster without, and may never call.
	private final SingletonSupplier<Transport> transport;

	private final JsonMapper jsonMapper;

	private final GeminiClientSettings settings;

	// Those settings that each call needs.
	private final String apiKey;

	private final GeminiAuth auth;

	private final TimeLimits timeLimits;

	private final boolean readDataUrls;

	private final ErrorTranslator errors;

	private final ModelUris generateUris;

	private final ModelUris streamUris;

	private final @Nullable CallObservations observations;

	private final GeminiThreads threads;

	private final List<GeminiExchangeFilter> filters;

	// Null without filters.
	private final GeminiExchangeFilter.@Nullable Next filtered;

	private final Function<String, @Nullable GeminiClient> connections;

	// Whether it was logged that images are sent as text.
	private final AtomicBoolean warned;

	private final KnownModels knownModels;

	private GeminiClient(Supplier<WebClient> webClient, UriBuilderFactory uriFactory, JsonMapper jsonMapper,
			GeminiClientSettings settings) {
		this.transport = SingletonSupplier.of(() -> Transport.of(webClient.get(), jsonMapper, settings));
		this.generateUris = new ModelUris(uriFactory, GENERATE_PATH, settings.apiVersion());
		this.streamUris = new ModelUris(uriFactory, STREAM_PATH, settings.apiVersion());
		this.jsonMapper = jsonMapper;
		this.settings = settings;
		this.apiKey = settings.apiKey();
		this.auth = settings.auth();
		this.timeLimits = TimeLimits.of(settings);
		this.readDataUrls = settings.readDataUrls();
		this.errors = new ErrorTranslator(jsonMapper);
		this.observations = null;
		this.threads = GeminiThreads.shared();
		this.filters = List.of();
		this.filtered = null;
		this.connections = (name) -> null;
		this.warned = new AtomicBoolean();
		this.knownModels = new KnownModels();
	}

	private GeminiClient(GeminiClient client, @Nullable CallObservations observations, GeminiThreads threads,
			List<GeminiExchangeFilter> filters, Function<String, @Nullable GeminiClient> connections) {
		this.transport = client.transport;
		this.generateUris = client.generateUris;
		this.streamUris = client.streamUris;
		this.jsonMapper = client.jsonMapper;
		this.settings = client.settings;
		this.apiKey = client.apiKey;
		this.auth = client.auth;
		this.timeLimits = client.timeLimits;
		this.readDataUrls = client.readDataUrls;
		this.errors = client.errors;
		this.observations = observations;
		this.threads = threads;
		this.filters = filters;
		this.filtered = (filters.isEmpty()) ? null : ExchangeFilters.chain(filters, this::send);
		this.connections = connections;
		this.warned = client.warned;
		this.knownModels = client.knownModels;
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
		return Mono.fromDirect(exchange(toExchange(model, request, options, false)));
	}

	/**
	 * Send a request to a model and return the events of its response as they arrive.
	 * Billed. Cancelling closes the connection.
	 * @param model the bare id of the model
	 * @param request the request
	 * @param options the per-call options
	 * @return the events, each when its last byte arrives, then the end or a
	 * {@link GeminiException}
	 */
	public Flux<GenerateContentResponse> streamGenerateContent(String model, GenerateContentRequest request,
			GeminiCallOptions options) {
		return exchange(toExchange(model, request, options, true));
	}

	private GeminiExchange toExchange(String model, GenerateContentRequest request, GeminiCallOptions options,
			boolean streamed) {
		return new GeminiExchange(getConnectionName(), model, request, options, streamed);
	}

	/**
	 * Make a call to a model through the filters of this client, over the connection that
	 * the exchange names. Billed. Cancelling closes the HTTP connection.
	 * @param exchange the call
	 * @return the events of the response, one for a call that is not streamed, then the
	 * end or a {@link GeminiException}
	 */
	public Flux<GenerateContentResponse> exchange(GeminiExchange exchange) {
		if (this.filtered == null) {
			return send(exchange);
		}
		Flux<GenerateContentResponse> events = Flux.defer(() -> this.filtered.exchange(exchange));
		return limitTotal((exchange.streamed()) ? STREAM : GENERATE, exchange.model(), exchange.options(), events);
	}

	// A filter may have chosen another connection.
	private Flux<GenerateContentResponse> send(GeminiExchange exchange) {
		String name = exchange.connection();
		if (name.equals(getConnectionName())) {
			return sendOverOwnConnection(exchange);
		}
		GeminiClient client = this.connections.apply(name);
		return (client != null) ? client.sendOverOwnConnection(exchange)
				: Flux.error(() -> new GeminiInvalidRequestException(
						"The connection '%s' does not exist: configure 'cometapi.gemini.connections.%s'".formatted(name,
								name),
						GeminiError.NONE, null));
	}

	private Flux<GenerateContentResponse> sendOverOwnConnection(GeminiExchange exchange) {
		GeminiCallOptions options = exchange.options();
		boolean streamed = exchange.streamed();
		Flux<GenerateContentResponse> events = call((streamed) ? STREAM : GENERATE, exchange.model(), options,
				(context, attempt) -> (streamed) ? sendForEvents(exchange, options, context, attempt)
						: sendForResponse(exchange, options, context, attempt));
		if (options.mediaSink() != null) {
			events = (streamed) ? ResponseMedia.required(events) : events.map(ResponseMedia::required);
		}
		return (this.observations != null) ? this.observations.observe(events, exchange, this.settings.baseUrl())
				: events;
	}

	private Flux<GenerateContentResponse> sendForResponse(GeminiExchange exchange, GeminiCallOptions options,
			CallContext context, HttpAttempt attempt) {
		Flux<GenerateContentResponse> response = post(this.generateUris, exchange, options, context, attempt)
			.header(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE)
			.exchangeToMono(successOr(context, attempt, options, this::readResponse))
			.flux();
		return (this.readDataUrls) ? writeDataUrls(response.map(DataUrlImages::read), context, attempt, options)
				: response;
	}

	private Flux<GenerateContentResponse> sendForEvents(GeminiExchange exchange, GeminiCallOptions options,
			CallContext context, HttpAttempt attempt) {
		return post(this.streamUris, exchange, options, context, attempt).accept(MediaType.TEXT_EVENT_STREAM)
			.exchangeToFlux((response) -> readEvents(response, context, attempt, options));
	}

	/**
	 * List the models that the endpoint offers, from all pages. Never billed.
	 * @param options the per-call options
	 * @return the models, or a {@link GeminiException}
	 */
	public Mono<List<Model>> models(GeminiCallOptions options) {
		Flux<ModelPage> pages = Flux.defer(() -> {
			Set<String> tokens = new HashSet<>();
			AtomicLong size = new AtomicLong();
			return modelPage(null, options, size).expand((page) -> {
				String token = page.nextPageToken();
				if (token == null) {
					return Mono.empty();
				}
				if (!tokens.add(token) || tokens.size() > MAX_MODEL_PAGES) {
					return Mono.error(new GeminiProtocolException(
							"models: the list of models does not end; gave up after %d pages".formatted(tokens.size()),
							GeminiError.NONE, 0, null));
				}
				return modelPage(token, options, size);
			});
		});
		return limitTotal("models", null, options, pages).flatMapIterable(ModelPage::models)
			.collectList()
			.doOnNext(knownModels(options)::setListed);
	}

	private Mono<ModelPage> modelPage(@Nullable String token, GeminiCallOptions options, AtomicLong size) {
		return Mono.fromDirect(call("models", null, options,
				(context, attempt) -> modelsUri(transport().webClient.get(), token)
					.headers((headers) -> addHeaders(headers, this.settings.modelsAuth(), options))
					.attribute(HttpAttempt.ATTRIBUTE, attempt)
					.attribute(WebClientFilters.THREADS_ATTRIBUTE, this.threads)
					.accept(MediaType.APPLICATION_JSON)
					.httpRequest((sent) -> send(sent, context, attempt))
					.exchangeToMono(successOr(context, attempt, options, (body) -> readModels(body, size)))));
	}

	private WebClient.RequestHeadersSpec<?> modelsUri(WebClient.RequestHeadersUriSpec<?> request,
			@Nullable String token) {
		String path = this.settings.modelsPath();
		return (token != null) ? request.uri(path + "?pageToken={token}", token) : request.uri(path);
	}

	private <T> Flux<T> call(String operation, @Nullable String model, GeminiCallOptions options,
			BiFunction<CallContext, HttpAttempt, Publisher<T>> sender) {
		return Flux.defer(() -> {
			long started = now();
			CallContext context = context(operation, model, options);
			TimeLimits limits = this.timeLimits.with(options);
			GeminiRetrySettings retrySettings = (options.retry() != null) ? options.retry() : this.settings.retry();
			CallRetry retry = new CallRetry(retrySettings, this.settings.retryListeners(), context, limits.total(),
					started);
			return retry.run((attempt) -> limits.watch(sender.apply(context, attempt), attempt, context, started),
					(ex) -> this.errors.fromFailure(ex, context));
		});
	}

	/**
	 * Apply one total timeout, that of the first call's options or of the settings, to
	 * work that makes several calls.
	 * @param first the first call
	 * @param calls the work, including all of its calls
	 * @param <T> the type of the elements
	 * @return the same elements, then the end or a {@link GeminiTimeoutException}
	 */
	public <T> Flux<T> limitTotal(GeminiExchange first, Publisher<T> calls) {
		return limitTotal("prompt", first.model(), first.options(), calls);
	}

	private <T> Flux<T> limitTotal(String operation, @Nullable String model, GeminiCallOptions options,
			Publisher<T> calls) {
		return Flux.defer(() -> {
			TimeLimits limits = this.timeLimits.with(options);
			if (limits.total() == null) {
				return calls;
			}
			return limits.totalOnly().watch(calls, new HttpAttempt(), context(operation, model, options), now());
		});
	}

	/**
	 * Return a copy of this client that observes each call to a model, including its
	 * retries. The observations of HTTP exchanges become its children.
	 * @param registry the registry
	 * @param convention names the observations, or {@code null} for those of the registry
	 * and {@link DefaultGeminiObservationConvention}
	 * @return the client
	 */
	public GeminiClient withObservations(ObservationRegistry registry,
			@Nullable GeminiObservationConvention convention) {
		Assert.notNull(registry, "'registry' must not be null");
		return new GeminiClient(this, (registry.isNoop()) ? null : new CallObservations(registry, convention),
				this.threads, this.filters, this.connections);
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
	 * Return the models whose responses to this client announced that they will be
	 * retired.
	 * @return the status of each model by its id, shortened where it was very long
	 */
	public Map<String, ModelStatus> getRetiringModels() {
		return this.knownModels.retiring();
	}

	private WebClient.RequestHeadersSpec<?> post(ModelUris uris, GeminiExchange exchange, GeminiCallOptions options,
			CallContext context, HttpAttempt attempt) {
		Transport transport = transport();
		return uris.set(transport.webClient.post(), exchange.model())
			.headers((headers) -> addHeaders(headers, this.auth, options))
			.attribute(HttpAttempt.ATTRIBUTE, attempt)
			.attribute(WebClientFilters.THREADS_ATTRIBUTE, this.threads)
			.body(write(exchange.request(), transport.requestWriter, context, attempt))
			.httpRequest((sent) -> send(sent, context, attempt));
	}

	private static void send(ClientHttpRequest request, CallContext context, HttpAttempt attempt) {
		context.sent(request);
		attempt.markSent(request);
	}

	private RequestBody write(GenerateContentRequest request, ObjectWriter writer, CallContext context,
			HttpAttempt attempt) {
		try {
			return RequestBody.of(writer, withoutDataUrls(request), context, attempt);
		}
		catch (JacksonException ex) {
			throw new GeminiInvalidRequestException("%s: the request cannot be written as JSON: %s"
				.formatted(context.subject(), ex.getOriginalMessage()), GeminiError.NONE, ex);
		}
	}

	private GenerateContentRequest withoutDataUrls(GenerateContentRequest request) {
		boolean reads = this.readDataUrls;
		if ((!reads && this.warned.get()) || !DataUrlImages.isIn(request)) {
			return request;
		}
		if (!reads && this.warned.compareAndSet(false, true)) {
			logger.warn("An image of an earlier response is sent back as text, in base64: set "
					+ "'cometapi.gemini.read-data-urls' to 'true' to read such images as images. "
					+ "Further ones are not logged");
		}
		return (reads) ? DataUrlImages.read(request) : request;
	}

	private void addHeaders(HttpHeaders headers, GeminiAuth auth, GeminiCallOptions options) {
		String apiKey = apiKey(options);
		switch (auth) {
			case X_GOOG_API_KEY -> headers.set(GOOGLE_KEY_HEADER, apiKey);
			case BEARER -> headers.setBearerAuth(apiKey);
		}
		options.headers().forEach(headers::set);
	}

	private String apiKey(GeminiCallOptions options) {
		return (options.apiKey() != null) ? options.apiKey() : this.apiKey;
	}

	private <T> Function<ClientResponse, Mono<T>> successOr(CallContext context, HttpAttempt attempt,
			GeminiCallOptions options, Function<ResponseBody, Mono<T>> success) {
		return (response) -> {
			ResponseBody body = body(response, context, attempt, options);
			return body.isSuccess() ? success.apply(body) : body.error();
		};
	}

	private ResponseBody body(ClientResponse response, CallContext context, HttpAttempt attempt,
			GeminiCallOptions options) {
		attempt.markResponseStarted();
		GeminiMediaSink sink = options.mediaSink();
		return new ResponseBody(response, this.errors, attempt, context,
				(sink != null)
						? (buffers) -> MediaSinkWriter.writeMedia(buffers, markingHandedOver(sink, attempt), context)
						: UnaryOperator.identity());
	}

	private Flux<GenerateContentResponse> readEvents(ClientResponse response, CallContext context, HttpAttempt attempt,
			GeminiCallOptions options) {
		ResponseBody body = body(response, context, attempt, options);
		if (!body.isSuccess()) {
			return body.<GenerateContentResponse>error().flux();
		}
		Flux<GenerateContentResponse> events = EventStream.of(body.buffers(), eventReader(body), attempt,
				(ex) -> this.errors.fromFailure(ex, context));
		return (this.readDataUrls) ? writeDataUrls(DataUrlImages.read(events), context, attempt, options) : events;
	}

	private EventStreamReader eventReader(ResponseBody body) {
		return new EventStreamReader(transport().eventReader.withOrigin(body.errors().context().origin()),
				body.errors(), this.settings);
	}

	private static Flux<GenerateContentResponse> writeDataUrls(Flux<GenerateContentResponse> response,
			CallContext context, HttpAttempt attempt, GeminiCallOptions options) {
		GeminiMediaSink sink = options.mediaSink();
		return (sink != null) ? DataUrlImages.writeMedia(response, markingHandedOver(sink, attempt), context.threads())
				: response;
	}

	// A call is not retried after a medium was written to the sink.
	private static GeminiMediaSink markingHandedOver(GeminiMediaSink sink, HttpAttempt attempt) {
		return (mimeType) -> {
			attempt.markHandedOver();
			return sink.open(mimeType);
		};
	}

	private Mono<GenerateContentResponse> readResponse(ResponseBody body) {
		return body.read(this.settings.maxResponseSize(), (json) -> {
			GenerateContentResponse response = readResponse(json, body);
			GeminiException error = (response != null) ? body.errors().errorIn(response) : null;
			if (error != null) {
				throw error;
			}
			if (response != null) {
				body.errors().context().noteStatus(response);
			}
			return (response != null && isResponse(response)) ? response : null;
		});
	}

	private @Nullable GenerateContentResponse readResponse(Supplier<JsonInput> json, ResponseBody body) {
		ResponseReader reader = transport().responseReader.withOrigin(body.errors().context().origin());
		try (JsonParser parser = reader.parser(json.get())) {
			return reader.read(parser);
		}
		catch (JacksonException ex) {
			if (UnexpectedEventStream.isOne(json.get())) {
				return UnexpectedEventStream.read(json.get(), eventReader(body), body::handOver);
			}
			return reader.readTolerantly(json.get(), ex).response();
		}
	}

	// JSON without any known member is not a response.
	private static boolean isResponse(GenerateContentResponse response) {
		return response.additional().isEmpty() || EventClassifier.hasContent(response)
				|| EventClassifier.hasMetadata(response);
	}

	private Mono<ModelPage> readModels(ResponseBody body, AtomicLong size) {
		DataSize maxSize = this.settings.maxResponseSize();
		return body.read(maxSize, (json) -> {
			JsonNode tree = readTree(json.get(), size);
			GeminiException error = body.errors().errorIn(tree);
			if (error != null) {
				throw error;
			}
			// Each page is limited by the parser.
			if (size.get() > HeapLimits.maxTokens(maxSize)) {
				throw body.errors().tooManyTokens(maxSize, ResponseErrors.MAX_RESPONSE_SIZE);
			}
			return ModelPage.read(tree, transport().modelReader);
		});
	}

	private JsonNode readTree(JsonInput json, AtomicLong size) {
		try (JsonParser parser = transport().responseReader.parser(json)) {
			JsonNode tree = this.jsonMapper.readTree(parser);
			size.addAndGet(parser.currentTokenCount());
			return tree;
		}
	}

	private static long now() {
		return Schedulers.parallel().now(TimeUnit.NANOSECONDS);
	}

	private Transport transport() {
		return this.transport.obtain();
	}

	private CallContext context(String operation, @Nullable String model, GeminiCallOptions options) {
		List<String> secrets = List.of(this.apiKey, apiKey(options));
		if (!options.headers().isEmpty()) {
			secrets = new ArrayList<>(secrets);
			secrets.addAll(options.headers().values());
		}
		return new CallContext(operation, getConnectionName(), model, secrets, this.settings.connectTimeout(),
				this.threads, knownModels(options));
	}

	private KnownModels knownModels(GeminiCallOptions options) {
		return (options.apiKey() == null) ? this.knownModels : this.knownModels.withoutList();
	}

	@Override
	public String toString() {
		return "GeminiClient[" + this.settings + "]";
	}

	/**
	 * Create a client.
	 * @param webClientBuilder the builder of the HTTP client, with a Reactor Netty
	 * connector: only that closes the connection on cancel; not changed
	 * @param jsonMapper the mapper of the wire, normally made by {@link GeminiJsonMapper}
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
	 * Netty connector: only that closes the connection on cancel; asked once, on the
	 * thread of the first call
	 * @param jsonMapper the mapper of the wire, normally made by {@link GeminiJsonMapper}
	 * @param settings the settings
	 * @return the client
	 */
	public static GeminiClient create(Supplier<WebClient.Builder> webClientBuilder, JsonMapper jsonMapper,
			GeminiClientSettings settings) {
		Assert.notNull(settings, "'settings' must not be null");
		String baseUrl = StringUtils.trimTrailingCharacter(settings.baseUrl().toString(), '/');
		UriBuilderFactory uriFactory = new DefaultUriBuilderFactory(baseUrl);
		return new GeminiClient(() -> build(webClientBuilder.get(), uriFactory), uriFactory, jsonMapper, settings);
	}

	private static WebClient build(WebClient.Builder builder, UriBuilderFactory uriFactory) {
		// Bodies go past the codecs: what the application does with them is its own.
		return builder.uriBuilderFactory(uriFactory)
			.filters(WebClientFilters::surround)
			.filter(HttpAttempt.FILTER)
			.exchangeStrategies(ExchangeStrategies.withDefaults())
			// An application that logs the details of requests would log the key.
			.codecs((codecs) -> codecs.defaultCodecs().enableLoggingRequestDetails(false))
			.build();
	}

	/**
	 * HTTP client, readers and writers, created at the first call.
	 *
	 * @param webClient the HTTP client
	 * @param requestWriter writes requests
	 * @param responseReader reads responses that come at once
	 * @param eventReader reads the events of streams
	 * @param modelReader reads models
	 */
	private record Transport(WebClient webClient, ObjectWriter requestWriter, ResponseReader responseReader,
			ResponseReader eventReader, ObjectReader modelReader) {

		static Transport of(WebClient webClient, JsonMapper jsonMapper, GeminiClientSettings settings) {
			return new Transport(webClient, jsonMapper.writerFor(GenerateContentRequest.class),
					new ResponseReader(jsonMapper, settings.maxResponseSize()),
					new ResponseReader(jsonMapper, settings.maxEventSize()), jsonMapper.readerFor(Model.class));
		}

	}

}
