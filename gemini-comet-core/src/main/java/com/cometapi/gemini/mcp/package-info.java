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

/**
 * Tools of MCP servers as functions of prompts, with the MCP Java SDK. Start reading at
 * {@link com.cometapi.gemini.mcp.GeminiMcpServer}, one server, then
 * {@code McpConnection}, one session with it, and the transports below
 * {@code SessionTransport}. This package uses the {@code api}, {@code error},
 * {@code thread}, {@code client}, {@code schema} and {@code function} packages.
 */
@NullMarked
package com.cometapi.gemini.mcp;

import org.jspecify.annotations.NullMarked;
