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

import java.util.concurrent.atomic.AtomicInteger;

import com.cometapi.gemini.function.GeminiFunctionCallback;
import com.cometapi.gemini.testsupport.GeminiServer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a call which arrives more than once runs once.
 */
class RepeatedCallsTests extends AbstractRoundsTests {

	private static final String PARIS = call("c1", "Paris");

	private final AtomicInteger runs = new AtomicInteger();

	private final GeminiFunctionCallback function = weather((call) -> this.runs.incrementAndGet());

	@Test
	void callThatArrivesAgainInALaterEventIsOneCall() {
		this.server
			.answerEvents(GeminiServer.response("{\"text\": \"I look\"}, " + PARIS, null),
					GeminiServer.response(PARIS.replace("}}}", "}}, \"thoughtSignature\": \"sign\"}"), null),
					GeminiServer.response(PARIS, "STOP"))
			.answerTextEvents("Done");
		this.gemini.prompt("Go").functions(this.function).stream().blockLast();

		assertThat(this.runs).hasValue(1);
		JsonNode contents = secondBody().get("contents");
		assertThat(contents.at("/1/parts")).isEqualTo(GeminiServer
			.tree("[{\"text\": \"I look\"}, " + PARIS.replace("}}}", "}}, \"thoughtSignature\": \"sign\"}") + "]"));
		assertThat(contents.at("/2/parts")).hasSize(1);
	}

	@Test
	void callThatIsTwiceInAWholeResponseIsOneCall() {
		this.server.answerParts(PARIS + ", " + PARIS).answerText("Done");
		this.gemini.prompt("Go").functions(this.function).call();

		assertThat(this.runs).hasValue(1);
		JsonNode contents = secondBody().get("contents");
		assertThat(contents.at("/1/parts")).hasSize(1);
		assertThat(contents.at("/2/parts")).hasSize(1);
	}

	@Test
	void callThatArrivedInPiecesAndArrivesAgainAsAWholeIsOneCall() {
		this.server.answerEvents(GeminiServer.response("""
				{"functionCall": {"id": "c1", "name": "weather", "willContinue": true}}""", null), GeminiServer
			.response("""
					{"functionCall": {"id": "c1", "partialArgs": [{"jsonPath": "$.city", "stringValue": "Paris"}]}}""",
					null),
				GeminiServer.response(PARIS, "STOP"))
			.answerTextEvents("Done");
		this.gemini.prompt("Go").functions(this.function).stream().blockLast();

		assertThat(this.runs).hasValue(1);
		assertThat(secondBody().at("/contents/1/parts")).hasSize(1);
	}

	@Test
	void callsWithoutAnIdOrWithOtherArgumentsAreSeveralCalls() {
		this.server
			.answerEvents(GeminiServer.response(CALL, null), GeminiServer.response(CALL, null),
					GeminiServer.response(PARIS, null), GeminiServer.response(call("c1", "Oslo"), null),
					GeminiServer.response(call("c2", "Paris"), "STOP"))
			.answerTextEvents("Done");
		this.gemini.prompt("Go").functions(this.function).stream().blockLast();

		assertThat(this.runs).hasValue(5);
	}

	// The model calls the function again after it got the first result. Some endpoints
	// use the same ids in each response.
	@Test
	void callOfALaterRoundIsAnotherCall() {
		this.server.answerParts(PARIS).answerParts(PARIS).answerText("Done");
		this.gemini.prompt("Go").functions(this.function).call();

		assertThat(this.runs).hasValue(2);
	}

	private JsonNode secondBody() {
		this.server.takeJson();
		return this.server.takeJson();
	}

	private static String call(String id, String city) {
		return "{\"functionCall\": {\"id\": \"%s\", \"name\": \"weather\", \"args\": {\"city\": \"%s\"}}}".formatted(id,
				city);
	}

}
