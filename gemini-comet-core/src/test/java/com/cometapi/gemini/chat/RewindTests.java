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

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.chat.GeminiConversation.Turn;
import com.cometapi.gemini.testsupport.GeminiServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Rewind} with a store that fails, or that another process changes at
 * the same time.
 */
class RewindTests {

	@AutoClose
	private final GeminiServer server = GeminiServer.echoing();

	private final FaultyRepository repository = new FaultyRepository();

	private final GeminiChat chat = new GeminiChats(this.server.template(), this.repository, GeminiChatWindow.ALL)
		.chat("a");

	@BeforeEach
	void begin() {
		this.chat.prompt("One").text();
		this.chat.prompt("Two").text();
	}

	@Test
	void failedRewindDoesNotChangeTheConversation() {
		this.repository.beforeReplace(() -> this.repository.fail(new IllegalStateException("No database")));
		assertThatExceptionOfType(GeminiChatException.class).isThrownBy(() -> this.chat.rewind(Part.text("Two")))
			.withMessageContaining("could not be rewound");
		this.repository.fail(null);

		assertThat(this.chat.conversation().turns()).hasSize(2);
	}

	@Test
	void earlierTurnWithTheSameContentsIsKept() {
		List<Turn> turns = Stream.of("Again", "Two", "Again")
			.map((text) -> new Turn(List.of(Content.user(text), Content.model("Yes")), null, null, null))
			.toList();
		GeminiChat chat = GeminiChat.builder(this.server.template())
			.conversation(new GeminiConversation(3, turns))
			.build();
		chat.rewind(Part.text("Again"));
		assertThat(texts(chat)).containsExactly("Again", "Yes", "Two", "Yes");
	}

	@Test
	void turnThatAnotherProcessAddsIsKept() {
		this.repository.beforeReplace(once(() -> add(2, turn("Other"))));
		this.chat.rewind(Part.text("Two"));

		assertThat(texts()).containsExactly("One", "re: One", "Other", "re: Other");
		assertThat(this.chat.conversation().turns()).extracting(Turn::earlierTurns).containsExactly(0, null);
	}

	@Test
	void turnThatAnotherProcessAddsAfterTheFirstOneIsKept() {
		this.repository.beforeDelete(once(() -> add(2, turn("Other"))));
		this.chat.rewind(Part.text("One"));

		assertThat(texts()).containsExactly("Other", "re: Other");
	}

	@Test
	void sameQuestionOfAnotherProcessIsKept() {
		this.repository.beforeReplace(once(() -> add(2, turn("Two"))));
		this.chat.rewind(Part.text("Two"));

		assertThat(texts()).containsExactly("One", "re: One", "Two", "re: Two");
	}

	@Test
	void resultsOfFunctionsThatADeletedTurnCallsAreDeletedWithIt() {
		Part call = Part.functionCall(FunctionCall.of("f", Map.of()));
		Part result = Part.functionResponse("f", Map.of("output", 1));
		add(2, new Turn(List.of(Content.user("Call"), Content.model(call)), null, null, 2));
		this.repository.beforeReplace(once(() -> {
			add(3, new Turn(List.of(Content.user(result), Content.model("Done")), null, null, 3));
			add(4, turn("Other"));
		}));
		this.chat.rewind(Part.text("Call"));

		assertThat(texts()).containsExactly("One", "re: One", "Two", "re: Two", "Other", "re: Other");
	}

	@Test
	void conversationThatAnotherProcessDeletesAndBeginsAgainIsKept() {
		this.repository.beforeReplace(once(() -> {
			this.repository.target().delete("a");
			add(0, turn("Two"));
		}));
		this.chat.rewind(Part.text("Two"));

		assertThat(texts()).containsExactly("Two", "re: Two");
	}

