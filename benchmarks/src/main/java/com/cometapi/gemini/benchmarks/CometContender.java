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

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiClientSettings;
import com.cometapi.gemini.client.GeminiJsonMapper;
import com.cometapi.gemini.prompt.GeminiDefaults;
import com.cometapi.gemini.thread.GeminiThreads;
import org.jspecify.annotations.Nullable;

import org.springframework.util.MimeTypeUtils;

/**
 * This library, used through its template.
 */
class CometContender implements Contender {

	private final GeminiTemplate gemini;

	CometContender(Endpoint server, Surroundings surroundings) {
		this(client(server, surroundings));
	}

	private CometContender(GeminiClient client) {
		this(new GeminiTemplate(client, GeminiDefaults.of(Prompts.UNARY)));
	}

	CometContender(GeminiTemplate gemini) {
		this.gemini = gemini;
	}

	static CometContender observed(Endpoint server, Surroundings surroundings) {
		return new CometContender(client(server, surroundings).withObservations(surroundings.observations(), null));
	}

	// The filter of the surroundings, if there is one, adds a header and never blocks.
	private static GeminiClient client(Endpoint server, Surroundings surroundings) {
		GeminiClientSettings settings = GeminiClientSettings.builder(Prompts.API_KEY).baseUrl(server.uri()).build();
		return GeminiClient.create(surroundings.webClient(), GeminiJsonMapper.builder().build(), settings)
			.withThreads(GeminiThreads.builder().filters(0).build());
	}

	@Override
	public String unary() {
		return this.gemini.prompt(Prompts.QUESTION).call().text();
	}

	@Override
	public CompletableFuture<@Nullable String> unaryAsync() {
		return this.gemini.prompt(Prompts.QUESTION).callAsync().map(GenerateContentResponse::text).toFuture();
	}

	@Override
	public CompletableFuture<@Nullable Void> stream(String model, Consumer<String> texts) {
		return this.gemini.prompt(Prompts.QUESTION)
			.model(model)
			.stream()
			.doOnNext((event) -> texts.accept(event.text()))
			.then()
			.toFuture();
	}

	@Override
	public String upload(byte[] picture) {
		return this.gemini.prompt(Prompts.QUESTION).media(MimeTypeUtils.IMAGE_PNG, picture).call().text();
	}

	@Override
	public int download() {
		return this.gemini.prompt(Prompts.QUESTION).model(Prompts.PICTURE).call().inlineData().get(0).asBytes().length;
	}

	@Override
	public void close() {
	}

}
