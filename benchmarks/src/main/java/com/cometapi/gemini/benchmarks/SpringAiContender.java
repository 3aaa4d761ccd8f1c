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
import com.google.genai.types.HttpOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.ai.google.genai.GoogleGenAiChatModel;
import org.springframework.ai.google.genai.GoogleGenAiChatOptions;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeTypeUtils;

/**
 * Spring AI's chat model for Gemini, which uses Google's SDK.
 */
final class SpringAiContender implements Contender {

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final GoogleGenAiChatModel chatModel;

	SpringAiContender(URI server) {
		Client client = Client.builder()
			.apiKey(Prompts.API_KEY)
			.httpOptions(HttpOptions.builder().baseUrl(server.toString()).build())
			.build();
		this.chatModel = GoogleGenAiChatModel.builder().genAiClient(client).options(options(Prompts.UNARY)).build();
	}

	@Override
	public String unary() {
		return Objects.requireNonNull(this.chatModel.call(Prompts.QUESTION));
	}

	@Override
	public CompletableFuture<@Nullable String> unaryAsync() {
		return CompletableFuture.<@Nullable String>supplyAsync(this::unary, this.threads);
	}

	// Subscribing may block until the stream ends.
	@Override
	public CompletableFuture<@Nullable Void> stream(String model, Consumer<String> texts) {
		return CompletableFuture.<@Nullable Void>supplyAsync(() -> {
			this.chatModel.stream(new Prompt(Prompts.QUESTION, options(model)))
				.doOnNext((event) -> texts.accept(text(event)))
				.blockLast();
			return null;
		}, this.threads);
	}

	@Override
	public String upload(byte[] picture) {
		UserMessage message = UserMessage.builder()
			.text(Prompts.QUESTION)
			.media(new Media(MimeTypeUtils.IMAGE_PNG, new ByteArrayResource(picture)))
			.build();
		return text(this.chatModel.call(new Prompt(message)));
	}

	@Override
	public int download() {
		ChatResponse response = this.chatModel.call(new Prompt(Prompts.QUESTION, options(Prompts.PICTURE)));
		return Objects.requireNonNull(response.getResult()).getOutput().getMedia().get(0).getDataAsByteArray().length;
	}

	private static GoogleGenAiChatOptions options(String model) {
		return GoogleGenAiChatOptions.builder().model(model).build();
	}

	private static String text(ChatResponse response) {
		return Objects.requireNonNullElse(Objects.requireNonNull(response.getResult()).getOutput().getText(), "");
	}

	@Override
	public void close() {
		this.threads.shutdown();
	}

}
