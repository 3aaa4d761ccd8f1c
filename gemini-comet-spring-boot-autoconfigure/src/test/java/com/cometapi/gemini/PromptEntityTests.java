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

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import com.cometapi.gemini.GeminiOperations.PromptSpec;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Schema;
import com.cometapi.gemini.client.GeminiAnswerCutOffException;
import com.cometapi.gemini.client.GeminiAnswerMismatchException;
import com.cometapi.gemini.client.GeminiBlockedException;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiClientSettings;
import com.cometapi.gemini.client.GeminiJsonMapper;
import com.cometapi.gemini.client.GeminiNoTextException;
import com.cometapi.gemini.client.GeminiProtocolException;
import com.cometapi.gemini.tool.GeminiFunction;
import com.fasterxml.jackson.annotation.JsonTypeName;
import jakarta.validation.Validation;
import jakarta.validation.constraints.Positive;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.test.json.JsonContent;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link PromptEntitySpec}.
 */
class PromptEntityTests {

	private static final JsonMapper mapper = GeminiJsonMapper.builder().build();

	private static final String EARTH = "{\"name\": \"Earth\", \"moonCount\": 1, \"found\": \"2026-11-22\"}";

	@StartStop
	private final MockWebServer server = new MockWebServer();

	private GeminiTemplate gemini;

	@BeforeEach
	void createTemplate() {
		this.gemini = new GeminiTemplate(
				GeminiClient.create(WebClient.builder(), mapper,
						GeminiClientSettings.builder("sk-entity").baseUrl(this.server.url("/").uri()).build()),
				GeminiDefaults.of("gemini-2.5-flash"));
	}

	@Test
	void schemaOfTheTypeIsSentAndTheAnswerIsRead() {
		answer(EARTH);
		Planet planet = this.gemini.prompt("Where am I?").entity(Planet.class);
		assertThat(planet).isEqualTo(new Planet("Earth", 1, LocalDate.of(2026, 11, 22)));
		assertBody("""
				{"contents": [{"role": "user", "parts": [{"text": "Where am I?"}]}],
				"generationConfig": {"responseMimeType": "application/json", "responseSchema": {"type": "OBJECT",
					"properties": {"name": {"type": "STRING"}, "moonCount": {"type": "INTEGER", "minimum": 1.0},
						"found": {"type": "STRING", "format": "date", "nullable": true}},
					"required": ["name", "moonCount"], "propertyOrdering": ["name", "moonCount", "found"]}}}""");
	}

	@Test
	void typeThatRefersToItselfIsSentAsJsonSchema() {
		answer("{\"name\": \"a\", \"children\": [{\"name\": \"b\"}]}");
		assertThat(this.gemini.prompt("Tree").entity(Node.class))
			.isEqualTo(new Node("a", List.of(new Node("b", null))));
		JsonNode config = body().get("generationConfig");
		assertThat(config.has("responseSchema")).isFalse();
		assertThat(config.at("/responseJsonSchema/$ref").asString()).isEqualTo("#/$defs/Node");
	}

	@Test
	void valuesOfAnyKindAreRead() {
		assertThat(ask("[" + EARTH + "]", new ParameterizedTypeReference<List<Planet>>() {
		})).extracting(Planet::name).containsExactly("Earth");
		assertThat(ask("{\"a\": 1}", new ParameterizedTypeReference<Map<String, Integer>>() {
		})).containsEntry("a", 1);
		assertThat(ask("\"SAD\"", Mood.class)).isEqualTo(Mood.SAD);
		assertThat(ask("42", int.class)).isEqualTo(42);
		assertThat(ask("true", Boolean.class)).isTrue();
		assertThat(ask("\"text\"", String.class)).isEqualTo("text");
		assertThat(ask("[1, 2]", int[].class)).containsExactly(1, 2);
		assertThat(ask("{\"type\": \"box\", \"side\": 2}", Shape.class)).isEqualTo(new Shape.Square(2, null));
	}

