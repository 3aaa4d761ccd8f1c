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

import java.net.URI;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.Content;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.Part;
import org.jspecify.annotations.Nullable;

/**
 * Google's SDK. Its streams block, so each has a thread; so has each call in flight.
 */
final class GoogleContender implements Contender {

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Client client;

	GoogleContender(URI server) {
		this.client = Client.builder()
			.apiKey(Prompts.API_KEY)
			.httpOptions(HttpOptions.builder().baseUrl(server.toString()).build())
			.build();
	}

	@Override
	public String unary() {
		return text(this.client.models.generateContent(Prompts.UNARY, Prompts.QUESTION, null));
	}

	@Override
	public CompletableFuture<@Nullable String> unaryAsync() {
		return CompletableFuture.<@Nullable String>supplyAsync(this::unary, this.threads);
	}

	@Override
	public CompletableFuture<@Nullable Void> stream(String model, Consumer<String> texts) {
		return CompletableFuture.<@Nullable Void>supplyAsync(() -> {
			try (ResponseStream<GenerateContentResponse> stream = this.client.models.generateContentStream(model,
					Prompts.QUESTION, null)) {
				stream.forEach((event) -> texts.accept(text(event)));
			}
			return null;
		}, this.threads);
	}

	@Override
	public String upload(byte[] picture) {
		Content content = Content.builder()
			.role("user")
			.parts(Part.fromText(Prompts.QUESTION), Part.fromBytes(picture, "image/png"))
			.build();
		return text(this.client.models.generateContent(Prompts.UNARY, content, null));
	}

	@Override
	public int download() {
		GenerateContentResponse response = this.client.models.generateContent(Prompts.PICTURE, Prompts.QUESTION, null);
		return Objects.requireNonNull(response.parts())
			.get(0)
			.inlineData()
			.flatMap((blob) -> blob.data())
			.orElseThrow().length;
	}

	private static String text(GenerateContentResponse response) {
		return Objects.requireNonNull(response.text());
	}

	@Override
	public void close() {
		this.client.close();
		this.threads.shutdown();
	}

}
