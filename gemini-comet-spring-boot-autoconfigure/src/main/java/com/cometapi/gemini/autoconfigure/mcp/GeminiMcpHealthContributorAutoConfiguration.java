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

package com.cometapi.gemini.autoconfigure.mcp;

import java.util.LinkedHashMap;
import java.util.Map;

import com.cometapi.gemini.mcp.GeminiMcpServer;
import io.modelcontextprotocol.client.McpAsyncClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeReactiveHealthContributor;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for
 * {@link GeminiMcpHealthIndicator}, one for each server.
 */
@AutoConfiguration(after = GeminiMcpAutoConfiguration.class)
@ConditionalOnClass({ ReactiveHealthContributor.class, ConditionalOnEnabledHealthIndicator.class,
		McpAsyncClient.class })
@Conditional(OnAnyMcpServerCondition.class)
@ConditionalOnEnabledHealthIndicator("gemini-mcp")
public final class GeminiMcpHealthContributorAutoConfiguration {

	GeminiMcpHealthContributorAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean(name = { "geminiMcpHealthIndicator", "geminiMcpHealthContributor" })
	ReactiveHealthContributor geminiMcpHealthContributor(ObjectProvider<GeminiMcpServer> servers) {
		Map<String, ReactiveHealthContributor> indicators = new LinkedHashMap<>();
		servers.orderedStream()
			.forEach((server) -> indicators.put(server.name(), new GeminiMcpHealthIndicator(server)));
		return CompositeReactiveHealthContributor.fromMap(indicators);
	}

}
