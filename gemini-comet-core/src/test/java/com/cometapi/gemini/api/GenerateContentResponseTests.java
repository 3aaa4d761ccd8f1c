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

package com.cometapi.gemini.api;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the accessors of {@link GenerateContentResponse} with recorded responses.
 */
class GenerateContentResponseTests {

	@Test
	void textHasNoThoughts() {
		GenerateContentResponse response = Wire.response("thinking-thoughts");

		assertThat(response.text()).isEqualTo("Mountain View");
		assertThat(response.thoughts()).startsWith("**Thinking About Google's Headquarters**");
		assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
		assertThat(response.isBlocked()).isFalse();
		assertThat(response.parts()).hasSize(2);
		assertThat(response.content().role()).isEqualTo("model");
	}

	@Test
	void textOfAStreamIsTheTextOfAllEvents() {
		List<GenerateContentResponse> events = Wire.events("thinking");

		assertThat(events.stream().map(GenerateContentResponse::text).collect(Collectors.joining()))
			.startsWith("The sky is blue because")
			.endsWith("appear blue to our eyes.");
		assertThat(events.stream().map(GenerateContentResponse::thoughts).collect(Collectors.joining()))
			.startsWith("**Exploring Sky Color**")
			.contains("**Constructing a Concise Answer**");
		assertThat(events.stream().map(GenerateContentResponse::finishReason)).containsExactly(null, null, null, null,
				FinishReason.STOP);
	}

	@Test
	void textInSeveralPartsIsJoinedWithoutSeparators() {
		GenerateContentResponse response = Wire.read(
				"{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"},{\"text\":\"\"},{},{\"text\":\"b \"},{\"text\":\"c\"}]}}]}",
				GenerateContentResponse.class);

		assertThat(response.text()).isEqualTo("ab c");
	}

	@Test
	void signedTextIsText() {
		GenerateContentResponse response = Wire.response("gemini3-text-signature");

		assertThat(response.parts().get(0).thoughtSignature()).isNotEmpty();
		assertThat(response.text()).isNotEmpty();
		assertThat(response.thoughts()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "blocked-prompt", "blocked-prompt-with-message", "blocked-prompt-prohibited",
			"unknown-block-reason" })
	void blockedPromptHasAReasonAndNothingElse(String name) {
		GenerateContentResponse response = Wire.response(name);

		assertThat(response.isBlocked()).isTrue();
		assertThat(response.isPromptBlocked()).isTrue();
		assertThat(response.blockReason()).isNotNull();
		assertThat(response.finishReason()).isNull();
		assertHasNoContent(response);
	}

	@Test
	void reasonOfABlockedPromptIsRead() {
		assertThat(Wire.events("blocked-prompt")).singleElement()
			.extracting(GenerateContentResponse::blockReason)
			.isEqualTo(BlockReason.SAFETY);
		assertThat(Wire.response("blocked-prompt").blockReason()).isEqualTo(BlockReason.BLOCK_REASON_UNSPECIFIED);
		assertThat(Wire.response("blocked-prompt-with-message").promptFeedback().blockReasonMessage()).isNotEmpty();
		assertThat(Wire.response("unknown-block-reason").blockReason()).hasToString("FAKE_NEW_BLOCK_REASON");
	}

	@ParameterizedTest
	@ValueSource(strings = { "BLOCK_REASON_UNSPECIFIED", "BLOCKED_REASON_UNSPECIFIED", "" })
	void promptWithTheUnspecifiedReasonIsNotBlocked(String reason) {
		GenerateContentResponse response = GenerateContentResponse.builder()
			.promptFeedback(PromptFeedback.of(new BlockReason(reason)))
			.build();

		assertThat(response.isBlocked()).isFalse();
		assertThat(response.isPromptBlocked()).isFalse();
		assertThat(response.blockReason()).isNull();
	}

	@Test
	void responseThatAFilterEndedIsBlockedButItsPromptIsNot() {
		GenerateContentResponse response = Wire.response("blocked-candidate-no-content");

		assertThat(response.isBlocked()).isTrue();
		assertThat(response.isPromptBlocked()).isFalse();
		assertThat(response.finishReason()).isEqualTo(FinishReason.SAFETY);
		assertThat(response.candidate().safetyRatings()).anyMatch((rating) -> Boolean.TRUE.equals(rating.blocked()));
		assertHasNoContent(response);
	}

	@ParameterizedTest
	@ValueSource(strings = { "empty-content", "max-tokens-empty", "vertex-max-tokens-empty", "no-image",
			"finish-other-with-message" })
	void responseWithoutContentIsEmptyAndNotBlocked(String name) {
		GenerateContentResponse response = Wire.response(name);

		assertThat(response.isBlocked()).isFalse();
		assertHasNoContent(response);
	}

