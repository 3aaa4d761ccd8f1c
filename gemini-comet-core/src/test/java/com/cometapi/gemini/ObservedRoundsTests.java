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

import java.util.List;

import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.function.GeminiFunctionCallback;
import com.cometapi.gemini.prompt.GeminiDefaults;
import com.cometapi.gemini.testsupport.GeminiServer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what is observed of a prompt with functions.
 */
class ObservedRoundsTests {

	private static final String NAME = "gen_ai.client.operation";

	private static final String CALL = "{\"functionCall\": {\"name\": \"weather\", \"args\": {\"city\": \"Paris\"}}}";

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	@AutoClose
	private final GeminiServer server = new GeminiServer();

	private final GeminiTemplate gemini = new GeminiTemplate(
			GeminiClient.create(WebClient.builder(), GeminiServer.MAPPER, this.server.settings().build())
				.withObservations(this.registry, null),
			GeminiDefaults.of("gemini-3.5-flash"));

	@Test
	void eachRoundIsAnObservationBelowTheCaller() {
		this.server.answerParts(CALL).answerText("Warm");
		Observation caller = Observation.createNotStarted("caller", this.registry);
		assertThat(caller.<String>observe(() -> this.gemini.prompt("Go").functions(weather()).text()))
			.isEqualTo("Warm");
		checkTwoRounds(caller);
	}

	@Test
	void eachRoundOfAStreamIsAnObservationBelowTheCaller() {
		this.server.answerEvents(GeminiServer.response(CALL, "STOP")).answerTextEvents("Warm");
		Observation caller = Observation.createNotStarted("caller", this.registry);
		List<String> texts = caller.observe(() -> this.gemini.prompt("Go")
			.functions(weather())
			.streamText()
			.contextCapture()
			.collectList()
			.block());
		assertThat(texts).containsExactly("Warm");
		checkTwoRounds(caller);
	}

	private void checkTwoRounds(Observation caller) {
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasNumberOfObservationsWithNameEqualTo(NAME, 2)
			.forAllObservationsWithNameEqualTo(NAME, (context) -> context.hasParentObservationEqualTo(caller)
				.hasHighCardinalityKeyValue("gen_ai.response.finish_reasons", "STOP"));
	}

	private static GeminiFunctionCallback weather() {
		return GeminiFunctionCallback.of("weather", "The weather", City.class, City::city);
	}

	record City(String city) {
	}

}
