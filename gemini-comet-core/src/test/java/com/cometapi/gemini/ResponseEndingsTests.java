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

package com.cometapi.gemini;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.chat.GeminiChat;
import com.cometapi.gemini.chat.GeminiConversation;
import com.cometapi.gemini.error.GeminiBlockedException;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiNoMediaException;
import com.cometapi.gemini.error.GeminiNoTextException;
import com.cometapi.gemini.error.GeminiResponseMismatchException;
import com.cometapi.gemini.error.GeminiResponseOutcome;
import com.cometapi.gemini.error.GeminiResponseTruncatedException;
import com.cometapi.gemini.function.GeminiFunctionCallback;
import com.cometapi.gemini.prompt.PromptSpec;
import com.cometapi.gemini.testsupport.GeminiServer;
import com.cometapi.gemini.web.GeminiServerSentEvents;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.codec.ServerSentEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests that all terminal operations agree on which responses ended well, and that a chat
 * stores the turns of these only.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ResponseEndingsTests {

	private static final String TEXT = "{'text': '{\\\"n\\\": 1}'}";

	private static final String EMPTY = "{'text': ''}";

	private static final String SIGNED = "{'text': '', 'thoughtSignature': 'c2ln'}";

	private static final String THOUGHT = "{'text': 'Hm', 'thought': true}";

	private static final String IMAGE = "{'inlineData': {'mimeType': 'image/png', 'data': 'b25l'}}";

	private static final String DRAFT = "{'thought': true, 'inlineData': {'mimeType': 'image/png', 'data': 'b25l'}}";

	private static final String CALL = "{'functionCall': {'name': 'light', 'args': {}}}";

	private static final String CODE = "{'executableCode': {'language': 'PYTHON', 'code': '1'}}";

	static final List<Row> responses = List.of(new Row(TEXT, "STOP", Ending.TEXT),
			new Row(TEXT + "," + EMPTY, "STOP", Ending.TEXT), new Row(THOUGHT + "," + TEXT, "STOP", Ending.TEXT),
			new Row(TEXT, "MAX_TOKENS", Ending.TEXT), new Row(TEXT, "FAKE_NEW_REASON", Ending.TEXT),
			new Row(TEXT, "FINISH_REASON_UNSPECIFIED", Ending.TEXT), new Row(TEXT, null, Ending.TEXT),
			new Row(TEXT, "SAFETY", Ending.BLOCKED), new Row(TEXT, "OTHER", Ending.CUT_OFF),
			new Row(TEXT, "MALFORMED_FUNCTION_CALL", Ending.CUT_OFF),
			// No content
			new Row(EMPTY, "STOP", Ending.EMPTY), new Row("", "STOP", Ending.EMPTY),
			new Row("{}", "STOP", Ending.EMPTY), new Row(SIGNED, "STOP", Ending.EMPTY),
			new Row(THOUGHT, "STOP", Ending.EMPTY), new Row(DRAFT, "STOP", Ending.EMPTY),
			new Row(THOUGHT + "," + EMPTY, "STOP", Ending.EMPTY), new Row("", null, Ending.NO_TEXT),
			new Row(EMPTY, null, Ending.NO_TEXT), new Row(THOUGHT, null, Ending.NO_TEXT),
			new Row(SIGNED, null, Ending.NO_TEXT), new Row(EMPTY, "FINISH_REASON_UNSPECIFIED", Ending.NO_TEXT),
			new Row(THOUGHT, "MAX_TOKENS", Ending.NO_TEXT), new Row(SIGNED, "MAX_TOKENS", Ending.NO_TEXT),
			new Row("", "FAKE_NEW_REASON", Ending.NO_TEXT), new Row("", "NO_IMAGE", Ending.NO_TEXT),
			new Row("", "MALFORMED_FUNCTION_CALL", Ending.NO_TEXT), new Row("", "SAFETY", Ending.BLOCKED),
			new Row(Row.BLOCKED_PROMPT, null, Ending.BLOCKED),
			// Parts other than text
			new Row(IMAGE, "STOP", Ending.NO_TEXT_BUT_PARTS), new Row(IMAGE, "MAX_TOKENS", Ending.NO_TEXT_BUT_PARTS),
			new Row(IMAGE, null, Ending.NO_TEXT_BUT_PARTS), new Row(IMAGE, "IMAGE_OTHER", Ending.NO_TEXT),
			new Row(IMAGE, "IMAGE_SAFETY", Ending.BLOCKED), new Row(CODE, "STOP", Ending.NO_TEXT_BUT_PARTS),
			new Row(CALL, "STOP", Ending.NO_TEXT_BUT_PARTS), new Row(CALL, null, Ending.NO_TEXT_BUT_PARTS),
			new Row(CALL, "MAX_TOKENS", Ending.NO_TEXT_BUT_PARTS), new Row(CALL, "SAFETY", Ending.BLOCKED),
			new Row(CALL, "MALFORMED_FUNCTION_CALL", Ending.NO_TEXT),
			new Row(TEXT + "," + CALL, "UNEXPECTED_TOOL_CALL", Ending.CUT_OFF));

	@AutoClose
	private final GeminiServer server = GeminiServer.echoing();

	private final GeminiTemplate gemini = this.server.template((settings) -> settings.requireFinishReason(false));

	private final GeminiServerSentEvents events = new GeminiServerSentEvents(JsonMapper.shared(),
			Duration.ofMinutes(1));

	@ParameterizedTest
	@FieldSource("responses")
	void wholeResponseIsStoredIfItEndedWell(Row row) {
		Outcome<Boolean> outcome = outcome(row, false, (prompt) -> GeminiResponseOutcome.isSuccessful(prompt.call()));
		assertThat(outcome.value()).isEqualTo(row.ending().successful);
		assertThat(outcome.stored()).isEqualTo(row.ending().successful);
	}

	@ParameterizedTest
	@FieldSource("responses")
	void lastServerSentEventIsDoneIfTheResponseEndedWell(Row row) {
		Outcome<String> outcome = outcome(row, true, (prompt) -> lastEvent(prompt.stream()));
		assertThat(outcome.value()).isEqualTo((row.ending().successful) ? "done" : "error");
		assertThat(outcome.stored()).isEqualTo(row.ending().successful);
	}

	@ParameterizedTest
	@FieldSource("responses")
	void textIsReturnedAndStored(Row row) {
		assertText(row, outcome(row, false, PromptSpec::text));
	}

	@ParameterizedTest
	@FieldSource("responses")
	void textIsStreamedAndStored(Row row) {
		assertText(row, outcome(row, true, (prompt) -> String.join("", prompt.streamText().collectList().block())));
	}

	private static void assertText(Row row, Outcome<String> outcome) {
		boolean returned = row.ending().textFailure == null;
		assertThat(outcome.value()).isEqualTo((!returned) ? null : (row.ending() == Ending.TEXT) ? "{\"n\": 1}" : "");
		assertFailure(outcome, row.ending().textFailure);
		assertThat(outcome.stored()).isEqualTo(returned);
	}

	@ParameterizedTest
	@FieldSource("responses")
	void valueIsReturnedAndStored(Row row) {
		assertValue(row, outcome(row, false, (prompt) -> prompt.entity(Value.class)));
	}

	@ParameterizedTest
	@FieldSource("responses")
	void valueIsStreamedAndStored(Row row) {
		assertValue(row, outcome(row, true, (prompt) -> prompt.streamEntity(Value.class).blockLast()));
	}

	private static void assertValue(Row row, Outcome<Value> outcome) {
		boolean cutOff = "MAX_TOKENS".equals(row.finishReason());
		boolean returned = row.ending() == Ending.TEXT && !cutOff;
		assertThat(outcome.value()).isEqualTo((returned) ? new Value(1) : null);
		assertFailure(outcome, switch (row.ending()) {
			case TEXT -> (cutOff) ? GeminiResponseTruncatedException.class : null;
			case EMPTY -> GeminiResponseMismatchException.class;
			default -> row.ending().textFailure;
		});
		assertThat(outcome.stored()).isEqualTo(returned);
	}

	@ParameterizedTest
	@FieldSource("responses")
	void imagesAreReturnedAndStored(Row row) {
		Outcome<Integer> outcome = outcome(row, false, (prompt) -> prompt.images().size());
		boolean returned = row.ending().successful && row.parts().equals(IMAGE);
		assertThat(outcome.value()).isEqualTo((returned) ? 1 : null);
		assertFailure(outcome, (row.ending() == Ending.BLOCKED) ? GeminiBlockedException.class
				: (returned) ? null : GeminiNoMediaException.class);
		assertThat(outcome.stored()).isEqualTo(returned);
	}

	@ParameterizedTest
	@FieldSource("responses")
	void functionsRunIfTheResponseEndedWellAndIsComplete(Row row) {
		AtomicInteger runs = new AtomicInteger();
		outcome(row, false, (prompt) -> prompt.functions(light(runs)).call());
		boolean complete = row.ending().successful && !"MAX_TOKENS".equals(row.finishReason());
		assertThat(runs).hasValue((complete && row.parts().contains(CALL)) ? 1 : 0);
	}

	@ParameterizedTest
	@FieldSource("responses")
	void responseAfterFunctionsFollowsTheSameRule(Row row) {
		if (row.parts().contains(CALL)) {
			return;
		}
		AtomicInteger runs = new AtomicInteger();
		Row call = new Row(CALL, "STOP", Ending.NO_TEXT_BUT_PARTS);
		this.server.answer(call.json());
		assertText(row, outcome(row, false, (prompt) -> prompt.functions(light(runs)).text()));
		this.server.answerEvents(call.events());
		assertText(row, outcome(row, true,
				(prompt) -> String.join("", prompt.functions(light(runs)).streamText().collectList().block())));
		this.server.answerEvents(call.events());
		Outcome<String> events = outcome(row, true, (prompt) -> lastEvent(prompt.functions(light(runs)).stream()));
		assertThat(events.value()).isEqualTo((row.ending().successful) ? "done" : "error");
		assertThat(events.stored()).isEqualTo(row.ending().successful);
		assertThat(runs).hasValue(3);
	}

	private @Nullable String lastEvent(Flux<GenerateContentResponse> responses) {
		return this.events.events(responses).mapNotNull(ServerSentEvent::event).blockLast();
	}

	private static GeminiFunctionCallback light(AtomicInteger runs) {
		return GeminiFunctionCallback.of(FunctionDeclaration.of("light", "Turn the light on"),
				(call) -> Map.of("on", runs.incrementAndGet()));
	}

	private static void assertFailure(Outcome<?> outcome, @Nullable Class<? extends GeminiException> expected) {
		if (expected == null) {
			assertThat(outcome.failure()).isNull();
		}
		else {
			assertThat(outcome.failure()).isExactlyInstanceOf(expected);
		}
	}

	private <T> Outcome<T> outcome(Row row, boolean stream, Function<PromptSpec, T> operation) {
		if (stream) {
			this.server.answerEvents(row.events());
		}
		else {
			this.server.answer(row.json());
		}
		GeminiChat chat = GeminiChat.create(this.gemini);
		AtomicInteger ignored = new AtomicInteger();
		Object[] value = new Object[1];
		GeminiException failure = catchThrowableOfType(GeminiException.class,
				() -> value[0] = operation.apply(chat.prompt("Go")));
		GeminiConversation conversation = chat.conversation();
		assertThat(GeminiConversation.fromJson(conversation.toJson())).isEqualTo(conversation);
		chat.prompt("On").functions(light(ignored)).call();
		assertThat(this.server.lastRequest().contents())
			.allSatisfy((content) -> assertThat(content.parts()).anyMatch((part) -> !part.isEmpty())
				.doesNotContain(Part.builder().build()));
		@SuppressWarnings("unchecked")
		T result = (T) value[0];
		return new Outcome<>(result, failure, !conversation.turns().isEmpty());
	}

	private enum Ending {

		TEXT(true, null), EMPTY(true, null), NO_TEXT_BUT_PARTS(true, GeminiNoTextException.class),
		NO_TEXT(false, GeminiNoTextException.class), CUT_OFF(false, GeminiResponseTruncatedException.class),
		BLOCKED(false, GeminiBlockedException.class);

		private final boolean successful;

		private final @Nullable Class<? extends GeminiException> textFailure;

		Ending(boolean successful, @Nullable Class<? extends GeminiException> textFailure) {
			this.successful = successful;
			this.textFailure = textFailure;
		}

	}

	private record Row(String parts, @Nullable String finishReason, Ending ending) {

		static final String BLOCKED_PROMPT = "blocked prompt";

		String json() {
			if (this.parts.equals(BLOCKED_PROMPT)) {
				return "{'promptFeedback': {'blockReason': 'SAFETY'}}";
			}
			String reason = (this.finishReason != null) ? ", 'finishReason': '" + this.finishReason + "'" : "";
			return "{'candidates': [{" + content() + reason + "}]}";
		}

		String[] events() {
			if (this.parts.equals(BLOCKED_PROMPT) || this.finishReason == null) {
				return new String[] { json() };
			}
			return new String[] { "{'candidates': [{" + content() + "}]}",
					"{'candidates': [{'finishReason': '" + this.finishReason + "'}]}" };
		}

		private String content() {
			return "'content': {'role': 'model', 'parts': [" + this.parts + "]}";
		}

	}

	private record Outcome<T>(@Nullable T value, @Nullable GeminiException failure, boolean stored) {

	}

	record Value(int n) {

	}

}
