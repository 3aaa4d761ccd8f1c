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

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;

import com.cometapi.gemini.function.GeminiFunctionResult;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import tools.jackson.core.JacksonException;

/**
 * One session with a server. Never reconnects: a connection that was lost is retired, and
 * the server opens another one.
 */
final class McpConnection {

	private static final Log logger = LogFactory.getLog(McpConnection.class);

	private static final Duration PING_TIMEOUT = Duration.ofSeconds(5);

	// Callers apply their own time limits.
	private static final Duration NO_TIMEOUT = Duration.ofDays(1);

	private static final JsonSchemaValidator NO_VALIDATION = (schema, content) -> JsonSchemaValidator.ValidationResponse
		.asValid(null);

	private final GeminiMcpServerSettings settings;

	private final SessionTransport transport;

	private final BiFunction<ToolFunction, Map<String, @Nullable Object>, Mono<GeminiFunctionResult>> caller;

	private final McpAsyncClient client;

	private final AtomicInteger running = new AtomicInteger();

	private final AtomicInteger changes = new AtomicInteger();

	private volatile boolean retired;

	private volatile @Nullable ToolList tools;

	private @Nullable Loading loading;

	McpConnection(GeminiMcpServerSettings settings, SessionTransport transport,
			List<GeminiMcpClientCustomizer> customizers,
			BiFunction<ToolFunction, Map<String, @Nullable Object>, Mono<GeminiFunctionResult>> caller) {
		this.settings = settings;
		this.transport = transport;
		this.caller = caller;
		transport.onToolsChanged(this.changes::incrementAndGet);
		String version = McpConnection.class.getPackage().getImplementationVersion();
		McpClient.AsyncSpec spec = McpClient.async(transport)
			.clientInfo(Implementation.builder("gemini-comet", (version != null) ? version : "development").build())
			.requestTimeout(NO_TIMEOUT)
			.initializationTimeout(NO_TIMEOUT)
			.jsonSchemaValidator(NO_VALIDATION);
		customizers.forEach((customizer) -> customizer.customize(settings.name(), spec));
		this.client = spec.build();
	}

	/**
	 * Open the connection.
	 * @return this connection, or a {@link LostConnectionException}
	 */
	Mono<McpConnection> open() {
		Mono<McpConnection> lost = this.transport.lost().flatMap(Mono::error);
		return Mono.firstWithSignal(send(false, McpAsyncClient::initialize).thenReturn(this), lost)
			.timeout(this.settings.connectTimeout(), timedOut("answer"))
			.doOnNext((opened) -> this.transport.lost().subscribe(this::onLoss))
			.onErrorMap(LostConnectionException.class, LostConnectionException::beforeRequest)
			.doOnError((ex) -> close())
			.doOnCancel(this::close);
	}

	private <T> Mono<T> timedOut(String task) {
		return Mono.error(() -> new LostConnectionException("it did not %s within %s s ('connect-timeout')"
			.formatted(task, this.settings.connectTimeout().toMillis() / 1000.0), false, null));
	}

	private void onLoss(LostConnectionException reason) {
		logger.debug("The connection to the MCP server '%s' was lost: %s".formatted(this.settings.name(),
				reason.getMessage()));
		this.retired = true;
		if (!this.transport.answersAfterLoss() || this.running.get() == 0) {
			close();
		}
	}

	boolean isRetired() {
		return this.retired;
	}

	/**
	 * Take no more calls, and close the connection after the running ones.
	 */
	void retire() {
		this.retired = true;
		if (this.running.get() == 0) {
			close();
		}
	}

	/**
	 * Close the connection. Running calls fail.
	 * @return the thread that closes it, or {@code null} if there is nothing to wait for
	 */
	@Nullable Thread close() {
		this.retired = true;
		this.client.close();
		return (this.transport instanceof StdioTransport stdio) ? stdio.endProcess() : null;
	}

	private <T> Mono<T> send(boolean checkIfAbandoned, Function<McpAsyncClient, Mono<T>> request) {
		return Mono.defer(() -> {
			SentRequest state = new SentRequest();
			this.running.incrementAndGet();
			return request.apply(this.client)
				.contextWrite((context) -> context.put(SentRequest.class, state))
				.onErrorMap((ex) -> translate(ex, state))
				.doOnNext((result) -> state.answered())
				.doFinally((signal) -> {
					if (signal == SignalType.CANCEL) {
						abandon(state, checkIfAbandoned);
					}
					if (this.running.decrementAndGet() == 0 && this.retired) {
						close();
					}
				});
		});
	}

	private void abandon(SentRequest request, boolean check) {
		if (request.isAnswered()) {
			return;
		}
		this.transport.abandon(request);
		if (check) {
			check();
		}
	}

	// The caller may have left because the server hangs.
	private void check() {
		ping().subscribe((pong) -> {
		}, (ex) -> {
			logger.warn("The MCP server '%s' does not answer; further calls open another connection"
				.formatted(this.settings.name()));
			retire();
		});
	}

	/**
	 * Check that the server answers. An error is an answer too, such as that of a server
	 * that does not know the method.
	 * @return the answer, or a {@link LostConnectionException}
	 */
	Mono<Object> ping() {
		return send(false, McpAsyncClient::ping).onErrorResume(McpError.class, Mono::just)
			.timeout(PING_TIMEOUT,
					Mono.error(() -> new LostConnectionException("it did not answer a ping within 5 s", false, null)));
	}

