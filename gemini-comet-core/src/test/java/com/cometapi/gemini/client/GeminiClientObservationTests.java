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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.FunctionResponse;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.GenerationConfig;
import com.cometapi.gemini.api.Modality;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiProtocolException;
import com.cometapi.gemini.observation.DefaultGeminiObservationConvention;
import com.cometapi.gemini.observation.GeminiMeterObservationHandler;
import com.cometapi.gemini.observation.GeminiObservationContext;
import com.cometapi.gemini.observation.GeminiObservationConvention;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the observations of {@link GeminiClient}.
 */
class GeminiClientObservationTests {

	private static final String NAME = "gen_ai.client.inference.duration";

	private static final String HTTP = "http.client.requests";

	private static final String KEY = "sk-secret-0123456789";

	private static final String MODEL = "gemini-3.5-flash";

	private static final GenerateContentRequest REQUEST = GenerateContentRequest.builder()
		.contents(Content.user("Tell nobody"))
		.build();

	private static final String EVENTS = """
			data: {"candidates":[{"content":{"role":"model","parts":[{"text":"Hidden"}]}}],"responseId":"r-1",\
			"modelVersion":"gemini-3.5-flash-001","usageMetadata":{"promptTokenCount":5,"thoughtsTokenCount":3}}

			data: {"candidates":[{"content":{"role":"model","parts":[{"text":" words"}]},"finishReason":"STOP"}],\
			"usageMetadata":{"promptTokenCount":5,"candidatesTokenCount":2,"thoughtsTokenCount":4}}

			""";

	private static final String BUSY = """
			{"error":{"code":503,"message":"busy for %s","status":"UNAVAILABLE"}}""".formatted(KEY);

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final List<Observation.Context> ended = new CopyOnWriteArrayList<>();

	private final AtomicInteger requests = new AtomicInteger();

	private WireServer server;

	@BeforeEach
	void recordWhatEnds() {
		this.registry.observationConfig().observationHandler(new Recorder());
	}

	@AfterEach
	void closeServer() throws IOException {
		if (this.server != null) {
			this.server.close();
		}
	}

	@Test
	void callIsOneObservation() {
		answer("typical.response.json");
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
		answer("typical.response.json");
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
				.stopSequences("Tell nobody")
				.build())
			.build();
		client().generateContent(MODEL, request, GeminiCallOptions.DEFAULTS).block();
		assertThat(high(single())).contains("gen_ai.output.type=image", "gen_ai.request.choice.count=2",
				"gen_ai.request.frequency_penalty=0.2", "gen_ai.request.max_tokens=100",
				"gen_ai.request.presence_penalty=0.1", "gen_ai.request.seed=7", "gen_ai.request.temperature=0.5",
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
	void streamThatFailsTellsWhatHadArrived() {
		start((connection,
				request) -> connection.eventStream().chunk(EVENTS.substring(0, EVENTS.indexOf("data:", 5))).end());
		StepVerifier.create(stream(client())).expectNextCount(1).verifyError(GeminiProtocolException.class);
		assertThat(low(single())).contains("error.type=GeminiProtocolException");
		assertThat(high(single())).contains("gen_ai.usage.output_tokens=3", "gen_ai.response.id=r-1");
	}

	@Test
	void cancelIsNoError() {
		start((connection, request) -> connection.eventStream().chunk(EVENTS.substring(0, EVENTS.indexOf("data:", 5))));
		StepVerifier.create(stream(client())).expectNextCount(1).thenCancel().verify();
		GeminiObservationContext context = single();
		assertThat(context.getError()).isNull();
		assertThat(context.isCancelled()).isTrue();
		assertThat(low(context)).contains("error.type=cancelled");
		assertThat(high(context)).contains("gen_ai.usage.input_tokens=5");
	}

	@Test
	void cancelBeforeTheAnswerIsObserved() {
		start((connection, request) -> connection.eventStream());
		StepVerifier.create(client().generateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS))
			.thenAwait(Duration.ofMillis(50))
			.thenCancel()
			.verify();
		assertThat(low(single())).contains("error.type=cancelled", "gen_ai.response.model=none");
	}

