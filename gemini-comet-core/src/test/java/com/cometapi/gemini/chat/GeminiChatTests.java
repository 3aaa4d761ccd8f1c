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

import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FinishReason;
import com.cometapi.gemini.api.FunctionResponse;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.chat.GeminiConversation.Turn;
import com.cometapi.gemini.error.GeminiBlockedException;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiProtocolException;
import com.cometapi.gemini.error.GeminiResponseOutcome;
import com.cometapi.gemini.function.GeminiFunctionCallback;
import com.cometapi.gemini.prompt.PromptSpec;
import com.cometapi.gemini.testsupport.GeminiServer;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link GeminiChat}.
 */
class GeminiChatTests {

	private static final Part RESULT = Part.functionResponse("f", Map.of());

	@AutoClose
	private final GeminiServer server = GeminiServer.echoing();

	private final GeminiChat chat = GeminiChat.create(this.server.template());

	@Test
	void eachTurnIsSentAfterTheEarlierOnes() {
		assertThat(this.chat.prompt("One").text()).isEqualTo("re: One");
		assertThat(this.chat.prompt("Two").callAsync().block().text()).isEqualTo("re: Two");
		assertThat(this.chat.prompt("Three").streamText().collectList().block()).containsExactly("re: ", "Three");
		this.chat.prompt("Four").stream().blockLast();

		assertThat(this.server.lastTexts()).isEqualTo("One|re: One|Two|re: Two|Three|re: Three|Four");
		assertThat(this.server.requests().get(3).contents()).extracting(Content::role)
			.containsExactly("user", "model", "user", "model", "user", "model", "user");
		assertThat(this.chat.conversation().turns()).hasSize(4);
		assertThat(this.chat.conversation().version()).isEqualTo(4);
		assertThat(this.chat.conversation().turns()).extracting(Turn::earlierTurns).containsExactly(0, 1, 2, 3);
	}

	@Test
	void rewindRemovesTheQuestionAndItsResponse() {
		this.chat.prompt("One").text();
		this.chat.prompt("Two").text();
		this.chat.prompt("Three").text();

		this.chat.rewind(Part.text("Two"));
		this.chat.prompt("Two").text();

		assertThat(this.server.lastTexts()).isEqualTo("One|re: One|Two");
		assertThat(this.chat.conversation().contents()).extracting(Content::text)
			.containsExactly("One", "re: One", "Two", "re: Two");
	}

	@Test
	void rewindMayEmptyTheConversation() {
		this.chat.rewind(Part.text("One"));
		this.chat.prompt("One").text();
		this.chat.rewind(Part.text("Other"));
		assertThat(this.chat.conversation().turns()).hasSize(1);

		this.chat.rewindAsync(Part.text("One")).block();
		assertThat(this.chat.conversation().turns()).isEmpty();
		this.chat.prompt("One").text();
		assertThat(this.chat.conversation().turns()).hasSize(1);
	}

