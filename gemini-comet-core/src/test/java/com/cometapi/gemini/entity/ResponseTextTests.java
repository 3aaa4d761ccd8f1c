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

package com.cometapi.gemini.entity;

import java.util.ArrayList;
import java.util.List;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FinishReason;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiClientSettings;
import com.cometapi.gemini.client.GeminiJsonMapper;
import com.cometapi.gemini.error.GeminiBlockedException;
import com.cometapi.gemini.error.GeminiNoTextException;
import com.cometapi.gemini.prompt.GeminiDefaults;
import com.cometapi.gemini.testsupport.GeminiServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ResponseTextTests {

	@ParameterizedTest
	@ValueSource(strings = { "text", "typical", "thinking-thoughts", "code-execution", "url-context-mixed",
			"function-call-mixed-with-text", "image-output-with-empty-part", "unknown-finish-reason",
			"missing-safety-ratings" })
	void textOfAResponseIsReturned(String example) {
		GenerateContentResponse response = read(example);
		assertThat(ResponseText.of(response)).isNotEmpty().isEqualTo(response.text());
		StepVerifier.create(stream(Flux.just(response))).expectNext(response.text()).verifyComplete();
	}

	@Test
	void whenResponseIsEmptyThenTextIsEmpty() {
		assertThat(ResponseText.of(read("empty-text-part"))).isEmpty();
		StepVerifier.create(stream(Flux.just(read("empty-text-part")))).verifyComplete();
	}

	@ParameterizedTest
	@CsvSource({ "blocked-prompt-with-message, The prompt was blocked: SAFETY (Reasons)",
			"blocked-prompt, The prompt was blocked: BLOCK_REASON_UNSPECIFIED (Message)",
			"blocked-prompt-prohibited, The prompt was blocked: PROHIBITED_CONTENT",
			"unknown-block-reason, The prompt was blocked: FAKE_NEW_BLOCK_REASON",
			"blocked-candidate-no-content, The response was blocked: SAFETY" })
	void whenFilterBlocksThenExceptionNamesTheReason(String example, String message) {
		GenerateContentResponse response = read(example);
		assertThatExceptionOfType(GeminiBlockedException.class).isThrownBy(() -> ResponseText.of(response))
			.withMessageStartingWith(message)
			.satisfies((ex) -> assertThat(ex.getResponse()).isSameAs(response));
		StepVerifier.create(stream(Flux.just(response)))
			.verifyErrorSatisfies(
					(ex) -> assertThat(ex).isInstanceOf(GeminiBlockedException.class).hasMessageStartingWith(message));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			max-tokens-empty          | the model stopped with MAX_TOKENS, and thoughts count against 'maxOutputTokens'
			max-tokens-during-thinking | the model stopped with MAX_TOKENS
			vertex-max-tokens-empty   | the model stopped with MAX_TOKENS
			no-image                  | the model stopped with NO_IMAGE
			finish-other-with-message | stopped with OTHER (Model failed to generate content due to internal error.)
			function-call             | but a call of sum: use call() or stream() to get it
			parallel-function-calls   | but a call of sum, a call of multiply, a call of subtract
			tts                       | but a medium of type audio/
			empty-content             | the model gave no reason why it stopped
			""")
	void whenThereIsNoTextThenExceptionNamesTheReasonOrTheOtherParts(String example, String message) {
		GenerateContentResponse response = read(example);
		assertThatExceptionOfType(GeminiNoTextException.class).isThrownBy(() -> ResponseText.of(response))
			.withMessageStartingWith("The response has no text")
			.withMessageContaining(message)
			.satisfies((ex) -> assertThat(ex.getResponse()).isSameAs(response));
		StepVerifier.create(stream(Flux.just(response)))
			.verifyErrorSatisfies(
					(ex) -> assertThat(ex).isInstanceOf(GeminiNoTextException.class).hasMessageContaining(message));
	}

	@Test
	void whenFilterEndsAResponseThenItsTextIsStreamedFirst() {
		StepVerifier.create(stream(Flux.just(event("One", null), event("", null), event("two", "SAFETY"))))
			.expectNext("One", "two")
			.verifyErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(GeminiBlockedException.class)
				.hasMessage("The response was blocked: SAFETY")
				.extracting((blocked) -> ((GeminiBlockedException) blocked).getResponse().text())
				.isEqualTo("Onetwo"));
		assertThatExceptionOfType(GeminiBlockedException.class)
			.isThrownBy(() -> ResponseText.of(event("two", "SAFETY")));
	}

	@Test
	void truncatedTextIsReturned() {
		assertThat(ResponseText.of(event("One two", "MAX_TOKENS"))).isEqualTo("One two");
		StepVerifier.create(stream(Flux.just(event("One", null), event("two", "MAX_TOKENS"))))
			.expectNext("One", "two")
			.verifyComplete();
	}

	@Test
	void streamMayBeSubscribedTwice() {
		Flux<String> text = stream(Flux.just(event("", "STOP")));
		StepVerifier.create(text).verifyComplete();
		StepVerifier.create(text).verifyComplete();
	}

	@Test
	void failureOfTheStreamIsPropagated() {
		Flux<GenerateContentResponse> events = Flux.concat(Flux.just(event("One", null)),
				Flux.error(new IllegalStateException("cut")));
		StepVerifier.create(stream(events)).expectNext("One").verifyErrorMessage("cut");
	}

	@Test
	void demandIsPropagatedToTheStream() {
		Flux<GenerateContentResponse> events = Flux.range(1, 10).map((number) -> event("" + number, null));
		List<Long> demands = new ArrayList<>();
		StepVerifier.create(stream(events.doOnRequest(demands::add)), 1)
			.expectNext("1")
			.thenRequest(2)
			.expectNext("2", "3")
			.thenCancel()
			.verify();
		assertThat(demands).containsExactly(1L, 2L);
	}

	private static Flux<String> stream(Flux<GenerateContentResponse> events) {
		GeminiClient client = GeminiClient
			.create(WebClient.builder(), GeminiJsonMapper.builder().build(),
					GeminiClientSettings.builder("sk-text").build())
			.withFilters((exchange, next) -> events);
		return new GeminiTemplate(client, GeminiDefaults.of("gemini-2.5-flash")).prompt("Hi").streamText();
	}

	private static GenerateContentResponse event(String text, String finishReason) {
		Candidate candidate = Candidate.builder()
			.content(Content.model(text))
			.finishReason((finishReason != null) ? FinishReason.of(finishReason) : null)
			.build();
		return GenerateContentResponse.builder().candidates(candidate).build();
	}

	private static GenerateContentResponse read(String example) {
		return GeminiServer.MAPPER.readValue(GeminiServer.recording(example + ".response.json"),
				GenerateContentResponse.class);
	}

}
