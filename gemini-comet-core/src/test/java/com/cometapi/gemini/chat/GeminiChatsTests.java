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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.chat.GeminiConversation.Turn;
import com.cometapi.gemini.testsupport.GeminiServer;
import io.micrometer.context.ContextRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link GeminiChats}: several turns at once, and repositories that fail.
 */
@ExtendWith(OutputCaptureExtension.class)
class GeminiChatsTests {

	@AutoClose
	private final GeminiServer server = GeminiServer.echoing();

	private static final GeminiConversation CONVERSATION = new GeminiConversation(1, List.of(turn("One")));

	private final FaultyRepository repository = new FaultyRepository();

	private final GeminiChats chats = chats();

	@Test
	void chatContinuesTheConversationWithItsId() {
		this.chats.chat("a").prompt("One").text();
		this.chats.chat("b").prompt("Other").text();
		chats().chat("a", (prompt) -> prompt.system("Be brief.")).prompt("Two").text();

		assertThat(this.server.lastTexts()).isEqualTo("One|re: One|Two");
		assertThat(this.server.requests().get(2).systemInstruction().text()).isEqualTo("Be brief.");
		assertThat(this.repository.threads()).isNotEmpty().allMatch((name) -> name.startsWith("gemini-store-"));
	}

	@Test
	void turnsOfOneConversationRunOneAfterTheOtherAndThoseOfOthersAtOnce() {
		this.server.delay(Duration.ofMillis(10));
		List<Mono<String>> turns = IntStream.range(0, 20)
			.mapToObj((number) -> this.chats.chat("c" + number % 2).prompt("t" + number).textAsync())
			.toList();
		Flux.merge(Flux.fromIterable(turns), 20).blockLast(Duration.ofSeconds(30));

		for (String id : List.of("c0", "c1")) {
			assertThat(this.chats.chat(id).conversation().turns()).extracting(Turn::earlierTurns)
				.containsExactlyElementsOf(IntStream.range(0, 10).boxed().toList());
		}
	}

