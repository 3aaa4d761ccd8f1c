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
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.googleai.GeneratedImageHelper;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import org.jspecify.annotations.Nullable;

/**
 * LangChain4j's Gemini module. Its unary calls block, so each in flight has a thread.
 */
final class LangChainContender implements Contender {

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final GoogleAiGeminiChatModel chatModel;

	private final GoogleAiGeminiStreamingChatModel streamingModel;

	LangChainContender(URI server) {
		String baseUrl = server + "/v1beta";
		this.chatModel = GoogleAiGeminiChatModel.builder()
			.apiKey(Prompts.API_KEY)
			.baseUrl(baseUrl)
			.modelName(Prompts.UNARY)
			.build();
		this.streamingModel = GoogleAiGeminiStreamingChatModel.builder()
			.apiKey(Prompts.API_KEY)
			.baseUrl(baseUrl)
			.modelName(Prompts.STREAM)
			.build();
	}

	@Override
	public String unary() {
		return this.chatModel.chat(Prompts.QUESTION);
	}

	@Override
	public CompletableFuture<@Nullable String> unaryAsync() {
		return CompletableFuture.<@Nullable String>supplyAsync(this::unary, this.threads);
	}

	@Override
	public CompletableFuture<@Nullable Void> stream(String model, Consumer<String> texts) {
		CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
		this.streamingModel.chat(request(model), new StreamingChatResponseHandler() {

			@Override
			public void onPartialResponse(String text) {
				texts.accept(text);
			}

			@Override
			public void onCompleteResponse(ChatResponse response) {
				end.complete(null);
			}

			@Override
			public void onError(Throwable failure) {
				end.completeExceptionally(failure);
			}

		});
		return end;
	}

	@Override
	public String upload(byte[] picture) {
		String data = Base64.getEncoder().encodeToString(picture);
		UserMessage message = UserMessage.from(TextContent.from(Prompts.QUESTION),
				ImageContent.from(data, "image/png"));
		return this.chatModel.chat(message).aiMessage().text();
	}

	@Override
	public int download() {
		ChatResponse response = this.chatModel.chat(request(Prompts.PICTURE));
		Image image = GeneratedImageHelper.getGeneratedImages(response.aiMessage()).get(0);
		return Base64.getDecoder().decode(image.base64Data()).length;
	}

	private static ChatRequest request(String model) {
		return ChatRequest.builder().messages(UserMessage.from(Prompts.QUESTION)).modelName(model).build();
	}

	@Override
	public void close() {
		this.threads.shutdown();
	}

}
