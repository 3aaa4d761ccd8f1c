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

package com.cometapi.gemini.sample.chat;

import java.util.List;
import java.util.Set;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.api.Model;
import com.cometapi.gemini.autoconfigure.GeminiConnectionDetails;
import com.cometapi.gemini.autoconfigure.GeminiConnectionProperties;
import com.cometapi.gemini.prompt.ThinkingOptions;
import com.cometapi.gemini.test.GeminiSimulator;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells the page which endpoint and models it can use, and how the models think.
 */
@RestController
@RequestMapping("/api")
class InfoController {

	private final GeminiOperations gemini;

	private final Info info;

	InfoController(GeminiOperations gemini, GeminiConnectionProperties properties, GeminiConnectionDetails connection,
			ObjectProvider<GeminiSimulator> simulator) {
		this.gemini = gemini;
		this.info = new Info(simulator.getIfAvailable() != null, connection.getBaseUrl().getHost(),
				ChatModel.of(properties.model()), FunctionApprovals.FUNCTIONS);
	}

	@GetMapping("/info")
	Info info() {
		return this.info;
	}

	@GetMapping("/models")
	List<ChatModel> models() {
		return this.gemini.models()
			.stream()
			.map(InfoController::id)
			.filter(InfoController::isForChat)
			.sorted()
			.map(ChatModel::of)
			.toList();
	}

	private static String id(Model model) {
		return (model.name() != null) ? model.name().replaceFirst("^models/", "") : "";
	}

	private static boolean isForChat(String id) {
		return id.startsWith("gemini-") && !id.contains("-tts") && !id.contains("-embedding");
	}

	/**
	 * Information about the application.
	 *
	 * @param demo whether a simulator answers
	 * @param host the host of the endpoint
	 * @param defaultModel the model that is asked unless another one is chosen
	 * @param approvals the functions whose calls wait for the visitor
	 */
	record Info(boolean demo, String host, ChatModel defaultModel, Set<String> approvals) {

	}

	/**
	 * A model with its thinking options.
	 *
	 * @param id the id
	 * @param thinking the settings of its thinking that the library knows
	 */
	record ChatModel(String id, ThinkingOptions thinking) {

		static ChatModel of(String id) {
			return new ChatModel(id, ThinkingOptions.of(id));
		}

	}

}
