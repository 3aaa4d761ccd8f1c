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

package com.cometapi.gemini.cache;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Objects;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import redis.embedded.RedisServer;

import org.springframework.cache.Cache;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Tests for {@link GeminiCacheFilter} with a real Redis server.
 */
class RedisGeminiCacheFilterTests extends AbstractGeminiCacheFilterTests {

	private static RedisServer redisServer;

	private static LettuceConnectionFactory connections;

	private static RedisCacheManager caches;

	@BeforeAll
	static void startServer() throws IOException {
		int port = freePort();
		redisServer = RedisServer.newRedisServer().port(port).bind("127.0.0.1").setting("save \"\"").build();
		redisServer.start();
		connections = new LettuceConnectionFactory("127.0.0.1", port);
		connections.afterPropertiesSet();
		connections.start();
		caches = RedisCacheManager.create(connections);
		caches.afterPropertiesSet();
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	@AfterAll
	static void stopServer() throws IOException {
		connections.destroy();
		redisServer.stop();
	}

	@Override
	protected Cache cache() {
		Cache cache = Objects.requireNonNull(caches.getCache("gemini"));
		cache.clear();
		return cache;
	}

}
