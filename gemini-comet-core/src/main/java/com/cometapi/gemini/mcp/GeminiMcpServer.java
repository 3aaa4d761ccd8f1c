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

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import com.cometapi.gemini.client.BlockingCalls;
import com.cometapi.gemini.error.GeminiFunctionSourceException;
import com.cometapi.gemini.function.GeminiFunctionCallback;
import com.cometapi.gemini.function.GeminiFunctionException;
import com.cometapi.gemini.function.GeminiFunctionResult;
import com.cometapi.gemini.function.GeminiFunctionSource;
import com.cometapi.gemini.thread.GeminiThreads;
import io.modelcontextprotocol.spec.McpError;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;

import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.util.Assert;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * An MCP server whose tools are functions of prompts. Connects when a prompt first needs
 * it, and again after the connection was lost. A call of a tool is repeated, once, only
 * if the server certainly has not received it or if the tool claims to be read-only or
 * idempotent. Thread-safe.
 */
public final class GeminiMcpServer implements GeminiFunctionSource, AutoCloseable {

	private static final Log logger = LogFactory.getLog(GeminiMcpServer.class);

	private static final Duration FIRST_RESTART_DELAY = Duration.ofMillis(500);

	private static final int MAX_RESTART_DOUBLINGS = 4;

	private final GeminiMcpServerSettings settings;

	private final @Nullable McpHttpClient httpClient;

	private final List<GeminiMcpClientCustomizer> customizers;

	private final GeminiThreads threads;

	private final Set<McpConnection> connections = ConcurrentHashMap.newKeySet();

	private @Nullable ConnectionAttempt attempt;

	private int failures;

	private long lastFailure;

	private boolean closed;

	private GeminiMcpServer(Builder builder) {
		this.settings = builder.settings;
		this.customizers = builder.clientCustomizers;
		this.threads = (builder.threads != null) ? builder.threads : GeminiThreads.shared();
		this.httpClient = (this.settings.url() != null) ? new McpHttpClient(this.settings, builder.webClientBuilder,
				builder.connector, builder.webClientCustomizers) : null;
	}

	@Override
	public String name() {
		return this.settings.name();
	}

	/**
	 * Return the settings.
	 * @return the settings
	 */
	public GeminiMcpServerSettings settings() {
		return this.settings;
	}

	/**
	 * Return the tools of the server as functions. Lists them at the server unless they
	 * are known.
	 * @param names the names that the server gives the tools, empty for all
	 * @return the functions, or a {@link GeminiFunctionSourceException}
	 */
	@Override
	public Mono<List<GeminiFunctionCallback>> functions(List<String> names) {
		return Mono.defer(() -> {
			List<ToolFunction> known = knownTools();
			return (known != null) ? Mono.just(known)
					: onConnection(true, McpConnection::tools).publishOn(Schedulers.parallel());
		}).onErrorMap(this::unavailable).onErrorResume(GeminiFunctionSourceException.class, (ex) -> {
			if (!this.settings.optional()) {
				return Mono.error(ex);
			}
			logger.warn("A prompt continues without tools: " + ex.getMessage());
			return Mono.empty();
		}).map((tools) -> select(tools, names)).defaultIfEmpty(List.of());
	}

	private @Nullable List<ToolFunction> knownTools() {
		McpConnection connection;
		synchronized (this) {
			connection = (this.attempt != null) ? this.attempt.usable() : null;
		}
		return (connection != null) ? connection.knownTools() : null;
	}

	private List<GeminiFunctionCallback> select(List<ToolFunction> tools, List<String> names) {
		if (names.isEmpty()) {
			return List.copyOf(tools);
		}
		Map<String, GeminiFunctionCallback> byName = new LinkedHashMap<>();
		tools.forEach((tool) -> byName.put(tool.origin().name(), tool));
		return names.stream().distinct().map((name) -> {
			GeminiFunctionCallback tool = byName.get(name);
			if (tool == null) {
				throw new GeminiFunctionSourceException(name(),
						"The MCP server '%s' offers no tool named '%s'. Tools: %s".formatted(name(), name,
								byName.keySet()),
						false, null);
			}
			return tool;
		}).toList();
	}

	/**
	 * Connect if necessary, and check that the server answers.
	 * @return completion, or a {@link GeminiFunctionSourceException}
	 */
	public Mono<Void> check() {
		return onConnection(true, McpConnection::ping).publishOn(Schedulers.parallel())
			.onErrorMap(this::unavailable)
			.then();
	}

	/**
	 * Connect now rather than when a prompt needs it. Blocks.
	 * @throws GeminiFunctionSourceException if the server is not available
	 */
	public void connect() {
		BlockingCalls.await(check().thenReturn(true), "connect()", "check()");
	}

