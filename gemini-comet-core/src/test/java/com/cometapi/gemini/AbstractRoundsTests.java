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

import java.util.function.Function;

import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.function.GeminiFunctionCall;
import com.cometapi.gemini.function.GeminiFunctionCallback;
import com.cometapi.gemini.testsupport.GeminiServer;
import org.junit.jupiter.api.AutoClose;

/**
 * Base class of tests with a template and a server that returns one response per round.
 */
abstract class AbstractRoundsTests {

	static final String CALL = "{\"functionCall\": {\"name\": \"weather\", \"args\": {\"city\": \"Paris\"}}}";

	@AutoClose
	final GeminiServer server = new GeminiServer();

	final GeminiTemplate gemini = this.server.template();

	/**
	 * Prompt once, so that the connection is open and the classes are loaded before a
	 * time limit begins.
	 */
	void warmUp() {
		this.server.answerText("Warm");
		this.gemini.prompt("Warm up").text();
	}

	static GeminiFunctionCallback weather(Function<GeminiFunctionCall, Object> function) {
		return GeminiFunctionCallback.of(FunctionDeclaration.of("weather", "A test"), function);
	}

}
