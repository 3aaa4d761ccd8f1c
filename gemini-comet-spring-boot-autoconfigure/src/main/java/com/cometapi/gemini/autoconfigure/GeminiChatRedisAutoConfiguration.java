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

import com.cometapi.gemini.chat.GeminiChatRepository;
import com.cometapi.gemini.chat.redis.RedisGeminiChatRepository;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for a {@link GeminiChatRepository}
 * in Redis.
 */
@AutoConfiguration(after = GeminiAutoConfiguration.class,
		afterName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
@ConditionalOnClass(StringRedisTemplate.class)
@ConditionalOnProperty(name = GeminiChatSettingsFactory.REPOSITORY, havingValue = "redis")
@ConditionalOnBean(GeminiJsonMapperHolder.class)
@ConditionalOnSingleCandidate(RedisConnectionFactory.class)
@ConditionalOnMissingBean(GeminiChatRepository.class)
public final class GeminiChatRedisAutoConfiguration {

	GeminiChatRedisAutoConfiguration() {
	}

	@Bean
	RedisGeminiChatRepository geminiChatRepository(RedisConnectionFactory connectionFactory,
			GeminiProperties properties) {
		return new RedisGeminiChatRepository(connectionFactory, properties.chat().redis().keyPrefix(),
				GeminiChatSettingsFactory.retention(properties.chat()));
	}

}
