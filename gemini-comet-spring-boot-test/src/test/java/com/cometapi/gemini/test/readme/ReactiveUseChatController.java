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
import com.cometapi.gemini.web.UiMessageRequest;
import reactor.core.publisher.Flux;

import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ReactiveUseChatController {

	private final GeminiTemplate gemini;

	private final GeminiServerSentEvents events;

	ReactiveUseChatController(GeminiTemplate gemini, GeminiServerSentEvents events) {
		this.gemini = gemini;
		this.events = events;
	}

	@PostMapping("/api/reactive-chat")
	ResponseEntity<Flux<ServerSentEvent<String>>> chat(@RequestBody UiMessageRequest request) {
		return this.events.uiMessageStream(this.gemini.prompt().history(request.contents()).stream());
	}

}
