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

package com.cometapi.gemini.springai;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.api.Blob;
import com.cometapi.gemini.api.BlockReason;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FinishReason;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.ResponseOrigin;
import com.cometapi.gemini.api.UsageMetadata;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiRetrySettings;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiRateLimitException;
import com.cometapi.gemini.prompt.GeminiDefaults;
import com.cometapi.gemini.testsupport.GeminiServer;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.chat.client.advisor.SimpleLoggerAdvisor;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.model.MessageAggregator;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.retry.NonTransientAiException;
import org.springframework.ai.retry.TransientAiException;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link GeminiCometChatModel}.
 */
class GeminiCometChatModelTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final GeminiServer server = new GeminiServer();

	private final GeminiCometChatModel model = GeminiCometChatModel.create(this.server.template());

	@AfterEach
	void stopServer() {
		this.server.close();
	}

	@Test
	void messagesOfAllTypesAreSent() {
		this.server.answerText("Fine");
		AssistantMessage called = AssistantMessage.builder()
			.content("Let me see")
			.toolCalls(List.of(new ToolCall("c1", "function", "weather", "{\"city\": \"Paris\"}"),
					new ToolCall("", "function", "now", "")))
			.build();
		ToolResponseMessage responses = ToolResponseMessage.builder()
			.responses(List.of(new ToolResponse("c1", "weather", "{\"sky\": \"blue\"}"),
					new ToolResponse("", "now", "noon")))
			.build();
		this.model.call(new Prompt(List.of(new SystemMessage("Be brief."), new SystemMessage("Be kind."),
				new UserMessage("Weather?"), called, responses)));

		assertThat(this.server.takeJson()).isEqualTo(GeminiServer.tree("""
				{"contents": [
					{"role": "user", "parts": [{"text": "Weather?"}]},
					{"role": "model", "parts": [{"text": "Let me see"},
						{"functionCall": {"id": "c1", "name": "weather", "args": {"city": "Paris"}}},
						{"functionCall": {"name": "now", "args": {}}}]},
					{"role": "user", "parts": [
						{"functionResponse": {"id": "c1", "name": "weather", "response": {"sky": "blue"}}},
						{"functionResponse": {"name": "now", "response": {"output": "noon"}}}]}],
				"systemInstruction": {"parts": [{"text": "Be brief."}, {"text": "Be kind."}]}}"""));
	}

	@Test
	void resultsInSeveralMessagesAreOneContent() {
		this.server.answerText("Fine");
		AssistantMessage called = AssistantMessage.builder()
			.toolCalls(List.of(new ToolCall("c1", "function", "a", "{}"), new ToolCall("c2", "function", "b", "{}")))
			.build();
		this.model.call(new Prompt(List.of(new UserMessage("Go"), called, response("c1", "a"), response("c2", "b"),
				new AssistantMessage(""), new UserMessage("And now?"))));

		JsonNode contents = this.server.takeJson().get("contents");
		assertThat(contents).hasSize(4);
		assertThat(contents.at("/2/parts")).hasSize(2);
		assertThat(contents.at("/3/parts/0/text").asString()).isEqualTo("And now?");
	}

	private static ToolResponseMessage response(String id, String name) {
		return ToolResponseMessage.builder().responses(List.of(new ToolResponse(id, name, "1"))).build();
	}

	@ParameterizedTest
	@ValueSource(strings = { "3.10", "[1.50, 2]", "1.0E+2" })
	void numbersInResultsKeepAllDigits(String result) {
		this.server.answerText("Fine");
		AssistantMessage called = AssistantMessage.builder()
			.toolCalls(List.of(new ToolCall("c1", "function", "version", "{}")))
			.build();
		this.model.call(new Prompt(List.of(new UserMessage("Which one?"), called,
				ToolResponseMessage.builder().responses(List.of(new ToolResponse("c1", "version", result))).build())));

		assertThat(this.server.takeBody()).contains("{\"output\":%s}".formatted(result.replace(" ", "")));
	}

	@Test
	void mediaAreSentAsBytesOrAsAddresses() {
		this.server.answerText("Cats");
		Media bytes = new Media(MimeTypeUtils.IMAGE_PNG, new ByteArrayResource(new byte[] { 1, 2, 3 }));
		Media address = new Media(MimeTypeUtils.IMAGE_JPEG, URI.create("https://example.com/cat.jpg"));
		Media dataUrl = Media.builder().mimeType(MimeTypeUtils.IMAGE_GIF).data("data:image/gif;base64,AQID").build();
		this.model.call(new Prompt(UserMessage.builder().text("What is it?").media(bytes, address, dataUrl).build()));

		assertThat(this.server.takeJson().at("/contents/0/parts")).isEqualTo(GeminiServer.tree("""
				[{"text": "What is it?"}, {"inlineData": {"mimeType": "image/png", "data": "AQID"}},
				{"fileData": {"mimeType": "image/jpeg", "fileUri": "https://example.com/cat.jpg"}},
				{"inlineData": {"mimeType": "image/gif", "data": "AQID"}}]"""));
	}

	@Test
	void changedTextReplacesTheTextAndLeavesTheCallsWithTheirSignatures() {
		this.server.answerFile("gemini3-function-call.response.json").answerText("Fine");
		AssistantMessage received = this.model.call(new Prompt("Go")).getResult().getOutput();
		JsonNode call = GeminiServer.tree(GeminiServer.recording("gemini3-function-call.response.json"))
			.at("/candidates/0/content/parts/0");
		assertThat(call.has("thoughtSignature")).isTrue();
		AssistantMessage changed = received.mutate().content("Checked").build();
		this.model.call(new Prompt(List.of(new UserMessage("Go"), changed)));

		this.server.takeJson();
		JsonNode parts = this.server.takeJson().at("/contents/1/parts");
		assertThat(parts.at("/0/text").asString()).isEqualTo("Checked");
		assertThat(parts.get(1)).isEqualTo(call);
	}

	@Test
	void changedTextLeavesEachOfTwoEqualCalls() {
		String call = "{\"functionCall\": {\"name\": \"roll\", \"args\": {}}, \"thoughtSignature\": \"%s\"}";
		this.server.answerParts(call.formatted("YQ==") + "," + call.formatted("Yg==")).answerText("Fine");
		AssistantMessage changed = this.model.call(new Prompt("Go"))
			.getResult()
			.getOutput()
			.mutate()
			.content("Checked")
			.build();
		this.model.call(new Prompt(List.of(new UserMessage("Go"), changed)));

		this.server.takeJson();
		JsonNode parts = this.server.takeJson().at("/contents/1/parts");
		assertThat(parts.at("/1/thoughtSignature").asString()).isEqualTo("YQ==");
		assertThat(parts.at("/2/thoughtSignature").asString()).isEqualTo("Yg==");
	}

	@Test
	void usageHasThinkingAndCachedTokens() {
		this.server.answer("""
				{'candidates': [{'content': {'parts': [{'text': 'Hi'}]}, 'finishReason': 'STOP'}],
				'usageMetadata': {'promptTokenCount': 10, 'candidatesTokenCount': 2, 'thoughtsTokenCount': 30,
				'cachedContentTokenCount': 4, 'totalTokenCount': 42}, 'modelVersion': 'gemini-3.5-flash-001',
				'responseId': 'r1'}""".replace('\n', ' '));
		ChatResponse response = this.model.call(new Prompt("Hi"));
		Usage usage = response.getMetadata().getUsage();

		assertThat(usage.getPromptTokens()).isEqualTo(10);
		assertThat(usage.getCompletionTokens()).isEqualTo(32);
		assertThat(usage.getTotalTokens()).isEqualTo(42);
		assertThat(usage.getCacheReadInputTokens()).isEqualTo(4);
		assertThat(usage.getNativeUsage()).isInstanceOfSatisfying(UsageMetadata.class,
				(usageMetadata) -> assertThat(usageMetadata.thoughtsTokenCount()).isEqualTo(30));
		assertThat(response.getMetadata().getModel()).isEqualTo("gemini-3.5-flash-001");
		assertThat(response.getMetadata().getId()).isEqualTo("r1");
		assertThat(response.getMetadata().<ResponseOrigin>get(GeminiCometMetadata.ORIGIN).connection())
			.isEqualTo("default");
	}

	@Test
	void whenPromptIsBlockedThenResponseHasTheReason() {
		this.server.answerFile("blocked-prompt-with-message.response.json");
		Generation generation = this.model.call(new Prompt("Hi")).getResult();

		assertThat(generation.getOutput().getText()).isEmpty();
		assertThat(generation.getMetadata().getFinishReason()).isEqualTo(BlockReason.SAFETY.value());
		assertThat(generation.getMetadata().getContentFilters()).containsExactly("SAFETY");
		assertThat(generation.getMetadata().<String>get(GeminiCometMetadata.FINISH_MESSAGE)).isEqualTo("Reasons");
		assertThat(generation.getMetadata().<List<?>>get(GeminiCometMetadata.SAFETY_RATINGS)).hasSize(4);
	}

	@Test
	void blockedStreamNamesTheCategories() {
		this.server.answerFile("finish-safety.sse");
		Generation generation = aggregate(this.model.stream(new Prompt("Hi"))).getResult();

		assertThat(generation.getMetadata().getFinishReason()).isEqualTo(FinishReason.SAFETY.value());
		assertThat(generation.getMetadata().getContentFilters()).containsExactly("HARM_CATEGORY_HARASSMENT");
		assertThat(generation.getMetadata().<List<?>>get(GeminiCometMetadata.SAFETY_RATINGS)).hasSize(4);
	}

	@ParameterizedTest
	@ValueSource(strings = { "google-search-grounding.response.json", "google-maps-grounding.response.json",
			"url-context.response.json", "url-context.sse" })
	void sourcesOfTheGroundingAreKept(String recording) {
		ChatResponse response = ask(recording);

		assertThat(GeminiCometMetadata.sources(response)).isNotEmpty();
		assertThat(response.getResult().getMetadata().<List<?>>get(GeminiCometMetadata.SOURCES)).isNotEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "citations.response.json", "citations.sse" })
	void citationsAreKept(String recording) {
		assertThat(ask(recording).getResult().getMetadata().<Object>get(GeminiCometMetadata.CITATION_METADATA))
			.isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "image-output-with-empty-part.response.json", "image-output.sse" })
	void imagesOfTheModelAreMediaAndAreSentBack(String recording) {
		this.server.answerFile(recording).answerText("Fine");
		AtomicReference<AssistantMessage> whole = new AtomicReference<>();
		List<Media> media;
		if (recording.endsWith(".sse")) {
			Flux<ChatResponse> stream = this.model.stream(new Prompt("Draw!"));
			media = new MessageAggregator().aggregate(stream, (response) -> whole.set(response.getResult().getOutput()))
				.flatMapIterable((response) -> response.getResult().getOutput().getMedia())
				.collectList()
				.block(PATIENCE);
		}
		else {
			whole.set(this.model.call(new Prompt("Draw!")).getResult().getOutput());
			media = whole.get().getMedia();
		}
		assertThat(media).singleElement().satisfies((medium) -> {
			assertThat(medium.getMimeType().getType()).isEqualTo("image");
			assertThat(medium.getDataAsByteArray()).isNotEmpty();
		});
		// Spring AI's own aggregation drops the media and keeps the content of the model.
		this.model.call(new Prompt(List.of(new UserMessage("Draw!"), whole.get(), new UserMessage("Nice"))));
		this.server.takeJson();
		JsonNode parts = this.server.takeJson().at("/contents/1/parts");
		assertThat(parts.valueStream().anyMatch((part) -> part.has("inlineData"))).isTrue();
	}

	@Test
	void thoughtsAreSeparateFromTheText() {
		this.server.answerFile("thinking.sse");
		List<ChatResponse> responses = this.model.stream(new Prompt("Hi")).collectList().block(PATIENCE);
		String text = String.join("",
				responses.stream().map((response) -> response.getResult().getOutput().getText()).toList());
		this.server.answerFile("thinking.sse");
		AssistantMessage whole = aggregate(this.model.stream(new Prompt("Hi"))).getResult().getOutput();
		Content content = GeminiCometMetadata.content(whole);

		assertThat(content.thoughts()).isNotEmpty();
		assertThat(text).isEqualTo(content.text()).isEqualTo(whole.getText()).isNotEmpty();
		assertThat(whole.getMetadata()).containsEntry(GeminiCometMetadata.THOUGHTS, content.thoughts());
	}

	@Test
	void wholeResponseSurvivesAggregation() {
		this.server.answerEvents("{'candidates': [{'content': {'parts': [{'text': 'a'}]}}], 'responseId': 'r1'}",
				"{'candidates': [{'content': {'parts': [{'text': 'b', 'thoughtSignature': 'c2ln', 'new': 1}]},"
						+ " 'finishReason': 'STOP'}], 'usageMetadata': {'promptTokenCount': 3, 'candidatesTokenCount': 2,"
						+ " 'thoughtsTokenCount': 5, 'totalTokenCount': 10}, 'modelVersion': 'm'}");
		ChatResponse response = aggregate(this.model.stream(new Prompt("Hi")));
		AssistantMessage message = response.getResult().getOutput();

		assertThat(message.getText()).isEqualTo("ab");
		assertThat(GeminiCometMetadata.content(message).parts()).containsExactly(Part.text("a"),
				Part.text("b").toBuilder().thoughtSignature("c2ln").additional(Map.of("new", 1)).build());
		assertThat(response.getMetadata().getId()).isEqualTo("r1");
		assertThat(response.getMetadata().getModel()).isEqualTo("m");
		assertThat(response.getMetadata().getUsage().getCompletionTokens()).isEqualTo(7);
		assertThat(GeminiCometMetadata.response(response).usageMetadata().thoughtsTokenCount()).isEqualTo(5);
		assertThat(response.getResult().getMetadata().getFinishReason()).isEqualTo("STOP");
	}

	@Test
	void generationsAreInTheOrderOfTheirCandidates() {
		this.server
			.answer("{'candidates': [{'index': 1, 'content': {'parts': [{'text': 'b'}]}, 'finishReason': 'STOP'},"
					+ " {'index': 0, 'content': {'parts': [{'text': 'a'}]}, 'finishReason': 'STOP'}]}");

		assertThat(this.model.call(new Prompt("Hi")).getResults())
			.extracting((generation) -> generation.getOutput().getText())
			.containsExactly("a", "b");
	}

	@Test
	void candidatesAreGenerations() {
		this.server.answer("{'candidates': [{'content': {'parts': [{'text': 'a'}]}, 'finishReason': 'STOP'},"
				+ " {'index': 1, 'content': {'parts': [{'text': 'b'}]}, 'finishReason': 'MAX_TOKENS'}]}");
		ChatResponse response = this.model.call(new Prompt("Hi"));

		assertThat(response.getResults()).extracting((generation) -> generation.getOutput().getText())
			.containsExactly("a", "b");
		assertThat(response.getResults()).extracting((generation) -> generation.getMetadata().getFinishReason())
			.containsExactly("STOP", "MAX_TOKENS");
	}

	@Test
	void callsOfAResponseThatWasCutOffAreNotOffered() {
		this.server
			.answer(GeminiServer.response("{\"functionCall\": {\"name\": \"delete\", \"args\": {}}}", "MAX_TOKENS"));
		ChatResponse response = this.model.call(new Prompt("Hi"));

		assertThat(response.hasToolCalls()).isFalse();
		assertThat(GeminiCometMetadata.content(response.getResult().getOutput()).functionCalls()).hasSize(1);
	}

	@Test
	void callWithoutAResultIsNotSentBack() {
		this.server.answer(GeminiServer.response("""
				{"text": "I look"}, {"functionCall": {"id": "s", "name": "search", "args": {}}},
				{"functionResponse": {"id": "s", "name": "search", "response": {}}},
				{"functionCall": {"name": "delete", "args": {}}}""", "MAX_TOKENS")).answerText("Fine");
		AssistantMessage cutOff = this.model.call(new Prompt("Go")).getResult().getOutput();
		AssistantMessage failed = AssistantMessage.builder()
			.toolCalls(List.of(new ToolCall("c1", "function", "fail", "{}")))
			.build();
		this.model.call(new Prompt(
				List.of(new UserMessage("Go"), cutOff, new UserMessage("Again"), failed, new UserMessage("And now?"))));

		this.server.takeJson();
		JsonNode contents = this.server.takeJson().get("contents");
		assertThat(contents).hasSize(4);
		assertThat(contents.at("/1/parts")).hasSize(3);
		assertThat(contents.at("/1/parts/2/functionResponse/id").asString()).isEqualTo("s");
		assertThat(contents.at("/3/parts/0/text").asString()).isEqualTo("And now?");
	}

	@Test
	void failuresAreExceptionsOfSpringAi() {
		this.server.answerStatus(429).answerStatus(401).answerStatus(503);
		assertThatExceptionOfType(TransientAiException.class).isThrownBy(() -> this.model.call(new Prompt("Hi")))
			.withCauseInstanceOf(GeminiRateLimitException.class);
		assertThatExceptionOfType(NonTransientAiException.class)
			.isThrownBy(() -> this.model.stream(new Prompt("Hi")).blockLast(PATIENCE))
			.withCauseInstanceOf(GeminiException.class);
		assertThatExceptionOfType(TransientAiException.class)
			.isThrownBy(() -> this.model.stream(new Prompt("Hi")).blockLast(PATIENCE));
		assertThat(this.server.requestCount()).isEqualTo(3);
	}

	@Test
	void onlyTheClientRetries() {
		this.server.answerStatus(503).answerStatus(503).answerStatus(503).answerStatus(503);
		GeminiRetrySettings twice = GeminiRetrySettings.builder()
			.maxAttempts(2)
			.initialDelay(Duration.ofMillis(1))
			.build();
		GeminiCometChatOptions options = GeminiCometChatOptions.builder()
			.callOptions((call) -> call.retry(twice))
			.build();
		assertThatExceptionOfType(TransientAiException.class)
			.isThrownBy(() -> this.model.call(new Prompt("Hi", options)));
		assertThat(this.server.requestCount()).isEqualTo(2);
	}

	@Test
	void portableOptionsAreUsed() {
		this.server.answerText("Fine");
		this.model.call(new Prompt("Hi", ChatOptions.builder().temperature(0.3).maxTokens(7).build()));

		assertThat(this.server.takeJson().get("generationConfig"))
			.isEqualTo(GeminiServer.tree("{\"temperature\": 0.3, \"maxOutputTokens\": 7}"));
	}

	@Test
	void callAndStreamAreObservedOnceEach() {
		TestObservationRegistry registry = TestObservationRegistry.create();
		GeminiClient client = GeminiClient
			.create(WebClient.builder(), GeminiServer.MAPPER, this.server.settings().build())
			.withObservations(registry, null);
		GeminiCometChatModel observed = GeminiCometChatModel
			.builder(new GeminiTemplate(client, GeminiDefaults.of("gemini-3.5-flash")))
			.observationRegistry(registry)
			.build();
		this.server.answerText("Fine").answerTextEvents("Fi", "ne");
		observed.call(new Prompt("Hi"));
		observed.stream(new Prompt("Hi")).blockLast(PATIENCE);

		// The observation of a stream stops right after its last signal.
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> TestObservationRegistryAssert.assertThat(registry)
				.hasNumberOfObservationsWithNameEqualTo("gen_ai.client.operation", 2)
				.hasNumberOfObservationsWithNameEqualTo("gen_ai.client.inference.duration", 2)
				.forAllObservationsWithNameEqualTo("gen_ai.client.inference.duration",
						(inner) -> inner.hasParentObservation())
				.forAllObservationsWithNameEqualTo("gen_ai.client.operation",
						(outer) -> outer.hasLowCardinalityKeyValue("gen_ai.request.model", "gemini-3.5-flash")
							.hasLowCardinalityKeyValue("gen_ai.operation.name", "chat")
							.hasHighCardinalityKeyValue("gen_ai.response.finish_reasons", "[\"STOP\"]")));
	}

	@Test
	void observationOfAPromptThatCannotBeSentStops() {
		TestObservationRegistry registry = TestObservationRegistry.create();
		GeminiCometChatModel observed = GeminiCometChatModel.builder(this.server.template())
			.observationRegistry(registry)
			.build();
		Media notBase64 = Media.builder().mimeType(MimeTypeUtils.IMAGE_PNG).data("data:image/png,abc").build();
		Prompt prompt = new Prompt(List.of(UserMessage.builder().text("Hi").media(notBase64).build()));
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> observed.stream(prompt).blockLast(PATIENCE));

		TestObservationRegistryAssert.assertThat(registry).hasSingleObservationThat().hasBeenStopped().hasError();
	}

	@Test
	void responseWithMediaAndSignaturesCanBeLogged() {
		this.server.answerFile("image-output-with-empty-part.response.json");
		ChatResponse response = this.model.call(new Prompt("Draw!"));

		assertThat(SimpleLoggerAdvisor.DEFAULT_RESPONSE_TO_STRING.apply(response)).contains("inlineData");
		assertThat(response.toString()).doesNotContain("iVBORw0KGgo");
	}

	@Test
	void schemasOfToolsAreSentInTheFormThatTheApiSupports() {
		this.server.answerText("Fine");
		ToolCallback tool = FunctionToolCallback.builder("weather", (String input) -> "sunny")
			.description("Return the weather")
			.inputType(String.class)
			.inputSchema("{\"$schema\": \"x\", \"type\": \"object\", \"properties\": {\"city\": {\"type\": \"string\","
					+ " \"minLength\": 1, \"default\": \"Paris\"}, \"unit\": {\"const\": \"C\"}}}")
			.build();
		ToolCallback empty = FunctionToolCallback.builder("now", () -> "noon")
			.description("Return the time")
			.inputSchema("{\"type\": \"object\", \"properties\": {}}")
			.build();
		this.model.call(new Prompt("Hi", ToolCallingChatOptions.builder().toolCallbacks(tool, empty).build()));

		assertThat(this.server.takeJson().get("tools")).isEqualTo(GeminiServer.tree("""
				[{"functionDeclarations": [
					{"name": "weather", "description": "Return the weather", "parametersJsonSchema": {"type": "object",
						"properties": {"city": {"type": "string", "description": "(default: Paris)"},
						"unit": {"enum": ["C"]}}}},
					{"name": "now", "description": "Return the time"}]}]"""));
	}

	@Test
	void mediaOfAResponseAreEqualIfTheirBytesAre() {
		Blob blob = Blob.of("image/png", new byte[] { 1 });
		assertThat(new BlobMedia(blob)).isEqualTo(new BlobMedia(Blob.of("image/png", new byte[] { 1 })))
			.isNotEqualTo(new BlobMedia(Blob.of("image/png", new byte[] { 2 })));
	}

	private ChatResponse ask(String recording) {
		this.server.answerFile(recording);
		return (recording.endsWith(".sse")) ? aggregate(this.model.stream(new Prompt("Hi")))
				: this.model.call(new Prompt("Hi"));
	}

	private static ChatResponse aggregate(Flux<ChatResponse> stream) {
		AtomicReference<ChatResponse> whole = new AtomicReference<>();
		new MessageAggregator().aggregate(stream, whole::set).blockLast(PATIENCE);
		return Objects.requireNonNull(whole.get());
	}

}
