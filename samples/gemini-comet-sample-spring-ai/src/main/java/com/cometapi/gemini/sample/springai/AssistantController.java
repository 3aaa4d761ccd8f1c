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

package com.cometapi.gemini.sample.springai;

import java.util.List;
import java.util.UUID;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.MessageType;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers the questions of the page. Whoever knows the id of a conversation can continue
 * it.
 */
@RestController
@RequestMapping("/api/chats/{id}")
class AssistantController {

	private final ChatClient assistant;

	private final ChatMemory memory;

	AssistantController(ChatClient assistant, ChatMemory memory) {
		this.assistant = assistant;
		this.memory = memory;
	}

	@PostMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<ServerSentEvent<Object>> ask(@PathVariable UUID id, @Valid @RequestBody Question question) {
		return AnswerEvents.of((report) -> this.assistant.prompt()
			.user(question.text())
			.toolContext(ReportedToolCallback.context(report))
			.advisors((advisors) -> advisors.param(ChatMemory.CONVERSATION_ID, id.toString()))
			.stream()
			.chatClientResponse());
	}

	@GetMapping
	List<Said> conversation(@PathVariable UUID id) {
		return this.memory.get(id.toString())
			.stream()
			.filter((message) -> StringUtils.hasText(message.getText()))
			.filter((message) -> message.getMessageType() == MessageType.USER
					|| message.getMessageType() == MessageType.ASSISTANT)
			.map(Said::of)
			.toList();
	}

	@DeleteMapping
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void forget(@PathVariable UUID id) {
		this.memory.clear(id.toString());
	}

	record Question(@NotBlank @Size(max = 10_000) String text) {

	}

	record Said(String role, String text) {

		static Said of(Message message) {
			return new Said(message.getMessageType().getValue(), String.valueOf(message.getText()));
		}

	}

}
