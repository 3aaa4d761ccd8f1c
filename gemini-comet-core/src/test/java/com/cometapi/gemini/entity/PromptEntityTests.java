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

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import com.cometapi.gemini.api.Schema;
import com.cometapi.gemini.error.GeminiBlockedException;
import com.cometapi.gemini.error.GeminiNoTextException;
import com.cometapi.gemini.error.GeminiResponseMismatchException;
import com.cometapi.gemini.error.GeminiResponseTruncatedException;
import com.cometapi.gemini.prompt.PromptEntitySpec;
import com.cometapi.gemini.prompt.PromptSpec;
import com.cometapi.gemini.testsupport.GeminiServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.test.json.JsonContent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link PromptEntitySpec}: values of whole responses.
 */
class PromptEntityTests extends AbstractPromptEntityTests {

	@Test
	void schemaOfTheTypeIsSentAndTheResponseIsRead() {
		this.server.answerText(EARTH);
		Planet planet = this.gemini.prompt("Where am I?").entity(Planet.class);
		assertThat(planet).isEqualTo(new Planet("Earth", 1, LocalDate.of(2026, 11, 22)));
		assertBody("""
				{"contents": [{"role": "user", "parts": [{"text": "Where am I?"}]}],
				"generationConfig": {"responseMimeType": "application/json", "responseSchema": {"type": "OBJECT",
					"properties": {"name": {"type": "STRING"}, "moonCount": {"type": "INTEGER", "minimum": 1.0},
						"found": {"type": "STRING", "format": "date", "nullable": true}},
					"required": ["name", "moonCount"], "propertyOrdering": ["name", "moonCount", "found"]}}}""");
	}

	private void assertBody(String json) {
		assertThat(new JsonContent(this.server.takeJson().toString())).isStrictlyEqualTo(json);
	}

	@Test
	void typeThatRefersToItselfIsSentAsJsonSchema() {
		this.server.answerText("{\"name\": \"a\", \"children\": [{\"name\": \"b\"}]}");
		assertThat(this.gemini.prompt("Tree").entity(Node.class))
			.isEqualTo(new Node("a", List.of(new Node("b", null))));
		JsonNode config = this.server.takeJson().get("generationConfig");
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

	private <T> T ask(String text, Class<T> type) {
		this.server.answerText(text);
		return this.gemini.prompt("Hi").entity(type);
	}

	private <T> T ask(String text, ParameterizedTypeReference<T> type) {
		this.server.answerText(text);
		return this.gemini.prompt("Hi").entity(type);
	}

	@Test
	void snakeCaseApplicationGetsASnakeCaseSchemaAndReadsItBack() {
		JsonMapper snakeCase = JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
		this.server.answerText("{\"name\": \"Mars\", \"moon_count\": 2}");
		Planet planet = this.gemini.withEntities(GeminiEntitySettings.of(snakeCase))
			.prompt("Where?")
			.entity(Planet.class);
		assertThat(planet).isEqualTo(new Planet("Mars", 2, null));
		assertThat(this.server.takeJson().at("/generationConfig/responseSchema/propertyOrdering").toString())
			.isEqualTo("[\"name\",\"moon_count\",\"found\"]");
	}

	@Test
	void everySubscriptionSendsTheOriginalPrompt() {
		PromptSpec prompt = this.gemini.prompt("Where am I?");
		var entity = prompt.entityAsync(Planet.class);
		prompt.user("changed later");
		assertThat(this.server.requestCount()).isZero();
		this.server.answerText(EARTH);
		this.server.answerText(EARTH);
		entity.block();
		entity.block();
		assertThat(this.server.requestCount()).isEqualTo(2);
		assertThat(this.server.takeJson().at("/contents/0/parts").size()).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "Sorry, I cannot|Unrecognized token",
			"{\"name\": \"x\"}|'moonCount' is missing", "{\"name\": null, \"moonCount\": 1}|'name' is missing",
			"{\"name\": \"x\", \"moonCount\": \"many\"}|'moonCount' must be an integer, but was \"many\"",
			"null|the value must be an object, but was null", "{\"name\": \"x\", \"moonCount\": 1} {}|Trailing token",
			"[]|the value must be an object, but was a list" })
	void exceptionOfAMismatchHasTheTextAndTheReason(String text, String reason) {
		this.server.answerText(text);
		assertThatExceptionOfType(GeminiResponseMismatchException.class)
			.isThrownBy(() -> this.gemini.prompt("Where?").entity(Planet.class))
			.withMessageStartingWith("The response does not match ")
			.withMessageContaining(reason)
			.satisfies((ex) -> {
				assertThat(ex.getText()).isEqualTo(text);
				assertThat(ex.getResponse().text()).isEqualTo(text);
				assertThat(ex.isTransient()).isFalse();
			});
	}

