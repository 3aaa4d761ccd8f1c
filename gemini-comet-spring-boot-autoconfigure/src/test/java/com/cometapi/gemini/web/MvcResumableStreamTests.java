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

package com.cometapi.gemini.web;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tests for {@link ResumableSseEmitters} on Spring MVC and Tomcat.
 */
class MvcResumableStreamTests extends AbstractResumableStreamTests {

	MvcResumableStreamTests() {
		super(Application.class, WebApplicationType.SERVLET);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@RestController
	static class Application {

		private final GeminiSseEmitters sse = new GeminiSseEmitters(events(STREAMS, SLOW));

		private final GeminiSseEmitters hasty = new GeminiSseEmitters(events(HASTY_STREAMS, FAST));

		@GetMapping("/chat")
		SseEmitter chat(String source, @RequestParam(defaultValue = "key") String key,
				@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
			return this.sse.resumable().key(key).lastEventId(lastEventId).emitter(responses(source));
		}

		@GetMapping("/hasty")
		SseEmitter hasty(String source,
				@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
			return this.hasty.resumable().lastEventId(lastEventId).emitter(responses(source));
		}

		@GetMapping("/resume")
		SseEmitter resume(String key) {
			return this.sse.resumable().key(key).resume();
		}

		@GetMapping("/ui")
		SseEmitter uiMessageStream(String source, String key) {
			return this.sse.resumable().key(key).uiMessageStream(responses(source));
		}

		@GetMapping("/ui/resume")
		SseEmitter resumeUiMessageStream(String key) {
			return this.sse.resumable().key(key).resumeUiMessageStream();
		}

		@GetMapping("/entities")
		SseEmitter entities(String source,
				@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
			return this.sse.resumable().lastEventId(lastEventId).entityEmitter(responses(source).map(Value::of));
		}

		@GetMapping("/stop")
		Mono<Void> stop(String key) {
			return STREAMS.cancelByKey(key);
		}

	}

}
