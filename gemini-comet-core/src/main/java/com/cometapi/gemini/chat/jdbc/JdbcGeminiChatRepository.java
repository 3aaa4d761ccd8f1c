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

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import javax.sql.DataSource;

import com.cometapi.gemini.chat.GeminiChatAppendException;
import com.cometapi.gemini.chat.GeminiChatConflictException;
import com.cometapi.gemini.chat.GeminiChatRepository;
import com.cometapi.gemini.chat.GeminiChatRetention;
import com.cometapi.gemini.chat.GeminiChatWindow;
import com.cometapi.gemini.chat.GeminiConversation;
import com.cometapi.gemini.chat.GeminiConversation.Turn;
import com.cometapi.gemini.chat.GeminiTurnSummary;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.Assert;

/**
 * Stores conversations in the tables {@code GEMINI_CHAT} and {@code GEMINI_CHAT_TURN} of
 * a relational database, each turn as JSON in a row of its own with its summary beside
 * it, so that no more turns are read than a window needs. The scripts that create the
 * tables are the {@code schema-*.sql} files in the package of this class. Thread-safe.
 *
 * <p>
 * If the reply to a commit is lost, the turns are appended once more; turns that are
 * there already are recognized by their id.
 *
 * <p>
 * Expired conversations are not found. They are deleted at most once a minute, after a
 * write to any conversation.
 */
public final class JdbcGeminiChatRepository implements GeminiChatRepository {

	private static final Log logger = LogFactory.getLog(JdbcGeminiChatRepository.class);

	private static final long CLEANUP_INTERVAL = Duration.ofMinutes(1).toMillis();

	private static final int MAX_ATTEMPTS = 3;

	// Reads the summary too, so that tables of an earlier version fail before a call is
	// billed.
	private static final String FIND = """
			SELECT C.VERSION, T.TURN, T.SUMMARY FROM GEMINI_CHAT C
			LEFT JOIN GEMINI_CHAT_TURN T ON T.CHAT_ID = C.ID AND T.TURN_NUMBER > C.VERSION - ?
			WHERE C.ID = ? AND (C.EXPIRES_AT IS NULL OR C.EXPIRES_AT > ?) ORDER BY T.TURN_NUMBER""";

	private static final String FIND_SUMMARIES = """
			SELECT T.SUMMARY FROM GEMINI_CHAT C JOIN GEMINI_CHAT_TURN T ON T.CHAT_ID = C.ID
			AND T.TURN_NUMBER > C.VERSION - ? AND T.TURN_NUMBER <= C.VERSION - ?
			WHERE C.ID = ? AND (C.EXPIRES_AT IS NULL OR C.EXPIRES_AT > ?) ORDER BY T.TURN_NUMBER DESC""";

	private static final String COUNT_TURN = """
			SELECT COUNT(*) FROM GEMINI_CHAT_TURN WHERE CHAT_ID = ? AND TURN_NUMBER = ? AND TURN_ID = ?""";

	private static final String INSERT = "INSERT INTO GEMINI_CHAT (ID, VERSION, EXPIRES_AT) VALUES (?, ?, ?)";

	private static final String UPDATE = """
			UPDATE GEMINI_CHAT SET VERSION = ?, EXPIRES_AT = ?
			WHERE ID = ? AND VERSION = ? AND (EXPIRES_AT IS NULL OR EXPIRES_AT > ?)""";

	private static final String INSERT_TURN = """
			INSERT INTO GEMINI_CHAT_TURN (CHAT_ID, TURN_NUMBER, TURN_ID, SUMMARY, TURN) VALUES (?, ?, ?, ?, ?)""";

	private static final String LIMIT_TURNS = "DELETE FROM GEMINI_CHAT_TURN WHERE CHAT_ID = ? AND TURN_NUMBER <= ?";

	private static final String FIND_IDS = """
			SELECT ID FROM GEMINI_CHAT WHERE ID LIKE ? ESCAPE '!' AND (EXPIRES_AT IS NULL OR EXPIRES_AT > ?)""";

	private static final String DELETE = "DELETE FROM GEMINI_CHAT WHERE ID = ?";

	private static final String DELETE_VERSION = DELETE + " AND VERSION = ? AND (EXPIRES_AT IS NULL OR EXPIRES_AT > ?)";

	private static final String DELETE_EXPIRED = "DELETE FROM GEMINI_CHAT WHERE EXPIRES_AT <= ?";

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transactions;

	private final GeminiChatRetention retention;

	private final InstantSource clock;

	private final AtomicLong lastCleanup = new AtomicLong();

	/**
	 * Create a repository.
	 * @param dataSource the database
	 * @param retention the limits on the age and the number of stored turns
	 */
	public JdbcGeminiChatRepository(DataSource dataSource, GeminiChatRetention retention) {
		this(dataSource, retention, InstantSource.system());
	}

	JdbcGeminiChatRepository(DataSource dataSource, GeminiChatRetention retention, InstantSource clock) {
		Assert.notNull(dataSource, "'dataSource' must not be null");
		Assert.notNull(retention, "'retention' must not be null");
		this.jdbc = new JdbcTemplate(dataSource);
		this.transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
		this.transactions.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
		this.retention = retention;
		this.clock = clock;
	}

	@Override
	public Optional<GeminiConversation> find(String id) {
		GeminiChatRepository.checkId(id);
		return find(id, Long.MAX_VALUE);
	}

	@Override
	public Optional<GeminiConversation> find(String id, GeminiChatWindow window) {
		GeminiChatRepository.checkId(id);
		return find(id, (window.isUnlimited()) ? Long.MAX_VALUE
				: window.countTurns((skip, count) -> summaries(id, skip, count)));
	}

