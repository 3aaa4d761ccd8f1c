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

package com.cometapi.gemini.autoconfigure;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.chat.GeminiChatRepository;
import com.cometapi.gemini.chat.GeminiChatRetention;
import com.cometapi.gemini.chat.GeminiChatWindow;
import com.cometapi.gemini.chat.GeminiChats;
import com.cometapi.gemini.chat.GeminiConversation;
import com.cometapi.gemini.chat.GeminiConversation.Turn;
import com.cometapi.gemini.chat.InMemoryGeminiChatRepository;
import com.cometapi.gemini.chat.jdbc.JdbcGeminiChatRepository;
import com.cometapi.gemini.chat.redis.RedisGeminiChatRepository;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.BDDMockito;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GeminiChatAutoConfiguration} and the auto-configurations of its
 * repositories.
 */
class GeminiChatAutoConfigurationTests {

	private static final Turn TURN = new Turn(List.of(Content.user("a"), Content.model("b")), null, null, null);

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(GeminiAutoConfiguration.class, GeminiChatAutoConfiguration.class,
				GeminiChatJdbcAutoConfiguration.class, GeminiChatRedisAutoConfiguration.class,
				DataSourceAutoConfiguration.class, DataRedisAutoConfiguration.class))
		.withPropertyValues("cometapi.gemini.api-key=sk-test");

	@Test
	void conversationsAreInMemoryByDefault() {
		this.contextRunner.run((context) -> {
			assertThat(context).hasSingleBean(GeminiChats.class);
			assertThat(context.getBean(GeminiChatRepository.class)).isInstanceOf(InMemoryGeminiChatRepository.class);
			assertThat(context).doesNotHaveBean(GeminiChatDataSourceScriptDatabaseInitializer.class);
		});
	}

	@Test
	void conversationsAreInMemoryWithoutDatabaseAndRedis() {
		this.contextRunner
			.withClassLoader(new FilteredClassLoader("org.springframework.jdbc", "org.springframework.data",
					"org.springframework.dao", "org.springframework.transaction", "org.springframework.boot.jdbc",
					"org.springframework.boot.sql", "org.springframework.boot.data"))
			.run((context) -> assertThat(context.getBean(GeminiChatRepository.class))
				.isInstanceOf(InMemoryGeminiChatRepository.class));
	}

	@Test
	void repositoryOfTheApplicationIsUsed() {
		this.contextRunner.withPropertyValues("cometapi.gemini.chat.repository=jdbc")
			.withBean("own", GeminiChatRepository.class,
					() -> new InMemoryGeminiChatRepository(1, GeminiChatRetention.UNLIMITED))
			.run((context) -> assertThat(context).getBean(GeminiChatRepository.class).isSameAs(context.getBean("own")));
	}

	@Test
	void whenApplicationHasSeveralTemplatesThenItMakesItsOwnChats() {
		ApplicationContextRunner several = this.contextRunner
			.withBean("fast", GeminiTemplate.class, () -> GeminiTemplate.builder("sk-test").build())
			.withBean("smart", GeminiTemplate.class, () -> GeminiTemplate.builder("sk-test").build());
		several.run((context) -> assertThat(context).hasSingleBean(GeminiChatRepository.class)
			.doesNotHaveBean(GeminiChats.class));
		several
			.withBean("main", GeminiTemplate.class, () -> GeminiTemplate.builder("sk-test").build(),
					(definition) -> definition.setPrimary(true))
			.run((context) -> assertThat(context).hasSingleBean(GeminiChats.class));
	}

	@Test
	void turnThatIsBeingStoredAtShutdownIsStoredBeforeItsRepositoryIsClosed() {
		SlowRepository repository = new SlowRepository();
		this.contextRunner.withBean(SlowRepository.class, () -> repository).run((context) -> {
			var stored = context.getBean(GeminiChats.class)
				.beginAsync("a", new GeminiConversation(1, List.of(TURN)))
				.toFuture();
			assertThat(repository.begun.await(30, TimeUnit.SECONDS)).isTrue();
			var close = CompletableFuture.runAsync(context::close);
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.until(() -> !context.getBean(GeminiChatShutdownLifecycle.class).isRunning());
			repository.end.countDown();
			assertThat(stored).succeedsWithin(Duration.ofSeconds(30));
			assertThat(close).succeedsWithin(Duration.ofSeconds(30));
			assertThat(repository.find("a")).isPresent();
		});
	}

	@Test
	void whenEnabledIsFalseThenChatsAreNotConfigured() {
		this.contextRunner.withPropertyValues("cometapi.gemini.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(GeminiChats.class)
				.doesNotHaveBean(GeminiChatRepository.class));
	}

	@Test
	void tablesOfAnEmbeddedDatabaseAreCreated() {
		this.contextRunner.withPropertyValues("cometapi.gemini.chat.repository=jdbc").run((context) -> {
			assertThat(context.getBean(GeminiChatRepository.class)).isInstanceOf(JdbcGeminiChatRepository.class);
			GeminiChatRepository repository = context.getBean(GeminiChatRepository.class);
			repository.append("a", 0, List.of(TURN));
			assertThat(repository.find("a")).isPresent();
		});
	}

	@Test
	void tablesAreNotCreatedWhenSwitchedOff() {
		this.contextRunner
			.withPropertyValues("cometapi.gemini.chat.repository=jdbc",
					"cometapi.gemini.chat.jdbc.initialize-schema=never")
			.run((context) -> assertThat(
					new JdbcTemplate(context.getBean(DataSource.class)).queryForList("SHOW TABLES"))
				.isEmpty());
	}

	@Test
	void redisIsUsedWhenConfigured() {
		this.contextRunner
			.withPropertyValues("cometapi.gemini.chat.repository=redis", "cometapi.gemini.chat.redis.key-prefix=x:")
			.run((context) -> assertThat(context.getBean(GeminiChatRepository.class))
				.isInstanceOf(RedisGeminiChatRepository.class));
	}

	@Test
	void whenOneOfSeveralDatabasesIsPrimaryThenItIsUsed() {
		this.contextRunner.withPropertyValues("cometapi.gemini.chat.repository=jdbc")
			.withBean("orders", DataSource.class, () -> database("orders"))
			.withBean("chats", DataSource.class, () -> database("chats"), (definition) -> definition.setPrimary(true))
			.run((context) -> {
				context.getBean(GeminiChatRepository.class).append("a", 0, List.of(TURN));
				assertThat(new JdbcTemplate(context.getBean("chats", DataSource.class))
					.queryForList("SELECT ID FROM GEMINI_CHAT")).hasSize(1);
			});
	}

	private static DataSource database(String name) {
		return new DriverManagerDataSource("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
	}

	@Test
	void tablesOfMySqlAreCreatedForMariaDbToo() {
		this.contextRunner
			.withPropertyValues("cometapi.gemini.chat.repository=jdbc",
					"cometapi.gemini.chat.jdbc.initialize-schema=always")
			.withBean(DataSource.class, () -> new MariaDbDataSource(database("mariadb;MODE=MySQL")))
			.run((context) -> {
				context.getBean(GeminiChatRepository.class).append("a", 0, List.of(TURN));
				assertThat(new JdbcTemplate(context.getBean(DataSource.class))
					.queryForList("SELECT ID FROM GEMINI_CHAT WHERE ID = 'a'")).hasSize(1);
			});
	}

	@Test
	void settingsAreTakenFromProperties() {
		this.contextRunner
			.withPropertyValues("cometapi.gemini.chat.max-conversations=7", "cometapi.gemini.chat.time-to-live=2h",
					"cometapi.gemini.chat.max-turns=5", "cometapi.gemini.chat.window.max-turns=3",
					"cometapi.gemini.chat.window.max-tokens=1000")
			.run((context) -> {
				GeminiProperties.Chat chat = context.getBean(GeminiProperties.class).chat();
				assertThat(GeminiChatSettingsFactory.maxConversations(chat)).isEqualTo(7);
				assertThat(GeminiChatSettingsFactory.retention(chat))
					.isEqualTo(new GeminiChatRetention(Duration.ofHours(2), 5));
				assertThat(GeminiChatSettingsFactory.retentionInMemory(chat))
					.isEqualTo(GeminiChatSettingsFactory.retention(chat));
				assertThat(GeminiChatSettingsFactory.window(chat)).isEqualTo(new GeminiChatWindow(3, 1000));
			});
	}

	@Test
	void conversationsInMemoryExpireAfterADayByDefault() {
		this.contextRunner.run((context) -> {
			GeminiProperties.Chat chat = context.getBean(GeminiProperties.class).chat();
			assertThat(GeminiChatSettingsFactory.retentionInMemory(chat))
				.isEqualTo(new GeminiChatRetention(Duration.ofDays(1), 1000));
			assertThat(GeminiChatSettingsFactory.retention(chat)).isEqualTo(new GeminiChatRetention(null, 1000));
			assertThat(GeminiChatSettingsFactory.window(chat)).isEqualTo(GeminiChatWindow.ALL);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "max-conversations=0", "time-to-live=0s", "max-turns=0", "window.max-turns=0",
			"window.max-tokens=-1" })
	void whenLimitIsNotPositiveThenStartupFails(String property) {
		this.contextRunner.withPropertyValues("cometapi.gemini.chat." + property)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidGeminiPropertyException.class)
				.hasMessageContaining("cometapi.gemini.chat." + property.substring(0, property.indexOf('='))));
	}

	/**
	 * A database that identifies itself as MariaDB.
	 */
	private static final class MariaDbDataSource extends DelegatingDataSource {

		MariaDbDataSource(DataSource dataSource) {
			super(dataSource);
		}

		@Override
		public Connection getConnection() throws SQLException {
			Connection connection = BDDMockito.spy(super.getConnection());
			DatabaseMetaData metaData = BDDMockito.spy(connection.getMetaData());
			BDDMockito.willReturn("MariaDB").given(metaData).getDatabaseProductName();
			BDDMockito.willReturn(metaData).given(connection).getMetaData();
			return connection;
		}

	}

	/**
	 * A repository that stores slowly, and fails to store once it is closed.
	 */
	static final class SlowRepository implements GeminiChatRepository, AutoCloseable {

		private final InMemoryGeminiChatRepository target = new InMemoryGeminiChatRepository(1,
				GeminiChatRetention.UNLIMITED);

		private final CountDownLatch begun = new CountDownLatch(1);

		private final CountDownLatch end = new CountDownLatch(1);

		private volatile boolean closed;

		@Override
		public Optional<GeminiConversation> find(String id) {
			return this.target.find(id);
		}

		@Override
		public void append(String id, long version, List<Turn> turns) {
			this.begun.countDown();
			try {
				assertThat(this.end.await(60, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			assertThat(this.closed).isFalse();
			this.target.append(id, version, turns);
		}

		@Override
		public void delete(String id) {
			this.target.delete(id);
		}

		@Override
		public void close() {
			this.closed = true;
			// A turn that is stored only now fails, since the repository is closed.
			this.end.countDown();
		}

	}

}
