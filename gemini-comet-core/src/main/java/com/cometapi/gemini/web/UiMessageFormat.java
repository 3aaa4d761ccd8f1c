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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

import com.cometapi.gemini.api.Blob;
import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.Citation;
import com.cometapi.gemini.api.CodeExecutionOutcome;
import com.cometapi.gemini.api.CodeExecutionResult;
import com.cometapi.gemini.api.ExecutableCode;
import com.cometapi.gemini.api.FinishReason;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.FunctionResponse;
import com.cometapi.gemini.api.MediaData;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.UsageMetadata;
import com.cometapi.gemini.web.UiToolApprovals.DecidedCall;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The chunks of the UI message stream protocol of the AI SDK, version 1. Its messages
 * have one candidate; all others are left out.
 */
final class UiMessageFormat implements ResponseEventFormat {

	private static final String END = "[DONE]";

	private static final String CODE_EXECUTION = "code_execution";

	private final EventBuffer events;

	private final JsonMapper dataMapper;

	private final UiMessageStreamOptions options;

	private final EventData metadata = new EventData();

	private final Set<Object> sources = new HashSet<>();

	// Of the current round, in order
	private final List<OpenCall> openCalls = new ArrayList<>();

	private final StreamedToolInputs streamedInputs;

	// Those without a result, in order
	private final List<OpenCode> openCodes = new ArrayList<>(0);

	private boolean started;

	private boolean inStep;

	private @Nullable String block;

	private int lastId;

	UiMessageFormat(JsonMapper mapper, JsonMapper dataMapper, EventBuffer events, UiMessageStreamOptions options) {
		this.streamedInputs = new StreamedToolInputs(mapper);
		this.dataMapper = dataMapper;
		this.events = events;
		this.options = options;
	}

	@Override
	public void addText(int candidate, boolean thought, String text) {
		if (candidate > 0) {
			return;
		}
		String kind = (thought) ? "reasoning" : "text";
		beginStep();
		if (!kind.equals(this.block)) {
			endBlock();
			this.block = kind;
			this.lastId++;
			add(chunk(kind + "-start").put("id", blockId()));
		}
		add(chunk(kind + "-delta").put("id", blockId()).put("delta", text));
	}

	private String blockId() {
		return Integer.toString(this.lastId);
	}

	private void endBlock() {
		if (this.block != null) {
			add(chunk(this.block + "-end").put("id", blockId()));
			this.block = null;
		}
	}

	@Override
	public void addInlineData(int candidate, boolean thought, Blob blob) {
		if (candidate == 0) {
			addFile(thought, this.options.fileUrl().apply(blob), blob.mimeType());
		}
	}

	static String toDataUrl(Blob blob) {
		MediaData data = blob.data();
		return "data:" + mediaType(blob.mimeType()) + ";base64," + ((data != null) ? data.asBase64() : "");
	}

	@Override
	public void addFileData(int candidate, Part part) {
		if (candidate == 0 && part.fileData() != null && part.fileData().fileUri() != null) {
			addFile(part.isThought(), part.fileData().fileUri(), part.fileData().mimeType());
		}
	}

	private void addFile(boolean thought, String url, @Nullable String mimeType) {
		beginPart();
		add(chunk((thought) ? "reasoning-file" : "file").put("url", url).put("mediaType", mediaType(mimeType)));
	}

	private static String mediaType(@Nullable String mimeType) {
		return (mimeType != null) ? mimeType : "application/octet-stream";
	}

	@Override
	public void addStreamedFunctionCalls(int candidate, FunctionCall fragment, Supplier<List<FunctionCall>> calls) {
		if (candidate > 0 || !this.streamedInputs.add(fragment)) {
			return;
		}
		List<FunctionCall> streamed = calls.get();
		FunctionCall call = streamed.get(streamed.size() - 1);
		// With approvals, the id of such a call is derived from all of its arguments
		if (call.name() == null || (call.id() == null && this.options.approvals() != null)) {
			return;
		}
		String id = this.streamedInputs.idOfLast(streamed);
		if (this.streamedInputs.begin(id)) {
			beginPart();
			add(toolInput("tool-input-start", id, call.name()));
		}
		String delta = this.streamedInputs.next(id, call.args());
		if (!delta.isEmpty()) {
			add(chunk("tool-input-delta").put("toolCallId", id).put("inputTextDelta", delta));
		}
	}

	@Override
	public void addFunctionCall(int candidate, FunctionCall call) {
		if (candidate > 0) {
			return;
		}
		String id = toolCallId(call);
		String name = Objects.requireNonNullElse(call.name(), "");
		Map<String, ?> input = (call.args() != null) ? call.args() : Map.of();
		if (Boolean.TRUE.equals(call.willContinue()) || !call.partialArgs().isEmpty()) {
			beginPart();
			add(toolInput("tool-input-error", id, name).put("input", input)
				.put("errorText", "The arguments are incomplete"));
			return;
		}
		this.openCalls.add(new OpenCall(id, call));
		addToolInput(id, name, input, null);
	}

