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
import java.util.HashMap;
import java.util.Map;

import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.FinishReason;
import com.cometapi.gemini.api.FunctionCall;
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
 * Maps responses, and the data of the application between them, to events. Collects the
 * usage and the ending for the final events.
 */
final class ResponseEventMapper extends EventMapper {

	private final JsonMapper mapper;

	private final ResponseEventFormat format;

	private final FunctionCallAssembler callPieces = new FunctionCallAssembler();

	// By candidate index
	private final Map<Integer, SurrogateSafeChunks> texts = new HashMap<>();

	private final Map<Integer, SurrogateSafeChunks> thoughts = new HashMap<>();

	// Of the previous rounds
	private @Nullable UsageMetadata earlierUsage;

	private @Nullable UsageMetadata usage;

	// Of the previous rounds
	private @Nullable BigDecimal earlierCost;

	private @Nullable BigDecimal cost;

	private boolean hasResponse;

	// Of the first candidate in the current round
	private boolean hasText;

	private boolean hasContent;

	private @Nullable FinishReason finishReason;

	private @Nullable String finishMessage;

	private @Nullable PromptFeedback promptFeedback;

	private @Nullable String modelVersion;

	private @Nullable String responseId;

	ResponseEventMapper(JsonMapper mapper, EventBuffer events, ResponseEventFormat format) {
		super(events);
		this.mapper = mapper;
		this.format = format;
	}

	@Override
	void add(Object element) {
		if (element instanceof UiDataPart part) {
			this.format.addData(part);
		}
		else {
			addResponse((GenerateContentResponse) element);
		}
	}

	private void addResponse(GenerateContentResponse response) {
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
			this.format.endRound();
			this.hasText = false;
			this.hasContent = false;
		}
		if (response.usageMetadata() != null) {
			this.usage = (this.usage != null) ? this.usage.merge(response.usageMetadata()) : response.usageMetadata();
		}
		if (response.origin() != null && response.origin().cost() != null) {
			// Each event has the cost of its call so far.
			this.cost = response.origin().cost();
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
		this.format.addGrounding(index, candidate);
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
			this.format.addInlineData(index, thought, part.inlineData());
		}
		if (part.fileData() != null) {
			this.format.addFileData(index, part);
		}
		if (part.functionCall() != null) {
			FunctionCall piece = part.functionCall();
			this.callPieces.add(index, part, piece).forEach((call) -> this.format.addFunctionCall(index, call));
			if (Boolean.TRUE.equals(piece.willContinue())) {
				this.format.addStreamedFunctionCalls(index, piece, () -> this.callPieces.streamed(index));
			}
		}
		if (part.functionResponse() != null) {
			this.format.addFunctionResult(index, part.functionResponse());
		}
		if (part.executableCode() != null) {
			this.format.addCode(index, part.executableCode());
		}
		if (part.codeExecutionResult() != null) {
			this.format.addCodeResult(index, part.codeExecutionResult());
		}
	}

	private void addText(int index, boolean thought, String piece) {
		Map<Integer, SurrogateSafeChunks> pieces = thought ? this.thoughts : this.texts;
		addWhole(index, thought, pieces.computeIfAbsent(index, (key) -> new SurrogateSafeChunks()).add(piece));
	}

	private void addWhole(int index, boolean thought, String text) {
		if (!text.isEmpty()) {
			this.format.addText(index, thought, text);
		}
	}

	private void addUnfinishedTexts() {
		this.thoughts.forEach((index, pieces) -> addWhole(index, true, pieces.end()));
		this.texts.forEach((index, pieces) -> addWhole(index, false, pieces.end()));
	}

	private void addUnfinishedCalls() {
		this.callPieces.takeAll(this.format::addFunctionCall);
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
			this.format.addUsage(usage, this.earlierCost);
		}
	}

	// Each round is billed, so that the counts and costs of all rounds add up.
	private void endRound() {
		this.earlierUsage = UsageMetadata.sum(this.earlierUsage, this.usage);
		this.usage = null;
		if (this.cost != null) {
			this.earlierCost = (this.earlierCost != null) ? this.earlierCost.add(this.cost) : this.cost;
			this.cost = null;
		}
	}

	private boolean hasCounts(UsageMetadata usage) {
		// Vertex AI reports only the traffic type in all events but the last
		return this.mapper.valueToTree(usage).propertyNames().stream().anyMatch((name) -> name.endsWith("TokenCount"));
	}

	@Override
	void addEnd() {
		ResponseEnding ending = ending();
		GeminiException failure = (this.hasResponse)
				? GeminiResponseOutcome.findFailure(ending.toResponse(), this.hasText, this.hasContent) : null;
		if (failure != null) {
			this.format.addFailure(failure, ending, true);
		}
		else {
			this.format.addEnd(ending);
		}
	}

	@Override
	void addFailure(Throwable failure) {
		this.format.addFailure(failure, ending(), false);
	}

	private ResponseEnding ending() {
		return new ResponseEnding(this.finishReason, this.finishMessage, this.promptFeedback, this.modelVersion,
				this.responseId);
	}

}
