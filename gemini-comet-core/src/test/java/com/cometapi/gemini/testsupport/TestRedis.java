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
import java.util.Objects;

import redis.embedded.RedisServer;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * A real Redis server for tests, on a free port and without a file.
 */
public final class TestRedis implements AutoCloseable {

	private final RedisServer server;

	private final LettuceConnectionFactory connections;

	private final int port = freePort();

	public TestRedis() {
		try {
			this.server = RedisServer.newRedisServer().port(this.port).bind("127.0.0.1").setting("save \"\"").build();
			this.server.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.connections = connectionsTo(this.port);
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
		LettuceConnectionFactory connections = new LettuceConnectionFactory("127.0.0.1", port);
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