	private String toolCallId(FunctionCall call) {
		if (this.options.approvals() != null) {
			return this.options.approvals().toolCallId(call, this.openCalls.stream().map(OpenCall::id).toList());
		}
		return (call.id() != null) ? call.id() : this.streamedInputs.takeId();
	}

	private void addToolInput(String id, String name, Object input, @Nullable Boolean providerExecuted) {
		beginPart();
		if (!this.streamedInputs.end(id)) {
			add(toolInput("tool-input-start", id, name).put("providerExecuted", providerExecuted));
		}
		add(toolInput("tool-input-available", id, name).put("input", input).put("providerExecuted", providerExecuted));
	}

	private static EventData toolInput(String type, String id, String name) {
		return chunk(type).put("toolCallId", id).put("toolName", name);
	}

	@Override
	public void addFunctionResult(int candidate, FunctionResponse result) {
		if (candidate > 0) {
			return;
		}
		start();
		endBlock();
		DecidedCall decided = (this.options.approvals() != null) ? this.options.approvals().take(result) : null;
		String id = closeCall(result);
		if (id == null && decided != null) {
			id = decided.id();
		}
		if (id == null) {
			return;
		}
		if (decided != null && decided.isDenied()) {
			add(chunk("tool-output-denied").put("toolCallId", id));
			return;
		}
		Map<String, ?> response = (result.response() != null) ? result.response() : Map.of();
		if (response.size() == 1 && response.get("error") instanceof String error) {
			add(chunk("tool-output-error").put("toolCallId", id).put("errorText", error));
		}
		else {
			Object output = (response.size() == 1 && response.containsKey("output")) ? response.get("output")
					: response;
			add(chunk("tool-output-available").put("toolCallId", id).putNullable("output", output));
		}
	}

	// The call may belong to an earlier message, to which this stream adds.
	private @Nullable String closeCall(FunctionResponse result) {
		for (OpenCall open : this.openCalls) {
			if (open.isAnsweredBy(result)) {
				this.openCalls.remove(open);
				return open.id();
			}
		}
		return result.id();
	}

	@Override
	public void addCode(int candidate, ExecutableCode code) {
		if (candidate > 0) {
			return;
		}
		EventData input = new EventData().put("language", code.language())
			.put("code", Objects.requireNonNullElse(code.code(), ""));
		OpenCode open = new OpenCode(UiToolCallIds.random(), code.id());
		this.openCodes.add(open);
		addToolInput(open.toolCallId(), CODE_EXECUTION, input.members(), true);
	}

	@Override
	public void addCodeResult(int candidate, CodeExecutionResult result) {
		OpenCode open = (candidate == 0) ? closeCode(result) : null;
		if (open == null) {
			return;
		}
		beginPart();
		EventData chunk = chunk((isFailed(result.outcome())) ? "tool-output-error" : "tool-output-available")
			.put("toolCallId", open.toolCallId());
		String output = Objects.requireNonNullElse(result.output(), "");
		if (isFailed(result.outcome())) {
			chunk.put("errorText", (output.isEmpty()) ? "The code failed" : output);
		}
		else {
			chunk.put("output", Map.of("output", output));
		}
		add(chunk.put("providerExecuted", true));
	}

	// A result without an id is that of the code before it.
	private @Nullable OpenCode closeCode(CodeExecutionResult result) {
		OpenCode last = null;
		for (OpenCode open : this.openCodes) {
			last = open;
			if (result.id() != null && result.id().equals(open.id())) {
				break;
			}
		}
		this.openCodes.remove(last);
		return last;
	}

	private static boolean isFailed(@Nullable CodeExecutionOutcome outcome) {
		return CodeExecutionOutcome.OUTCOME_FAILED.equals(outcome)
				|| CodeExecutionOutcome.OUTCOME_DEADLINE_EXCEEDED.equals(outcome);
	}

	@Override
	public void addGrounding(int index, Candidate candidate) {
		if (index > 0) {
			return;
		}
		candidate.sources().forEach((source) -> addSource(source.uri(), source.title()));
		if (candidate.citationMetadata() != null) {
			for (Citation citation : candidate.citationMetadata().citations()) {
				addSource(citation.uri(), citation.title());
			}
		}
	}

