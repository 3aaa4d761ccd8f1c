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

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.error.GeminiError;
import com.cometapi.gemini.error.GeminiInvalidRequestException;
import com.cometapi.gemini.thread.GeminiThreads;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;
import org.springframework.util.StringUtils;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeStrategies;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.util.DefaultUriBuilderFactory;
import org.springframework.web.util.UriBuilderFactory;

/**
 * Makes the HTTP calls of a client, each with its attempts, their requests and their time
 * limits. Thread-safe.
 */
final class HttpCalls {

	private static final String GOOGLE_KEY_HEADER = "x-goog-api-key";

	// Lower case, as in HTTP/2: Spring's headers copy any other name at each access.
	private static final String ACCEPT = "accept";

	private static final String GENERATE = "generateContent";

	private static final String STREAM = "streamGenerateContent";

	private static final String GENERATE_PATH = "/{version}/models/{model}:generateContent";

	private static final String STREAM_PATH = "/{version}/models/{model}:streamGenerateContent?alt=sse";

	private static final Log logger = LogFactory.getLog(GeminiClient.class);

	// Made at the first call: an application starts faster without, and may never call.
	private final SingletonSupplier<Transport> transport;

	private final GeminiClientSettings settings;

	private final TimeLimits timeLimits;

	private final ErrorTranslator errors;

	private final KnownModels knownModels;

	// Whether it was logged that images are sent as text.
	private final AtomicBoolean warned;

	private final GeminiThreads threads;

	HttpCalls(Supplier<WebClient.Builder> webClientBuilder, JsonMapper jsonMapper, GeminiClientSettings settings) {
		this.transport = SingletonSupplier.of(() -> Transport.of(webClientBuilder.get(), jsonMapper, settings));
		this.settings = settings;
		this.timeLimits = TimeLimits.of(settings);
		this.errors = new ErrorTranslator(jsonMapper);
		this.knownModels = new KnownModels();
		this.warned = new AtomicBoolean();
		this.threads = GeminiThreads.shared();
	}

	private HttpCalls(HttpCalls calls, GeminiThreads threads) {
		this.transport = calls.transport;
		this.settings = calls.settings;
		this.timeLimits = calls.timeLimits;
		this.errors = calls.errors;
		this.knownModels = calls.knownModels;
		this.warned = calls.warned;
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
		GeminiCallOptions options = exchange.options();
		Flux<GenerateContentResponse> events = call(operation(exchange), exchange.model(), options,
				(context, attempt) -> send(exchange, context, attempt));
		if (options.mediaSink() != null) {
			return (exchange.streamed()) ? ResponseMedia.required(events) : events.map(ResponseMedia::required);
		}
		return events;
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
		return Mono.fromDirect(call("models", null, options, (context, attempt) -> {
			Transport transport = this.transport.obtain();
			WebClient.RequestHeadersUriSpec<?> request = transport.webClient.get();
			String path = this.settings.modelsPath();
			return prepare((token != null) ? request.uri(path + "?pageToken={token}", token) : request.uri(path),
					this.settings.modelsAuth(), MediaType.APPLICATION_JSON_VALUE, context, attempt)
				.exchangeToMono((response) -> transport.reader.readModels(body(response, context, attempt), size));
		}));
	}

	private <T> Flux<T> call(String operation, @Nullable String model, GeminiCallOptions options,
			BiFunction<CallContext, HttpAttempt, Publisher<T>> sender) {
		return Flux.defer(() -> {
			long started = Schedulers.parallel().now(TimeUnit.NANOSECONDS);
			CallContext context = new CallContext(operation, model, options, this.settings, this.threads,
					this.knownModels);
			TimeLimits limits = this.timeLimits.with(options);
			GeminiRetrySettings retrySettings = (options.retry() != null) ? options.retry() : this.settings.retry();
			CallRetry retry = new CallRetry(retrySettings, this.settings.retryListeners(), context, limits.total(),
					started);
			return retry.run((attempt) -> limits.watch(sender.apply(context, attempt), attempt, context, started),
					(ex) -> this.errors.fromFailure(ex, context));
		});
	}

