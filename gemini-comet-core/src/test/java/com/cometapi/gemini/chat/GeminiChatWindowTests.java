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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.UsageMetadata;
import com.cometapi.gemini.chat.GeminiConversation.Turn;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link GeminiChatWindow}.
 */
class GeminiChatWindowTests {

	private static final Part CALL = Part.functionCall(FunctionCall.of("f", Map.of()));

	private static final Part RESULT = Part.functionResponse("f", Map.of("output", 1));

	@Test
	void allTurnsAreSentUnlessLimited() {
		List<Turn> turns = List.of(turn("a"), turn("b"), turn("c"));

		assertThat(select(GeminiChatWindow.ALL, turns, false)).isEqualTo(turns);
		assertThat(select(GeminiChatWindow.turns(2), turns, false)).isEqualTo(turns.subList(1, 3));
		assertThat(select(GeminiChatWindow.turns(5), turns, false)).isEqualTo(turns);
		assertThat(select(GeminiChatWindow.turns(1), List.of(), false)).isEmpty();
	}

	@Test
	void functionCallsInsideATurnAreKept() {
		Turn withFunction = new Turn(
				List.of(Content.user("q"), Content.model(CALL), Content.user(RESULT), Content.model("a")), null, null,
				null);

		assertThat(select(GeminiChatWindow.turns(1), List.of(turn("a"), withFunction), false))
			.containsExactly(withFunction);
	}

	@Test
	void resultIsNeverSentWithoutItsCall() {
		Turn call = new Turn(List.of(Content.user("q"), Content.model(CALL)), null, null, null);
		Turn next = new Turn(List.of(Content.user(RESULT), Content.model(CALL)), null, null, null);
		Turn result = new Turn(List.of(Content.user(RESULT), Content.model("a")), null, null, null);

		assertThat(select(GeminiChatWindow.turns(1), List.of(turn("a"), call, next, result), false))
			.containsExactly(call, next, result);
		assertThat(select(GeminiChatWindow.turns(2), List.of(turn("a"), call, result, turn("b")), false))
			.containsExactly(turn("b"));
		assertThat(select(GeminiChatWindow.turns(3), List.of(turn("a"), call, result, turn("b")), false))
			.containsExactly(call, result, turn("b"));
	}

	@Test
	void resultWithoutAStoredCallIsNotSent() {
		Turn result = new Turn(List.of(Content.user(RESULT), Content.model("a")), null, null, null);

		assertThat(select(GeminiChatWindow.ALL, List.of(result), false)).isEmpty();
		assertThat(select(GeminiChatWindow.ALL, List.of(result, result, turn("b")), false)).containsExactly(turn("b"));
	}

	@Test
	void turnWithAnOpenCallIsLeftOutOnceAnotherFollows() {
		Turn call = new Turn(List.of(Content.user("q"), Content.model(CALL)), null, null, null);

		assertThat(select(GeminiChatWindow.ALL, List.of(turn("a"), call), true)).containsExactly(turn("a"), call);
		assertThat(select(GeminiChatWindow.ALL, List.of(turn("a"), call), false)).containsExactly(turn("a"));
		assertThat(select(GeminiChatWindow.ALL, List.of(turn("a"), call, turn("b")), false)).containsExactly(turn("a"),
				turn("b"));
	}

	@Test
	void callWithAResponseOfTheServerIsNotOpen() {
		Turn served = new Turn(List.of(Content.user("q"), Content.model(CALL, RESULT, Part.text("a"))), null, null,
				null);

		assertThat(select(GeminiChatWindow.ALL, List.of(served, turn("b")), false)).hasSize(2);
	}

	@Test
	void oneOfSeveralCallsWithoutAResponseOfTheServerIsOpen() {
		Turn half = new Turn(List.of(Content.user("q"), Content.model(CALL, CALL, RESULT, Part.text("a"))), null, null,
				null);

		assertThat(select(GeminiChatWindow.ALL, List.of(half, turn("b")), false)).containsExactly(turn("b"));
	}

	@Test
	void tokenCountsOfTheEndpointAreUsed() {
		// 100 tokens for the system instruction and 50 for each turn
		List<Turn> turns = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			turns.add(counted(100 + 50 * i + 30, 20, i));
		}