	private Optional<GeminiConversation> find(String id, long newest) {
		return Optional.ofNullable(this.jdbc.query(FIND, this::extract, newest, id, this.clock.millis()));
	}

	private List<GeminiTurnSummary> summaries(String id, long skip, long count) {
		return this.jdbc.query(FIND_SUMMARIES, (row, number) -> GeminiTurnSummary.parse(row.getString(1)), skip + count,
				skip, id, this.clock.millis());
	}

	private @Nullable GeminiConversation extract(ResultSet rows) throws SQLException {
		long version = 0;
		List<Turn> turns = new ArrayList<>();
		while (rows.next()) {
			version = rows.getLong(1);
			String turn = rows.getString(2);
			if (turn != null) {
				turns.add(Turn.fromJson(turn));
			}
		}
		return (version > 0) ? new GeminiConversation(version, turns) : null;
	}

	@Override
	public void append(String id, long version, List<Turn> turns) {
		append(id, version, turns, this.retention.maxTurns());
	}

	@Override
	public void replace(String id, long version, List<Turn> turns) {
		append(id, version, turns, Integer.valueOf(turns.size()));
	}

	private void append(String id, long version, List<Turn> turns, @Nullable Integer maxTurns) {
		GeminiChatRepository.checkId(id);
		Assert.notEmpty(turns, "'turns' must not be empty");
		List<Row> rows = turns.stream().map(Row::of).toList();
		long now = this.clock.millis();
		RuntimeException lostReply = null;
		for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
			AtomicBoolean committing = new AtomicBoolean();
			try {
				this.transactions.executeWithoutResult((status) -> {
					append(id, version, rows, maxTurns, now);
					committing.set(true);
				});
				cleanUp(now);
				return;
			}
			catch (DuplicateKeyException | ConcurrencyFailureException | GeminiChatConflictException ex) {
				if (isStored(id, version, rows, ex)) {
					return;
				}
				throw (ex instanceof GeminiChatConflictException) ? ex
						: new GeminiChatConflictException(id, version, ex);
			}
			catch (DataAccessException | TransactionException ex) {
				// A failure before the commit is certain: nothing was stored. After a
				// failed commit, try again: if the database is still committing, the
				// second attempt waits for that.
				if (lostReply == null && !committing.get()) {
					throw new GeminiChatAppendException(id, false, ex);
				}
				lostReply = (lostReply != null) ? lostReply : ex;
			}
		}
		throw new GeminiChatAppendException(id, true, lostReply);
	}

	private void append(String id, long version, List<Row> rows, @Nullable Integer maxTurns, long now) {
		long newVersion = version + rows.size();
		Duration timeToLive = this.retention.timeToLive();
		Long expiresAt = (timeToLive != null) ? now + timeToLive.toMillis() : null;
		if (version == 0) {
			this.jdbc.update(DELETE_EXPIRED + " AND ID = ?", now, id);
			this.jdbc.update(INSERT, id, newVersion, expiresAt);
		}
		else if (this.jdbc.update(UPDATE, newVersion, expiresAt, id, version, now) == 0) {
			throw new GeminiChatConflictException(id, version);
		}
		long number = version;
		for (Row row : rows) {
			number++;
			this.jdbc.update(INSERT_TURN, id, number, row.turnId(), row.summary(), row.turn());
		}
		if (maxTurns != null) {
			this.jdbc.update(LIMIT_TURNS, id, newVersion - maxTurns);
		}
	}

	// Looks for the newest turn: 'maxTurns' deletes the oldest ones first.
	private boolean isStored(String id, long version, List<Row> rows, RuntimeException failure) {
		String turnId = rows.get(rows.size() - 1).turnId();
		if (turnId == null) {
			return false;
		}
		try {
			Long found = this.jdbc.queryForObject(COUNT_TURN, Long.class, id, version + rows.size(), turnId);
			return found != null && found > 0;
		}
		catch (DataAccessException ex) {
			ex.addSuppressed(failure);
			throw new GeminiChatAppendException(id, true, ex);
		}
	}

	private void cleanUp(long now) {
		long last = this.lastCleanup.get();
		if (this.retention.timeToLive() == null || now - last < CLEANUP_INTERVAL
				|| !this.lastCleanup.compareAndSet(last, now)) {
			return;
		}
		try {
			this.jdbc.update(DELETE_EXPIRED, now);
		}
		catch (DataAccessException ex) {
			// The turn is stored, and a later write deletes them.
			logger.warn("Failed to delete expired conversations", ex);
		}
	}

	@Override
	public List<String> findIds(String prefix) {
		String pattern = prefix.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
		return this.jdbc.query(FIND_IDS, (row, number) -> row.getString(1), pattern, this.clock.millis());
	}

	@Override
	public void delete(String id) {
		GeminiChatRepository.checkId(id);
		this.jdbc.update(DELETE, id);
	}

	@Override
	public void delete(String id, long version) {
		GeminiChatRepository.checkId(id);
		try {
			if (this.jdbc.update(DELETE_VERSION, id, version, this.clock.millis()) == 0) {
				throw new GeminiChatConflictException(id, version);
			}
		}
		catch (ConcurrencyFailureException ex) {
			throw new GeminiChatConflictException(id, version, ex);
		}
	}

	/**
	 * A turn as it is stored.
	 *
	 * @param turnId its id
	 * @param summary its summary
	 * @param turn its JSON
	 */
	private record Row(@Nullable String turnId, String summary, String turn) {

		static Row of(Turn turn) {
			return new Row(turn.id(), GeminiTurnSummary.of(turn).toText(), turn.toJson());
		}

	}

}