	@Test
	void mediaSinkIsRefused() {
		PromptSpec prompt = this.chat.prompt("Draw").mediaSink((mimeType) -> OutputStream.nullOutputStream());
		List<Publisher<?>> ways = List.of(prompt.callAsync(), prompt.resultAsync(), prompt.stream(),
				prompt.streamText(), prompt.entityAsync(String.class));
		assertThat(ways)
			.allSatisfy((way) -> assertThatIllegalArgumentException().isThrownBy(() -> Flux.from(way).blockLast())
				.withMessageContaining("'mediaSink'"));
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void defaultsOfAChatAreNotPartOfTheConversation() {
		GeminiChat tutor = GeminiChat.builder(this.server.template())
			.system("You are a tutor.")
			.prompts((prompt) -> prompt.model("gemini-3.1-pro-preview").temperature(0.5))
			.build();
		tutor.prompt("One").text();
		tutor.prompt("Two").system("Be brief.").text();

		assertThat(this.server.requests()).extracting((request) -> request.systemInstruction().text())
			.containsExactly("You are a tutor.", "You are a tutor.Be brief.");
		assertThat(this.server.requests())
			.allSatisfy((request) -> assertThat(request.generationConfig().temperature()).isEqualTo(0.5));
		assertThat(tutor.conversation().contents()).extracting(Content::text)
			.containsExactly("One", "re: One", "Two", "re: Two");
	}

	@Test
	void mediaAreStored() {
		this.chat.prompt("What is this?").media(MediaType.IMAGE_PNG, new byte[] { 1, 2, 3 }).text();
		this.chat.prompt("And now?").text();

		assertThat(this.server.requests().get(1).contents().get(0))
			.isEqualTo(Content.user(Part.text("What is this?"), Part.inlineData("image/png", new byte[] { 1, 2, 3 })));
	}

	@ParameterizedTest
	@MethodSource("recordedResponses")
	void recordedResponseIsSentBackUnchanged(String name) {
		this.server.answerFile(name);
		GenerateContentResponse response = this.chat.prompt("Go").call();
		boolean kept = GeminiResponseOutcome.isSuccessful(response);
		this.chat.prompt("On").user(RESULT).text();

		List<Content> sent = this.server.requests().get(1).contents();
		if (kept) {
			assertThat(sent).hasSize(3);
			assertThat(sent.get(1).parts())
				.isEqualTo(response.parts().stream().filter((part) -> !part.equals(Part.builder().build())).toList());
		}
		else {
			assertThat(sent).hasSize(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "gemini3-function-call.sse", "gemini3-text-signature.sse", "thinking.sse",
			"thinking-function-call.sse", "vertex-parallel-function-calls-crlf.sse", "vertex-partial-function-call.sse",
			"code-execution.sse", "image-output.sse", "url-context.sse" })
	void recordedStreamIsSentBackWithItsSignatures(String name) {
		this.server.answerFile(name);
		List<GenerateContentResponse> events = this.chat.prompt("Go").stream().collectList().block();
		this.chat.prompt("On").user(RESULT).text();

		List<Part> sent = this.server.requests().get(1).contents().get(1).parts();
		assertThat(sent).extracting(Part::thoughtSignature)
			.filteredOn((signature) -> signature != null)
			.containsExactlyElementsOf(events.stream()
				.flatMap((event) -> event.parts().stream())
				.map(Part::thoughtSignature)
				.filter((signature) -> signature != null)
				.toList());
		assertThat(new Content("model", sent, Map.of()).text())
			.isEqualTo(String.join("", events.stream().map(GenerateContentResponse::text).toList()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "blocked-prompt.response.json", "blocked-candidate-no-content.response.json",
			"empty-content.response.json", "max-tokens-empty.response.json", "no-image.response.json",
			"finish-other-with-message.response.json" })
	void blockedOrEmptyTurnIsNotStored(String name) {
		this.chat.prompt("One").text();
		this.server.answerFile(name);
		this.chat.prompt("Bad").call();
		this.chat.prompt("Two").text();

		assertThat(this.server.lastTexts()).isEqualTo("One|re: One|Two");
	}

	@Test
	void emptyContentOfATurnThatEndedWellIsNotStored() {
		this.server.answerFile("empty-text-part.response.json");
		assertThat(this.chat.prompt("One").text()).isEmpty();
		this.chat.prompt("Two").text();

		assertThat(this.server.requests().get(1).contents()).containsExactly(Content.user("One"), Content.user("Two"));
	}

	@Test
	void responseThatWasBlockedAfterSomeTextIsNotStored() {
		this.server.answerFile("finish-safety.sse");

		StepVerifier.create(this.chat.prompt("Bad").streamText())
			.thenConsumeWhile((text) -> true)
			.verifyError(GeminiBlockedException.class);
		assertThat(this.chat.conversation()).isEqualTo(GeminiConversation.EMPTY);
	}

	@Test
	void responseThatWasCutByItsLimitIsStored() {
		this.server.answer("""
				{'candidates': [{'content': {'parts': [{'text': 'Once upon'}]}, 'finishReason': 'MAX_TOKENS'}]}""");

		assertThat(this.chat.prompt("Tell").call().finishReason()).isEqualTo(FinishReason.MAX_TOKENS);
		assertThat(this.chat.conversation().contents()).containsExactly(Content.user("Tell"),
				Content.model("Once upon"));
	}

	@Test
	void failedTurnDoesNotChangeTheConversation() {
		this.chat.prompt("One").text();
		GeminiConversation before = this.chat.conversation();
		this.server.answer(new MockResponse.Builder().code(400).body("{\"error\": {\"code\": 400}}").build());
		assertThatExceptionOfType(GeminiException.class).isThrownBy(() -> this.chat.prompt("Bad").call());
		this.server.answerFile("truncated.sse");
		StepVerifier.create(this.chat.prompt("Cut").stream())
			.thenConsumeWhile((event) -> true)
			.verifyError(GeminiProtocolException.class);
		this.server.answerFile("error-mid-stream.sse");
		StepVerifier.create(this.chat.prompt("Broken").stream())
			.thenConsumeWhile((event) -> true)
			.verifyError(GeminiException.class);
		assertThatIllegalArgumentException().isThrownBy(() -> this.chat.prompt().text());

		assertThat(this.chat.conversation()).isEqualTo(before);
		assertThat(this.chat.prompt("Two").text()).isEqualTo("re: Two");
		assertThat(this.server.lastTexts()).isEqualTo("One|re: One|Two");
	}

	@Test
	void forkContinuesIndependently() {
		GeminiChat tutor = GeminiChat.builder(this.server.template()).system("Be brief.").build();
		tutor.prompt("One").text();
		GeminiChat fork = tutor.fork();
		fork.prompt("Left").text();
		tutor.prompt("Right").text();

		assertThat(this.server.texts(1)).isEqualTo("One|re: One|Left");
		assertThat(this.server.texts(2)).isEqualTo("One|re: One|Right");
		assertThat(this.server.requests().get(1).systemInstruction().text()).isEqualTo("Be brief.");
	}

	@Test
	void conversationIsRestoredFromJson() {
		this.server.answer("""
				{'candidates': [{'content': {'role': 'model', 'new': {'a': [1, 2.50]}, 'parts': [
				 {'text': 'a', 'thought': true}, {'text': 'b', 'thoughtSignature': 'c2ln'}, {'newKind': {'x': null}},
				 {'inlineData': {'mimeType': 'image/png', 'data': 'AQID'}, 'thoughtSignature': 'skip'}]},
				 'finishReason': 'STOP'}], 'usageMetadata': {'promptTokenCount': 3, 'new': 1}}""");
		this.chat.prompt("One").call();
		GeminiConversation conversation = this.chat.conversation();
		String json = conversation.toJson();
		GeminiChat copy = GeminiChat.builder(this.server.template())
			.conversation(GeminiConversation.fromJson(json))
			.build();
		copy.prompt("Two").text();

		assertThat(json).startsWith("{\"version\":1,");
		assertThat(GeminiConversation.fromJson(json)).isEqualTo(conversation);
		assertThat(this.server.requests().get(1).contents())
			.startsWith(conversation.contents().toArray(Content[]::new));
	}

	@Test
	void windowLimitsTheTurnsThatAreSentButNotStored() {
		GeminiChat narrow = GeminiChat.builder(this.server.template()).window(GeminiChatWindow.turns(2)).build();
		Stream.of("One", "Two", "Three", "Four").forEach((text) -> narrow.prompt(text).text());

		assertThat(this.server.lastTexts()).isEqualTo("Two|re: Two|Three|re: Three|Four");
		assertThat(narrow.conversation().turns()).hasSize(4);
	}

	@Test
	void windowKeepsAFunctionCallAndItsResultTogether() {
		GeminiChat narrow = GeminiChat.builder(this.server.template()).window(GeminiChatWindow.turns(1)).build();
		narrow.prompt("Before").text();
		this.server.answer("""
				{'candidates': [{'content': {'role': 'model', 'parts': [{'functionCall': {'id': '1', 'name': 'f'},
				 'thoughtSignature': 's'}]}, 'finishReason': 'STOP'}]}""");
		narrow.prompt("Call f").call();
		Part result = Part.functionResponse(FunctionResponse.of("1", "f", Map.of("output", 1)));
		narrow.prompt().user(result).call();
		narrow.prompt("After").text();

		assertThat(this.server.requests().get(2).contents()).hasSize(3).first().isEqualTo(Content.user("Call f"));
		assertThat(this.server.requests().get(3).contents()).hasSize(5)
			.startsWith(Content.user("Call f"))
			.contains(Content.user(result), Content.user("After"));
	}

	@Test
	void openCallIsNotSentAfterAnotherQuestion() {
		this.chat.prompt("One").text();
		this.server.answer("""
				{'candidates': [{'content': {'role': 'model', 'parts': [{'functionCall': {'name': 'f'}}]},
				 'finishReason': 'STOP'}]}""");
		this.chat.prompt("Call f").call();
		this.chat.prompt("Never mind").text();
		this.chat.prompt("After").text();

		assertThat(this.server.texts(2)).isEqualTo("One|re: One|Never mind");
		assertThat(this.server.texts(3)).isEqualTo("One|re: One|Never mind|re: Never mind|After");
		assertThat(this.chat.conversation().turns()).hasSize(4);
	}

	@Test
	void responseWithThoughtsOnlyIsNotStored() {
		this.server.answerFile("max-tokens-during-thinking.response.json");
		this.chat.prompt("Bad").call();

		assertThat(this.chat.conversation()).isEqualTo(GeminiConversation.EMPTY);
	}

	@Test
	void functionCallsOfCallsAndStreamsAreStoredTheSameWay() {
		String call = """
				{'candidates': [{'content': {'role': 'model', 'parts': [{'text': 'Let me see. '}, {'functionCall':
				 {'id': '1', 'name': 'now', 'args': {}}, 'thoughtSignature': 's'}]}, 'finishReason': 'STOP'}]}""";
		String answer = """
				{'candidates': [{'content': {'role': 'model', 'parts': [{'text': 'Noon', 'thoughtSignature': 't'}]},
				 'finishReason': 'STOP'}]}""";
		GeminiFunctionCallback now = GeminiFunctionCallback.of("now", "Tells the time", () -> "12:00");
		this.server.answer(call).answer(answer);
		this.chat.prompt("What time is it?").functions(now).call();
		GeminiChat streaming = GeminiChat.create(this.server.template());
		this.server.answerEvents(call, "{'usageMetadata': {'totalTokenCount': 1}}").answerEvents(answer);
		streaming.prompt("What time is it?").functions(now).stream().blockLast();

		assertThat(this.chat.conversation().turns()).singleElement()
			.satisfies((turn) -> assertThat(turn.contents()).extracting(Content::role)
				.containsExactly("user", "model", "user", "model"));
		assertThat(streaming.conversation().contents()).isEqualTo(this.chat.conversation().contents());
	}

	@Test
	void clearRemovesTheConversation() {
		this.chat.prompt("One").text();
		this.chat.clear();
		this.chat.prompt("Two").text();

		assertThat(this.server.lastTexts()).isEqualTo("Two");
	}

	static Stream<String> recordedResponses() {
		return Stream.of("code-execution", "function-call", "function-call-with-id", "function-call-signed",
				"gemini3-function-call", "gemini3-text-signature", "image-output-with-empty-part",
				"parallel-function-calls-signed", "thinking-function-call", "thinking-thoughts", "tts", "mcp-servers",
				"citations", "url-context-mixed", "google-maps-grounding", "unknown-finish-reason", "text")
			.map((name) -> name + ".response.json");
	}

}
