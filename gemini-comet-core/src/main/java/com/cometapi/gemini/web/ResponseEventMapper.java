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

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import com.cometapi.gemini.api.Blob;
import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.FinishReason;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.FunctionResponse;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.PromptFeedback;
import com.cometapi.gemini.api.SurrogateSafeChunks;
import com.cometapi.gemini.api.UsageMetadata;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiResponseOutcome;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.StringUtils;

/**
 * Maps responses to events, and collects the usage and the ending for the final events.
 */
final class ResponseEventMapper extends EventMapper<GenerateContentResponse> {

	private final JsonMapper mapper;

	private final FunctionCallAssembler callPieces = new FunctionCallAssembler();

	// By candidate index
	private final Map<Integer, SurrogateSafeChunks> texts = new HashMap<>();

	private final Map<Integer, SurrogateSafeChunks> thoughts = new HashMap<>();

	// Of the previous rounds
	private @Nullable UsageMetadata earlierUsage;

	private @Nullable UsageMetadata usage;

	private boolean hasResponse;

	// Of the first candidate in the current round
	private boolean hasText;

	private boolean hasContent;

	private @Nullable FinishReason finishReason;

	private @Nullable String finishMessage;

	private @Nullable PromptFeedback promptFeedback;

	private @Nullable String modelVersion;

	private @Nullable String responseId;

	ResponseEventMapper(JsonMapper mapper, EventBuffer events) {
		super(events);
		this.mapper = mapper;
	}

	@Override
	void add(GenerateContentResponse response) {
		this.hasResponse = true;
		if (response.isFunctionResponses()) {
			addUnfinishedCalls();
			endRound();
			this.finishReason = null;
			this.finishMessage = null;
		}
		for (Candidate candidate : response.candidates()) {
			addCandidate(candidate);
		}
		if (response.isFunctionResponses()) {
			this.hasText = false;
			this.hasContent = false;
		}
		if (response.usageMetadata() != null) {
			this.usage = (this.usage != null) ? this.usage.merge(response.usageMetadata()) : response.usageMetadata();
		}
		if (response.isPromptBlocked()) {
			this.promptFeedback = response.promptFeedback();
		}
		this.modelVersion = (response.modelVersion() != null) ? response.modelVersion() : this.modelVersion;
		this.responseId = (response.responseId() != null) ? response.responseId() : this.responseId;
	}

	private void addCandidate(Candidate candidate) {
		int index = (candidate.index() != null) ? candidate.index() : 0;
		for (Part part : candidate.parts()) {
			addPart(index, part);
			if (index == 0 && !this.hasText && part.hasContent()) {
				this.hasContent = true;
				this.hasText = StringUtils.hasLength(part.text());
			}
		}
		addGrounding(index, candidate);
		if (index == 0) {
			this.finishReason = (candidate.finishReason() != null) ? candidate.finishReason() : this.finishReason;
			this.finishMessage = (candidate.finishMessage() != null) ? candidate.finishMessage() : this.finishMessage;
		}
	}

	private void addPart(int index, Part part) {
		boolean thought = part.isThought();
		if (StringUtils.hasLength(part.text())) {
			addText(index, thought, part.text());
		}
		if (part.inlineData() != null) {
			addInlineData(index, part.inlineData(), thought);
		}
		if (part.functionCall() != null) {
			this.callPieces.add(index, part, part.functionCall()).forEach((call) -> addFunctionCall(index, call));
		}
		if (part.functionResponse() != null) {
			addFunctionResult(index, part.functionResponse());
		}
		if (part.executableCode() != null) {
			add("code", index, new Data().put("executableCode", part.executableCode()));
		}
		if (part.codeExecutionResult() != null) {
			add("code", index, new Data().put("codeExecutionResult", part.codeExecutionResult()));
		}
	}

	private void addText(int index, boolean thought, String piece) {
		Map<Integer, SurrogateSafeChunks> pieces = thought ? this.thoughts : this.texts;
		addText(index, thought ? "thought" : "text",
				pieces.computeIfAbsent(index, (key) -> new SurrogateSafeChunks()).add(piece));
	}

	private void addText(int index, String name, String text) {
		if (!text.isEmpty()) {
			add(name, index, new Data().put("text", text));
		}
	}

