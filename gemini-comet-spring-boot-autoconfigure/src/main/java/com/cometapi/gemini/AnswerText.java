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

package com.cometapi.gemini;

import java.util.ArrayList;
import java.util.List;

import com.cometapi.gemini.api.FinishReason;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.PromptFeedback;
import com.cometapi.gemini.client.GeminiBlockedException;
import com.cometapi.gemini.client.GeminiException;
import com.cometapi.gemini.client.GeminiNoTextException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * The text of an answer, whole or in pieces, and what there is instead of it.
 */
final class AnswerText {

	private final List<String> otherParts = new ArrayList<>();

	private boolean hasText;

	private @Nullable GenerateContentResponse last;

	private AnswerText() {
	}

	static String of(GenerateContentResponse response) {
		AnswerText answer = new AnswerText();
		String text = answer.add(response);
		GeminiException failure = answer.findFailure();
		if (failure != null) {
			throw failure;
		}
		return text;
	}

	static Flux<String> of(Flux<GenerateContentResponse> events) {
		return Flux.defer(() -> {
			AnswerText answer = new AnswerText();
			return events.map(answer::add).filter((text) -> !text.isEmpty()).concatWith(Flux.defer(answer::end));
		});
	}

	private String add(GenerateContentResponse response) {
		String text = response.text();
		this.hasText = this.hasText || !text.isEmpty();
		if (this.last == null || response.isBlocked() || response.finishReason() != null) {
			this.last = response;
		}
		response.functionCalls()
			.stream()
			.map(FunctionCall::name)
			.forEach((name) -> this.otherParts.add("a call of " + name));
		response.inlineData().forEach((blob) -> this.otherParts.add("a medium of type " + blob.mimeType()));
		return text;
	}

	private @Nullable GeminiException findFailure() {
		GenerateContentResponse response = this.last;
		if (response == null) {
			return null;
		}
		if (response.isBlocked()) {
			return new GeminiBlockedException(describeBlock(response), response);
		}
		FinishReason finishReason = response.finishReason();
		boolean complete = finishReason != null && finishReason.isComplete();
		if (this.hasText || (complete && this.otherParts.isEmpty())) {
			return null;
		}
		return new GeminiNoTextException(describeAbsence(response), response);
	}

	private static String describeBlock(GenerateContentResponse response) {
		PromptFeedback feedback = response.promptFeedback();
		if (feedback != null && feedback.isBlocked()) {
			return "The prompt was blocked: " + response.blockReason() + explain(feedback.blockReasonMessage());
		}
		return "The answer was blocked: " + response.finishReason() + explain(response.finishMessage());
	}

	private String describeAbsence(GenerateContentResponse response) {
		if (!this.otherParts.isEmpty()) {
			return "The answer has no text, but %s: use call() or stream() to get it"
				.formatted(String.join(", ", this.otherParts));
		}
		FinishReason finishReason = response.finishReason();
		if (finishReason == null) {
			return "The answer has no text, and the model gave no reason why it stopped";
		}
		String hint = (finishReason.isCutOff()) ? ", and thoughts count against 'maxOutputTokens'" : "";
		return "The answer has no text: the model stopped with " + finishReason + explain(response.finishMessage())
				+ hint;
	}

	private static String explain(@Nullable String message) {
		return (message != null) ? " (" + message + ")" : "";
	}

	private Flux<String> end() {
		GeminiException failure = findFailure();
		return (failure != null) ? Flux.error(failure) : Flux.empty();
	}

}
