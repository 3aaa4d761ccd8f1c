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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiResponseMismatchException;
import com.cometapi.gemini.error.GeminiResponseTruncatedException;
import com.cometapi.gemini.function.GeminiFunctionCallback;
import com.cometapi.gemini.testsupport.GeminiServer;
import mockwebserver3.MockResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for typed responses in a {@link GeminiChat}.
 */
class GeminiChatEntityTests {

	private static final String COMPLAINT = "Your last answer does not fit";

	@AutoClose
	private final GeminiServer server = new GeminiServer()
		.reply((text) -> text.startsWith(COMPLAINT) ? "42" : "re: " + text);

	private final GeminiChat chat = GeminiChat.create(this.server.template());

	@Test
	void repairedValueIsOneTurnOfThePromptAndTheMatchingResponse() {
		this.chat.prompt("One").text();
		assertThat(this.chat.prompt("How many?").repairs(1).entity(int.class)).isEqualTo(42);

		assertThat(this.server.lastTexts()).startsWith("One|re: One|How many?|re: How many?|" + COMPLAINT);
		assertThat(this.chat.conversation().turns()).hasSize(2)
			.last()
			.satisfies((turn) -> assertThat(turn.contents()).containsExactly(Content.user("How many?"),
					Content.model("42")));
		assertThat(this.chat.prompt("Two").text()).isEqualTo("re: Two");
		assertThat(this.server.lastTexts()).isEqualTo("One|re: One|How many?|42|Two");
	}

	@Test
	void usageOfAValueIncludesItsRepairs() {
		String answer = "{'candidates': [{'content': {'parts': [{'text': '%s'}]}, 'finishReason': 'STOP'}], %s}";
		this.server.answer(answer.formatted("no", "'usageMetadata': {'totalTokenCount': 5}"))
			.answer(answer.formatted("7", "'usageMetadata': {'totalTokenCount': 8}"));
		assertThat(this.chat.prompt("How many?").repairs(1).entity(int.class)).isEqualTo(7);

		assertThat(this.chat.conversation().turns()).singleElement().satisfies((turn) -> {
			assertThat(turn.usageMetadata().totalTokenCount()).isEqualTo(8);
			assertThat(turn.totalUsage().totalTokenCount()).isEqualTo(13);
		});
	}

	@Test
	void partsOfTheMatchingResponseAreStoredUnchanged() {
		this.server.answer(
				"{'candidates': [{'content': {'parts': [{'text': 'no', 'thoughtSignature': 'a'}]}, 'finishReason': 'STOP'}]}")
			.answer("{'candidates': [{'content': {'parts': []}, 'finishReason': 'STOP'}]}")
			.answer("""
					{'candidates': [{'content': {'role': 'model', 'parts': [{'text': 'hm', 'thought': true},
					{'text': '7', 'thoughtSignature': 'b', 'novel': {'c': 1}}]}, 'finishReason': 'STOP'}]}""");
		assertThat(this.chat.prompt("How many?").repairs(2).entity(int.class)).isEqualTo(7);

		List<Content> contents = this.chat.conversation().contents();
		assertThat(contents).hasSize(2).first().isEqualTo(Content.user("How many?"));
		assertThat(contents.get(1).parts()).extracting(Part::text).containsExactly("hm", "7");
		assertThat(contents.get(1).parts().get(1)).satisfies((part) -> {
			assertThat(part.thoughtSignature()).isEqualTo("b");
			assertThat(part.additional()).containsKey("novel");
		});
	}