	private Mono<GeminiFunctionResult> call(ToolFunction tool, Map<String, @Nullable Object> args) {
		Mono<GeminiFunctionResult> result = onConnection(tool.origin().isRepeatable(),
				(connection) -> connection.call(tool.origin().name(), args))
			.publishOn(Schedulers.parallel())
			.map(ToolResults::convert);
		Duration timeout = this.settings.callTimeout();
		if (timeout != null) {
			result = result.timeout(timeout, Mono.error(() -> new GeminiFunctionException(
					"The tool did not complete within %s s".formatted(timeout.toMillis() / 1000.0))));
		}
		return result.onErrorMap(this::failure);
	}

	private <T> Mono<T> onConnection(boolean repeatable, Function<McpConnection, Mono<T>> work) {
		return connection()
			.flatMap((connection) -> work.apply(connection).onErrorResume(LostConnectionException.class, (lost) -> {
				connection.retire();
				if (lost.mayHaveRun() && !repeatable) {
					return Mono.error(lost);
				}
				logger.info("Repeating a request to the MCP server '%s': %s".formatted(name(), lost.getMessage()));
				return connection().flatMap(work)
					.onErrorMap(LostConnectionException.class, (again) -> again.after(lost));
			}));
	}

	private Mono<McpConnection> connection() {
		return Mono.defer(() -> {
			synchronized (this) {
				if (this.closed) {
					return Mono.error(closedBeforeRequest());
				}
				if (this.attempt == null || this.attempt.isOver()) {
					this.attempt = new ConnectionAttempt();
				}
				return this.attempt.connection;
			}
		});
	}

	private static LostConnectionException closedBeforeRequest() {
		return new LostConnectionException("it was closed", false, null);
	}

	private Mono<McpConnection> open() {
		return Mono.defer(() -> {
			URI url = this.settings.url();
			SessionTransport transport = (this.httpClient != null && url != null)
					? new HttpTransport(this.settings, url, this.httpClient.webClient(), this.threads)
					: new StdioTransport(this.settings);
			McpConnection connection = new McpConnection(this.settings, transport, this.customizers, this::call);
			if (!add(connection)) {
				return Mono.error(closedBeforeRequest());
			}
			transport.lost().subscribe((reason) -> this.connections.remove(connection));
			return connection.open();
		});
	}

	private synchronized boolean add(McpConnection connection) {
		return !this.closed && this.connections.add(connection);
	}

	// Without a delay, a process that ends at once would be started again and again.
	private synchronized Duration restartDelay() {
		if (this.httpClient != null || this.failures == 0) {
			return Duration.ZERO;
		}
		Duration delay = FIRST_RESTART_DELAY.multipliedBy(1L << Math.min(this.failures - 1, MAX_RESTART_DOUBLINGS));
		Duration left = delay.minusNanos(System.nanoTime() - this.lastFailure);
		return left.isNegative() ? Duration.ZERO : left;
	}

	private synchronized void countFailure() {
		this.failures++;
		this.lastFailure = System.nanoTime();
	}

	private synchronized void opened(McpConnection connection) {
		this.failures = 0;
		if (this.closed) {
			connection.close();
		}
	}

