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

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import com.cometapi.gemini.chat.GeminiChatRepository;
import com.cometapi.gemini.chat.GeminiChatRetention;
import com.cometapi.gemini.chat.GeminiChatWindow;
import com.cometapi.gemini.chat.GeminiChats;
import com.cometapi.gemini.chat.InMemoryGeminiChatRepository;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.function.GeminiFunctionCallback;
import com.cometapi.gemini.prompt.GeminiDefaults;
import com.cometapi.gemini.testsupport.GeminiServer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the observations of a turn, its rounds and its functions.
 */
class ObservedRoundsTests {

	private static final String CALL = "{\"functionCall\": {\"id\": \"f-1\", \"name\": \"weather\", \"args\": {\"city\": \"Paris\"}}}";

	private static final String CALLS = "gen_ai.client.inference.duration";

	private static final String TURNS = "gen_ai.invoke_agent.duration";

	private static final String FUNCTIONS = "gen_ai.execute_tool.duration";

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	@AutoClose
	private final GeminiServer server = new GeminiServer();

	private final GeminiTemplate gemini = new GeminiTemplate(
			GeminiClient.create(WebClient.builder(), GeminiServer.MAPPER, this.server.settings().build())
				.withObservations(this.registry, null),
			GeminiDefaults.of("gemini-3.5-flash"));

	@Test
	void roundsAndFunctionsAreChildrenOfTheirTurn() {
		this.server.answerParts(CALL).answerText("Warm");
		Observation caller = Observation.createNotStarted("caller", this.registry);
		assertThat(caller.<String>observe(() -> this.gemini.prompt("Go").functions(weather(City::city)).text()))
			.isEqualTo("Warm");
		assertTurn(caller, "none");
	}

	@Test
	void roundsAndFunctionsOfAStreamAreChildrenOfTheirTurn() {
		this.server.answerEvents(GeminiServer.response(CALL, "STOP")).answerTextEvents("Warm");
		Observation caller = Observation.createNotStarted("caller", this.registry);
		List<String> texts = caller.observe(() -> this.gemini.prompt("Go")
			.functions(weather(City::city))
			.streamText()
			.contextCapture()
			.collectList()
			.block());
		assertThat(texts).containsExactly("Warm");
		assertTurn(caller, "none");
	}

	@Test
	void observationInsideAFunctionIsAChildOfTheFunction() {
		this.server.answerParts(CALL).answerText("Warm");
		this.gemini.prompt("Go")
			.functions(weather((city) -> Observation.createNotStarted("lookup", this.registry).observe(city::city)))
			.text();
		assertThatRegistry().hasObservationWithNameEqualTo("lookup")
			.that()
			.hasParentObservationContextMatching((parent) -> parent.getName().equals(FUNCTIONS));
	}

	@Test
	void failureOfAFunctionIsObservedEvenIfTheModelResponds() {
		this.server.answerParts(CALL).answerText("Warm");
		Observation caller = Observation.createNotStarted("caller", this.registry);
		caller.observe(() -> this.gemini.prompt("Go").functions(weather((city) -> {
			throw new IllegalStateException("out of order");
		})).text());
		assertTurn(caller, "IllegalStateException");
	}

	@Test
	void functionThatIsTooSlowIsObserved() {
		this.server.answerParts(CALL).answerText("Warm");
		Observation caller = Observation.createNotStarted("caller", this.registry);
		caller.observe(() -> this.gemini.prompt("Go")
			.functions(GeminiFunctionCallback.of("weather", "The weather", City.class, (city) -> Mono.never()))
			.functionSettings((settings) -> settings.timeout(Duration.ofMillis(500)))
			.text());
		assertTurn(caller, "timeout");
	}

	@Test
	void turnThatFailsOrIsCancelledIsObserved() {
		this.server.answerStatus(400);
		assertThatExceptionOfType(GeminiException.class)
			.isThrownBy(() -> this.gemini.prompt("Go").functions(weather(City::city)).text());
		this.server.hold().answerText("Late");
		StepVerifier.create(this.gemini.prompt("Go").functions(weather(City::city)).callAsync())
			.thenAwait(Duration.ofMillis(50))
			.thenCancel()
			.verify();
		this.server.release();
		assertThatRegistry()
			.hasAnObservation((turn) -> turn.hasNameEqualTo(TURNS)
				.hasLowCardinalityKeyValue("error.type", "GeminiInvalidRequestException")
				.hasError())
			.hasAnObservation((turn) -> turn.hasNameEqualTo(TURNS)
				.hasLowCardinalityKeyValue("error.type", "cancelled")
				.doesNotHaveError());
	}

	@Test
	void turnOfAChatNamesItsConversation() {
		this.server.answerText("Hi");
		GeminiChatRepository repository = new InMemoryGeminiChatRepository(1, GeminiChatRetention.UNLIMITED);
		new GeminiChats(this.gemini, repository, GeminiChatWindow.ALL).chat("c-1").prompt("Go").text();
		assertThatRegistry().hasObservationWithNameEqualTo(TURNS)
			.that()
			.hasHighCardinalityKeyValue("gen_ai.conversation.id", "c-1")
			.hasHighCardinalityKeyValue("cometapi.gemini.rounds", "1");
	}

	@Test
	void promptThatIsOneCallIsOneObservation() {
		this.server.answerText("Hi");
		this.gemini.prompt("Go").text();
		assertThatRegistry().hasNumberOfObservationsEqualTo(1).hasObservationWithNameEqualTo(CALLS);
	}

	private void assertTurn(Observation caller, String functionError) {
		assertThatRegistry().hasNumberOfObservationsEqualTo(5)
			.hasObservationWithNameEqualTo(TURNS)
			.that()
			.hasParentObservationEqualTo(caller)
			.hasContextualNameEqualTo("invoke_agent")
			.hasLowCardinalityKeyValue("error.type", "none")
			.hasHighCardinalityKeyValue("gen_ai.request.model", "gemini-3.5-flash")
			.hasHighCardinalityKeyValue("cometapi.gemini.rounds", "2")
			.hasBeenStopped();
		assertThatRegistry().hasNumberOfObservationsWithNameEqualTo(CALLS, 2)
			.forAllObservationsWithNameEqualTo(CALLS,
					(call) -> call
						.hasParentObservationContextMatching(
								(parent) -> ((Observation.ContextView) parent).getName().equals(TURNS))
						.hasHighCardinalityKeyValue("gen_ai.response.finish_reasons", "STOP"));
		assertThatRegistry().hasObservationWithNameEqualTo(FUNCTIONS)
			.that()
			.hasParentObservationContextMatching((parent) -> parent.getName().equals(TURNS))
			.hasContextualNameEqualTo("execute_tool weather")
			.hasLowCardinalityKeyValue("gen_ai.tool.name", "weather")
			.hasLowCardinalityKeyValue("error.type", functionError)
			.hasHighCardinalityKeyValue("gen_ai.tool.call.id", "f-1")
			.hasBeenStopped();
	}

	private TestObservationRegistryAssert assertThatRegistry() {
		return TestObservationRegistryAssert.assertThat(this.registry);
	}

	private static GeminiFunctionCallback weather(Function<City, String> weather) {
		return GeminiFunctionCallback.of("weather", "The weather", City.class, weather);
	}

	record City(String city) {
	}

}
