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

package com.cometapi.gemini.autoconfigure.springai;

import com.cometapi.gemini.autoconfigure.GeminiChatAutoConfiguration;
import com.cometapi.gemini.chat.GeminiChatRepository;
import com.cometapi.gemini.springai.GeminiCometChatMemoryRepository;
import com.cometapi.gemini.springai.GeminiCometChatModel;

import org.springframework.ai.chat.memory.ChatMemoryRepository;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for a
 * {@link GeminiCometChatMemoryRepository}, before Spring AI creates one in memory. Any
 * other store of Spring AI takes precedence.
 */
@AutoConfiguration(after = { GeminiChatAutoConfiguration.class, GeminiSpringAiAutoConfiguration.class },
		beforeName = "org.springframework.ai.model.chat.memory.autoconfigure.ChatMemoryAutoConfiguration",
		afterName = {
				"org.springframework.ai.model.chat.memory.repository.cassandra.autoconfigure.CassandraChatMemoryRepositoryAutoConfiguration",
				"org.springframework.ai.model.chat.memory.repository.cosmosdb.autoconfigure.CosmosDBChatMemoryRepositoryAutoConfiguration",
				"org.springframework.ai.model.chat.memory.repository.jdbc.autoconfigure.JdbcChatMemoryRepositoryAutoConfiguration",
				"org.springframework.ai.model.chat.memory.repository.mongo.autoconfigure.MongoChatMemoryAutoConfiguration",
				"org.springframework.ai.model.chat.memory.repository.neo4j.autoconfigure.Neo4jChatMemoryRepositoryAutoConfiguration",
				"org.springframework.ai.model.chat.memory.redis.autoconfigure.RedisChatMemoryRepositoryAutoConfiguration" })
@ConditionalOnClass({ ChatMemoryRepository.class, GeminiCometChatMemoryRepository.class })
@ConditionalOnBean({ GeminiCometChatModel.class, GeminiChatRepository.class })
public final class GeminiSpringAiChatMemoryAutoConfiguration {

	GeminiSpringAiChatMemoryAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean(ChatMemoryRepository.class)
	GeminiCometChatMemoryRepository geminiCometChatMemoryRepository(GeminiChatRepository repository) {
		return new GeminiCometChatMemoryRepository(repository);
	}

}
