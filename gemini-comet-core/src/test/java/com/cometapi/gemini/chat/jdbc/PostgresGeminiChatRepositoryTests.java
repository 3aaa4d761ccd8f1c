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

package com.cometapi.gemini.chat.jdbc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import com.cometapi.gemini.LostReplies;
import com.cometapi.gemini.chat.GeminiChatRetention;
import com.cometapi.gemini.chat.GeminiConversation;
import com.cometapi.gemini.chat.GeminiConversation.Turn;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link JdbcGeminiChatRepository} with PostgreSQL.
 */
class PostgresGeminiChatRepositoryTests extends AbstractJdbcGeminiChatRepositoryTests {

	private static final HikariDataSource dataSource = new HikariDataSource();

	private static EmbeddedPostgres postgres;

	@BeforeAll
	static void startDatabase() throws IOException {
		postgres = EmbeddedPostgres.start();
		dataSource.setDataSource(postgres.getPostgresDatabase());
		createSchema(dataSource, "schema-postgresql.sql");
	}

	@AfterAll
	static void stopDatabase() throws IOException {
		dataSource.close();
		postgres.close();
	}

	@Test
	void turnIsStoredOnceIfTheReplyToItsCommitIsLost() throws IOException {
		try (LostReplies proxy = new LostReplies(postgres.getPort(), "COMMIT")) {
			// Each transaction has a new connection, so that COMMIT is sent as text.
			JdbcGeminiChatRepository repository = new JdbcGeminiChatRepository(
					new DriverManagerDataSource(
							"jdbc:postgresql://127.0.0.1:" + proxy.port() + "/postgres?user=postgres"),
					GeminiChatRetention.UNLIMITED);
			List<Turn> turns = new ArrayList<>();
			for (int i = 0; i < 10; i++) {
				turns.add(storable("turn" + i));
				proxy.lose(1 + i % 2);
				repository.append("a", i, turns.subList(i, i + 1));
			}
			assertThat(repository.find("a")).contains(new GeminiConversation(10, turns));
			assertThat(proxy.lost()).isGreaterThanOrEqualTo(10);
		}
	}

	@Override
	protected DataSource dataSource() {
		return dataSource;
	}

	@Override
	protected String scriptName() {
		return "schema-postgresql.sql";
	}

}
