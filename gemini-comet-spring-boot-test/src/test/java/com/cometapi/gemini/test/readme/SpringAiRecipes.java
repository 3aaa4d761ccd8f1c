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

package com.cometapi.gemini.test.readme;

import java.util.List;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.api.Source;
import com.cometapi.gemini.api.ThinkingLevel;
import com.cometapi.gemini.api.UsageMetadata;
import com.cometapi.gemini.autoconfigure.GeminiConnections;
import com.cometapi.gemini.error.GeminiRateLimitException;
import com.cometapi.gemini.springai.GeminiCometChatModel;
import com.cometapi.gemini.springai.GeminiCometChatOptions;
import com.cometapi.gemini.springai.GeminiCometMetadata;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.client.advisor.ToolCallingAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.retry.TransientAiException;

/**
 * The examples of the page for Spring AI.
 */
final class SpringAiRecipes {

	private SpringAiRecipes() {
	}

	static @Nullable String call(ChatClient chatClient) {
		String text = chatClient.prompt("Hello!").call().content();
		return text;
	}

	static Flux<String> stream(ChatClient chatClient) {
		Flux<String> pieces = chatClient.prompt("Hello!").stream().content();
		return pieces;
	}

	static @Nullable ChatResponse options(ChatClient chatClient) {
		ChatResponse response = chatClient.prompt("Who won the euro 2024?")
			.options(GeminiCometChatOptions.builder()
				.model("gemini-3.5-flash")
				.thinkingLevel(ThinkingLevel.LOW)
				.includeThoughts()
				.googleSearch()
				.callOptions((call) -> call.budgetKey("tenant", "acme")))
			.call()
			.chatResponse();
		return response;
	}

	static List<Source> metadata(ChatResponse response) {
		List<Source> sources = GeminiCometMetadata.sources(response);
		UsageMetadata usage = (UsageMetadata) response.getMetadata().getUsage().getNativeUsage();
		Object thoughts = response.getResult().getOutput().getMetadata().get(GeminiCometMetadata.THOUGHTS);
		return (usage != null && thoughts != null) ? sources : List.of();
	}

	static @Nullable String memory(ChatClient chatClient, ChatMemory memory) {
		String text = chatClient.prompt("And twice as much?")
			.advisors(MessageChatMemoryAdvisor.builder(memory).order(ToolCallingAdvisor.DEFAULT_ORDER + 1).build())
			.advisors((advisors) -> advisors.param(ChatMemory.CONVERSATION_ID, "a"))
			.call()
			.content();
		return text;
	}

	static @Nullable String errors(ChatClient chatClient) {
		try {
			return chatClient.prompt("Hello!").call().content();
		}
		catch (TransientAiException ex) {
			return (ex.getCause() instanceof GeminiRateLimitException limit && limit.getRetryAfter() != null)
					? "Try again in " + limit.getRetryAfter().toSeconds() + " s" : "Try again later";
		}
	}

	static ChatClient connection(GeminiConnections connections, String name) {
		ChatClient chatClient = ChatClient.create(GeminiCometChatModel.create(connections.get(name)));
		return chatClient;
	}

	static ChatClient withoutBoot(GeminiTemplate gemini) {
		ChatClient chatClient = ChatClient.create(GeminiCometChatModel.create(gemini));
		return chatClient;
	}

}
