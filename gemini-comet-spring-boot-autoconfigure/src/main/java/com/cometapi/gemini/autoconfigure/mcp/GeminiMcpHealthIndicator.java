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

import com.cometapi.gemini.error.GeminiFunctionSourceException;
import com.cometapi.gemini.mcp.GeminiMcpServer;
import reactor.core.publisher.Mono;

import org.springframework.boot.health.contributor.AbstractReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;

/**
 * {@link ReactiveHealthIndicator} for an MCP server. Connects if necessary, and pings the
 * server. The details never contain headers, arguments or variables.
 */
public final class GeminiMcpHealthIndicator extends AbstractReactiveHealthIndicator {

	private final GeminiMcpServer server;

	/**
	 * Create an indicator.
	 * @param server the server to check
	 */
	public GeminiMcpHealthIndicator(GeminiMcpServer server) {
		this.server = server;
	}

	@Override
	protected Mono<Health> doHealthCheck(Health.Builder builder) {
		String address = this.server.settings().address();
		return this.server.check()
			.then(Mono.fromSupplier(() -> builder.up().withDetail("address", address).build()))
			.onErrorResume(GeminiFunctionSourceException.class,
					(ex) -> Mono.just(builder.down()
						.withDetail("address", address)
						.withDetail("reason", String.valueOf(ex.getMessage()))
						.build()));
	}

}
