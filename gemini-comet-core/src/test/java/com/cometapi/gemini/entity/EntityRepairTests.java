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

import java.util.stream.Stream;

import com.cometapi.gemini.api.FunctionCallingMode;
import com.cometapi.gemini.error.GeminiResponseMismatchException;
import com.cometapi.gemini.function.GeminiFunctionCallback;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.test.json.JsonContent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the repair of responses that do not match the type.
 */
class EntityRepairTests extends AbstractPromptEntityTests {

	@Test
	void repairReportsTheMismatchAndSendsTheContentBackUnchanged() {
		this.server.answer("""
				{"candidates": [{"content": {"role": "model", "parts": [{"text": "hm", "thought": true},
				{"text": "{\\"name\\": \\"Earth\\"}", "thoughtSignature": "c2ln", "novel": {"a": 1}}]},
				"finishReason": "STOP"}]}""");
		this.server.answerText("still no JSON");
		this.server.answerText(EARTH);
		Planet planet = this.gemini.prompt("Where am I?").repairs(2).entity(Planet.class);
		assertThat(planet.name()).isEqualTo("Earth");
		this.server.takeRequest();
		this.server.takeRequest();
		JsonNode contents = this.server.takeJson().get("contents");
		assertThat(contents.valueStream().map((content) -> content.get("role").asString())).containsExactly("user",
				"model", "user", "model", "user");
		assertThat(new JsonContent(contents.get(1).toString())).isStrictlyEqualTo("""
				{"role": "model", "parts": [{"text": "hm", "thought": true},
				{"text": "{\\"name\\": \\"Earth\\"}", "thoughtSignature": "c2ln", "novel": {"a": 1}}]}""");
		assertThat(contents.at("/2/parts/0/text").asString())
			.startsWith("Your last answer does not fit the JSON schema that was asked for: 'moonCount' is missing");
		assertThat(contents.at("/3/parts/0/text").asString()).isEqualTo("still no JSON");
		assertThat(contents.at("/4/parts/0/text").asString()).contains("Unrecognized token");
	}

	@Test
	void numberOfRepairsIsLimited() {
		this.server.answerText("no");
		this.server.answerText("no");
		assertThatExceptionOfType(GeminiResponseMismatchException.class)
			.isThrownBy(() -> validating(1).prompt("Where?").entity(Planet.class));
		assertThat(this.server.requestCount()).isEqualTo(2);
		this.server.answerText("no");
		assertThatExceptionOfType(GeminiResponseMismatchException.class)
			.isThrownBy(() -> validating(1).prompt("Where?").repairs(0).entity(Planet.class));
		assertThat(this.server.requestCount()).isEqualTo(3);
		assertThatIllegalArgumentException().isThrownBy(() -> this.gemini.prompt("Where?").repairs(-1));
	}

	@Test
	void functionCallsBeforeTheValueAreSentWithTheRepair() {
		this.server.answer("""
				{"candidates": [{"content": {"role": "model", "parts": [{"text": "Let me see"}, {"functionCall":
				{"id": "c1", "name": "moons", "args": {}}, "thoughtSignature": "c2ln"}]}, "finishReason": "STOP"}]}""");
		this.server.answerText("{\"name\": \"Earth\"}");
		this.server.answerText(EARTH);
		Planet planet = this.gemini.prompt("Where am I?")
			.functions(GeminiFunctionCallback.of("moons", "Counts moons", () -> 1))
			.repairs(1)
			.entity(Planet.class);
		assertThat(planet.moonCount()).isOne();
		assertThat(this.server.takeJson().at("/generationConfig/responseSchema/type").asString()).isEqualTo("OBJECT");
		assertThat(this.server.takeJson().at("/generationConfig/responseSchema/type").asString()).isEqualTo("OBJECT");
		JsonNode contents = this.server.takeJson().get("contents");
		assertThat(contents.valueStream().map((content) -> content.get("role").asString())).containsExactly("user",
				"model", "user", "model", "user");
		assertThat(contents.at("/1/parts/1/thoughtSignature").asString()).isEqualTo("c2ln");
		assertThat(contents.at("/2/parts/0/functionResponse/id").asString()).isEqualTo("c1");
		assertThat(contents.at("/4/parts/0/text").asString()).contains("'moonCount' is missing");
	}

	@Test
	void modeAnyDoesNotForceAnotherCallInARepair() {
		this.server.answerParts("{\"functionCall\": {\"name\": \"moons\", \"args\": {}}}");
		this.server.answerText("{\"name\": \"Earth\"}").answerText(EARTH);
		this.gemini.prompt("Where am I?")
			.functions(GeminiFunctionCallback.of("moons", "Counts moons", () -> 1))
			.functionCalling(FunctionCallingMode.ANY)
			.repairs(1)
			.entity(Planet.class);
		assertThat(Stream.generate(this.server::takeJson).limit(3))
			.extracting((request) -> request.at("/toolConfig/functionCallingConfig/mode").asString())
			.containsExactly("ANY", "AUTO", "AUTO");
	}

}
