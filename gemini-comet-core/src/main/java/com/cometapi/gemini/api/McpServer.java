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

package com.cometapi.gemini.api;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import org.jspecify.annotations.Nullable;

/**
 * An MCP server that the backend calls (Gemini API only).
 *
 * <p>
 * Wire: message {@code McpServer} of {@code v1beta}.
 *
 * @param name the name of the server
 * @param streamableHttpTransport the connection to the server
 * @param additional members that this version does not know, by name
 */
public record McpServer(@Nullable String name, @Nullable StreamableHttpTransport streamableHttpTransport,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the factory methods; components may be
	 * added.
	 */
	public McpServer {
		additional = ImmutableCollections.additional(additional);
	}

	/**
	 * Create a server that needs no headers.
	 * @param name the name of the server
	 * @param url the address of the server
	 * @return a new server
	 */
	public static McpServer of(String name, String url) {
		return of(name, StreamableHttpTransport.builder().url(Preconditions.hasText(url, "url")).build());
	}

	/**
	 * Create a server.
	 * @param name the name of the server
	 * @param transport the connection to the server
	 * @return a new server
	 */
	public static McpServer of(String name, StreamableHttpTransport transport) {
		return new McpServer(Preconditions.hasText(name, "name"), Preconditions.notNull(transport, "transport"),
				Map.of());
	}

}