	@Test
	void messageOfAMismatchIsShortAndHasNoKey() {
		this.server.answerText("{\"name\": \"x\", \"moonCount\": \"sk-1234567890abcdef" + "x".repeat(5000) + "\"}");
		assertThatExceptionOfType(GeminiResponseMismatchException.class)
			.isThrownBy(() -> this.gemini.prompt("Where?").entity(Planet.class))
			.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(700).doesNotContain("1234567890abcdef"));
	}

	@Test
	void missingMembersAreNamedWithTheirPath() {
		this.server.answerText("{\"planets\": [" + EARTH + ", {\"moonCount\": 1}], \"counts\": {}}");
		assertThatExceptionOfType(GeminiResponseMismatchException.class)
			.isThrownBy(() -> this.gemini.prompt("Where?").entity(Planets.class))
			.withMessageContaining("'planets[1].name' is missing");
	}

	@Test
	void exceptionOfATruncatedResponseHasTheText() {
		this.server.answer(GeminiServer.textResponse("{\"name\": \"Ear", "MAX_TOKENS"));
		assertThatExceptionOfType(GeminiResponseTruncatedException.class)
			.isThrownBy(() -> this.gemini.prompt("Where?").repairs(3).entity(Planet.class))
			.withMessageContaining("MAX_TOKENS")
			.withMessageContaining("maxOutputTokens")
			.satisfies((ex) -> assertThat(ex.getText()).isEqualTo("{\"name\": \"Ear"));
	}

	@Test
	void blockedAndEmptyResponsesAreNotRepaired() {
		this.server.answer("{\"promptFeedback\": {\"blockReason\": \"SAFETY\"}}");
		assertThatExceptionOfType(GeminiBlockedException.class)
			.isThrownBy(() -> this.gemini.prompt("Where?").repairs(3).entity(Planet.class));
		this.server.answer("{\"candidates\": [{\"finishReason\": \"MAX_TOKENS\"}]}");
		assertThatExceptionOfType(GeminiNoTextException.class)
			.isThrownBy(() -> this.gemini.prompt("Where?").repairs(3).entity(Planet.class));
		this.server.answerText("");
		assertThatExceptionOfType(GeminiResponseMismatchException.class)
			.isThrownBy(() -> this.gemini.prompt("Where?").entity(Planet.class));
	}

	@Test
	void constraintsAreCheckedIfThereIsAValidator() {
		String text = "[" + EARTH + ", {\"name\": \"Nowhere\", \"moonCount\": -1}]";
		ParameterizedTypeReference<List<Planet>> type = new ParameterizedTypeReference<>() {
		};
		assertThat(ask(text, type)).hasSize(2);
		this.server.answerText(text);
		assertThatExceptionOfType(GeminiResponseMismatchException.class)
			.isThrownBy(() -> validating(0).prompt("Where?").entity(type))
			.withMessageContaining("[1].moonCount must be greater than 0");
	}

	@Test
	void constraintsAreCheckedInNestedContainers() {
		ParameterizedTypeReference<Map<String, List<Planet>>> type = new ParameterizedTypeReference<>() {
		};
		this.server.answerText("{\"a\": [" + EARTH + ", {\"name\": \"Nowhere\", \"moonCount\": -1}]}");
		assertThatExceptionOfType(GeminiResponseMismatchException.class)
			.isThrownBy(() -> validating(0).prompt("Where?").entity(type))
			.withMessageContaining("[a][1].moonCount must be greater than 0");
	}

	@Test
	void whenPromptHasASchemaOrTypeHasNoneThenNothingIsSent() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.gemini.prompt("Hi").responseSchema(Schema.builder().build()).entity(Planet.class))
			.withMessageContaining("must not have a schema of its own");
		assertThatIllegalArgumentException().isThrownBy(() -> this.gemini.prompt("Hi").entity(Void.class))
			.withMessageContaining("There is no schema");
		StepVerifier.create(this.gemini.prompt("Hi").streamEntity(Void.class))
			.verifyError(IllegalArgumentException.class);
		assertThat(this.server.requestCount()).isZero();
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

	record Node(String name, List<Node> children) {

	}

}