	private Flux<GenerateContentResponse> send(GeminiExchange exchange, CallContext context, HttpAttempt attempt) {
		Transport transport = this.transport.obtain();
		boolean streamed = exchange.streamed();
		RequestBody body = write(exchange.request(), transport.requestWriter, context, attempt);
		WebClient.RequestHeadersSpec<?> request = prepare(
				((streamed) ? transport.streamUris : transport.generateUris)
					.set(transport.webClient.post(), exchange.model())
					.body(body),
				this.settings.auth(), (streamed) ? MediaType.TEXT_EVENT_STREAM_VALUE : MediaType.APPLICATION_JSON_VALUE,
				context, attempt);
		return (streamed)
				? request.exchangeToFlux((response) -> transport.reader.readEvents(body(response, context, attempt)))
				: request.exchangeToMono((response) -> transport.reader.readResponse(body(response, context, attempt)))
					.flux();
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
		boolean reads = this.settings.readDataUrls();
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

	private WebClient.RequestHeadersSpec<?> prepare(WebClient.RequestHeadersSpec<?> request, GeminiAuth auth,
			String accept, CallContext context, HttpAttempt attempt) {
		return request.header(ACCEPT, accept).headers((headers) -> {
			switch (auth) {
				case X_GOOG_API_KEY -> headers.set(GOOGLE_KEY_HEADER, context.apiKey());
				case BEARER -> headers.setBearerAuth(context.apiKey());
			}
			context.options().headers().forEach(headers::set);
		}).attribute(HttpAttempt.ATTRIBUTE, attempt).httpRequest((sent) -> {
			context.sent(sent);
			attempt.markSent(sent);
		});
	}

	private ResponseBody body(ClientResponse response, CallContext context, HttpAttempt attempt) {
		attempt.markResponseStarted();
		return new ResponseBody(response, this.errors, context, attempt);
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
		return Flux.defer(() -> {
			TimeLimits limits = this.timeLimits.with(options);
			if (limits.total() == null) {
				return calls;
			}
			CallContext context = new CallContext(operation, model, options, this.settings, this.threads,
					this.knownModels);
			return limits.totalOnly()
				.watch(calls, new HttpAttempt(this.threads), context, Schedulers.parallel().now(TimeUnit.NANOSECONDS));
		});
	}

	/**
	 * HTTP client with its addresses, writer and reader.
	 *
	 * @param webClient the HTTP client
	 * @param generateUris the addresses of calls that are not streamed
	 * @param streamUris the addresses of streamed calls
	 * @param requestWriter writes requests
	 * @param reader reads the bodies of responses
	 */
	private record Transport(WebClient webClient, ModelUris generateUris, ModelUris streamUris,
			ObjectWriter requestWriter, ResponseBodyReader reader) {

		static Transport of(WebClient.Builder builder, JsonMapper jsonMapper, GeminiClientSettings settings) {
			String baseUrl = StringUtils.trimTrailingCharacter(settings.baseUrl().toString(), '/');
			UriBuilderFactory uriFactory = new DefaultUriBuilderFactory(baseUrl);
			// Bodies go past the codecs: what the application does with them is its own.
			WebClient webClient = builder.uriBuilderFactory(uriFactory)
				.filters(WebClientFilters::surround)
				.filter(HttpAttempt.FILTER)
				.exchangeStrategies(ExchangeStrategies.withDefaults())
				// An application that logs the details of requests would log the key.
				.codecs((codecs) -> codecs.defaultCodecs().enableLoggingRequestDetails(false))
				.build();
			return new Transport(webClient, new ModelUris(uriFactory, GENERATE_PATH, settings.apiVersion()),
					new ModelUris(uriFactory, STREAM_PATH, settings.apiVersion()),
					jsonMapper.writerFor(GenerateContentRequest.class), new ResponseBodyReader(jsonMapper, settings));
		}

	}

}
