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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.cometapi.gemini.LostReplies;
import com.cometapi.gemini.chat.AbstractGeminiChatRepositoryTests;
import com.cometapi.gemini.chat.GeminiChatAppendException;
import com.cometapi.gemini.chat.GeminiChatRepository;
import com.cometapi.gemini.chat.GeminiChatRetention;
import com.cometapi.gemini.chat.GeminiChatWindow;
import com.cometapi.gemini.chat.GeminiConversation;
import com.cometapi.gemini.chat.GeminiConversation.Turn;
import com.cometapi.gemini.testsupport.TestRedis;
import io.lettuce.core.ClientOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link RedisGeminiChatRepository} with a real server.
 */
class RedisGeminiChatRepositoryTests extends AbstractGeminiChatRepositoryTests {

	@AutoClose
	private static TestRedis server;

	private static LettuceConnectionFactory connections;

	private static StringRedisTemplate redis;

	@BeforeAll
	static void startServer() {
		server = new TestRedis();
		connections = server.connections();
		redis = server.template();
	}

	@AfterEach
	void empty() {
		server.empty();
	}

	@Override
	protected GeminiChatRepository create(GeminiChatRetention retention) {
		return new RedisGeminiChatRepository(connections, "test:", retention);
	}

	@Override
	protected void pass(Duration time) {
		for (String key : redis.keys("*")) {
			redis.expire(key, Duration.ofMillis(redis.getExpire(key, TimeUnit.MILLISECONDS)).minus(time));
		}
	}

	@Test
	void conversationIsOneKey() {
		GeminiChatRepository repository = create(new GeminiChatRetention(Duration.ofHours(1), null));
		repository.append("a", 0, List.of(turn("1"), turn("2")));
		repository.append("a", 2, List.of(turn("3")));

		assertThat(redis.keys("*")).containsExactly("test:a");
		assertThat(redis.getExpire("test:a")).isBetween(3500L, 3600L);
		assertThat(redis.opsForList().size("test:a")).isEqualTo(6);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void turnIsStoredOnceIfTheReplyToItIsLost(boolean reconnect) throws IOException {
		try (LostReplies proxy = new LostReplies(connections.getPort(), "EVAL")) {
			LettuceConnectionFactory unreliable = connections(proxy.port(), reconnect);
			RedisGeminiChatRepository repository = new RedisGeminiChatRepository(unreliable, "test:",
					GeminiChatRetention.UNLIMITED);
			List<Turn> turns = new ArrayList<>();
			for (int i = 0; i < 10; i++) {
				turns.add(new Turn("id" + i, turn("turn" + i).contents(), null, null, null));
				proxy.lose(1);
				repository.append("a", i, turns.subList(i, i + 1));
			}
			assertThat(repository.find("a")).contains(new GeminiConversation(10, turns));
			assertThat(proxy.lost()).isEqualTo(10);
			unreliable.destroy();
		}
	}

	@Test
	void turnsOfTwoProcessesAreStoredOnceIfRepliesAreLost() throws IOException {
		try (LostReplies proxy = new LostReplies(connections.getPort(), "EVAL")) {
			proxy.loseEvery(3);
			LettuceConnectionFactory unreliable = connections(proxy.port(), true);
			assertThatAllTurnsAreKept(
					() -> new RedisGeminiChatRepository(unreliable, "test:", GeminiChatRetention.UNLIMITED));
			assertThat(proxy.lost()).isPositive();
			unreliable.destroy();
		}
	}

	@Test
	void exceptionSaysThatATurnMayHaveBeenStored() throws IOException {
		try (LostReplies proxy = new LostReplies(connections.getPort(), "EVAL")) {
			LettuceConnectionFactory unreliable = connections(proxy.port(), false);
			RedisGeminiChatRepository repository = new RedisGeminiChatRepository(unreliable, "test:",
					GeminiChatRetention.UNLIMITED);
			List<Turn> turns = List.of(new Turn("id", turn("a").contents(), null, null, null));
			proxy.lose(Integer.MAX_VALUE);
			assertThatExceptionOfType(GeminiChatAppendException.class)
				.isThrownBy(() -> repository.append("a", 0, turns))
				.matches(GeminiChatAppendException::mayHaveBeenStored);
			proxy.lose(0);
			repository.append("a", 0, turns);

			assertThat(repository.find("a")).contains(new GeminiConversation(1, turns));
			unreliable.destroy();
		}
	}

	@Test
	void exceptionSaysThatARefusedTurnWasNotStored() {
		redis.opsForValue().set("test:a", "no list");

		assertThatExceptionOfType(GeminiChatAppendException.class)
			.isThrownBy(() -> create(GeminiChatRetention.UNLIMITED).append("a", 0, List.of(turn("1"))))
			.matches((ex) -> !ex.mayHaveBeenStored());
	}

	@Test
	void formatOfAnEarlierVersionIsRefused() {
		redis.opsForList().rightPushAll("test:a", "1:{\"contents\": []}", "2:{\"contents\": []}");
		GeminiChatRepository repository = create(GeminiChatRetention.UNLIMITED);

		assertThatIllegalStateException().isThrownBy(() -> repository.find("a"))
			.withMessageContaining("earlier version");
		assertThatIllegalStateException().isThrownBy(() -> repository.find("a", GeminiChatWindow.turns(1)))
			.withMessageContaining("earlier version");
	}

	private static LettuceConnectionFactory connections(int port, boolean reconnect) {
		LettuceClientConfiguration client = LettuceClientConfiguration.builder()
			.commandTimeout(Duration.ofSeconds(5))
			.clientOptions(ClientOptions.builder().autoReconnect(reconnect).build())
			.build();
		LettuceConnectionFactory connections = new LettuceConnectionFactory(
				new RedisStandaloneConfiguration("127.0.0.1", port), client);
		connections.setValidateConnection(!reconnect);
		connections.afterPropertiesSet();
		connections.start();
		return connections;
	}

	@Test
	void conversationWithoutALimitNoLongerExpires() {
		create(new GeminiChatRetention(Duration.ofHours(1), null)).append("a", 0, List.of(turn("1")));
		create(GeminiChatRetention.UNLIMITED).append("a", 1, List.of(turn("2")));

		assertThat(redis.getExpire("test:a")).isEqualTo(-1);
	}

}
