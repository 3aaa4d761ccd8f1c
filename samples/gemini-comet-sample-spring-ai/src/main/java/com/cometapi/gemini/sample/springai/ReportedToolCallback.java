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

package com.cometapi.gemini.sample.springai;

import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.metadata.ToolMetadata;

/**
 * A tool whose calls are shown on the page. The tool context has the consumer of the
 * calls; it is not sent to the tool.
 */
class ReportedToolCallback implements ToolCallback {

	private static final String REPORT = "report";

	private final ToolCallback tool;

	ReportedToolCallback(ToolCallback tool) {
		this.tool = tool;
	}

	static Map<String, Object> context(Consumer<Call> report) {
		return Map.of(REPORT, report);
	}

	@Override
	public ToolDefinition getToolDefinition() {
		return this.tool.getToolDefinition();
	}

	@Override
	public ToolMetadata getToolMetadata() {
		return this.tool.getToolMetadata();
	}

	@Override
	public String call(String input) {
		return this.tool.call(input);
	}

	@Override
	@SuppressWarnings("unchecked")
	public String call(String input, @Nullable ToolContext context) {
		String result = this.tool.call(input);
		if (context != null && context.getContext().get(REPORT) instanceof Consumer<?> report) {
			((Consumer<Call>) report).accept(new Call(getToolDefinition().name(), input, result));
		}
		return result;
	}

	record Call(String name, String arguments, String result) {

	}

}
