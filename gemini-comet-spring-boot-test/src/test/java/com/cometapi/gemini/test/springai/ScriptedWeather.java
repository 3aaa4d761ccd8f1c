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

package com.cometapi.gemini.test.springai;

import java.util.Map;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FinishReason;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.springai.GeminiCometChatModel;
import com.cometapi.gemini.test.GeminiSimulator;

import org.springframework.ai.chat.model.ChatModel;

/**
 * A model for Spring AI's own tests of tool calls: it asks for the weather of three
 * cities at once, and then repeats the results.
 */
final class ScriptedWeather {

	private ScriptedWeather() {
	}

	static ChatModel model(GeminiSimulator simulator) {
		simulator.reset();
		simulator.next()
			.response(response(call("San Francisco", "c2lnbmF0dXJl"), call("Tokyo", null), call("Paris", null)));
		simulator.next()
			.response((request) -> response(Part.text("It was said: " + request.body().replaceAll("[\\\\\"{}]", ""))));
		return GeminiCometChatModel.create(GeminiTemplate.builder(simulator.getApiKey())
			.settings((settings) -> settings.baseUrl(simulator.getBaseUrl()))
			.build());
	}

	private static Part call(String city, String signature) {
		return Part
			.functionCall(
					FunctionCall.of("getCurrentWeather", Map.of("location", city, "lat", 0.5, "lon", 0.5, "unit", "C")))
			.toBuilder()
			.thoughtSignature(signature)
			.build();
	}

	private static GenerateContentResponse response(Part... parts) {
		return GenerateContentResponse.builder()
			.candidates(Candidate.builder().content(Content.model(parts)).finishReason(FinishReason.STOP).build())
			.build();
	}

}
