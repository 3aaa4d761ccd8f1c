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

import java.time.Duration;

import com.cometapi.gemini.web.GeminiErrorEventMapper;
import com.cometapi.gemini.web.GeminiServerSentEvents;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link GeminiServerSentEvents}.
 */
@AutoConfiguration(after = GeminiAutoConfiguration.class)
@ConditionalOnWebApplication
@ConditionalOnBean(GeminiWireMapper.class)
public final class GeminiWebAutoConfiguration {

	GeminiWebAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	GeminiServerSentEvents geminiServerSentEvents(GeminiProperties properties, GeminiWireMapper wireMapper,
			ObjectProvider<GeminiErrorEventMapper> errorMapper, ObjectProvider<JsonMapper> jsonMapper) {
		Duration heartbeatInterval = PropertyChecks.positive("cometapi.gemini.sse.heartbeat-interval",
				properties.sse().heartbeatInterval());
		return new GeminiServerSentEvents(wireMapper.jsonMapper(), heartbeatInterval,
				errorMapper.getIfAvailable(GeminiErrorEventMapper::standard))
			.withEntityMapper(jsonMapper.getIfUnique(JsonMapper::shared));
	}

}
