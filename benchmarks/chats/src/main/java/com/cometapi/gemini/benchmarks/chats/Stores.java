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

package com.cometapi.gemini.benchmarks.chats;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;

import javax.sql.DataSource;

import com.cometapi.gemini.chat.GeminiChatRepository;
import com.cometapi.gemini.chat.GeminiChatRetention;
import com.cometapi.gemini.chat.jdbc.JdbcGeminiChatRepository;
import com.cometapi.gemini.chat.redis.RedisGeminiChatRepository;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import redis.embedded.RedisServer;

import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * The stores: H2 in a file, PostgreSQL and Redis as processes of their own, which end
 * with this one.
 */
final class Stores {

	private static final GeminiChatRetention RETENTION = new GeminiChatRetention(null, 100_000);

	private static final Map<String, Callable<GeminiChatRepository>> STORES = Map.of("h2", Stores::h2, "postgresql",
			Stores::postgresql, "redis", Stores::redis);

	private Stores() {
	}

	static GeminiChatRepository open(String name) throws Exception {
		Callable<GeminiChatRepository> store = STORES.get(name);
		if (store == null) {
			throw new IllegalArgumentException("There is no store '%s'. Stores: %s".formatted(name, STORES.keySet()));
		}
		return store.call();
	}

	private static GeminiChatRepository h2() throws IOException {
		Path directory = Files.createTempDirectory("chats");
		HikariDataSource dataSource = new HikariDataSource();
		dataSource.setJdbcUrl("jdbc:h2:file:" + directory.resolve("chats"));
		onExit(() -> {
			dataSource.close();
			Files.deleteIfExists(directory.resolve("chats.mv.db"));
			return Files.deleteIfExists(directory);
		});
		return jdbc(dataSource, "schema-h2.sql");
	}

	private static GeminiChatRepository postgresql() throws IOException {
		EmbeddedPostgres postgres = EmbeddedPostgres.start();
		HikariDataSource dataSource = new HikariDataSource();
		dataSource.setDataSource(postgres.getPostgresDatabase());
		onExit(() -> {
			dataSource.close();
			postgres.close();
			return true;
		});
		return jdbc(dataSource, "schema-postgresql.sql");
	}

	private static GeminiChatRepository jdbc(DataSource dataSource, String schema) {
		new ResourceDatabasePopulator(new ClassPathResource(schema, JdbcGeminiChatRepository.class))
			.execute(dataSource);
		return new JdbcGeminiChatRepository(dataSource, RETENTION);
	}

	private static GeminiChatRepository redis() throws IOException {
		int port;
		try (ServerSocket socket = new ServerSocket(0)) {
			port = socket.getLocalPort();
		}
		RedisServer server = RedisServer.newRedisServer().port(port).bind("127.0.0.1").setting("save \"\"").build();
		server.start();
		LettuceConnectionFactory connections = new LettuceConnectionFactory("127.0.0.1", port);
		connections.afterPropertiesSet();
		connections.start();
		onExit(() -> {
			connections.destroy();
			server.stop();
			return true;
		});
		return new RedisGeminiChatRepository(connections, "chat:", RETENTION);
	}

	private static void onExit(Callable<Boolean> action) {
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			try {
				action.call();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}));
	}

}
