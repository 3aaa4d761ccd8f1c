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

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.cometapi.gemini.autoconfigure.GeminiConnectionProperties.Proxy;
import com.cometapi.gemini.autoconfigure.GeminiConnectionProperties.Ssl;
import com.cometapi.gemini.mcp.GeminiMcpApproval;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties of MCP servers.
 *
 * @param servers MCP servers by name, each with a 'url' for streamable HTTP or a
 * 'command' for a process.
 */
@ConfigurationProperties("cometapi.gemini.mcp")
public record GeminiMcpProperties(@DefaultValue Map<String, Server> servers) {

	/**
	 * Properties of an MCP server.
	 *
	 * @param url URL of its endpoint, for streamable HTTP.
	 * @param headers Headers of each request to the URL.
	 * @param ssl TLS connections to the URL.
	 * @param proxy HTTP proxy in front of the URL.
	 * @param command Program to start, for a server that is reached over its standard
	 * input and output.
	 * @param args Arguments of the program.
	 * @param env Environment variables of the program, in addition to those that every
	 * program needs, such as PATH.
	 * @param directory Working directory of the program.
	 * @param connectTimeout Time limit for connecting, which includes the start of a
	 * process, and for listing the tools.
	 * @param callTimeout Time limit of one call of a tool.
	 * 'cometapi.gemini.functions.timeout' applies too.
	 * @param closeTimeout Time to wait for a process to end by itself, and again after it
	 * was asked to end, before it is killed.
	 * @param refreshInterval Time after which the tools are listed again, unless a
	 * process announces changes.
	 * @param maxTools Maximum number of tools, and of pages of their list.
	 * @param maxToolSize Maximum size of the declaration of a tool. Larger ones are not
	 * offered.
	 * @param maxMessageSize Maximum size of a message of the server.
	 * @param toolPrefix Prefix of the tool names that models see. Name of the server and
	 * '_' by default.
	 * @param includeTools Tools to offer, with '*' for any characters. All by default.
	 * @param excludeTools Tools not to offer, with '*' for any characters.
	 * @param approval Tools that only run if the prompt has an approval.
	 * @param optional Whether prompts continue without the tools of the server while it
	 * is not available.
	 * @param failFast Whether to connect at startup, and to fail if the server is not
	 * available.
	 */
	public record Server(@Nullable URI url, @DefaultValue Map<String, String> headers, @DefaultValue Ssl ssl,
			@DefaultValue Proxy proxy, @Nullable String command, @DefaultValue List<String> args,
			@DefaultValue Map<String, String> env, @Nullable Path directory,
			@DefaultValue("20s") Duration connectTimeout, @Nullable Duration callTimeout,
			@DefaultValue("2s") Duration closeTimeout, @DefaultValue("5m") Duration refreshInterval,
			@DefaultValue("256") int maxTools, @DefaultValue("64KB") DataSize maxToolSize,
			@DefaultValue("16MB") DataSize maxMessageSize, @Nullable String toolPrefix,
			@DefaultValue List<String> includeTools, @DefaultValue List<String> excludeTools,
			@DefaultValue("none") GeminiMcpApproval approval, @DefaultValue("false") boolean optional,
			@DefaultValue("false") boolean failFast) {

		// Headers, arguments and variables may be secrets.
		@Override
		public String toString() {
			return "Server[...]";
		}

	}

}
