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
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.error.GeminiError;
import com.cometapi.gemini.error.GeminiInvalidRequestException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeStrategies;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.util.UriUtils;

/**
 * Sends the request of one attempt with the {@link WebClient}, and has its response read.
 * Thread-safe.
 */
final class HttpTransport {

	// The URI template in observations; WebClient sets it only for a URI that it expands
	// itself.
	private static final String TEMPLATE_ATTRIBUTE = WebClient.class.getName() + ".uriTemplate";

	private static final Log logger = LogFactory.getLog(GeminiClient.class);

	private final boolean readDataUrls;

	private final ErrorTranslator errors;

	private final WebClient webClient;

	// Without default headers: the key may be in another header.
	private final SingletonSupplier<WebClient> modelsClient;

	private final ModelUris generateUris;

	private final ModelUris streamUris;

	private final RequestHeaders generateHeaders;

	private final RequestHeaders streamHeaders;

	private final RequestHeaders modelsHeaders;

	private final String modelsUri;

	private final ObjectWriter requestWriter;

	private final ResponseBodyReader reader;

	// Whether it was logged that images are sent as text.
	private final AtomicBoolean warned = new AtomicBoolean();

	/**
	 * Create a transport.
	 * @param builder the builder of the HTTP client, to be changed
	 * @param jsonMapper the mapper for requests and responses
	 * @param settings the settings of the client
	 * @param errors the translator that creates the exceptions
	 */
	HttpTransport(WebClient.Builder builder, JsonMapper jsonMapper, GeminiClientSettings settings,
			ErrorTranslator errors) {
		// Bodies bypass the codecs, so those of the application are not needed.
		builder.filters(WebClientFilters::surround)
			.filter(HttpAttempt.FILTER)
			.exchangeStrategies(ExchangeStrategies.withDefaults())
			// An application that logs the details of requests would log the key.
			.codecs((codecs) -> codecs.defaultCodecs().enableLoggingRequestDetails(false));
		this.readDataUrls = settings.readDataUrls();
		this.errors = errors;
		this.generateUris = new ModelUris(settings, GeminiExchange.GENERATE);
		this.streamUris = new ModelUris(settings, GeminiExchange.STREAM + "?alt=sse");
		this.generateHeaders = new RequestHeaders(MediaType.APPLICATION_JSON_VALUE, settings.auth(), true);
		this.streamHeaders = new RequestHeaders(MediaType.TEXT_EVENT_STREAM_VALUE, settings.auth(), false);
		this.modelsHeaders = new RequestHeaders(MediaType.APPLICATION_JSON_VALUE, settings.modelsAuth(), false);
		this.modelsClient = SingletonSupplier.of(builder::build);
		this.webClient = builder.clone()
			.defaultHeaders((headers) -> this.generateHeaders.set(headers, settings.apiKey()))
			.build();
		this.modelsUri = BaseUrls.withoutSlash(settings.baseUrl())
				+ UriUtils.encodePath(settings.modelsPath(), StandardCharsets.UTF_8);
		this.requestWriter = jsonMapper.writerFor(GenerateContentRequest.class);
		this.reader = new ResponseBodyReader(jsonMapper, settings);
	}

	/**
	 * Get one page of the list of models.
	 * @param token the token of the page, or {@code null} for the first one
	 * @param size the number of JSON tokens of the pages so far
	 * @param attempt the attempt
	 * @return the page
	 */
	Mono<ModelPage> listModels(@Nullable String token, AtomicLong size, HttpAttempt attempt) {
		String query = (token != null) ? "?pageToken=" + UriUtils.encode(token, StandardCharsets.UTF_8) : "";
		return prepare(this.modelsClient.obtain().get().uri(URI.create(this.modelsUri + query)), this.modelsUri,
				this.modelsHeaders, attempt)
			.exchangeToMono((response) -> this.reader.readModels(body(response, attempt), size));
	}

	/**
	 * Send a request to a model.
	 * @param exchange the call
	 * @param attempt the attempt
	 * @return the events of the response, one for a call that is not streamed
	 */
	Flux<GenerateContentResponse> send(GeminiExchange exchange, HttpAttempt attempt) {
		boolean streamed = exchange.streamed();
		ModelUris uris = (streamed) ? this.streamUris : this.generateUris;
		WebClient.RequestHeadersSpec<?> request = this.webClient.post()
			.uri(uris.uri(exchange.model()))
			.body(write(exchange.request(), attempt));
		return prepare(request, uris.template(), (streamed) ? this.streamHeaders : this.generateHeaders, attempt)
			.exchangeToFlux((response) -> this.reader.read(body(response, attempt), streamed));
	}

	// Prepares a request so that its attempt observes it.
	private static WebClient.RequestHeadersSpec<?> prepare(WebClient.RequestHeadersSpec<?> request, String uriTemplate,
			RequestHeaders headers, HttpAttempt attempt) {
		return request.headers((all) -> headers.set(all, attempt.context()))
			.attribute(TEMPLATE_ATTRIBUTE, uriTemplate)
			.attribute(HttpAttempt.ATTRIBUTE, attempt)
			.httpRequest(attempt::markSent);
	}

	private RequestBody write(GenerateContentRequest request, HttpAttempt attempt) {
		try {
			return RequestBody.of(this.requestWriter, withoutDataUrls(request), attempt);
		}
		catch (JacksonException ex) {
			throw new GeminiInvalidRequestException("%s: the request cannot be written as JSON: %s"
				.formatted(attempt.context().subject(), ex.getOriginalMessage()), GeminiError.NONE, ex);
		}
	}

	private GenerateContentRequest withoutDataUrls(GenerateContentRequest request) {
		if ((!this.readDataUrls && this.warned.get()) || !DataUrlImages.isIn(request)) {
			return request;
		}
		if (!this.readDataUrls && this.warned.compareAndSet(false, true)) {
			logger.warn("An image of an earlier response is sent back as text, in base64: set "
					+ "'cometapi.gemini.read-data-urls' to 'true' to read such images as images. "
					+ "Further ones are not logged");
		}
		return (this.readDataUrls) ? DataUrlImages.read(request) : request;
	}

	private ResponseBody body(ClientResponse response, HttpAttempt attempt) {
		attempt.markResponseStarted();
		return new ResponseBody(response, this.errors, attempt);
	}

}
