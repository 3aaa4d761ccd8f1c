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

import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FunctionCallingMode;
import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.UsageMetadata;
import com.cometapi.gemini.chat.GeminiChat;
import com.cometapi.gemini.chat.GeminiConversation;
import com.cometapi.gemini.chat.GeminiConversation.Turn;
import com.cometapi.gemini.error.GeminiFunctionFailedException;
import com.cometapi.gemini.error.GeminiNoTextException;
import com.cometapi.gemini.error.GeminiTimeLimit;
import com.cometapi.gemini.error.GeminiTimeoutException;
import com.cometapi.gemini.error.GeminiTooManyRoundsException;
import com.cometapi.gemini.function.GeminiFunctionCallback;
import com.cometapi.gemini.function.GeminiFunctionContext;
import com.cometapi.gemini.function.GeminiFunctionDecision;
import com.cometapi.gemini.function.GeminiFunctionSettings.OnError;
import com.cometapi.gemini.prompt.PromptResult;
import com.cometapi.gemini.prompt.PromptSpec;
import com.cometapi.gemini.testsupport.GeminiServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for the rounds of a prompt with functions.
 */
class FunctionRoundsTests extends AbstractRoundsTests {

	@Test
	void declarationsOfAllKindsAreInOneTool() {
		this.server.answerText("Hi");
		this.gemini.prompt("Go")
			.functions(FunctionDeclaration.of("manual", "By hand"))
			.functions(weather((call) -> 1))
			.functions(GeminiFunctionCallback.of("place", "A place", Place.class, Place::city))
			.call();
		JsonNode tools = this.server.takeJson().get("tools");
		assertThat(tools).hasSize(1);
		assertThat(tools.at("/0/functionDeclarations").valueStream().map((each) -> each.get("name").asString()))
			.containsExactly("manual", "weather", "place");
		assertThat(tools.at("/0/functionDeclarations/2/parameters/properties/city/type").asString())
			.isEqualTo("STRING");
	}

	@Test
	void mediaSinkIsRefusedWithFunctions() {
		PromptSpec prompt = this.gemini.prompt("Draw")
			.functions(weather((call) -> 1))
			.mediaSink((mimeType) -> OutputStream.nullOutputStream());
		assertThatIllegalArgumentException().isThrownBy(prompt::call).withMessageContaining("'mediaSink'");
		assertThatIllegalArgumentException().isThrownBy(() -> prompt.stream().blockLast())
			.withMessageContaining("'mediaSink'");
		assertThat(this.server.requestCount()).isZero();
	}

	@Test
	void turnHasTheUsageOfAllRounds() {
		String usage = ", \"usageMetadata\": {\"promptTokenCount\": %d, \"totalTokenCount\": %d}}";
		this.server.answer(GeminiServer.response(CALL, "STOP").replaceFirst("}$", usage.formatted(5, 7)))
			.answer(GeminiServer.textResponse("12", "STOP").replaceFirst("}$", usage.formatted(9, 10)));
		GeminiChat chat = GeminiChat.create(this.gemini);
		PromptResult turn = chat.prompt("Go").functions(weather((call) -> 1)).result();
		UsageMetadata last = UsageMetadata.builder().promptTokenCount(9).totalTokenCount(10).build();
		UsageMetadata total = UsageMetadata.builder().promptTokenCount(14).totalTokenCount(17).build();
		assertThat(turn.response().usageMetadata()).isEqualTo(last);
		assertThat(turn.totalUsage()).isEqualTo(total);
		assertThat(GeminiConversation.fromJson(chat.conversation().toJson()).turns())
			.extracting(Turn::contents, Turn::usageMetadata, Turn::totalUsage, Turn::earlierTurns)
			.containsExactly(tuple(turn.contents(), last, total, 0));
	}

