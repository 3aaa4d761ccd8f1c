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

package com.cometapi.gemini.test.aisdk;

import com.cometapi.gemini.web.GeminiSseEmitters;
import com.cometapi.gemini.web.UiMessageRequest;
import com.cometapi.gemini.web.UiMessageStreamOptions;
import com.cometapi.gemini.web.UiToolApprovals;
import com.cometapi.gemini.web.resume.GeminiStreams;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

@RestController
class MvcController {

	private final AiSdkPrompts prompts;

	private final GeminiSseEmitters sse;

	private final GeminiStreams streams;

	MvcController(AiSdkPrompts prompts, GeminiSseEmitters sse, GeminiStreams streams) {
		this.prompts = prompts;
		this.sse = sse;
		this.streams = streams;
	}

	@PostMapping("/api/chat")
	SseEmitter chat(@RequestBody UiMessageRequest request) {
		return this.sse.uiMessageStream(this.prompts.stream(request));
	}

	@PostMapping("/api/data")
	SseEmitter data(@RequestBody UiMessageRequest request) {
		return this.sse.uiMessageStream(this.prompts.stream(request), this.prompts.options());
	}

	@PostMapping("/api/kept")
	SseEmitter kept(@RequestBody UiMessageRequest request) {
		UiToolApprovals approvals = this.prompts.approvals(request);
		return this.sse.uiMessageStream(this.prompts.streamKept(request, approvals),
				UiMessageStreamOptions.DEFAULTS.withApprovals(approvals));
	}

	@PostMapping("/api/resumable")
	SseEmitter resumable(@RequestBody UiMessageRequest request) {
		return this.sse.resumable().key(request.chatId()).uiMessageStream(this.prompts.streamUntilReleased(request));
	}

	@GetMapping("/api/resumable/{id}/stream")
	SseEmitter resumeStream(@PathVariable String id) {
		return this.sse.resumable().key(id).resumeUiMessageStream();
	}

	@PutMapping("/api/resumable/{id}/stream")
	void release() {
		this.prompts.release();
	}

	@DeleteMapping("/api/resumable/{id}/stream")
	Mono<Void> cancel(@PathVariable String id) {
		return this.streams.cancelByKey(id);
	}

	@GetMapping("/api/chat/{id}/stream")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void resume(@PathVariable String id) {
	}

}
