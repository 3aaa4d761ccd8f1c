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

package com.cometapi.gemini.chat;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.cometapi.gemini.chat.GeminiConversation.Turn;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Stores conversations in the memory of this process. If there are too many of them, the
 * least recently used ones are removed. Thread-safe.
 */
public final class InMemoryGeminiChatRepository implements GeminiChatRepository {

	private final int maxConversations;

	private final GeminiChatRetention retention;

	private final InstantSource clock;

	// In access order: the least recently used first.
	private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75F, true);

	/**
	 * Create a repository.
	 * @param maxConversations the maximum number of conversations to keep
	 * @param retention the limits on the age and the number of stored turns
	 */
	public InMemoryGeminiChatRepository(int maxConversations, GeminiChatRetention retention) {
		this(maxConversations, retention, InstantSource.system());
	}

	InMemoryGeminiChatRepository(int maxConversations, GeminiChatRetention retention, InstantSource clock) {
		Assert.isTrue(maxConversations > 0, "'maxConversations' must be positive");
		Assert.notNull(retention, "'retention' must not be null");
		this.maxConversations = maxConversations;
		this.retention = retention;
		this.clock = clock;
	}

	@Override
	public synchronized Optional<GeminiConversation> find(String id) {
		return find(id, GeminiChatWindow.ALL);
	}

	@Override
	public synchronized Optional<GeminiConversation> find(String id, GeminiChatWindow window) {
		return Optional.ofNullable(get(id)).map((entry) -> entry.newest(window));
	}

	@Override
	public void append(String id, long version, List<Turn> turns) {
		append(id, version, turns, this.retention.maxTurns());
	}

	@Override
	public void replace(String id, long version, List<Turn> turns) {
		append(id, version, turns, turns.size());
	}

	private synchronized void append(String id, long version, List<Turn> turns, @Nullable Integer maxTurns) {
		Assert.notEmpty(turns, "'turns' must not be empty");
		Entry found = get(id);
		Entry entry = (found != null) ? found : new Entry();
		if (entry.version != version) {
			if (entry.has(version + turns.size(), turns.get(turns.size() - 1))) {
				return;
			}
			throw new GeminiChatConflictException(id, version);
		}
		entry.add(turns.stream().map(KeptTurn::of).toList(), maxTurns);
		entry.savedAt = this.clock.millis();
		this.entries.put(id, entry);
		evict();
	}

	@Override
	public synchronized List<String> findIds(String prefix) {
		this.entries.values().removeIf(this::isExpired);
		return this.entries.keySet().stream().filter((id) -> id.startsWith(prefix)).toList();
	}

	@Override
	public synchronized void delete(String id) {
		this.entries.remove(id);
	}

	@Override
	public synchronized void delete(String id, long version) {
		Entry entry = get(id);
		if (entry == null || entry.version != version) {
			throw new GeminiChatConflictException(id, version);
		}
		this.entries.remove(id);
	}

	@Override
	public boolean isBlocking() {
		return false;
	}

	synchronized int size() {
		return this.entries.size();
	}

	private @Nullable Entry get(String id) {
		GeminiChatRepository.checkId(id);
		Entry entry = this.entries.get(id);
		if (entry != null && isExpired(entry)) {
			this.entries.remove(id);
			return null;
		}
		return entry;
	}

	private void evict() {
		this.entries.values().removeIf(this::isExpired);
		while (this.entries.size() > this.maxConversations) {
			this.entries.remove(this.entries.keySet().iterator().next());
		}
	}

	private boolean isExpired(Entry entry) {
		return this.retention.timeToLive() != null
				&& this.clock.millis() - entry.savedAt >= this.retention.timeToLive().toMillis();
	}

	/**
	 * A conversation and the time at which its last turn was added.
	 */
	private static final class Entry {

		private final Deque<KeptTurn> turns = new ArrayDeque<>();

		private long version;

		private long savedAt;

		GeminiConversation newest(GeminiChatWindow window) {
			int inside = (window.isUnlimited()) ? this.turns.size() : window
				.countTurns((skip, count) -> stream().skip(skip).limit(count).map(KeptTurn::summary).toList());
			List<Turn> newest = new ArrayList<>(stream().limit(inside).map(KeptTurn::turn).toList());
			Collections.reverse(newest);
			return new GeminiConversation(this.version, newest);
		}

		boolean has(long number, Turn turn) {
			String id = turn.id();
			return id != null && number <= this.version
					&& stream().skip(this.version - number)
						.findFirst()
						.filter((kept) -> id.equals(kept.turn().id()))
						.isPresent();
		}

		void add(List<KeptTurn> added, @Nullable Integer maxTurns) {
			this.turns.addAll(added);
			this.version += added.size();
			while (maxTurns != null && this.turns.size() > maxTurns) {
				this.turns.removeFirst();
			}
		}

		// The newest first.
		private Stream<KeptTurn> stream() {
			return StreamSupport.stream(
					Spliterators.spliteratorUnknownSize(this.turns.descendingIterator(), Spliterator.ORDERED), false);
		}

	}

	/**
	 * A turn with its summary, which is computed once.
	 *
	 * @param turn the turn
	 * @param summary its summary
	 */
	private record KeptTurn(Turn turn, GeminiTurnSummary summary) {

		static KeptTurn of(Turn turn) {
			return new KeptTurn(turn, GeminiTurnSummary.of(turn));
		}

	}

}
