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

package com.cometapi.gemini.web;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.ResponseAccumulator;
import com.cometapi.gemini.error.GeminiResponseOutcome;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Signal;
import tools.jackson.databind.JsonNode;

import org.springframework.http.codec.ServerSentEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ResponseEventMapper}.
 */
class ResponseEventMapperTests {

	private static final String END = "{\"candidates\":[{\"finishReason\":\"STOP\"}]}";

	private static final String DONE = "done {\"finishReason\":\"STOP\"}";

	@Test
	void callsWhosePiecesAlternateAreSentWhole() {
		assertThat(events(candidate("""
				{"functionCall":{"id":"1","name":"f","willContinue":true}}"""), candidate("""
				{"functionCall":{"id":"2","name":"g","willContinue":true}}"""), candidate("""
				{"functionCall":{"id":"1","partialArgs":[{"jsonPath":"$.a","numberValue":1}],"willContinue":true}}"""),
				candidate("""
						{"functionCall":{"id":"2","partialArgs":[{"jsonPath":"$.b","numberValue":2}]}}"""),
				candidate("""
						{"functionCall":{"id":"1"}}""")))
			.containsExactly("function-call {\"id\":\"1\",\"name\":\"f\",\"args\":{\"a\":1}}",
					"function-call {\"id\":\"2\",\"name\":\"g\",\"args\":{\"b\":2}}", "done {}");
	}

	@Test
	void thoughtsAndTextHaveEventsOfTheirOwn() {
		assertThat(events(candidate("""
				{"text":"Let me see","thought":true},{"text":"It is"},{"text":"","thoughtSignature":"c2ln"}""")))
			.containsExactly("thought {\"text\":\"Let me see\"}", "text {\"text\":\"It is\"}", "done {}");
	}

	@Test
	void charactersSplitAcrossTwoEventsAreSentWhole() {
		String other = """
				{"candidates":[{"index":1,"content":{"parts":[{"text":"c\\ud83d"}]}}]}""";
		assertThat(events(candidate("""
				{"text":"a\\ud83d","thought":true},{"text":"b\\ud83d"},{"functionCall":{"name":"f"}}"""), other,
				candidate("""
						{"text":"\\ude00"},{"text":"\\ude01","thought":true}""")))
			.startsWith("thought {\"text\":\"a\"}", "text {\"text\":\"b\"}",
					"function-call {\"name\":\"f\",\"args\":{}}", "text {\"text\":\"c\",\"candidate\":1}",
					"text {\"text\":\"\uD83D\uDE00\"}", "thought {\"text\":\"\uD83D\uDE01\"}",
					"text {\"text\":\"\\ud83d\",\"candidate\":1}");
	}

	@Test
	void partsKeepTheirOrder() {
		assertThat(events(candidate("""
				{"text":"a"},{"executableCode":{"language":"PYTHON","code":"print(1)\\n"}},
				{"codeExecutionResult":{"outcome":"OUTCOME_OK","output":"1\\n"}},{"text":"b"},
				{"inlineData":{"mimeType":"image/png","data":"iVBORw=="}},{"text":"c"}"""))).containsExactly(
				"text {\"text\":\"a\"}", "code {\"executableCode\":{\"language\":\"PYTHON\",\"code\":\"print(1)\\n\"}}",
				"code {\"codeExecutionResult\":{\"outcome\":\"OUTCOME_OK\",\"output\":\"1\\n\"}}",
				"text {\"text\":\"b\"}", "inline-data {\"mimeType\":\"image/png\",\"data\":\"iVBORw==\"}",
				"text {\"text\":\"c\"}", "done {}");
	}

	@Test
	void draftImageIsAThought() {
		assertThat(events(candidate("""
				{"thought":true,"inlineData":{"mimeType":"image/png","data":"iVBORw=="}}"""), END))
			.containsExactly("thought {\"text\":\"\",\"mimeType\":\"image/png\",\"data\":\"iVBORw==\"}", DONE);
	}