	@Test
	void conflictThatNeverEndsFailsAfterAPauseForEachAttempt() {
		AtomicInteger attempts = new AtomicInteger();
		this.repository.beforeReplace(() -> {
			attempts.incrementAndGet();
			throw new GeminiChatConflictException("a", 0);
		});
		AtomicInteger steps = new AtomicInteger();
		VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
		try {
			CompletableFuture<Void> rewind = this.chat.rewindAsync(Part.text("Two")).toFuture();
			Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(1)).until(() -> {
				steps.incrementAndGet();
				time.advanceTimeBy(Duration.ofMillis(50));
				return rewind.isDone();
			});
			assertThat(rewind).failsWithin(Duration.ZERO)
				.withThrowableThat()
				.withCauseInstanceOf(GeminiChatConflictException.class);
		}
		finally {
			VirtualTimeScheduler.reset();
		}
		assertThat(attempts).hasValue(100);
		// A step is 50 ms; the 99 pauses take 25 ms on average.
		assertThat(steps).hasValueGreaterThan(20);
	}

	@Test
	void storeWithoutReplacementBeginsTheConversationAgain() {
		PlainRepository store = new PlainRepository();
		GeminiChat chat = begin(store);
		chat.rewind(Part.text("Two"));

		assertThat(texts(chat)).containsExactly("One", "re: One");
		assertThatExceptionOfType(GeminiChatConflictException.class)
			.isThrownBy(() -> store.replace("plain", 2, chat.conversation().turns()));
		chat.rewind(Part.text("One"));
		assertThat(chat.conversation()).isEqualTo(GeminiConversation.EMPTY);
	}

	@Test
	void storeWithoutReplacementKeepsTheTurnsIfAnotherProcessBeginsTheConversation() {
		PlainRepository store = new PlainRepository();
		GeminiChat chat = begin(store);
		store.afterDelete = () -> store.append("plain", 0, List.of(turn("Other")));
		chat.rewind(Part.text("Two"));

		assertThat(texts(chat)).containsExactly("Other", "re: Other", "One", "re: One");
		assertThat(chat.conversation().turns()).extracting(Turn::earlierTurns).containsExactly(null, null);
	}

	@Test
	void storeWithoutReplacementSaysThatTheTurnsWereNotStored() {
		PlainRepository store = new PlainRepository();
		GeminiChat chat = begin(store);
		store.afterDelete = () -> store.conflicting = true;

		assertThatExceptionOfType(GeminiChatAppendException.class).isThrownBy(() -> chat.rewind(Part.text("Two")))
			.withMessageContaining("were not stored")
			.matches((ex) -> !ex.mayHaveBeenStored());
	}

	@Test
	void replacementOfANewConversationFailsIfItExists() {
		PlainRepository store = new PlainRepository();
		begin(store);
		assertThatExceptionOfType(GeminiChatConflictException.class)
			.isThrownBy(() -> store.replace("plain", 0, List.of(turn("Other"))));
		store.replace("new", 0, List.of(turn("Other")));

		assertThat(store.find("new")).contains(new GeminiConversation(1, List.of(turn("Other"))));
	}

	private GeminiChat begin(PlainRepository store) {
		GeminiChat chat = new GeminiChats(this.server.template(), store, GeminiChatWindow.ALL).chat("plain");
		chat.prompt("One").text();
		chat.prompt("Two").text();
		return chat;
	}

	private void add(long version, Turn turn) {
		this.repository.target().append("a", version, List.of(turn.withNewId()));
	}

	private static Runnable once(Runnable action) {
		AtomicInteger calls = new AtomicInteger();
		return () -> {
			if (calls.incrementAndGet() == 1) {
				action.run();
			}
		};
	}

	private List<String> texts() {
		return texts(this.chat);
	}

	private static List<String> texts(GeminiChat chat) {
		return chat.conversation().contents().stream().map(Content::text).toList();
	}

	private static Turn turn(String text) {
		return AbstractGeminiChatRepositoryTests.turn(text);
	}

	/**
	 * A store that implements the required methods only.
	 */
	private static final class PlainRepository implements GeminiChatRepository {

		private final InMemoryGeminiChatRepository target = new InMemoryGeminiChatRepository(10,
				GeminiChatRetention.UNLIMITED);

		private Runnable afterDelete = () -> {
		};

		private boolean conflicting;

		@Override
		public Optional<GeminiConversation> find(String id) {
			return this.target.find(id);
		}

		@Override
		public void append(String id, long version, List<Turn> turns) {
			if (this.conflicting) {
				throw new GeminiChatConflictException(id, version);
			}
			this.target.append(id, version, turns);
		}

		@Override
		public void delete(String id) {
			this.target.delete(id);
			this.afterDelete.run();
		}

	}

}