	private Throwable unavailable(Throwable failure) {
		if (failure instanceof GeminiFunctionSourceException) {
			return failure;
		}
		boolean lost = failure instanceof LostConnectionException;
		String reason = (failure instanceof McpError) ? "it responded: " + failure.getMessage()
				: Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName());
		return new GeminiFunctionSourceException(name(), "The MCP server '%s' (%s) is not available: %s"
			.formatted(name(), this.settings.address(), ToolResults.shorten(reason)), lost, failure);
	}

	// The messages are for the model.
	private Throwable failure(Throwable failure) {
		if (failure instanceof McpError error) {
			return new GeminiFunctionException("The MCP server '%s' reported: %s".formatted(name(),
					ToolResults.shorten(String.valueOf(error.getMessage()))), error);
		}
		if (failure instanceof LostConnectionException lost) {
			Throwable cause = unavailable(lost);
			logger.warn(cause.getMessage());
			return new GeminiFunctionException((lost.mayHaveRun())
					? "The connection to the MCP server '%s' was lost; the call may or may not have had an effect"
						.formatted(name())
					: "The MCP server '%s' is not available; the call has had no effect".formatted(name()), cause);
		}
		return failure;
	}

	/**
	 * Close the connections, and end the process if there is one: its input is closed,
	 * then it is asked to end, and it is killed if it does not end within
	 * {@link GeminiMcpServerSettings#closeTimeout()}. Blocks until it has ended. Running
	 * calls fail.
	 */
	@Override
	public void close() {
		synchronized (this) {
			this.closed = true;
		}
		List<Thread> threads = this.connections.stream().map(McpConnection::close).filter(Objects::nonNull).toList();
		Duration wait = this.settings.closeTimeout().multipliedBy(2).plusSeconds(1);
		threads.forEach((thread) -> StdioTransport.join(thread, wait));
		if (this.httpClient != null) {
			this.httpClient.close();
		}
	}

	@Override
	public String toString() {
		return "GeminiMcpServer[name=%s, address=%s]".formatted(name(), this.settings.address());
	}

	/**
	 * Create a server with default collaborators. Does not connect yet.
	 * @param settings the settings
	 * @return the server
	 */
	public static GeminiMcpServer create(GeminiMcpServerSettings settings) {
		return builder(settings).build();
	}

	/**
	 * Return a builder.
	 * @param settings the settings
	 * @return a new builder
	 */
	public static Builder builder(GeminiMcpServerSettings settings) {
		Assert.notNull(settings, "'settings' must not be null");
		return new Builder(settings);
	}

	/**
	 * Attempt to connect and its result, shared by all that wait for it.
	 */
	private final class ConnectionAttempt {

		private final Mono<McpConnection> connection;

		private volatile @Nullable McpConnection opened;

		private volatile boolean failed;

		ConnectionAttempt() {
			Mono<McpConnection> open = Mono.defer(() -> {
				Duration delay = restartDelay();
				return delay.isZero() ? open() : Mono.delay(delay).then(open());
			});
			this.connection = open.doOnNext((connection) -> {
				this.opened = connection;
				opened(connection);
			}).doOnError((ex) -> {
				countFailure();
				this.failed = true;
			}).cache();
		}

		boolean isOver() {
			McpConnection connection = this.opened;
			return this.failed || (connection != null && connection.isRetired());
		}

		@Nullable McpConnection usable() {
			McpConnection connection = this.opened;
			return (connection != null && !connection.isRetired()) ? connection : null;
		}

	}

	/**
	 * Builder for {@link GeminiMcpServer}, not thread-safe.
	 */
	public static final class Builder {

		private final GeminiMcpServerSettings settings;

		private WebClient.Builder webClientBuilder = WebClient.builder();

		private Function<HttpClient, ? extends ClientHttpConnector> connector = ReactorClientHttpConnector::new;

		private List<GeminiMcpWebClientCustomizer> webClientCustomizers = List.of();

		private List<GeminiMcpClientCustomizer> clientCustomizers = List.of();

		private @Nullable GeminiThreads threads;

		private Builder(GeminiMcpServerSettings settings) {
			this.settings = settings;
		}

		/**
		 * Set the builder of the {@code WebClient} for a server that is reached over
		 * HTTP. Its connector is replaced.
		 * @param webClientBuilder the builder, which is not modified
		 * @return this builder
		 */
		public Builder webClientBuilder(WebClient.Builder webClientBuilder) {
			this.webClientBuilder = webClientBuilder;
			return this;
		}

		/**
		 * Set the factory of the connector for a server that is reached over HTTP, for
		 * example with TLS settings or a proxy.
		 * @param connector creates the connector from an HTTP client, which has the pool
		 * of the server and must not be replaced
		 * @return this builder
		 */
		public Builder connector(Function<HttpClient, ? extends ClientHttpConnector> connector) {
			Assert.notNull(connector, "'connector' must not be null");
			this.connector = connector;
			return this;
		}

		/**
		 * Set the customizers of the {@code WebClient}.
		 * @param customizers the customizers, in the order in which they are applied
		 * @return this builder
		 */
		public Builder webClientCustomizers(List<GeminiMcpWebClientCustomizer> customizers) {
			this.webClientCustomizers = List.copyOf(customizers);
			return this;
		}

		/**
		 * Set the customizers of the MCP client.
		 * @param customizers the customizers, in the order in which they are applied
		 * @return this builder
		 */
		public Builder clientCustomizers(List<GeminiMcpClientCustomizer> customizers) {
			this.clientCustomizers = List.copyOf(customizers);
			return this;
		}

		/**
		 * Set the threads for filters of the {@code WebClient}.
		 * @param threads the threads, those of {@link GeminiThreads#shared()} if not set
		 * @return this builder
		 */
		public Builder threads(GeminiThreads threads) {
			this.threads = threads;
			return this;
		}

		/**
		 * Build the server. Does not connect yet.
		 * @return the server
		 */
		public GeminiMcpServer build() {
			return new GeminiMcpServer(this);
		}

	}

}
