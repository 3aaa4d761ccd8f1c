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

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ResponseAccumulator}.
 */
class ResponseAccumulatorTests {

	@ParameterizedTest
	@MethodSource("streams")
	void everyRecordedStreamKeepsItsTextsAndSignatures(String name) {
		List<GenerateContentResponse> events = events(name);
		GenerateContentResponse response = accumulate(events);

		assertThat(response.text()).isEqualTo(join(events, GenerateContentResponse::text));
		assertThat(response.thoughts()).isEqualTo(join(events, GenerateContentResponse::thoughts));
		assertThat(signatures(List.of(response))).isEqualTo(signatures(events));
		assertThat(response.inlineData()).isEqualTo(all(events, GenerateContentResponse::inlineData));
		assertThat(response.executableCode()).isEqualTo(all(events, GenerateContentResponse::executableCode));
		assertThat(response.codeExecutionResults())
			.isEqualTo(all(events, GenerateContentResponse::codeExecutionResults));
		assertThat(response.sources()).extracting(Source::uri)
			.hasSameElementsAs(all(events, GenerateContentResponse::sources).stream().map(Source::uri).toList());
	}

	@ParameterizedTest
	@MethodSource("streams")
	void everyRecordedStreamKeepsItsPartsInOrder(String name) {
		List<GenerateContentResponse> events = events(name);
		GenerateContentResponse response = accumulate(events);

		List<Part> parts = response.parts().stream().filter(ResponseAccumulatorTests::isNotPlain).toList();
		if (!name.equals("vertex-partial-function-call.sse")) {
			assertThat(parts).isEqualTo(all(events, GenerateContentResponse::parts).stream()
				.filter(ResponseAccumulatorTests::isNotPlain)
				.toList());
		}
		assertThat(response.parts()).doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@MethodSource("streams")
	void everyRecordedStreamKeepsTheLastMetadata(String name) {
		List<GenerateContentResponse> events = events(name);
		GenerateContentResponse response = accumulate(events);

		assertThat(response.finishReason()).isEqualTo(last(events, GenerateContentResponse::finishReason));
		assertThat(response.finishMessage()).isEqualTo(last(events, GenerateContentResponse::finishMessage));
		assertThat(response.blockReason()).isEqualTo(last(events, GenerateContentResponse::blockReason));
		assertThat(response.modelVersion()).isEqualTo(last(events, GenerateContentResponse::modelVersion));
		assertThat(response.responseId()).isEqualTo(last(events, GenerateContentResponse::responseId));
		assertThat(response.createTime()).isEqualTo(last(events, GenerateContentResponse::createTime));
		UsageMetadata usage = events.stream()
			.map(GenerateContentResponse::usageMetadata)
			.filter(Objects::nonNull)
			.reduce(UsageMetadata::merge)
			.orElse(null);
		assertThat(response.usageMetadata()).isEqualTo(usage);
	}

	@ParameterizedTest
	@MethodSource("streams")
	void streamOfOneEventIsThatEvent(String name) {
		assertThat(events(name)).allSatisfy((event) -> assertThat(accumulate(List.of(event))).isSameAs(event));
	}

	@ParameterizedTest
	@MethodSource("streams")
	void intermediateResponseDoesNotChangeTheResult(String name) {
		ResponseAccumulator accumulator = new ResponseAccumulator();
		for (GenerateContentResponse event : events(name)) {
			accumulator.add(event);
			assertThat(accumulator.toResponse()).isEqualTo(accumulator.toResponse());
		}

		assertThat(accumulator.toResponse()).isEqualTo(accumulate(events(name)));
	}

	@Test
	void responseWithoutEventsIsEmpty() {
		assertThat(new ResponseAccumulator().toResponse()).isEqualTo(GenerateContentResponse.builder().build());
	}

	@Test
	void nullIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> accumulate(Arrays.asList((GenerateContentResponse) null)))
			.withMessage("'response' must not be null");
	}

	@Test
	void consecutiveTextsAreJoined() {
		assertThat(join("{'text': 'a', 'thought': true}", "{'text': 'b', 'thought': true}", "{'text': 'c'}",
				"{'text': ''}", "{'text': 'd'}"))
			.isEqualTo(parts("{'text': 'ab', 'thought': true}, {'text': 'cd'}"));
	}

	@Test
	void signedTextIsNotJoined() {
		assertThat(join("{'text': 'a'}", "{'text': 'b', 'thoughtSignature': 's1'}",
				"{'text': 'c', 'thoughtSignature': 's2'}", "{'text': 'd'}", "{'text': 'e'}",
				"{'text': '', 'thoughtSignature': 's3'}"))
			.isEqualTo(parts("""
					{'text': 'a'}, {'text': 'b', 'thoughtSignature': 's1'}, {'text': 'c', 'thoughtSignature': 's2'},
					{'text': 'de'}, {'text': '', 'thoughtSignature': 's3'}"""));
	}

	@Test
	void textWithOtherMembersIsNotJoined() throws ReflectiveOperationException {
		for (RecordComponent component : Part.class.getRecordComponents()) {
			if (List.of("text", "thought", "additional").contains(component.getName())) {
				continue;
			}
			String member = "'%s': %s".formatted(component.getName(),
					(component.getType() == String.class || component.getType() == MediaProcessing.class) ? "'x'"
							: "{}");
			String odd = "{'text': 'b', " + member + "}";
			assertThat(join("{'text': 'a'}", odd, "{'text': 'c'}")).as(member)
				.isEqualTo(parts("{'text': 'a'}, " + odd + ", {'text': 'c'}"));
		}
		assertThat(join("{'text': 'a'}", "{'text': 'b', 'new': 1}", "{'text': 'c'}")).hasSize(3);
	}

	@Test
	void unknownPartsKeepTheirPosition() {
		assertThat(join("{'text': 'a'}", "{}", "{'newKind': {'x': [1, null]}}", "{'text': 'b'}"))
			.isEqualTo(parts("{'text': 'a'}, {}, {'newKind': {'x': [1, null]}}, {'text': 'b'}"));
	}

	@Test
	void candidatesAreKeptApart() {
		GenerateContentResponse response = accumulate(event("""
				{'candidates': [{'index': 1, 'content': {'parts': [{'text': 'x'}]}}]}"""), event("""
				{'candidates': [{'content': {'role': 'model', 'parts': [{'text': 'a'}]}}]}"""),
				event("""
						{'candidates': [{'index': 1, 'content': {'parts': [{'text': 'y'}]}, 'finishReason': 'STOP'},
						                {'index': 0, 'content': {'parts': [{'text': 'b'}]}, 'finishReason': 'MAX_TOKENS'}]}"""));

		assertThat(response).isEqualTo(
				event("""
						{'candidates': [
						 {'index': 1, 'content': {'parts': [{'text': 'xy'}]}, 'finishReason': 'STOP'},
						 {'index': 0, 'content': {'role': 'model', 'parts': [{'text': 'ab'}]}, 'finishReason': 'MAX_TOKENS'}]}"""));
	}

	@Test
	void unknownMembersAreKeptOnEveryLevel() {
		GenerateContentResponse response = accumulate(event("""
				{'turnToken': 't1', 'a': 1, 'candidates': [{'score': 1, 'content': {'c': 1, 'parts': [{'text': 'a'}]}}],
				 'usageMetadata': {'u': 1}}"""), event("""
				{'turnToken': 't2', 'candidates': [{'d': {'e': null}, 'content': {'role': 'model'}}]}"""));

		assertThat(response).isEqualTo(event("""
				{'turnToken': 't2', 'a': 1, 'usageMetadata': {'u': 1},
				 'candidates': [{'score': 1, 'd': {'e': null},
				                 'content': {'role': 'model', 'c': 1, 'parts': [{'text': 'a'}]}}]}"""));
	}

	@Test
	void indexesOfSupportsReferToTheSourcesOfAllEvents() {
		GroundingMetadata metadata = Objects.requireNonNull(accumulate(event("""
				{'candidates': [{'groundingMetadata': {'webSearchQueries': ['q'], 'groundingChunks':
				 [{'web': {'uri': 'u0'}}, {}], 'groundingSupports': [{'groundingChunkIndices': [0]}]}}]}"""), event("""
				{'candidates': [{'groundingMetadata': {}}]}"""), event("""
				{'candidates': [{'groundingMetadata': {'webSearchQueries': ['q', 'r'], 'groundingChunks':
				 [{'web': {'uri': 'u2'}}], 'searchEntryPoint': {'renderedContent': 'r'},
				 'groundingSupports': [{'groundingChunkIndices': [2]}]}}]}""")).groundingMetadata());

		assertThat(metadata.webSearchQueries()).containsExactly("q", "r");
		assertThat(metadata.groundingChunks()).hasSize(3);
		assertThat(metadata.groundingSupports().get(1).sources(metadata)).extracting(Source::uri).containsExactly("u2");
		assertThat(metadata.searchEntryPoint()).isNotNull();
	}

	@Test
	void blockReasonIsKeptIfSafetyRatingsFollow() {
		GenerateContentResponse response = accumulate(event("{'promptFeedback': {'blockReason': 'SAFETY'}}"),
				event("{'promptFeedback': {'safetyRatings': []}}"), event("{}"));

		assertThat(response.blockReason()).isEqualTo(BlockReason.SAFETY);
		assertThat(response.candidates()).isEmpty();
	}

	@Test
	void logProbabilitiesOfAllEventsAreKept() {
		GenerateContentResponse response = accumulate(
				event("{'candidates': [{'logprobsResult': {'chosenCandidates': [{'token': 'a'}]}}]}"),
				event("{'candidates': [{'logprobsResult': {'chosenCandidates': [{'token': 'b'}]}}]}"));

		assertThat(response).isEqualTo(event("""
				{'candidates': [{'logprobsResult': {'chosenCandidates': [{'token': 'a'}, {'token': 'b'}]}}]}"""));
	}

	@Test
	void citationsAndUrlsOfAllEventsAreKept() {
		GenerateContentResponse response = accumulate(event("""
				{'candidates': [{'citationMetadata': {'citationSources': [{'uri': 'c1'}]},
				 'urlContextMetadata': {'urlMetadata': [{'retrievedUrl': 'u1'}]}}]}"""), event("""
				{'candidates': [{'citationMetadata': {'citationSources': [{'uri': 'c1'}, {'uri': 'c2'}]},
				 'urlContextMetadata': {'urlMetadata': [{'retrievedUrl': 'u2'}]}}]}"""));

		assertThat(response).isEqualTo(event("""
				{'candidates': [{'citationMetadata': {'citationSources': [{'uri': 'c1'}, {'uri': 'c2'}]},
				 'urlContextMetadata': {'urlMetadata': [{'retrievedUrl': 'u1'}, {'retrievedUrl': 'u2'}]}}]}"""));
	}

	@Test
	void emptyMembersAreKept() {
		for (String json : List.of("{'candidates': []}", "{'modelVersion': 'm'}",
				"{'candidates': [{'content': {'parts': []}}]}", "{'candidates': [{'content': {'role': 'model'}}]}")) {
			GenerateContentResponse response = accumulate(event(json), event("{}"));
			assertThat(Wire.tree(Wire.write(response))).isEqualTo(Wire.tree(Wire.write(event(json))));
		}
	}

	@Test
	void lastPromptFeedbackIsKept() {
		GenerateContentResponse response = accumulate(event("{'promptFeedback': {'safetyRatings': [], 'n': 1}}"),
				event("{'promptFeedback': {'safetyRatings': [], 'n': 2}}"), event("{}"));
		assertThat(response).isEqualTo(event("{'promptFeedback': {'safetyRatings': [], 'n': 2}}"));

		response = accumulate(event("{'promptFeedback': {'blockReason': 'SAFETY'}}"),
				event("{'promptFeedback': {'blockReason': 'OTHER'}}"));
		assertThat(response.blockReason()).isEqualTo(BlockReason.OTHER);
	}

	static List<Part> join(String... parts) {
		return accumulate(Stream.of(parts)
			.map((part) -> event("{'candidates': [{'content': {'parts': [" + part + "]}}]}"))
			.toList()).parts();
	}

	static List<Part> parts(String parts) {
		return event("{'candidates': [{'content': {'parts': [" + parts + "]}}]}").parts();
	}

	private static GenerateContentResponse event(String json) {
		return Wire.read(json.replace("\\\\'", "\u0000").replace('\'', '"').replace('\u0000', '\''),
				GenerateContentResponse.class);
	}

	static GenerateContentResponse accumulate(GenerateContentResponse... events) {
		return accumulate(List.of(events));
	}

	static GenerateContentResponse accumulate(List<GenerateContentResponse> events) {
		ResponseAccumulator accumulator = new ResponseAccumulator();
		events.forEach(accumulator::add);
		return accumulator.toResponse();
	}

	private static boolean isNotPlain(Part part) {
		return !part.isPlainText();
	}

	@ParameterizedTest
	@MethodSource("streams")
	void withoutContentEveryRecordedStreamKeepsItsMetadata(String name) {
		List<GenerateContentResponse> events = events(name);
		GenerateContentResponse whole = accumulate(events);
		ResponseAccumulator accumulator = ResponseAccumulator.withoutContent();
		events.forEach(accumulator::add);
		GenerateContentResponse response = accumulator.toResponse();

		assertThat(response.candidates()).extracting(Candidate::finishReason)
			.isEqualTo(whole.candidates().stream().map(Candidate::finishReason).toList());
		assertThat(response.finishMessage()).isEqualTo(whole.finishMessage());
		assertThat(response.promptFeedback()).isEqualTo(whole.promptFeedback());
		assertThat(response.usageMetadata()).isEqualTo(whole.usageMetadata());
		assertThat(response.modelVersion()).isEqualTo(whole.modelVersion());
		assertThat(response.responseId()).isEqualTo(whole.responseId());
		assertThat(response.candidates()).allSatisfy((candidate) -> {
			assertThat(candidate.content()).isNull();
			assertThat(candidate.groundingMetadata()).isNull();
			assertThat(candidate.citationMetadata()).isNull();
			assertThat(candidate.logprobsResult()).isNull();
			assertThat(candidate.additional()).isEmpty();
		});
		assertThat(response.additional()).isEmpty();
	}

	@Test
	void withoutContentAStreamOfOneEventHasNoContent() {
		ResponseAccumulator accumulator = ResponseAccumulator.withoutContent();
		accumulator.add(GenerateContentResponse.builder()
			.candidates(Candidate.builder().content(Content.model("Hidden")).finishReason(FinishReason.STOP).build())
			.build());
		assertThat(accumulator.toResponse().content()).isNull();
		assertThat(accumulator.toResponse().finishReason()).isEqualTo(FinishReason.STOP);
	}

	@Test
	void withoutContentAndEventsTheResponseIsEmpty() {
		assertThat(ResponseAccumulator.withoutContent().toResponse().candidates()).isEmpty();
	}

	private static List<String> signatures(List<GenerateContentResponse> events) {
		return all(events, GenerateContentResponse::parts).stream()
			.map(Part::thoughtSignature)
			.filter(Objects::nonNull)
			.toList();
	}

	private static String join(List<GenerateContentResponse> events, Function<GenerateContentResponse, String> text) {
		return events.stream().map(text).collect(Collectors.joining());
	}

	private static <T> List<T> all(List<GenerateContentResponse> events,
			Function<GenerateContentResponse, List<T>> member) {
		return events.stream().map(member).flatMap(List::stream).toList();
	}

	private static <T> T last(List<GenerateContentResponse> events, Function<GenerateContentResponse, T> member) {
		return events.stream().map(member).filter(Objects::nonNull).reduce((first, second) -> second).orElse(null);
	}

	static List<GenerateContentResponse> events(String name) {
		return Wire.events(name.substring(0, name.length() - ".sse".length()));
	}

	static Stream<String> streams() {
		return Wire.names(".sse");
	}

}
