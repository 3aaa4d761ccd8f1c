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

package com.cometapi.gemini.sample.springai;

import java.time.Duration;
import java.util.Arrays;

import io.modelcontextprotocol.client.McpClient;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.client.advisor.vectorstore.QuestionAnswerAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.prompt.PromptTemplate;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.mcp.McpToolNamePrefixGenerator;
import org.springframework.ai.mcp.customizer.McpClientCustomizer;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.vectorstore.SearchRequest;
import org.springframework.ai.vectorstore.SimpleVectorStore;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The assistant: Spring AI as an application writes it. Nothing here names Gemini Comet.
 */
@Configuration(proxyBeanMethods = false)
class AssistantConfiguration {

	private static final String WITH_PASSAGES = """
			{query}

			Passages of the documents, each with its name in brackets:
			---------------------
			{question_answer_context}
			---------------------
			Answer from these passages and name each one that you use in brackets, such as [tickets]. What they do not
			say, ask a tool for, or say that you do not know it.
			""";

	@Bean
	ChatClient assistant(ChatClient.Builder builder, ChatMemory memory, VectorStore store, ToolCallbackProvider tools) {
		ToolCallback[] reported = Arrays.stream(tools.getToolCallbacks())
			.map(ReportedToolCallback::new)
			.toArray(ToolCallback[]::new);
		return builder.defaultSystem("You are the assistant of the visitors of Comet Hill, an observatory.")
			.defaultTools((Object[]) reported)
			.defaultAdvisors(MessageChatMemoryAdvisor.builder(memory).build(),
					QuestionAnswerAdvisor.builder(store)
						.searchRequest(SearchRequest.builder().topK(3).similarityThreshold(0.1).build())
						.promptTemplate(new PromptTemplate(WITH_PASSAGES))
						.build())
			.build();
	}

	@Bean
	SimpleVectorStore vectorStore(EmbeddingModel embeddingModel) {
		SimpleVectorStore store = SimpleVectorStore.builder(embeddingModel).build();
		store.add(Passage.all().stream().map(Passage::document).toList());
		return store;
	}

	@Bean
	McpClientCustomizer<McpClient.SyncSpec> mcpClientCustomizer() {
		// The server is a JVM that has to start.
		return (name, client) -> client.initializationTimeout(Duration.ofSeconds(60));
	}

	@Bean
	McpToolNamePrefixGenerator toolNames() {
		return McpToolNamePrefixGenerator.noPrefix();
	}

}
