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

import javax.sql.DataSource;

import com.cometapi.gemini.chat.GeminiChatRepository;
import com.cometapi.gemini.chat.jdbc.JdbcGeminiChatRepository;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.init.PropertiesBasedDataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.autoconfigure.init.OnDatabaseInitializationCondition;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for a {@link GeminiChatRepository}
 * in a relational database.
 */
@AutoConfiguration(after = GeminiAutoConfiguration.class,
		afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnClass({ JdbcTemplate.class, PropertiesBasedDataSourceScriptDatabaseInitializer.class })
@ConditionalOnProperty(name = GeminiChatSettingsFactory.REPOSITORY, havingValue = "jdbc")
@ConditionalOnBean(GeminiJsonMapperHolder.class)
@ConditionalOnSingleCandidate(DataSource.class)
@ConditionalOnMissingBean(GeminiChatRepository.class)
@EnableConfigurationProperties(GeminiChatJdbcProperties.class)
@Import(DatabaseInitializationDependencyConfigurer.class)
@ImportRuntimeHints(GeminiChatRuntimeHints.class)
public final class GeminiChatJdbcAutoConfiguration {

	GeminiChatJdbcAutoConfiguration() {
	}

	@Bean
	@DependsOnDatabaseInitialization
	JdbcGeminiChatRepository geminiChatRepository(DataSource dataSource, GeminiProperties properties) {
		return new JdbcGeminiChatRepository(dataSource, GeminiChatSettingsFactory.retention(properties.chat()));
	}

	@Bean
	@ConditionalOnMissingBean
	@Conditional(OnGeminiChatDatabaseInitializationCondition.class)
	GeminiChatDataSourceScriptDatabaseInitializer geminiChatDataSourceScriptDatabaseInitializer(DataSource dataSource,
			GeminiChatJdbcProperties properties) {
		return new GeminiChatDataSourceScriptDatabaseInitializer(dataSource, properties);
	}

	/**
	 * Condition for the initialization of the schema.
	 */
	static class OnGeminiChatDatabaseInitializationCondition extends OnDatabaseInitializationCondition {

		OnGeminiChatDatabaseInitializationCondition() {
			super("Gemini Chat", "cometapi.gemini.chat.jdbc.initialize-schema");
		}

	}

}
