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

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.GeminiOperations.PromptSpec;
import com.cometapi.gemini.api.Modality;
import com.cometapi.gemini.web.GeminiSseEmitters;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Answers questions as a stream of server-sent events. When the browser leaves, the call
 * to the model is cancelled.
 */
@RestController
@RequestMapping("/api/chat")
class ChatController {

	private final GeminiOperations gemini;

	private final GeminiSseEmitters sse;

	ChatController(GeminiOperations gemini, GeminiSseEmitters sse) {
		this.gemini = gemini;
		this.sse = sse;
	}

	@GetMapping
	SseEmitter ask(@RequestParam @NotBlank String q) {
		return this.sse.emitter(this.gemini.prompt(q).stream());
	}

	@PostMapping
	SseEmitter chat(@RequestBody @Valid ChatRequest request) {
		PromptSpec prompt = this.gemini.prompt().history(request.contents());
		if (request.model() != null) {
			prompt.model(request.model());
		}
		if (request.thinkingLevel() != null) {
			prompt.thinkingLevel(request.thinkingLevel());
		}
		if (request.thinkingBudget() != null) {
			prompt.thinkingBudget(request.thinkingBudget());
		}
		for (ChatRequest.Feature feature : request.features()) {
			switch (feature) {
				case THOUGHTS -> prompt.includeThoughts();
				case SEARCH -> prompt.googleSearch();
				case CODE -> prompt.codeExecution();
				case JSON -> prompt.json();
				case IMAGE -> prompt.responseModalities(Modality.TEXT, Modality.IMAGE);
			}
		}
		return this.sse.emitter(prompt.stream());
	}

}
