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

package com.cometapi.gemini.test.aisdk;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.cometapi.gemini.api.Blob;
import com.cometapi.gemini.api.BlockReason;
import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FinishReason;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.GroundingMetadata;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.client.GeminiJsonMapper;
import com.cometapi.gemini.test.GeminiSimulator;
import com.cometapi.gemini.test.autoconfigure.AutoConfigureGeminiSimulator;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skyscreamer.jsonassert.JSONAssert;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the messages that {@code useChat} of the AI SDK has after the responses of a
 * model.
 */
@Tag("slow")
@AutoConfigureGeminiSimulator
abstract class AbstractUseChatTests {

	private static final JsonMapper JSON = GeminiJsonMapper.builder().build();

	private static AiSdkBrowser browser;

	@Autowired
	private GeminiSimulator simulator;

	@LocalServerPort
	private int port;

	@BeforeAll
	static void startBrowser() throws Exception {
		browser = AiSdkBrowser.start();
	}

	@AfterAll
	static void closeBrowser() {
		if (browser != null) {
			browser.close();
		}
	}

	@BeforeEach
	void reset() {
		this.simulator.reset();
	}

	@Test
	void textAndReasoningBecomeParts() throws Exception {
		this.simulator.next()
			.events(List.of(event(Part.builder().text("Let me ").thought(true).build()),
					event(Part.builder().text("see.").thought(true).build()), event(Part.text("It is ")),
					end(Part.text("blue."))));

		JsonNode page = run("chat", new AiSdkPage().send("Which colour?").awaitIdle());

		assertThat(page.at("/statuses").toString()).isEqualTo("[\"ready\"]");
		assertThat(page.at("/finishes").toString()).contains("\"finishReason\":\"stop\"");
		assertMessages(page, """
				[{"role":"user","parts":[{"type":"text","text":"Which colour?"}]},
				{"role":"assistant","parts":[{"type":"step-start"},
				{"type":"reasoning","id":"1","text":"Let me see.","state":"done"},
				{"type":"text","text":"It is blue.","state":"done"}]}]""");
	}

	@Test
	void toolCallHasItsOutput() throws Exception {
		this.simulator.next()
			.events(List.of(event(Part.text("One moment.")), end(call("1", "weather", "name", "Rome"))));
		this.simulator.next().text("18 degrees.");

		JsonNode page = run("chat", new AiSdkPage().send("Weather in Rome?").awaitIdle());

		assertMessages(page, """
				[{"role":"user","parts":[{"type":"text","text":"Weather in Rome?"}]},
				{"role":"assistant","parts":[{"type":"step-start"},
				{"type":"text","text":"One moment.","state":"done"},
				{"type":"tool-weather","toolCallId":"1","state":"output-available","input":{"name":"Rome"},
				"output":{"city":"Rome","degrees":18}},
				{"type":"step-start"},{"type":"text","text":"18 degrees.","state":"done"}]}]""");
	}

	@Test
	void toolThatFailsHasAnError() throws Exception {
		this.simulator.next()
			.events(List.of(end(call("1", "weather", "name", 7), call("2", "weather", "city", "Rome"))));
		this.simulator.next().text("I do not know.");

		JsonNode page = run("chat", new AiSdkPage().send("Weather?").awaitIdle());

		assertThat(page.at("/messages/1/parts/2/state").asString()).isEqualTo("output-error");
		assertThat(page.at("/messages/1/parts/2/errorText").asString()).contains("name");
		assertThat(page.at("/messages/1/parts").toString()).contains("I do not know.");
	}

	@Test
	void toolOfThePageRunsInThePage() throws Exception {
		this.simulator.next().events(List.of(end(call("1", "location", "accuracy", "city"))));
		this.simulator.next().text("You are in Rome.");

		JsonNode page = run("kept",
				new AiSdkPage().send("Where am I?")
					.step("answerCall", Map.of("output", Map.of("city", "Rome")))
					.awaitIdle());

		assertMessages(page, """
				[{"role":"user","parts":[{"type":"text","text":"Where am I?"}]},
				{"role":"assistant","parts":[{"type":"step-start"},
				{"type":"tool-location","toolCallId":"1","state":"output-available","input":{"accuracy":"city"},
				"output":{"city":"Rome"}},
				{"type":"step-start"},{"type":"text","text":"You are in Rome.","state":"done"}]}]""");
		this.simulator.takeRequest(Duration.ofSeconds(30));
		assertThat(this.simulator.takeRequest(Duration.ofSeconds(30)).body())
			.contains("\"functionResponse\":{\"id\":\"1\",\"name\":\"location\",\"response\":{\"city\":\"Rome\"}}");
	}

