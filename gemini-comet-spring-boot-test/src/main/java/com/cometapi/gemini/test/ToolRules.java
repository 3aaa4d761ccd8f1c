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

package com.cometapi.gemini.test;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;

/**
 * Rules for tools and function declarations.
 */
final class ToolRules implements RequestRules.Rule {

	private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_:.-]{0,63}");

	private static final List<String> BUILT_IN = List.of("googleSearch", "googleMaps", "urlContext", "codeExecution",
			"fileSearch", "computerUse");

	@Override
	public void check(SimulatedRequest request) {
		List<JsonNode> functions = request.functions();
		Set<String> names = new HashSet<>();
		for (int i = 0; i < functions.size(); i++) {
			checkFunction(functions.get(i), "GenerateContentRequest.tools[0].function_declarations[" + i + "]", names);
		}
		boolean builtIn = BUILT_IN.stream().anyMatch((kind) -> request.tool(kind) != null);
		if (request.tool("googleSearchRetrieval") != null) {
			throw RequestRejectedException
				.invalidArgument("google_search_retrieval is not supported. Please use google_search tool instead.");
		}
		if (builtIn && !functions.isEmpty()) {
			checkCombination(request);
		}
		checkMode(request.body().path("toolConfig").path("functionCallingConfig"), names);
		checkFormat(request, builtIn, !functions.isEmpty());
	}

	private static void checkFunction(JsonNode function, String path, Set<String> names) {
		String name = function.path("name").asString("");
		if (!NAME.matcher(name).matches()) {
			throw RequestRejectedException.invalidArgument("* " + path + ".name: Invalid function name. Must start "
					+ "with a letter or an underscore. Must be alphanumeric (a-z, A-Z, 0-9), underscores (_), dots "
					+ "(.), colons (:), or dashes (-), with a maximum length of 64.\n");
		}
		if (!names.add(name)) {
			throw RequestRejectedException.invalidArgument("Duplicate function declaration found: " + name);
		}
		if (function.has("parameters") && function.has("parametersJsonSchema")) {
			throw RequestRejectedException
				.invalidArgument("* " + path + ": only one of parameters and parameters_json_schema can be set.\n");
		}
		if (function.has("parameters")) {
			SchemaRules.check(function.get("parameters"), path + ".parameters");
		}
	}

	private static void checkCombination(SimulatedRequest request) {
		if (!request.model().isGemini3()) {
			throw RequestRejectedException
				.invalidArgument("Tool use with function calling is unsupported by the model.");
		}
		boolean enabled = request.body().path("toolConfig").path("includeServerSideToolInvocations").asBoolean(false);
		if (!enabled) {
			throw RequestRejectedException.invalidArgument("Please enable "
					+ "tool_config.include_server_side_tool_invocations to use Built-in tools with Function calling.");
		}
	}

	private static void checkMode(JsonNode config, Set<String> names) {
		if (!config.has("allowedFunctionNames")) {
			return;
		}
		String mode = config.path("mode").asString("AUTO");
		if (!mode.equals("ANY") && !mode.equals("VALIDATED")) {
			throw RequestRejectedException.invalidArgument("Please set allowed_function_names only when "
					+ "function_calling_config.mode is set to ANY or VALIDATED.");
		}
		config.get("allowedFunctionNames").forEach((name) -> {
			if (!names.contains(name.asString(""))) {
				throw RequestRejectedException.invalidArgument(
						"allowed_function_names contains a function that is not declared: " + name.asString(""));
			}
		});
	}

	private static void checkFormat(SimulatedRequest request, boolean builtIn, boolean functions) {
		String mimeType = request.config().path("responseMimeType").asString("text/plain");
		if (mimeType.equals("text/plain") || request.model().isGemini3()) {
			return;
		}
		if (builtIn || functions) {
			throw RequestRejectedException.invalidArgument(((functions) ? "Function calling" : "Tool use")
					+ " with a response mime type: '" + mimeType + "' is unsupported");
		}
	}

}
