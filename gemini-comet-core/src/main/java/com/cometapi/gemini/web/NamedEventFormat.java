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

package com.cometapi.gemini.web;

import java.math.BigDecimal;
import java.util.Map;

import com.cometapi.gemini.api.Blob;
import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.CodeExecutionResult;
import com.cometapi.gemini.api.ExecutableCode;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.FunctionResponse;
import com.cometapi.gemini.api.UsageMetadata;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The named events of {@link GeminiServerSentEvents}.
 */
final class NamedEventFormat implements ResponseEventFormat {

	private final JsonMapper mapper;

	private final EventBuffer events;

	NamedEventFormat(JsonMapper mapper, EventBuffer events) {
		this.mapper = mapper;
		this.events = events;
	}

	@Override
	public void addText(int candidate, boolean thought, String text) {
		add(thought ? "thought" : "text", candidate, new EventData().put("text", text));
	}

	@Override
	public void addInlineData(int candidate, boolean thought, Blob blob) {
		EventData data = new EventData();
		if (thought) {
			// A page that appends the text of every thought event appends nothing
			data.put("text", "");
		}
		data.put("mimeType", blob.mimeType()).put("data", blob.data());
		add(thought ? "thought" : "inline-data", candidate, data);
	}

	@Override
	public void addFunctionCall(int candidate, FunctionCall call) {
		EventData data = new EventData().put("id", call.id())
			.put("name", call.name())
			.put("args", (call.args() != null) ? call.args() : Map.of());
		if (!call.partialArgs().isEmpty()) {
			data.put("partialArgs", call.partialArgs());
		}
		add("function-call", candidate, data.put("willContinue", call.willContinue()));
	}

	@Override
	public void addFunctionResult(int candidate, FunctionResponse result) {
		add("function-result", candidate,
				new EventData().put("id", result.id())
					.put("name", result.name())
					.put("response", (result.response() != null) ? result.response() : Map.of()));
	}

	@Override
	public void addCode(int candidate, ExecutableCode code) {
		add("code", candidate, new EventData().put("executableCode", code));
	}

	@Override
	public void addCodeResult(int candidate, CodeExecutionResult result) {
		add("code", candidate, new EventData().put("codeExecutionResult", result));
	}

	@Override
	public void addGrounding(int index, Candidate candidate) {
		EventData data = new EventData().put("groundingMetadata", unlessEmpty(candidate.groundingMetadata()))
			.put("urlContextMetadata", unlessEmpty(candidate.urlContextMetadata()))
			.put("citationMetadata", unlessEmpty(candidate.citationMetadata()));
		if (!data.isEmpty()) {
			add("grounding", index, data.put("sources", candidate.sources()));
		}
	}

	private @Nullable Object unlessEmpty(@Nullable Object message) {
		return (message == null || this.mapper.valueToTree(message).isEmpty()) ? null : message;
	}

	@Override
	public void addUsage(UsageMetadata usage, @Nullable BigDecimal cost) {
		ObjectNode data = this.mapper.valueToTree(usage);
		if (cost != null) {
			data.put("cost", cost);
		}
		this.events.add("usage", data);
	}

	@Override
	public void addEnd(ResponseEnding ending) {
		this.events.add("done", data(ending));
	}

	@Override
	public void addFailure(Throwable failure, ResponseEnding ending, boolean ofResponse) {
		this.events.addError(failure, ofResponse ? data(ending) : Map.of());
	}

	private Map<String, @Nullable Object> data(ResponseEnding ending) {
		EventData data = new EventData().put("finishReason", ending.finishReason())
			.put("finishMessage", ending.finishMessage());
		if (ending.promptFeedback() != null) {
			data.put("blockReason", ending.promptFeedback().blockReason())
				.put("blockReasonMessage", ending.promptFeedback().blockReasonMessage());
		}
		return data.put("modelVersion", ending.modelVersion()).put("responseId", ending.responseId()).members();
	}

	private void add(String name, int index, EventData data) {
		this.events.add(name, data.put("candidate", (index > 0) ? index : null).members());
	}

}