	private Throwable translate(Throwable failure, SentRequest request) {
		LostConnectionException reason = this.transport.lossReason();
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof LostConnectionException || cause instanceof McpError) {
				return cause;
			}
			if (cause instanceof JacksonException) {
				return new IllegalStateException("its response does not have the form that the protocol requires",
						failure);
			}
		}
		if (reason != null && !this.transport.answersAfterLoss()) {
			return new LostConnectionException(String.valueOf(reason.getMessage()), request.isSent(), failure);
		}
		return failure;
	}

	/**
	 * Call a tool. Cancelling cancels the call at the server.
	 * @param name the name that the server gives the tool
	 * @param args the arguments
	 * @return the result
	 */
	Mono<CallToolResult> call(String name, Map<String, @Nullable Object> args) {
		return send(true, (client) -> client.callTool(CallToolRequest.builder(name).arguments(args).build()));
	}

	/**
	 * Return the tools as functions. Lists them at the server unless they are known.
	 * @return the tools
	 */
	Mono<List<ToolFunction>> tools() {
		return Mono.defer(() -> {
			List<ToolFunction> known = knownTools();
			return (known != null) ? Mono.just(known) : load();
		});
	}

	/**
	 * Return the tools as functions if they are known.
	 * @return the tools, or {@code null}
	 */
	@Nullable List<ToolFunction> knownTools() {
		ToolList list = this.tools;
		if (list == null || list.version() != this.changes.get()) {
			return null;
		}
		boolean fresh = (announcesChanges() && this.transport.receivesAnnouncements())
				|| Duration.ofNanos(System.nanoTime() - list.time()).compareTo(this.settings.refreshInterval()) < 0;
		return fresh ? list.functions() : null;
	}

	private boolean announcesChanges() {
		ServerCapabilities capabilities = this.client.getServerCapabilities();
		return capabilities != null && capabilities.tools() != null
				&& Boolean.TRUE.equals(capabilities.tools().listChanged());
	}

	private synchronized Mono<List<ToolFunction>> load() {
		int version = this.changes.get();
		// A list that was requested before a change may not have the change.
		if (this.loading == null || this.loading.version() != version) {
			Mono<List<ToolFunction>> tools = list().timeout(this.settings.connectTimeout(), timedOut("list its tools"))
				.doOnNext((functions) -> remember(new ToolList(functions, version, System.nanoTime())))
				.doFinally((signal) -> endLoading(version))
				.cache();
			this.loading = new Loading(tools, version);
		}
		return this.loading.tools();
	}

	private synchronized void remember(ToolList loaded) {
		if (loaded.version() == this.changes.get()) {
			this.tools = loaded;
		}
	}

	private synchronized void endLoading(int version) {
		if (this.loading != null && this.loading.version() == version) {
			this.loading = null;
		}
	}

	private Mono<List<ToolFunction>> list() {
		ServerCapabilities capabilities = this.client.getServerCapabilities();
		if (capabilities == null || capabilities.tools() == null) {
			return Mono.just(List.of());
		}
		return page(null, new LinkedHashMap<>(), 1).map(this::toFunctions);
	}

	private Mono<Map<String, Tool>> page(@Nullable String cursor, Map<String, Tool> tools, int pages) {
		return send(true, (client) -> client.listTools(cursor)).flatMap((result) -> {
			result.tools()
				.stream()
				.filter((tool) -> !tool.name().isEmpty() && this.settings.isOffered(tool.name()))
				.forEach((tool) -> tools.putIfAbsent(tool.name(), tool));
			String next = result.nextCursor();
			boolean more = next != null && !next.isEmpty();
			if (tools.size() > this.settings.maxTools() || (more && pages >= this.settings.maxTools())) {
				return Mono.error(new IllegalStateException(
						"it lists more than %d tools or pages of tools: raise 'max-tools' or set 'include-tools'"
							.formatted(this.settings.maxTools())));
			}
			return more ? page(next, tools, pages + 1) : Mono.just(tools);
		});
	}

	private List<ToolFunction> toFunctions(Map<String, Tool> tools) {
		Map<String, String> names = ToolNames.of(this.settings.toolPrefix(), tools.keySet());
		List<ToolFunction> functions = new ArrayList<>();
		tools.forEach((name, tool) -> {
			try {
				ToolFunction function = new ToolFunction(String.valueOf(names.get(name)), tool, this.settings,
						this.caller);
				int size = SessionTransport.JSON.writeValueAsBytes(function.declaration()).length;
				if (size > this.settings.maxToolSize()) {
					throw new IllegalArgumentException("its declaration has %d bytes, more than %d ('max-tool-size')"
						.formatted(size, this.settings.maxToolSize()));
				}
				functions.add(function);
			}
			catch (Exception ex) {
				logger.warn("The tool '%s' of the MCP server '%s' is not offered: %s".formatted(names.get(name),
						this.settings.name(), ex.getMessage()));
			}
		});
		return List.copyOf(functions);
	}

	/**
	 * Tools of the server, and when they were listed.
	 */
	private record ToolList(List<ToolFunction> functions, int version, long time) {

	}

	/**
	 * Request for the tools in progress.
	 */
	private record Loading(Mono<List<ToolFunction>> tools, int version) {

	}

}
