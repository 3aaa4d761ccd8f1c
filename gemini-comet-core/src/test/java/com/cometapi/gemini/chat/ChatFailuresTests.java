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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiFunctionFailedException;
import com.cometapi.gemini.error.GeminiTooManyRoundsException;
import com.cometapi.gemini.function.GeminiFunctionCallback;
import com.cometapi.gemini.function.GeminiFunctionSettings.OnError;
import com.cometapi.gemini.testsupport.GeminiServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for conversations whose models, functions or repositories fail.
 */
class ChatFailuresTests {

	private static final String CALL = """
			{'candidates': [{'content': {'role': 'model', 'parts': [{'functionCall': {'name': 'f'}}]},
			 'finishReason': 'STOP'}]}""";

	@AutoClose
	private final GeminiServer server = GeminiServer.echoing();

	private final FaultyRepository repository = new FaultyRepository();

	private final GeminiChats chats = new GeminiChats(this.server.template(), this.repository, GeminiChatWindow.ALL);

	private final GeminiChat chat = this.chats.chat("a");

	@ParameterizedTest
	@ValueSource(strings = { "SAFETY", "RECITATION", "PROHIBITED_CONTENT", "MALFORMED_FUNCTION_CALL", "OTHER",
			"UNEXPECTED_TOOL_CALL" })
	void textThatDidNotEndWellIsNotStored(String finishReason) {
		this.chat.prompt("One").text();
		this.server.answer("{'candidates': [{'content': {'parts': [{'text': 'Some text'}]}, 'finishReason': '"
				+ finishReason + "'}]}");
		assertThat(this.chat.prompt("Bad").call().text()).isEqualTo("Some text");

		assertThat(this.chat.conversation().contents()).extracting(Content::text).containsExactly("One", "re: One");
	}

	@ParameterizedTest
	@ValueSource(strings = { "MALFORMED_FUNCTION_CALL", "OTHER", "NO_IMAGE", "IMAGE_SAFETY" })
	void textThatDidNotEndWellIsNotReturned(String finishReason) {
		String answer = "{'candidates': [{'content': {'parts': [{'text': 'Some text'}]}, 'finishReason': '"
				+ finishReason + "', 'finishMessage': 'Why'}]}";
		this.server.answer(answer);
		assertThatExceptionOfType(GeminiException.class).isThrownBy(() -> this.chat.prompt("Bad").text())
			.withMessageContaining(finishReason + " (Why)");
		this.server.answer(answer);
		assertThatExceptionOfType(GeminiException.class).isThrownBy(() -> this.chat.prompt("Bad").entity(String.class))
			.withMessageContaining(finishReason + " (Why)");

		assertThat(this.chat.conversation()).isEqualTo(GeminiConversation.EMPTY);
	}

	@ParameterizedTest
	@ValueSource(strings = { "assistant", "MODEL", "", "user" })
	void responseIsSentBackWithTheRoleOfTheModel(String role) {
		this.server.answer("{'candidates': [{'content': {'role': '" + role
				+ "', 'parts': [{'text': 'Hi'}]}, 'finishReason': 'STOP'}]}");
		this.chat.prompt("One").text();
		this.chat.prompt("Two").text();

		assertThat(this.server.requests().get(1).contents()).extracting(Content::role)
			.containsExactly("user", "model", "user");
	}

	@Test
	void contentWithoutARoleIsSentBackWithTheRoleOfTheModel() {
		this.server.answer("{'candidates': [{'content': {'parts': [{'text': 'Hi'}]}, 'finishReason': 'STOP'}]}");
		Content answer = this.server.template().prompt("One").call().content();
		this.server.template().prompt("Two").history(Content.user("One"), answer).call();

		assertThat(this.server.requests().get(1).contents()).extracting(Content::role)
			.containsExactly("user", "model", "user");
	}

	@Test
	void secondSystemInstructionIsAppendedToTheFirst() {
		this.server.template().prompt("One").system("Be brief.").system("Be kind.").call();

		assertThat(this.server.requests().get(0).systemInstruction().parts()).extracting(Part::text)
			.containsExactly("Be brief.", "Be kind.");
	}