	@Test
	void modeAnyIsAutoFromTheSecondRoundOn() {
		this.server.answerParts(CALL).answerParts(CALL).answerText("Done");
		this.gemini.prompt("Go")
			.functions(weather((call) -> 1))
			.functionCalling(FunctionCallingMode.ANY, "weather")
			.location(48.9, 2.4)
			.call();
		JsonNode first = this.server.takeJson().get("toolConfig");
		assertThat(first.at("/functionCallingConfig")).isEqualTo(GeminiServer.tree("""
				{"mode": "ANY", "allowedFunctionNames": ["weather"]}"""));
		for (int i = 0; i < 2; i++) {
			JsonNode next = this.server.takeJson().get("toolConfig");
			assertThat(next.at("/functionCallingConfig")).isEqualTo(GeminiServer.tree("{\"mode\": \"AUTO\"}"));
			assertThat(next.get("retrievalConfig")).isEqualTo(first.get("retrievalConfig"));
		}
	}

	@Test
	void exceptionOfTooManyRoundsHasTheContentsSoFar() {
		this.server.answerParts(CALL).answerParts(CALL).answerParts(CALL);
		AtomicInteger runs = new AtomicInteger();
		assertThatExceptionOfType(GeminiTooManyRoundsException.class)
			.isThrownBy(() -> this.gemini.prompt("Go")
				.functions(weather((call) -> runs.incrementAndGet()))
				.functionSettings((settings) -> settings.maxRounds(2))
				.call())
			.withMessageContaining("more than 2 rounds ('cometapi.gemini.functions.max-rounds')")
			.satisfies((ex) -> {
				assertThat(ex.getContents()).extracting(Content::role)
					.containsExactly("user", "model", "user", "model", "user", "model");
				assertThat(ex.getResponse().functionCalls()).hasSize(1);
			});
		assertThat(runs).hasValue(2);
		assertThat(this.server.requestCount()).isEqualTo(3);
	}

	@Test
	void callOfAnUnknownFunctionIsReportedToTheModel() {
		this.server.answerParts("{\"functionCall\": {\"name\": \"invented\", \"id\": \"c1\"}}").answerText("Sorry");
		assertThat(this.gemini.prompt("Go").functions(weather((call) -> 1)).text()).isEqualTo("Sorry");
		this.server.takeJson();
		assertThat(this.server.takeJson().at("/contents/2/parts")).isEqualTo(GeminiServer
			.tree("""
					[{"functionResponse": {"id": "c1", "name": "invented",
					"response": {"error": "There is no function with this name. The available functions are: weather"}}}]"""));
	}

	@Test
	void callOfADeclaredFunctionIsLeftToTheCaller() {
		this.server.answerParts(CALL + ", {\"functionCall\": {\"name\": \"manual\"}}");
		AtomicInteger runs = new AtomicInteger();
		GenerateContentResponse response = this.gemini.prompt("Go")
			.functions(FunctionDeclaration.of("manual", "By hand"))
			.functions(weather((call) -> runs.incrementAndGet()))
			.call();
		assertThat(response.functionCalls()).hasSize(2);
		assertThat(runs).hasValue(0);
		assertThat(this.server.requestCount()).isOne();
	}

	@ParameterizedTest
	@ValueSource(strings = { "MAX_TOKENS", "SAFETY", "MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL" })
	void functionsDoNotRunIfTheResponseDidNotEndWell(String finishReason) {
		this.server.answer(GeminiServer.response(CALL, finishReason));
		AtomicInteger runs = new AtomicInteger();
		GenerateContentResponse response = this.gemini.prompt("Go")
			.functions(weather((call) -> runs.incrementAndGet()))
			.call();
		assertThat(response.finishReason()).hasToString(finishReason);
		assertThat(runs).hasValue(0);
		assertThat(this.server.requestCount()).isOne();
	}

	@Test
	void malformedCallWithoutContentIsAMissingText() {
		this.server.answer("{\"candidates\": [{\"finishReason\": \"MALFORMED_FUNCTION_CALL\"}]}");
		assertThatExceptionOfType(GeminiNoTextException.class)
			.isThrownBy(() -> this.gemini.prompt("Go").functions(weather((call) -> 1)).text())
			.withMessageContaining("MALFORMED_FUNCTION_CALL");
	}