	@Test
	void approvedToolRuns() throws Exception {
		this.simulator.next()
			.events(List.of(event(Part.text("I have to ask.")),
					end(call("1", "deleteInvoice", "number", 7), call("2", "countInvoices", "number", 0))));
		this.simulator.next().text("It is deleted.");

		JsonNode page = run("kept",
				new AiSdkPage().send("Delete invoice 7").step("approve", Map.of("approved", true)).awaitIdle());

		assertMessages(page, """
				[{"role":"user","parts":[{"type":"text","text":"Delete invoice 7"}]},
				{"role":"assistant","parts":[{"type":"step-start"},
				{"type":"text","text":"I have to ask.","state":"done"},
				{"type":"tool-deleteInvoice","toolCallId":"1","state":"output-available","input":{"number":7},
				"output":"deleted 7","approval":{"id":"1","approved":true}},
				{"type":"tool-countInvoices","toolCallId":"2","state":"output-available","input":{"number":0},
				"output":3,"approval":{"id":"2","isAutomatic":true,"approved":true}},
				{"type":"step-start"},{"type":"text","text":"It is deleted.","state":"done"}]}]""");
		assertThat(page.at("/finishes/0/finishReason").asString()).isEqualTo("tool-calls");
		assertThat(page.at("/finishes/1/finishReason").asString()).isEqualTo("stop");
	}

	@Test
	void toolOfThePageAndFunctionsOfTheServerInOneResponseRunTogether() throws Exception {
		this.simulator.next()
			.events(List.of(end(call("1", "deleteInvoice", "number", 7), call("2", "location", "accuracy", "city"),
					call("3", "countInvoices", "number", 0))));
		this.simulator.next().text("It is deleted.");

		JsonNode page = run("kept",
				new AiSdkPage().send("Delete invoice 7")
					.step("approve", Map.of("approved", true, "last", false))
					.step("answerCall", Map.of("output", Map.of("city", "Rome")))
					.awaitIdle());

		assertMessages(page, """
				[{"role":"user","parts":[{"type":"text","text":"Delete invoice 7"}]},
				{"role":"assistant","parts":[{"type":"step-start"},
				{"type":"tool-deleteInvoice","toolCallId":"1","state":"output-available","input":{"number":7},
				"output":"deleted 7","approval":{"id":"1","approved":true}},
				{"type":"tool-location","toolCallId":"2","state":"output-available","input":{"accuracy":"city"},
				"output":{"city":"Rome"}},
				{"type":"tool-countInvoices","toolCallId":"3","state":"output-available","input":{"number":0},
				"output":3,"approval":{"id":"3","isAutomatic":true,"approved":true}},
				{"type":"step-start"},{"type":"text","text":"It is deleted.","state":"done"}]}]""");
		this.simulator.takeRequest(Duration.ofSeconds(30));
		assertThat(JSON.readTree(this.simulator.takeRequest(Duration.ofSeconds(30)).body()).at("/contents/2/parts"))
			.hasSize(3);
	}

	@Test
	void streamedArgumentsAreShownAsTheyArrive() throws Exception {
		this.simulator.next()
			.events(List.of(piece("{\"id\":\"1\",\"name\":\"weather\",\"willContinue\":true}"),
					piece("{\"id\":\"1\",\"partialArgs\":[{\"jsonPath\":\"$.name\",\"stringValue\":\"Ro\","
							+ "\"willContinue\":true}],\"willContinue\":true}"),
					end(Part.text("never"))))
			.stallAfterEvents(2);

		JsonNode page = run("chat",
				new AiSdkPage().send("Weather in Rome?")
					.step("awaitInput", Map.of("value", "{\"name\":\"Ro\"}"))
					.step("stop")
					.awaitIdle());

		assertThat(page.at("/messages/1/parts/1/state").asString()).isEqualTo("input-streaming");
	}

