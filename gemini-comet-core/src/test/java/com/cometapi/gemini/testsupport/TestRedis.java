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

package com.cometapi.gemini.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;

import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.Transports;
import org.jspecify.annotations.Nullable;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * A real Redis server for tests, on a free port.
 */
public final class TestRedis implements AutoCloseable {

	// Clients reconnect soon and share their threads.
	private static final ClientResources RESOURCES = ClientResources.builder()
		.reconnectDelay(Delay.constant(Duration.ofMillis(50)))
		.build();

	static {
		// Without this reference, the event loops end with the last client. The handshake
		// of a refused connection times out after a minute only, and Lettuce would then
		// log an error during other tests.
		RESOURCES.eventLoopGroupProvider().allocate(Transports.eventLoopGroupClass());
	}

	private RedisServer server;

	private ProcessHandle process;

	private final LettuceConnectionFactory connections;

	private final int port = freePort();

	private final @Nullable Path folder;

	/**
	 * Start a server that keeps its data in memory only.
	 */
	public TestRedis() {
		this(null);
	}

	/**
	 * Start a server.
	 * @param folder the folder for a file with all commands, so that no data is lost if
	 * the server is killed, or {@code null} for no file
	 */
	public TestRedis(@Nullable Path folder) {
		this.folder = folder;
		this.server = startServer();
		this.connections = connectionsTo(this.port);
		this.process = findProcess();
	}

	private ProcessHandle findProcess() {
		Properties server = Objects.requireNonNull(template()
			.execute((RedisCallback<Properties>) (connection) -> connection.serverCommands().info("server")));
		return ProcessHandle.of(Long.parseLong(server.getProperty("process_id"))).orElseThrow();
	}

	private RedisServer startServer() {
		try {
			RedisServerBuilder builder = RedisServer.newRedisServer()
				.port(this.port)
				.bind("127.0.0.1")
				.setting("save \"\"");
			if (this.folder != null) {
				builder.setting("appendonly yes").setting("dir " + this.folder);
			}
			RedisServer server = builder.build();
			server.start();
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Kill the server with SIGKILL, which loses its data unless it has a file.
	 */
	public void kill() {
		this.process.destroyForcibly();
		this.process.onExit().join();
	}

	/**
	 * Start the server again after it was killed.
	 */
	public void restart() {
		this.server = startServer();
		this.process = findProcess();
	}

	/**
	 * Suspend the server, which then does not respond until it is resumed.
	 */
	public void suspend() {
		signal("STOP");
	}

	public void resume() {
		signal("CONT");
	}

	private void signal(String name) {
		try {
			int status = new ProcessBuilder("kill", "-" + name, Long.toString(this.process.pid())).start().waitFor();
			if (status != 0) {
				throw new IllegalStateException("kill: " + status);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public int port() {
		return this.port;
	}

	public LettuceConnectionFactory connections() {
		return this.connections;
	}

	public StringRedisTemplate template() {
		return new StringRedisTemplate(this.connections);
	}

	/**
	 * Delete all keys.
	 */
	public void empty() {
		StringRedisTemplate template = template();
		template.delete(Objects.requireNonNull(template.keys("*")));
	}

	@Override
	public void close() {
		this.connections.destroy();
		try {
			this.server.stop();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return connections to a port of this host, which the caller destroys.
	 */
	public static LettuceConnectionFactory connectionsTo(int port) {
		LettuceConnectionFactory connections = new LettuceConnectionFactory(
				new RedisStandaloneConfiguration("127.0.0.1", port),
				LettuceClientConfiguration.builder()
					.clientResources(RESOURCES)
					.shutdownQuietPeriod(Duration.ZERO)
					.build());
		connections.afterPropertiesSet();
		connections.start();
		return connections;
	}

	public static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
