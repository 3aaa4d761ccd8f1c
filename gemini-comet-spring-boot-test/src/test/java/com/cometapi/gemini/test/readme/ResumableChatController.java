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

import java.security.Principal;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.chat.GeminiChats;
import com.cometapi.gemini.web.GeminiSseEmitters;
import com.cometapi.gemini.web.resume.GeminiStreams;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

@RestController
class ResumableChatController {

	private final GeminiTemplate gemini;

	private final GeminiChats chats;

	private final GeminiSseEmitters sse;

	private final GeminiStreams streams;

	ResumableChatController(GeminiTemplate gemini, GeminiChats chats, GeminiSseEmitters sse, GeminiStreams streams) {
		this.gemini = gemini;
		this.chats = chats;
		this.sse = sse;
		this.streams = streams;
	}

	@GetMapping("/resumable-chat")
	SseEmitter chat(@RequestParam String q,
			@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
		return this.sse.resumable().lastEventId(lastEventId).emitter(this.gemini.prompt(q).stream());
	}

	@GetMapping("/chats/{id}/ask")
	SseEmitter ask(@PathVariable String id, @RequestParam String q, Principal user,
			@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
		String key = user.getName() + "/" + id;
		return this.sse.resumable().key(key).lastEventId(lastEventId).emitter(this.chats.chat(key).prompt(q).stream());
	}

	@GetMapping("/chats/{id}/stream")
	SseEmitter resume(@PathVariable String id, Principal user,
			@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
		return this.sse.resumable().key(user.getName() + "/" + id).lastEventId(lastEventId).resume();
	}

	@DeleteMapping("/chats/{id}/stream")
	Mono<Void> stop(@PathVariable String id, Principal user) {
		return this.streams.cancelByKey(user.getName() + "/" + id);
	}

}