	@Test
	void deniedToolDoesNotRun() throws Exception {
		this.simulator.next().events(List.of(end(call("1", "deleteInvoice", "number", 7))));
		this.simulator.next().text("It stays.");

		JsonNode page = run("kept",
				new AiSdkPage().send("Delete invoice 7")
					.step("approve", Map.of("approved", false, "reason", "Wrong one"))
					.awaitIdle());

		assertMessages(page, """
				[{"role":"user","parts":[{"type":"text","text":"Delete invoice 7"}]},
				{"role":"assistant","parts":[{"type":"step-start"},
				{"type":"tool-deleteInvoice","toolCallId":"1","state":"output-denied","input":{"number":7},
				"approval":{"id":"1","approved":false,"reason":"Wrong one"}},
				{"type":"step-start"},{"type":"text","text":"It stays.","state":"done"}]}]""");
		this.simulator.takeRequest(Duration.ofSeconds(30));
		assertThat(this.simulator.takeRequest(Duration.ofSeconds(30)).body()).contains("did not approve", "Wrong one");
	}

	@Test
	void toolIsApprovedIfTheModelGivesNoIds() throws Exception {
		this.simulator.next().events(List.of(end(call(null, "deleteInvoice", "number", 7))));
		this.simulator.next().text("It is deleted.");

		JsonNode page = run("kept",
				new AiSdkPage().send("Delete invoice 7").step("approve", Map.of("approved", true)).awaitIdle());

		assertThat(page.at("/messages/1/parts/1/output").asString()).isEqualTo("deleted 7");
		assertThat(page.at("/messages/1/parts/3/text").asString()).isEqualTo("It is deleted.");
	}

	@Test
	void equalCallsWithoutIdsAreApprovedOneByOne() throws Exception {
		this.simulator.next()
			.events(List.of(end(call(null, "deleteInvoice", "number", 7), call(null, "deleteInvoice", "number", 7))));
		this.simulator.next().text("It is deleted.");

		JsonNode page = run("kept",
				new AiSdkPage().send("Delete invoice 7")
					.step("approve", Map.of("approved", true, "last", false))
					.step("approve", Map.of("approved", false))
					.awaitIdle());

		assertThat(page.at("/messages/1/parts/1/output").asString()).isEqualTo("deleted 7");
		assertThat(page.at("/messages/1/parts/2/state").asString()).isEqualTo("output-denied");
		assertThat(page.at("/messages/1/parts/4/text").asString()).isEqualTo("It is deleted.");
	}

	@Test
	void codeOfTheModelIsAToolOfTheProvider() throws Exception {
		Part code = JSON.readValue("""
				{"executableCode":{"language":"PYTHON","code":"print(1)"}}""", Part.class);
		Part result = JSON.readValue("""
				{"codeExecutionResult":{"outcome":"OUTCOME_OK","output":"1\\n"}}""", Part.class);
		this.simulator.next().events(List.of(event(code), event(result), end(Part.text("It is 1."))));

		JsonNode page = run("chat", new AiSdkPage().send("Count").awaitIdle());

		JsonNode tool = page.at("/messages/1/parts/1");
		assertThat(tool.get("type").asString()).isEqualTo("tool-code_execution");
		assertThat(tool.get("providerExecuted").asBoolean()).isTrue();
		assertThat(tool.at("/input/code").asString()).isEqualTo("print(1)");
		assertThat(tool.at("/output/output").asString()).isEqualTo("1\n");
	}

	@Test
	void sourcesAreSentOnce() throws Exception {
		GroundingMetadata grounding = JSON.readValue("""
				{"groundingChunks":[{"web":{"uri":"https://example.com/a","title":"A"}},
				{"web":{"uri":"javascript:alert(1)","title":"B"}}]}""", GroundingMetadata.class);
		this.simulator.next()
			.events(List.of(grounded(grounding, Part.text("It "), null),
					grounded(grounding, Part.text("is."), FinishReason.STOP)));

		JsonNode page = run("chat", new AiSdkPage().send("Is it?").awaitIdle());

		assertMessages(page, """
				[{"role":"user","parts":[{"type":"text","text":"Is it?"}]},
				{"role":"assistant","parts":[{"type":"step-start"},
				{"type":"text","text":"It is.","state":"done"},
				{"type":"source-url","sourceId":"source-1","url":"https://example.com/a","title":"A"},
				{"type":"source-document","sourceId":"source-2","mediaType":"text/plain","title":"B"}]}]""");
	}

