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
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

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
	 * Return whether a call is left to the caller of the prompt, because its function is
	 * only declared. All function responses of a round are sent together, so that no
	 * other call of the response runs before the caller has sent the result.
	 * @param call the call
	 * @param request the request
	 * @param functions the functions that can be run
	 * @return {@code true} if the caller runs it
	 */
	static boolean isForCaller(FunctionCall call, GenerateContentRequest request, GeminiFunctionRunner functions) {
		return !functions.hasFunction(call.name()) && isDeclared(request, call.name());
	}

	/**
	 * Return the function calls of a response that wait for a function response. Calls to
	 * which the server has responded are not among them. A response that was cut off or
	 * was not successful has none, since calls may be missing.
	 * @param response the whole response
	 * @return the calls in their order, empty if there are none
	 */
	public static List<FunctionCall> openCalls(GenerateContentResponse response) {
		FinishReason finishReason = response.finishReason();
		if (!GeminiResponseOutcome.isSuccessful(response) || (finishReason != null && finishReason.isCutOff())) {
			return List.of();
		}
		return openCalls(response.parts());
	}

	/**
	 * Return the function calls of a content of the model to which the server has not
	 * responded in the same content.
	 * @param parts the parts of the content
	 * @return the calls in their order, empty if there are none
	 */
	public static List<FunctionCall> openCalls(List<Part> parts) {
		List<FunctionCall> calls = new ArrayList<>();
		for (Part part : parts) {
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

	/**
	 * Return whether functions are to run before the first round: whether the last
	 * content of a request has a function response without a value.
	 * @param request the request
	 * @return {@code true} if there are calls to resume
	 */
	static boolean isResumption(GenerateContentRequest request) {
		List<Content> contents = request.contents();
		return !contents.isEmpty()
				&& !responses(contents.get(contents.size() - 1)).stream().allMatch(FunctionProtocol::hasValue);
	}

	/**
	 * Return the calls whose functions are to run before the first round: the calls of
	 * the last response of the model to which neither the server nor, with a value, the
	 * caller has responded.
	 * @param request the request
	 * @return the calls, in order
	 */
	static List<FunctionCall> callsToResume(GenerateContentRequest request) {
		List<Content> contents = request.contents();
		if (contents.size() < 2) {
			return List.of();
		}
		// Includes responses without a value, since calls without ids are matched by
		// their
		// order.
		List<FunctionResponse> given = responses(contents.get(contents.size() - 1));
		return openCalls(contents.get(contents.size() - 2).parts()).stream()
			.filter((call) -> !hasValue(take(given, call)))
			.toList();
	}

	/**
	 * Return the content with the responses to all calls that the model is waiting for.
	 * @param request the request whose last content has function responses without a
	 * value
	 * @param results the results of the calls to resume, in order
	 * @return the content that replaces the last one of the request
	 */
	static Content resumed(GenerateContentRequest request, List<Part> results) {
		List<Content> contents = request.contents();
		Content last = contents.get(contents.size() - 1);
		List<FunctionResponse> given = responses(last);
		Iterator<Part> next = results.iterator();
		List<Part> parts = new ArrayList<>();
		for (FunctionCall call : openCalls(contents.get(contents.size() - 2).parts())) {
			FunctionResponse response = take(given, call);
			parts.add((response != null && hasValue(response)) ? Part.functionResponse(response) : next.next());
		}
		last.parts().stream().filter((part) -> part.functionResponse() == null).forEach(parts::add);
		return Content.user(parts.toArray(Part[]::new));
	}

	private static List<FunctionResponse> responses(Content content) {
		return content.parts()
			.stream()
			.map(Part::functionResponse)
			.filter(Objects::nonNull)
			.collect(Collectors.toCollection(ArrayList::new));
	}

	private static boolean hasValue(@Nullable FunctionResponse response) {
		return response != null && (response.response() != null || !response.parts().isEmpty());
	}

	private static @Nullable FunctionResponse take(List<FunctionResponse> responses, FunctionCall call) {
		for (FunctionResponse response : responses) {
			if (isResponseTo(call, response)) {
				responses.remove(response);
				return response;
			}
		}
		return null;
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
	 * Return the request that sends function responses back.
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
		return continued(request, contents);
	}

	/**
	 * Return a request that continues a turn in which the model has responded. The
	 * function calling mode {@code ANY} becomes {@code AUTO}, since otherwise the model
	 * would have to call functions forever.
	 * @param request the request of the turn
	 * @param contents the contents to send
	 * @return the request of the next round
	 */
	static GenerateContentRequest continued(GenerateContentRequest request, List<Content> contents) {
		return request.toBuilder().contents(contents).toolConfig(withoutForcedCalls(request.toolConfig())).build();
	}

	private static @Nullable ToolConfig withoutForcedCalls(@Nullable ToolConfig toolConfig) {
		FunctionCallingConfig calling = (toolConfig != null) ? toolConfig.functionCallingConfig() : null;
		if (toolConfig == null || calling == null || !FunctionCallingMode.ANY.equals(calling.mode())) {
			return toolConfig;
		}
		FunctionCallingConfig auto = FunctionCallingConfig.of(FunctionCallingMode.AUTO);
		return toolConfig.withFunctionCalling(new FunctionCallingConfig(auto.mode(), auto.allowedFunctionNames(),
				calling.streamFunctionCallArguments(), calling.additional()));
	}

}
