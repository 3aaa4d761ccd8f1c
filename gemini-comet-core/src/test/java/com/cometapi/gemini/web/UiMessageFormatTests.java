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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.function.GeminiFunctionCall;
import com.cometapi.gemini.function.GeminiFunctionContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UiMessageFormat}.
 */
class UiMessageFormatTests {

	private final GeminiServerSentEvents events = new GeminiServerSentEvents(Responses.MAPPER, Duration.ofHours(1));

	@Test
	void headersTellTheProtocol() {
		ResponseEntity<Flux<ServerSentEvent<String>>> response = this.events.uiMessageStream(Flux.empty());
		assertThat(response.getHeaders().getFirst("x-vercel-ai-ui-message-stream")).isEqualTo("v1");
		assertThat(response.getHeaders().getFirst("X-Accel-Buffering")).isEqualTo("no");
		assertThat(response.getHeaders().getContentType()).hasToString("text/event-stream;charset=UTF-8");
	}

	@Test
	void eventsHaveDataOnly() {
		assertThat(this.events.uiMessageStream(Flux.just(Responses.text("Hello"))).getBody().collectList().block())
			.allSatisfy((event) -> {
				assertThat(event.event()).isNull();
				assertThat(event.id()).isNull();
			});
	}

	@Test
	void streamHasOneStepForEachRound() {
		assertThat(
				chunks(response("{\"text\":\"a\"},{\"functionCall\":{\"id\":\"1\",\"name\":\"f\",\"args\":{\"x\":1}}}"),
						response("{\"functionResponse\":{\"id\":\"1\",\"name\":\"f\",\"response\":{\"output\":null}}}"),
						end("{\"text\":\"b\"}", "STOP")))
			.containsExactly("{'type':'start'}", "{'type':'start-step'}", "{'type':'text-start','id':'1'}",
					"{'type':'text-delta','id':'1','delta':'a'}", "{'type':'text-end','id':'1'}",
					"{'type':'tool-input-start','toolCallId':'1','toolName':'f'}",
					"{'type':'tool-input-available','toolCallId':'1','toolName':'f','input':{'x':1}}",
					"{'type':'tool-output-available','toolCallId':'1','output':null}", "{'type':'finish-step'}",
					"{'type':'start-step'}", "{'type':'text-start','id':'2'}",
					"{'type':'text-delta','id':'2','delta':'b'}", "{'type':'text-end','id':'2'}",
					"{'type':'finish-step'}",
					"{'type':'message-metadata','messageMetadata':{'finishReason':'stop','rawFinishReason':'STOP'}}",
					"{'type':'finish','finishReason':'stop'}", "[DONE]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "'id':'1',", "" })
	void streamedArgumentsGrowToTheInput(String id) {
		List<String> chunks = chunks(streamedCall("'name':'f','willContinue':true", id),
				streamedCall(arg("$.a", "'stringValue':'x','willContinue':true"), id),
				streamedCall(arg("$.a", "'stringValue':'}\\\"'"), id),
				streamedCall(arg("$.b[0].c", "'numberValue':1"), id),
				streamedCall(arg("$.b[1].c", "'stringValue':'z'"), id), response("{\"functionCall\":{}}"));
		assertThat(chunks).filteredOn((chunk) -> chunk.contains("tool-input"))
			.map((chunk) -> chunk.replaceAll("'toolCallId':'[^']+'", "'toolCallId':'1'"))
			.containsExactly("{'type':'tool-input-start','toolCallId':'1','toolName':'f'}", delta("{\\'a\\':\\'x"),
					delta("}\\\\\\'"), delta("\\',\\'b\\':[{\\'c\\':1"), delta("},{\\'c\\':\\'z"),
					"{'type':'tool-input-available','toolCallId':'1','toolName':'f',"
							+ "'input':{'a':'x}\\'','b':[{'c':1},{'c':'z'}]}}");
	}

	@Test
	void argumentsThatArriveInAnotherOrderThanThatOfTheJsonAreSentAtTheEnd() {
		assertThat(chunks(streamedCall(arg("$.a.b", "'numberValue':1") + ",'name':'f'", "'id':'1',"),
				streamedCall(arg("$.c", "'numberValue':2"), "'id':'1',"),
				streamedCall(arg("$.a.d", "'numberValue':3"), "'id':'1',"),
				response("{\"functionCall\":{\"id\":\"1\"}}")))
			.filteredOn((chunk) -> chunk.contains("tool-input-"))
			.containsExactly("{'type':'tool-input-start','toolCallId':'1','toolName':'f'}",
					delta("{\\'a\\':{\\'b\\':1"), delta("},\\'c\\':2"),
					"{'type':'tool-input-available','toolCallId':'1','toolName':'f',"
							+ "'input':{'a':{'b':1,'d':3},'c':2}}");
	}

	@Test
	void longInputGrowsInFewerSteps() {
		List<GenerateContentResponse> responses = new ArrayList<>();
		responses.add(streamedCall("'name':'f','willContinue':true", "'id':'1',"));
		for (int i = 0; i < 3000; i++) {
			responses
				.add(streamedCall(arg("$.a", "'stringValue':'0123456789abcdef','willContinue':true"), "'id':'1',"));
		}
		responses.add(response("{\"functionCall\":{\"id\":\"1\"}}"));
		List<String> deltas = chunks(responses.toArray(GenerateContentResponse[]::new)).stream()
			.filter((chunk) -> chunk.contains("tool-input-delta"))
			.map((chunk) -> chunk.replaceAll(".*'inputTextDelta':'(.*)'}", "$1"))
			.toList();

		assertThat(deltas).hasSizeBetween(50, 200);
		assertThat("{\\'a\\':\\'" + "0123456789abcdef".repeat(3000)).startsWith(String.join("", deltas));
		assertThat(String.join("", deltas)).hasSizeGreaterThan(3000 * 15);
	}

	private static String delta(String text) {
		return "{'type':'tool-input-delta','toolCallId':'1','inputTextDelta':'" + text + "'}";
	}

	private static String arg(String path, String value) {
		return "'partialArgs':[{'jsonPath':'" + path + "'," + value + "}],'willContinue':true";
	}

	private static GenerateContentResponse streamedCall(String members, String id) {
		return response(("{'functionCall':{" + id + members + "}}").replace('\'', '"'));
	}

	@Test
	void callThatWasLeftIncompleteIsAnError() {
		assertThat(chunks(response("{\"functionCall\":{\"id\":\"1\",\"name\":\"f\",\"willContinue\":true}}")))
			.contains("{'type':'tool-input-error','toolCallId':'1','toolName':'f','input':{},"
					+ "'errorText':'The arguments are incomplete'}")
			.noneMatch((chunk) -> chunk.contains("tool-input-available"));
	}

	@Test
	void callsWithoutIdsGetOne() {
		List<String> chunks = chunks(
				response("{\"functionCall\":{\"name\":\"f\"}},{\"functionCall\":{\"name\":\"f\",\"args\":{\"x\":1}}}"),
				response("{\"functionResponse\":{\"name\":\"f\",\"response\":{\"a\":1}}},"
						+ "{\"functionResponse\":{\"name\":\"f\",\"response\":{\"error\":\"No\"}}}"));
		String first = chunks.get(3).replaceAll(".*toolCallId':'([^']+)'.*", "$1");
		String second = chunks.get(5).replaceAll(".*toolCallId':'([^']+)'.*", "$1");
		assertThat(first).startsWith("comet-").isNotEqualTo(second);
		assertThat(chunks).contains(
				"{'type':'tool-output-available','toolCallId':'%s','output':{'a':1}}".formatted(first),
				"{'type':'tool-output-error','toolCallId':'%s','errorText':'No'}".formatted(second));
	}

	@Test
	void equalCallsWithoutIdsThatNeedAnApprovalStayTwo() {
		String calls = "{\"functionCall\":{\"name\":\"f\"}},{\"functionCall\":{\"name\":\"f\"}}";
		UiToolApprovals approvals = new UiMessageRequest(null, List.of(), null, null, Map.of())
			.approvals((call) -> true);
		GeminiFunctionCall call = new GeminiFunctionCall("f", null, Map.of(), GeminiFunctionContext.EMPTY, null);
		approvals.announce(call, true);
		approvals.announce(call, true);

		List<String> chunks = chunks(Flux.just(end(calls, "STOP")),
				UiMessageStreamOptions.DEFAULTS.withApprovals(approvals));

		List<String> asked = chunks.stream().filter((chunk) -> chunk.contains("tool-approval-request")).toList();
		assertThat(asked).hasSize(2).doesNotHaveDuplicates();
		assertThat(chunks).filteredOn((chunk) -> chunk.contains("tool-input-start")).hasSize(2).doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@CsvSource({ "STOP,stop", "MAX_TOKENS,length", "NEW_REASON,other", "FINISH_REASON_UNSPECIFIED,other" })
	void finishReasonIsThatOfTheSdk(String reason, String expected) {
		assertThat(chunks(end("{\"text\":\"a\"}", reason)))
			.contains("{'type':'finish','finishReason':'%s'}".formatted(expected));
	}

	@Test
	void blockedResponseIsAnErrorAfterItsText() {
		assertThat(chunks(end("{\"text\":\"a\"}", "SAFETY"))).endsWith("{'type':'text-end','id':'1'}",
				"{'type':'message-metadata','messageMetadata':"
						+ "{'finishReason':'content-filter','rawFinishReason':'SAFETY'}}",
				"{'type':'error','errorText':'The question or its answer was blocked by a filter.'}", "[DONE]");
	}

	@Test
	void failureRevealsNothing() {
		assertThat(chunks(Flux.just(Responses.text("a")).concatWith(Flux.error(new IllegalStateException("secret")))))
			.contains("{'type':'text-delta','id':'1','delta':'a'}")
			.endsWith("{'type':'error','errorText':'Something went wrong while the answer was prepared.'}", "[DONE]")
			.noneMatch((chunk) -> chunk.contains("secret") || chunk.contains("finish-step"));
	}

	@Test
	void cancellationByTheApplicationIsAnAbort() {
		assertThat(chunks(Flux.just(Responses.text("a")).concatWith(Flux.error(new CancellationException()))))
			.endsWith("{'type':'text-end','id':'1'}", "{'type':'abort'}", "[DONE]");
	}

	@Test
	void draftsAndReferencesAreFiles() {
		assertThat(chunks(response("""
				{"thought":true,"inlineData":{"mimeType":"image/png","data":"iVBORw=="}},
				{"fileData":{"mimeType":"video/mp4","fileUri":"https://example.com/a.mp4"}}"""))).contains(
				"{'type':'reasoning-file','url':'data:image/png;base64,iVBORw==','mediaType':'image/png'}",
				"{'type':'file','url':'https://example.com/a.mp4','mediaType':'video/mp4'}");
	}

	@Test
	void applicationChoosesTheUrlOfAFileAndTheIdOfTheMessage() {
		UiMessageStreamOptions options = UiMessageStreamOptions.DEFAULTS.withMessageId("m7")
			.withFileUrl((blob) -> "/images/" + blob.asBytes().length);
		assertThat(chunks(Flux.just(response("{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"iVBORw==\"}}")),
				options))
			.startsWith("{'type':'start','messageId':'m7'}")
			.contains("{'type':'file','url':'/images/4','mediaType':'image/png'}");
	}

	@Test
	void usageAndCostAreThoseOfAllRounds() {
		GenerateContentResponse first = Responses.costing("0.5", """
				{"candidates":[{"content":{"parts":[{"functionCall":{"id":"1","name":"f"}}]}}],
				"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":2,"totalTokenCount":12}}""");
		GenerateContentResponse last = Responses.costing("0.25", """
				{"candidates":[{"content":{"parts":[{"text":"a"}]},"finishReason":"STOP"}],"modelVersion":"gemini-x",
				"usageMetadata":{"promptTokenCount":20,"cachedContentTokenCount":5,"candidatesTokenCount":3,
				"thoughtsTokenCount":4,"totalTokenCount":27}}""");
		assertThat(
				chunks(first, response("{\"functionResponse\":{\"id\":\"1\",\"name\":\"f\",\"response\":{}}}"), last))
			.contains("{'type':'message-metadata','messageMetadata':{'usage':{'inputTokens':30,"
					+ "'inputTokenDetails':{'cacheReadTokens':5},'outputTokens':9,"
					+ "'outputTokenDetails':{'textTokens':5,'reasoningTokens':4},'totalTokens':39},'cost':0.75,"
					+ "'finishReason':'stop','rawFinishReason':'STOP','model':'gemini-x'}}");
	}

	@Test
	void otherCandidatesAreLeftOut() {
		assertThat(chunks(Responses.json("""
				{"candidates":[{"index":1,"content":{"parts":[{"text":"unseen"}]}}]}""")))
			.noneMatch((chunk) -> chunk.contains("unseen"));
	}

	@Test
	void dataAndItsFailureDoNotOvertakeResponses() {
		UiMessageStreamOptions options = UiMessageStreamOptions.DEFAULTS
			.withData(Flux.just(UiDataPart.of("a", 1).withId("x"))
				.concatWith(Flux.error(new IllegalStateException("secret"))));
		assertThat(chunks(Flux.just(Responses.text("b")), options))
			.contains("{'type':'data-a','id':'x','data':1}", "{'type':'text-delta','id':'1','delta':'b'}")
			.endsWith("{'type':'error','errorText':'Something went wrong while the answer was prepared.'}", "[DONE]");
	}

	@Test
	void dataThatArriveBeforeTheEndOfTheResponsesReachASlowBrowser() {
		Sinks.Many<UiDataPart> data = Sinks.many().unicast().onBackpressureBuffer();
		Sinks.Many<GenerateContentResponse> responses = Sinks.many().unicast().onBackpressureBuffer();
		UiMessageStreamOptions options = UiMessageStreamOptions.DEFAULTS.withData(data.asFlux());
		List<String> sent = new ArrayList<>();
		Flux<ServerSentEvent<String>> events = this.events.uiMessageStream(responses.asFlux(), options)
			.getBody()
			.doOnNext((event) -> sent.add(String.valueOf(event.data())));
		StepVerifier.create(events, 1).expectNextCount(1).then(() -> {
			IntStream.range(0, 5).forEach((step) -> data.tryEmitNext(UiDataPart.of("step", step)).orThrow());
			responses.tryEmitNext(Responses.text("a")).orThrow();
			responses.tryEmitComplete().orThrow();
		}).thenRequest(100).thenConsumeWhile((event) -> true).verifyComplete();
		assertThat(sent).filteredOn((event) -> event.contains("data-step")).hasSize(5);
	}

	@Test
	void resultOfCodeBelongsToTheCodeWithItsId() {
		List<String> chunks = chunks(response("""
				{"executableCode":{"id":"c1","language":"PYTHON","code":"print(1)"}},
				{"executableCode":{"id":"c2","language":"PYTHON","code":"print(2)"}},
				{"codeExecutionResult":{"id":"c1","outcome":"OUTCOME_OK","output":"one"}},
				{"codeExecutionResult":{"id":"c2","outcome":"OUTCOME_OK","output":"two"}}"""));
		String first = toolCallId(chunks, "print(1)");
		String second = toolCallId(chunks, "print(2)");

		assertThat(toolCallId(chunks, "'output':'one'")).isEqualTo(first).isNotEqualTo(second);
		assertThat(toolCallId(chunks, "'output':'two'")).isEqualTo(second);
	}

	private static String toolCallId(List<String> chunks, String content) {
		return chunks.stream()
			.filter((chunk) -> chunk.contains(content))
			.map((chunk) -> chunk.replaceAll(".*'toolCallId':'([^']+)'.*", "$1"))
			.findFirst()
			.orElseThrow();
	}

	@Test
	void timeoutAndShutdownAreErrors() {
		Flux<GenerateContentResponse> endless = Flux.just(Responses.text("a")).concatWith(Flux.never());
		assertThat(chunks(this.events.withTimeouts(Duration.ofMillis(50), null), endless))
			.endsWith("{'type':'error','errorText':'The answer took too long. Please try again.'}", "[DONE]");
		assertThat(chunks(this.events.withShutdown(Mono.delay(Duration.ofMillis(50))), endless))
			.endsWith("{'type':'error','errorText':"
					+ "'The assistant is being restarted. Please ask again in a little while.'}", "[DONE]");
	}

	@Test
	void timeoutMayBeLongerThanAnyClockCounts() {
		assertThat(chunks(this.events.withTimeouts(Duration.ofDays(999_999), null), Flux.just(Responses.text("a"))))
			.endsWith("[DONE]")
			.noneMatch((chunk) -> chunk.contains("error"));
	}

	@Test
	void browserThatLeavesCancelsTheResponses() {
		AtomicBoolean cancelled = new AtomicBoolean();
		AtomicBoolean dataCancelled = new AtomicBoolean();
		Flux<GenerateContentResponse> endless = Flux.<GenerateContentResponse>never()
			.doOnCancel(() -> cancelled.set(true));
		UiMessageStreamOptions options = UiMessageStreamOptions.DEFAULTS
			.withData(Flux.<UiDataPart>never().doOnCancel(() -> dataCancelled.set(true)));
		this.events.uiMessageStream(endless, options).getBody().subscribe().dispose();
		assertThat(cancelled).isTrue();
		assertThat(dataCancelled).isTrue();
	}

	@Test
	void slowBrowserSlowsTheResponsesDown() {
		AtomicInteger produced = new AtomicInteger();
		Flux<GenerateContentResponse> many = Flux.range(0, 1000)
			.doOnNext((number) -> produced.incrementAndGet())
			.map((number) -> Responses.text("a"));
		UiMessageStreamOptions options = UiMessageStreamOptions.DEFAULTS.withData(Flux.never());
		StepVerifier.create(this.events.uiMessageStream(many, options).getBody(), 5)
			.expectNextCount(5)
			.then(() -> assertThat(produced).hasValueLessThan(10))
			.thenCancel()
			.verify(Duration.ofSeconds(30));
	}

	@Test
	void heartbeatsMayNeverCome() {
		GeminiServerSentEvents silent = new GeminiServerSentEvents(Responses.MAPPER, Duration.ofDays(999_999));
		assertThat(chunks(silent, Flux.just(Responses.text("a")))).endsWith("[DONE]");
	}

	@Test
	void heartbeatsAreComments() {
		GeminiServerSentEvents events = new GeminiServerSentEvents(Responses.MAPPER, Duration.ofMillis(20));
		assertThat(events.uiMessageStream(Flux.never()).getBody().take(3).collectList().block(Duration.ofSeconds(30)))
			.allSatisfy((event) -> assertThat(event.comment()).isEqualTo("heartbeat"));
	}

	@Test
	void dataEndWithTheResponses() {
		UiMessageStreamOptions options = UiMessageStreamOptions.DEFAULTS.withData(Flux.never());
		assertThat(chunks(Flux.just(Responses.text("b")), options)).endsWith("[DONE]");
	}

	private List<String> chunks(GenerateContentResponse... responses) {
		return chunks(Flux.just(responses));
	}

	private List<String> chunks(Publisher<GenerateContentResponse> responses) {
		return chunks(responses, UiMessageStreamOptions.DEFAULTS);
	}

	private List<String> chunks(Publisher<GenerateContentResponse> responses, UiMessageStreamOptions options) {
		return chunks(this.events, responses, options);
	}

	private static List<String> chunks(GeminiServerSentEvents events, Publisher<GenerateContentResponse> responses) {
		return chunks(events, responses, UiMessageStreamOptions.DEFAULTS);
	}

	private static List<String> chunks(GeminiServerSentEvents events, Publisher<GenerateContentResponse> responses,
			UiMessageStreamOptions options) {
		return events.uiMessageStream(responses, options)
			.getBody()
			.mapNotNull(ServerSentEvent::data)
			.map((data) -> data.replace('"', '\''))
			.collectList()
			.block(Duration.ofSeconds(30));
	}

	private static GenerateContentResponse response(String parts) {
		return Responses.json("{\"candidates\":[{\"content\":{\"parts\":[%s]}}]}".formatted(parts));
	}

	private static GenerateContentResponse end(String parts, String reason) {
		return Responses
			.json("{\"candidates\":[{\"content\":{\"parts\":[%s]},\"finishReason\":\"%s\"}]}".formatted(parts, reason));
	}

}