	@Test
	void finishMessageIsRead() {
		GenerateContentResponse response = Wire.response("finish-other-with-message");

		assertThat(response.finishReason()).isEqualTo(FinishReason.OTHER);
		assertThat(response.finishMessage()).isEqualTo("Model failed to generate content due to internal error.");
	}

	@Test
	void responseThatEndedWhileThinkingHasThoughtsOnly() {
		GenerateContentResponse response = Wire.response("max-tokens-during-thinking");

		assertThat(response.text()).isEmpty();
		assertThat(response.thoughts()).isNotEmpty();
		assertThat(response.finishReason().isCutOff()).isTrue();
		assertThat(response.additional()).containsKey("turnToken");
	}

	@Test
	void unknownFinishReasonDoesNotHideTheText() {
		GenerateContentResponse response = Wire.response("unknown-finish-reason");

		assertThat(response.text()).isEqualTo("Some text");
		assertThat(response.finishReason()).hasToString("FAKE_NEW_FINISH_REASON");
		assertThat(response.isBlocked()).isFalse();
	}

	@Test
	void imageIsReadBesideAnEmptyPart() {
		GenerateContentResponse response = Wire.response("image-output-with-empty-part");

		assertThat(response.parts()).hasSize(3);
		assertThat(response.text()).startsWith("I can certainly help you");
		assertThat(response.inlineData()).singleElement().satisfies((image) -> {
			assertThat(image.mimeType()).isEqualTo("image/png");
			assertThat(image.asBytes()).startsWith(0x89, 'P', 'N', 'G');
		});
	}

	@Test
	void draftsOfImagesInThoughtsAreLeftOut() {
		GenerateContentResponse response = responseOf(
				Part.inlineData("image/png", new byte[] { 1 }).toBuilder().thought(true).build(),
				Part.inlineData("image/png", new byte[] { 2 }));

		assertThat(response.inlineData()).containsExactly(Blob.of("image/png", new byte[] { 2 }));
	}

	@Test
	void parallelFunctionCallsAreReadInOrder() {
		GenerateContentResponse response = Wire.response("parallel-function-calls-signed");

		assertThat(response.functionCalls()).extracting(FunctionCall::name).containsExactly("print", "beep");
		assertThat(response.functionCalls().get(0).args()).isEqualTo(Map.of("color", "blue", "text", "hello"));
		assertThat(response.functionCalls().get(1).args()).isEmpty();
		assertThat(response.parts()).extracting(Part::thoughtSignature).last().isNull();
		assertThat(response.text()).isEmpty();
	}

	@Test
	void functionCallBesideTextIsRead() {
		GenerateContentResponse response = Wire.response("function-call-mixed-with-text");

		assertThat(response.text()).isNotEmpty();
		assertThat(response.functionCalls()).isNotEmpty();
	}

	@Test
	void absentArgumentsAreNullAndEmptyOnesAnEmptyMap() {
		assertThat(Wire.response("function-call-empty-args").functionCalls()).singleElement()
			.extracting(FunctionCall::args)
			.isNull();
		assertThat(Wire.response("function-call-no-args").functionCalls()).singleElement()
			.extracting(FunctionCall::args)
			.isEqualTo(Map.of());
	}

	@Test
	void codeAndItsResultAreRead() {
		GenerateContentResponse response = Wire.response("code-execution");

		assertThat(response.executableCode()).singleElement().satisfies((code) -> {
			assertThat(code.language()).isEqualTo(CodeLanguage.PYTHON);
			assertThat(code.code()).startsWith("prime_numbers");
		});
		assertThat(response.codeExecutionResults()).singleElement()
			.extracting(CodeExecutionResult::output)
			.isEqualTo("sum_of_primes=28\n");
	}

	@Test
	void sourcesOfASearchAreRead() {
		GenerateContentResponse response = Wire.response("google-search-grounding");

		assertThat(response.sources()).isNotEmpty()
			.doesNotHaveDuplicates()
			.allSatisfy((source) -> assertThat(source.uri()).startsWith("https://"));
		assertThat(response.groundingMetadata().webSearchQueries()).isNotEmpty();
	}

	@Test
	void emptySourcesAreLeftOut() {
		GenerateContentResponse response = Wire.response("google-search-grounding-empty-chunk");

		assertThat(response.sources()).isEmpty();
		assertThat(response.groundingMetadata().groundingSupports()).singleElement()
			.satisfies((support) -> assertThat(support.sources(response.groundingMetadata())).isEmpty());
	}

	@Test
	void placesAreSources() {
		GenerateContentResponse response = Wire.response("google-maps-grounding");

		assertThat(response.sources()).hasSize(20)
			.startsWith(new Source("https://maps.google.com/?cid=10332424901773702701", "Joe’s Pizza"));
	}