		assertThat(countTurns(GeminiChatWindow.tokens(600), turns)).isEqualTo(10);
		assertThat(countTurns(GeminiChatWindow.tokens(599), turns)).isEqualTo(9);
		assertThat(countTurns(GeminiChatWindow.tokens(300), turns)).isEqualTo(3);
		assertThat(countTurns(GeminiChatWindow.tokens(1), turns)).isOne();
	}

	@Test
	void tokenCountOfAMovedWindowIsUsed() {
		List<Turn> turns = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			int earlier = Math.min(i, 3);
			turns.add(counted(100 + 50 * earlier + 30, 20, earlier));
		}

		assertThat(countTurns(GeminiChatWindow.tokens(300), turns)).isBetween(3, 5);
	}

	@Test
	void turnsWithoutATokenCountAreEstimated() {
		Turn large = turn("x".repeat(4000));

		assertThat(countTurns(GeminiChatWindow.tokens(1500), List.of(large, large, turn("a")))).isEqualTo(2);
		assertThat(countTurns(GeminiChatWindow.tokens(2500), List.of(large, large, turn("a")))).isEqualTo(3);
	}

	@Test
	void mediaAndCallsAreEstimatedToo() {
		Turn image = new Turn(List.of(Content.user(Part.inlineData("image/png", new byte[100_000]))), null, null, null);
		Turn file = new Turn(List.of(Content.user(Part.fileData("image/png", "x".repeat(100_000)))), null, null, null);
		Part call = Part.functionCall(FunctionCall.of("f", Map.of("a", "x".repeat(4000))));
		Part result = Part.functionResponse("f", Map.of("a", "x".repeat(4000)));

		assertThat(countTurns(GeminiChatWindow.tokens(600), List.of(image, file, turn("a")))).isEqualTo(3);
		assertThat(countTurns(GeminiChatWindow.tokens(300), List.of(image, file, turn("a")))).isEqualTo(2);
		for (Part part : List.of(call, result)) {
			Turn large = new Turn(List.of(Content.user("q"), Content.model(part)), null, null, null);
			assertThat(countTurns(GeminiChatWindow.tokens(900), List.of(large, turn("a")))).isOne();
			assertThat(countTurns(GeminiChatWindow.tokens(1200), List.of(large, turn("a")))).isEqualTo(2);
		}
	}

	@Test
	void turnsWithAnIncompleteTokenCountAreEstimated() {
		Turn large = turn("x".repeat(4000));
		Turn withoutPrompt = new Turn(List.of(Content.user("q"), Content.model("a")),
				UsageMetadata.builder().totalTokenCount(5).build(), null, 1);
		Turn withoutAnswer = new Turn(List.of(Content.user("q"), Content.model("a")),
				UsageMetadata.builder().promptTokenCount(400).build(), null, 1);
		Turn alone = counted(10, 10, 0);
		Turn sawMore = counted(5000, 20, 9);
		Turn apart = new Turn(alone.contents(), alone.usageMetadata(), null, null);

		assertThat(countTurns(GeminiChatWindow.tokens(500), List.of(large, withoutPrompt))).isOne();
		assertThat(countTurns(GeminiChatWindow.tokens(400), List.of(large, withoutAnswer))).isEqualTo(2);
		assertThat(countTurns(GeminiChatWindow.tokens(399), List.of(large, withoutAnswer))).isOne();
		assertThat(countTurns(GeminiChatWindow.tokens(100), List.of(turn("a"), sawMore))).isEqualTo(2);
		assertThat(countTurns(GeminiChatWindow.tokens(500), List.of(large, apart))).isOne();
		assertThat(countTurns(GeminiChatWindow.tokens(1100), List.of(large, alone))).isEqualTo(2);
		assertThat(countTurns(GeminiChatWindow.tokens(500), List.of(large, alone))).isOne();
	}

	@Test
	void bothLimitsApply() {
		GeminiChatWindow window = new GeminiChatWindow(2, 1500);
		Turn large = turn("x".repeat(4000));

		assertThat(countTurns(window, List.of(turn("a"), turn("b"), turn("c")))).isEqualTo(2);
		assertThat(countTurns(window, List.of(large, large, large))).isOne();
	}

	@Test
	void limitMustBePositive() {
		assertThatIllegalArgumentException().isThrownBy(() -> GeminiChatWindow.turns(0));
		assertThatIllegalArgumentException().isThrownBy(() -> GeminiChatWindow.tokens(-1));
	}

	private static List<Turn> select(GeminiChatWindow window, List<Turn> turns, boolean resultsFollow) {
		List<Turn> inside = window.limit(new GeminiConversation(turns.size(), turns)).turns();
		return GeminiChatWindow.withoutOpenCalls(inside, resultsFollow);
	}

	private static int countTurns(GeminiChatWindow window, List<Turn> turns) {
		return window.limit(new GeminiConversation(turns.size(), turns)).turns().size();
	}

	private static Turn turn(String text) {
		return new Turn(List.of(Content.user(text), Content.model("y")), null, null, null);
	}

	private static Turn counted(int prompt, int answer, int earlier) {
		UsageMetadata usage = UsageMetadata.builder()
			.promptTokenCount(prompt)
			.candidatesTokenCount(answer)
			.thoughtsTokenCount(1000)
			.build();
		return new Turn(List.of(Content.user("q"), Content.model("a")), usage, null, earlier);
	}

}
