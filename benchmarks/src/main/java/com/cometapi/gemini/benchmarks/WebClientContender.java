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

package com.cometapi.gemini.benchmarks;

import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * A hand-written {@link WebClient} with Jackson's databind on a few records.
 */
final class WebClientContender implements Contender {

	private static final int MAX_IN_MEMORY_SIZE = 64 * 1024 * 1024;

	private static final ParameterizedTypeReference<ServerSentEvent<Response>> EVENT = new ParameterizedTypeReference<>() {
	};

	private final WebClient webClient;

	WebClientContender(Endpoint server, Surroundings surroundings) {
		this.webClient = surroundings.webClient()
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(MAX_IN_MEMORY_SIZE))
			.baseUrl(server.uri().toString())
			.defaultHeader("x-goog-api-key", Prompts.API_KEY)
			.build();
	}

	@Override
	public String unary() {
		return Objects.requireNonNull(ask(Prompts.UNARY, Request.of(Prompts.QUESTION)).block()).text();
	}

	@Override
	public CompletableFuture<@Nullable String> unaryAsync() {
		return ask(Prompts.UNARY, Request.of(Prompts.QUESTION)).map(Response::text).toFuture();
	}

	@Override
	public CompletableFuture<@Nullable Void> stream(String model, Consumer<String> texts) {
		return this.webClient.post()
			.uri("/v1beta/models/{model}:streamGenerateContent?alt=sse", model)
			.bodyValue(Request.of(Prompts.QUESTION))
			.retrieve()
			.bodyToFlux(EVENT)
			.doOnNext((event) -> texts.accept(Objects.requireNonNull(event.data()).text()))
			.then()
			.toFuture();
	}

	@Override
	public String upload(byte[] picture) {
		Blob blob = new Blob("image/png", Base64.getEncoder().encodeToString(picture));
		Part text = new Part(Prompts.QUESTION, null);
		Request request = new Request(List.of(new Content("user", List.of(text, new Part(null, blob)))));
		return Objects.requireNonNull(ask(Prompts.UNARY, request).block()).text();
	}

	@Override
	public int download() {
		Response response = Objects.requireNonNull(ask(Prompts.PICTURE, Request.of(Prompts.QUESTION)).block());
		return Base64.getDecoder().decode(Objects.requireNonNull(response.part().inlineData()).data()).length;
	}

	private Mono<Response> ask(String model, Request request) {
		return this.webClient.post()
			.uri("/v1beta/models/{model}:generateContent", model)
			.bodyValue(request)
			.retrieve()
			.bodyToMono(Response.class);
	}

	@Override
	public void close() {
	}

	private record Request(List<Content> contents) {

		static Request of(String text) {
			return new Request(List.of(new Content("user", List.of(new Part(text, null)))));
		}

	}

	private record Response(List<Candidate> candidates, @Nullable Usage usageMetadata, @Nullable String modelVersion,
			@Nullable String responseId) {

		Part part() {
			return this.candidates.get(0).content().parts().get(0);
		}

		String text() {
			return Objects.requireNonNull(part().text());
		}

	}

	private record Candidate(Content content, @Nullable String finishReason, @Nullable Integer index) {
	}

	private record Content(String role, List<Part> parts) {
	}

	@JsonInclude(JsonInclude.Include.NON_NULL)
	private record Part(@Nullable String text, @Nullable Blob inlineData) {
	}

	private record Blob(String mimeType, String data) {
	}

	private record Usage(@Nullable Integer promptTokenCount, @Nullable Integer candidatesTokenCount,
			@Nullable Integer totalTokenCount, @Nullable List<Details> promptTokensDetails) {
	}

	private record Details(String modality, int tokenCount) {
	}

}