	@Test
	void onlyPagesThatWereReadAreSources() {
		GenerateContentResponse response = Wire.response("url-context-mixed");

		assertThat(response.sources()).containsExactly(
				new Source("https://ai.google.dev", "Gemini Developer API | Gemma open models | Google AI for ..."));
	}

	@Test
	void supportWithAnIndexBeyondTheSourcesHasNone() {
		GroundingMetadata metadata = Wire.response("url-context-mixed").groundingMetadata();

		assertThat(metadata.groundingSupports()).extracting((support) -> support.sources(metadata).size())
			.containsExactly(1, 0, 0);
	}

	@Test
	void everyKindOfSourceIsRead() {
		GroundingMetadata metadata = Wire.read(
				"""
						{"groundingChunks": [{"web": {"uri": "https://a", "title": "A"}}, {"web": {}}, {},
						 {"image": {"sourceUri": "https://b", "imageUri": "https://b/i.png", "title": "B"}},
						 {"image": {"imageUri": "https://c/i.png"}}, {"web": {"uri": "https://a", "title": "Again"}},
						 {"maps": {"uri": "https://d", "title": "D"}}, {"retrievedContext": {"title": "E"}},
						 {"retrievedContext": {"uri": "gs://f", "documentName": "documents/f"}}, {"somethingNew": {"uri": "x"}}]}
						""",
				GroundingMetadata.class);

		assertThat(metadata.sources()).containsExactly(new Source("https://a", "A"), new Source("https://b", "B"),
				new Source("https://c/i.png", null), new Source("https://d", "D"), new Source(null, "E"),
				new Source("gs://f", "documents/f"));
	}

	@Test
	void citationsAreReadInBothSpellings() {
		assertThat(Wire.response("citations").candidate().citationMetadata().all()).hasSize(4)
			.extracting(Citation::license)
			.startsWith("mit");
		assertThat(Wire.response("vertex-citations").candidate().citationMetadata().all()).hasSize(3)
			.extracting(Citation::title)
			.contains("some-citation-2");
		assertThat(Wire.response("citations").sources()).isEmpty();
	}

	@Test
	void otherCandidateIsNotMistakenForTheFirst() {
		GenerateContentResponse event = Wire.read(
				"{\"candidates\":[{\"index\":1,\"content\":{\"parts\":[{\"text\":\"second\"}]},\"finishReason\":\"STOP\"}]}",
				GenerateContentResponse.class);

		assertThat(event.candidate()).isNull();
		assertThat(event.text()).isEmpty();
		assertThat(event.finishReason()).isNull();
		assertThat(event.candidates().get(0).text()).isEqualTo("second");
	}

	@Test
	void firstCandidateIsFoundAtAnyPosition() {
		GenerateContentResponse response = Wire.read("""
				{"candidates": [{"index": 1, "content": {"parts": [{"text": "second"}]}},
				 {"content": {"parts": [{"text": "first"}]}}]}
				""", GenerateContentResponse.class);

		assertThat(response.text()).isEqualTo("first");
	}

	@Test
	void builtResponseEqualsADecodedOne() {
		GenerateContentResponse built = GenerateContentResponse.builder()
			.candidates(Candidate.builder()
				.content(Content.model(Part.text("a"),
						Part.functionCall(FunctionCall.of("f", Map.of("x", 0.5, "y", List.of(1, "z"))))))
				.finishReason(FinishReason.STOP)
				.build())
			.usageMetadata(UsageMetadata.builder().totalTokenCount(3).build())
			.build();
		GenerateContentResponse decoded = Wire.read("""
				{"candidates": [{"content": {"role": "model", "parts": [{"text": "a"},
				 {"functionCall": {"name": "f", "args": {"y": [1, "z"], "x": 0.50}}}]}, "finishReason": "STOP"}],
				 "usageMetadata": {"totalTokenCount": 3.0}}
				""", GenerateContentResponse.class);

		assertThat(decoded).isEqualTo(built).hasSameHashCodeAs(built);
	}

	private static GenerateContentResponse responseOf(Part... parts) {
		Candidate candidate = Candidate.builder().content(Content.model(parts)).build();
		return GenerateContentResponse.builder().candidates(candidate).build();
	}

	private static void assertHasNoContent(GenerateContentResponse response) {
		assertThat(response.text()).isEmpty();
		assertThat(response.thoughts()).isEmpty();
		assertThat(response.parts()).isEmpty();
		assertThat(response.functionCalls()).isEmpty();
		assertThat(response.inlineData()).isEmpty();
		assertThat(response.executableCode()).isEmpty();
		assertThat(response.codeExecutionResults()).isEmpty();
		assertThat(response.sources()).isEmpty();
		assertThat(response.groundingMetadata()).isNull();
	}

}