	@Test
	void functionCallsBeforeAMismatchAreStored() {
		String call = """
				{'candidates': [{'content': {'role': 'model', 'parts': [{'functionCall': {'id': '%s', 'name': 'next'},
				 'thoughtSignature': 's%s'}]}, 'finishReason': 'STOP'}]}""";
		AtomicInteger calls = new AtomicInteger();
		this.server.answer(call.formatted("1", "1"))
			.answer("{'candidates': [{'content': {'role': 'model', 'parts': [{'text': 'no'}]}, 'finishReason': 'STOP'}]}")
			.answer(call.formatted("2", "2"));
		this.server.reply((text) -> "42");
		this.chat.prompt("How many?")
			.functions(GeminiFunctionCallback.of("next", "Counts", calls::incrementAndGet))
			.repairs(1)
			.entity(int.class);

		List<Content> contents = this.chat.conversation().contents();
		assertThat(contents).extracting(Content::role)
			.containsExactly("user", "model", "user", "model", "user", "model");
		assertThat(contents).extracting((content) -> content.parts().get(0).thoughtSignature())
			.containsExactly(null, "s1", null, "s2", null, null);
		assertThat(this.server.requests().get(3).contents()).extracting(Content::role)
			.containsExactly("user", "model", "user", "model", "user", "model", "user");
		assertThat(calls).hasValue(2);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 2 })
	void whenNoRepairHelpsThenTheConversationIsUnchanged(int repairs) {
		this.chat.prompt("One").text();
		GeminiConversation before = this.chat.conversation();
		this.server.reply((text) -> "never");
		assertThatExceptionOfType(GeminiResponseMismatchException.class)
			.isThrownBy(() -> this.chat.prompt("How many?").repairs(repairs).entity(int.class))
			.satisfies((ex) -> assertThat(ex.getText()).isEqualTo("never"));

		assertThat(this.server.requests()).hasSize(2 + repairs);
		assertThat(this.chat.conversation()).isEqualTo(before);
		assertThat(this.chat.prompt("Two").text()).isEqualTo("never");
		assertThat(this.server.lastTexts()).isEqualTo("One|re: One|Two");
	}

	@Test
	void whenARepairFailsOrIsCutOffThenTheConversationIsUnchanged() {
		String refused = "{'candidates': [{'content': {'parts': [{'text': 'no'}]}, 'finishReason': 'STOP'}]}";
		this.server.answer(refused)
			.answer(new MockResponse.Builder().code(400).body("{\"error\": {\"code\": 400}}").build());
		assertThatExceptionOfType(GeminiException.class)
			.isThrownBy(() -> this.chat.prompt("How many?").repairs(3).entity(int.class));
		this.server.answer(refused)
			.answer("{'candidates': [{'content': {'parts': [{'text': '4'}]}, 'finishReason': 'MAX_TOKENS'}]}");
		assertThatExceptionOfType(GeminiResponseTruncatedException.class)
			.isThrownBy(() -> this.chat.prompt("How many?").repairs(3).entity(int.class));

		assertThat(this.server.requests()).hasSize(4);
		assertThat(this.chat.conversation()).isEqualTo(GeminiConversation.EMPTY);
	}

	@Test
	void cancelledRepairDoesNotChangeTheConversationAndLetsTheNextTurnRun() {
		this.server.answer("{'candidates': [{'content': {'parts': [{'text': 'no'}]}, 'finishReason': 'STOP'}]}")
			.answer(new MockResponse.Builder().headersDelay(1, TimeUnit.HOURS).build());
		var running = this.chat.prompt("How many?").repairs(1).entityAsync(int.class).subscribe();
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> this.server.requests().size() == 2);
		List<String> answers = new ArrayList<>();
		this.chat.prompt("Next").textAsync().subscribe(answers::add);
		running.dispose();

		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(answers).containsExactly("re: Next"));
		assertThat(this.server.lastTexts()).isEqualTo("Next");
		assertThat(this.chat.conversation().turns()).hasSize(1);
	}

	@Test
	void otherCallersWaitUntilTheValueIsRepaired() {
		this.server.delay(Duration.ofMillis(20));
		GeminiChats chats = new GeminiChats(this.server.template(), new FaultyRepository(), GeminiChatWindow.ALL);
		List<Mono<?>> turns = new ArrayList<>();
		IntStream.range(0, 8).forEach((number) -> {
			turns.add(chats.chat("shared").prompt("v" + number).repairs(1).entityAsync(int.class));
			turns.add(chats.chat("shared").prompt("t" + number).textAsync());
			turns.add(chats.chat("shared").prompt("s" + number).streamText().then());
		});
		Flux.merge(turns).blockLast(Duration.ofSeconds(30));

		assertThat(this.server.requests()).hasSize(32);
		IntStream.range(0, 32)
			.filter((index) -> this.server.texts(index).contains(COMPLAINT))
			.forEach((index) -> assertThat(this.server.texts(index))
				.startsWith(this.server.texts(index - 1) + "|re: v"));
		assertThat(this.server.requests().stream().map((request) -> request.contents().size()).max(Integer::compare))
			.hasValue(47);
		assertThat(chats.chat("shared").conversation().contents()).hasSize(48)
			.noneMatch((content) -> content.text().startsWith(COMPLAINT) || content.text().startsWith("re: v"))
			.filteredOn((content) -> content.text().equals("42"))
			.hasSize(8);
	}

	@Test
	void streamedValueIsStoredIfItMatches() {
		this.server.reply((text) -> "\"Hello " + text + "\"");
		StepVerifier.create(this.chat.prompt("One").streamEntity(String.class))
			.expectNext("Hel", "Hello One", "Hello One")
			.verifyComplete();
		GeminiConversation before = this.chat.conversation();
		assertThat(before.contents()).containsExactly(Content.user("One"), Content.model("\"Hello One\""));

		StepVerifier.create(this.chat.prompt("Two").repairs(3).streamEntity(int.class))
			.verifyErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(GeminiResponseMismatchException.class,
					(mismatch) -> assertThat(mismatch.getText()).isEqualTo("\"Hello Two\"")));
		assertThat(this.chat.conversation()).isEqualTo(before);
		assertThat(this.server.requests()).hasSize(2);
	}

}
