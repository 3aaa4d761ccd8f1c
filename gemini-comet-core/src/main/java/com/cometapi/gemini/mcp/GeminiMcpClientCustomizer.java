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

import io.modelcontextprotocol.client.McpClient;

/**
 * Customizes the client of an MCP server before it connects, for example to let the
 * server ask for samples, elicitations or roots, or to receive its log messages. Changes
 * of the list of tools are handled already; consumers of list changes are never called.
 */
@FunctionalInterface
public interface GeminiMcpClientCustomizer {

	/**
	 * Customize a client. Called for each connection.
	 * @param server the name of the server
	 * @param client the client, whose handlers must not block
	 */
	void customize(String server, McpClient.AsyncSpec client);

}
