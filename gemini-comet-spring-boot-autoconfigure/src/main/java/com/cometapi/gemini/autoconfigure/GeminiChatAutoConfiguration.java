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

package com.cometapi.gemini.autoconfigure;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.chat.GeminiChatRepository;
import com.cometapi.gemini.chat.GeminiChatWindow;
import com.cometapi.gemini.chat.GeminiChats;
import com.cometapi.gemini.chat.InMemoryGeminiChatRepository;
import com.cometapi.gemini.thread.GeminiThreads;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link GeminiChats} and a
 * {@link GeminiChatRepository} in memory.
 */
@AutoConfiguration(after = { GeminiAutoConfiguration.class, GeminiChatJdbcAutoConfiguration.class,
		GeminiChatRedisAutoConfiguration.class })
@ConditionalOnBean({ GeminiOperations.class, GeminiJsonMapperHolder.class })
public final class GeminiChatAutoConfiguration {

	GeminiChatAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean(GeminiChatRepository.class)
	@ConditionalOnProperty(name = GeminiChatSettingsFactory.REPOSITORY, havingValue = "memory", matchIfMissing = true)
	InMemoryGeminiChatRepository geminiChatRepository(GeminiProperties properties) {
		return new InMemoryGeminiChatRepository(GeminiChatSettingsFactory.maxConversations(properties.chat()),
				GeminiChatSettingsFactory.retentionInMemory(properties.chat()));
	}

	@Bean
	@ConditionalOnMissingBean
	GeminiChats geminiChats(GeminiOperations operations, ObjectProvider<GeminiChatRepository> repository,
			GeminiProperties properties, ListableBeanFactory beanFactory, ObjectProvider<GeminiThreads> threads) {
		GeminiChatWindow window = GeminiChatSettingsFactory.window(properties.chat());
		return new GeminiChats(operations, repository.getIfAvailable(() -> {
			throw new MissingChatRepository(properties.chat().repository(), beanFactory).toException();
		}), window, threads.getIfAvailable(GeminiThreads::shared));
	}

	@Bean
	GeminiChatShutdownLifecycle geminiStoreShutdown(ObjectProvider<GeminiThreads> threads,
			ObjectProvider<LifecycleProperties> lifecycleProperties) {
		return new GeminiChatShutdownLifecycle(threads.getIfAvailable(GeminiThreads::shared),
				lifecycleProperties.getIfAvailable(LifecycleProperties::new).getTimeoutPerShutdownPhase());
	}

}
