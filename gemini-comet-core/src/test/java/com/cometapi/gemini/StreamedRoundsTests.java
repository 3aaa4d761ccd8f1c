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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.error.GeminiProtocolException;
import com.cometapi.gemini.error.GeminiServerException;
import com.cometapi.gemini.function.GeminiFunctionCallback;
import com.cometapi.gemini.testsupport.GeminiServer;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the rounds of a streamed prompt with functions.
 */
class StreamedRoundsTests extends AbstractRoundsTests {

	@Test
	void signedEmptyTextKeepsItsPositionAndOtherCandidatesAreNotSentBack() {
		this.server
			.answerEvents("{\"candidates\": [{\"index\": 1, \"content\": {\"parts\": [{\"text\": \"Other\"}]}}]}",
					"{\"candidates\": [{\"content\": {\"parts\": [{\"text\": \"I look\"}, " + CALL
							+ "]}}, {\"index\": 1, \"content\": {\"parts\": [" + CALL + "]}}]}",
					"{\"candidates\": [{\"content\": {\"parts\": [{\"text\": \"\", \"thoughtSignature\": \"s\"}]},"
							+ " \"finishReason\": \"STOP\"}]}",
					"{\"candidates\": [{\"index\": 1, \"finishReason\": \"MAX_TOKENS\"}]}")
			.answerTextEvents("Done");
		this.gemini.prompt("Go").functions(weather((call) -> 1)).stream().blockLast();
		this.server.takeJson();
		JsonNode second = this.server.takeJson();
		assertThat(second.at("/contents/1/parts")).isEqualTo(GeminiServer
			.tree("[{\"text\": \"I look\"}, " + CALL + ", {\"text\": \"\", \"thoughtSignature\": \"s\"}]"));
		assertThat(second.at("/contents/2/parts")).hasSize(1);
	}

	@Test
	void eventsOfAllRoundsAreEmittedInOrder() {
		this.server.answerEvents(GeminiServer.textResponse("Let me look. ", null), GeminiServer.response(CALL, "STOP"))
			.answerEvents(GeminiServer.textResponse("It is ", null), GeminiServer.textResponse("sunny.", "STOP"));
		List<String> order = new CopyOnWriteArrayList<>();
		GeminiFunctionCallback function = weather((call) -> {
			order.add("run");
			return "sunny";
		});
		List<GenerateContentResponse> events = this.gemini.prompt("Go")
			.functions(function)
			.stream()
			.doOnNext((event) -> order.add(describe(event)))
			.collectList()
			.block();
		assertThat(order).containsExactly("Let me look. ", "call weather", "run", "result weather", "It is ", "sunny.");
		GenerateContentResponse results = events.get(2);
		assertThat(results.finishReason()).isNull();
		assertThat(results.content().role()).isEqualTo("user");
		this.server.takeJson();
		assertThat(GeminiServer.MAPPER.<JsonNode>valueToTree(results.content()))
			.isEqualTo(this.server.takeJson().at("/contents/2"));
	}

	private static String describe(GenerateContentResponse event) {
		if (!event.functionCalls().isEmpty()) {
			return "call " + event.functionCalls().get(0).name();
		}
		return event.parts()
			.stream()
			.filter((part) -> part.functionResponse() != null)
			.map((part) -> "result " + part.functionResponse().name())
			.findFirst()
			.orElse(event.text());
	}

	@Test
	void streamedTextIsTheTextOfAllRounds() {
		this.server.answerEvents(GeminiServer.response("{\"text\": \"Wait. \"}, " + CALL, "STOP"))
			.answerTextEvents("Sunny.");
		assertThat(this.gemini.prompt("Go").functions(weather((call) -> 1)).streamText().collectList().block())
			.containsExactly("Wait. ", "Sunny.");
	}

	@Test
	void streamedResponseWithoutTextAfterACallIsAccepted() {
		this.server.answerEvents(GeminiServer.response(CALL, "STOP")).answerTextEvents("");
		assertThat(this.gemini.prompt("Go").functions(weather((call) -> 1)).streamText().collectList().block())
			.isEmpty();
	}

	@Test
	void truncatedStreamOfALaterRoundFailsAfterItsEvents() {
		this.server.answerEvents(GeminiServer.response(CALL, "STOP"))
			.answerEvents(GeminiServer.textResponse("It is", null));
		List<String> seen = new ArrayList<>();
		Mono<GenerateContentResponse> last = this.gemini.prompt("Go")
			.functions(weather((call) -> 1))
			.stream()
			.doOnNext((event) -> seen.add(describe(event)))
			.last();
		assertThatExceptionOfType(GeminiProtocolException.class).isThrownBy(last::block);
		assertThat(seen).containsExactly("call weather", "result weather", "It is");
	}

	@Test
	void errorOfALaterRoundIsThrown() {
		this.server.answerParts(CALL).answerStatus(500);
		assertThatExceptionOfType(GeminiServerException.class)
			.isThrownBy(() -> this.gemini.prompt("Go").functions(weather((call) -> 1)).call());
	}

}