	@Test
	void resultsOfFunctionsAreSentAndDoNotEndTheStream() {
		assertThat(events("""
				{"candidates":[{"content":{"role":"model","parts":[{"text":"a"},
				{"functionCall":{"id":"1","name":"getWeather"}}]},"finishReason":"STOP"}]}""", """
				{"candidates":[{"content":{"role":"user","parts":[{"functionResponse":{"id":"1","name":"getWeather",
				"response":{"degrees":18,"wind":null},
				"parts":[{"inlineData":{"mimeType":"image/png","data":"iVBORw=="}}]}}]}}]}""",
				candidate("{\"text\":\"b\"}")))
			.containsExactly("text {\"text\":\"a\"}",
					"function-call {\"id\":\"1\",\"name\":\"getWeather\",\"args\":{}}",
					"function-result {\"id\":\"1\",\"name\":\"getWeather\",\"response\":{\"degrees\":18,\"wind\":null}}",
					"text {\"text\":\"b\"}", "done {}");
	}

	@Test
	void callThatArrivesAgainIsSentOnceInARound() {
		String call = candidate("{\"functionCall\":{\"id\":\"1\",\"name\":\"f\",\"args\":{\"a\":1}}}");
		String results = """
				{"candidates":[{"content":{"role":"user","parts":[{"functionResponse":{"id":"1","name":"f"}}]}}]}""";
		String shown = "function-call {\"id\":\"1\",\"name\":\"f\",\"args\":{\"a\":1}}";
		String inPieces = candidate("""
				{"functionCall":{"id":"1","name":"f","partialArgs":[{"jsonPath":"$.a","numberValue":1}]}}""");
		assertThat(events(call, inPieces, call, results, call)).containsExactly(shown,
				"function-result {\"id\":\"1\",\"name\":\"f\",\"response\":{}}", shown, "done {}");
	}

	@Test
	void callsWithoutAnIdAreAllSent() {
		String call = candidate("{\"functionCall\":{\"name\":\"f\",\"args\":{}}}");
		assertThat(events(call, call)).hasSize(3);
	}

	@Test
	void callInEventsOfTheUserIsSentOnce() {
		assertThat(events(
				"""
						{"candidates":[{"content":{"role":"user","parts":[{"functionCall":{"name":"f","willContinue":true}}]}}]}""",
				"""
						{"candidates":[{"content":{"role":"user","parts":[{"functionCall":{
						"partialArgs":[{"jsonPath":"$.a","numberValue":1}],"willContinue":true}}]}}]}""",
				"""
						{"candidates":[{"content":{"role":"user","parts":[{"functionCall":{"willContinue":true}}]}}]}""",
				"""
						{"candidates":[{"content":{"role":"user","parts":[{"functionCall":{}}]},"finishReason":"STOP"}]}"""))
			.containsExactly("function-call {\"name\":\"f\",\"args\":{\"a\":1}}", "done {\"finishReason\":\"STOP\"}");
	}

	@Test
	void lastRoundIsNotJudgedByTheFinishReasonOfTheRoundBefore() {
		assertThat(events("""
				{"candidates":[{"content":{"role":"model","parts":[{"functionCall":{"name":"f"}}]},
				"finishReason":"UNEXPECTED_TOOL_CALL"}]}""",
				"""
						{"candidates":[{"content":{"role":"user","parts":[{"functionResponse":{"name":"f","response":{}}}]}}]}""",
				candidate("{\"text\":\"b\"}")))
			.endsWith("text {\"text\":\"b\"}", "done {}");
	}

	@Test
	void finishMessageOfARoundIsNotThatOfTheResponse() {
		assertThat(events("""
				{"candidates":[{"content":{"role":"model","parts":[{"functionCall":{"name":"f"}}]},
				"finishReason":"STOP","finishMessage":"Model generated function call(s)."}]}""",
				"""
						{"candidates":[{"content":{"role":"user","parts":[{"functionResponse":{"name":"f","response":{}}}]}}]}""",
				candidate("{\"text\":\"b\"}")))
			.endsWith("text {\"text\":\"b\"}", "done {}");
	}

