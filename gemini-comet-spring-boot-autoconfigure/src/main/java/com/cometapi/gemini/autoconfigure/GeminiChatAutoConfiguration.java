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

import java.util.Locale;
import java.util.stream.Collectors;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.autoconfigure.GeminiProperties.Chat.Repository;
import com.cometapi.gemini.chat.GeminiChatRepository;
import com.cometapi.gemini.chat.GeminiChats;
import com.cometapi.gemini.chat.InMemoryGeminiChatRepository;
import com.cometapi.gemini.thread.GeminiThreads;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport.ConditionAndOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport.ConditionAndOutcomes;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
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
	@ConditionalOnSingleCandidate(GeminiOperations.class)
	GeminiChats geminiChats(GeminiOperations operations, ObjectProvider<GeminiChatRepository> repository,
			GeminiProperties properties, ConfigurableListableBeanFactory beanFactory,
			ObjectProvider<GeminiThreads> threads) {
		return new GeminiChats(operations, repository.getIfAvailable(() -> {
			throw missingRepository(properties.chat().repository(), beanFactory);
		}), GeminiChatSettingsFactory.window(properties.chat()), threads.getIfAvailable(GeminiThreads::shared));
	}

	// Boot's own failure analysis does not name the conditions that did not match
	private static InvalidGeminiPropertyException missingRepository(Repository repository,
			ConfigurableListableBeanFactory beanFactory) {
		Class<?> autoConfiguration = switch (repository) {
			case MEMORY -> GeminiChatAutoConfiguration.class;
			case JDBC -> GeminiChatJdbcAutoConfiguration.class;
			case REDIS -> GeminiChatRedisAutoConfiguration.class;
		};
		ConditionAndOutcomes outcomes = ConditionEvaluationReport.get(beanFactory)
			.getConditionAndOutcomesBySource()
			.get(autoConfiguration.getName());
		String conditions = (outcomes != null) ? outcomes.stream()
			.map(ConditionAndOutcome::getOutcome)
			.filter((outcome) -> !outcome.isMatch())
			.map(ConditionOutcome::getMessage)
			.collect(Collectors.joining("; ")) : autoConfiguration.getSimpleName() + " is excluded";
		return new InvalidGeminiPropertyException(GeminiChatSettingsFactory.REPOSITORY,
				repository.name().toLowerCase(Locale.ROOT), "no GeminiChatRepository can be created: " + conditions,
				"Add the starter of the database or of Redis and configure the connection, mark one of several "
						+ "connections with @Primary, or declare a GeminiChatRepository bean.");
	}

	@Bean
	GeminiChatShutdownLifecycle geminiStoreShutdown(ObjectProvider<GeminiThreads> threads,
			ObjectProvider<LifecycleProperties> lifecycleProperties) {
		return new GeminiChatShutdownLifecycle(threads.getIfAvailable(GeminiThreads::shared),
				lifecycleProperties.getIfAvailable(LifecycleProperties::new).getTimeoutPerShutdownPhase());
	}

}
