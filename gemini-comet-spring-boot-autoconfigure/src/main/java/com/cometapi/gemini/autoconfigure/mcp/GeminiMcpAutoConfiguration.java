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

import com.cometapi.gemini.autoconfigure.GeminiFunctionsAutoConfiguration;
import com.cometapi.gemini.mcp.GeminiMcpClientCustomizer;
import com.cometapi.gemini.mcp.GeminiMcpServer;
import com.cometapi.gemini.mcp.GeminiMcpWebClientCustomizer;
import com.cometapi.gemini.thread.GeminiThreads;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.env.Environment;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for MCP servers whose tools are
 * functions of prompts. They need the MCP Java SDK.
 */
@AutoConfiguration(after = GeminiFunctionsAutoConfiguration.class,
		afterName = "org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration")
@ConditionalOnBooleanProperty(name = "cometapi.gemini.enabled", matchIfMissing = true)
@Conditional(OnMcpServersCondition.class)
public final class GeminiMcpAutoConfiguration {

	GeminiMcpAutoConfiguration() {
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ McpAsyncClient.class, JacksonMcpJsonMapper.class })
	@EnableConfigurationProperties(GeminiMcpProperties.class)
	@ImportRuntimeHints(GeminiMcpRuntimeHints.class)
	static class ServersConfiguration {

		@Bean
		static GeminiMcpServerRegistrar geminiMcpServerRegistrar(Environment environment,
				ConfigurableListableBeanFactory beanFactory) {
			return new GeminiMcpServerRegistrar(environment, beanFactory);
		}

		@Bean
		GeminiMcpServerFactory geminiMcpServerFactory(GeminiMcpProperties properties,
				ObjectProvider<WebClient.Builder> webClientBuilder, ObjectProvider<SslBundles> sslBundles,
				ObjectProvider<GeminiMcpWebClientCustomizer> webClientCustomizers,
				ObjectProvider<GeminiMcpClientCustomizer> clientCustomizers, ObjectProvider<GeminiThreads> threads,
				ObjectProvider<GeminiMcpServer> servers) {
			return new GeminiMcpServerFactory(properties, webClientBuilder, sslBundles, webClientCustomizers,
					clientCustomizers, threads, servers);
		}

	}

	/**
	 * Fails rather than leaving servers out silently.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingClass("io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper")
	static class MissingSdkConfiguration {

		MissingSdkConfiguration() {
			throw new InvalidMcpServerException("MCP servers are configured, but the MCP Java SDK is missing.",
					"Add the dependency 'io.modelcontextprotocol.sdk:mcp', or remove the properties below "
							+ "'cometapi.gemini.mcp.servers'.",
					null);
		}

	}

}
