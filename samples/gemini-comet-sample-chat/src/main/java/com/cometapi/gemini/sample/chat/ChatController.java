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

import java.util.List;
import java.util.Objects;
import java.util.UUID;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.HarmCategory;
import com.cometapi.gemini.api.Modality;
import com.cometapi.gemini.chat.GeminiChatRepository;
import com.cometapi.gemini.chat.GeminiChats;
import com.cometapi.gemini.chat.GeminiConversation;
import com.cometapi.gemini.chat.GeminiConversation.Turn;
import com.cometapi.gemini.prompt.PromptSpec;
import com.cometapi.gemini.web.GeminiSseEmitters;
import com.cometapi.gemini.web.resume.GeminiStreams;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Answers questions as a stream of server-sent events. An answer continues when the
 * browser leaves, and the page can resume it, until it is stopped or nobody has read it
 * for {@code cometapi.gemini.sse.resume.unwatched-timeout}.
 *
 * <p>
 * A conversation belongs to whoever knows its id: the page creates a random one and
 * stores it in the browser, and no endpoint lists them.
 */
@RestController
@RequestMapping("/api")
@RegisterReflectionForBinding(Table.class) // in a native image
class ChatController {

	private static final List<HarmCategory> HARM_CATEGORIES = List.of(HarmCategory.HARM_CATEGORY_HARASSMENT,
			HarmCategory.HARM_CATEGORY_HATE_SPEECH, HarmCategory.HARM_CATEGORY_SEXUALLY_EXPLICIT,
			HarmCategory.HARM_CATEGORY_DANGEROUS_CONTENT);

	private final GeminiOperations gemini;

	private final GeminiChats chats;

	private final GeminiChatRepository repository;

	private final CityFunctions functions;

	private final FunctionApprovals approvals;

	private final GeminiSseEmitters sse;

	private final GeminiStreams streams;

	ChatController(GeminiOperations gemini, GeminiChats chats, GeminiChatRepository repository, CityFunctions functions,
			FunctionApprovals approvals, GeminiSseEmitters sse, GeminiStreams streams) {
		this.gemini = gemini;
		this.chats = chats;
		this.repository = repository;
		this.functions = functions;
		this.approvals = approvals;
		this.sse = sse;
		this.streams = streams;
	}

	@GetMapping("/chat")
	SseEmitter ask(@RequestParam @NotBlank String q) {
		return this.sse.emitter(this.gemini.prompt(q).stream());
	}

	@PostMapping("/chats/{id}")
	SseEmitter ask(@PathVariable UUID id, @RequestBody @Valid Question question) {
		return this.sse.resumable().key(id.toString()).emitter(prompt(id, question).stream());
	}

	@PostMapping("/chats/{id}/table")
	SseEmitter table(@PathVariable UUID id, @RequestBody @Valid Question question) {
		return this.sse.resumable().key(id.toString()).entityEmitter(prompt(id, question).streamEntity(Table.class));
	}

	// Resumes the answer that is arriving, for a page that was loaded again or lost its
	// connection
	@GetMapping("/chats/{id}/stream")
	SseEmitter resume(@PathVariable UUID id,
			@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
		return this.sse.resumable().key(id.toString()).lastEventId(lastEventId).resume();
	}

	@DeleteMapping("/chats/{id}/stream")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	Mono<Void> stop(@PathVariable UUID id) {
		return this.streams.cancelByKey(id.toString());
	}

	// Stores a turn that was interrupted: the question, and the part of the response that
	// has arrived
	@PostMapping("/chats/{id}/turns")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void keep(@PathVariable UUID id, @RequestBody @Valid InterruptedTurn turn) {
		GeminiConversation conversation = this.chats.chat(id.toString()).conversation();
		Turn interrupted = turn.toTurn();
		if (conversation.turns().stream().noneMatch((kept) -> Objects.equals(kept.id(), interrupted.id()))) {
			this.repository.append(id.toString(), conversation.version(), List.of(interrupted));
		}
	}

	// Creates another conversation with the first turns of this one
	@PostMapping("/chats/{id}/branches")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void branch(@PathVariable UUID id, @RequestBody @Valid Branch branch) {
		List<Turn> turns = this.chats.chat(id.toString()).conversation().turns();
		List<Turn> kept = turns.subList(0, Math.min(branch.turns(), turns.size()));
		if (!kept.isEmpty()) {
			this.chats.begin(branch.id().toString(), new GeminiConversation(kept.size(), kept));
		}
	}

	@PostMapping("/chats/{id}/calls/{call}")
	ResponseEntity<Void> decide(@PathVariable UUID id, @PathVariable String call, @RequestParam boolean approved) {
		boolean waiting = this.approvals.decide(id.toString(), call, approved);
		return ResponseEntity.status(waiting ? HttpStatus.NO_CONTENT : HttpStatus.GONE).build();
	}

	@GetMapping(path = "/chats/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
	String read(@PathVariable UUID id) {
		return this.chats.chat(id.toString()).conversation().toJson();
	}

	@DeleteMapping("/chats/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	Mono<Void> forget(@PathVariable UUID id) {
		return stop(id).then(this.chats.chat(id.toString()).clearAsync());
	}

	private PromptSpec prompt(UUID id, Question question) {
		PromptSpec prompt = this.chats.chat(id.toString()).prompt().user(question.parts());
		if (StringUtils.hasText(question.system())) {
			prompt.system(question.system());
		}
		if (question.temperature() != null) {
			prompt.temperature(question.temperature());
		}
		if (question.maxOutputTokens() != null) {
			prompt.maxOutputTokens(question.maxOutputTokens());
		}
		if (question.safety() != null) {
			HARM_CATEGORIES.forEach((category) -> prompt.safety(category, question.safety()));
		}
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
				case FUNCTIONS ->
					prompt.functionsOf(this.functions).functionApprovalAsync(this.approvals.forChat(id.toString()));
				case IMAGE -> prompt.responseModalities(Modality.TEXT, Modality.IMAGE);
			}
		}
		return prompt;
	}

	/**
	 * A turn that was interrupted.
	 *
	 * @param id the id by which the page recognizes the turn
	 * @param question the question
	 * @param text the part of the response that has arrived
	 */
	record InterruptedTurn(@NotNull UUID id, @NotNull @Valid Question question,
			@NotBlank @Size(max = 1_000_000) String text) {

		Turn toTurn() {
			return new Turn("interrupted-" + this.id,
					List.of(Content.user(this.question.parts()), Content.model(this.text)), null, null, null);
		}

	}

	/**
	 * A branch of a conversation.
	 *
	 * @param id the id of the new conversation
	 * @param turns the number of turns that both have in common
	 */
	record Branch(@NotNull UUID id, @PositiveOrZero int turns) {

	}

}
