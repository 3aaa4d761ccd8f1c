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

package com.cometapi.gemini.test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FinishReason;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Modality;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.Schema;
import com.cometapi.gemini.api.SchemaType;
import com.cometapi.gemini.api.Source;
import com.cometapi.gemini.api.ThinkingLevel;
import com.cometapi.gemini.error.GeminiConnectionException;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiInvalidRequestException;
import com.cometapi.gemini.error.GeminiModelNotFoundException;
import com.cometapi.gemini.error.GeminiProtocolException;
import com.cometapi.gemini.error.GeminiQuotaException;
import com.cometapi.gemini.error.GeminiRateLimitException;
import com.cometapi.gemini.error.GeminiServerException;
import com.cometapi.gemini.error.GeminiTimeoutException;
import com.cometapi.gemini.test.autoconfigure.AutoConfigureGeminiSimulator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link GeminiOperations} with {@link GeminiSimulator}.
 */
@SpringBootTest(properties = "cometapi.gemini.retry.max-attempts=1")
@AutoConfigureGeminiSimulator
class GeminiTemplateTests {

	private static final String GEMINI_3 = "gemini-3.5-flash";

	@Autowired
	private GeminiOperations gemini;

	@Autowired
	private GeminiSimulator simulator;

	@Test
	void promptGetsAResponse() {
		assertThat(this.gemini.prompt("Why is the sky blue?").text()).contains("simulated", "Why is the sky blue?");
	}

	@Test
	void streamDeliversTheResponseInEvents() {
		List<GenerateContentResponse> events = this.gemini.prompt("Why?").stream().collectList().block();

		assertThat(events).hasSizeGreaterThan(20);
		assertThat(events.stream().map(GenerateContentResponse::text).collect(Collectors.joining()))
			.startsWith("## A simulated answer");
		assertThat(events.get(events.size() - 1).finishReason()).isEqualTo(FinishReason.STOP);
	}

	@Test
	void thoughtsAreIncludedOnRequest() {
		GenerateContentResponse response = this.gemini.prompt("Why?")
			.model(GEMINI_3)
			.thinkingLevel(ThinkingLevel.HIGH)
			.includeThoughts()
			.call();

		assertThat(response.thoughts()).contains("simulator");
		assertThat(response.usageMetadata().thoughtsTokenCount()).isEqualTo(96);
	}

	@Test
	void sourcesOfASearchAreReturned() {
		List<Source> sources = this.gemini.prompt("Who won?").googleSearch().call().sources();

		assertThat(sources).extracting(Source::title).containsExactly("example.com", "example.org");
	}

	@Test
	void pictureHasTheRequestedAspectRatio() {
		GenerateContentResponse response = this.gemini.prompt("A hill")
			.model("gemini-3-pro-image")
			.responseModalities(Modality.TEXT, Modality.IMAGE)
			.aspectRatio("1:1")
			.call();

		assertThat(response.inlineData()).singleElement()
			.satisfies((blob) -> assertThat(ImageSize.read(blob.data().asBytes())).isEqualTo(new ImageSize(384, 384)));
	}

	@Test
	void functionIsCalledAndItsResultIsUsed() {
		FunctionDeclaration weather = FunctionDeclaration.builder()
			.name("get_weather")
			.description("Get the weather")
			.parameters(Schema.builder()
				.type(SchemaType.OBJECT)
				.properties(Map.of("city", Schema.builder().type(SchemaType.STRING).build()))
				.build())
			.build();
		Content question = Content.user("What is the weather in Paris?");

		GenerateContentResponse first = this.gemini.prompt()
			.model(GEMINI_3)
			.history(question)
			.functions(weather)
			.call();
		FunctionCall call = first.functionCalls().get(0);
		String answer = this.gemini.prompt()
			.model(GEMINI_3)
			.history(question, first.content())
			.user(Part.functionResponse(call.id(), call.name(), Map.of("sky", "clear")))
			.functions(weather)
			.text();

		assertThat(call.args()).containsEntry("city", "Paris");
		assertThat(answer).contains("`get_weather` returned sky = clear");
	}

