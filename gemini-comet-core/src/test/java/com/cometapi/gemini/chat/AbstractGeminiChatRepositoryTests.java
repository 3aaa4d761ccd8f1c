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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.UsageMetadata;
import com.cometapi.gemini.chat.GeminiConversation.Turn;
import com.cometapi.gemini.testsupport.GeminiServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for all implementations of {@link GeminiChatRepository}.
 */
public abstract class AbstractGeminiChatRepositoryTests {

	private final GeminiChatRepository repository = create(GeminiChatRetention.UNLIMITED);

	protected abstract GeminiChatRepository create(GeminiChatRetention retention);

	/**
	 * Advance the time of all repositories.
	 */
	protected abstract void pass(Duration time);

	@Test
	void unknownConversationIsNotFound() {
		assertThat(this.repository.find("unknown")).isEmpty();
		this.repository.delete("unknown");
	}

	@Test
	void turnsAreLoadedUnchanged() {
		Turn first = new Turn(
				List.of(new Content("user",
						List.of(Part.text("a \u0000 'quoted' \"text\" \\ äö 😀\n\u2028\ud83d \ude00"),
								Part.inlineData("image/png", new byte[1_000_000])),
						Map.of("new", List.of(1, "x"))),
						new Content("model",
								List.of(Part.builder().text("").thoughtSignature("c2ln").build(),
										Part.builder().additional(Map.of("newKind", Map.of())).build()),
								Map.of())),
				UsageMetadata.builder().promptTokenCount(3).build(),
				UsageMetadata.builder().promptTokenCount(5).build(), 0);
		this.repository.append("lossless", 0, List.of(first));
		this.repository.append("lossless", 1, List.of(turn("b"), turn("c")));

		assertThat(this.repository.find("lossless"))
			.contains(new GeminiConversation(3, List.of(first, turn("b"), turn("c"))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "simple", "Simple", "a:b/c?d", "it's; DROP TABLE \"x\" --", "{tag}", "äö 😀" })
	void idMayHaveSpecialCharacters(String id) {
		this.repository.append(id, 0, List.of(turn(id)));

		assertThat(this.repository.find(id))
			.hasValueSatisfying((conversation) -> assertThat(conversation.turns()).containsExactly(turn(id)));
		this.repository.delete(id);
		assertThat(this.repository.find(id)).isEmpty();
	}

	@Test
	void turnsForAnotherVersionAreRefused() {
		this.repository.append("versions", 0, List.of(turn("a")));
		this.repository.append("versions", 1, List.of(turn("b")));
		for (long version : new long[] { 0, 1, 3 }) {
			assertThatExceptionOfType(GeminiChatConflictException.class)
				.isThrownBy(() -> this.repository.append("versions", version, List.of(turn("c"), turn("d"))))
				.satisfies((ex) -> assertThat(ex.getVersion()).isEqualTo(version))
				.satisfies((ex) -> assertThat(ex.getConversationId()).isEqualTo("versions"));
		}

		assertThat(this.repository.find("versions")).contains(new GeminiConversation(2, List.of(turn("a"), turn("b"))));
	}

	@Test
	void whenOneOfTheTurnsFailsThenNoneIsAdded() {
		this.repository.append("half", 0, List.of(turn("a")));
		for (String id : List.of("half", "none")) {
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(
					() -> this.repository.append(id, id.equals("half") ? 1 : 0, Arrays.asList(turn("b"), null)));
		}

		assertThat(this.repository.find("half")).contains(new GeminiConversation(1, List.of(turn("a"))));
		assertThat(this.repository.find("none")).isEmpty();
	}

	@Test
	void idsAndTurnsMustNotBeEmpty() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.repository.find(""))
			.withMessage("'id' must not be empty");
		assertThatIllegalArgumentException().isThrownBy(() -> this.repository.append(" ", 0, List.of(turn("a"))))
			.withMessage("'id' must not be empty");
		assertThatIllegalArgumentException().isThrownBy(() -> this.repository.append("a", 0, List.of()))
			.withMessage("'turns' must not be empty");
	}

	@Test
	void storedTurnsAreNotStoredAgain() {
		List<Turn> first = List.of(turn("a").withNewId(), turn("b").withNewId());
		List<Turn> second = List.of(turn("c").withNewId());
		this.repository.append("again", 0, first);
		this.repository.append("again", 0, first);
		this.repository.append("again", 2, second);
		this.repository.append("again", 0, first);
		this.repository.append("again", 2, second);

		assertThat(this.repository.find("again"))
			.contains(new GeminiConversation(3, Stream.of(first, second).flatMap(List::stream).toList()));
		for (Turn other : List.of(turn("c"), turn("c").withNewId())) {
			assertThatExceptionOfType(GeminiChatConflictException.class)
				.isThrownBy(() -> this.repository.append("again", 2, List.of(other)));
		}
		this.repository.delete("again");
		assertThatExceptionOfType(GeminiChatConflictException.class)
			.isThrownBy(() -> this.repository.append("again", 2, second));
	}

	@Test
	void storedTurnsAreNotStoredAgainIfOnlyTheLastIsRetained() {
		GeminiChatRepository limited = create(new GeminiChatRetention(null, 1));
		List<Turn> turns = List.of(turn("a").withNewId(), turn("b").withNewId());
		limited.append("limited", 0, turns);
		limited.append("limited", 0, turns);

		assertThat(limited.find("limited")).contains(new GeminiConversation(2, turns.subList(1, 2)));
	}

	@Test
	void loadedWindowEqualsTheWindowOfTheWholeConversation() {
		GeminiChatRepository repository = create(new GeminiChatRetention(null, 150));
		Part call = Part.functionCall(FunctionCall.of("f", Map.of()));
		Part result = Part.functionResponse("f", Map.of("output", 1));
		List<Turn> turns = new ArrayList<>();
		for (int i = 0; i < 170; i++) {
			UsageMetadata usage = (i % 3 != 0)
					? UsageMetadata.builder().promptTokenCount(100 + 10 * i).candidatesTokenCount(9).build() : null;
			List<Content> contents = switch (i % 10) {
				case 8 -> List.of(Content.user("q"), Content.model(call));
				case 9 -> List.of(Content.user(result), Content.model("a"));
				default -> List.of(Content.user("q" + i), Content.model("a" + i));
			};
			turns.add(new Turn(contents, usage, null, (i % 7 != 0) ? i : null));
		}
		List<GeminiChatWindow> windows = new ArrayList<>(List.of(GeminiChatWindow.ALL));
		IntStream.of(1, 2, 3, 5, 70, 149, 150, 1000).mapToObj(GeminiChatWindow::turns).forEach(windows::add);
		IntStream.of(1, 50, 150, 500, 1500, 100_000).mapToObj(GeminiChatWindow::tokens).forEach(windows::add);
		windows.add(new GeminiChatWindow(10, 120));
		for (int end : new int[] { 1, 9, 10, 101, 170 }) {
			String id = "window" + end;
			repository.append(id, 0, turns.subList(0, end));
			GeminiConversation all = repository.find(id).orElseThrow();
			assertThat(windows).allSatisfy((window) -> assertThat(repository.find(id, window))
				.hasValueSatisfying((found) -> assertThat(GeminiChatWindow.withoutOrphanedResponses(found))
					.isEqualTo(GeminiChatWindow.withoutOrphanedResponses(window.limit(all)))));
		}
		assertThat(repository.find("none", GeminiChatWindow.turns(2))).isEmpty();
	}

	@Test
	void deletedConversationStaysDeleted() {
		this.repository.append("deleted", 0, List.of(turn("a")));
		this.repository.delete("deleted");
		assertThatExceptionOfType(GeminiChatConflictException.class)
			.isThrownBy(() -> this.repository.append("deleted", 1, List.of(turn("b"))));
		assertThat(this.repository.find("deleted")).isEmpty();
		this.repository.append("deleted", 0, List.of(turn("c")));

		assertThat(this.repository.find("deleted")).contains(new GeminiConversation(1, List.of(turn("c"))));
	}

	@Test
	void conversationWithAnotherVersionIsNotDeleted() {
		this.repository.append("changed", 0, List.of(turn("a")));
		this.repository.append("changed", 1, List.of(turn("b")));
		for (long version : new long[] { 0, 1, 3 }) {
			assertThatExceptionOfType(GeminiChatConflictException.class)
				.isThrownBy(() -> this.repository.delete("changed", version))
				.satisfies((ex) -> assertThat(ex.getVersion()).isEqualTo(version))
				.satisfies((ex) -> assertThat(ex.getConversationId()).isEqualTo("changed"));
		}
		assertThat(this.repository.find("changed")).contains(new GeminiConversation(2, List.of(turn("a"), turn("b"))));
		this.repository.delete("changed", 2);

		assertThat(this.repository.find("changed")).isEmpty();
		assertThatExceptionOfType(GeminiChatConflictException.class)
			.isThrownBy(() -> this.repository.delete("changed", 2));
	}

	@Test
	void oldTurnsBeyondTheLimitAreRemoved() {
		GeminiChatRepository limited = create(new GeminiChatRetention(null, 2));
		limited.append("limited", 0, List.of(turn("a")));
		limited.append("limited", 1, List.of(turn("b"), turn("c")));
		limited.append("limited", 3, List.of(turn("d")));

		assertThat(limited.find("limited")).contains(new GeminiConversation(4, List.of(turn("c"), turn("d"))));
	}

	@Test
	void turnsReplaceAllEarlierOnes() {
		this.repository.append("replaced", 0, List.of(turn("a"), turn("b")));
		this.repository.replace("replaced", 2, List.of(turn("c"), turn("d")));
		assertThatExceptionOfType(GeminiChatConflictException.class)
			.isThrownBy(() -> this.repository.replace("replaced", 2, List.of(turn("e"))));
		assertThat(this.repository.find("replaced")).contains(new GeminiConversation(4, List.of(turn("c"), turn("d"))));
		this.repository.append("replaced", 4, List.of(turn("e")));
		this.repository.replace("begun", 0, List.of(turn("f")));

		assertThat(this.repository.find("replaced"))
			.contains(new GeminiConversation(5, List.of(turn("c"), turn("d"), turn("e"))));
		assertThat(this.repository.find("begun")).contains(new GeminiConversation(1, List.of(turn("f"))));
	}

	@Test
	void replacementMayContainStoredTurns() {
		Turn first = turn("a").withNewId();
		Turn second = turn("b").withNewId();
		this.repository.append("shortened", 0, List.of(first, second, turn("c").withNewId()));
		this.repository.replace("shortened", 3, List.of(first, second));
		assertThat(this.repository.find("shortened")).contains(new GeminiConversation(5, List.of(first, second)));
		this.repository.append("shortened", 5, List.of(turn("d")));

		assertThat(this.repository.find("shortened"))
			.contains(new GeminiConversation(6, List.of(first, second, turn("d"))));
	}

	@Test
	void idsAreFoundByTheirPrefix() {
		for (String id : List.of("list_%:a", "list_%:b", "listX%:c", "list")) {
			this.repository.append(id, 0, List.of(turn("a")));
		}
		this.repository.delete("list_%:b");

		assertThat(this.repository.findIds("list_%:")).containsExactly("list_%:a");
		assertThat(this.repository.findIds("")).contains("list_%:a", "listX%:c", "list").doesNotContain("list_%:b");
	}

	@Test
	void expiredConversationIsRemoved() {
		GeminiChatRepository expiring = create(new GeminiChatRetention(Duration.ofMinutes(10), null));
		expiring.append("expiring", 0, List.of(turn("a")));
		pass(Duration.ofMinutes(6));
		expiring.append("expiring", 1, List.of(turn("b")));
		pass(Duration.ofMinutes(6));
		assertThat(expiring.find("expiring")).isPresent();
		pass(Duration.ofMinutes(6));
		assertThat(expiring.find("expiring")).isEmpty();
		assertThatExceptionOfType(GeminiChatConflictException.class)
			.isThrownBy(() -> expiring.append("expiring", 2, List.of(turn("c"))));
		assertThatExceptionOfType(GeminiChatConflictException.class).isThrownBy(() -> expiring.delete("expiring", 2));
		expiring.append("expiring", 0, List.of(turn("d")));

		assertThat(expiring.find("expiring")).contains(new GeminiConversation(1, List.of(turn("d"))));
	}

	@Test
	void concurrentTurnsOfTwoProcessesAreAllStored() {
		assertThatAllTurnsAreKept(() -> create(GeminiChatRetention.UNLIMITED));
	}

	/**
	 * Run ten turns in each of two processes at the same time, and assert that all are
	 * stored.
	 */
	protected void assertThatAllTurnsAreKept(Supplier<GeminiChatRepository> repositories) {
		try (GeminiServer server = GeminiServer.echoing()) {
			List<Mono<String>> turns = new ArrayList<>();
			for (int process = 0; process < 2; process++) {
				GeminiChat chat = new GeminiChats(server.template(), repositories.get(), GeminiChatWindow.turns(3))
					.chat("shared");
				for (int turn = 0; turn < 10; turn++) {
					turns.add(chat.prompt("p" + process + "t" + turn).textAsync());
				}
			}
			assertThat(Flux.merge(Flux.fromIterable(turns), 20).collectList().block(Duration.ofSeconds(30)))
				.hasSize(20);
		}
		GeminiConversation conversation = this.repository.find("shared").orElseThrow();
		assertThat(conversation.version()).isEqualTo(20);
		assertThat(conversation.turns()).allSatisfy(
				(turn) -> assertThat(turn.contents().get(1).text()).isEqualTo("re: " + turn.contents().get(0).text()));
		for (String process : List.of("p0", "p1")) {
			assertThat(texts(conversation).filter((text) -> text.startsWith(process))).containsExactlyElementsOf(
					Stream.iterate(0, (turn) -> turn + 1).limit(10).map((turn) -> process + "t" + turn).toList());
		}
	}

	private static Stream<String> texts(GeminiConversation conversation) {
		return conversation.turns().stream().map((turn) -> turn.contents().get(0).text());
	}

	protected static Turn turn(String text) {
		return new Turn(List.of(Content.user(text), Content.model("re: " + text)), null, null, null);
	}

}
