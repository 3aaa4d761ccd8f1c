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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import com.cometapi.gemini.api.Blob;
import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FinishReason;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.FunctionResponse;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.PromptFeedback;
import com.cometapi.gemini.api.UsageMetadata;
import com.cometapi.gemini.client.GeminiException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Signal;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.codec.ServerSentEvent;
import org.springframework.util.StringUtils;

/**
 * Maps the responses of one stream to events, and keeps what the last events say. For one
 * thread at a time.
 */
final class ResponseEvents {

	private static final Log logger = LogFactory.getLog(GeminiServerSentEvents.class);

	private final JsonMapper mapper;

	private final GeminiErrorEventMapper errorMapper;

	private List<ServerSentEvent<String>> events = new ArrayList<>();

	private long lastId;

	// Of the rounds before this one.
	private @Nullable UsageMetadata earlierUsage;

	private @Nullable UsageMetadata usage;

	private @Nullable FinishReason finishReason;

	private @Nullable String finishMessage;

	private @Nullable PromptFeedback promptFeedback;

	private @Nullable String modelVersion;

	private @Nullable String responseId;

	ResponseEvents(JsonMapper mapper, GeminiErrorEventMapper errorMapper) {
		this.mapper = mapper;
		this.errorMapper = errorMapper;
	}

	/**
	 * Return the events of a signal.
	 * @param signal a response, the end or an error
	 * @return the events, in order
	 */
	List<ServerSentEvent<String>> map(Signal<? extends GenerateContentResponse> signal) {
		GenerateContentResponse response = signal.get();
		if (response == null) {
			Throwable failure = signal.getThrowable();
			return (failure != null) ? fail(failure) : complete();
		}
		this.events = new ArrayList<>();
		addResponse(response);
		return this.events;
	}

	private List<ServerSentEvent<String>> complete() {
		this.events = new ArrayList<>();
		addUsage();
		addDone();
		return this.events;
	}

	/**
	 * Return the last events of a stream that failed.
	 * @param failure why it failed
	 * @return the events, in order
	 */
	List<ServerSentEvent<String>> fail(Throwable failure) {
		this.events = new ArrayList<>();
		addUsage();
		addError(failure);
		return this.events;
	}

	private void addResponse(GenerateContentResponse response) {
		Content content = response.content();
		if (content != null && "user".equals(content.role())) {
			endRound();
			this.finishMessage = null;
		}
		for (Candidate candidate : response.candidates()) {
			addCandidate(candidate);
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
			add(thought ? "thought" : "text", index, new Data().put("text", part.text()));
		}
		if (part.inlineData() != null) {
			addInlineData(index, part.inlineData(), thought);
		}
		if (part.functionCall() != null) {
			addFunctionCall(index, part.functionCall());
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

	private void addInlineData(int index, Blob blob, boolean thought) {
		Data data = new Data();
		if (thought) {
			// A page that appends thoughts without looking gets nothing to append
			data.put("text", "");
		}
		data.put("mimeType", blob.mimeType()).put("data", blob.data());
		add(thought ? "thought" : "inline-data", index, data);
	}

	private void addFunctionCall(int index, FunctionCall call) {
		Data data = new Data().put("id", call.id()).put("name", call.name());
		if (call.partialArgs().isEmpty()) {
			data.put("args", (call.args() != null) ? call.args() : Map.of());
		}
		else {
			data.put("partialArgs", call.partialArgs());
		}
		add("function-call", index, data.put("willContinue", call.willContinue()));
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

	private void addUsage() {
		endRound();
		UsageMetadata usage = this.earlierUsage;
		this.earlierUsage = null;
		if (usage != null && hasCounts(usage)) {
			add("usage", usage);
		}
	}

	// Each round of a prompt with functions is charged for.
	private void endRound() {
		UsageMetadata earlier = this.earlierUsage;
		if (this.usage != null) {
			this.earlierUsage = (earlier != null) ? earlier.plus(this.usage) : this.usage;
			this.usage = null;
		}
	}

	private boolean hasCounts(UsageMetadata usage) {
		// The events of Vertex AI before the last one have no more than the traffic type
		return this.mapper.valueToTree(usage).propertyNames().stream().anyMatch((name) -> name.endsWith("TokenCount"));
	}

	private void addDone() {
		Data data = new Data().put("finishReason", this.finishReason).put("finishMessage", this.finishMessage);
		if (this.promptFeedback != null) {
			data.put("blockReason", this.promptFeedback.blockReason())
				.put("blockReasonMessage", this.promptFeedback.blockReasonMessage());
		}
		data.put("modelVersion", this.modelVersion).put("responseId", this.responseId);
		add("done", data.members);
	}

	private void addError(Throwable failure) {
		if (failure instanceof GeminiException || failure instanceof TimeoutException) {
			logger.warn("The browser is told of a failure: " + failure);
		}
		else {
			logger.error("The browser is told of a failure", failure);
		}
		GeminiErrorEvent event = toErrorEvent(failure);
		Data data = new Data().put("code", event.code())
			.put("message", event.message())
			.put("transient", event.isTransient());
		add("error", data.members);
	}

	private GeminiErrorEvent toErrorEvent(Throwable failure) {
		try {
			return this.errorMapper.map(failure);
		}
		catch (RuntimeException ex) {
			logger.error("The error mapper failed", ex);
			return GeminiErrorEventMapper.standard().map(failure);
		}
	}

	private void add(String name, int index, Data data) {
		add(name, data.put("candidate", (index > 0) ? index : null).members);
	}

	private void add(String name, Object data) {
		String json = this.mapper.writeValueAsString(data);
		this.lastId++;
		this.events.add(ServerSentEvent.builder(json).id(Long.toString(this.lastId)).event(name).build());
	}

	/**
	 * The members of an event, absent ones left out.
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
			boolean empty = value == null || ResponseEvents.this.mapper.valueToTree(value).isEmpty();
			return put(name, empty ? null : value);
		}

		boolean isEmpty() {
			return this.members.isEmpty();
		}

	}

}