	@Test
	void snakeCaseApplicationGetsASnakeCaseSchemaAndReadsItBack() {
		JsonMapper snakeCase = JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
		answer("{\"name\": \"Mars\", \"moon_count\": 2}");
		Planet planet = this.gemini.withEntities(GeminiEntitySettings.of(snakeCase))
			.prompt("Where?")
			.entity(Planet.class);
		assertThat(planet).isEqualTo(new Planet("Mars", 2, null));
		assertThat(body().at("/generationConfig/responseSchema/propertyOrdering").toString())
			.isEqualTo("[\"name\",\"moon_count\",\"found\"]");
	}

	@Test
	void everySubscriptionIsACallAndNothingIsSentBefore() {
		PromptSpec prompt = this.gemini.prompt("Where am I?");
		var entity = prompt.entityAsync(Planet.class);
		prompt.user("changed later");
		assertThat(this.server.getRequestCount()).isZero();
		answer(EARTH);
		answer(EARTH);
		entity.block();
		entity.block();
		assertThat(this.server.getRequestCount()).isEqualTo(2);
		assertThat(body().at("/contents/0/parts").size()).isEqualTo(1);
	}

	@Test
	void jsonInAFenceIsRead() {
		assertThat(ask("```json\n" + EARTH + "\n```", Planet.class).name()).isEqualTo("Earth");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "Sorry, I cannot|Unrecognized token", "{\"name\": \"x\"}|there is no moonCount",
					"{\"name\": null, \"moonCount\": 1}|there is no name",
					"{\"name\": \"x\", \"moonCount\": \"many\"}|moonCount", "null|it is null",
					"{\"name\": \"x\", \"moonCount\": 1} {}|Trailing token", "[]|Cannot deserialize" })
	void answerThatDoesNotFitIsAnExceptionWithTheText(String text, String reason) {
		answer(text);
		assertThatExceptionOfType(GeminiAnswerMismatchException.class)
			.isThrownBy(() -> this.gemini.prompt("Where?").entity(Planet.class))
			.withMessageStartingWith("The answer does not fit ")
			.withMessageContaining(reason)
			.satisfies((ex) -> {
				assertThat(ex.getText()).isEqualTo(text);
				assertThat(ex.getResponse().text()).isEqualTo(text);
				assertThat(ex.isTransient()).isFalse();
			});
	}

	@Test
	void reasonIsBoundedAndHoldsNoKey() {
		answer("{\"name\": \"x\", \"moonCount\": \"sk-1234567890abcdef" + "x".repeat(5000) + "\"}");
		assertThatExceptionOfType(GeminiAnswerMismatchException.class)
			.isThrownBy(() -> this.gemini.prompt("Where?").entity(Planet.class))
			.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(700).doesNotContain("1234567890abcdef"));
	}

	@Test
	void missingMembersAreNamedWithTheirPlace() {
		answer("{\"planets\": [" + EARTH + ", {\"moonCount\": 1}], \"counts\": {}}");
		assertThatExceptionOfType(GeminiAnswerMismatchException.class)
			.isThrownBy(() -> this.gemini.prompt("Where?").entity(Planets.class))
			.withMessageContaining("there is no planets[1].name");
	}

	@Test
	void answerThatWasCutOffIsAnExceptionWithTheText() {
		this.server.enqueue(json(event("{\"name\": \"Ear", "MAX_TOKENS")));
		assertThatExceptionOfType(GeminiAnswerCutOffException.class)
			.isThrownBy(() -> this.gemini.prompt("Where?").repairs(3).entity(Planet.class))
			.withMessageContaining("MAX_TOKENS")
			.withMessageContaining("maxOutputTokens")
			.satisfies((ex) -> assertThat(ex.getText()).isEqualTo("{\"name\": \"Ear"));
	}

	@Test
	void blockedAndEmptyAnswersAreTheExceptionsOfText() {
		this.server.enqueue(json("{\"promptFeedback\": {\"blockReason\": \"SAFETY\"}}"));
		assertThatExceptionOfType(GeminiBlockedException.class)
			.isThrownBy(() -> this.gemini.prompt("Where?").repairs(3).entity(Planet.class));
		this.server.enqueue(json("{\"candidates\": [{\"finishReason\": \"MAX_TOKENS\"}]}"));
		assertThatExceptionOfType(GeminiNoTextException.class)
			.isThrownBy(() -> this.gemini.prompt("Where?").repairs(3).entity(Planet.class));
		answer("");
		assertThatExceptionOfType(GeminiAnswerMismatchException.class)
			.isThrownBy(() -> this.gemini.prompt("Where?").entity(Planet.class));
	}

	@Test
	void constraintsAreCheckedIfThereIsAValidator() {
		String text = "[" + EARTH + ", {\"name\": \"Nowhere\", \"moonCount\": -1}]";
		ParameterizedTypeReference<List<Planet>> type = new ParameterizedTypeReference<>() {
		};
		assertThat(ask(text, type)).hasSize(2);
		answer(text);
		assertThatExceptionOfType(GeminiAnswerMismatchException.class)
			.isThrownBy(() -> validating(0).prompt("Where?").entity(type))
			.withMessageContaining("[1].moonCount: must be greater than 0");
	}

	private GeminiTemplate validating(int repairs) {
		JakartaEntityValidator validator = new JakartaEntityValidator(
				Validation.buildDefaultValidatorFactory().getValidator());
		return this.gemini.withEntities(new GeminiEntitySettings(JsonMapper.builder().build(), repairs, validator));
	}

	@Test
	void repairTellsTheModelWhatWasWrongAndSendsItsContentBackAsItCame() {
		this.server.enqueue(json("""
				{"candidates": [{"content": {"role": "model", "parts": [{"text": "hm", "thought": true},
				{"text": "{\\"name\\": \\"Earth\\"}", "thoughtSignature": "c2ln", "novel": {"a": 1}}]},
				"finishReason": "STOP"}]}"""));
		answer("still no JSON");
		answer(EARTH);
		Planet planet = this.gemini.prompt("Where am I?").repairs(2).entity(Planet.class);
		assertThat(planet.name()).isEqualTo("Earth");
		takeRequest();
		takeRequest();
		JsonNode contents = body().get("contents");
		assertThat(contents.valueStream().map((content) -> content.get("role").asString())).containsExactly("user",
				"model", "user", "model", "user");
		assertThat(new JsonContent(contents.get(1).toString())).isStrictlyEqualTo("""
				{"role": "model", "parts": [{"text": "hm", "thought": true},
				{"text": "{\\"name\\": \\"Earth\\"}", "thoughtSignature": "c2ln", "novel": {"a": 1}}]}""");
		assertThat(contents.at("/2/parts/0/text").asString())
			.startsWith("Your last answer does not fit the JSON schema that was asked for: there is no moonCount");
		assertThat(contents.at("/3/parts/0/text").asString()).isEqualTo("still no JSON");
		assertThat(contents.at("/4/parts/0/text").asString()).contains("Unrecognized token");
	}

	@Test
	void configuredNumberOfRepairsIsABound() {
		answer("no");
		answer("no");
		assertThatExceptionOfType(GeminiAnswerMismatchException.class)
			.isThrownBy(() -> validating(1).prompt("Where?").entity(Planet.class));
		assertThat(this.server.getRequestCount()).isEqualTo(2);
		answer("no");
		assertThatExceptionOfType(GeminiAnswerMismatchException.class)
			.isThrownBy(() -> validating(1).prompt("Where?").repairs(0).entity(Planet.class));
		assertThat(this.server.getRequestCount()).isEqualTo(3);
		assertThatIllegalArgumentException().isThrownBy(() -> this.gemini.prompt("Where?").repairs(-1));
	}

	@Test
	void whenPromptHasASchemaOrTypeHasNoneThenNothingIsSent() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.gemini.prompt("Hi").responseSchema(Schema.builder().build()).entity(Planet.class))
			.withMessageContaining("must not have a schema of its own");
		assertThatIllegalArgumentException().isThrownBy(() -> this.gemini.prompt("Hi").entity(Object.class))
			.withMessageContaining("There is no schema");
		StepVerifier.create(this.gemini.prompt("Hi").streamEntity(Object.class))
			.verifyError(IllegalArgumentException.class);
		assertThat(this.server.getRequestCount()).isZero();
	}

	@Test
	void blockingCallOnAnEventLoopNamesTheAlternatives() {
		AtomicReference<Throwable> failure = new AtomicReference<>();
		CompletableFuture.runAsync(() -> this.gemini.prompt("Hi").entity(Planet.class), Schedulers.parallel()::schedule)
			.handle((value, ex) -> {
				failure.set(ex);
				return null;
			})
			.join();
		assertThat(failure.get()).hasMessageContaining("entityAsync() or streamEntity()");
	}

	@Test
	void streamShowsTheValueAsItGrows() {
		stream("{\"pla", "nets\": [{\"name\": \"Ear", "th\", \"moonCount\": 1", ", \"found\": \"2026-",
				"11-22\"}], \"counts\": {\"a\": ", "3, \"b", "\": 4}, \"note\": \"do", "ne\"}");
		StepVerifier.create(this.gemini.prompt("Where?").streamEntity(Planets.class))
			.expectNext(new Planets(List.of(), Optional.empty(), Map.of()))
			.expectNext(planets(new Planet("Ear", 0, null)))
			.expectNext(planets(new Planet("Earth", 0, null)))
			.expectNext(planets(new Planet("Earth", 1, null)))
			.expectNext(planets(new Planet("Earth", 1, LocalDate.of(2026, 11, 22))))
			.assertNext((planets) -> assertThat(planets.counts()).containsExactly(Map.entry("a", 3)))
			.assertNext((planets) -> assertThat(planets.note()).hasValue("do"))
			.assertNext((planets) -> assertThat(planets.note()).hasValue("done"))
			.assertNext((planets) -> assertThat(planets.counts()).containsEntry("b", 4))
			.verifyComplete();
	}

	private static Planets planets(Planet... planets) {
		return new Planets(List.of(planets), Optional.empty(), Map.of());
	}

	@Test
	void objectOfSeveralTypesIsShownWhenItsTypeIsKnown() {
		stream("[{\"ty", "pe\": \"bo", "x\", \"label\": \"L", "M\", \"side\": 2}]");
		StepVerifier.create(this.gemini.prompt("Shapes").streamEntity(new ParameterizedTypeReference<List<Shape>>() {
		}))
			.expectNext(List.of())
			.expectNext(List.of())
			.expectNext(List.of(new Shape.Square(0, "L")))
			.expectNext(List.of(new Shape.Square(2, "LM")))
			.expectNext(List.of(new Shape.Square(2, "LM")))
			.verifyComplete();
	}

	@Test
	void simpleValuesGrowToo() {
		stream("\"He", "llo\"");
		StepVerifier.create(this.gemini.prompt("Greet").streamEntity(String.class))
			.expectNext("He", "Hello", "Hello")
			.verifyComplete();
		stream("1", "2");
		StepVerifier.create(this.gemini.prompt("Count").streamEntity(int.class)).expectNext(12).verifyComplete();
		stream("\"HA", "PPY\"");
		StepVerifier.create(this.gemini.prompt("Mood").streamEntity(Mood.class))
			.expectNext(Mood.HAPPY, Mood.HAPPY)
			.verifyComplete();
	}

	@Test
	void typeThatRefusesToBeIncompleteIsShownWhenItIsNot() {
		stream("{\"first\": \"a\"", ", \"second\": \"b\"}");
		StepVerifier.create(this.gemini.prompt("Both").streamEntity(Strict.class))
			.expectNext(new Strict("a", "b"), new Strict("a", "b"))
			.verifyComplete();
	}

	@Test
	void failureOfAStreamComesAfterTheValuesBeforeIt() {
		stream("{\"name\": \"Earth\"", "}");
		StepVerifier.create(this.gemini.prompt("Where?").streamEntity(Planet.class))
			.expectNext(new Planet("Earth", 0, null), new Planet("Earth", 0, null))
			.verifyErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(GeminiAnswerMismatchException.class)
				.hasMessageContaining("there is no moonCount"));
		this.server.enqueue(sse(event("{\"name\": \"Ear", "MAX_TOKENS")));
		StepVerifier.create(this.gemini.prompt("Where?").streamEntity(Planet.class))
			.expectNext(new Planet("Ear", 0, null))
			.verifyErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(GeminiAnswerCutOffException.class,
					(cut) -> assertThat(cut.getText()).isEqualTo("{\"name\": \"Ear")));
		this.server.enqueue(sse(event("{\"name\": \"Ear", null)));
		StepVerifier.create(this.gemini.prompt("Where?").streamEntity(Planet.class))
			.expectNext(new Planet("Ear", 0, null))
			.verifyError(GeminiProtocolException.class);
	}

	@Test
	void whatWasSaidBeforeFunctionsRanIsNoPartOfTheValue() {
		EntityReader<String> reader = new EntityCalls(GeminiEntitySettings.of(JsonMapper.builder().build()))
			.reader(String.class);
		Flux<GenerateContentResponse> events = Flux
			.just(event("\"Let me see\"", "STOP"), """
					{"candidates": [{"content": {"role": "user", "parts": [{"functionResponse": {"name": "f"}}]}}]}""",
					event("\"Sun\"", "STOP"))
			.map((json) -> mapper.readValue(json, GenerateContentResponse.class));
		StepVerifier.create(new GrowingEntity<>(reader).of(events))
			.expectNext("Let me see", "Sun", "Sun")
			.verifyComplete();
	}

	@Test
	void functionsRunBeforeTheValueAndStayInTheTurnThatIsRepaired() {
		this.server.enqueue(
				json("""
						{"candidates": [{"content": {"role": "model", "parts": [{"text": "Let me see"}, {"functionCall":
						{"id": "c1", "name": "moons", "args": {}}, "thoughtSignature": "c2ln"}]}, "finishReason": "STOP"}]}"""));
		answer("{\"name\": \"Earth\"}");
		answer(EARTH);
		Planet planet = this.gemini.prompt("Where am I?")
			.functions(GeminiFunction.of("moons", "Counts moons", () -> 1))
			.repairs(1)
			.entity(Planet.class);
		assertThat(planet.moonCount()).isOne();
		assertThat(body().at("/generationConfig/responseSchema/type").asString()).isEqualTo("OBJECT");
		assertThat(body().at("/generationConfig/responseSchema/type").asString()).isEqualTo("OBJECT");
		JsonNode contents = body().get("contents");
		assertThat(contents.valueStream().map((content) -> content.get("role").asString())).containsExactly("user",
				"model", "user", "model", "user");
		assertThat(contents.at("/1/parts/1/thoughtSignature").asString()).isEqualTo("c2ln");
		assertThat(contents.at("/2/parts/0/functionResponse/id").asString()).isEqualTo("c1");
		assertThat(contents.at("/4/parts/0/text").asString()).contains("there is no moonCount");
	}

	@Test
	void whereverTheAnswerIsCutEachValueIsOneOfTheType() {
		EntityReader<Cut> reader = new EntityCalls(GeminiEntitySettings.of(JsonMapper.builder().build()))
			.reader(Cut.class);
		String json = """
				{"text": "\\u00e9\\ud83d\\ude00 \\"q\\" \\\\ 😀\\n!", "number": 12, "ratio": -1.5e3, "mood": "SAD",
				"more": "yes", "counts": {"a": 10, "b": 20}, "planets": [{"name": "Mars", "moonCount": 2}]}""";
		Cut whole = new Cut("é😀 \"q\" \\ 😀\n!", 12, -1500, Mood.SAD, Optional.of("yes"), Map.of("a", 10, "b", 20),
				List.of(new Planet("Mars", 2, null)));
		Flux<GenerateContentResponse> events = Flux.range(0, json.length())
			.map((i) -> mapper.readValue(
					event(String.valueOf(json.charAt(i)), (i == json.length() - 1) ? "STOP" : null),
					GenerateContentResponse.class));
		List<Cut> shown = new GrowingEntity<>(reader).of(events).collectList().block();
		assertThat(shown.get(shown.size() - 1)).isEqualTo(whole);
		assertThat(shown).allSatisfy((cut) -> {
			assertThat(cut.text()).matches((text) -> text == null || whole.text().startsWith(text));
			assertThat(cut.number()).isIn(0, 12);
			assertThat(cut.ratio()).isIn(0.0, -1500.0);
			assertThat(cut.mood()).isIn(null, Mood.SAD);
			assertThat(whole.more().get()).startsWith(cut.more().orElse(""));
			assertThat(whole.counts()).containsAllEntriesOf(cut.counts());
			assertThat(cut.planets()).allMatch((planet) -> planet.name() == null || "Mars".startsWith(planet.name()));
		});
	}

	@Test
	void slowSubscriberGetsTheLatestAndTheComplete() {
		EntityReader<Planet> reader = new EntityCalls(GeminiEntitySettings.of(JsonMapper.builder().build()))
			.reader(Planet.class);
		TestPublisher<GenerateContentResponse> events = TestPublisher.create();
		StepVerifier.create(new GrowingEntity<>(reader).of(events.flux()), 0)
			.then(() -> Stream.of("{\"name\": \"E", "a", "r", "t", "h", "\", \"moonCount\": 1}")
				.map((text) -> mapper.readValue(event(text, null), GenerateContentResponse.class))
				.forEach(events::next))
			.thenRequest(1)
			.expectNext(new Planet("Earth", 1, null))
			.then(events::complete)
			.thenRequest(1)
			.expectNext(new Planet("Earth", 1, null))
			.verifyComplete();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1000, 100_000 })
	void workGrowsWithTheLengthOfTheAnswerOnly(int length) {
		EntityReader<String> reader = new EntityCalls(GeminiEntitySettings.of(JsonMapper.builder().build()))
			.reader(String.class);
		String[] pieces = ("\"" + "x".repeat(length) + "\"").split("");
		Flux<GenerateContentResponse> events = Flux.range(0, pieces.length)
			.map((i) -> mapper.readValue(event(pieces[i], (i == pieces.length - 1) ? "STOP" : null),
					GenerateContentResponse.class));
		List<String> shown = new GrowingEntity<>(reader).of(events).collectList().block();
		assertThat(shown.get(shown.size() - 1)).hasSize(length);
		assertThat(shown.stream().mapToLong(String::length).sum()).isLessThan(70L * length);
	}

	private <T> T ask(String text, Class<T> type) {
		answer(text);
		return this.gemini.prompt("Hi").entity(type);
	}

	private <T> T ask(String text, ParameterizedTypeReference<T> type) {
		answer(text);
		return this.gemini.prompt("Hi").entity(type);
	}

	private void answer(String text) {
		this.server.enqueue(json(event(text, "STOP")));
	}

	private void stream(String... texts) {
		int last = texts.length - 1;
		String[] events = new String[texts.length];
		Arrays.setAll(events, (i) -> event(texts[i], (i == last) ? "STOP" : null));
		this.server.enqueue(sse(events));
	}

	private static MockResponse json(String body) {
		return new MockResponse.Builder().setHeader("Content-Type", "application/json").body(body).build();
	}

	private static MockResponse sse(String... events) {
		StringBuilder body = new StringBuilder();
		for (String event : events) {
			body.append("data: ").append(event.replace("\n", "")).append("\r\n\r\n");
		}
		return new MockResponse.Builder().setHeader("Content-Type", "text/event-stream").body(body.toString()).build();
	}

	private static String event(String text, @Nullable String finishReason) {
		String finish = (finishReason != null) ? ", \"finishReason\": \"" + finishReason + "\"" : "";
		return "{\"candidates\": [{\"content\": {\"role\": \"model\", \"parts\": [{\"text\": "
				+ mapper.writeValueAsString(text) + "}]}" + finish + "}]}";
	}

	private RecordedRequest takeRequest() {
		try {
			return this.server.takeRequest();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private JsonNode body() {
		return mapper.readTree(takeRequest().getBody().toByteArray());
	}

	private void assertBody(String json) {
		assertThat(new JsonContent(body().toString())).isStrictlyEqualTo(json);
	}

	record Planet(String name, @Positive int moonCount, @Nullable LocalDate found) {

	}

	record Planets(List<Planet> planets, Optional<String> note, Map<String, Integer> counts) {

	}

	record Node(String name, List<Node> children) {

	}

	enum Mood {

		HAPPY, SAD

	}

	sealed interface Shape {

		record Circle(double radius) implements Shape {

		}

		@JsonTypeName("box")
		record Square(double side, @Nullable String label) implements Shape {

		}

	}

	record Strict(String first, String second) {

		Strict {
			if (second == null) {
				throw new IllegalStateException("No second");
			}
		}

	}

	private record Cut(@Nullable String text, int number, double ratio, Mood mood, Optional<String> more,
			Map<String, Integer> counts, List<Planet> planets) {

	}

}
