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
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

import com.cometapi.gemini.client.GeminiJsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.JsonNode;

/**
 * An MCP server that misbehaves, over streamable HTTP.
 */
final class FakeHttpServer implements AutoCloseable {

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final HttpServer server;

	/**
	 * The methods and names of tools that the server has received.
	 */
	final List<String> events = new CopyOnWriteArrayList<>();

	/**
	 * Counted down when the client has closed the exchange of the tool {@code slow} or
	 * {@code endless}.
	 */
	final CountDownLatch slowClosed = new CountDownLatch(1);

	volatile int status = 200;

	volatile int statusOfInitialize = 200;

	volatile String location;

	volatile String session = "first";

	volatile String query;

	/**
	 * The status of the response to a request to listen; 200 accepts it.
	 */
	volatile int statusToListeners = 200;

	volatile boolean sendsBatches;

	/**
	 * Counted down to let the first list of tools be sent.
	 */
	volatile CountDownLatch listMayBeSent = new CountDownLatch(0);

	private volatile OutputStream listener;

	private volatile String pausing;

	volatile String tools = "\"read\", \"write\", \"slow\", \"lost\", \"drop\", \"pausing\"";

	FakeHttpServer() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.setExecutor(this.threads);
		this.server.createContext("/mcp", this::handle);
		this.server.start();
	}

	URI url() {
		return URI.create("http://127.0.0.1:%d/mcp".formatted(this.server.getAddress().getPort()));
	}

	private void handle(HttpExchange exchange) throws IOException {
		this.query = exchange.getRequestURI().getRawQuery();
		if (this.location != null) {
			exchange.getResponseHeaders().set("Location", this.location);
		}
		if (this.status != 200) {
			respond(exchange, this.status, "You said: " + exchange.getRequestHeaders().getFirst("Authorization"));
			return;
		}
		String session = exchange.getRequestHeaders().getFirst("Mcp-Session-Id");
		if (session != null && !session.equals(this.session)) {
			respond(exchange, 404, "No such session");
			return;
		}
		String eventId = exchange.getRequestHeaders().getFirst("Last-Event-ID");
		if (eventId != null) {
			this.events.add("resumed at " + eventId);
			exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
			exchange.sendResponseHeaders(200, 0);
			String message = (eventId.equals("1")) ? "id: 2\ndata:\n\n"
					: "id: 3\ndata: {\"jsonrpc\": \"2.0\", \"id\": %s, \"result\": %s}\n\n".formatted(this.pausing,
							text("late"));
			exchange.getResponseBody().write(message.getBytes(StandardCharsets.UTF_8));
			exchange.close();
			return;
		}
		if (exchange.getRequestMethod().equals("GET") && this.statusToListeners != 200) {
			this.events.add("refused to listen");
			respond(exchange, this.statusToListeners, "");
			return;
		}
		if (exchange.getRequestMethod().equals("GET")) {
			exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
			exchange.sendResponseHeaders(200, 0);
			exchange.getResponseBody().write(": hello\n\n".getBytes(StandardCharsets.UTF_8));
			exchange.getResponseBody().flush();
			this.listener = exchange.getResponseBody();
			return;
		}
		if (exchange.getRequestMethod().equals("DELETE")) {
			this.events.add("delete");
			respond(exchange, 200, "");
			return;
		}
		JsonNode message = GeminiJsonMapper.builder().build().readTree(exchange.getRequestBody());
		answer(exchange, message);
	}

	private void answer(HttpExchange exchange, JsonNode message) throws IOException {
		String method = message.path("method").asString("");
		String id = message.path("id").toString();
		switch (method) {
			case "initialize" -> {
				this.events.add("initialize");
				if (this.statusOfInitialize != 200) {
					respond(exchange, this.statusOfInitialize, "");
					return;
				}
				exchange.getResponseHeaders().set("Mcp-Session-Id", this.session);
				result(exchange, id, "{\"protocolVersion\": \"2025-06-18\", \"capabilities\": {\"tools\": "
						+ "{\"listChanged\": true}}, \"serverInfo\": {\"name\": \"fake\", \"version\": \"1\"}}");
			}
			case "tools/list" -> {
				this.events.add("list");
				StringBuilder list = new StringBuilder();
				for (String tool : this.tools.split(", ")) {
					list.append((list.isEmpty()) ? "" : ", ")
						.append("{\"name\": %s, \"inputSchema\": {\"type\": \"object\"}%s}".formatted(tool,
								tool.equals("\"read\"") ? ", \"annotations\": {\"readOnlyHint\": true}" : ""));
				}
				if (this.events.stream().filter("list"::equals).count() == 1) {
					await(this.listMayBeSent);
				}
				result(exchange, id, "{\"tools\": [%s]}".formatted(list));
			}
			case "tools/call" -> call(exchange, id, message.path("params").path("name").asString());
			case "ping" -> result(exchange, id, "{}");
			default -> {
				this.events.add(method);
				respond(exchange, 202, "");
			}
		}
	}

	private void call(HttpExchange exchange, String id, String tool) throws IOException {
		boolean first = !this.events.contains(tool);
		this.events.add(tool);
		switch (tool) {
			case "read", "drop" -> {
				if (first) {
					// Closes the connection without a response.
					exchange.close();
				}
				else {
					result(exchange, id, text("done"));
				}
			}
			// Ends the response without a result.
			case "lost" -> {
				exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
				exchange.sendResponseHeaders(200, 0);
				exchange.getResponseBody()
					.write("event: message\ndata: {\"jsonrpc\": \"2.0\", \"method\": \"x\"}\n\n"
						.getBytes(StandardCharsets.UTF_8));
				exchange.close();
			}
			// Sends the result when the client resumes the stream.
			case "pausing" -> {
				this.pausing = id;
				exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
				exchange.sendResponseHeaders(200, 0);
				exchange.getResponseBody().write("id: 1\ndata:\n\n".getBytes(StandardCharsets.UTF_8));
				exchange.close();
			}
			// The response of "endless" has a result, but never ends.
			case "slow", "endless" -> {
				exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
				exchange.sendResponseHeaders(200, 0);
				if (tool.equals("endless")) {
					exchange.getResponseBody()
						.write("data: {\"jsonrpc\": \"2.0\", \"id\": %s, \"result\": %s}\n\n"
							.formatted(id, text("done"))
							.getBytes(StandardCharsets.UTF_8));
				}
				try {
					while (true) {
						exchange.getResponseBody().write(": wait\n\n".getBytes(StandardCharsets.UTF_8));
						exchange.getResponseBody().flush();
						LockSupport.parkNanos(10_000_000);
					}
				}
				catch (IOException ex) {
					this.slowClosed.countDown();
				}
			}
			default -> result(exchange, id, text("done"));
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			// The server was closed.
		}
	}

	private static String text(String text) {
		return "{\"content\": [{\"type\": \"text\", \"text\": \"%s\"}]}".formatted(text);
	}

	private void result(HttpExchange exchange, String id, String result) throws IOException {
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		String message = "{\"jsonrpc\": \"2.0\", \"id\": %s, \"result\": %s}".formatted(id, result);
		respond(exchange, 200, (this.sendsBatches) ? "[" + message + "]" : message);
	}

	private static void respond(HttpExchange exchange, int status, String body) throws IOException {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(status, (bytes.length > 0) ? bytes.length : -1);
		exchange.getResponseBody().write(bytes);
		exchange.close();
	}

	boolean isListenedTo() {
		return this.listener != null;
	}

	/**
	 * Replace the tools and notify the client.
	 */
	void change() {
		this.tools = "\"new\"";
		try {
			this.listener.write(("data: {\"jsonrpc\": \"2.0\", \"method\": \"notifications/tools/list_changed\"}\n\n")
				.getBytes(StandardCharsets.UTF_8));
			this.listener.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}
