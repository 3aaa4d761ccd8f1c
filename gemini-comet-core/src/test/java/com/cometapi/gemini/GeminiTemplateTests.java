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

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerationConfig;
import com.cometapi.gemini.api.HarmBlockThreshold;
import com.cometapi.gemini.api.HarmCategory;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.SafetySetting;
import com.cometapi.gemini.api.ThinkingConfig;
import com.cometapi.gemini.api.ThinkingLevel;
import com.cometapi.gemini.client.GeminiCallOptions;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiRetrySettings;
import com.cometapi.gemini.error.GeminiRateLimitException;
import com.cometapi.gemini.error.GeminiTimeLimit;
import com.cometapi.gemini.error.GeminiTimeoutException;
import com.cometapi.gemini.prompt.GeminiDefaults;
import com.cometapi.gemini.prompt.PromptSpec;
import com.cometapi.gemini.prompt.ThinkingDefaults;
import com.cometapi.gemini.prompt.ThinkingDefaults.OnMismatch;
import com.cometapi.gemini.testsupport.GeminiServer;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.NonBlocking;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.test.json.JsonContent;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@ExtendWith(OutputCaptureExtension.class)
class GeminiTemplateTests {

	@AutoClose
	private final GeminiServer server = new GeminiServer().respond(GeminiTemplateTests::respond);

	private final GeminiTemplate gemini = template(GeminiDefaults.of("gemini-2.5-flash-lite"));

	@Test
	void terminalOperationsReturnTheSameResponse() {
		PromptSpec prompt = this.gemini.prompt("Hi");
		assertThat(prompt.call().text()).isEqualTo("Hi back");
		assertThat(prompt.callAsync().block().text()).isEqualTo("Hi back");
		assertThat(prompt.text()).isEqualTo("Hi back");
		assertThat(prompt.textAsync().block()).isEqualTo("Hi back");
		assertThat(prompt.stream().collectList().block()).hasSize(3);
		assertThat(prompt.streamText().collectList().block()).containsExactly("Hi", " back");
	}

	@Test
	void nothingIsSentBeforeSubscriptionAndEachSubscriptionSendsAgain() {
		PromptSpec prompt = this.gemini.prompt("Hi");
		List<Mono<?>> ends = List.of(prompt.callAsync(), prompt.textAsync(), prompt.stream().last(),
				prompt.streamText().last(), this.gemini.generateContentAsync(prompt.request()),
				this.gemini.streamGenerateContent(prompt.request()).last(), this.gemini.modelsAsync());
		assertThat(this.server.requestCount()).isZero();
		ends.forEach((end) -> {
			int before = this.server.requestCount();
			end.block();
			end.block();
			assertThat(this.server.requestCount()).isEqualTo(before + 2);
		});
	}

	@Test
	void laterChangeOfThePromptDoesNotAffectAnEarlierTerminalOperation() {
		PromptSpec prompt = this.gemini.prompt("Hi");
		Mono<String> before = prompt.textAsync();
		prompt.user("there").temperature(1).apiKey("sk-other").model("gemini-3.1-pro-preview");
		before.block();
		RecordedRequest request = this.server.takeRequest();
		assertBody(request, """
				{"contents": [{"role": "user", "parts": [{"text": "Hi"}]}]}""");
		assertThat(request.getTarget()).isEqualTo("/v1beta/models/gemini-2.5-flash-lite:generateContent");
		assertThat(request.getHeaders().get("x-goog-api-key")).isEqualTo("sk-test");
	}

	@Test
	void requestOfTheApplicationUsesOnlyTheDefaultModel() {
		GeminiTemplate configured = template(
				new GeminiDefaults("models/gemini-3.1-pro-preview", GenerationConfig.builder().temperature(0.2).build(),
						List.of(SafetySetting.of(HarmCategory.HARM_CATEGORY_HARASSMENT, HarmBlockThreshold.OFF)),
						new ThinkingDefaults(ThinkingLevel.LOW, 512, true, OnMismatch.FAIL, Map.of())));
		configured.generateContent(GenerateContentRequest.builder()
			.contents(new Content(null, List.of(Part.text("Hi")), Map.of()), Content.model("Hello"))
			.build());
		RecordedRequest request = this.server.takeRequest();
		assertThat(request.getTarget()).isEqualTo("/v1beta/models/gemini-3.1-pro-preview:generateContent");
		assertBody(request, """
				{"contents": [{"role": "user", "parts": [{"text": "Hi"}]},
				{"role": "model", "parts": [{"text": "Hello"}]}]}""");
	}

