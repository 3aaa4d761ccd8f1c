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

package com.cometapi.gemini.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.FunctionResponse;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.GenerationConfig;
import com.cometapi.gemini.api.Modality;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.ThinkingConfig;
import com.cometapi.gemini.api.ThinkingLevel;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiProtocolException;
import com.cometapi.gemini.observation.DefaultGeminiObservationConvention;
import com.cometapi.gemini.observation.GeminiObservationContext;
import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the observations of {@link GeminiClient}.
 */
class GeminiClientObservationTests extends AbstractGeminiClientObservationTests {

	@Test
	void callIsOneObservation() {
		respond("typical.response.json");
		GenerateContentResponse response = call(client());
		GeminiObservationContext context = single();
		assertThat(context.getName()).isEqualTo(NAME);
		assertThat(context.getContextualName()).isEqualTo("generate_content gemini-3.5-flash");
		assertThat(context.getResponse()).isSameAs(response);
		assertThat(low(context)).containsExactly("cometapi.gemini.blocked=none", "cometapi.gemini.connection=default",
				"error.type=none", "gen_ai.operation.name=generate_content", "gen_ai.provider.name=gcp.gemini",
				"gen_ai.request.model=gemini-3.5-flash", "gen_ai.request.stream=false",
				"gen_ai.response.model=" + response.modelVersion(), "server.address=127.0.0.1",
				"server.port=" + this.server.url().getPort());
		assertThat(high(context)).contains("gen_ai.response.finish_reasons=STOP", "gen_ai.usage.input_tokens=5",
				"gen_ai.usage.output_tokens=25", "gen_ai.usage.reasoning.output_tokens=24");
		assertThat(context.getError()).isNull();
	}

	@Test
	void unknownKeysAreNoneFromTheBeginning() {
		GeminiObservationContext context = GeminiObservationContext.ofCall("default", MODEL, REQUEST,
				GeminiClientSettings.builder(KEY).build().baseUrl());
		DefaultGeminiObservationConvention convention = new DefaultGeminiObservationConvention();
		assertThat(convention.getLowCardinalityKeyValues(context)).extracting(KeyValue::toString)
			.hasSize(10)
			.contains("keyValue(gen_ai.response.model=none)", "keyValue(error.type=none)",
					"keyValue(cometapi.gemini.blocked=none)", "keyValue(server.address=api.cometapi.com)",
					"keyValue(server.port=443)");
		assertThat(convention.getHighCardinalityKeyValues(context)).isEmpty();
	}

	@Test
	void settingsThatAreSetAreKeys() {
		respond("typical.response.json");
		GenerateContentRequest request = REQUEST.toBuilder()
			.generationConfig(GenerationConfig.builder()
				.temperature(0.5)
				.topP(0.9)
				.topK(40)
				.maxOutputTokens(100)
				.candidateCount(2)
				.seed(7)
				.presencePenalty(0.1)
				.frequencyPenalty(0.2)
				.responseModalities(Modality.IMAGE)
				.stopSequences("The end", "###")
				.thinkingConfig(ThinkingConfig.level(ThinkingLevel.LOW))
				.build())
			.build();
		client().generateContent(MODEL, request, GeminiCallOptions.DEFAULTS).block();
		assertThat(high(single())).contains("gen_ai.output.type=image", "gen_ai.request.choice.count=2",
				"gen_ai.request.frequency_penalty=0.2", "gen_ai.request.max_tokens=100",
				"gen_ai.request.presence_penalty=0.1", "gen_ai.request.reasoning.level=LOW", "gen_ai.request.seed=7",
				"gen_ai.request.stop_sequences=The end,###", "gen_ai.request.temperature=0.5",
				"gen_ai.request.top_k=40", "gen_ai.request.top_p=0.9");
	}

	@Test
	void streamIsOneObservationThatKeepsNoContent() {
		start((connection, request) -> connection.eventStream().chunk(EVENTS).end());
		StepVerifier.create(stream(client())).expectNextCount(2).verifyComplete();
		GeminiObservationContext context = single();
		assertThat(low(context)).contains("gen_ai.request.stream=true", "gen_ai.response.model=gemini-3.5-flash-001",
				"error.type=none");
		assertThat(high(context)).contains("gen_ai.response.finish_reasons=STOP", "gen_ai.response.id=r-1",
				"gen_ai.usage.input_tokens=5", "gen_ai.usage.output_tokens=6");
		assertThat(context.getResponse().content()).isNull();
		assertThat(context.getHighCardinalityKeyValue("gen_ai.response.time_to_first_chunk").getValue())
			.satisfies((value) -> assertThat(Double.parseDouble(value)).isBetween(0.0, 5.0));
	}