	// Events may repeat the sources of those before them.
	private void addSource(@Nullable String uri, @Nullable String title) {
		boolean link = uri != null && isWebAddress(uri);
		String name = (title != null) ? title : uri;
		if (name == null || !this.sources.add((link) ? uri : name)) {
			return;
		}
		beginStep();
		String id = "source-" + this.sources.size();
		if (link) {
			add(chunk("source-url").put("sourceId", id).put("url", uri).put("title", title));
		}
		else {
			add(chunk("source-document").put("sourceId", id).put("mediaType", "text/plain").put("title", name));
		}
	}

	// Pages turn sources into links.
	private static boolean isWebAddress(String uri) {
		String start = uri.substring(0, Math.min(uri.length(), 8)).toLowerCase(Locale.ROOT);
		return start.startsWith("https://") || start.startsWith("http://");
	}

	@Override
	public void addData(UiDataPart part) {
		start();
		add(chunk("data-" + part.name()).put("id", part.id())
			.put("data", this.dataMapper.<JsonNode>valueToTree(part.data()))
			.put("transient", (part.isTransient()) ? true : null));
	}

	@Override
	public void endRound() {
		endBlock();
		endStep();
		this.openCalls.clear();
		this.streamedInputs.clear();
	}

	@Override
	public void addUsage(UsageMetadata usage, @Nullable BigDecimal cost) {
		this.metadata.put("usage", UiMessageUsage.of(usage)).put("cost", cost);
	}

	@Override
	public void addEnd(ResponseEnding ending) {
		start();
		endBlock();
		addApprovalRequests();
		endStep();
		String finishReason = finishReason(ending.finishReason());
		addMetadata(ending, finishReason);
		add(chunk("finish").put("finishReason", finishReason));
		this.events.addUnnamedText(END);
	}

	@Override
	public void addFailure(Throwable failure, ResponseEnding ending, boolean ofResponse) {
		start();
		endBlock();
		boolean aborted = failure instanceof CancellationException;
		addMetadata(ending, (ofResponse) ? finishReason(ending.finishReason()) : (aborted) ? null : "error");
		if (aborted) {
			add(chunk("abort"));
		}
		else {
			add(chunk("error").put("errorText", this.events.logAndDescribe(failure).message()));
		}
		this.events.addUnnamedText(END);
	}

	// No function of the response has run: those that need no approval run with the
	// approved ones, and the page sees them as approved automatically. Tools of the page
	// are left out.
	private void addApprovalRequests() {
		UiToolApprovals approvals = this.options.approvals();
		if (approvals == null) {
			return;
		}
		List<String> waiting = approvals.waiting(this.openCalls.stream().map(OpenCall::id).distinct().toList());
		for (String id : waiting) {
			boolean automatic = !approvals.isSuspended(id);
			add(chunk("tool-approval-request").put("approvalId", id)
				.put("toolCallId", id)
				.put("isAutomatic", (automatic) ? true : null));
			if (automatic) {
				add(chunk("tool-approval-response").put("approvalId", id).put("approved", true));
			}
		}
	}

	private String finishReason(@Nullable FinishReason reason) {
		if (reason == null || reason.isUnspecified()) {
			return "other";
		}
		if (reason.isComplete()) {
			return (this.openCalls.isEmpty()) ? "stop" : "tool-calls";
		}
		if (reason.isCutOff()) {
			return "length";
		}
		return (reason.isFiltered()) ? "content-filter" : (reason.isFault()) ? "error" : "other";
	}

	private void addMetadata(ResponseEnding ending, @Nullable String finishReason) {
		this.metadata.put("finishReason", finishReason)
			.put("rawFinishReason", ending.finishReason())
			.put("model", ending.modelVersion())
			.put("responseId", ending.responseId());
		if (!this.metadata.isEmpty()) {
			add(chunk("message-metadata").put("messageMetadata", this.metadata.members()));
		}
	}

	private void start() {
		if (!this.started) {
			this.started = true;
			add(chunk("start").put("messageId", this.options.messageId()));
		}
	}

	private void beginPart() {
		beginStep();
		endBlock();
	}

	private void beginStep() {
		start();
		if (!this.inStep) {
			this.inStep = true;
			add(chunk("start-step"));
		}
	}

	private void endStep() {
		if (this.inStep) {
			this.inStep = false;
			add(chunk("finish-step"));
		}
	}

	private static EventData chunk(String type) {
		return new EventData().put("type", type);
	}

	private void add(EventData chunk) {
		this.events.addUnnamed(chunk.members());
	}

	private record OpenCode(String toolCallId, @Nullable String id) {
	}

	private record OpenCall(String id, FunctionCall call) {

		boolean isAnsweredBy(FunctionResponse result) {
			return (result.id() != null && this.call.id() != null) ? result.id().equals(this.call.id())
					: Objects.equals(result.name(), this.call.name());
		}

	}

}
