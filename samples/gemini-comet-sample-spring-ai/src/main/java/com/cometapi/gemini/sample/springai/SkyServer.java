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

package com.cometapi.gemini.sample.springai;

import java.io.PrintStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;

/**
 * An MCP server with one tool, in a process of its own: the application starts it and
 * talks to it over standard input and output (see {@code application.yml}). A visitor can
 * check its forecast, which is derived from the date.
 */
public final class SkyServer {

	private static final Map<String, Object> INPUT = Map.of("type", "object", "properties",
			Map.of("night", Map.of("type", "string", "enum", List.of("tonight", "tomorrow"))), "required",
			List.of("night"));

	private static final String[] SKIES = { "clear all night", "clear after 22:00", "thin clouds", "overcast" };

	private SkyServer() {
	}

	/**
	 * Serve until the process that has started this one ends.
	 * @param args not used
	 */
	public static void main(String[] args) {
		ProcessHandle.current().parent().ifPresent((parent) -> parent.onExit().thenRun(() -> System.exit(0)));
		PrintStream out = System.out;
		System.setOut(System.err); // for the log: standard output belongs to the protocol
		Tool forecast = Tool.builder("sky_forecast", INPUT)
			.description("Forecast of the night sky over the observatory")
			.build();
		McpServer.sync(new StdioServerTransportProvider(McpJsonDefaults.getMapper(), System.in, out))
			.serverInfo("sky", "1.0")
			.capabilities(ServerCapabilities.builder().tools(false).build())
			.toolCall(forecast, (exchange, request) -> forecast(request))
			.build();
	}

	private static CallToolResult forecast(CallToolRequest request) {
		LocalDate night = LocalDate.now().plusDays("tomorrow".equals(request.arguments().get("night")) ? 1 : 0);
		String sky = SKIES[night.getDayOfYear() % SKIES.length];
		return CallToolResult.builder().addTextContent(night + ": " + sky).build();
	}

}