	@Test
	void imageBecomesAFile() throws Exception {
		this.simulator.next().events(List.of(end(Part.inlineData(Blob.of("image/png", new byte[] { 1, 2, 3 })))));

		JsonNode page = run("chat", new AiSdkPage().send("Draw").awaitIdle());

		assertMessages(page, """
				[{"role":"user","parts":[{"type":"text","text":"Draw"}]},
				{"role":"assistant","parts":[{"type":"step-start"},
				{"type":"file","mediaType":"image/png","url":"data:image/png;base64,AQID"}]}]""");
	}

	@Test
	void fileOfTheUserReachesTheModel() throws Exception {
		this.simulator.next().text("A cat.");

		JsonNode page = run("chat",
				new AiSdkPage()
					.step("send",
							Map.of("text", "What is it?", "files", List.of(Map.of("type", "file", "mediaType",
									"image/png", "url", "data:image/png;base64,AQID"))))
					.awaitIdle());

		assertThat(page.at("/messages/1/parts/1/text").asString()).isEqualTo("A cat.");
		assertThat(this.simulator.takeRequest(Duration.ofSeconds(30)).body())
			.contains("\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"AQID\"}")
			.contains("What is it?");
	}

	@Test
	void dataOfTheApplicationArrive() throws Exception {
		this.simulator.next().text("Yes.");

		JsonNode page = run("data", new AiSdkPage().send("Data?").awaitIdle());

		assertThat(page.at("/data").toString()).contains("{\"type\":\"data-topic\",\"data\":{\"name\":\"test\"}}",
				"{\"type\":\"data-progress\",\"data\":10,\"transient\":true}");
		assertThat(page.at("/messages/1/parts").toString()).contains("data-topic").doesNotContain("data-progress");
	}

	@Test
	void metadataHasUsageAndModel() throws Exception {
		this.simulator.next().text("Yes.");

		JsonNode page = run("chat", new AiSdkPage().send("Usage?").awaitIdle());

		JsonNode metadata = page.at("/messages/1/metadata");
		assertThat(metadata.get("finishReason").asString()).isEqualTo("stop");
		assertThat(metadata.get("model").asString()).startsWith("gemini-");
		assertThat(metadata.at("/usage/inputTokens").asInt()).isPositive();
		assertThat(metadata.at("/usage/outputTokens").asInt()).isPositive();
	}

	@Test
	void errorMessageIsSafeAndTheTextIsKept() throws Exception {
		this.simulator.next()
			.events(List.of(event(Part.text("It is")), end(Part.text(" blue."))))
			.errorAfterEvents(1, 503);

		JsonNode page = run("chat", new AiSdkPage().send("Which colour?").awaitIdle());

		assertThat(page.at("/statuses").toString()).isEqualTo("[\"error\"]");
		assertThat(page.at("/error").asString()).isNotEmpty().doesNotContain("503").doesNotContain("Exception");
		assertThat(page.at("/messages/1/parts/1/text").asString()).isEqualTo("It is");
	}

	@Test
	void blockedPromptIsAnError() throws Exception {
		this.simulator.next().block(BlockReason.SAFETY);

		JsonNode page = run("chat", new AiSdkPage().send("Bad").awaitIdle());

		assertThat(page.at("/error").asString()).isEqualTo("The question or its answer was blocked by a filter.");
	}

	@Test
	void requestThatIsNotAllowedIsRefusedWithProblemDetails() throws Exception {
		JsonNode page = run("chat",
				new AiSdkPage()
					.step("send",
							Map.of("text", "What is it?", "files", List.of(Map.of("type", "file", "mediaType",
									"image/png", "url", "http://169.254.169.254/latest/meta-data"))))
					.awaitIdle());

		assertThat(page.at("/statuses").toString()).isEqualTo("[\"error\"]");
		assertThat(page.at("/error").asString()).contains("invalid-request").doesNotContain("169.254");
		assertThat(this.simulator.requests()).isEmpty();
	}

