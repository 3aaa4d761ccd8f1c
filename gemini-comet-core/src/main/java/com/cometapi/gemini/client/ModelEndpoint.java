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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.springframework.util.ConcurrentLruCache;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.util.UriBuilderFactory;

/**
 * Endpoint of one operation. Caches its URIs by model, since expanding a URI template
 * makes a fifth of the allocations of a call.
 */
final class ModelEndpoint {

	// The URI template in observations; WebClient sets it only for a URI that it expands
	// itself.
	private static final String TEMPLATE_ATTRIBUTE = WebClient.class.getName() + ".uriTemplate";

	private static final int MAX_MODELS = 64;

	private final WebClient webClient;

	private final String template;

	private final ConcurrentLruCache<String, URI> uris;

	/**
	 * Create an endpoint.
	 * @param webClient the HTTP client, with the headers of the operation
	 * @param uriFactory knows the address of the API
	 * @param path the path, with variables for the version of the API and the model
	 * @param apiVersion the version of the API
	 */
	ModelEndpoint(WebClient webClient, UriBuilderFactory uriFactory, String path, String apiVersion) {
		this.webClient = webClient;
		this.template = uriFactory.uriString(path).toUriString();
		this.uris = new ConcurrentLruCache<>(MAX_MODELS, (model) -> expand(uriFactory, path, apiVersion, model));
	}

	// A resource name with segments of its own takes the place of the model's one.
	private static URI expand(UriBuilderFactory factory, String path, String apiVersion, String model) {
		String[] segments = model.split("/");
		if (segments.length == 1) {
			return factory.expand(path, apiVersion, model);
		}
		String variables = IntStream.range(0, segments.length)
			.mapToObj("{segment%d}"::formatted)
			.collect(Collectors.joining("/"));
		Object[] values = Stream.concat(Stream.of(apiVersion), Stream.of(segments)).toArray();
		return factory.expand(path.replace("models/{model}", variables), values);
	}

	/**
	 * Begin a request.
	 * @param model the bare id or the resource name of the model
	 * @return the request
	 */
	WebClient.RequestBodySpec post(String model) {
		return this.webClient.post().uri(this.uris.get(model)).attribute(TEMPLATE_ATTRIBUTE, this.template);
	}

}
