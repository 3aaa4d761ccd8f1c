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

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Generates the response to a request.
 */
final class ResponseGenerator {

	private static final int TOOL_TOKENS = 40;

	GeneratedResponse generate(SimulatedRequest request) {
		int thoughts = ThinkingGenerator.tokens(request);
		List<ObjectNode> parts = new ArrayList<>(ThinkingGenerator.summary(request, thoughts));
		int limit = request.config().path("maxOutputTokens").asInt(Integer.MAX_VALUE);
		if (thoughts >= limit) {
			ObjectNode usage = TokenCounter.usage(request, parts, limit, 0);
			return new GeneratedResponse(parts, Json.object("finishReason", "MAX_TOKENS"), usage, null);
		}
		if (request.asksFor("AUDIO")) {
			parts.add(Json.object("inlineData",
					Json.object("mimeType", ToneGenerator.MIME_TYPE, "data", ToneGenerator.pcm())));
			return GeneratedResponse.of(parts, TokenCounter.usage(request, parts, thoughts, 0));
		}
		List<ObjectNode> calls = FunctionCallGenerator.of(request);
		if (!calls.isEmpty()) {
			parts.addAll(FunctionCallGenerator.announcement(request, calls));
			parts.addAll(calls);
			ObjectNode finish = Json.object("finishReason", "STOP", "finishMessage",
					"Model generated function call(s).");
			return new GeneratedResponse(parts, finish, TokenCounter.usage(request, parts, thoughts, 0), null);
		}
		return text(request, parts, thoughts, limit - thoughts);
	}

	private static GeneratedResponse text(SimulatedRequest request, List<ObjectNode> parts, int thoughts, int limit) {
		GroundingGenerator grounding = new GroundingGenerator(request);
		ObjectNode urls = UrlContextGenerator.metadata(request);
		int toolUse = 0;
		if (request.tool("codeExecution") != null) {
			parts.addAll(CodeExecutionGenerator.parts(request.prompt()));
			toolUse += TOOL_TOKENS;
		}
		toolUse += (urls != null) ? TOOL_TOKENS : 0;
		ImageGenerator pictures = (request.asksFor("IMAGE")) ? new ImageGenerator(request) : null;
		String whole = stop(write(request, grounding, pictures), request.config().path("stopSequences"));
		String text = TokenCounter.cut(whole, limit);
		boolean wantsText = pictures == null || request.asksFor("TEXT");
		String signature = (request.model().isGemini3()) ? ThoughtSignatures.create() : null;
		if (wantsText && !text.isEmpty()) {
			// In a response with a picture, the first part is signed instead of the end
			// of the text.
			parts.add(Json.object("text", text, "thoughtSignature", (pictures != null) ? signature : null));
		}
		if (pictures != null) {
			parts.add(pictures.part());
		}
		boolean cut = wantsText && text.length() < whole.length();
		ObjectNode finish = Json.object("finishReason", (cut) ? "MAX_TOKENS" : "STOP", "groundingMetadata",
				grounding.metadata(text), "urlContextMetadata", urls, "logprobsResult",
				LogprobsGenerator.result(request.config(), text));
		return new GeneratedResponse(parts, finish, TokenCounter.usage(request, parts, thoughts, toolUse),
				(pictures != null) ? null : signature);
	}

	private static String write(SimulatedRequest request, GroundingGenerator grounding,
			@Nullable ImageGenerator pictures) {
		String mimeType = request.config().path("responseMimeType").asString("text/plain");
		if (!mimeType.equals("text/plain")) {
			return structured(request, mimeType);
		}
		List<String> remarks = new ArrayList<>(FunctionResponseSummary.remarks(request));
		remarks.addAll(MediaDescription.of(request));
		if (pictures != null) {
			return ResponseTexts.picture(pictures.remark());
		}
		if (!grounding.sentences().isEmpty()) {
			remarks.add(String.join(" ", grounding.sentences()));
		}
		return ResponseTexts.markdown(request, remarks);
	}

	private static String structured(SimulatedRequest request, String mimeType) {
		JsonNode config = request.config();
		JsonNode schema = (config.has("responseSchema")) ? config.get("responseSchema")
				: config.path("responseJsonSchema");
		if (!schema.isObject()) {
			return Json.pretty(Json.object("simulated", true, "note", ResponseTexts.DISCLAIMER, "prompt",
					ResponseTexts.shorten(request.prompt(), 200)));
		}
		PromptKeywords words = new PromptKeywords(request.prompt());
		JsonNode value = new SchemaValueGenerator(schema, SchemaTextGenerator.ofResponse(words), words).value();
		return (mimeType.equals("text/x.enum")) ? value.asString() : Json.pretty(value);
	}

	private static String stop(String text, JsonNode sequences) {
		int end = text.length();
		for (JsonNode sequence : sequences) {
			int index = text.indexOf(sequence.asString(""));
			end = (index >= 0) ? Math.min(end, index) : end;
		}
		return text.substring(0, end);
	}

}