	@Test
	void stopReachesTheConnectionOfTheModel() throws Exception {
		this.simulator.next().events(List.of(event(Part.text("It is")), end(Part.text(" blue.")))).stallAfterEvents(1);

		JsonNode page = run("chat",
				new AiSdkPage().send("Which colour?")
					.step("awaitText", Map.of("value", "It is"))
					.step("stop")
					.awaitIdle());

		assertThat(page.at("/finishes/0/isAbort").asBoolean()).isTrue();
		assertThat(page.at("/statuses").toString()).isEqualTo("[\"ready\"]");
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> this.simulator.cancelledStreams() == 1);
	}

	@Test
	void secondTurnContainsTheFirst() throws Exception {
		this.simulator.next().text("Blue.");
		this.simulator.next().text("Because of the light.");

		JsonNode page = run("chat", new AiSdkPage().send("Which colour?").awaitIdle().send("Why?").awaitIdle());

		assertMessages(page, """
				[{"role":"user","parts":[{"type":"text","text":"Which colour?"}]},
				{"role":"assistant","parts":[{"type":"step-start"},{"type":"text","text":"Blue.","state":"done"}]},
				{"role":"user","parts":[{"type":"text","text":"Why?"}]},
				{"role":"assistant","parts":[{"type":"step-start"},
				{"type":"text","text":"Because of the light.","state":"done"}]}]""");
		this.simulator.takeRequest(Duration.ofSeconds(30));
		assertThat(this.simulator.takeRequest(Duration.ofSeconds(30)).body()).contains("Which colour?", "Blue.",
				"Why?");
	}

	@ParameterizedTest
	@ValueSource(strings = { "chat", "kept" })
	void regenerateReplacesTheResponse(String api) throws Exception {
		this.simulator.next().text("Blue.");
		this.simulator.next().text("Red.");

		JsonNode page = run(api, new AiSdkPage().send("Which colour?").awaitIdle().step("regenerate").awaitIdle());

		assertMessages(page, """
				[{"role":"user","parts":[{"type":"text","text":"Which colour?"}]},
				{"role":"assistant","parts":[{"type":"step-start"},{"type":"text","text":"Red.","state":"done"}]}]""");
		this.simulator.takeRequest(Duration.ofSeconds(30));
		assertThat(this.simulator.takeRequest(Duration.ofSeconds(30)).body()).doesNotContain("Blue.");
	}

	@Test
	void reloadedPageContinuesTheResponse() throws Exception {
		this.simulator.next()
			.events(List.of(event(Part.builder().text("Let me see.").thought(true).build(), Part.text("It is")),
					event(call("1", "weather", "name", "Rome")), end(Part.text(" blue."))));
		this.simulator.next().text("18 degrees.");

		JsonNode left = run("resumable",
				new AiSdkPage().send("Which colour?").step("awaitText", Map.of("value", "It is")).step("leave"));
		JsonNode page = run("resumable", new AiSdkPage().reload(left, 1).step("resume").awaitIdle());

		assertThat(page.at("/statuses").toString()).isEqualTo("[\"ready\"]");
		assertMessages(page, """
				[{"role":"user","parts":[{"type":"text","text":"Which colour?"}]},
				{"role":"assistant","parts":[{"type":"step-start"},
				{"type":"reasoning","id":"1","text":"Let me see.","state":"done"},
				{"type":"text","text":"It is","state":"done"},
				{"type":"tool-weather","toolCallId":"1","state":"output-available","input":{"name":"Rome"},
				"output":{"city":"Rome","degrees":18}},
				{"type":"text","text":" blue.","state":"done"},
				{"type":"step-start"},{"type":"text","text":"18 degrees.","state":"done"}]}]""");
		assertThat(this.simulator.requests()).hasSize(2);
	}

	@Test
	void pageThatLosesItsConnectionContinuesTheResponseOnRequest() throws Exception {
		this.simulator.next().events(List.of(event(Part.text("It is")), end(Part.text(" blue."))));

		JsonNode page = run("resumable",
				new AiSdkPage().send("Which colour?")
					.step("awaitText", Map.of("value", "It is"))
					.step("loseNetwork")
					.awaitIdle()
					.step("resume")
					.step("awaitText", Map.of("value", "It is blue."))
					.awaitIdle());

		assertThat(page.at("/finishes/0/isDisconnect").asBoolean()).isTrue();
		assertResumedOnce(page, "[\"POST 200\",\"GET 200\"]");
	}

	@Test
	void pageThatLosesItsConnectionContinuesTheResponseWhenShownAgain() throws Exception {
		this.simulator.next().events(List.of(event(Part.text("It is")), end(Part.text(" blue."))));

		JsonNode page = run("resumable",
				new AiSdkPage().resumeAutomatically()
					.step("awaitRequests", Map.of("count", 1))
					.send("Which colour?")
					.step("awaitText", Map.of("value", "It is"))
					.step("loseNetwork")
					.awaitIdle()
					.step("show")
					.step("awaitRequests", Map.of("count", 3))
					.step("release")
					.step("awaitText", Map.of("value", "It is blue."))
					.awaitIdle());

		assertResumedOnce(page, "[\"GET 204\",\"POST 200\",\"GET 200\"]");
	}

	private void assertResumedOnce(JsonNode page, String requests) throws Exception {
		assertThat(page.at("/statuses").toString()).isEqualTo("[\"error\",\"ready\"]");
		assertThat(page.at("/requests").toString()).isEqualTo(requests);
		assertMessages(page, """
				[{"role":"user","parts":[{"type":"text","text":"Which colour?"}]},
				{"role":"assistant","parts":[{"type":"step-start"},
				{"type":"text","text":"It is blue.","state":"done"}]}]""");
		assertThat(this.simulator.requests()).hasSize(1);
	}

	@Test
	void runningStreamIsCancelledOnRequest() throws Exception {
		this.simulator.next().events(List.of(event(Part.text("It is")), end(Part.text(" blue.")))).stallAfterEvents(1);

		JsonNode page = run("resumable",
				new AiSdkPage().send("Which colour?")
					.step("awaitText", Map.of("value", "It is"))
					.step("cancel")
					.awaitIdle());

		assertThat(page.at("/statuses").toString()).isEqualTo("[\"ready\"]");
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> this.simulator.cancelledStreams() == 1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "chat", "resumable" })
	void whenNoStreamRunsThenNothingIsResumed(String api) throws Exception {
		JsonNode page = run(api, new AiSdkPage().step("resume").awaitIdle());

		assertThat(page.at("/statuses").toString()).isEqualTo("[\"ready\"]");
		assertThat(page.get("messages")).isEmpty();
	}

	private JsonNode run(String api, AiSdkPage page) throws Exception {
		return browser.run(page, "http://localhost:%d/api/%s".formatted(this.port, api));
	}

	private static void assertMessages(JsonNode page, String expected) throws Exception {
		JsonNode messages = page.get("messages").deepCopy();
		for (JsonNode message : messages) {
			((ObjectNode) message).remove("id");
			((ObjectNode) message).remove("metadata");
		}
		JSONAssert.assertEquals(messages.toPrettyString(), expected, messages.toString(), true);
	}

	static GenerateContentResponse event(Part... parts) {
		return GenerateContentResponse.builder()
			.candidates(Candidate.builder().content(Content.model(parts)).build())
			.build();
	}

	private static GenerateContentResponse piece(String functionCall) {
		return event(Part.functionCall(JSON.readValue(functionCall, FunctionCall.class)));
	}

	private static GenerateContentResponse grounded(GroundingMetadata grounding, Part part,
			@Nullable FinishReason finishReason) {
		return GenerateContentResponse.builder()
			.candidates(Candidate.builder()
				.content(Content.model(part))
				.groundingMetadata(grounding)
				.finishReason(finishReason)
				.build())
			.build();
	}

	// Gemini 3 signs its calls and requires the signatures in later requests
	static Part call(@Nullable String id, String name, String arg, Object value) {
		return Part.functionCall(FunctionCall.of(name, Map.of(arg, value)).toBuilder().id(id).build())
			.toBuilder()
			.thoughtSignature("c2ln")
			.build();
	}

	static GenerateContentResponse end(Part... parts) {
		return GenerateContentResponse.builder()
			.candidates(Candidate.builder().content(Content.model(parts)).finishReason(FinishReason.STOP).build())
			.build();
	}

}
