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

package com.cometapi.gemini.prompt;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.chat.GeminiChat;
import com.cometapi.gemini.error.GeminiTimeoutException;
import com.cometapi.gemini.function.GeminiFunctionCallback;
import com.cometapi.gemini.testsupport.GeminiServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link TurnAdvisor}.
 */
class TurnAdvisorTests {

	private static final String CALL = """
			{'candidates': [{'content': {'role': 'model', 'parts': [{'functionCall': {'name': 'f', 'args': {}}}]},\
			 'finishReason': 'STOP'}], 'usageMetadata': {'totalTokenCount': 3}}""";

	private static final String ANSWER = """
			{'candidates': [{'content': {'role': 'model', 'parts': [{'text': 'Done'}]},\
			 'finishReason': 'STOP'}], 'usageMetadata': {'totalTokenCount': 4}}""";

	@AutoClose
	private final GeminiServer server = GeminiServer.echoing();

	private final List<String> calls = new CopyOnWriteArrayList<>();

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void advisorsOfThePromptAreOutsideOfTheConfiguredOnes(boolean streamed) {
		PromptSpec prompt = template(logging("second"), logging("third")).prompt("Hi").advisors(logging("first"));

		assertThat(run(prompt, streamed)).isEqualTo("re: Hi");
		assertThat(this.calls).containsExactly("first: Hi", "second: Hi", "third: Hi", "third ended", "second ended",
				"first ended");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void resultHasAllRounds(boolean streamed) {
		if (streamed) {
			this.server.answerEvents(CALL).answerEvents(ANSWER);
		}
		else {
			this.server.answer(CALL).answer(ANSWER);
		}
		List<PromptResult> results = new CopyOnWriteArrayList<>();
		TurnAdvisor advisor = (turn, next) -> next.proceed(turn).doOnComplete(() -> results.add(turn.result()));
		PromptSpec prompt = template(advisor).prompt("Go").functions(GeminiFunctionCallback.of("f", "A test", () -> 1));

		assertThat(run(prompt, streamed)).isEqualTo("Done");
		assertThat(results).singleElement().satisfies((result) -> {
			assertThat(result.contents()).extracting(Content::role).containsExactly("user", "model", "user", "model");
			assertThat(result.response().text()).isEqualTo("Done");
			assertThat(result.totalUsage().totalTokenCount()).isEqualTo(7);
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void additionsOfAnAdvisorAreSentButNotPartOfTheResult(boolean streamed) {
		List<PromptResult> results = new CopyOnWriteArrayList<>();
		TurnAdvisor keeping = (turn, next) -> next.proceed(turn).doOnComplete(() -> results.add(turn.result()));
		TurnAdvisor adding = (turn, next) -> next
			.proceed(turn.withHistory(List.of(Content.user("A"), Content.model("B"))).withSystem("Be kind."));

		run(template(keeping, adding).prompt("Hi").system("Be short."), streamed);
		assertThat(this.server.lastTexts()).isEqualTo("A|B|Hi");
		assertThat(this.server.requests().get(0).systemInstruction().parts()).extracting("text")
			.containsExactly("Be short.", "Be kind.");
		assertThat(results).singleElement()
			.satisfies((result) -> assertThat(result.contents()).extracting(Content::text)
				.containsExactly("Hi", "re: Hi"));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void advisorRespondsByItself(boolean streamed) {
		TurnAdvisor refusing = (turn, next) -> Flux.just(event("No."));

		GeminiChat chat = GeminiChat.create(template(refusing));
		assertThat(run(template(refusing).prompt("Hi"), streamed)).isEqualTo("No.");
		assertThat(run(chat.prompt("Hi"), streamed)).isEqualTo("No.");
		assertThat(chat.conversation().contents()).containsExactly(Content.user("Hi"), Content.model("No."));
		assertThat(this.server.requests()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void advisorWithoutAnyEventIsAnError(boolean streamed) {
		TurnAdvisor silent = (turn, next) -> Flux.empty();
		GeminiChat chat = GeminiChat.create(template(silent));

		assertThatIllegalStateException().isThrownBy(() -> template(silent).prompt("Hi").call())
			.withMessageStartingWith("A TurnAdvisor returned no response");
		assertThatIllegalStateException().isThrownBy(() -> run(chat.prompt("Hi"), streamed))
			.withMessageStartingWith("A TurnAdvisor returned no response");
		assertThat(chat.conversation().turns()).isEmpty();
	}

	@Test
	void eventsOfAnAdvisorAreOneResponseOfACall() {
		TurnAdvisor answering = (turn, next) -> Flux.just("No", ", ", "thanks.").map(TurnAdvisorTests::event);

		assertThat(template(answering).prompt("Hi").call().text()).isEqualTo("No, thanks.");
		assertThat(template(answering).prompt("Hi").result().response().text()).isEqualTo("No, thanks.");
		assertThat(template(answering).prompt("Hi").stream().collectList().block()).hasSize(3);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void eventsOfAnAdvisorAfterAFailureAreTheResponse(boolean streamed) {
		Flux<GenerateContentResponse> apology = Flux.just("Sorry", ", later.").map(TurnAdvisorTests::event);
		TurnAdvisor apologizing = (turn, next) -> next.proceed(turn).onErrorResume((ex) -> apology);
		GeminiChat chat = GeminiChat.create(template(apologizing));
		this.server.answerStatus(400).answerStatus(400);

		assertThat(run(chat.prompt("Hi"), streamed)).isEqualTo("Sorry, later.");
		assertThat(chat.conversation().contents()).extracting(Content::text).containsExactly("Hi", "Sorry, later.");
		assertThat(template(apologizing).prompt("Hi").call().text()).isEqualTo("Sorry, later.");
	}

	@Test
	void eventsOfAnAdvisorThatDoesNotWaitForTheModelAreTheResponse() {
		TurnAdvisor faster = (turn, next) -> Flux.firstWithSignal(Flux.just(event("Faster")), next.proceed(turn));

		assertThat(template(faster).prompt("Hi").text()).isEqualTo("Faster");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void eventsThatAnAdvisorChangesAreTheResponse(boolean streamed) {
		TurnAdvisor redacting = (turn, next) -> next.proceed(turn)
			.map((event) -> (event.text().contains("secret")) ? event(event.text().replace("secret", "***")) : event);
		assertThatResponseIs("re: a *** plan", redacting, streamed);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void responseThatAnAdvisorReplacesIsNotPartOfTheResult(boolean streamed) {
		TurnAdvisor guarding = (turn, next) -> next.proceed(turn)
			.thenMany(Flux.just(event("I cannot "), event("tell.")));
		assertThatResponseIs("I cannot tell.", guarding, streamed);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void eventsThatAnAdvisorAddsArePartOfTheResult(boolean streamed) {
		TurnAdvisor adding = (turn, next) -> next.proceed(turn).concatWith(Flux.just(event(" Made by a machine.")));
		assertThatResponseIs("re: a secret plan Made by a machine.", adding, streamed);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void eventsThatAnAdvisorReturnsBeforeThoseOfTheModelArePartOfTheResult(boolean streamed) {
		TurnAdvisor introducing = (turn, next) -> Flux.just(event("As a machine: ")).concatWith(next.proceed(turn));
		assertThatResponseIs("As a machine: re: a secret plan", introducing, streamed);
	}

	private void assertThatResponseIs(String text, TurnAdvisor advisor, boolean streamed) {
		GeminiTemplate gemini = template(advisor);
		GeminiChat chat = GeminiChat.create(gemini);
		assertThat(run(chat.prompt("a secret plan"), streamed)).isEqualTo(text);
		assertThat(chat.conversation().contents()).extracting(Content::text).containsExactly("a secret plan", text);
		assertThat(run(gemini.prompt("a secret plan"), streamed)).isEqualTo(text);
		assertThat(gemini.prompt("a secret plan").call().text()).isEqualTo(text);
		assertThat(gemini.prompt("a secret plan").result().response().text()).isEqualTo(text);
	}

	@Test
	void streamThatAnAdvisorCutsEndsWithItsEvent() {
		TurnAdvisor cutting = (turn,
				next) -> next.proceed(turn).takeUntil((event) -> true).concatWith(Flux.just(event("[cut]")));
		GeminiChat chat = GeminiChat.create(template(cutting));
		assertThat(run(chat.prompt("Hi"), true)).isEqualTo("re: [cut]");
		assertThat(chat.conversation().contents()).extracting(Content::text).containsExactly("Hi", "re: [cut]");
	}

	@Test
	void replacedResponseIsReadAsAnObjectAndItsUsageIsThatOfTheModel() {
		TurnAdvisor replacing = (turn, next) -> next.proceed(turn).thenMany(Flux.just(event("[3]")));
		List<PromptResult> results = new CopyOnWriteArrayList<>();
		TurnAdvisor keeping = (turn, next) -> next.proceed(turn).doOnComplete(() -> results.add(turn.result()));
		this.server.answer(ANSWER.replace("Done", "[1, 2]"));
		assertThat(template(keeping, replacing).prompt("Hi").entity(int[].class)).containsExactly(3);
		assertThat(results).singleElement().satisfies((result) -> {
			assertThat(result.response().text()).isEqualTo("[3]");
			assertThat(result.totalUsage().totalTokenCount()).isEqualTo(4);
		});
	}

	@Test
	void turnThatIsTakenAgainAfterAFailureIsRecordedOnce() {
		TurnAdvisor retrying = (turn, next) -> next.proceed(turn).retry(1);
		GeminiChat chat = GeminiChat.create(template(retrying));
		this.server.answerStatus(400).answer(ANSWER);

		assertThat(chat.prompt("Hi").text()).isEqualTo("Done");
		assertThat(chat.conversation().contents()).extracting(Content::text).containsExactly("Hi", "Done");
	}

	@Test
	void roundsThatAnAdvisorReplaysAreNotMerged() {
		this.server.answer(CALL).answer(ANSWER);
		List<GenerateContentResponse> events = new CopyOnWriteArrayList<>();
		TurnAdvisor caching = (turn, next) -> (events.isEmpty()) ? next.proceed(turn).doOnNext(events::add)
				: Flux.fromIterable(events);
		PromptSpec prompt = template(caching).prompt("Go").functions(GeminiFunctionCallback.of("f", "A test", () -> 1));

		PromptResult result = prompt.result();
		assertThat(events).hasSize(3);
		assertThat(prompt.call()).isEqualTo(result.response());
		assertThat(prompt.result()).isEqualTo(result);
	}

	@Test
	void turnIsTakenAgain() {
		this.server.answer("{'error': {'code': 400, 'message': 'Too long', 'status': 'INVALID_ARGUMENT'}}");
		TurnAdvisor shortening = (turn, next) -> next.proceed(turn)
			.onErrorResume((ex) -> next.proceed(turn.withHistory(List.of(Content.user("Short"), Content.model("Ok")))));

		assertThat(template(shortening).prompt("Hi").call().text()).isEqualTo("re: Hi");
		assertThat(this.server.lastTexts()).isEqualTo("Short|Ok|Hi");
	}

	@Test
	void firstResponseMayBeTheResultAlthoughTheTurnIsTakenAgain() {
		this.server.answer(ANSWER.replace("Done", "First")).answer(ANSWER.replace("Done", "Second"));
		TurnAdvisor choosing = (turn, next) -> next.proceed(turn)
			.collectList()
			.flatMapMany((first) -> next.proceed(turn).thenMany(Flux.fromIterable(first)));

		assertThat(template(choosing).prompt("Hi").text()).isEqualTo("First");
	}

	@Test
	void correctedResponseIsChargedAndNotPartOfTheResult() {
		this.server.answer(CALL).answer(ANSWER).answer(ANSWER.replace("Done", "Well done"));
		TurnAdvisor correcting = (turn, next) -> next.proceed(turn)
			.concatWith(Flux.defer(() -> next.proceed(turn.withCorrection("Say it better."))));
		PromptResult result = template(correcting).prompt("Go")
			.functions(GeminiFunctionCallback.of("f", "A test", () -> 1))
			.result();

		assertThat(result.contents()).extracting(Content::text).containsExactly("Go", "", "", "Well done");
		assertThat(result.totalUsage().totalTokenCount()).isEqualTo(11);
		assertThat(this.server.lastTexts()).isEqualTo("Go|||Done|Say it better.");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void failureOfAnAdvisorLeavesAChatAsItWas(boolean streamed) {
		TurnAdvisor failing = (turn, next) -> next.proceed(turn)
			.concatWith(Mono.error(new IllegalStateException("Not allowed")));
		GeminiChat chat = GeminiChat.create(template(failing));

		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> run(chat.prompt("Hi"), streamed))
			.withMessage("Not allowed");
		assertThat(chat.conversation().turns()).isEmpty();
	}

	@Test
	void requestOfAnAdvisorIsChecked() {
		TurnAdvisor wrong = (turn, next) -> next
			.proceed(turn.withRequest(turn.request().toBuilder().model("no/such:model").build()));

		assertThatIllegalArgumentException().isThrownBy(() -> template(wrong).prompt("Hi").text())
			.withMessageContaining("'model' must be the id of a model");
	}

	@Test
	void totalTimeoutCanLimitTheWorkOfAnAdvisor() {
		TurnAdvisor slow = (turn, next) -> turn.limitTotal(Flux.never());
		StepVerifier.withVirtualTime(() -> template(slow).prompt("Hi").totalTimeout(Duration.ofSeconds(5)).callAsync())
			.thenAwait(Duration.ofSeconds(5))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(GeminiTimeoutException.class)
				.hasMessageStartingWith("prompt of model 'gemini-3.5-flash'"))
			.verify(Duration.ofSeconds(30));
	}

	@Test
	void advisorInsideOfAnotherOneLeavesItsExplanationOfTheTimeout() {
		TurnAdvisor storing = (turn, next) -> turn.limitTotal(next.proceed(turn),
				(ex) -> new IllegalStateException("The response was not stored", ex));
		TurnAdvisor slow = (turn, next) -> turn.limitTotal(Flux.never(), (ex) -> ex);
		StepVerifier
			.withVirtualTime(() -> template(storing, slow).prompt("Hi").totalTimeout(Duration.ofSeconds(5)).callAsync())
			.thenAwait(Duration.ofSeconds(5))
			.expectErrorMessage("The response was not stored")
			.verify(Duration.ofSeconds(30));
	}

	private TurnAdvisor logging(String name) {
		return (turn, next) -> {
			this.calls.add(name + ": " + turn.text());
			return next.proceed(turn).doOnComplete(() -> this.calls.add(name + " ended"));
		};
	}

	private GeminiTemplate template(TurnAdvisor... advisors) {
		return this.server.template().withAdvisors(List.of(advisors));
	}

	private static GenerateContentResponse event(String text) {
		return GenerateContentResponse.builder()
			.candidates(Candidate.builder().content(Content.model(text)).build())
			.build();
	}

	private static String run(PromptSpec prompt, boolean streamed) {
		return (streamed) ? String.join("", prompt.streamText().collectList().block(Duration.ofSeconds(30)))
				: prompt.text();
	}

}
