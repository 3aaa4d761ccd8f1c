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

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.function.GeminiFunctionCallback;
import com.cometapi.gemini.function.GeminiFunctionRunner;
import com.cometapi.gemini.function.GeminiFunctions;
import com.cometapi.gemini.testsupport.GeminiServer;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;

/**
 * Reads values as typed responses and as arguments of functions.
 */
abstract class AbstractSchemaRulesTests extends AbstractPromptEntityTests {

	static final JsonMapper plain = JsonMapper.builder().build();

	static Object read(Type type, String json) {
		return read(plain, type, json);
	}

	static Object read(JsonMapper jsonMapper, Type type, String json) {
		EntityReader<Object> reader = new EntityReaderFactory(GeminiEntitySettings.of(jsonMapper)).forType(type);
		return reader.read(
				GeminiServer.MAPPER.readValue(GeminiServer.textResponse(json, "STOP"), GenerateContentResponse.class));
	}

	// Return the argument of the function, or the error that is sent to the model.
	static List<Object> call(Type type, String json) {
		List<Object> taken = new ArrayList<>();
		GeminiFunctions functions = GeminiFunctions.builder(plain).build();
		GeminiFunctionRunner runner = functions.runner(List.of(GeminiFunctionCallback.of("take", "A test",
				ParameterizedTypeReference.forType(type), (input, context) -> {
					taken.add(input);
					return "";
				})));
		String args = ResolvableType.forType(type).toClass().isRecord() ? json : "{\"input\": " + json + "}";
		FunctionCall call = GeminiServer.MAPPER.readValue("{\"name\": \"take\", \"args\": " + args + "}",
				FunctionCall.class);
		Map<String, Object> response = runner.run(List.of(call))
			.block(Duration.ofSeconds(30))
			.get(0)
			.functionResponse()
			.response();
		return response.containsKey("error") ? List.of(response.get("error")) : taken;
	}

	record Holder<T>(T value) {

	}

}