	@Test
	void usageOfAllRoundsIsAddedUp() {
		String results = """
				{"candidates":[{"content":{"role":"user","parts":[{"functionResponse":{"name":"f","response":{}}}]}}]}""";
		assertThat(events("""
				{"usageMetadata":{"promptTokenCount":10,"totalTokenCount":10,"thoughtsTokenCount":5}}""", """
				{"usageMetadata":{"candidatesTokenCount":2,"totalTokenCount":17,
				"promptTokensDetails":[{"modality":"TEXT","tokenCount":10}]}}""", results, """
				{"usageMetadata":{"promptTokenCount":20,"candidatesTokenCount":3,"totalTokenCount":23,
				"promptTokensDetails":[{"modality":"TEXT","tokenCount":19},{"modality":"IMAGE","tokenCount":1}]}}"""))
			.element(1)
			.asString()
			.isEqualTo("usage {\"promptTokenCount\":30,\"candidatesTokenCount\":5,\"thoughtsTokenCount\":5,"
					+ "\"totalTokenCount\":40,\"promptTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":29},"
					+ "{\"modality\":\"IMAGE\",\"tokenCount\":1}]}");
	}

	@Test
	void costOfAllRoundsIsAddedUp() {
		assertThat(map(List.of(Responses.costing("0.001", """
				{"usageMetadata":{"promptTokenCount":10}}"""), Responses.costing("0.0015", """
				{"usageMetadata":{"candidatesTokenCount":2}}"""), Responses.json("""
				{"candidates":[{"content":{"role":"user","parts":[{"functionResponse":{"name":"f"}}]}}]}"""),
				Responses.costing("0.002", """
						{"usageMetadata":{"promptTokenCount":20}}"""))))
			.filteredOn((event) -> "usage".equals(event.event()))
			.singleElement()
			.extracting(ServerSentEvent::data)
			.isEqualTo("{\"promptTokenCount\":30,\"candidatesTokenCount\":2,\"cost\":0.0035}");
	}

	@Test
	void functionCallsAreSent() {
		assertThat(events(candidate("""
				{"functionCall":{"id":"1","name":"getWeather","args":{"city":"Oslo","unit":null}}},
				{"functionCall":{"name":"getTime"},"thoughtSignature":"c2ln"}"""))).containsExactly(
				"function-call {\"id\":\"1\",\"name\":\"getWeather\",\"args\":{\"city\":\"Oslo\",\"unit\":null}}",
				"function-call {\"name\":\"getTime\",\"args\":{}}", "done {}");
	}

	@Test
	void functionCallInPiecesIsSentWhole() {
		assertThat(events(
				candidate(
						"""
								{"functionCall":{"id":"1","name":"f","willContinue":true}},
								{"functionCall":{"partialArgs":[{"jsonPath":"$.a","stringValue":"x","willContinue":true}],"willContinue":true}}
								"""),
				candidate("""
						{"text":"meanwhile"},
						{"functionCall":{"partialArgs":[{"jsonPath":"$.a","stringValue":"y"}],"willContinue":true}},
						{"functionCall":{}},{"functionCall":{"name":"g","args":{"b":1}}}""")))
			.containsExactly("text {\"text\":\"meanwhile\"}",
					"function-call {\"id\":\"1\",\"name\":\"f\",\"args\":{\"a\":\"xy\"}}",
					"function-call {\"name\":\"g\",\"args\":{\"b\":1}}", "done {}");
	}

	@Test
	void functionCallWhosePiecesArriveTogetherIsSentWhole() {
		assertThat(events(candidate("""
				{"functionCall":{"name":"f","partialArgs":[{"jsonPath":"$.a","numberValue":2},
				{"jsonPath":"a","boolValue":true}]}}""")))
			.containsExactly("function-call {\"name\":\"f\",\"args\":{\"a\":2},"
					+ "\"partialArgs\":[{\"jsonPath\":\"a\",\"boolValue\":true}]}", "done {}");
	}

	@Test
	void functionCallsInPiecesOfSeveralCandidatesAreNotMixed() {
		assertThat(events("""
				{"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","willContinue":true}}]}},
				{"index":1,"content":{"parts":[{"functionCall":{"name":"g","willContinue":true}}]}}]}""", """
				{"candidates":[{"index":1,"content":{"parts":[{"functionCall":{}}]}},
				{"content":{"parts":[{"functionCall":{}}]}}]}""")).containsExactly(
				"function-call {\"name\":\"g\",\"args\":{},\"candidate\":1}",
				"function-call {\"name\":\"f\",\"args\":{}}", "done {}");
	}

	@Test
	void unfinishedFunctionCallIsSentAsFarAsItGoes() {
		String open = candidate("""
				{"functionCall":{"name":"f","partialArgs":[{"jsonPath":"$.a","stringValue":"x","willContinue":true}],
				"willContinue":true}}""");
		String call = "function-call {\"name\":\"f\",\"args\":{\"a\":\"x\"},\"willContinue\":true}";
		assertThat(events(open)).containsExactly(call, "done {}");
		assertThat(events(open, candidate("{\"functionCall\":{\"name\":\"g\"}}"))).containsExactly(call,
				"function-call {\"name\":\"g\",\"args\":{}}", "done {}");
		assertThat(events(open,
				"""
						{"candidates":[{"content":{"role":"user","parts":[{"functionResponse":{"name":"f","response":{}}}]}}]}""",
				END))
			.containsExactly(call, "function-result {\"name\":\"f\",\"response\":{}}", DONE);
	}

	@Test
	void groundingComesWithItsSources() {
		assertThat(
				events("""
						{"candidates":[{"content":{"parts":[{"text":"Spain won."}]},"groundingMetadata":
						{"webSearchQueries":["euro 2024"],"groundingChunks":[{"web":{"uri":"https://uefa.com","title":"UEFA"}}]}}]}"""))
			.containsExactly("text {\"text\":\"Spain won.\"}", """
					grounding {"groundingMetadata":{"webSearchQueries":["euro 2024"],\
					"groundingChunks":[{"web":{"uri":"https://uefa.com","title":"UEFA"}}]},\
					"sources":[{"uri":"https://uefa.com","title":"UEFA"}]}""", "done {}");
	}

	@Test
	void pagesReadAndQuotationsAreGroundingToo() {
		assertThat(events("""
				{"candidates":[{"urlContextMetadata":{"urlMetadata":[{"retrievedUrl":"https://a.example",
				"urlRetrievalStatus":"URL_RETRIEVAL_STATUS_SUCCESS"}]}}]}""", """
				{"candidates":[{"citationMetadata":{"citationSources":[{"endIndex":3,"uri":"https://b.example"}]}}]}""",
				END))
			.containsExactly("""
					grounding {"urlContextMetadata":{"urlMetadata":[{"retrievedUrl":"https://a.example",\
					"urlRetrievalStatus":"URL_RETRIEVAL_STATUS_SUCCESS"}]},"sources":[{"uri":"https://a.example"}]}""",
					"""
							grounding {"citationMetadata":{"citationSources":[{"endIndex":3,"uri":"https://b.example"}]},\
							"sources":[]}""",
					DONE);
	}

	@Test
	void emptyGroundingHasNoEvent() {
		assertThat(events("""
				{"candidates":[{"groundingMetadata":{},"urlContextMetadata":{}}]}""", END)).containsExactly(DONE);
	}

	@Test
	void usageIsMergedAndComesOnce() {
		assertThat(events("""
				{"usageMetadata":{"promptTokenCount":5,"thoughtsTokenCount":2,"trafficType":"ON_DEMAND"}}""", """
				{"usageMetadata":{"promptTokenCount":6}}""", """
				{"usageMetadata":{"candidatesTokenCount":7}}""", END)).containsExactly(
				"""
						usage {"promptTokenCount":6,"candidatesTokenCount":7,"thoughtsTokenCount":2,"trafficType":"ON_DEMAND"}""",
				DONE);
	}

	@Test
	void usageWithoutCountsHasNoEvent() {
		assertThat(events("""
				{"usageMetadata":{"trafficType":"ON_DEMAND"}}""", END)).containsExactly(DONE);
	}

	@Test
	void doneSaysHowTheStreamEnded() {
		assertThat(events("""
				{"candidates":[{"content":{"parts":[{"text":"a"}]}}],"modelVersion":"m","responseId":"r"}""",
				"""
						{"candidates":[{"index":0,"finishReason":"BRAND_NEW","finishMessage":"Why not"}],"modelVersion":"m"}"""))
			.containsExactly("text {\"text\":\"a\"}", """
					done {"finishReason":"BRAND_NEW","finishMessage":"Why not","modelVersion":"m","responseId":"r"}""");
	}

	@Test
	void blockedPromptIsAnErrorWithItsReason() {
		assertThat(events("""
				{"promptFeedback":{"blockReason":"SAFETY","blockReasonMessage":"Reasons"},
				"usageMetadata":{"promptTokenCount":3}}""")).containsExactly("usage {\"promptTokenCount\":3}",
				"""
						error {"code":"blocked","message":"The question or its answer was blocked by a filter.","transient":false,\
						"blockReason":"SAFETY","blockReasonMessage":"Reasons"}""");
	}

	@ParameterizedTest
	@CsvSource({ "MALFORMED_FUNCTION_CALL, response-truncated", "OTHER, response-truncated",
			"NO_IMAGE, response-truncated", "IMAGE_SAFETY, blocked" })
	void responseThatWasNotSuccessfulIsAnErrorWithItsReason(String finishReason, String code) {
		assertThat(events("""
				{"candidates":[{"content":{"parts":[{"text":"a"}]},"finishReason":"%s","finishMessage":"Why"}]}"""
			.formatted(finishReason))).last(InstanceOfAssertFactories.STRING)
			.startsWith("error {\"code\":\"" + code + "\"")
			.endsWith("\"finishReason\":\"" + finishReason + "\",\"finishMessage\":\"Why\"}");
	}

	@Test
	void contentOfTheUserDoesNotEndARound() {
		String event = """
				{"candidates":[{"content":{"role":"user","parts":[{"text":"a"}]}}],
				"usageMetadata":{"promptTokenCount":10,"totalTokenCount":13}}""";
		assertThat(events(event, event, event)).contains("""
				usage {"promptTokenCount":10,"totalTokenCount":13}""");
	}

	@Test
	void ratingsOfAPromptDoNotBlockIt() {
		assertThat(events("""
				{"promptFeedback":{"safetyRatings":[{"category":"HARM_CATEGORY_HARASSMENT","probability":"LOW"}]},
				"candidates":[{"finishReason":"STOP"}]}""")).containsExactly("done {\"finishReason\":\"STOP\"}");
	}

	@Test
	void otherCandidatesAreMarked() {
		assertThat(events("""
				{"candidates":[{"content":{"parts":[{"text":"a"}]},"finishReason":"STOP"},
				{"index":1,"content":{"parts":[{"text":"b"}]},"finishReason":"SAFETY"}]}""")).containsExactly(
				"text {\"text\":\"a\"}", "text {\"text\":\"b\",\"candidate\":1}", "done {\"finishReason\":\"STOP\"}");
	}

	@Test
	void noResponseAtAllIsDoneWithoutDetails() {
		assertThat(events()).containsExactly("done {}");
	}

	@Test
	void responseWithoutContentAndFinishReasonIsNotDone() {
		assertThat(events("{}", "{\"candidates\":[]}", "{\"candidates\":[{\"content\":{}}]}")).singleElement()
			.asString()
			.startsWith("error {\"code\":\"no-text\"");
	}

	@ParameterizedTest
	@MethodSource
	void everyExampleOfTheWireIsShownWhole(String name) throws IOException {
		List<GenerateContentResponse> responses = example(name);
		List<ServerSentEvent<String>> events = map(responses);

		StringBuilder text = new StringBuilder();
		StringBuilder thoughts = new StringBuilder();
		int media = 0;
		ResponseAccumulator whole = new ResponseAccumulator();
		for (GenerateContentResponse response : responses) {
			text.append(response.text());
			thoughts.append(response.thoughts());
			media += response.inlineData().size();
			whole.add(response);
		}
		assertThat(texts(events, "text")).isEqualTo(text.toString());
		assertThat(texts(events, "thought")).isEqualTo(thoughts.toString());
		assertThat(events).filteredOn((event) -> "inline-data".equals(event.event())).hasSize(media);
		assertThat(events).filteredOn((event) -> "function-call".equals(event.event()))
			.hasSameSizeAs(whole.toResponse().functionCalls());
		boolean endedWell = GeminiResponseOutcome.findFailure(whole.toResponse()) == null;
		assertThat(events).last().extracting(ServerSentEvent::event).isEqualTo((endedWell) ? "done" : "error");
		assertThat(events).filteredOn((event) -> "usage".equals(event.event())).hasSizeLessThanOrEqualTo(1);
		for (int i = 0; i < events.size(); i++) {
			assertThat(events.get(i).id()).isEqualTo(Integer.toString(i + 1));
			assertThat(events.get(i).data()).doesNotContain("\n", "\r").startsWith("{").endsWith("}");
		}
	}

	static List<String> everyExampleOfTheWireIsShownWhole() throws IOException, URISyntaxException {
		Path folder = Path.of(Objects.requireNonNull(ResponseEventMapperTests.class.getResource("/wire")).toURI());
		try (Stream<Path> files = Files.list(folder)) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.endsWith(".response.json") || name.endsWith(".sse"))
				// Except those that are not responses, or not lines of whole JSON
				.filter((name) -> !name
					.matches("(cometapi-|count-tokens|invalid-json|multi-line|no-space|shape|error|.*error).*"))
				.sorted()
				.toList();
		}
	}

	private static List<GenerateContentResponse> example(String name) throws IOException {
		String file = new String(
				Objects.requireNonNull(ResponseEventMapperTests.class.getResourceAsStream("/wire/" + name))
					.readAllBytes(),
				StandardCharsets.UTF_8);
		if (name.endsWith(".json")) {
			return List.of(Responses.json(file));
		}
		return file.lines()
			.filter((line) -> line.startsWith("data: {"))
			.map((line) -> Responses.json(line.substring("data: ".length())))
			.toList();
	}

	private static String candidate(String parts) {
		return "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[" + parts + "]}}]}";
	}

	private static List<String> events(String... responses) {
		return map(Stream.of(responses).map(Responses::json).toList()).stream()
			.map((event) -> event.event() + " " + event.data())
			.toList();
	}

	private static List<ServerSentEvent<String>> map(List<GenerateContentResponse> responses) {
		EventBuffer buffer = new EventBuffer(Responses.MAPPER, GeminiErrorEventMapper.standard());
		ResponseEventMapper mapping = new ResponseEventMapper(Responses.MAPPER, buffer,
				new NamedEventFormat(Responses.MAPPER, buffer));
		List<ServerSentEvent<String>> events = new ArrayList<>();
		responses.forEach((response) -> events.addAll(mapping.map(Signal.next(response))));
		events.addAll(mapping.map(Signal.complete()));
		return events;
	}

	private static String texts(List<ServerSentEvent<String>> events, String name) {
		StringBuilder texts = new StringBuilder();
		for (ServerSentEvent<String> event : events) {
			if (name.equals(event.event())) {
				JsonNode data = Responses.MAPPER.readTree(Objects.requireNonNull(event.data()));
				texts.append(data.get("text").asString());
			}
		}
		return texts.toString();
	}

}