	@Test
	void functionWithANameThatIsTooLongIsRefused() {
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> GeminiFunctionCallback.of("f".repeat(65), "A test", () -> 1))
			.withMessageContaining("at most 63");
	}

	@Test
	void responseToABlockedPromptIsNotStored() {
		this.server
			.answer("""
					{'promptFeedback': {'blockReason': 'SAFETY'}, 'candidates': [{'content': {'parts': [{'text': 'x'}]}}]}""");
		this.chat.prompt("Bad").call();

		assertThat(this.chat.conversation()).isEqualTo(GeminiConversation.EMPTY);
	}

	@Test
	void turnsAreStoredWithoutEmptyParts() {
		this.server.answer("""
				{'candidates': [{'content': {'parts': [{'text': '', 'thoughtSignature': 's', 'thought': true}]},
				 'finishReason': 'STOP'}]}""").answer("""
				{'candidates': [{'content': {'parts': [{}, {'text': '', 'thoughtSignature': 's'}]},
				 'finishReason': 'STOP'}]}""").answer("""
				{'candidates': [{'content': {'parts': [{}]}, 'finishReason': 'STOP'}]}""");
		this.chat.prompt("Thought").call();
		this.chat.prompt("Signed").call();
		this.chat.prompt("Nothing").call();

		assertThat(this.chat.conversation().contents()).containsExactly(Content.user("Thought"),
				Content.model(Part.builder().text("").thoughtSignature("s").thought(true).build()),
				Content.user("Signed"), Content.model(Part.builder().text("").thoughtSignature("s").build()),
				Content.user("Nothing"));
	}

	@Test
	void functionsThatEndThePromptDoNotChangeTheConversation() {
		GeminiFunctionCallback broken = GeminiFunctionCallback.of("f", "A test", () -> {
			throw new AssertionError("broken");
		});
		this.server.answer(CALL);
		assertThatExceptionOfType(GeminiFunctionFailedException.class)
			.isThrownBy(() -> this.chat.prompt("Fails")
				.functions(broken)
				.functionSettings((settings) -> settings.onError(OnError.FAIL))
				.call())
			.withCauseInstanceOf(AssertionError.class);
		this.server.answer(CALL).answer(CALL);
		assertThatExceptionOfType(GeminiTooManyRoundsException.class).isThrownBy(() -> this.chat.prompt("Endless")
			.functions(broken)
			.functionSettings((settings) -> settings.maxRounds(1))
			.call());

		assertThat(this.chat.conversation()).isEqualTo(GeminiConversation.EMPTY);
		assertThat(this.chat.prompt("Next").text()).isEqualTo("re: Next");
	}

	@Test
	void functionOfTheChatMayBeAddedToThePromptToo() {
		GeminiFunctionCallback function = GeminiFunctionCallback.of("f", "A test", () -> 1);
		this.server.answer(CALL);
		this.chats.chat("b", (prompt) -> prompt.functions(function)).prompt("Go").functions(function).call();

		assertThat(this.server.requests().get(0).tools().get(0).functionDeclarations()).hasSize(1);
	}

	@Test
	void hungRepositoryBlocksNeitherOtherConversationsNorTheNextTurn() {
		CompletableFuture<Void> hanging = new CompletableFuture<>();
		CompletableFuture<Void> reading = new CompletableFuture<>();
		this.repository.beforeFind(() -> {
			reading.complete(null);
			hanging.join();
		});
		var hung = this.chat.prompt("Hangs").textAsync().subscribe();
		reading.join();
		this.repository.beforeFind(() -> {
		});
		assertThat(this.chats.chat("b").prompt("Other").textAsync().block(Duration.ofSeconds(30)))
			.isEqualTo("re: Other");
		Mono<String> next = this.chat.prompt("Next").textAsync().cache();
		next.subscribe();
		hung.dispose();
		assertThat(next.block(Duration.ofSeconds(30))).isEqualTo("re: Next");
		hanging.complete(null);

		assertThat(this.chat.conversation().contents()).extracting(Content::text).containsExactly("Next", "re: Next");
		assertThat(this.server.requests()).hasSize(2);
	}

	@Test
	void errorsOfARepositoryBecomeExceptions() {
		this.repository.beforeFind(() -> {
			throw new StackOverflowError();
		});
		assertThatExceptionOfType(GeminiChatException.class)
			.isThrownBy(() -> this.chat.prompt("One").textAsync().block(Duration.ofSeconds(30)))
			.withCauseInstanceOf(StackOverflowError.class);
		this.repository.beforeFind(() -> {
		});
		this.repository.beforeAppend(() -> {
			throw new NoClassDefFoundError("Driver");
		});
		assertThatExceptionOfType(GeminiChatNotSavedException.class)
			.isThrownBy(() -> this.chat.prompt("One").textAsync().block(Duration.ofSeconds(30)))
			.withCauseInstanceOf(NoClassDefFoundError.class);
		assertThatExceptionOfType(GeminiChatException.class)
			.isThrownBy(() -> this.chats.begin("b",
					new GeminiConversation(1,
							List.of(new GeminiConversation.Turn(List.of(Content.user("x")), null, null, null)))))
			.withMessage("The turns could not be added to the conversation 'b': they may have been stored");
	}

	@Test
	void turnThatWasStoredAlthoughTheRepositoryFailedIsAccepted() {
		this.repository.afterAppend(() -> {
			throw new IllegalStateException("no reply");
		});
		assertThat(this.chat.prompt("One").text()).isEqualTo("re: One");
		this.repository.afterAppend(() -> {
			throw new GeminiChatConflictException("a", 1);
		});
		assertThat(this.chat.prompt("Two").text()).isEqualTo("re: Two");
		GeminiConversation conversation = this.chat.conversation();
		assertThat(conversation.contents()).extracting(Content::text)
			.containsExactly("One", "re: One", "Two", "re: Two");
		this.repository.afterAppend(() -> {
			throw new IllegalStateException("no reply");
		});
		this.chats.begin("b", conversation);

		assertThat(this.chats.chat("b").conversation().contents()).isEqualTo(conversation.contents());
	}

	@Test
	void resultsThatWereStoredAlthoughTheRepositoryReportedAConflictAreAccepted() {
		this.server.answer(CALL);
		this.chat.prompt("Call").call();
		this.repository.afterAppend(() -> {
			throw new GeminiChatConflictException("a", 1);
		});
		this.chat.prompt().user(Part.functionResponse("f", Map.of("output", 1))).call();

		assertThat(this.chat.conversation().turns()).hasSize(2);
	}

	@Test
	void exceptionSaysWhetherTheTurnMayHaveBeenStored() {
		this.repository.beforeAppend(() -> {
			throw new IllegalStateException("no reply");
		});
		assertThatExceptionOfType(GeminiChatNotSavedException.class).isThrownBy(() -> this.chat.prompt("One").text())
			.withMessage("The model responded, but the turn could not be added to the conversation 'a': "
					+ "it may have been stored")
			.withCauseInstanceOf(IllegalStateException.class)
			.matches(GeminiChatNotSavedException::mayHaveBeenStored);
		IllegalStateException cause = new IllegalStateException("no connection");
		this.repository.beforeAppend(() -> {
			throw new GeminiChatAppendException("a", false, cause);
		});
		assertThatExceptionOfType(GeminiChatNotSavedException.class).isThrownBy(() -> this.chat.prompt("One").text())
			.withMessageEndingWith("the conversation 'a': it was not stored")
			.withCause(cause)
			.matches((ex) -> !ex.mayHaveBeenStored());
		assertThatExceptionOfType(GeminiChatAppendException.class)
			.isThrownBy(() -> this.chats.begin("b",
					new GeminiConversation(1, List.of(AbstractGeminiChatRepositoryTests.turn("x")))))
			.matches((ex) -> !ex.mayHaveBeenStored());
	}

	@Test
	void conflictThatNeverEndsFailsAfterAllAttempts() {
		AtomicInteger attempts = new AtomicInteger();
		this.repository.beforeAppend(() -> {
			attempts.incrementAndGet();
			throw new GeminiChatConflictException("a", 0);
		});
		assertThatExceptionOfType(GeminiChatNotSavedException.class)
			.isThrownBy(() -> this.chat.prompt("One").textAsync().block(Duration.ofSeconds(30)))
			.withCauseInstanceOf(GeminiChatConflictException.class)
			.satisfies((ex) -> assertThat(ex.getTurn().response().text()).isEqualTo("re: One"));
		assertThat(attempts).hasValue(100);
	}

	@Test
	void failureBetweenTwoAttemptsEndsTheTurn() {
		this.repository.beforeAppend(() -> {
			this.repository.fail(new IllegalStateException("no database"));
			throw new GeminiChatConflictException("a", 0);
		});
		assertThatExceptionOfType(GeminiChatNotSavedException.class)
			.isThrownBy(() -> this.chat.prompt("One").textAsync().block(Duration.ofSeconds(30)))
			.withCauseInstanceOf(IllegalStateException.class);
	}

	@Test
	void conflictOfTheFirstTurnIsRetried() {
		AtomicInteger attempts = new AtomicInteger();
		this.repository.beforeAppend(() -> {
			if (attempts.incrementAndGet() == 1) {
				throw new GeminiChatConflictException("a", 0);
			}
		});
		assertThat(this.chat.prompt("One").textAsync().block(Duration.ofSeconds(30))).isEqualTo("re: One");
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(this.chat.conversation().version()).isOne());
	}

}
