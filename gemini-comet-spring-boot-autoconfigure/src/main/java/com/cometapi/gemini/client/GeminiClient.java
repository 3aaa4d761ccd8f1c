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

import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Model;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * Exchanges messages with the Gemini native API, non-blocking. Thread-safe.
 */
public final class GeminiClient {

	private final GeminiClientSettings settings;

	private GeminiClient(GeminiClientSettings settings) {
		this.settings = settings;
	}

	/**
	 * Ask a model and return its whole answer. Billed.
	 * @param model the bare id of the model
	 * @param request the request
	 * @param options what this call does in another way
	 * @return the answer, or a {@link GeminiException}
	 */
	public Mono<GenerateContentResponse> generateContent(String model, GenerateContentRequest request,
			GeminiCallOptions options) {
		return Mono.error(() -> new IllegalStateException(this.settings.toString()));
	}

	/**
	 * Ask a model and return its answer as it grows. Billed. Cancelling closes the
	 * connection.
	 * @param model the bare id of the model
	 * @param request the request
	 * @param options what this call does in another way
	 * @return the events, each when its last byte arrives, then the end or a
	 * {@link GeminiException}
	 */
	public Flux<GenerateContentResponse> streamGenerateContent(String model, GenerateContentRequest request,
			GeminiCallOptions options) {
		return Flux.error(() -> new IllegalStateException(this.settings.toString()));
	}

	/**
	 * Return the models that the endpoint offers. Never billed.
	 * @param options what this call does in another way
	 * @return the models, or a {@link GeminiException}
	 */
	public Mono<List<Model>> models(GeminiCallOptions options) {
		return Mono.error(() -> new IllegalStateException(this.settings.toString()));
	}

	/**
	 * Create a client.
	 * @param webClientBuilder the builder of the HTTP client, with its connector; its
	 * base URL and its codecs are replaced
	 * @param jsonMapper the mapper of the wire, normally made by {@link GeminiJsonMapper}
	 * @param settings the settings
	 * @return the client
	 */
	public static GeminiClient create(WebClient.Builder webClientBuilder, JsonMapper jsonMapper,
			GeminiClientSettings settings) {
		return new GeminiClient(settings);
	}

}
