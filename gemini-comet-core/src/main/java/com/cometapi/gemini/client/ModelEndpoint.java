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
import java.util.Arrays;
import java.util.stream.Collectors;

import org.springframework.http.HttpHeaders;
import org.springframework.util.ConcurrentLruCache;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.util.UriUtils;

/**
 * Endpoint of one operation, prepares its requests. Builds the URI of each model itself
 * and only once: expanding a URI template makes a fifth of the allocations of a call and
 * takes a tenth of a second before the first one.
 */
final class ModelEndpoint {

	// The URI template in observations; WebClient sets it only for a URI that it expands
	// itself.
	private static final String TEMPLATE_ATTRIBUTE = WebClient.class.getName() + ".uriTemplate";

	private static final int MAX_MODELS = 64;

	private static final String GOOGLE_KEY_HEADER = "x-goog-api-key";

	// Lower case, as in HTTP/2: Spring's headers copy any other name at each access.
	private static final String ACCEPT = "accept";

	private final WebClient webClient;

	private final GeminiAuth auth;

	private final String template;

	private final ConcurrentLruCache<String, URI> uris;

	/**
	 * Create an endpoint.
	 * @param builder the builder of the HTTP client, not changed
	 * @param settings the settings of the client
	 * @param operation the operation, with its query if it has one
	 * @param accept the media type of its responses
	 */
	ModelEndpoint(WebClient.Builder builder, GeminiClientSettings settings, String operation, String accept) {
		this.auth = settings.auth();
		this.webClient = webClient(builder, accept, this.auth, settings.apiKey());
		String baseUrl = BaseUrls.withoutSlash(settings.baseUrl());
		this.template = baseUrl + "/{version}/models/{model}:" + operation;
		String start = baseUrl + "/" + encode(settings.apiVersion()) + "/";
		this.uris = new ConcurrentLruCache<>(MAX_MODELS,
				(model) -> URI.create(start + resourceName(model) + ":" + operation));
	}

	// A resource name with segments of its own takes the place of the model's one.
	private static String resourceName(String model) {
		return (model.indexOf('/') < 0) ? "models/" + encode(model)
				: Arrays.stream(model.split("/")).map(ModelEndpoint::encode).collect(Collectors.joining("/"));
	}

	private static String encode(String segment) {
		return UriUtils.encode(segment, StandardCharsets.UTF_8);
	}

	/**
	 * Build an HTTP client for one operation. Default headers are copied less often than
	 * those of a request.
	 * @param builder the builder, not changed
	 * @param accept the media type of the responses
	 * @param auth the header that carries the key
	 * @param apiKey the key
	 * @return the HTTP client
	 */
	static WebClient webClient(WebClient.Builder builder, String accept, GeminiAuth auth, String apiKey) {
		return builder.clone().defaultHeaders((headers) -> {
			headers.set(ACCEPT, accept);
			setKey(headers, auth, apiKey);
		}).build();
	}

	private static void setKey(HttpHeaders headers, GeminiAuth auth, String apiKey) {
		switch (auth) {
			case X_GOOG_API_KEY -> headers.set(GOOGLE_KEY_HEADER, apiKey);
			case BEARER -> headers.setBearerAuth(apiKey);
		}
	}

	/**
	 * Prepare a request.
	 * @param model the bare id or the resource name of the model
	 * @param body the body
	 * @param context the context of the call
	 * @param attempt the attempt
	 * @return the request
	 */
	WebClient.RequestHeadersSpec<?> post(String model, RequestBody body, CallContext context, HttpAttempt attempt) {
		return prepare(
				this.webClient.post().uri(this.uris.get(model)).attribute(TEMPLATE_ATTRIBUTE, this.template).body(body),
				this.auth, context, attempt);
	}

	/**
	 * Add the key and the headers of the call, and have the attempt observe the request.
	 * @param request the request
	 * @param auth the header that carries the key
	 * @param context the context of the call
	 * @param attempt the attempt
	 * @return the request
	 */
	static WebClient.RequestHeadersSpec<?> prepare(WebClient.RequestHeadersSpec<?> request, GeminiAuth auth,
			CallContext context, HttpAttempt attempt) {
		GeminiCallOptions options = context.options();
		// A "defaultRequest" of the application may have set its own credentials.
		if (auth == GeminiAuth.BEARER || options.apiKey() != null || !options.headers().isEmpty()) {
			request.headers((headers) -> {
				setKey(headers, auth, context.apiKey());
				options.headers().forEach(headers::set);
			});
		}
		return request.attribute(HttpAttempt.ATTRIBUTE, attempt).httpRequest((sent) -> {
			context.sent(sent);
			attempt.markSent(sent);
		});
	}

}