	@Test
	void twoAttemptsAreOneObservationWithTwoChildren() {
		start((connection, request) -> {
			if (request == 1) {
				connection.respond("503 Service Unavailable", "application/json", bytes(BUSY));
			}
			else {
				connection.respond("200 OK", "application/json", Wire.bytes("typical.response.json"));
			}
		});
		call(client());
		GeminiObservationContext context = single();
		assertThat(context.getError()).isNull();
		assertThat(this.ended.stream().filter((each) -> HTTP.equals(each.getName()))).hasSize(2)
			.allSatisfy((each) -> assertThat(each.getParentObservation().getContextView()).isSameAs(context));
	}

	@Test
	void failureIsTheErrorOfTheObservation() {
		start((connection, request) -> connection.respond("401 Unauthorized", "application/json", bytes(BUSY)));
		assertThatExceptionOfType(GeminiException.class).isThrownBy(() -> call(client()))
			.satisfies((ex) -> assertThat(single().getError()).isSameAs(ex));
		assertThat(low(single())).contains("error.type=GeminiAuthenticationException", "gen_ai.response.model=none");
	}

	@Test
	void failedStreamReportsTheEventsThatHadArrived() {
		start((connection,
				request) -> connection.eventStream().chunk(EVENTS.substring(0, EVENTS.indexOf("data:", 5))).end());
		StepVerifier.create(stream(client())).expectNextCount(1).verifyError(GeminiProtocolException.class);
		assertThat(low(single())).contains("error.type=GeminiProtocolException");
		assertThat(high(single())).contains("gen_ai.response.finish_reasons=error");
		assertThat(high(single())).contains("gen_ai.usage.output_tokens=3", "gen_ai.response.id=r-1");
	}

	@Test
	void cancelIsNotAnError() {
		start((connection, request) -> connection.eventStream().chunk(EVENTS.substring(0, EVENTS.indexOf("data:", 5))));
		StepVerifier.create(stream(client())).expectNextCount(1).thenCancel().verify();
		GeminiObservationContext context = single();
		assertThat(context.getError()).isNull();
		assertThat(context.isCancelled()).isTrue();
		assertThat(low(context)).contains("error.type=cancelled");
		assertThat(high(context)).contains("gen_ai.usage.input_tokens=5");
	}

