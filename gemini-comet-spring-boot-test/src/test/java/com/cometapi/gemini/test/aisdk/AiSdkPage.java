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

package com.cometapi.gemini.test.aisdk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A page with {@code useChat} of the real npm packages, in Node.js without a browser. Its
 * steps are those of {@code use-chat.mjs}.
 */
final class AiSdkPage {

	private final List<Map<String, Object>> steps = new ArrayList<>();

	private final Map<String, Object> chat = new LinkedHashMap<>();

	/**
	 * Load the page with the messages of an earlier run.
	 * @param page the state of the page before
	 * @param messages the number of messages that it still has
	 * @return this page
	 */
	AiSdkPage reload(JsonNode page, int messages) {
		this.chat.put("id", page.get("id"));
		this.chat.put("messages", page.get("messages").valueStream().limit(messages).toList());
		return this;
	}

	/**
	 * Have the page resume its chat by itself.
	 * @return this page
	 */
	AiSdkPage resumeAutomatically() {
		this.chat.put("resume", true);
		return this;
	}

	AiSdkPage step(String name) {
		return step(name, Map.of());
	}

	AiSdkPage step(String name, Map<String, ?> arguments) {
		Map<String, Object> step = new LinkedHashMap<>(arguments);
		step.put("do", name);
		this.steps.add(step);
		return this;
	}

	AiSdkPage send(String text) {
		return step("send", Map.of("text", text));
	}

	AiSdkPage awaitIdle() {
		return step("awaitIdle");
	}

	/**
	 * Return the line with the steps for the script.
	 * @param api the URL of the chat
	 * @return the JSON
	 */
	String toJson(String api) {
		Map<String, Object> line = new LinkedHashMap<>(this.chat);
		line.put("api", api);
		line.put("steps", this.steps);
		return JsonMapper.shared().writeValueAsString(line);
	}

}
