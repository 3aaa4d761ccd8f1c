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

import com.cometapi.gemini.api.ComputerUse;
import com.cometapi.gemini.api.FileSearch;
import com.cometapi.gemini.api.FunctionCallingMode;
import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.api.GoogleMaps;
import com.cometapi.gemini.api.GoogleSearch;
import com.cometapi.gemini.api.LatLng;
import com.cometapi.gemini.api.McpServer;
import com.cometapi.gemini.api.Tool;
import com.cometapi.gemini.api.ToolConfig;

import org.springframework.util.Assert;

/**
 * Tools of a prompt. Part of {@link PromptSpec}.
 *
 * <p>
 * The endpoint decides which tools a model supports, and in which combinations.
 *
 * @param <S> the type of the prompt
 */
public interface PromptToolSpec<S extends PromptToolSpec<S>> {

	/**
	 * Add a tool. Adding an equal one again changes nothing.
	 * @param tool the tool
	 * @return this prompt
	 */
	S tool(Tool tool);

	/**
	 * Ground the response in Google Search.
	 * @return this prompt
	 */
	default S googleSearch() {
		return tool(Tool.ofGoogleSearch());
	}

	/**
	 * Ground the response in Google Search.
	 * @param googleSearch the settings of the search
	 * @return this prompt
	 */
	default S googleSearch(GoogleSearch googleSearch) {
		return tool(Tool.builder().googleSearch(googleSearch).build());
	}

	/**
	 * Ground the response in Google Maps.
	 * @return this prompt
	 */
	default S googleMaps() {
		return tool(Tool.ofGoogleMaps());
	}

	/**
	 * Ground the response in Google Maps.
	 * @param googleMaps the settings of the maps
	 * @return this prompt
	 */
	default S googleMaps(GoogleMaps googleMaps) {
		return tool(Tool.builder().googleMaps(googleMaps).build());
	}

	/**
	 * Let the model read the pages whose addresses the prompt names.
	 * @return this prompt
	 */
	default S urlContext() {
		return tool(Tool.ofUrlContext());
	}

	/**
	 * Let the model write code and run it on the server.
	 * @return this prompt
	 */
	default S codeExecution() {
		return tool(Tool.ofCodeExecution());
	}

	/**
	 * Let the model search in file stores. Gemini API only.
	 * @param storeNames the names of the stores, {@code fileSearchStores/...}
	 * @return this prompt
	 */
	default S fileSearch(String... storeNames) {
		return tool(Tool.ofFileSearch(storeNames));
	}

	/**
	 * Let the model search in file stores. Gemini API only.
	 * @param fileSearch the stores and the settings of the search
	 * @return this prompt
	 */
	default S fileSearch(FileSearch fileSearch) {
		return tool(Tool.builder().fileSearch(fileSearch).build());
	}

	/**
	 * Let the model operate a user interface.
	 * @param computerUse the interface
	 * @return this prompt
	 */
	default S computerUse(ComputerUse computerUse) {
		return tool(Tool.builder().computerUse(computerUse).build());
	}

	/**
	 * Let the backend call an MCP server. Gemini API only.
	 * @param server the server
	 * @return this prompt
	 */
	S mcpServer(McpServer server);

	/**
	 * Declare functions that the model may call. The application calls them itself and
	 * sends their results back.
	 * @param functions the declarations
	 * @return this prompt
	 */
	S functions(FunctionDeclaration... functions);

	/**
	 * Set whether the model may, must or must not call functions.
	 * @param mode the mode
	 * @param allowedFunctionNames the functions it may call, with
	 * {@link FunctionCallingMode#ANY} and {@link FunctionCallingMode#VALIDATED} only;
	 * none for all of them
	 * @return this prompt
	 */
	S functionCalling(FunctionCallingMode mode, String... allowedFunctionNames);

	/**
	 * Set the location of the user, for grounding in maps and search.
	 * @param latitude the latitude in degrees, -90 to 90
	 * @param longitude the longitude in degrees, -180 to 180
	 * @return this prompt
	 */
	default S location(double latitude, double longitude) {
		Assert.isTrue(latitude >= -90 && latitude <= 90, "'latitude' must be between -90 and 90");
		Assert.isTrue(longitude >= -180 && longitude <= 180, "'longitude' must be between -180 and 180");
		return location(LatLng.of(latitude, longitude));
	}

	/**
	 * Set the location of the user, for grounding in maps and search.
	 * @param location the place
	 * @return this prompt
	 */
	S location(LatLng location);

	/**
	 * Set the language of the user, for grounding in maps and search.
	 * @param languageCode the language as a BCP 47 code, such as {@code en}
	 * @return this prompt
	 */
	S languageCode(String languageCode);

	/**
	 * Set the whole tool configuration, instead of everything set before.
	 * @param toolConfig the configuration
	 * @return this prompt
	 */
	S toolConfig(ToolConfig toolConfig);

}