	@Test
	void requestOfTheApplicationMayNameItsModel() {
		GenerateContentRequest request = message((builder) -> builder.model("/v1beta/models/gemini-3.5-flash"));
		this.gemini.streamGenerateContent(request).blockLast();
		assertThat(this.server.takeRequest().getTarget())
			.isEqualTo("/v1beta/models/gemini-3.5-flash:streamGenerateContent?alt=sse");
	}

	@ParameterizedTest
	@MethodSource("refusedRequests")
	void invalidRequestIsRefusedByEveryOperationBeforeAnythingIsSent(GenerateContentRequest request) {
		PromptSpec prompt = this.gemini.prompt()
			.request((builder) -> builder.model(request.model())
				.contents(request.contents())
				.generationConfig(request.generationConfig()));
		assertThatIllegalArgumentException().isThrownBy(() -> this.gemini.generateContent(request));
		StepVerifier.create(this.gemini.generateContentAsync(request)).verifyError(IllegalArgumentException.class);
		StepVerifier.create(this.gemini.streamGenerateContent(request)).verifyError(IllegalArgumentException.class);
		assertThatIllegalArgumentException().isThrownBy(prompt::call);
		assertThatIllegalArgumentException().isThrownBy(prompt::text);
		StepVerifier.create(prompt.callAsync()).verifyError(IllegalArgumentException.class);
		StepVerifier.create(prompt.textAsync()).verifyError(IllegalArgumentException.class);
		StepVerifier.create(prompt.stream()).verifyError(IllegalArgumentException.class);
		StepVerifier.create(prompt.streamText()).verifyError(IllegalArgumentException.class);
		assertThat(this.server.requestCount()).isZero();
	}

	static List<GenerateContentRequest> refusedRequests() {
		return List.of(message((builder) -> builder.model("google/gemini-2.5-flash-lite")),
				message((builder) -> builder.model("gemini?key=x")),
				message(thinking(new ThinkingConfig(null, 512, ThinkingLevel.LOW, Map.of()))),
				message(thinking(ThinkingConfig.budget(-2))),
				message(thinking(ThinkingConfig.level(ThinkingLevel.LOW))));
	}

	@Test
	void whenThinkingMismatchIsOnlyLoggedThenOneCallLogsItOnce(CapturedOutput output) {
		GeminiTemplate warning = template(
				new GeminiDefaults("gemini-2.5-flash-lite", GenerationConfig.builder().build(), List.of(),
						new ThinkingDefaults(null, null, null, OnMismatch.WARN, Map.of())));
		warning.prompt("Hi").thinkingLevel(ThinkingLevel.LOW).text();
		assertThat(output).containsOnlyOnce("'thinkingLevel' does not fit the model 'gemini-2.5-flash-lite'");
		assertBody(this.server.takeRequest(), """
				{"contents": [{"role": "user", "parts": [{"text": "Hi"}]}],
				"generationConfig": {"thinkingConfig": {"thinkingLevel": "LOW"}}}""");
	}

	@Test
	void whenThreadMustNotBlockThenBlockingCallFailsWithTheAlternatives() {
		PromptSpec prompt = this.gemini.prompt("Hi");
		assertFailsOnEventLoop(prompt::call, "call()", "callAsync() or stream()");
		assertFailsOnEventLoop(prompt::text, "text()", "textAsync() or streamText()");
		assertFailsOnEventLoop(() -> this.gemini.generateContent(prompt.request()), "generateContent()",
				"generateContentAsync() or streamGenerateContent()");
		assertFailsOnEventLoop(this.gemini::models, "models()", "modelsAsync()");
		assertThat(this.server.requestCount()).isZero();
	}

