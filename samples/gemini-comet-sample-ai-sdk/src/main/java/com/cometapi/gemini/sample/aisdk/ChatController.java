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

import java.util.List;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.chat.GeminiChat;
import com.cometapi.gemini.chat.GeminiChats;
import com.cometapi.gemini.web.GeminiServerSentEvents;
import com.cometapi.gemini.web.UiMessageRequest;
import com.cometapi.gemini.web.UiMessageStreamOptions;
import com.cometapi.gemini.web.UiToolApprovals;
import com.cometapi.gemini.web.resume.GeminiStreams;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers the requests of {@code useChat}. A response continues while the page is
 * reloaded, and the page then resumes it.
 */
@RestController
@RequestMapping("/api/chat")
class ChatController {

	private final GeminiChats chats;

	private final RestaurantFunctions functions;

	private final GeminiServerSentEvents sse;

	private final GeminiStreams streams;

	ChatController(GeminiChats chats, RestaurantFunctions functions, GeminiServerSentEvents sse,
			GeminiStreams streams) {
		this.chats = chats;
		this.functions = functions;
		this.sse = sse;
		this.streams = streams;
	}

	@PostMapping
	Mono<ResponseEntity<Flux<ServerSentEvent<String>>>> chat(@RequestBody UiMessageRequest request) {
		GeminiChat chat = this.chats.chat(request.chatId());
		Part[] parts = request.newParts();
		UiToolApprovals approvals = request.approvals((call) -> call.name().equals("bookTable"));
		Flux<GenerateContentResponse> responses = chat.prompt()
			.user(parts)
			.functionsOf(this.functions)
			.functionApprovalAsync(approvals)
			.stream();
		return this.sse.resumable()
			.key(request.chatId())
			.uiMessageStream((request.isRegeneration()) ? chat.rewindAsync(parts).thenMany(responses) : responses,
					UiMessageStreamOptions.DEFAULTS.withApprovals(approvals));
	}

	/**
	 * Resume the running response of a chat.
	 * @param id the id of the chat
	 * @return its stream, or the status 204 if there is none
	 */
	@GetMapping("/{id}/stream")
	Mono<ResponseEntity<Flux<ServerSentEvent<String>>>> resume(@PathVariable String id) {
		return this.sse.resumable().key(id).resumeUiMessageStream();
	}

	/**
	 * Stop the running response of a chat. Closing the connection does not stop it.
	 * @param id the id of the chat
	 * @return completion
	 */
	@DeleteMapping("/{id}/stream")
	Mono<Void> stop(@PathVariable String id) {
		return this.streams.cancelByKey(id);
	}

	/**
	 * Return the texts of the stored messages of a chat, for a page that was reloaded.
	 * @param id the id of the chat
	 * @return the messages
	 */
	@GetMapping("/{id}")
	Flux<Message> messages(@PathVariable String id) {
		return this.chats.chat(id)
			.conversationAsync()
			.flatMapIterable((conversation) -> conversation.turns())
			.flatMapIterable((turn) -> turn.contents())
			.filter((content) -> !content.text().isEmpty())
			.index((index, content) -> Message.of("stored-" + index, content));
	}

	/**
	 * Message of a page, with text only.
	 *
	 * @param id the id in the page
	 * @param role {@code user} or {@code assistant}
	 * @param parts the parts
	 */
	record Message(String id, String role, List<TextPart> parts) {

		static Message of(String id, Content content) {
			return new Message(id, "user".equals(content.role()) ? "user" : "assistant",
					List.of(new TextPart("text", content.text())));
		}

	}

	/**
	 * Text of a message.
	 *
	 * @param type {@code text}
	 * @param text the text
	 */
	record TextPart(String type, String text) {

	}

}
