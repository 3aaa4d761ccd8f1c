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

package com.cometapi.gemini.prompt;

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
import com.cometapi.gemini.error.GeminiResponseOutcome;
import com.cometapi.gemini.function.GeminiFunctionRunner;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the API for function calls: the calls that are to be run, and the request
 * that sends the function responses back.
 */
public final class FunctionProtocol {

	private FunctionProtocol() {
	}

	/**
	 * Return the calls that are to be run. There are none if one of them is a call of a
	 * function that is only declared: the responses of a round go back all together, and
	 * the caller runs that one.
	 * @param request the request
	 * @param response the whole response
	 * @param functions the functions that can be run
	 * @return the calls, in order
	 */
	static List<FunctionCall> callsToRun(GenerateContentRequest request, GenerateContentResponse response,
			GeminiFunctionRunner functions) {
		List<FunctionCall> calls = openCalls(response);
		boolean forCaller = calls.stream()
			.anyMatch((call) -> !functions.hasFunction(call.name()) && isDeclared(request, call.name()));
		return (forCaller) ? List.of() : calls;
	}

	/**
	 * Return the function calls of a response that wait for a function response. Calls to
	 * which the server has responded do not, and those of a response that was cut off or
	 * did not end well may not be all there were.
	 * @param response the whole response
	 * @return the calls in their order, empty if there are none
	 */
	public static List<FunctionCall> openCalls(GenerateContentResponse response) {
		FinishReason finishReason = response.finishReason();
		if (!GeminiResponseOutcome.isSuccessful(response) || (finishReason != null && finishReason.isCutOff())) {
			return List.of();
		}
		List<FunctionCall> calls = new ArrayList<>();
		for (Part part : response.parts()) {
			if (part.functionCall() != null) {
				calls.add(part.functionCall());
			}
			FunctionResponse functionResponse = part.functionResponse();
			if (functionResponse != null) {
				calls.stream()
					.filter((call) -> isResponseTo(call, functionResponse))
					.findFirst()
					.ifPresent(calls::remove);
			}
		}
		return calls;
	}

	private static boolean isResponseTo(FunctionCall call, FunctionResponse response) {
		boolean haveIds = response.id() != null && call.id() != null;
		return (haveIds) ? Objects.equals(response.id(), call.id()) : Objects.equals(response.name(), call.name());
	}

	private static boolean isDeclared(GenerateContentRequest request, @Nullable String name) {
		return request.tools()
			.stream()
			.flatMap((tool) -> tool.functionDeclarations().stream())
			.anyMatch((declaration) -> Objects.equals(declaration.name(), name));
	}

	/**
	 * Return the request that sends function responses back. The function calling mode
	 * {@code ANY} becomes {@code AUTO}, since the model would call functions forever.
	 * @param request the request of the round
	 * @param content the content of the response
	 * @param functionResponses the function responses
	 * @return the request of the next round
	 */
	static GenerateContentRequest continued(GenerateContentRequest request, Content content,
			Content functionResponses) {
		List<Content> contents = new ArrayList<>(request.contents());
		contents.add(content);
		contents.add(functionResponses);
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