	@Test
	void waitingTurnsDoNotBlockThreads() {
		this.server.hold();
		List<Mono<String>> turns = IntStream.range(0, 5)
			.mapToObj((number) -> this.chats.chat("a").prompt("t" + number).textAsync())
			.toList();
		AtomicInteger done = new AtomicInteger();
		Flux.merge(turns).subscribe((text) -> done.incrementAndGet());
		// All elastic threads are free while four turns wait.
		int threads = Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE;
		Flux.range(0, threads)
			.flatMap((number) -> Mono.fromCallable(() -> number).subscribeOn(Schedulers.boundedElastic()), threads)
			.blockLast(Duration.ofSeconds(30));

		assertThat(done).hasValue(0);
		this.server.release();
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> done.get() == 5);
	}

	@Test
	void conversationThatCannotBeReadEndsTheTurnBeforeAnythingIsSent() {
		IllegalStateException failure = new IllegalStateException("no database");
		this.repository.fail(failure);
		assertThatExceptionOfType(GeminiChatException.class).isThrownBy(() -> this.chats.chat("a").prompt("One").text())
			.withMessageContaining("could not be read")
			.withCause(failure)
			.satisfies((ex) -> assertThat(ex.getConversationId()).isEqualTo("a"));
		StepVerifier.create(this.chats.chat("a").prompt("One").stream()).verifyError(GeminiChatException.class);
		assertThatExceptionOfType(GeminiChatException.class).isThrownBy(() -> this.chats.chat("a").conversation());
		assertThatExceptionOfType(GeminiChatException.class).isThrownBy(() -> this.chats.chat("a").clear());
		assertThat(this.server.requests()).isEmpty();
		this.repository.fail(null);

		assertThat(this.chats.chat("a").prompt("One").text()).isEqualTo("re: One");
	}

	@Test
	void turnThatCannotBeSavedIsInTheException() {
		IllegalStateException failure = new IllegalStateException("disk full");
		this.repository.beforeAppend(() -> this.repository.fail(failure));
		assertThatExceptionOfType(GeminiChatNotSavedException.class)
			.isThrownBy(() -> this.chats.chat("a").prompt("One").text())
			.withCause(failure)
			.satisfies((ex) -> {
				assertThat(ex.getTurn().response().text()).isEqualTo("re: One");
				assertThat(ex.getTurn().contents()).containsExactly(Content.user("One"), Content.model("re: One"));
			});
		this.repository.fail(null);
		List<String> texts = new ArrayList<>();
		StepVerifier.create(this.chats.chat("a").prompt("Two").stream().map(GenerateContentResponse::text))
			.recordWith(() -> texts)
			.expectNextCount(2)
			.verifyErrorSatisfies((ex) -> assertThat(((GeminiChatNotSavedException) ex).getTurn().response().text())
				.isEqualTo("re: Two"));
		this.repository.fail(null);
		this.repository.beforeAppend(() -> {
		});

		assertThat(texts).containsExactly("re: ", "Two");
		assertThat(this.chats.chat("a").conversation()).isEqualTo(GeminiConversation.EMPTY);
		assertThat(this.chats.chat("a").prompt("Three").text()).isEqualTo("re: Three");
	}

	@Test
	void turnThatLosesTheRaceIsStoredAfterTheOther() {
		this.chats.chat("a").prompt("One").text();
		this.repository.beforeAppend(once(() -> this.repository.target().append("a", 1, List.of(turn("Between")))));
		this.chats.chat("a").prompt("Two").text();
		GeminiConversation conversation = this.chats.chat("a").conversation();

		assertThat(conversation.contents()).extracting(Content::text)
			.containsExactly("One", "re: One", "Between", "re: Between", "Two", "re: Two");
		assertThat(conversation.turns()).extracting(Turn::earlierTurns).containsExactly(0, null, null);
		assertThat(this.server.lastTexts()).isEqualTo("One|re: One|Two");
	}

	@Test
	void functionResultsThatLoseTheRaceAreNotSeparatedFromTheirCalls() {
		this.server.answer("""
				{'candidates': [{'content': {'role': 'model', 'parts': [{'functionCall': {'name': 'f'}}]},
				 'finishReason': 'STOP'}]}""");
		this.chats.chat("a").prompt("Call").call();
		this.repository.beforeAppend(once(() -> this.repository.target().append("a", 1, List.of(turn("Between")))));
		Part result = Part.functionResponse("f", Map.of("output", 1));

		assertThatExceptionOfType(GeminiChatNotSavedException.class)
			.isThrownBy(() -> this.chats.chat("a").prompt().user(result).call())
			.withCauseInstanceOf(GeminiChatConflictException.class)
			.satisfies((ex) -> assertThat(ex.getTurn().contents()).hasSize(2));
		this.chats.chat("a").prompt("On").text();
		assertThat(this.server.lastTexts()).isEqualTo("Between|re: Between|On");
	}

	@Test
	void conversationThatWasDeletedDuringATurnStaysDeleted() {
		this.chats.chat("a").prompt("One").text();
		this.repository.beforeAppend(once(() -> this.repository.target().delete("a")));

		assertThatExceptionOfType(GeminiChatNotSavedException.class)
			.isThrownBy(() -> this.chats.chat("a").prompt("Two").text())
			.withCauseInstanceOf(GeminiChatConflictException.class);
		assertThat(this.repository.target().find("a")).isEmpty();
	}

	@Test
	void clearWaitsForTheTurnsBefore() {
		this.server.hold();
		CompletableFuture<String> turn = this.chats.chat("a").prompt("One").textAsync().toFuture();
		CompletableFuture<Void> clear = this.chats.chat("a").clearAsync().toFuture();
		assertThat(clear).isNotDone();
		this.server.release();

		assertThat(turn).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("re: One");
		assertThat(clear).succeedsWithin(Duration.ofSeconds(30));
		assertThat(this.repository.target().find("a")).isEmpty();
	}

	@Test
	void cancelWhileTheTurnIsSavedDoesNotStopTheSaving() {
		CompletableFuture<Void> saving = new CompletableFuture<>();
		CompletableFuture<Void> left = new CompletableFuture<>();
		AtomicInteger interrupted = new AtomicInteger();
		this.repository.beforeAppend(() -> {
			saving.complete(null);
			left.join();
			interrupted.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
		});
		var call = this.chats.chat("a").prompt("One").textAsync().subscribe();
		saving.join();
		call.dispose();
		Mono<String> next = this.chats.chat("a").prompt("Two").textAsync().cache();
		next.subscribe();
		left.complete(null);

		assertThat(next.block(Duration.ofSeconds(30))).isEqualTo("re: Two");
		assertThat(this.server.lastTexts()).isEqualTo("One|re: One|Two");
		assertThat(interrupted).hasValue(0);
	}

	@Test
	void failedSaveIsLoggedIfTheCallerCancelled(CapturedOutput output) {
		CompletableFuture<Void> saving = new CompletableFuture<>();
		CompletableFuture<Void> left = new CompletableFuture<>();
		this.repository.beforeAppend(() -> {
			saving.complete(null);
			left.join();
			this.repository.fail(new IllegalStateException("disk full"));
		});
		var call = this.chats.chat("a").prompt("One").textAsync().subscribe();
		saving.join();
		call.dispose();
		this.repository.beforeFind(() -> this.repository.fail(null));
		Mono<String> next = this.chats.chat("a").prompt("Two").textAsync().onErrorReturn("failed too").cache();
		next.subscribe();
		left.complete(null);

		assertThat(next.block(Duration.ofSeconds(30))).isEqualTo("failed too");
		assertThat(output).containsOnlyOnce("Failed to save a turn after the caller cancelled")
			.contains("disk full")
			.doesNotContain("onErrorDropped");
	}

	@Test
	void failedSaveIsNotLoggedIfTheCallerGetsTheException(CapturedOutput output) {
		this.repository.beforeAppend(() -> this.repository.fail(new IllegalStateException("disk full")));

		assertThatExceptionOfType(GeminiChatNotSavedException.class)
			.isThrownBy(() -> this.chats.chat("a").prompt("One").text());
		assertThat(output).doesNotContain("Failed to save a turn");
	}

	@Test
	void threadLocalsOfTheCallerReachTheRepository() {
		ThreadLocal<String> tenant = new ThreadLocal<>();
		ContextRegistry.getInstance().registerThreadLocalAccessor("test.tenant", tenant);
		try {
			List<String> seen = new CopyOnWriteArrayList<>();
			this.repository.beforeFind(() -> seen.add("find " + tenant.get()));
			this.repository.beforeAppend(() -> seen.add("append " + tenant.get()));
			tenant.set("acme");
			this.chats.chat("a").prompt("One").text();
			assertThat(seen).containsExactly("find acme", "append acme");
		}
		finally {
			tenant.remove();
			ContextRegistry.getInstance().removeThreadLocalAccessor("test.tenant");
		}
	}

	@Test
	void slowRepositoryDoesNotBlockAnEventLoop() {
		CompletableFuture<Void> slow = new CompletableFuture<>();
		this.repository.beforeFind(slow::join);
		Mono<String> turn = this.chats.chat("a").prompt("One").textAsync().subscribeOn(Schedulers.parallel()).cache();
		turn.subscribe();

		StepVerifier.create(Mono.fromSupplier(() -> "free").subscribeOn(Schedulers.parallel()))
			.expectNext("free")
			.verifyComplete();
		slow.complete(null);
		assertThat(turn.block(Duration.ofSeconds(30))).isEqualTo("re: One");
	}

	@Test
	void conversationMayBeginWithTheTurnsOfAnother() {
		this.chats.chat("a").prompt("One").text();
		this.chats.begin("b", this.chats.chat("a").conversation());
		this.chats.chat("b").prompt("Two").text();

		assertThat(this.server.lastTexts()).isEqualTo("One|re: One|Two");
		assertThat(this.chats.chat("a").conversation().turns()).hasSize(1);
		assertThatExceptionOfType(GeminiChatConflictException.class)
			.isThrownBy(() -> this.chats.begin("b", this.chats.chat("a").conversation()));
	}

	@Test
	void conversationInMemoryMayBeginOnAnEventLoop() {
		GeminiChats inMemory = new GeminiChats(this.server.template(),
				new InMemoryGeminiChatRepository(2, GeminiChatRetention.UNLIMITED), GeminiChatWindow.ALL);
		GeminiConversation conversation = new GeminiConversation(1, List.of(turn("One")));
		Mono<GeminiConversation> begun = Mono.fromCallable(() -> {
			inMemory.begin("a", conversation);
			return inMemory.chat("a").conversation();
		}).subscribeOn(Schedulers.parallel());

		assertThat(begun.block().contents()).isEqualTo(conversation.contents());
		assertThatExceptionOfType(GeminiChatConflictException.class).isThrownBy(begun::block);
	}

	@Test
	void conversationInAStoreIsNotReadOnAnEventLoop() {
		GeminiConversation conversation = new GeminiConversation(1, List.of(turn("One")));
		List<Runnable> calls = List.of(() -> this.chats.chat("a").conversation(), () -> this.chats.chat("a").fork(),
				() -> this.chats.begin("a", conversation));
		assertThat(calls).allSatisfy((call) -> assertThatIllegalStateException()
			.isThrownBy(() -> Mono.fromRunnable(call).subscribeOn(Schedulers.parallel()).block())
			.withMessageContaining("Async()"));
	}

	@Test
	void idMustNotBeEmpty() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.chats.chat(" "))
			.withMessage("'id' must not be empty");
	}

	@Test
	void idThatAStoreCannotHoldIsRefusedBeforeTheCall() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.chats.chat("a".repeat(256)))
			.withMessage("The conversation id '%s…' must not be longer than 255 characters, but has 256"
				.formatted("a".repeat(64)));
		assertThatIllegalArgumentException().isThrownBy(() -> this.chats.chat("a\u0000\n\u202e'"))
			.withMessage("The conversation id 'a\\u0000\\u000a\\u202e\\u0027' must not have control characters "
					+ "or halves of surrogate pairs");
		assertThatIllegalArgumentException().isThrownBy(() -> this.chats.chat("a\ud83d"))
			.withMessageContaining("'a\\ud83d'");
		for (String id : List.of(" a", "a ", "\u2003a", "a\u0085", "\ude00a", "a\tb")) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.chats.chat(id));
			assertThatIllegalArgumentException().isThrownBy(() -> this.chats.begin(id, CONVERSATION));
			assertThatIllegalArgumentException().isThrownBy(() -> this.chats.beginAsync(id, CONVERSATION));
		}
		String longest = "\ud83d\ude00".repeat(127) + "a";

		assertThat(this.chats.chat(longest).prompt("One").text()).isEqualTo("re: One");
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void idInAMessageIsShortenedAndEscaped() {
		String id = "\u202e" + "b".repeat(100);
		this.repository.fail(new IllegalStateException("no database"));
		assertThatExceptionOfType(GeminiChatException.class).isThrownBy(() -> this.chats.chat(id).prompt("One").text())
			.withMessage("The conversation '\\u202e%s…' could not be read".formatted("b".repeat(63)))
			.satisfies((ex) -> assertThat(ex.getConversationId()).isEqualTo(id));
		assertThat(new GeminiChatConflictException(id, 1)).hasMessageNotContaining("\u202e");
		assertThat(new GeminiChatAppendException(id, true, null)).hasMessageNotContaining("\u202e");
	}

	@Test
	void conversationWithAnUnknownRoleIsNotBegun() {
		Content content = new Content("assistant", List.of(Part.text("a")), Map.of());
		GeminiConversation conversation = new GeminiConversation(1,
				List.of(new Turn(List.of(Content.user("q"), content), null, null, null)));
		assertThatExceptionOfType(GeminiInvalidConversationException.class)
			.isThrownBy(() -> this.chats.begin("a", conversation))
			.withMessageContaining("use 'model'");
		assertThatExceptionOfType(GeminiInvalidConversationException.class)
			.isThrownBy(() -> GeminiChat.builder(this.server.template()).conversation(conversation));
	}

	private GeminiChats chats() {
		return new GeminiChats(this.server.template(), this.repository, GeminiChatWindow.ALL);
	}

	private static Turn turn(String text) {
		return new Turn(List.of(Content.user(text), Content.model("re: " + text)), null, null, null);
	}

	private static Runnable once(Runnable action) {
		AtomicInteger calls = new AtomicInteger();
		return () -> {
			if (calls.incrementAndGet() == 1) {
				action.run();
			}
		};
	}

}