	@Test
	void modelsAreListed() {
		assertThat(this.gemini.models()).extracting((model) -> model.name())
			.contains("gemini-2.5-flash-lite", GEMINI_3);
	}

	@Test
	void whenRequestBreaksARuleThenExceptionHasTheMessage() {
		assertThatExceptionOfType(GeminiInvalidRequestException.class)
			.isThrownBy(() -> this.gemini.prompt("Hi").temperature(9).call())
			.withMessageContaining("temperature value of 9");
		assertThatExceptionOfType(GeminiModelNotFoundException.class)
			.isThrownBy(() -> this.gemini.prompt("Hi").model("gemini-9").call());
	}

	@Test
	void whenServerRefusesThenExceptionHasItsType() {
		this.simulator.next().error(429).retryAfter(Duration.ofSeconds(7)).times(10);
		assertThatExceptionOfType(GeminiRateLimitException.class).isThrownBy(() -> this.gemini.prompt("Hi").call())
			.satisfies((ex) -> assertThat(ex.getRetryAfter()).isEqualTo(Duration.ofSeconds(7)));
		this.simulator.reset();
		this.simulator.next().error(403).errorCode("insufficient_user_quota");
		assertThatExceptionOfType(GeminiQuotaException.class).isThrownBy(() -> this.gemini.prompt("Hi").call());
		this.simulator.next().error(503).errorStyle(ErrorStyle.GOOGLE).times(10);
		assertThatExceptionOfType(GeminiServerException.class).isThrownBy(() -> this.gemini.prompt("Hi").call());
	}

	@Test
	void whenStreamBreaksThenEventsArriveBeforeTheException() {
		this.simulator.next().cutAfterEvents(2);
		this.simulator.next().resetAfterEvents(2);
		this.simulator.next().endAfterEvents(2);
		this.simulator.next().errorAfterEvents(2, 500);
		this.simulator.next().errorAfterEvents(2, 503).errorStyle(ErrorStyle.GOOGLE);

		for (Class<? extends GeminiException> type : List.of(GeminiConnectionException.class,
				GeminiConnectionException.class, GeminiProtocolException.class, GeminiServerException.class,
				GeminiServerException.class)) {
			StepVerifier.create(this.gemini.prompt("Hi").stream()).expectNextCount(2).verifyError(type);
		}
	}

	@Test
	void whenStreamStallsThenTimeoutExceptionIsThrown() {
		this.simulator.next().stallAfterEvents(2);

		StepVerifier.create(this.gemini.prompt("Hi").idleTimeout(Duration.ofSeconds(2)).stream())
			.expectNextCount(2)
			.verifyError(GeminiTimeoutException.class);
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(this.simulator.cancelledStreams()).isOne());
	}

	@Test
	void whenResponseIsNotJsonThenProtocolExceptionIsThrown() {
		this.simulator.next().html(200);

		assertThatExceptionOfType(GeminiProtocolException.class).isThrownBy(() -> this.gemini.prompt("Hi").call());
	}

	@Test
	void whenNothingArrivesThenTimeoutExceptionIsThrown() {
		this.simulator.next().stallBeforeHeaders().times(10);

		assertThatExceptionOfType(GeminiTimeoutException.class)
			.isThrownBy(() -> this.gemini.prompt("Hi").firstEventTimeout(Duration.ofSeconds(1)).call());
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(this.simulator.openCalls()).isZero());
	}

	@Test
	void whenSubscriberCancelsThenServerSeesIt() {
		this.simulator.next().stallAfterEvents(3);
		Flux<GenerateContentResponse> stream = this.gemini.prompt("Hi").stream();

		StepVerifier.create(stream, 3).expectNextCount(3).thenCancel().verify();

		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(this.simulator.cancelledStreams()).isOne());
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class TestApplication {

	}

}
