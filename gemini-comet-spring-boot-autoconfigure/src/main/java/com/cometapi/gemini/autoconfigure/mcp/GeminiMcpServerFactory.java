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

import java.util.List;
import java.util.Map;

import com.cometapi.gemini.autoconfigure.GeminiHttpConnectorSupport;
import com.cometapi.gemini.autoconfigure.mcp.GeminiMcpProperties.Server;
import com.cometapi.gemini.mcp.GeminiMcpClientCustomizer;
import com.cometapi.gemini.mcp.GeminiMcpServer;
import com.cometapi.gemini.mcp.GeminiMcpServerSettings;
import com.cometapi.gemini.mcp.GeminiMcpWebClientCustomizer;
import com.cometapi.gemini.thread.GeminiThreads;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Creates the MCP servers, and connects at startup to those that must be available.
 */
final class GeminiMcpServerFactory implements SmartInitializingSingleton {

	private static final String PREFIX = "cometapi.gemini.mcp.servers.";

	private final GeminiMcpProperties properties;

	private final ObjectProvider<WebClient.Builder> webClientBuilder;

	private final GeminiHttpConnectorSupport connectors;

	private final ObjectProvider<GeminiMcpWebClientCustomizer> webClientCustomizers;

	private final ObjectProvider<GeminiMcpClientCustomizer> clientCustomizers;

	private final ObjectProvider<GeminiThreads> threads;

	private final ObjectProvider<GeminiMcpServer> servers;

	GeminiMcpServerFactory(GeminiMcpProperties properties, ObjectProvider<WebClient.Builder> webClientBuilder,
			ObjectProvider<SslBundles> sslBundles, ObjectProvider<GeminiMcpWebClientCustomizer> webClientCustomizers,
			ObjectProvider<GeminiMcpClientCustomizer> clientCustomizers, ObjectProvider<GeminiThreads> threads,
			ObjectProvider<GeminiMcpServer> servers) {
		this.properties = properties;
		this.webClientBuilder = webClientBuilder;
		this.connectors = new GeminiHttpConnectorSupport(sslBundles);
		this.webClientCustomizers = webClientCustomizers;
		this.clientCustomizers = clientCustomizers;
		this.threads = threads;
		this.servers = servers;
	}

	GeminiMcpServer create(String name) {
		Server server = this.properties.servers().get(name);
		Assert.state(server != null, () -> "The MCP server '%s' is not configured".formatted(name));
		return GeminiMcpServer.builder(settings(name, server))
			.webClientBuilder(this.webClientBuilder.getIfAvailable(WebClient::builder))
			.connector((httpClient) -> this.connectors.create(httpClient, PREFIX + name, server.ssl(), server.proxy()))
			.webClientCustomizers(this.webClientCustomizers.orderedStream().toList())
			.clientCustomizers(this.clientCustomizers.orderedStream().toList())
			.threads(this.threads.getIfAvailable(GeminiThreads::shared))
			.build();
	}

	private static GeminiMcpServerSettings settings(String name, Server server) {
		try {
			return new GeminiMcpServerSettings(name, server.url(), server.headers(), server.command(), server.args(),
					server.env(), server.directory(), server.connectTimeout(), server.callTimeout(),
					server.closeTimeout(), server.refreshInterval(), server.maxTools(), bytes(server.maxToolSize()),
					bytes(server.maxMessageSize()), (server.toolPrefix() != null) ? server.toolPrefix() : name + "_",
					server.includeTools(), server.excludeTools(), server.approval(), server.optional());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidMcpServerException(String.valueOf(ex.getMessage()) + ".",
					"Change the properties below '%s'.".formatted(PREFIX + name), ex);
		}
	}

	private static int bytes(DataSize size) {
		return (int) Math.min(size.toBytes(), Integer.MAX_VALUE - 8);
	}

	@Override
	public void afterSingletonsInstantiated() {
		Map<String, Server> configured = this.properties.servers();
		List<GeminiMcpServer> required = this.servers.orderedStream()
			.filter((server) -> configured.containsKey(server.name()) && configured.get(server.name()).failFast())
			.toList();
		required.forEach(GeminiMcpServer::connect);
	}

}