	@Test
	void answerThatArrivedCannotBeCancelled() {
		answer("typical.response.json");
		Flux.from(client().generateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS)).take(1).blockLast();
		assertThat(low(single())).contains("error.type=none");
	}

	@Test
	void blockedPromptIsSeen() {
		answer("blocked-prompt-prohibited.response.json");
		call(client());
		assertThat(low(single())).contains("cometapi.gemini.blocked=prompt", "error.type=none");
		assertThat(high(single())).contains("cometapi.gemini.block_reason=PROHIBITED_CONTENT");
	}

	@Test
	void blockedAnswerIsSeen() {
		start((connection, request) -> connection.eventStream().chunk(Wire.bytes("finish-safety.sse")).end());
		stream(client()).blockLast();
		assertThat(low(single())).contains("cometapi.gemini.blocked=response");
		assertThat(high(single())).contains("gen_ai.response.finish_reasons=SAFETY");
	}

	@Test
	void observationOfTheContextIsTheParent() {
		answer("typical.response.json");
		Observation parent = Observation.start("parent", this.registry);
		client().generateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS)
			.contextWrite((context) -> context.put(ObservationThreadLocalAccessor.KEY, parent))
			.block();
		parent.stop();
		assertThat(single().getParentObservation()).isSameAs(parent);
	}

	@Test
	void observationOfTheThreadIsTheParent() {
		answer("typical.response.json");
		Observation parent = Observation.createNotStarted("parent", this.registry);
		parent.observe(() -> call(client()));
		assertThat(single().getParentObservation()).isSameAs(parent);
	}

	@Test
	void whereThreadsFollowTheContextTheCallerKeepsItsOwnObservation() {
		answer("typical.response.json");
		Observation parent = Observation.start("parent", this.registry);
		List<Observation> current = new CopyOnWriteArrayList<>();
		Hooks.enableAutomaticContextPropagation();
		try {
			client().generateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS)
				.doOnNext((response) -> current.add(this.registry.getCurrentObservation()))
				.contextWrite((context) -> context.put(ObservationThreadLocalAccessor.KEY, parent))
				.block();
		}
		finally {
			Hooks.disableAutomaticContextPropagation();
		}
		assertThat(current).containsExactly(parent);
		assertThat(single().getParentObservation()).isSameAs(parent);
	}

	@Test
	void eachSubscriptionIsAnObservation() {
		answer("typical.response.json");
		Mono<GenerateContentResponse> call = client().generateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS);
		assertThat(this.ended).isEmpty();
		call.block();
		call.block();
		TestObservationRegistryAssert.assertThat(this.registry).hasNumberOfObservationsWithNameEqualTo(NAME, 2);
	}

	@Test
	void neitherKeyNorContentShows() {
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
	void conventionMayBeAnother() {
		answer("typical.response.json");
		GeminiObservationConvention convention = new DefaultGeminiObservationConvention() {

			@Override
			public String getName() {
				return "mine";
			}

			@Override
			public KeyValues getLowCardinalityKeyValues(GeminiObservationContext context) {
				return super.getLowCardinalityKeyValues(context).and("tenant", "blue");
			}

		};
		call(create().withObservations(this.registry, convention));
		assertThat(single().getName()).isEqualTo("mine");
		assertThat(low(single())).contains("tenant=blue");
	}

	@Test
	void conventionOrHandlerThatFailsTakesNoAnswerAway() {
		answer("typical.response.json");
		GeminiObservationConvention atTheEnd = new DefaultGeminiObservationConvention() {

			@Override
			public KeyValues getHighCardinalityKeyValues(GeminiObservationContext context) {
				if (context.getResponse() != null) {
					throw new IllegalStateException("faulty");
				}
				return super.getHighCardinalityKeyValues(context);
			}

		};
		assertThat(call(create().withObservations(this.registry, atTheEnd)).text()).isEqualTo("Hello");
		this.registry.observationConfig().observationHandler(new Recorder() {

			@Override
			public void onStart(Observation.Context context) {
				throw new IllegalStateException("faulty");
			}

		});
		assertThat(call(create(WebClient.builder()).withObservations(this.registry, null)).text()).isEqualTo("Hello");
	}

	@Test
	void whenNobodyWatchesThenNothingIsAdded() {
		GeminiClient plain = create(WebClient.builder());
		Class<?> type = plain.streamGenerateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS).getClass();
		GeminiClient noop = plain.withObservations(ObservationRegistry.NOOP, null);
		GeminiClient withoutHandlers = plain.withObservations(ObservationRegistry.create(), null);
		GeminiClient observed = plain.withObservations(this.registry, null);
		assertThat(noop.streamGenerateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS)).isExactlyInstanceOf(type);
		assertThat(withoutHandlers.streamGenerateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS))
			.isExactlyInstanceOf(type);
		assertThat(observed.streamGenerateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS))
			.isNotExactlyInstanceOf(type);
	}

	@Test
	void whenObservationIsSwitchedOffThenExchangeKeepsItsParent() {
		answer("typical.response.json");
		this.registry.observationConfig().observationPredicate((name, context) -> !NAME.equals(name));
		Observation parent = Observation.start("parent", this.registry);
		client().generateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS)
			.contextWrite((context) -> context.put(ObservationThreadLocalAccessor.KEY, parent))
			.block();
		assertThat(this.ended).singleElement()
			.satisfies((context) -> assertThat(context.getParentObservation()).isSameAs(parent));
	}

	@Test
	void tokensAndTheFirstEventAreMetered() {
		start((connection, request) -> connection.eventStream().chunk(EVENTS).end());
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		this.registry.observationConfig().observationHandler(new GeminiMeterObservationHandler(meters));
		stream(client()).blockLast();
		stream(client()).blockLast();
		Tags call = Tags.of("cometapi.gemini.connection", "default", "gen_ai.request.model", MODEL,
				"gen_ai.response.model", "gemini-3.5-flash-001", "gen_ai.operation.name", "generate_content",
				"gen_ai.provider.name", "gcp.gemini", "server.address", "127.0.0.1");
		assertThat(tokens(meters, "input_tokens", call.and("gen_ai.token.modality", "unknown"))).isEqualTo(10);
		assertThat(tokens(meters, "output_tokens", call.and("gen_ai.token.modality", "text"))).isEqualTo(8);
		assertThat(tokens(meters, "output_tokens", call.and("gen_ai.token.modality", "unknown"))).isEqualTo(4);
		assertThat(tokens(meters, "reasoning.output_tokens", call)).isEqualTo(8);
		assertThat(meters.get("gen_ai.client.inference.operation.input_tokens").tags(call).summary().max())
			.isEqualTo(5);
		assertThat(meters.get("gen_ai.client.inference.operation.output_tokens").tags(call).summary().max())
			.isEqualTo(6);
		assertThat(meters.get("cometapi.gemini.time_per_output_token").tags(call).timer().count()).isEqualTo(2);
		assertThat(meters.get("gen_ai.client.inference.time_to_first_chunk").timer().count()).isEqualTo(2);
	}

	private static double tokens(SimpleMeterRegistry meters, String name, Tags tags) {
		return meters.get("gen_ai.client.inference.usage." + name).tags(tags).counter().count();
	}

	@Test
	void tokensAreMeteredByKindAndModality() {
		start((connection, request) -> connection.respond("200 OK", "application/json", bytes("""
				{"candidates":[{"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":105,\
				"candidatesTokenCount":20,"toolUsePromptTokenCount":30,"cachedContentTokenCount":40,\
				"promptTokensDetails":[{"modality":"TEXT","tokenCount":5},{"modality":"IMAGE","tokenCount":90}],\
				"toolUsePromptTokensDetails":[{"modality":"TEXT","tokenCount":30}],\
				"cacheTokensDetails":[{"modality":"SMELL","tokenCount":40}],\
				"candidatesTokensDetails":[{"modality":"TEXT","tokenCount":99}]}}""")));
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		this.registry.observationConfig().observationHandler(new GeminiMeterObservationHandler(meters));
		call(client());
		assertThat(tokens(meters, "input_tokens", Tags.of("gen_ai.token.modality", "text"))).isEqualTo(35);
		assertThat(tokens(meters, "input_tokens", Tags.of("gen_ai.token.modality", "image"))).isEqualTo(90);
		assertThat(tokens(meters, "input_tokens", Tags.of("gen_ai.token.modality", "unknown"))).isEqualTo(10);
		assertThat(tokens(meters, "output_tokens", Tags.of("gen_ai.token.modality", "text"))).isEqualTo(20);
		assertThat(tokens(meters, "cache_read.input_tokens", Tags.of("gen_ai.token.modality", "unknown")))
			.isEqualTo(40);
		assertThat(meters.get("cometapi.gemini.usage.tool_use.input_tokens").counter().count()).isEqualTo(30);
		assertThat(meters.find("gen_ai.client.inference.usage.reasoning.output_tokens").counters()).isEmpty();
		assertThat(meters.find("cometapi.gemini.time_per_output_token").timers()).isEmpty();
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
	void whatToolsFedBackIsInput() {
		start((connection, request) -> connection.respond("200 OK", "application/json", bytes("""
				{"candidates":[{"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":5,\
				"toolUsePromptTokenCount":30,"cachedContentTokenCount":2,"thoughtsTokenCount":1}}""")));
		call(client());
		assertThat(high(single())).contains("gen_ai.usage.input_tokens=35", "gen_ai.usage.output_tokens=1",
				"gen_ai.usage.cache_read.input_tokens=2");
	}

	private GeminiObservationContext single() {
		return (GeminiObservationContext) this.ended.stream()
			.filter(GeminiObservationContext.class::isInstance)
			.reduce((first, second) -> {
				throw new IllegalStateException("Two observations");
			})
			.orElseThrow();
	}

	private static List<String> low(Observation.Context context) {
		return strings(context.getLowCardinalityKeyValues());
	}

	private static List<String> high(Observation.Context context) {
		return strings(context.getHighCardinalityKeyValues());
	}

	private static List<String> strings(KeyValues values) {
		return values.stream().map((value) -> value.getKey() + "=" + value.getValue()).toList();
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
	void modelThatStaysHasNoEvent() {
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

	private void answer(String file) {
		start((connection, request) -> connection.respond("200 OK", "application/json", Wire.bytes(file)));
	}

	private void start(BiConsumer<WireServer.Connection, Integer> script) {
		this.server = WireServer.start((connection) -> script.accept(connection, this.requests.incrementAndGet()));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private GeminiClient client() {
		return create().withObservations(this.registry, null);
	}

	private GeminiClient create() {
		return create(WebClient.builder().observationRegistry(this.registry));
	}

	private GeminiClient create(WebClient.Builder builder) {
		GeminiClientSettings.Builder settings = GeminiClientSettings.builder(KEY)
			.retry(GeminiRetrySettings.builder().initialDelay(Duration.ofMillis(10)).build());
		if (this.server != null) {
			settings.baseUrl(this.server.url());
		}
		return GeminiClient.create(builder.clientConnector(new ReactorClientHttpConnector()),
				GeminiJsonMapper.builder().build(), settings.build());
	}

	private static GenerateContentResponse call(GeminiClient client) {
		return client.generateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS).block();
	}

	private static Flux<GenerateContentResponse> stream(GeminiClient client) {
		return client.streamGenerateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS);
	}

	private class Recorder implements ObservationHandler<Observation.Context> {

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

		@Override
		public void onStop(Observation.Context context) {
			GeminiClientObservationTests.this.ended.add(context);
		}

	}

}
