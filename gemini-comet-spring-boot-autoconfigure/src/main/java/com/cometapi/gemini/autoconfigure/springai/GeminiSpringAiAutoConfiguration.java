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

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.autoconfigure.GeminiAutoConfiguration;
import com.cometapi.gemini.springai.GeminiCometChatModel;
import com.cometapi.gemini.springai.GeminiCometChatOptions;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.observation.ChatModelObservationConvention;
import org.springframework.ai.model.SpringAIModelProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for a {@link GeminiCometChatModel}.
 */
@AutoConfiguration(after = GeminiAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass({ ChatModel.class, GeminiCometChatModel.class })
@ConditionalOnSingleCandidate(GeminiOperations.class)
@ConditionalOnProperty(name = SpringAIModelProperties.CHAT_MODEL, havingValue = "gemini-comet", matchIfMissing = true)
public final class GeminiSpringAiAutoConfiguration {

	GeminiSpringAiAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	GeminiCometChatModel geminiCometChatModel(GeminiOperations operations,
			ObjectProvider<GeminiCometChatOptions> options, ObjectProvider<ObservationRegistry> observationRegistry,
			ObjectProvider<ChatModelObservationConvention> observationConvention) {
		GeminiCometChatModel.Builder builder = GeminiCometChatModel.builder(operations);
		options.ifUnique(builder::options);
		observationRegistry.ifUnique(builder::observationRegistry);
		return builder.observationConvention(observationConvention.getIfAvailable()).build();
	}

}