	@Test
	void malformedCallWithContentIsExplainedByTheFinishReason() {
		this.server
			.answer("{\"candidates\": [{\"content\": {\"role\": \"model\", \"parts\": [" + CALL
					+ "]}, \"finishReason\": \"MALFORMED_FUNCTION_CALL\", \"finishMessage\": \"Not JSON\"}]}")
			.answerText("Done");
		assertThatExceptionOfType(GeminiNoTextException.class)
			.isThrownBy(() -> this.gemini.prompt("Go").functions(weather((call) -> 1)).text())
			.withMessage("The response has no text: the model stopped with MALFORMED_FUNCTION_CALL (Not JSON)");
		assertThat(this.server.requestCount()).isOne();
	}

	@ParameterizedTest
	@ValueSource(strings = { "assistant", "MODEL", "", "user" })
	void callIsSentBackWithTheRoleOfTheModel(String role) {
		this.server
			.answer("{\"candidates\": [{\"content\": {\"role\": \"" + role + "\", \"parts\": [" + CALL
					+ "]}, \"finishReason\": \"STOP\"}]}")
			.answerText("Done");
		this.gemini.prompt("Go").functions(weather((call) -> 1)).call();
		this.server.takeJson();
		JsonNode contents = this.server.takeJson().get("contents");
		assertThat(contents.at("/1/role").asString()).isEqualTo("model");
		assertThat(contents.at("/2/role").asString()).isEqualTo("user");
	}

	@Test
	void newFinishReasonDoesNotStopTheRounds() {
		this.server.answer(GeminiServer.response(CALL, "FUNCTION_CALLS")).answerText("Done");
		assertThat(this.gemini.prompt("Go").functions(weather((call) -> 1)).text()).isEqualTo("Done");
	}

	@Test
	void responseWithTheRoleOfTheUserIsAccepted() {
		this.server.answer(GeminiServer.response(CALL, "STOP").replace("\"model\"", "\"user\"")).answerText("Done");
		assertThat(this.gemini.prompt("Go").functions(weather((call) -> 1)).result().contents()).hasSize(4);
	}

	@Test
	void blockedPromptRunsNoFunctions() {
		this.server.answerFile("blocked-prompt.response.json");
		PromptResult turn = this.gemini.prompt("Go").functions(weather((call) -> 1)).result();
		assertThat(turn.response().isBlocked()).isTrue();
		assertThat(turn.contents()).containsExactly(Content.user("Go"));
	}

	@Test
	void failedFunctionEndsThePromptIfConfigured() {
		this.server.answerParts(CALL);
		IllegalStateException failure = new IllegalStateException("no database");
		assertThatExceptionOfType(GeminiFunctionFailedException.class)
			.isThrownBy(() -> this.gemini.prompt("Go").functions(weather((call) -> {
				throw failure;
			})).functionSettings((settings) -> settings.onError(OnError.FAIL)).call())
			.withCause(failure);
		assertThat(this.server.requestCount()).isOne();
	}

	@Test
	void functionContextIsNotSentToTheModel() {
		this.server.answerParts(CALL).answerText("Done");
		List<Object> seen = new ArrayList<>();
		this.gemini.prompt("Go")
			.functions(GeminiFunctionCallback.of("weather", "A test", Place.class, (place, context) -> {
				seen.add(context.get("tenant", String.class) + context.get("user", String.class));
				return 1;
			}))
			.functionContext("tenant", "acme-7")
			.functionContext(GeminiFunctionContext.of(Map.of("user", "jo-9")))
			.call();
		assertThat(seen).containsExactly("acme-7jo-9");
		assertThat(this.server.takeJson().toString() + this.server.takeJson()).doesNotContain("acme-7", "jo-9");
	}

	@Test
	void argumentsChangedByTheApprovalAreNotSentBack() {
		this.server.answerParts(CALL).answerText("Done");
		this.gemini.prompt("Go")
			.functions(weather((call) -> call.args().get("city")))
			.functionApproval((call) -> GeminiFunctionDecision.allow(Map.of("city", "Rome")))
			.call();
		this.server.takeJson();
		JsonNode second = this.server.takeJson();
		assertThat(second.at("/contents/1/parts/0")).isEqualTo(GeminiServer.tree(CALL));
		assertThat(second.at("/contents/2/parts/0/functionResponse/response/output").asString()).isEqualTo("Rome");
	}

