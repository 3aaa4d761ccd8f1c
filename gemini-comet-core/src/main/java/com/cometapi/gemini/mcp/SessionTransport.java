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

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Transport of one session. Unlike those of the SDK it tells when the connection is lost
 * and whether a request was sent before, and it cancels requests at the server.
 */
abstract class SessionTransport implements McpClientTransport {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	static final JacksonMcpJsonMapper JSON = new JacksonMcpJsonMapper(MAPPER);

	private static final Log logger = LogFactory.getLog(SessionTransport.class);

	private static final int REQUEST_CANCELLED = -32800;

	private static final int INVALID_RESPONSE = -32603;

	// The SDK would follow the pages of these lists without end.
	private static final Set<String> LIST_CHANGES = Set.of(McpSchema.METHOD_NOTIFICATION_TOOLS_LIST_CHANGED,
			McpSchema.METHOD_NOTIFICATION_RESOURCES_LIST_CHANGED, McpSchema.METHOD_NOTIFICATION_PROMPTS_LIST_CHANGED,
			McpSchema.METHOD_NOTIFICATION_RESOURCES_UPDATED);

	private final Sinks.One<LostConnectionException> lost = Sinks.one();

	private volatile @Nullable LostConnectionException reason;

	private volatile Runnable toolsListener = () -> {
	};

	private volatile Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler = Function.identity();

	@Override
	public final Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
		return Mono.fromRunnable(() -> {
			this.handler = handler;
			start();
		});
	}

	/**
	 * Connect, or begin to. A failure is reported by {@link #lose}.
	 */
	abstract void start();

	/**
	 * Return whether requests may still be answered after the connection was lost.
	 * @return {@code true} if each request has a connection of its own
	 */
	abstract boolean answersAfterLoss();

	/**
	 * Return whether every change that the server announces arrives.
	 * @return {@code false} if an announcement may be lost
	 */
	abstract boolean receivesAnnouncements();

	// Lets the tools be listed again.
	final void toolsChanged() {
		this.toolsListener.run();
	}

	void onToolsChanged(Runnable listener) {
		this.toolsListener = listener;
	}

	/**
	 * Return the loss of the connection.
	 * @return the reason, once it is lost
	 */
	Mono<LostConnectionException> lost() {
		return this.lost.asMono();
	}

	@Nullable LostConnectionException lossReason() {
		return this.reason;
	}

	final void lose(LostConnectionException reason) {
		if (this.reason == null) {
			this.reason = reason;
		}
		this.lost.tryEmitValue(reason);
	}

	/**
	 * Read a message, or the messages of a batch.
	 * @param json the message or an array of messages, which versions of the protocol
	 * before 2025-06-18 know
	 * @return the messages, empty if the text is not valid
	 */
	static List<JSONRPCMessage> read(String json) {
		try {
			if (!isArray(json)) {
				return List.of(toMessage(json));
			}
			List<JSONRPCMessage> messages = new ArrayList<>();
			for (JsonNode message : MAPPER.readTree(json)) {
				messages.add(toMessage(message.toString()));
			}
			return messages;
		}
		// Deeply nested JSON overflows the stack.
		catch (IOException | RuntimeException | StackOverflowError ex) {
			return List.of();
		}
	}

	private static JSONRPCMessage toMessage(String json) throws IOException {
		try {
			return McpSchema.deserializeJsonRpcMessage(JSON, json);
		}
		catch (RuntimeException ex) {
			JsonNode message = MAPPER.readTree(json);
			JsonNode id = message.path("id");
			if (!message.has("jsonrpc") || message.has("method") || !id.isString()) {
				throw ex;
			}
			// Otherwise the request would wait forever, for example after a response
			// whose result is null.
			return JSONRPCResponse.error(id.asString(),
					new JSONRPCResponse.JSONRPCError(INVALID_RESPONSE, "The response has no valid result or error"));
		}
	}

	private static boolean isArray(String json) {
		int start = 0;
		while (start < json.length() && Character.isWhitespace(json.charAt(start))) {
			start++;
		}
		return json.startsWith("[", start);
	}

	void receive(JSONRPCMessage message) {
		if (message instanceof JSONRPCNotification notification && LIST_CHANGES.contains(notification.method())) {
			if (McpSchema.METHOD_NOTIFICATION_TOOLS_LIST_CHANGED.equals(notification.method())) {
				toolsChanged();
			}
			return;
		}
		this.handler.apply(Mono.just(message)).subscribe((handled) -> {
		}, (ex) -> logger.debug("Could not handle a message of an MCP server", ex));
	}

	/**
	 * Abandon a request whose caller has left, and cancel it at the server.
	 * @param request the request
	 */
	void abandon(SentRequest request) {
		Object id = request.id();
		if (id == null) {
			return;
		}
		// Otherwise the session would wait for a response forever.
		receive(JSONRPCResponse.error(id,
				new JSONRPCResponse.JSONRPCError(REQUEST_CANCELLED, "The request was cancelled")));
		if (this.reason == null) {
			sendMessage(new JSONRPCNotification("notifications/cancelled",
					Map.of("requestId", id, "reason", "The caller has left")))
				.subscribe((sent) -> {
				}, (ex) -> logger.debug("Could not cancel a request at an MCP server", ex));
		}
		request.abandon();
	}

	/**
	 * Record the id of a request in its state.
	 * @param message the message
	 * @param request the state of the request, or {@code null} if it has none
	 * @return the id, or {@code null} if the message is not a request
	 */
	static @Nullable Object register(JSONRPCMessage message, @Nullable SentRequest request) {
		if (!(message instanceof JSONRPCRequest sent)) {
			return null;
		}
		if (request != null) {
			request.id(sent.id());
		}
		return sent.id();
	}

	@Override
	public final <T> T unmarshalFrom(Object data, TypeRef<T> typeRef) {
		return JSON.convertValue(data, typeRef);
	}

}