	private void addUnfinishedTexts() {
		this.thoughts.forEach((index, pieces) -> addText(index, "thought", pieces.end()));
		this.texts.forEach((index, pieces) -> addText(index, "text", pieces.end()));
	}

	private void addInlineData(int index, Blob blob, boolean thought) {
		Data data = new Data();
		if (thought) {
			// A page that appends the text of every thought event appends nothing
			data.put("text", "");
		}
		data.put("mimeType", blob.mimeType()).put("data", blob.data());
		add(thought ? "thought" : "inline-data", index, data);
	}

	private void addFunctionCall(int index, FunctionCall call) {
		Data data = new Data().put("id", call.id())
			.put("name", call.name())
			.put("args", (call.args() != null) ? call.args() : Map.of());
		if (!call.partialArgs().isEmpty()) {
			data.put("partialArgs", call.partialArgs());
		}
		add("function-call", index, data.put("willContinue", call.willContinue()));
	}

	private void addUnfinishedCalls() {
		this.callPieces.takeAll(this::addFunctionCall);
	}

	private void addFunctionResult(int index, FunctionResponse result) {
		add("function-result", index,
				new Data().put("id", result.id())
					.put("name", result.name())
					.put("response", (result.response() != null) ? result.response() : Map.of()));
	}

	private void addGrounding(int index, Candidate candidate) {
		Data data = new Data().putUnlessEmpty("groundingMetadata", candidate.groundingMetadata())
			.putUnlessEmpty("urlContextMetadata", candidate.urlContextMetadata())
			.putUnlessEmpty("citationMetadata", candidate.citationMetadata());
		if (!data.isEmpty()) {
			add("grounding", index, data.put("sources", candidate.sources()));
		}
	}

	@Override
	void addRest() {
		addUnfinishedTexts();
		addUnfinishedCalls();
		addUsage();
	}

	private void addUsage() {
		endRound();
		UsageMetadata usage = this.earlierUsage;
		this.earlierUsage = null;
		if (usage != null && hasCounts(usage)) {
			events().add("usage", usage);
		}
	}

	// Each round is billed, so that the counts of all rounds add up.
	private void endRound() {
		this.earlierUsage = UsageMetadata.sum(this.earlierUsage, this.usage);
		this.usage = null;
	}

	private boolean hasCounts(UsageMetadata usage) {
		// Vertex AI reports only the traffic type in all events but the last
		return this.mapper.valueToTree(usage).propertyNames().stream().anyMatch((name) -> name.endsWith("TokenCount"));
	}

	@Override
	void addEnd() {
		GeminiException failure = (this.hasResponse)
				? GeminiResponseOutcome.findFailure(ending(), this.hasText, this.hasContent) : null;
		if (failure != null) {
			events().addError(failure, endingData().members);
		}
		else {
			events().add("done", endingData().members);
		}
	}

	private GenerateContentResponse ending() {
		return GenerateContentResponse.builder()
			.candidates(Candidate.builder().finishReason(this.finishReason).finishMessage(this.finishMessage).build())
			.promptFeedback(this.promptFeedback)
			.modelVersion(this.modelVersion)
			.responseId(this.responseId)
			.build();
	}

	private Data endingData() {
		Data data = new Data().put("finishReason", this.finishReason).put("finishMessage", this.finishMessage);
		if (this.promptFeedback != null) {
			data.put("blockReason", this.promptFeedback.blockReason())
				.put("blockReasonMessage", this.promptFeedback.blockReasonMessage());
		}
		return data.put("modelVersion", this.modelVersion).put("responseId", this.responseId);
	}

	private void add(String name, int index, Data data) {
		events().add(name, data.put("candidate", (index > 0) ? index : null).members);
	}

	/**
	 * Members of an event, without those that have no value.
	 */
	private final class Data {

		private final Map<String, Object> members = new LinkedHashMap<>();

		Data put(String name, @Nullable Object value) {
			if (value != null) {
				this.members.put(name, value);
			}
			return this;
		}

		Data putUnlessEmpty(String name, @Nullable Object value) {
			boolean empty = value == null || ResponseEventMapper.this.mapper.valueToTree(value).isEmpty();
			return put(name, empty ? null : value);
		}

		boolean isEmpty() {
			return this.members.isEmpty();
		}

	}

}
