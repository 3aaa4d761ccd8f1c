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

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import javax.sql.DataSource;

import com.cometapi.gemini.chat.AbstractGeminiChatRepositoryTests;
import com.cometapi.gemini.chat.GeminiChatAppendException;
import com.cometapi.gemini.chat.GeminiChatRepository;
import com.cometapi.gemini.chat.GeminiChatRetention;
import com.cometapi.gemini.chat.GeminiConversation;
import com.cometapi.gemini.chat.GeminiConversation.Turn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link JdbcGeminiChatRepository}, whatever the database.
 */
abstract class AbstractJdbcGeminiChatRepositoryTests extends AbstractGeminiChatRepositoryTests {

	private final JdbcTemplate jdbc = new JdbcTemplate(dataSource());

	private Instant now = Instant.now();

	protected abstract DataSource dataSource();

	@Override
	protected GeminiChatRepository create(GeminiChatRetention retention) {
		return new JdbcGeminiChatRepository(dataSource(), retention, () -> this.now);
	}

	@Override
	protected void pass(Duration time) {
		this.now = this.now.plus(time);
	}

	@AfterEach
	void empty() {
		this.jdbc.update("DELETE FROM GEMINI_CHAT");
	}

	@Test
	void turnsAreDeletedWithTheirConversation() {
		GeminiChatRepository repository = create(GeminiChatRetention.UNLIMITED);
		repository.append("a", 0, List.of(turn("1"), turn("2")));
		repository.delete("a");

		assertThat(count("GEMINI_CHAT_TURN")).isZero();
	}

	@Test
	void expiredConversationsAreRemovedWhenOthersAreWritten() {
		GeminiChatRepository repository = create(new GeminiChatRetention(Duration.ofMinutes(1), null));
		repository.append("a", 0, List.of(turn("1")));
		pass(Duration.ofMinutes(2));
		repository.append("b", 0, List.of(turn("1")));

		assertThat(count("GEMINI_CHAT")).isOne();
		assertThat(count("GEMINI_CHAT_TURN")).isOne();
	}

	@Test
	void turnIsStoredOnceIfItsCommitOrTheReplyIsLost() {
		UnreliableCommits unreliable = new UnreliableCommits(dataSource());
		JdbcGeminiChatRepository repository = new JdbcGeminiChatRepository(unreliable, GeminiChatRetention.UNLIMITED);
		List<Turn> turns = List.of(storable("1"), storable("2"), storable("3"), storable("4"));
		unreliable.lostReplies = 1;
		repository.append("a", 0, turns.subList(0, 1));
		unreliable.lostReplies = 1;
		repository.append("a", 1, turns.subList(1, 2));
		unreliable.lostCommits = 1;
		repository.append("a", 2, turns.subList(2, 3));
		unreliable.lostCommits = 1;
		unreliable.lostReplies = 1;
		repository.append("a", 3, turns.subList(3, 4));

		assertThat(repository.find("a")).contains(new GeminiConversation(4, turns));
	}

	@Test
	void turnsOfTwoProcessesAreStoredOnceIfRepliesAreLost() {
		UnreliableCommits unreliable = new UnreliableCommits(dataSource());
		unreliable.loseEvery = 2;

		assertThatAllTurnsAreKept(() -> new JdbcGeminiChatRepository(unreliable, GeminiChatRetention.UNLIMITED));
	}

	@Test
	void exceptionSaysWhetherTheTurnMayBeStored() {
		UnreliableCommits unreliable = new UnreliableCommits(dataSource());
		JdbcGeminiChatRepository repository = new JdbcGeminiChatRepository(unreliable, GeminiChatRetention.UNLIMITED);
		Turn turn = storable("1");
		unreliable.lostConnections = 1;
		assertThatExceptionOfType(GeminiChatAppendException.class)
			.isThrownBy(() -> repository.append("a", 0, List.of(turn)))
			.matches((ex) -> !ex.mayHaveBeenStored());
		unreliable.lostStatements = 1;
		assertThatExceptionOfType(GeminiChatAppendException.class)
			.isThrownBy(() -> repository.append("a", 0, List.of(turn)))
			.matches((ex) -> !ex.mayHaveBeenStored());
		assertThat(repository.find("a")).isEmpty();
		unreliable.lostReplies = 1;
		unreliable.lostStatements = 0;
		repository.append("a", 0, List.of(turn));
		unreliable.lostCommits = Integer.MAX_VALUE;
		assertThatExceptionOfType(GeminiChatAppendException.class)
			.isThrownBy(() -> repository.append("a", 1, List.of(turn)))
			.withMessageEndingWith("may have been stored")
			.matches(GeminiChatAppendException::mayHaveBeenStored);

		unreliable.lostCommits = 0;
		assertThat(repository.find("a")).contains(new GeminiConversation(1, List.of(turn)));
	}

	static Turn storable(String text) {
		return new Turn(UUID.randomUUID().toString(), turn(text).contents(), null, null, null);
	}

	@Test
	void schemaMayExistAlready() {
		createSchema(dataSource(), scriptName());
		createSchema(dataSource(), scriptName());
	}

	protected abstract String scriptName();

	private int count(String table) {
		Integer count = this.jdbc.queryForObject("SELECT COUNT(*) FROM " + table, Integer.class);
		return (count != null) ? count : -1;
	}

	static void createSchema(DataSource dataSource, String scriptName) {
		new ResourceDatabasePopulator(new ClassPathResource(scriptName, JdbcGeminiChatRepository.class))
			.execute(dataSource);
	}

}
