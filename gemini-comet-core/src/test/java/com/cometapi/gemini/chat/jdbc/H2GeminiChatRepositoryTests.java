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

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * Tests for {@link JdbcGeminiChatRepository} with H2.
 */
class H2GeminiChatRepositoryTests extends AbstractJdbcGeminiChatRepositoryTests {

	private static final HikariDataSource dataSource = new HikariDataSource();

	@BeforeAll
	static void openDatabase() {
		dataSource.setJdbcUrl("jdbc:h2:mem:chats");
		createSchema(dataSource, "schema-h2.sql");
	}

	@AfterAll
	static void closeDatabase() {
		dataSource.close();
	}

	@Override
	protected DataSource dataSource() {
		return dataSource;
	}

	@Override
	protected String scriptName() {
		return "schema-h2.sql";
	}

}