	private static void assertFailsOnEventLoop(Runnable call, String method, String alternatives) {
		assertThatIllegalStateException()
			.isThrownBy(() -> Mono.fromRunnable(call).subscribeOn(Schedulers.parallel()).block())
			.withMessageStartingWith(method + " blocks, which the thread 'parallel-")
			.withMessageContaining("use " + alternatives + " instead");
	}

	@Test
	void whenWaitingThreadIsInterruptedThenCallIsCancelledAndThreadStaysInterrupted() throws Exception {
		CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try {
				this.gemini.prompt("stall").text();
			}
			catch (CancellationException ex) {
				interrupted.complete(Thread.currentThread().isInterrupted());
			}
			catch (RuntimeException ex) {
				interrupted.completeExceptionally(ex);
			}
		});
		thread.start();
		this.server.takeRequest();
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> thread.getState() == Thread.State.WAITING);
		thread.interrupt();
		assertThat(interrupted.get(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void whenEndpointFailsThenBlockingCallThrowsWithTheStackTraceOfTheCaller() {
		assertThatExceptionOfType(GeminiRateLimitException.class).isThrownBy(() -> this.gemini.prompt("429").call())
			.satisfies((ex) -> assertThat(ex.getSuppressed()).anySatisfy((trace) -> assertThat(trace.getStackTrace())
				.anyMatch((frame) -> frame.getClassName().startsWith(GeminiTemplateTests.class.getName()))));
		assertThatExceptionOfType(GeminiRateLimitException.class).isThrownBy(() -> this.gemini.prompt("429").text());
		StepVerifier.create(this.gemini.prompt("429").streamText()).verifyError(GeminiRateLimitException.class);
	}

	@Test
	void keyAndHeadersOfAPromptApplyToItOnly() {
		this.gemini.prompt("Hi").apiKey("sk-tenant").header("X-Tenant", "a").header("X-Trace", "1").text();
		this.gemini.prompt("Hi").text();
		RecordedRequest own = this.server.takeRequest();
		assertThat(own.getHeaders().values("x-goog-api-key")).containsExactly("sk-tenant");
		assertThat(own.getHeaders().get("X-Tenant")).isEqualTo("a");
		assertThat(own.getHeaders().get("X-Trace")).isEqualTo("1");
		RecordedRequest other = this.server.takeRequest();
		assertThat(other.getHeaders().values("x-goog-api-key")).containsExactly("sk-test");
		assertThat(other.getHeaders().get("X-Tenant")).isNull();
	}

	@Test
	void keyOfACallAppliesToRequestsAndModelLists() {
		GeminiCallOptions options = GeminiCallOptions.builder().apiKey("sk-tenant").build();
		this.gemini.generateContent(message((builder) -> {
		}), options);
		assertThat(this.server.takeRequest().getHeaders().get("x-goog-api-key")).isEqualTo("sk-tenant");
		this.gemini.models(options);
		assertThat(this.server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer sk-tenant");
	}

	@Test
	void timeLimitsOfAPromptReplaceTheConfiguredOnes() {
		Duration limit = Duration.ofMillis(100);
		assertTimesOut(this.gemini.prompt("stall").firstEventTimeout(limit)::call, GeminiTimeLimit.FIRST_EVENT);
		assertTimesOut(this.gemini.prompt("stall").totalTimeout(limit)::call, GeminiTimeLimit.TOTAL);
		assertTimesOut(this.gemini.prompt("pause").idleTimeout(limit).stream()::blockLast, GeminiTimeLimit.IDLE);
	}

	private static void assertTimesOut(Runnable call, GeminiTimeLimit limit) {
		assertThatExceptionOfType(GeminiTimeoutException.class).isThrownBy(call::run)
			.satisfies((ex) -> assertThat(ex.getLimit()).isEqualTo(limit));
	}

	@Test
	void retryOfAPromptReplacesTheConfiguredOne() {
		GeminiRetrySettings twice = GeminiRetrySettings.builder().maxAttempts(2).initialDelay(Duration.ZERO).build();
		int before = this.server.requestCount();
		assertThatExceptionOfType(GeminiRateLimitException.class)
			.isThrownBy(() -> this.gemini.prompt("429").retry(twice).text())
			.satisfies((ex) -> assertThat(ex.getAttempts()).isEqualTo(2));
		assertThat(this.server.requestCount() - before).isEqualTo(2);
	}

	@Test
	void mediaAreNotReadOnAnEventLoop() {
		AtomicReference<Thread> reader = new AtomicReference<>();
		Resource resource = new InputStreamResource(() -> {
			reader.set(Thread.currentThread());
			return new ByteArrayInputStream("%PDF-1.7".getBytes());
		});
		this.gemini.prompt("Hi").media(resource).callAsync().subscribeOn(Schedulers.parallel()).block();
		assertThat(reader.get()).isNotNull().isNotInstanceOf(NonBlocking.class);
		assertBody(this.server.takeRequest(), """
				{"contents": [{"role": "user", "parts": [{"text": "Hi"},
				{"inlineData": {"mimeType": "application/pdf", "data": "JVBERi0xLjc="}}]}]}""");
	}

	@Test
	void manyThreadsShareOneTemplate() {
		List<CompletableFuture<String>> answers = IntStream.range(0, 50)
			.mapToObj((number) -> CompletableFuture
				.supplyAsync(() -> this.gemini.prompt("Question " + number).temperature(number / 100.0).text()))
			.toList();
		assertThat(answers.stream().map(CompletableFuture::join)).containsExactlyElementsOf(
				IntStream.range(0, 50).mapToObj((number) -> "Question " + number + " back")::iterator);
	}

	@Test
	void modelsAreListed() {
		assertThat(this.gemini.models()).extracting("name")
			.containsExactly("gemini-2.5-flash-lite", "gemini-3.5-flash");
		assertThat(this.server.takeRequest().getTarget()).isEqualTo("/v1/models");
	}

	@Test
	void toStringDoesNotShowTheKey() {
		assertThat(this.gemini).asString().startsWith("GeminiTemplate[").doesNotContain("sk-test");
	}

	private GeminiTemplate template(GeminiDefaults defaults) {
		return new GeminiTemplate(
				GeminiClient.create(WebClient.builder(), GeminiServer.MAPPER, this.server.settings().build()),
				defaults);
	}

	private static void assertBody(RecordedRequest request, String expected) {
		assertThat(new JsonContent(request.getBody().utf8())).isStrictlyEqualTo(expected);
	}

	private static GenerateContentRequest message(Consumer<GenerateContentRequest.Builder> change) {
		GenerateContentRequest.Builder builder = GenerateContentRequest.builder().contents(Content.user("Hi"));
		change.accept(builder);
		return builder.build();
	}

	private static Consumer<GenerateContentRequest.Builder> thinking(ThinkingConfig thinking) {
		return (builder) -> builder.generationConfig(GenerationConfig.builder().thinkingConfig(thinking).build());
	}

	/**
	 * Replies with the first text of the request and "back"; a few texts do more.
	 */
	private static MockResponse respond(RecordedRequest request) {
		MockResponse.Builder response = new MockResponse.Builder().setHeader("Content-Type", "application/json");
		if (request.getTarget().equals("/v1/models")) {
			return response.body("{\"data\": [{\"id\": \"gemini-2.5-flash-lite\"}, {\"id\": \"gemini-3.5-flash\"}]}")
				.build();
		}
		JsonNode body = GeminiServer.tree(request.getBody().utf8());
		String text = body.at("/contents/0/parts/0/text").asString();
		return switch (text) {
			case "429" -> response.code(429).body("{\"error\": {\"code\": 429, \"message\": \"Slow down\"}}").build();
			case "stall" -> response.headersDelay(30, TimeUnit.SECONDS).build();
			default -> (request.getTarget().endsWith("alt=sse")) ? stream(response, text)
					: response.body(GeminiServer.textResponse(text + " back", "STOP")).build();
		};
	}

	private static MockResponse stream(MockResponse.Builder response, String text) {
		response.setHeader("Content-Type", "text/event-stream");
		String events = event(text, null) + event("", null);
		if (text.equals("pause")) {
			response.throttleBody(events.length(), 30, TimeUnit.SECONDS);
		}
		return response.body(events + event(" back", "STOP")).build();
	}

	private static String event(String text, String finishReason) {
		return "data: " + GeminiServer.textResponse(text, finishReason) + "\r\n\r\n";
	}

}
