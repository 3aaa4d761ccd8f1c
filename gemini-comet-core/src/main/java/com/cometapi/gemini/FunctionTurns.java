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
import java.util.Objects;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FinishReason;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.FunctionCallingConfig;
import com.cometapi.gemini.api.FunctionCallingMode;
import com.cometapi.gemini.api.FunctionResponse;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.ToolConfig;
import com.cometapi.gemini.error.GeminiResponseEndings;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the wire for what follows the answer of a model.
 */
final class FunctionTurns {

	private FunctionTurns() {
	}

	/**
	 * Return the calls that wait for a result of the caller. Those that the server has
	 * answered itself do not, and those of an answer that was cut off or did not end well
	 * may not be all there were.
	 * @param response the whole answer
	 * @return the calls, in order
	 */
	static List<FunctionCall> callsToRun(GenerateContentResponse response) {
		FinishReason finishReason = response.finishReason();
		if (!GeminiResponseEndings.endedWell(response) || (finishReason != null && finishReason.isCutOff())) {
			return List.of();
		}
		List<FunctionCall> calls = new ArrayList<>();
		for (Part part : response.parts()) {
			if (part.functionCall() != null) {
				calls.add(part.functionCall());
			}
			FunctionResponse answer = part.functionResponse();
			if (answer != null) {
				calls.stream().filter((call) -> isAnswer(answer, call)).findFirst().ifPresent(calls::remove);
			}
		}
		return calls;
	}

	private static boolean isAnswer(FunctionResponse response, FunctionCall call) {
		boolean haveIds = response.id() != null && call.id() != null;
		return (haveIds) ? Objects.equals(response.id(), call.id()) : Objects.equals(response.name(), call.name());
	}

	static boolean isDeclared(GenerateContentRequest request, @Nullable String name) {
		return request.tools()
			.stream()
			.flatMap((tool) -> tool.functionDeclarations().stream())
			.anyMatch((declaration) -> Objects.equals(declaration.name(), name));
	}

	/**
	 * Return the request that sends results back. A model that had to ask for a function
	 * is free from now on: it would never come to an answer otherwise.
	 * @param request the request that was answered
	 * @param content the answer
	 * @param results the results
	 * @return the next request
	 */
	static GenerateContentRequest continued(GenerateContentRequest request, Content content, Content results) {
		List<Content> contents = new ArrayList<>(request.contents());
		contents.add(content);
		contents.add(results);
		return request.toBuilder().contents(contents).toolConfig(freed(request.toolConfig())).build();
	}

	private static @Nullable ToolConfig freed(@Nullable ToolConfig toolConfig) {
		FunctionCallingConfig calling = (toolConfig != null) ? toolConfig.functionCallingConfig() : null;
		if (toolConfig == null || calling == null || !FunctionCallingMode.ANY.equals(calling.mode())) {
			return toolConfig;
		}
		FunctionCallingConfig auto = FunctionCallingConfig.of(FunctionCallingMode.AUTO);
		return toolConfig.withFunctionCalling(new FunctionCallingConfig(auto.mode(), auto.allowedFunctionNames(),
				calling.streamFunctionCallArguments(), calling.additional()));
	}

}
