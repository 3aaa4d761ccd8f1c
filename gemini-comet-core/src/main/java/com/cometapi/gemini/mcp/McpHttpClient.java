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

package com.cometapi.gemini.mcp;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import com.cometapi.gemini.client.ApplicationCredentials;
import io.netty.channel.ChannelOption;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * The {@code WebClient} of a server with its pool of connections.
 */
final class McpHttpClient {

	private static final int MAX_CONNECTIONS = 256;

	private static final Duration MAX_IDLE_TIME = Duration.ofSeconds(30);

	private static final Duration CLOSE_DELAY = Duration.ofSeconds(3);

	private final ConnectionProvider pool;

	private final WebClient webClient;

	McpHttpClient(GeminiMcpServerSettings settings, WebClient.Builder webClientBuilder,
			Function<HttpClient, ? extends ClientHttpConnector> connector,
			List<GeminiMcpWebClientCustomizer> customizers) {
		this.pool = ConnectionProvider.builder("gemini-mcp-" + settings.name())
			.maxConnections(MAX_CONNECTIONS)
			.maxIdleTime(MAX_IDLE_TIME)
			.build();
		HttpClient httpClient = HttpClient.create(this.pool)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS,
					(int) Math.min(settings.connectTimeout().toMillis(), Integer.MAX_VALUE))
			// A call that may have been received must not be repeated.
			.disableRetry(true);
		WebClient.Builder builder = ApplicationCredentials.removeFrom(webClientBuilder.clone())
			.clientConnector(connector.apply(httpClient))
			.codecs((codecs) -> {
				codecs.defaultCodecs().maxInMemorySize(settings.maxMessageSize());
				codecs.defaultCodecs().enableLoggingRequestDetails(false);
			});
		customizers.forEach((customizer) -> customizer.customize(settings.name(), builder));
		this.webClient = builder.build();
	}

	WebClient webClient() {
		return this.webClient;
	}

	/**
	 * Close the pool after a delay in which the sessions can end. Does not block.
	 */
	void close() {
		Mono.delay(CLOSE_DELAY).then(this.pool.disposeLater()).subscribe();
	}

}
