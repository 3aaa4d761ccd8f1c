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

package com.cometapi.gemini.chat.redis;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import com.cometapi.gemini.AbstractGeminiChatRepositoryTests;
import com.cometapi.gemini.GeminiChatRepository;
import com.cometapi.gemini.GeminiChatRetention;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisServer;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedisGeminiChatRepository} with a real server.
 */
class RedisGeminiChatRepositoryTests extends AbstractGeminiChatRepositoryTests {

	private static RedisServer server;

	private static LettuceConnectionFactory connections;

	private static StringRedisTemplate redis;

	@BeforeAll
	static void startServer() throws IOException {
		int port = freePort();
		server = RedisServer.newRedisServer().port(port).bind("127.0.0.1").setting("save \"\"").build();
		server.start();
		connections = new LettuceConnectionFactory("127.0.0.1", port);
		connections.afterPropertiesSet();
		connections.start();
		redis = new StringRedisTemplate(connections);
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	@AfterAll
	static void stopServer() throws IOException {
		connections.destroy();
		server.stop();
	}

	@AfterEach
	void empty() {
		redis.delete(Objects.requireNonNull(redis.keys("*")));
	}

	@Override
	protected GeminiChatRepository create(GeminiChatRetention retention) {
		return new RedisGeminiChatRepository(connections, "test:", retention);
	}

	@Override
	protected void pass(Duration time) {
		long end = System.nanoTime() + time.toNanos();
		Awaitility.await().pollInterval(Duration.ofMillis(10)).until(() -> System.nanoTime() > end);
	}

	@Test
	void conversationIsOneKey() {
		GeminiChatRepository repository = create(new GeminiChatRetention(Duration.ofHours(1), null));
		repository.append("a", 0, List.of(turn("1"), turn("2")));
		repository.append("a", 2, List.of(turn("3")));

		assertThat(redis.keys("*")).containsExactly("test:a");
		assertThat(redis.getExpire("test:a")).isBetween(3500L, 3600L);
		assertThat(redis.opsForList().size("test:a")).isEqualTo(3);
	}

	@Test
	void whatHasNoEndAnyMoreIsKept() {
		create(new GeminiChatRetention(Duration.ofHours(1), null)).append("a", 0, List.of(turn("1")));
		create(GeminiChatRetention.UNLIMITED).append("a", 1, List.of(turn("2")));

		assertThat(redis.getExpire("test:a")).isEqualTo(-1);
	}

}