	@Test
	void cancelBeforeTheResponseIsObserved() {
		start((connection, request) -> connection.eventStream());
		StepVerifier.create(client().generateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS))
			.thenAwait(Duration.ofMillis(50))
			.thenCancel()
			.verify();
		assertThat(low(single())).contains("error.type=cancelled", "gen_ai.response.model=none");
		assertThat(high(single())).contains("gen_ai.response.finish_reasons=error");
	}

	@Test
	void responseThatArrivedCannotBeCancelled() {
		respond("typical.response.json");
		Flux.from(client().generateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS)).take(1).blockLast();
		assertThat(low(single())).contains("error.type=none");
	}

	@Test
	void blockedPromptIsSeen() {
		respond("blocked-prompt-prohibited.response.json");
		call(client());
		assertThat(low(single())).contains("cometapi.gemini.blocked=prompt", "error.type=none");
		assertThat(high(single())).contains("cometapi.gemini.block_reason=PROHIBITED_CONTENT");
	}

	@Test
	void blockedResponseIsSeen() {
		start((connection, request) -> connection.eventStream().chunk(Wire.bytes("finish-safety.sse")).end());
		stream(client()).blockLast();
		assertThat(low(single())).contains("cometapi.gemini.blocked=response");
		assertThat(high(single())).contains("gen_ai.response.finish_reasons=SAFETY");
	}

	@Test
	void neitherKeyNorContentIsObserved() {
		start((connection, request) -> {
			if (request == 1) {
				connection.eventStream().chunk(EVENTS).end();
			}
			else {
				connection.respond("401 Unauthorized", "application/json", bytes(BUSY));
			}
		});
		GeminiClient client = client();
		stream(client).blockLast();
		StepVerifier.create(stream(client)).verifyError();
		assertThat(this.ended).hasSize(4)
			.allSatisfy((context) -> assertThat(context + " " + context.getAllKeyValues() + context.getError())
				.doesNotContain(KEY, "Tell nobody", "Hidden"));
	}

	@Test
	void contentIsReportedOnRequestWithoutKeysAndShortened() {
		start((connection, request) -> connection.eventStream().chunk(EVENTS).end());
		GenerateContentRequest request = GenerateContentRequest.builder()
			.systemInstruction(Content.system("Be brief"))
			.contents(Content.user("A very old question ".repeat(100)),
					Content.model(Part.functionCall(
							new FunctionCall("f-1", "weather", Map.of("city", "Paris"), List.of(), null, Map.of()))),
					Content.user(Part.functionResponse(FunctionResponse.builder()
						.id("f-1")
						.name("weather")
						.response(Map.of("output", "warm"))
						.build())),
					Content.user(Part.text("My key is " + KEY), Part.inlineData("image/png", new byte[1000])))
			.build();
		GeminiClient client = create().withObservations(this.registry, new DefaultGeminiObservationConvention(10, 400));
		StepVerifier.create(client.streamGenerateContent(MODEL, request, GeminiCallOptions.DEFAULTS))
			.expectNextCount(2)
			.verifyComplete();
		assertThat(single().getHighCardinalityKeyValue("gen_ai.system_instructions").getValue())
			.isEqualTo("[{\"type\":\"text\",\"content\":\"Be brief\"}]");
		assertThat(single().getHighCardinalityKeyValue("gen_ai.output.messages").getValue())
			.isEqualTo("[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\"Hidden words\"}]}]");
		assertThat(single().getHighCardinalityKeyValue("gen_ai.input.messages").getValue()).hasSizeLessThan(1000)
			.startsWith("[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"A very old question")
			.contains("…\"}]},{\"role\":\"assistant\",\"parts\":[{\"type\":\"tool_call\",\"id\":\"f-1\","
					+ "\"name\":\"weather\",\"arguments\":{\"city\":\"Paris\"}}]},{\"role\":\"tool\",\"parts\":"
					+ "[{\"type\":\"tool_call_response\",\"id\":\"f-1\",\"response\":{\"output\":\"warm\"}}]}")
			.contains("My key is ***")
			.endsWith(
					"{\"type\":\"blob\",\"mime_type\":\"image/png\",\"modality\":\"image\"," + "\"content\":\"\"}]}]");
	}

	@Test
	void announcedRetirementOfAModelIsAnEventOfCallsAndStreams() {
		String response = """
				{"candidates":[{"content":{"role":"model","parts":[{"text":"Hi"}]},"finishReason":"STOP"}],\
				"modelStatus":{"modelStage":"LEGACY","retirementTime":"2027-05-07T00:00:00Z"}}""";
		start((connection, request) -> connection.respond("200 OK",
				(request == 1) ? "application/json" : "text/event-stream",
				bytes((request == 1) ? response : "data: " + response + "\n\n")));
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		this.registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
		GeminiClient client = client();
		call(client);
		stream(client).blockLast();
		assertThat(this.ended).filteredOn((context) -> context.getName().equals(NAME))
			.hasSize(2)
			.allSatisfy((context) -> assertThat(high(context))
				.contains("cometapi.gemini.model_retirement=2027-05-07T00:00:00Z"));
		assertThat(meters.get(NAME + ".model_retirement").tag("gen_ai.request.model", MODEL).counters())
			.satisfiesExactlyInAnyOrder((counter) -> assertThat(counter.count()).isOne(),
					(counter) -> assertThat(counter.count()).isOne());
	}

	@Test
	void modelWithoutRetirementHasNoEvent() {
		start((connection, request) -> connection.respond("200 OK", "application/json", bytes("""
				{"candidates":[{"content":{"role":"model","parts":[{"text":"Hi"}]},"finishReason":"STOP"}],\
				"modelStatus":{"modelStage":"STABLE"}}""")));
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		this.registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
		call(client());
		assertThat(meters.find(NAME + ".model_retirement").counters()).isEmpty();
		assertThat(high(this.ended.get(this.ended.size() - 1)))
			.noneMatch((value) -> value.startsWith("cometapi.gemini.model_retirement"));
	}

}
