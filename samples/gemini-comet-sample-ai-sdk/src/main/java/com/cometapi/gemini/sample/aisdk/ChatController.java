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

package com.cometapi.gemini.sample.aisdk;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.chat.GeminiChat;
import com.cometapi.gemini.chat.GeminiChats;
import com.cometapi.gemini.web.GeminiServerSentEvents;
import com.cometapi.gemini.web.UiMessageRequest;
import com.cometapi.gemini.web.UiMessageStreamOptions;
import com.cometapi.gemini.web.UiToolApprovals;
import reactor.core.publisher.Flux;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers the requests of {@code useChat}. When the browser stops or leaves, the call to
 * the model is cancelled.
 */
@RestController
@RequestMapping("/api/chat")
class ChatController {

	private final GeminiChats chats;

	private final RestaurantFunctions functions;

	private final GeminiServerSentEvents sse;

	ChatController(GeminiChats chats, RestaurantFunctions functions, GeminiServerSentEvents sse) {
		this.chats = chats;
		this.functions = functions;
		this.sse = sse;
	}

	@PostMapping
	ResponseEntity<Flux<ServerSentEvent<String>>> chat(@RequestBody UiMessageRequest request) {
		GeminiChat chat = this.chats.chat(request.chatId());
		Part[] parts = request.newParts();
		UiToolApprovals approvals = request.approvals((call) -> call.name().equals("bookTable"));
		Flux<GenerateContentResponse> responses = chat.prompt()
			.user(parts)
			.functionsOf(this.functions)
			.functionApprovalAsync(approvals)
			.stream();
		return this.sse.uiMessageStream(
				(request.isRegeneration()) ? chat.rewindAsync(parts).thenMany(responses) : responses,
				UiMessageStreamOptions.DEFAULTS.withApprovals(approvals));
	}

	/**
	 * Tell the page that there is no stream to resume: streams are not stored.
	 * @param id the id of the chat
	 */
	@GetMapping("/{id}/stream")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void resume(@PathVariable String id) {
	}

}
