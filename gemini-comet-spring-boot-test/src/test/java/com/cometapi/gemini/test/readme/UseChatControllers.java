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

package com.cometapi.gemini.test.readme;

import java.util.Map;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.chat.GeminiChat;
import com.cometapi.gemini.chat.GeminiChats;
import com.cometapi.gemini.web.GeminiSseEmitters;
import com.cometapi.gemini.web.UiDataPart;
import com.cometapi.gemini.web.UiMessageRequest;
import com.cometapi.gemini.web.UiMessageStreamOptions;
import com.cometapi.gemini.web.UiToolApprovals;
import com.cometapi.gemini.web.resume.GeminiStreams;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The examples of the page about the AI SDK with Spring MVC.
 */
final class UseChatControllers {

	private UseChatControllers() {
	}

	@RestController
	static class Stateless {

		private final GeminiTemplate gemini;

		private final GeminiSseEmitters sse;

		Stateless(GeminiTemplate gemini, GeminiSseEmitters sse) {
			this.gemini = gemini;
			this.sse = sse;
		}

		@PostMapping("/api/chat")
		SseEmitter chat(@RequestBody UiMessageRequest request) {
			return this.sse.uiMessageStream(this.gemini.prompt().history(request.contents()).stream());
		}

		@PostMapping("/api/data")
		SseEmitter data(@RequestBody UiMessageRequest request) {
			Flux<UiDataPart> progress = Flux.just(UiDataPart.of("status", Map.of("step", "searching")).withId("s"),
					UiDataPart.of("status", Map.of("step", "writing")).withId("s"));
			return this.sse.uiMessageStream(this.gemini.prompt().history(request.contents()).stream(),
					UiMessageStreamOptions.DEFAULTS.withData(progress));
		}

	}

	@RestController
	static class Resumable {

		private final GeminiTemplate gemini;

		private final GeminiSseEmitters sse;

		private final GeminiStreams streams;

		Resumable(GeminiTemplate gemini, GeminiSseEmitters sse, GeminiStreams streams) {
			this.gemini = gemini;
			this.sse = sse;
			this.streams = streams;
		}

		@PostMapping("/api/resumable")
		SseEmitter chat(@RequestBody UiMessageRequest request) {
			return this.sse.resumable()
				.key(request.chatId())
				.uiMessageStream(this.gemini.prompt().history(request.contents()).stream());
		}

		@GetMapping("/api/resumable/{id}/stream")
		SseEmitter resume(@PathVariable String id) {
			return this.sse.resumable().key(id).resumeUiMessageStream();
		}

		@DeleteMapping("/api/resumable/{id}/stream")
		Mono<Void> stop(@PathVariable String id) {
			return this.streams.cancelByKey(id);
		}

	}

	@RestController
	static class Stored {

		private final GeminiChats chats;

		private final GeminiSseEmitters sse;

		Stored(GeminiChats chats, GeminiSseEmitters sse) {
			this.chats = chats;
			this.sse = sse;
		}

		@PostMapping("/api/chats")
		SseEmitter chat(@RequestBody UiMessageRequest request) {
			GeminiChat chat = this.chats.chat(request.chatId());
			Part[] parts = request.newParts();
			UiToolApprovals approvals = request.approvals((call) -> call.name().equals("deleteInvoice"));
			Flux<GenerateContentResponse> responses = chat.prompt()
				.user(parts)
				.functionNames("deleteInvoice")
				.functionApprovalAsync(approvals)
				.stream();
			return this.sse.uiMessageStream(
					request.isRegeneration() ? chat.rewindAsync(parts).thenMany(responses) : responses,
					UiMessageStreamOptions.DEFAULTS.withApprovals(approvals));
		}

	}

}
