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

import org.springframework.web.reactive.function.client.WebClient;

/**
 * Customizes the {@code WebClient} of an MCP server that is reached over HTTP, for
 * example to add a filter that authorizes its requests.
 */
@FunctionalInterface
public interface GeminiMcpWebClientCustomizer {

	/**
	 * Customize a {@code WebClient}. Called once for each server.
	 * @param server the name of the server
	 * @param webClient the builder of the {@code WebClient}, whose filters may block
	 */
	void customize(String server, WebClient.Builder webClient);

}