	@Test
	void totalTimeoutCoversFunctionsToo() {
		warmUp();
		this.server.answerParts(CALL);
		AtomicBoolean interrupted = new AtomicBoolean();
		CountDownLatch started = new CountDownLatch(1);
		assertThatExceptionOfType(GeminiTimeoutException.class)
			.isThrownBy(() -> this.gemini.prompt("Go")
				.functions(weather((call) -> hang(started, interrupted)))
				.totalTimeout(Duration.ofSeconds(2))
				.call())
			.satisfies((ex) -> assertThat(ex.getLimit()).isEqualTo(GeminiTimeLimit.TOTAL));
		Awaitility.await().atMost(Duration.ofSeconds(30)).untilTrue(interrupted);
	}

	@Test
	void configuredTotalTimeoutCoversFunctionsThatNeverComplete() {
		warmUp();
		GeminiTemplate limited = this.server.template((settings) -> settings.totalTimeout(Duration.ofSeconds(2)));
		this.server.answerEvents(GeminiServer.response(CALL, "STOP"));
		AtomicBoolean cancelled = new AtomicBoolean();
		Mono<GenerateContentResponse> last = limited.prompt("Go")
			.functions(weather((call) -> Mono.never().doOnCancel(() -> cancelled.set(true))))
			.stream()
			.last();
		assertThatExceptionOfType(GeminiTimeoutException.class).isThrownBy(last::block);
		Awaitility.await().atMost(Duration.ofSeconds(30)).untilTrue(cancelled);
	}

	@Test
	void cancelInterruptsARunningFunction() throws InterruptedException {
		this.server.answerEvents(GeminiServer.response(CALL, "STOP"));
		AtomicBoolean interrupted = new AtomicBoolean();
		CountDownLatch started = new CountDownLatch(1);
		Disposable stream = this.gemini.prompt("Go")
			.functions(weather((call) -> hang(started, interrupted)))
			.stream()
			.subscribe();
		assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
		stream.dispose();
		Awaitility.await().atMost(Duration.ofSeconds(30)).untilTrue(interrupted);
	}

	@Test
	void eachSubscriptionTakesItsOwnRounds() {
		Mono<PromptResult> turn = this.gemini.prompt("Go").functions(weather((call) -> 1)).resultAsync();
		for (int i = 0; i < 2; i++) {
			this.server.answerParts(CALL).answerText("Done");
			assertThat(turn.block().contents()).hasSize(4);
		}
		assertThat(this.server.requestCount()).isEqualTo(4);
	}

	@Test
	void resultHasTheContentsThatTheTurnAdded() {
		this.server.answerText("Hi Jo").answerText("Jo");
		PromptResult first = this.gemini.prompt("I am Jo").result();
		assertThat(first.contents()).containsExactly(Content.user("I am Jo"), Content.model("Hi Jo"));
		PromptResult second = this.gemini.prompt("Who am I?").history(first.contents()).result();
		assertThat(second.contents()).containsExactly(Content.user("Who am I?"), Content.model("Jo"));
		this.server.takeJson();
		assertThat(this.server.takeJson().get("contents")).hasSize(3);
	}

	@Test
	void unknownFunctionNameIsRefusedBeforeAnythingIsSent() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.gemini.prompt("Go").functionNames("nobody"))
			.withMessage("There is no function named 'nobody'");
		assertThat(this.server.requestCount()).isZero();
	}

	private static Object hang(CountDownLatch started, AtomicBoolean interrupted) {
		started.countDown();
		try {
			new CountDownLatch(1).await();
			return 1;
		}
		catch (InterruptedException ex) {
			interrupted.set(true);
			throw new IllegalStateException(ex);
		}
	}

	record Place(String city) {

	}

}
