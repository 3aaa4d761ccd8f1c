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

import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server of the MCP Java SDK, over its standard input and output.
 */
public final class SdkServer {

	private SdkServer() {
	}

	public static void main(String[] args) {
		McpServer.sync(new StdioServerTransportProvider(new JacksonMcpJsonMapper(JsonMapper.builder().build())))
			.serverInfo("sdk", "1.0")
			.toolCall(
					Tool.builder("upper",
							Map.of("type", "object", "properties", Map.of("text", Map.of("type", "string")), "required",
									List.of("text")))
						.description("Text in upper case")
						.build(),
					(exchange, request) -> CallToolResult.builder()
						.addTextContent(String.valueOf(request.arguments().get("text")).toUpperCase())
						.build())
			.build();
		LockSupport.park();
	}

}
