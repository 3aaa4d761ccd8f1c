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

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.web.GeminiServerSentEvents;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ReactiveResumableChatController {

	private final GeminiTemplate gemini;

	private final GeminiServerSentEvents events;

	ReactiveResumableChatController(GeminiTemplate gemini, GeminiServerSentEvents events) {
		this.gemini = gemini;
		this.events = events;
	}

	@GetMapping("/reactive-resumable-chat")
	Mono<ResponseEntity<Flux<ServerSentEvent<String>>>> chat(@RequestParam String q,
			@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
		return this.events.resumable().lastEventId(lastEventId).response(this.gemini.prompt(q).stream());
	}

}
