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

import java.util.UUID;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.api.Modality;
import com.cometapi.gemini.chat.GeminiChats;
import com.cometapi.gemini.prompt.PromptSpec;
import com.cometapi.gemini.web.GeminiSseEmitters;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;

import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Answers questions as a stream of server-sent events. When the browser leaves, the call
 * to the model is cancelled.
 *
 * <p>
 * A conversation belongs to whoever knows its id: the page makes a random one and keeps
 * it in the browser, and nothing here lists them.
 */
@RestController
@RequestMapping("/api")
@RegisterReflectionForBinding(Table.class) // in a native image
class ChatController {

	private final GeminiOperations gemini;

	private final GeminiChats chats;

	private final CityFunctions functions;

	private final GeminiSseEmitters sse;

	ChatController(GeminiOperations gemini, GeminiChats chats, CityFunctions functions, GeminiSseEmitters sse) {
		this.gemini = gemini;
		this.chats = chats;
		this.functions = functions;
		this.sse = sse;
	}

	@GetMapping("/chat")
	SseEmitter ask(@RequestParam @NotBlank String q) {
		return this.sse.emitter(this.gemini.prompt(q).stream());
	}

	@PostMapping("/chats/{id}")
	SseEmitter ask(@PathVariable UUID id, @RequestBody @Valid Question question) {
		return this.sse.emitter(prompt(id, question).stream());
	}

	@PostMapping("/chats/{id}/table")
	SseEmitter table(@PathVariable UUID id, @RequestBody @Valid Question question) {
		return this.sse.entityEmitter(prompt(id, question).streamEntity(Table.class));
	}

	@GetMapping(path = "/chats/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
	String read(@PathVariable UUID id) {
		return this.chats.chat(id.toString()).conversation().toJson();
	}

	@DeleteMapping("/chats/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void forget(@PathVariable UUID id) {
		this.chats.chat(id.toString()).clear();
	}

	private PromptSpec prompt(UUID id, Question question) {
		PromptSpec prompt = this.chats.chat(id.toString()).prompt().user(question.parts());
		if (question.model() != null) {
			prompt.model(question.model());
		}
		if (question.thinkingLevel() != null) {
			prompt.thinkingLevel(question.thinkingLevel());
		}
		if (question.thinkingBudget() != null) {
			prompt.thinkingBudget(question.thinkingBudget());
		}
		for (Question.Feature feature : question.features()) {
			switch (feature) {
				case THOUGHTS -> prompt.includeThoughts();
				case SEARCH -> prompt.googleSearch();
				case CODE -> prompt.codeExecution();
				case JSON -> prompt.json();
				case FUNCTIONS -> prompt.functionsOf(this.functions);
				case IMAGE -> prompt.responseModalities(Modality.TEXT, Modality.IMAGE);
			}
		}
		return prompt;
	}

}
